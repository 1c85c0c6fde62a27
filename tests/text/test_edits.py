"""Edits: whatever steps do to a text, spans map both ways and the original comes back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.edits import Edit, EditedText

# Any code point, lone surrogates too: a few of each kind, so that edits often meet.
TEXTS = st.text(st.sampled_from("abاﻻـ\u200b\U0001f600\ud800 \n") | st.characters(), max_size=30)
REPLACEMENTS = st.text(st.sampled_from("xyي"), max_size=3)


@st.composite
def edits_on(draw: st.DrawFn, text: str) -> list[Edit]:
    """Sorted edits on `text` without overlaps: replacements, deletions and insertions."""
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    return [
        Edit(draw(st.sampled_from("kmn")), start, end, text[start:end], draw(REPLACEMENTS))
        for start, end in list(pairwise(ends))[:: draw(st.sampled_from((1, 2)))]
    ]


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The plainest way to apply edits: from the last to the first."""
    for edit in reversed(edits):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


@st.composite
def stacks(draw: st.DrawFn) -> tuple[EditedText, str]:
    """A text after up to five steps, and what it must read."""
    text = draw(TEXTS)
    edited = EditedText(text)
    for _ in range(draw(st.integers(0, 5))):
        edits = draw(edits_on(text))
        edited, text = edited.edited(edits), applied(text, edits)
    return edited, text


def pieces(edited: EditedText) -> list[tuple[int, int, int, int]]:
    """The text taken apart: [start, end) in the original and [start, end) in the text."""
    found = []
    read = written = 0
    for edit in (*edited.edits, None):
        for _ in range(read, edit.start if edit else len(edited.original)):
            found.append((read, read + 1, written, written + 1))
            read, written = read + 1, written + 1
        if edit:
            found.append((edit.start, edit.end, written, written + len(edit.replacement)))
            read, written = edit.end, written + len(edit.replacement)
    return found


@given(stacks())
def test_any_stack_of_edits_reads_as_the_edits_one_after_another(
    stack: tuple[EditedText, str],
) -> None:
    edited, text = stack
    assert edited.text == text


@given(stacks())
def test_undoing_gives_the_original_back(stack: tuple[EditedText, str]) -> None:
    edited, _ = stack
    assert edited.undone() == edited.original


@given(stacks())
def test_edits_stay_sorted_apart_and_true_to_the_original(stack: tuple[EditedText, str]) -> None:
    edited, text = stack
    assert all(one.end <= next_.start for one, next_ in pairwise(edited.edits))
    assert all(edited.original[e.start : e.end] == e.original for e in edited.edits)
    assert all(edit.original != edit.replacement for edit in edited.edits)
    assert applied(edited.original, edited.edits) == text


@given(stacks(), st.data())
def test_a_span_of_the_text_leads_to_the_smallest_span_of_the_original(
    stack: tuple[EditedText, str], data: st.DataObject
) -> None:
    edited, text = stack
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    touched = [piece for piece in pieces(edited) if piece[2] < end and start < piece[3]]
    first, last = edited.to_original(start, end)
    assert 0 <= first <= last <= len(edited.original)
    if touched and start < end:
        assert (first, last) == (touched[0][0], touched[-1][1])


@given(stacks(), st.data())
def test_a_span_of_the_original_leads_to_the_smallest_span_of_the_text(
    stack: tuple[EditedText, str], data: st.DataObject
) -> None:
    edited, text = stack
    start = data.draw(st.integers(0, len(edited.original)))
    end = data.draw(st.integers(start, len(edited.original)))
    # What was inserted at either end of the span belongs to it.
    touched = [
        piece
        for piece in pieces(edited)
        if (piece[0] < end and start < piece[1]) or start <= piece[0] == piece[1] <= end
    ]
    first, last = edited.to_text(start, end)
    assert 0 <= first <= last <= len(text)
    if touched and start < end:
        assert (first, last) == (touched[0][2], touched[-1][3])


@given(stacks())
def test_an_unchanged_character_maps_there_and_back(stack: tuple[EditedText, str]) -> None:
    edited, text = stack
    inside = {index for edit in edited.edits for index in range(edit.start, edit.end)}
    touching = {offset for edit in edited.edits for offset in (edit.start, edit.end)}
    for index in set(range(len(edited.original))) - inside - touching - {t - 1 for t in touching}:
        start, end = edited.to_text(index, index + 1)
        assert text[start:end] == edited.original[index]
        assert edited.to_original(start, end) == (index, index + 1)


