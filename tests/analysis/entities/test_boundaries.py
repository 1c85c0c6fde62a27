"""Where names end."""

from __future__ import annotations

import pytest

from warraq.analysis.entities.boundaries import bounded
from warraq.analysis.entities.heads import TaggedName
from warraq.annotations import TextField
from warraq.text.normalize import fold
from warraq.text.tokens import sentences, tokens


def ends(text: str, *tagged: tuple[int, int, str]) -> list[tuple[int, int]]:
    field = TextField("body", text, tokens(text), sentences(text))
    cores = [fold(token.key) for token in field.tokens]
    found = bounded([TaggedName(*one) for one in tagged], cores, field)
    return [(one.first, one.last) for one in found]


@pytest.mark.parametrize(
    ("text", "tagged", "wanted"),
    [
        ('نشرت صحيفة "اليوم السابع" خبرا', (1, 3, "ORG"), (1, 4)),  # cut short: goes on to its mark
        ("أعلنت شركة (ألف باء جيم) أرباحها", (1, 4, "ORG"), (1, 5)),
        ('ذكرت "سبق" الإلكترونية أمس', (1, 3, "ORG"), (1, 2)),  # what is behind the mark goes
        ("مشروع «نبراس» الوطني", (1, 3, "ORG"), (1, 2)),
        ("قال محمد (حوالي 40 عاما) شيئا", (1, 3, "PER"), (1, 2)),  # a person's bracket is no name
        ('قال خالد: "لن نعود إلى هذا كله أبدا" ثم مضى', (1, 3, "ORG"), (1, 2)),
        ("زار صحيفة «الأيام»", (1, 3, "ORG"), (1, 3)),  # as it should be
        ('نادي "النصر" السعودي', (0, 3, "ORG"), (0, 3)),
        ("ذكرت «سبق» أن", (1, 2, "ORG"), (1, 2)),
    ],
)
def test_a_quoted_name_is_taken_whole_or_not_at_all(
    text: str, tagged: tuple[int, int, str], wanted: tuple[int, int]
) -> None:
    assert ends(text, tagged) == [wanted]


def test_what_the_longer_name_covers_is_no_name_of_its_own() -> None:
    text = 'ذكرت صحيفة "صنداي مورنينج بوست" ذلك'
    assert ends(text, (1, 3, "ORG"), (3, 5, "PER")) == [(1, 5)]


def test_quoted_names_in_a_list_are_as_many_names() -> None:
    text = 'بين "الهلال"، "الأهلي"، "الشباب" اليوم'
    assert ends(text, (1, 4, "ORG")) == [(1, 2), (2, 3), (3, 4)]


@pytest.mark.parametrize(
    ("text", "tagged", "wanted"),
    [
        ("أعلنت وزارة المالية اليوم ذلك", (1, 4, "ORG"), (1, 3)),  # today
        ("قصف التحالف أمس مواقع", (1, 3, "ORG"), (1, 2)),  # yesterday
        ("ذكرت صحيفة اليوم ذلك", (1, 3, "ORG"), (1, 3)),  # the paper of that name
        ("ذكرت المصري اليوم ذلك", (1, 3, "ORG"), (1, 3)),
        ("بثت روسيا اليوم ذلك", (1, 3, "ORG"), (1, 3)),
        ("ذكرت اليوم ذلك", (1, 2, "ORG"), (1, 2)),
    ],
)
def test_no_name_ends_in_a_time(
    text: str, tagged: tuple[int, int, str], wanted: tuple[int, int]
) -> None:
    assert ends(text, tagged) == [wanted]


@pytest.mark.parametrize(
    ("text", "tagged", "wanted"),
    [
        ("أفاد بأن خالد الأحمد حضر", (1, 4, "PER"), (2, 4)),  # that Khalid
        ("قال بان كي مون ذلك", (1, 4, "PER"), (1, 4)),  # Ban Ki-moon
        ("قال آلان جوبيه ذلك", (1, 3, "PER"), (1, 3)),  # Alain Juppé
        ("رواه صالح بن", (1, 3, "PER"), (1, 2)),
        ("قالت أمانة من أجل السلام", (1, 5, "ORG"), (1, 5)),
    ],
)
def test_a_person_begins_and_ends_with_no_particle(
    text: str, tagged: tuple[int, int, str], wanted: tuple[int, int]
) -> None:
    assert ends(text, tagged) == [wanted]


def test_the_blessed_month_is_nobody() -> None:
    assert ends("حل شهر رمضان المبارك أمس", (2, 4, "PER")) == []


@pytest.mark.parametrize("text", ['" " "', 'ا"ب"ج"د', "«»(ب)ا", '"ا «ب) ج" د'])
def test_any_marks_leave_a_name_of_at_least_one_word(text: str) -> None:
    number = len(tokens(text))
    for first in range(number):
        for last in range(first + 1, number + 1):
            for type_ in ("ORG", "PER"):
                found = ends(text, (first, last, type_))
                assert found
                assert all(start < end <= number for start, end in found)
