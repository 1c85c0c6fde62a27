"""Edits as people see them: whole words, each change once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warraq.cli.changes import changes
from warraq.text.edits import Edit, EditedText
from warraq.text.repair import repaired


def test_a_change_is_shown_with_its_whole_word() -> None:
    [change] = changes(repaired("عاد الجـــيش أمس"))
    assert (change.stood, change.reads) == ("الجـــيش", "الجيش")
    assert (change.start, change.end) == (4, 9)
    assert (change.kind, change.confidence) == ("tatweel", 1)


def test_a_lost_space_shows_both_words() -> None:
    text = EditedText("في جنوبيطرابلس أمس", (Edit("joined-words", 8, 8, "", " ", 0.97, "why"),))
    [change] = changes(text)
    assert (change.stood, change.reads) == ("جنوبيطرابلس", "جنوبي طرابلس")


def test_what_goes_at_the_border_of_a_word_is_shown_with_it() -> None:
    [change] = changes(repaired("قال \u200fعاد\u200e أمس"))
    assert (change.stood, change.reads) == ("\u200fعاد\u200e", "عاد")
    [alone] = changes(repaired("قال \u200f أمس"))
    assert (alone.stood, alone.reads) == ("\u200f", "")


def test_several_edits_of_a_word_are_one_change() -> None:
    [change] = changes(repaired("طـرا\u200bبلس"))
    assert (change.stood, change.reads) == ("طـرا\u200bبلس", "طرابلس")
    assert change.kind == "tatweel+invisible-character"
    assert change.reason == "stretches the word; shows nothing, hides the word"


def test_a_misread_line_is_one_change_and_two_lines_are_two() -> None:
    misread = "عاد الجيش أمس\nقال الوزير".encode().decode("latin-1")
    assert [change.reads for change in changes(repaired(misread))] == [
        "عاد الجيش أمس",
        "قال الوزير",
    ]


def test_words_side_by_side_that_were_changed_for_different_reasons_are_two() -> None:
    found = [change.kind for change in changes(repaired("الجـــيش طرا\u200bبلس"))]
    assert found == ["tatweel", "invisible-character"]


EDITS = st.lists(
    st.tuples(
        st.text(" \nاب", max_size=4),
        st.text(" اب\u200f", max_size=3),
        st.text(" \nط", max_size=3),
        st.sampled_from("kl"),
    )
)
"""Text that stays, text that goes, text that comes, and the kind of edit."""


@given(EDITS)
def test_changes_are_sorted_apart_and_true(parts: list[tuple[str, str, str, str]]) -> None:
    original, edits = "", []
    for stays, goes, comes, kind in parts:
        start = len(original) + len(stays)
        original += stays + goes
        edits.append(Edit(kind, start, start + len(goes), goes, comes))
    text = EditedText(original, tuple(edits))
    behind = 0
    for change in changes(text):
        assert behind <= change.start <= change.end
        behind = change.end
        assert text.text[change.start : change.end] == change.reads
        assert change.stood in original
    marked = "".join(change.kind for change in changes(text))
    assert set(marked) <= {*"kl+"}
    assert bool(marked) == bool(edits)