def test_one_word_after_two_repairs() -> None:
    # "the army", stretched, with a zero-width space in the middle of the stretching
    edited = EditedText("ال\u200bجـــيش هنا")
    edited = edited.edited([Edit("invisible-character", 2, 3, "\u200b", "", 1.0, "shows nothing")])
    edited = edited.edited([Edit("tatweel", 3, 6, "ـــ", "", 1.0, "stretches the word")])
    assert edited.text == "الجيش هنا"
    assert [(edit.kind, edit.start, edit.end) for edit in edited.edits] == [
        ("invisible-character", 2, 3),
        ("tatweel", 4, 7),
    ]
    assert edited.to_original(0, 5) == (0, 9)
    assert edited.to_text(0, 9) == (0, 5)
    assert edited.to_original(6, 9) == (10, 13)


def test_a_later_edit_on_an_earlier_replacement_becomes_one_edit_that_tells_of_both() -> None:
    edited = EditedText("a Ù b").edited([Edit("mojibake", 2, 3, "Ù", "ـو", 0.9, "misread")])
    edited = edited.edited([Edit("tatweel", 2, 3, "ـ", "", 0.8, "stretched")])
    assert edited.edits == (Edit("mojibake+tatweel", 2, 3, "Ù", "و", 0.8, "misread; stretched"),)


def test_kinds_and_reasons_stand_in_the_order_of_the_steps_and_once_each() -> None:
    edited = EditedText("Ù")
    for text, kind in (("ـوـ", "mojibake"), ("ـو", "tatweel"), ("و", "tatweel")):
        edited = edited.edited([Edit(kind, 0, len(edited.text), edited.text, text, reason=kind)])
    assert [(e.kind, e.reason) for e in edited.edits] == [("mojibake+tatweel", "mojibake; tatweel")]


def test_what_one_step_breaks_and_the_next_mends_is_no_edit() -> None:
    edited = EditedText("نص").edited([Edit("k", 0, 1, "ن", "م")])
    edited = edited.edited([Edit("m", 0, 1, "م", "ن")])
    assert (edited.text, edited.edits) == ("نص", ())


def test_an_edit_that_changes_nothing_is_not_kept() -> None:
    assert EditedText("نص").edited([Edit("k", 0, 1, "ن", "ن")]).edits == ()


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit("k", 0, 2, "xy", "")], id="another text"),
        pytest.param([Edit("k", 0, 2, "ab", ""), Edit("k", 1, 3, "bc", "")], id="overlap"),
        pytest.param([Edit("k", 2, 3, "c", ""), Edit("k", 0, 1, "a", "")], id="unsorted"),
        pytest.param([Edit("k", 2, 9, "c", "")], id="beyond the end"),
        pytest.param([Edit("k", 2, 1, "", "x")], id="backwards"),
        pytest.param([Edit("k", -1, 0, "", "x")], id="before the start"),
        pytest.param([Edit("k", 9, 9, "", "x")], id="insertion beyond the end"),
    ],
)
@pytest.mark.parametrize("earlier", [False, True], ids=["as first", "after another step"])
def test_edits_that_do_not_fit_are_refused(edits: list[Edit], *, earlier: bool) -> None:
    text = EditedText("abc")
    if earlier:
        text = EditedText("bc").edited([Edit("k", 0, 0, "", "a")])
    with pytest.raises(ValueError, match="does not fit"):
        text.edited(edits)


def test_a_long_text_with_an_edit_in_every_word() -> None:
    text = "كلمـة " * 50_000
    edited = EditedText(text).edited(
        [Edit("tatweel", start, start + 1, "ـ", "") for start in range(3, len(text), 6)]
    )
    edited = edited.edited(
        [Edit("k", start, start + 1, "ة", "ه") for start in range(3, len(edited.text), 5)]
    )
    assert edited.text == "كلمه " * 50_000
    assert edited.undone() == text
    assert edited.to_original(5 * 40_000, 5 * 40_000 + 4) == (6 * 40_000, 6 * 40_000 + 5)


@given(st.data(), st.text("abcdef", min_size=1, max_size=30), st.integers(1, 5))
def test_a_long_list_of_edits_can_be_shortened_without_changing_the_text(
    data: st.DataObject, text: str, most: int
) -> None:
    edits = [
        Edit("k", at, at + 1, text[at], data.draw(st.text("xyz", max_size=2)))
        for at in data.draw(st.sets(st.integers(0, len(text) - 1)).map(sorted))
    ]
    long = EditedText(text).edited(edits)
    short = long.with_at_most(most)
    assert len(short.edits) <= most
    assert (short.original, short.text) == (long.original, long.text)
    assert short.undone() == text
