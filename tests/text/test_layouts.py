"""Keys of one keyboard layout read on another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.layouts import are_neighbours, as_arabic, as_latin


@pytest.mark.parametrize(
    ("typed", "arabic"),
    [
        ("'vhfgs", "طرابلس"),  # Tripoli
        ("hgvdhq", "الرياض"),  # Riyadh
        ("HGVDHQ", "الرياض"),  # with Caps Lock
        ("Hgogdt", "ألخليف"),  # with Shift, where that writes another letter
        ("fghd", "بلاي"),  # la is one key, l and a are two
        ("fbd", "بلاي"),
        ("ùvhfgs", "طرابلس"),  # on a French keyboard
    ],
)
def test_latin_keys_write_arabic(typed: str, arabic: str) -> None:
    assert arabic in as_arabic(typed)


@pytest.mark.parametrize(
    ("typed", "latin"), [("ىشفخ", "nato"), ("لاشىن", "bank"), ("فقعةح", "trump")]
)
def test_arabic_keys_write_latin(typed: str, latin: str) -> None:
    assert latin in as_latin(typed)


@pytest.mark.parametrize("typed", ["", "2018", "نص", "a b", "é"])
def test_what_the_layout_does_not_write_is_nothing(typed: str) -> None:
    assert list(as_arabic(typed)) == []


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("ض", "ص", True), ("ب", "ي", True), ("ب", "ف", True), ("ع", "ت", True), ("ض", "ط", False)],
)
def test_neighbours(one: str, other: str, near: bool) -> None:
    assert are_neighbours(one, other) is are_neighbours(other, one) is near


@given(st.text("ضصثقفغعهخحجدشسيباتنمكطئءؤرىةوزظذ", min_size=1, max_size=12))
def test_there_and_back_is_the_same(word: str) -> None:
    assert all(word in as_arabic(latin) for latin in as_latin(word))
