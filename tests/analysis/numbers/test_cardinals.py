"""Every number in digits and in words comes back with its value and its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.numbers.written import Manner
from warraq.analysis.numbers.cardinals import number_at
from warraq.analysis.numbers.digits import value_of
from warraq.analysis.numbers.phrase import Phrase
from warraq.annotations import TextField
from warraq.text.tokens import tokens

MANNERS = st.builds(
    Manner,
    feminine=st.booleans(),
    oblique=st.booleans(),
    hundred=st.sampled_from(["مئة", "مائة"]),
    parted=st.booleans(),
    accusative=st.booleans(),
)


def first_number(text: str) -> tuple[str, float] | None:
    """The words of the number that `text` begins with, and its value."""
    number = number_at(Phrase(TextField("body", text, tokens(text), [])), 0)
    return None if number is None else (text[number.start : number.end], number.value)


@given(st.integers(1, 10**12 - 1), MANNERS)
def test_a_number_in_words_comes_back(number: int, manner: Manner) -> None:
    words = manner.write(number)
    assert first_number(words) == (words, number)


@given(st.integers(1, 99_999), MANNERS, st.sampled_from(["و", "ب", "ل", "ك", "وب", "ول", "ف"]))
def test_clitics_are_no_part_of_a_number(number: int, manner: Manner, clitic: str) -> None:
    words = manner.write(number)
    if clitic + words.split()[0] not in {"لست", "ولست"}:  # "I am not"
        assert first_number(clitic + words) == (words, number)


@given(st.integers(0, 10**12), st.sampled_from(["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]))
def test_a_number_in_digits_comes_back(number: int, digits: str) -> None:
    written = str(number).translate(str.maketrans("0123456789", digits))
    assert first_number(written) == (written, number)
    with_marks = f"{number:,}"
    assert first_number(with_marks) == (with_marks, number)
    with_points = with_marks.replace(",", ".")
    assert first_number(with_points) == (with_points, number)


@given(st.integers(1, 999), st.integers(0, 99))
def test_decimals_come_back_in_both_manners(whole: int, decimals: int) -> None:
    value = float(f"{whole}.{decimals:02}")
    for mark in (".", ",", "٫"):
        written = f"{whole}{mark}{decimals:02}"
        assert first_number(written) == (written, value)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("عشرين ألف مسدس", "عشرين ألف", 20_000),  # 20 thousand pistols
        ("مليونين ونصف المليون", "مليونين ونصف المليون", 2_500_000),
        ("مليون ونصف مليون زيارة", "مليون ونصف مليون", 1_500_000),
        ("مليون وربع", "مليون وربع", 1_250_000),
        ("ثلاثة ونصف", "ثلاثة ونصف", 3.5),
        ("نصف مليون لاجئ", "نصف مليون", 500_000),
        ("ثلاثة أرباع المليون", "ثلاثة أرباع المليون", 750_000),
        ("ثلثي الأعضاء", "ثلثي", 2 / 3),
        ("ألف مليون", "ألف مليون", 10**9),
        ("مليارا دولار", "مليارا", 2 * 10**9),  # the dual before its noun
        ("ألفي مدرس", "ألفي", 2000),
        ("مليوناً و200 ألف", "مليوناً و200 ألف", 1_200_000),  # an accusative, no dual
        ("اثنتا عشرة ساعة", "اثنتا عشرة", 12),
        ("اثنى عشر", "اثنى عشر", 12),
        ("ثلاث مئة وخمسة رجال", "ثلاث مئة وخمسة", 305),
        ("مئة وخمسة وثلاثون ألفا وأربعمئة", "مئة وخمسة وثلاثون ألفا وأربعمئة", 135_400),
        ("خمسةٌ وعشرونَ", "خمسةٌ وعشرونَ", 25),  # with vowel signs
        ("خمسه وعشرين", "خمسه وعشرين", 25),  # as hasty typists end it
        ("الخمسة والعشرين مشاركا", "الخمسة والعشرين", 25),
        ("مائة وخمسين ألفاً", "مائة وخمسين ألفاً", 150_000),
        ("4,5 مليار دولار", "4,5 مليار", 4_500_000_000),
        ("138.780 ألف جهاز", "138.780 ألف", 138_780),  # a scale makes it a decimal
        ("1,250 مليون", "1,250 مليون", 1_250_000_000),
        ("488 مليونا و 355 ألف طن", "488 مليونا و 355 ألف", 488_355_000),
        ("9 مليارات وواحد وعشرين مليون ريال", "9 مليارات وواحد وعشرين مليون", 9_021_000_000),
        ("١٢ الف باوند", "١٢ الف", 12_000),
        ("(45) ألف بلاغ", "45) ألف", 45_000),
        ("6ر1 مليار دولار", "6ر1 مليار", 1_600_000_000),  # from right to left, as agencies write
        ("000ر22 مسلم", "000ر22", 22_000),
        ("1،100 كيلومتر", "1،100", 1100),  # the marks are Arabic commas
        ("2،7 مليون", "2،7 مليون", 2_700_000),
        ("1،250،000", "1،250،000", 1_250_000),
        ("5، 10 و15", "5", 5),
        ("½ كيلو", "½", 0.5),
        ("2½", "2½", 2.5),
        ("ب556 صندوق", "556", 556),
        # Not one number:
        ("خمسة وستة", "خمسة", 5),
        ("عشرون وثلاثة", "عشرون", 20),
        ("ألف ومليون", "ألف", 1000),
        ("ثلاثة رجال وأربع نساء", "ثلاثة", 3),
        ("10 و15 ألف", "10", 10),
        ("مئة، وخمسون", "مئة", 100),
    ],
)
def test_the_longest_number_is_read(text: str, words: str, value: float) -> None:
    found = first_number(text)
    assert found is not None
    assert found[0] == words
    assert found[1] == pytest.approx(value)


@pytest.mark.parametrize(
    "text", ["آلاف الناس", "ملايين", "عشرات", "أرباع", "007", "1.2.3", "10.10.2015", "كتاب", "كمية"]
)
def test_what_is_vague_or_no_number_has_no_value(text: str) -> None:
    assert first_number(text) is None


@pytest.mark.parametrize(
    ("figures", "value"),
    [
        ("1,088.05", 1088.05),
        ("1.088,05", 1088.05),
        ("27.000.000", 27_000_000),
        ("0,125", 0.125),
        ("3٬000", 3000),
        ("1,25,000", None),
        ("12.34,56", None),
        ("1٬5", None),
        ("0554622141", None),
    ],
)
def test_marks_part_thousands_or_decimals(figures: str, value: float | None) -> None:
    assert value_of(figures) == value


def test_three_digits_are_decimals_where_something_says_so() -> None:
    assert value_of("1.250") == 1250
    assert value_of("1.250", decimals=True) == 1.25
