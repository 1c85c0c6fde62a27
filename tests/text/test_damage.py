"""Damage does what its name says, to as much as it says, alike for the same seed."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.damage import KINDS, damaged, without_spaces
from warraq.text.letters import LETTERS, MARKS, UNSEEN
from warraq.text.normalize import fold

TEXT = (
    "قالت اللجنة العليا في مدينة بنغازي إن 1,250 كتاباً على رفوف المكتبة، منها ٣٤٠ بالعربية "
    "والأخرى من ۲۰۱۸، أُحرقت كلها ليلة أمس. "
) * 30
"""The supreme committee in Benghazi said that 1,250 books on the library's shelves were burnt."""
SPACES, WORDS = TEXT.count(" "), len(TEXT.split())


def _damaged(kind: str, seed: str = "1", text: str = TEXT) -> str:
    return damaged(text, kind, random.Random(seed))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_damages_alike_and_another_otherwise(kind: str) -> None:
    assert _damaged(kind) == _damaged(kind)
    assert _damaged(kind) != TEXT
    assert _damaged(kind) != _damaged(kind, "2")


@pytest.mark.parametrize(
    "kind", ["tatweel", "harakat", "persian", "digits", "zero-width", "presentation"]
)
def test_what_folding_undoes_is_nothing_else_than_that(kind: str) -> None:
    assert fold(_damaged(kind)) == fold(TEXT)


@pytest.mark.parametrize("kind", ["spelling", "harakat", "presentation", "zero-width"])
def test_about_three_words_of_ten_are_changed(kind: str) -> None:
    changed = sum(a != b for a, b in zip(TEXT.split(), _damaged(kind).split(), strict=True))
    # Half of the words have nothing in them that could be spelt otherwise.
    assert 0.1 * WORDS < changed < 0.4 * WORDS


@pytest.mark.parametrize(("kind", "share"), [("join2%", 0.02), ("join5%", 0.05)])
def test_that_share_of_the_spaces_between_words_goes_and_nothing_else(
    kind: str, share: float
) -> None:
    text = "هذا بيت كبير " * 2_000  # this is a big house
    joined = _damaged(kind, text=text)
    assert joined.replace(" ", "") == text.replace(" ", "")
    assert 0.7 * share < 1 - joined.count(" ") / text.count(" ") < 1.3 * share


def test_lost_spaces_are_remembered_and_stay_beside_numbers() -> None:
    joined, lost = without_spaces("عام 2019 في تونس", 1.0, random.Random(1))
    assert (joined, lost) == ("عام 2019 فيتونس", [11])


CHANGED = [
    ("spelling", "إلى", "الي"),  # to
    ("spelling", "مدرسة", "مدرسه"),  # school
    ("spelling", "علي", "على"),  # Ali, as Egyptian papers write him
    ("persian", "كتابي", "کتابی"),  # my book
    ("presentation", "لجنة", "ﻟﺠﻨﺔ"),  # committee
    ("presentation", "الأولاد", "ﺍﻷﻭﻻﺩ"),  # the boys: two ligatures of lam and alef
    ("presentation", "شيء", "ﺷﻲﺀ"),  # thing: hamza joins on neither side
    ("presentation", "بَيت", "ﺑَﻴﺖ"),  # house: vowel signs stay behind their letter
]


@pytest.mark.parametrize(("kind", "word", "changed"), CHANGED)
def test_a_word_that_is_met_is_changed_so(kind: str, word: str, changed: str) -> None:
    found = {_damaged(kind, str(seed), word) for seed in range(30)}
    assert found == {word, changed}


@given(st.text(f"{''.join(chr(c) for c in range(0x621, 0x63B))}ابتثلمنهويى ", max_size=60))
def test_shaped_letters_are_the_same_letters(text: str) -> None:
    shaped = damaged(text, "presentation", random.Random(0))
    assert unicodedata.normalize("NFKC", shaped) == unicodedata.normalize("NFKC", text)


def test_mixed_has_some_of_every_kind() -> None:
    mixed = _damaged("mixed")
    assert mixed.count(" ") < SPACES
    assert len(UNSEEN & set(mixed) - MARKS) >= 3
    assert MARKS & set(mixed) - set(TEXT)
    assert any("\ufe70" <= letter <= "\ufefc" for letter in mixed)
    assert any(letter in "کی" for letter in mixed)


def test_other_writing_is_left_alone() -> None:
    text = "Reuters, London; naïve?"
    assert {_damaged(kind, text=text) for kind in KINDS} == {text}
    assert not set(text) & set(LETTERS[:1])
