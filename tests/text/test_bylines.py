"""Where a byline in front of a text ends, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.bylines import author_at_start, parts, slug, slugs

SAYS = "قالت مصادر إن الاتفاق وُقّع أمس"


def cut(text: str, author: str = "", usual: tuple[str, ...] = ()) -> str | None:
    found = slug(text, 0, len(text), parts(author), usual.__contains__)
    return text[: found.end] if found else None


@pytest.mark.parametrize(
    "byline",
    [
        "الرياض - واس: ", "واس- الرياض: ", "لندن (رويترز) - ", "القاهرة – أ ش أ – ", "(أ ف ب): ",
        "موسكو (د ب أ)- ", "وكالات - بغداد: ", "وكالات - بغداد - ", "رويترز: ", "تونس/ وات/ ",
        "سعيد الحارثي- مسقط- (رويترز): ", "بيروت ـ الأناضول: ", "واشنطن (AFP) — ",
    ],
)  # fmt: skip
def test_an_agency_makes_a_slug(byline: str) -> None:
    assert cut(byline + SAYS) == byline


@pytest.mark.parametrize(
    "byline", ["سعيد الحارثي- الضفة- نزوى: ", "الضفة – نزوى: ", "نزوى/ الضفة:"]
)
def test_so_does_what_stands_in_other_slugs_of_the_source(byline: str) -> None:
    assert cut(byline + SAYS) is None
    assert cut(byline + SAYS, usual=("الضفة",)) == byline


def test_so_does_a_part_of_the_author() -> None:
    assert cut(f"سعيد الحارثي - نزوى: {SAYS}", "سعيد الحارثي") == "سعيد الحارثي - نزوى: "
    assert cut("سعيد الحارثي ـ نزوى", "سعيد الحارثي") == "سعيد الحارثي ـ نزوى"


@pytest.mark.parametrize(
    "text",
    [
        f"{SAYS} - وأكدته رويترز - وإن العمل يبدأ غداً",
        "أعلنت وكالة رويترز - نقلاً عن مصادر - أن السعر ارتفع",
        "أكدت واس أن الرحلة تصل غداً: لا تأخير",
        "قال الوزير: لن نتأخر",
        "الحارثي: لن نستقيل",
        "2019 - واس: نص",
        "متى تبدأ الرحلة؟ - غداً: صباحاً",
        "",
        ":",
        "()",
        "- - -",
    ],
)
def test_a_sentence_is_no_slug(text: str) -> None:
    assert cut(text, usual=("الضفة", "واس")) is None


def test_brackets_alone_make_no_slug_of_what_recurs() -> None:
    assert cut("نزوى (مدينة)", usual=("مدينة",)) is None
    assert cut("نزوى (بالإنجليزية: Nizwa)", usual=("نزوى",)) is None


# ── the author ───────────────────────────────────────────────────────────────────────────────────


def after_author(text: str, author: str) -> str | None:
    end = author_at_start(text, 0, len(text), author)
    return None if end is None else text[end:]


@pytest.mark.parametrize(
    ("begin", "author"),
    [
        ("سعيد الحارثي: ", "سعيد الحارثي"),
        ("سعيد الحارثى - ", "سعيد الحارثي"),
        ("سعيد الحارثي ـ نزوى ", "سعيد الحارثي - نزوى"),
        ("الضفة– نزوى: ", "الضفة&ndash; نزوى:&nbsp;"),
        ("أُسامة العلي: ", "اسامه العلي"),
        ("الضفة- نزوى (تصوير: علي): ", "الضفة- نزوى (تصوير: علي):"),
    ],
)
def test_the_author_as_sent_begins_the_text(begin: str, author: str) -> None:
    assert after_author(begin + SAYS, author) == SAYS


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("الرياضي السعودي يفوز", "الرياضي"),
        ("سعيد الحارثي قال إنه لن يعود", "سعيد الحارثي"),
        ("سعيد الحارثيون: قبيلة", "سعيد الحارثي"),
        ("- النتائج لا ترضينا: قال المدرب", "- النتائج لا ترضينا"),
        (f"{SAYS}: {SAYS}", f"{SAYS} {SAYS} {SAYS}"),
        ("نص: آخر", "نص"),
        ("نص", ""),
        ("سعيد", "سعيد الحارثي"),
    ],
)
def test_a_name_in_a_sentence_is_no_byline(text: str, author: str) -> None:
    assert after_author(text, author) is None


TEXTS = st.text(st.sampled_from("ابتواس -–ـ/:()|،\n\t\u200f1a.")) | st.text()


@given(TEXTS, TEXTS)
def test_nothing_raises_and_ends_lie_in_the_line(text: str, author: str) -> None:
    for found in slugs(text, 0, len(text)):
        assert 0 < found.end <= len(text)
        assert all(segment in text for segment in found.segments)
    found_slug = slug(text, 0, len(text), parts(author), lambda _: True)
    assert found_slug is None or found_slug.end <= len(text)
    if text and not text[0].isspace():
        end = author_at_start(text, 0, len(text), author)
        assert end is None or 0 < end <= len(text)
