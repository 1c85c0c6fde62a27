"""Lines that say themselves what they are, in the spellings of real pages, and lines that only
look like them."""

from __future__ import annotations

import pytest

from warraq.text.boilerplate import boilerplate
from warraq.text.stock_lines import CALLS, STOCK_LINES

BEFORE = "أعلنت الوزارة أمس افتتاح ثلاث مدارس جديدة في المحافظة قبل بدء العام الدراسي المقبل."
AFTER = "وقال الوزير إن العمل في المدارس انتهى قبل موعده بشهرين، وإن المقاعد وصلت كلها."


def reasons(line: str) -> list[tuple[str, str]]:
    """(kind, reason) of what is marked in an article of many lines that `line` ends."""
    text = "\n".join([BEFORE] * 5 + [AFTER] * 7 + [line])
    found = boilerplate(text)
    assert all(text[one.start : one.end].strip() == line for one in found)
    return [(one.kind, one.reason) for one in found]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("اقرأ أيضاً: عشر نصائح لحفظ الطماطم", "read-also line"),
        ("إقرأ ايضا : الأمطار تعود غداً", "read-also line"),
        ("» اقرأ أيضًا", "read-also line"),
        ("اقرأ المزيد", "read-also line"),
        ("قد يهمك أيضاً: مواعيد القطارات الجديدة", "read-also line"),
        ("شاهد أيضاً: صور من الافتتاح", "read-also line"),
        ("أخبار ذات صلة", "read-also line"),
        ("موضوعات متعلقة:", "read-also line"),
        ("تابعونا على تويتر", "follow-us line"),
        ("تابعنا عبر قناتنا على تلغرام", "follow-us line"),
        ("اشترك في نشرتنا الصباحية", "follow-us line"),
        ("حمّلوا تطبيقنا على هواتفكم", "follow-us line"),
        ("شارك الخبر على فيسبوك", "follow-us line"),
        ("للمزيد من الأخبار زوروا صفحة الاقتصاد", "read-more tail"),
        ("للاطلاع على الأسماء اضغط هنا", "read-more tail"),
        ("للمزيد...", "read-more tail"),
        ("انقر هنا", "read-more tail"),
        ("جميع الحقوق محفوظة لموقع الضفة 2026", "copyright line"),
        ("© 2026 صحيفة الضفة", "copyright line"),
        ("شارك", "buttons of the page"),
        ("شارك | طباعة | فيسبوك | تويتر", "buttons of the page"),
        ("أضف تعليقاً", "buttons of the page"),
        ("(صورة أرشيفية)", "says where a picture is from"),
    ],
)
def test_boilerplate_is_known_by_its_words(line: str, reason: str) -> None:
    assert reasons(line) == [("boilerplate", reason)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("كتب: محمود السيد", "byline"),
        ("كتبت - هند العلي", "byline"),
        ("إعداد وتحرير: سلمى الهاشمي", "byline"),
        ("تصوير/ خالد المنصور", "byline"),
        ("بقلم سعيد بن راشد الحارثي", "byline"),
        ("أجرى الحوار: نبيل عمران", "byline"),
        ("المصدر: الأناضول", "source line"),
        ("المصدر / وكالات", "source line"),
        ("لمراسلة الكاتب: katib@example.org", "how to reach the writer"),
    ],
)
def test_who_made_it_is_a_byline(line: str, reason: str) -> None:
    assert reasons(line) == [("byline", reason)]


@pytest.mark.parametrize(
    "line",
    [
        "تابعنا فوز الفريق في الدقائق الأخيرة من المباراة.",  # we followed the victory
        "تابع الرئيس المباراة من المنصة",  # he followed
        "اشترك في السباق مئتا عداء من عشر دول",  # two hundred took part
        "شاهد أيضاً رجلاً يحمل صندوقاً",  # he also saw a man
        "للمزيد من التعاون بين البلدين وقّع الوزيران اتفاقاً",  # for more cooperation
        "قالت المصدرة إن السعر لم يتغير",
        "شارك في الندوة أساتذة من خمس جامعات",  # took part in
        "كتب التاريخ المدرسية تحتاج إلى مراجعة",  # books of history
        "إعداد الطعام: نصف ساعة",  # preparation of the food
        "حقوق النشر في العالم العربي",  # a title: copyright in the Arab world
        "طباعة الكتب في بغداد القديمة",
        "تصوير المشاهد الخارجية في الصحراء",
        "النتائج",
        "خلفية عن النزاع",
        "- نعم",
        "س: متى تفتح المدارس؟",
        "قفا نبك من ذكرى حبيب ومنزل",  # a verse
        "فيسبوك",  # a heading
        "",
        "!!!",
    ],
)
def test_text_is_left_alone(line: str) -> None:
    assert reasons(line) == []


def test_a_long_line_is_text_whatever_it_begins_with() -> None:
    for begin in ("اقرأ أيضاً", "تابعونا على تويتر", "جميع الحقوق محفوظة", "بقلم"):
        assert reasons(f"{begin} {BEFORE} {AFTER}") == []


def test_credits_and_buttons_count_at_the_edges_alone() -> None:
    for line in ("المصدر: الأناضول", "شارك", "كتب: محمود السيد"):
        assert boilerplate("\n".join([BEFORE] * 9 + [line] + [AFTER] * 9)) == []


def test_calls_are_known_when_they_have_been_folded() -> None:
    assert CALLS.search("اضغط الرابط")
    assert not CALLS.search("طريقه التحضير")


def test_the_table_is_in_order() -> None:
    assert len({stock.pattern.pattern for stock in STOCK_LINES}) == len(STOCK_LINES)
    assert not any(set("WSDB") & set(stock.pattern.pattern) for stock in STOCK_LINES)
