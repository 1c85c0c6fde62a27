"""Which Latin spellings of an Arabic word an index is asked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.romanization.patterns import latin_pattern


@pytest.mark.parametrize(
    ("arabic", "latin", "others"),
    [
        ("حفتر", ["haftar", "hafter", "hifter"], ["hatter", "heft", "after"]),
        ("السراج", ["sarraj", "serraj", "siraj"], ["sarja", "surge"]),
        ("القذافي", ["kadhafi", "qadhafi", "qaddafi", "kaddafi"], ["kafi"]),
        ("مصطفى", ["mustafa", "mostafa", "moustapha"], ["mustafi"]),
        ("زيدان", ["zidan", "zidane", "zeidan"], ["sedan"]),
        ("طرابلس", ["trablous", "tarablus"], ["tripoli"]),
    ],
)
def test_a_pattern_fits_usual_spellings_alone(
    arabic: str, latin: list[str], others: list[str]
) -> None:
    pattern = latin_pattern(arabic)
    assert pattern is not None
    assert [one for one in (*latin, *others) if re.fullmatch(pattern, one)] == latin


@pytest.mark.parametrize("word", ["من", "علي", "", "Haftar", "2018", "ب" * 50])
def test_words_of_few_consonants_have_none(word: str) -> None:
    assert latin_pattern(word) is None


@given(st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويىءةأؤئ", max_size=20))
def test_every_pattern_can_be_asked_for(word: str) -> None:
    pattern = latin_pattern(word)
    if pattern is not None:
        assert len(pattern) < 1_000  # what Elasticsearch takes
        re.compile(pattern)
