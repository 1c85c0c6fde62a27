"""What a misspelt word may have been meant as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.lexicon import shipped_lexicon
from warraq.text.misspellings import is_known, language_cost, mistakes_between, rivals
from warraq.text.normalize import fold

LEXICON = shipped_lexicon()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("طرابلص", "طرابلس"),  # Tripoli: a letter that sounds alike
        ("المستشفىى", "المستشفى"),  # the hospital: a letter twice
        ("الحكوومة", "الحكومة"),  # the government
        ("البرلامن", "البرلمان"),  # the parliament: two letters swapped
        ("اليرلمان", "البرلمان"),  # a key beside
        ("السعوية", "السعودية"),  # Saudi Arabia: a letter left out
        ("مسولين", "مسؤولين"),  # officials: a hamza with its seat left out
        ("ابوضبيي", "ابوظبي"),  # Abu Dhabi: two mistakes
        ("وبالمدرصة", "وبالمدرسة"),  # and at the school: behind clitics
        ("الاممالمتحدة", "الامم المتحدة"),  # the United Nations: a space left out
    ],
)
def test_the_likeliest_comes_first(typed: str, meant: str) -> None:
    assert rivals(LEXICON, typed)[0].text == meant


@pytest.mark.parametrize("typed", ["", "ا", "ط" * 40, "2018", "nato", "؟"])
def test_of_other_things_there_are_none(typed: str) -> None:
    assert rivals(LEXICON, typed) == []


def test_a_spelling_that_folds_alike_is_the_same_word() -> None:
    assert language_cost(LEXICON, "المدرسه") == language_cost(LEXICON, "المدرسة")
    assert all(fold(meant.text) != fold("المدرسة") for meant in rivals(LEXICON, "المدرسه"))


def test_a_rare_name_costs_less_than_a_slip() -> None:
    haftar = language_cost(LEXICON, "حفتر")
    assert all(meant.cost > haftar for meant in rivals(LEXICON, "حفتر"))


@pytest.mark.parametrize(
    ("word", "known"),
    [("السنوسي", True), ("والسنوسي", True), ("المدرسه", True), ("طرابلص", False)],
)
def test_known_words(word: str, known: bool) -> None:
    assert is_known(LEXICON, word) is known


@pytest.mark.parametrize(
    ("nearer", "farther", "meant"),
    [
        ("الرياظ", "الرياش", "الرياض"),  # Riyadh: a sound, another letter
        ("الريااض", "الرياقض", "الرياض"),
        ("الرايض", "الراظي", "الرياض"),
    ],
)
def test_likelier_mistakes_cost_less(nearer: str, farther: str, meant: str) -> None:
    one, other = mistakes_between(nearer, meant), mistakes_between(farther, meant)
    assert one is not None
    assert other is None or one < other


def test_too_many_mistakes_are_another_word() -> None:
    assert mistakes_between("طرابلس", "بنغازي") is None


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءئؤ ", max_size=25))
def test_whatever_is_typed_has_bounded_rivals_cheapest_first(typed: str) -> None:
    found = rivals(LEXICON, typed)
    assert len(found) <= 30
    assert [meant.cost for meant in found] == sorted(meant.cost for meant in found)
    assert len({fold(meant.text) for meant in found}) == len(found)
