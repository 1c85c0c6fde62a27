"""fold(): spellings that readers take for one become one, and folding twice is folding once."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.letters import FOLDING, HAMZA_ABOVE
from warraq.text.normalize import fold, lower


@pytest.mark.parametrize(
    "spellings",
    [
        ("أسامة", "اسامة", "أُسامه", "اُسَامَةُ", "أســامة", "ا\u200bسام\u200fة"),  # Usama
        ("جنوبيطرابلس", "جنوبي\u2063طرابلس"),  # south of Tripoli: only the index keeps the mark
        ("الميليشيات", "المیلیشیات", "ٱلميليشيات", "الْمِيلِيشْيَات"),  # the militias
        ("مصطفى", "مصطفي", "مصطفی", "ﻣﺼﻄﻔﻰ", "ﻣﺼﻄﻔﻲ"),  # Mustafa
        ("مسؤول", "مسو\u0654ول"),  # responsible, its hamza typed after the waw
        ("رئيس", "ري\u0654يس", "رى\u0654يس"),  # president
        ("كتاب", "کتاب", "ڪتاب", "ﻛﺘﺎﺏ"),  # book
        ("لا", "ﻻ", "ﻼ", "لأ", "ﻷ"),  # no
        ("عام ٢٠١٨", "عام 2018", "عام ۲۰۱۸"),  # the year 2018
        ("٤٫٥", "4.5"),
        ("UTC", "utc", "Utc"),
        ("ΟΔΟΣ", "οδοσ"),
        ("İstanbul", "istanbul"),
    ],
)
def test_spellings_of_one_word_are_one(spellings: tuple[str, ...]) -> None:
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}


@pytest.mark.parametrize(
    ("one", "other"),
    [("علم", "عمل"), ("سورية", "سوري"), ("صلاة", "سلاة"), ("ماء", "ما"), ("قلب", "كلب")],
)  # fmt: skip
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


CHARACTERS = st.sampled_from([*FOLDING, HAMZA_ABOVE, *"ويىاأ aAΣİßſK\ud800"])


@given(st.text() | st.text(CHARACTERS))
def test_folding_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text() | st.text(CHARACTERS))
def test_nothing_that_folds_is_left(text: str) -> None:
    assert not set(fold(text)) & set(FOLDING)


@given(st.text(CHARACTERS), st.text(CHARACTERS))
def test_words_fold_alike_alone_and_in_a_text(one: str, other: str) -> None:
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}"


@given(st.text())
def test_lower_case_goes_character_by_character(text: str) -> None:
    lowered = lower(text)
    assert len(lowered) == len(text)
    assert lowered == "".join(map(lower, text))


def test_every_character_has_one_lower_case_that_is_lower() -> None:
    for character in map(chr, range(sys.maxunicode + 1)):
        low = lower(character)
        assert len(low) == 1
        assert lower(low) == low
