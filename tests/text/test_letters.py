"""The classes of characters and the folding table: complete, apart, and in agreement."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from pyarabic import araby

from warraq.text.letters import (
    DECOMPOSED_HAMZA,
    FOLDING,
    INVISIBLE,
    JOINERS,
    MARKS,
    PRESENTATION_FORMS,
    SEATED_HAMZA,
    TATWEEL,
    UNFOLDED,
    presentation_form,
)
from warraq.text.normalize import fold

EVERY_CHARACTER = tuple(map(chr, range(sys.maxunicode + 1)))


def test_no_character_is_in_two_classes() -> None:
    classes = (INVISIBLE, JOINERS, MARKS, PRESENTATION_FORMS, {TATWEEL})
    assert sum(map(len, classes)) == len(frozenset().union(*classes))


def test_marks_are_all_of_pyarabics_and_the_quranic_ones() -> None:
    assert set(araby.TASHKEEL) <= MARKS
    assert {"\u0670", "\u06d6", "\u0610", "\u0653", "\u0654", "\u0655"} <= MARKS


def test_invisible_characters_are_unicode_formats() -> None:
    assert {unicodedata.category(character) for character in INVISIBLE | JOINERS} == {"Cf"}


def test_every_embedding_override_and_isolate_is_invisible() -> None:
    directions = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    assert {
        character
        for character in EVERY_CHARACTER
        if unicodedata.bidirectional(character) in directions
    } <= INVISIBLE


def test_presentation_forms_are_all_that_unicode_calls_so() -> None:
    shapes = ("<isolated>", "<initial>", "<medial>", "<final>")
    assert {
        character
        for character in EVERY_CHARACTER
        if unicodedata.decomposition(character).startswith(shapes)
        and unicodedata.name(character).startswith(("ARABIC", "RIAL"))
    } == PRESENTATION_FORMS


def test_a_presentation_form_becomes_plain_letters() -> None:
    for character in PRESENTATION_FORMS:
        letters = presentation_form(character)
        assert letters
        assert not set(letters) & (PRESENTATION_FORMS | {TATWEEL})
        assert letters == letters.strip()


@pytest.mark.parametrize(
    ("letters", "folded"),
    [
        ("أإآٱاٲٳٵ", "ا"),
        ("يىیېےێۍ", "ي"),
        ("كکڪگګ", "ك"),
        ("ةهہھەۀۂۃ", "ه"),
        ("وۆۇۈ", "و"),
        ("بپ", "ب"), ("جچ", "ج"), ("زژ", "ز"), ("فڤ", "ف"), ("قڨ", "ق"), ("تٹ", "ت"), ("نں", "ن"),
        ("0٠۰", "0"), ("5٥۵", "5"), ("9٩۹", "9"), (".٫", "."), (",٬", ","),
        ("ـ\u064b\u064e\u0651\u0670\u200b\u200c\u200d\u200f\ufeff", ""),
    ],
)  # fmt: skip
def test_what_folds_together(letters: str, folded: str) -> None:
    assert {FOLDING.get(letter, letter) for letter in letters} == {folded}


def test_the_letters_of_arabic_that_stay_apart() -> None:
    apart = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي" + "ء"
    assert {FOLDING.get(letter, letter) for letter in apart} == set(apart)


def test_every_seat_of_hamza_folds_as_pyarabic_normalizes_it() -> None:
    for seat in "ؤئ":
        assert FOLDING[seat] == araby.normalize_hamza(seat)
    for pair, letter in DECOMPOSED_HAMZA.items():
        assert unicodedata.normalize("NFC", pair) == letter or pair == "ى\u0654"


def test_folding_what_is_folded_changes_nothing() -> None:
    for folded in FOLDING.values():
        assert "".join(FOLDING.get(letter, letter) for letter in folded) == folded


def test_folding_names_single_characters_that_change() -> None:
    assert all(len(character) == 1 and character != to for character, to in FOLDING.items())


def test_what_leaves_a_word_its_spelling_is_a_part_of_folding() -> None:
    for character, letters in UNFOLDED.items():
        assert fold(letters) == fold(character)
    assert not {*"أإآؤئءىيةه"} & UNFOLDED.keys()
    assert FOLDING.keys() - UNFOLDED.keys() >= {*"أإآؤئىة"}
    assert UNFOLDED["ﺄ"] == "أ"
    assert (UNFOLDED["ﻰ"], UNFOLDED["ﺔ"]) == ("ى", "ة")
    assert SEATED_HAMZA["ا\u0654"] == "أ"
