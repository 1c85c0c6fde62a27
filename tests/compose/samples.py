"""Articles for the compose test: like news in length and words, each one with a name of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable

SOURCE = "compose-test"

# (Arabic, its meaning): put together in turn, so that no two articles are alike.
_SENTENCES = (
    ("وصلت الباخرة إلى الميناء محملة بالقمح قبل شروق الشمس.", "The ship reached the port…"),
    ("قالت الوزارة إن أعمال الصيانة في محطة الكهرباء ستنتهي غدا.", "The ministry said…"),
    ("افتتح المعلمون مكتبة جديدة للأطفال في حي السلام.", "The teachers opened a new library…"),
    ("انخفضت أسعار الخضار في الأسواق بعد موسم أمطار طويل.", "Vegetable prices fell…"),
    ("فاز الفريق بثلاثة أهداف أمام جمهور كبير في الملعب البلدي.", "The team won…"),
    ("ناقش المجلس خطة لتوسيع الطريق الساحلي وزراعة الأشجار.", "The council discussed…"),
    ("نظم الأطباء حملة تطعيم في القرى البعيدة عن العاصمة.", "The doctors organised…"),
)


def article_ids(numbers: Iterable[int]) -> list[str]:
    """The ids of the articles with these numbers."""
    return [f"article-{number}" for number in numbers]


def article(number: int) -> bytes:
    """An article as JSON in UTF-8, about 3,000 characters, by the contract."""
    (identity,) = article_ids([number])
    chosen = [_SENTENCES[(number * step + step) % len(_SENTENCES)][0] for step in range(1, 8)]
    paragraph = " ".join([f"الخبر رقم {number}.", *chosen])
    return json.dumps(
        {
            "source": SOURCE,
            "id": identity,
            "title": f"أخبار الميناء والمدينة {number}",  # news of the port and the city
            "body": "\n\n".join([paragraph] * 7),
            "published_at": "2026-11-22T09:00:00+00:00",
        },
        ensure_ascii=False,
    ).encode()
