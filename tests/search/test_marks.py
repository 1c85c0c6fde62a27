"""What is marked is what matched, whatever else the article holds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.search.shelf import Shelf
from warraq.search.passages import LONGEST_PASSAGE
from warraq.text.letters import MARKS, PRESENTATION_FORMS
from warraq.text.normalize import fold

_FORMS = {
    letter: [f for f in sorted(PRESENTATION_FORMS) if unicodedata.normalize("NFKC", f) == letter]
    for letter in "طرابلس"
}
_BETWEEN = st.sampled_from(["", "", "ـ", "ـــ", "\u200b", "\u200d", "\u2063", *sorted(MARKS)[:25]])


@st.composite
def tripolis(draw: st.DrawFn) -> str:
    """طرابلس (Tripoli) as it may stand in an article: stretched, vocalized, by shapes, hidden."""
    if draw(st.booleans()):
        return "".join(draw(st.sampled_from(_FORMS[letter])) for letter in "طرابلس")
    spelt = "".join(letter + draw(_BETWEEN) for letter in "طرابلس")
    return draw(st.sampled_from(["", "\u200f", "\ufeff"])) + spelt


_OTHER = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    st.sampled_from(
        [
            "😀",
            "𝒳",
            "𐐷 𐐷",
            "<em>",
            "</em>",
            "\ue000\ue001",
            "\ue002",
            "كلمة",
            "ـ",
            "\u064b",
            "«",
            ".",
        ]
    ),
)


@pytest.fixture(scope="module")
def spelt_shelf(shelf_of_module: Shelf) -> Shelf:
    return shelf_of_module


@given(parts=st.lists(st.tuples(_OTHER, tripolis()), min_size=1, max_size=5), last=_OTHER)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_marked_is_what_matched(
    spelt_shelf: Shelf, parts: list[tuple[str, str]], last: str
) -> None:
    body = " ".join(word for part in parts for word in part) + f" {last}"
    document = spelt_shelf.put(body)
    article = document.article.own_id
    results = spelt_shelf.search("طرابلس", source=document.article.source, size=100)
    try:
        [hit] = [hit for hit in results.hits if hit.article_id == article]
        original = document.body.original
        marks = [mark for passage in hit.passages for mark in passage.marks]
        assert marks
        for passage in hit.passages:
            assert original[passage.start : passage.end] == passage.text
        for start, end in marks:
            assert fold(original[start:end]) == "طرابلس"
        if len(original) < LONGEST_PASSAGE and len(hit.passages) == 1:
            assert len(marks) == len(parts)
    finally:
        spelt_shelf.empty()
