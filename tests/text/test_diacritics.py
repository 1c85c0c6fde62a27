"""Vowel signs: each once on its letter, where it is certain which and whose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.diacritics import diacritics
from warraq.text.normalize import fold
from warraq.text.repair import repaired


def with_signs(text: str) -> str:
    edited = repaired(text, {"diacritics": diacritics})
    assert edited.undone() == text
    return edited.text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("أيضاًً", "أيضاً"),  # also
        ("أيامًًا", "أيامًا"),  # days
        ("مرّّّة", "مرّة"),  # once
        ("أُُنزل العُُمانيون", "أُنزل العُمانيون"),  # the Omanis were landed
        ("أقرََّه", "أقرَّه"),  # he settled it; the shadda behind
        ("إنََََّ", "إنَّ"),
        ("معلّمََّ", "معلّمَّ"),
        ("صعباََ", "صعباً"),  # two fathas on a final alef are how some type fathatan
        ("أيضا ً", "أيضاً"),
        ("طويلا ً، ثم", "طويلاً، ثم"),  # long, then
        ("شرقا ًوغربا ًمعا", "شرقاً وغرباً معا"),  # east and west together
        ("منشور ًا", "منشورًا"),  # a leaflet
        ("أب عربي ٍّ كريم", "أب عربيٍّ كريم"),  # an Arab father
        ("مشيرة ً إلى جزء ٍ منها", "مشيرةً إلى جزءٍ منها"),  # pointing to a part of it
    ],
)
def test_a_vowel_sign_stands_once_and_on_its_letter(found: str, meant: str) -> None:
    assert with_signs(found) == meant


@pytest.mark.parametrize(
    "text",
    [
        "إِنَّ الكِتَابَ جَدِيدٌ جِدًّا وَمُهِمٌّ", "شَّ شَّ مدًّا مدّاً كلٍّ", "اَّلذين اَلله",
        "مُؤَسٌِسُ تماماًَ",  # two different signs: nobody knows which
        "علامة الفتحة َ والضمة ُ والكسرة ِ والتنوين ٌ", "( ً ) و« ٌ »", "24 ْ مئوية",
        "مؤهلًا ً", "في ٍالدوري",
        "ٱلرَّحۡمَٰنِ ٱلرَّحِيمِ سَلَٰمٌۭ قَوۡلٗا ۖ عَلِيمٌۢ",  # the Quran as its editions print it
    ],
)  # fmt: skip
def test_other_vowel_signs_stay(text: str) -> None:
    assert with_signs(text) == text


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_natural_text_is_untouched(text: str) -> None:
    assert with_signs(text) == text


@given(st.text() | st.text(st.sampled_from("اةبل نـ1a،\u064e\u064b\u0651\u0670\u06d6")))
def test_no_text_breaks_it_and_once_is_enough(text: str) -> None:
    assert with_signs(with_signs(text)) == with_signs(text)


@given(st.text(st.sampled_from("اةبل \u064e\u064f\u064b\u064c\u0651،")))
def test_search_sees_no_difference_of_signs_but_the_place_of_spaces(text: str) -> None:
    assert fold(with_signs(text)).replace(" ", "") == fold(text).replace(" ", "")
