"""Glue: what both repairs promise of any text whatever."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.edits import Edit, EditedText
from warraq.text.glue import glued_numbers, glued_punctuation
from warraq.text.repair import Repair

BOTH = (glued_numbers, glued_punctuation)

# What glue is made of, and what looks like it: words, figures, marks, codes and addresses.
MARKS_AND_LETTERS = 'ابلوفكمهد .،:؟…"«»()1٢۳%-/ـ\n\u064e'
WORDS = """
    عام سنة في إلى يناير ألف أيام كم م2 هـ ق.م سي آي إيه فورمولا العاصمة وقال نص الدكتور فيتامين ""
    2019 15 1,000 3.5 6ر1 20 https://a.b/ص?x=1 www. @علي #وسم_2 a@b.org
"""
PIECES = st.sampled_from([*MARKS_AND_LETTERS, *WORDS.split()])
TEXTS = st.lists(PIECES, max_size=24).map("".join) | st.text(max_size=80)


def repaired_by(text: str, *repairs: Repair) -> EditedText:
    edited = EditedText(text)
    for repair in repairs:
        edited = edited.edited(repair(edited.text))
    return edited


@given(TEXTS)
@example("عام2019.وقال" * 3)
@example("\ud800عام2019\x00,ثم")
def test_only_single_spaces_are_put_in(text: str) -> None:
    for repair in BOTH:
        edits = list(repair(text))
        assert [edit.start for edit in edits] == sorted({edit.start for edit in edits})
        for edit in edits:
            assert (edit.start, edit.original, edit.replacement) == (edit.end, "", " ")
            assert 0 < edit.start < len(text)
            assert not text[edit.start - 1].isspace()
            assert not text[edit.start].isspace()
            assert 0 < edit.confidence < 1
            assert edit.reason


@given(TEXTS)
def test_without_the_edits_it_is_the_original(text: str) -> None:
    edited = repaired_by(text, *BOTH)
    assert edited.undone() == text
    added = {edit.start for edit in edited.edits}
    assert len(edited.text) == len(text) + len(added)


@given(TEXTS)
@example("10شوال1436ه")
@example("5متر2015")
@example('كلمة"أ"كلمة"ب"كلمة"')
def test_what_is_repaired_needs_no_repair(text: str) -> None:
    for repair in BOTH:
        once = repaired_by(text, repair).text
        assert repaired_by(once, repair).text == once
    once = repaired_by(text, *BOTH).text
    assert repaired_by(once, *BOTH).text == once


@given(TEXTS)
def test_both_never_act_on_one_place(text: str) -> None:
    numbers = {edit.start for edit in glued_numbers(text)}
    assert not numbers & {edit.start for edit in glued_punctuation(text)}


@given(TEXTS, TEXTS)
def test_nothing_is_put_into_an_address(before: str, behind: str) -> None:
    for address in ("https://خبر.example/عام2019.وقال؟ص=1", "#عام2019.وقال", "a.عام2019@b.org"):
        text = f"{before} {address} {behind}"
        start = len(before) + 1
        for repair in BOTH:
            assert not any(start < edit.start < start + len(address) for edit in repair(text)), (
                address
            )


@pytest.mark.parametrize("text", [*NEWS, *LOOKS_DAMAGED])
def test_clean_text_is_untouched(text: str) -> None:
    # و is written as one with a number by most; that it is set apart is so meant.
    edits = [edit for repair in BOTH for edit in repair(text) if "و (and)" not in edit.reason]
    assert edits == []


# Each of these made a careless pattern or search go back over what it had read, at each character.
HOSTILE = {
    "digits": "1" * 100_000,
    "figures and points": "1." * 50_000,
    "letters": "م" * 100_000,
    "letters and figures": "م1" * 50_000,
    "prepositions and figures": "ب1مرة " * 20_000,
    "marks": ".،" * 50_000,
    "marks and letters": "م." * 50_000,
    "one straight quote a word": 'كلمة"كلمة ' * 10_000,
    "straight quotes": '"' * 100_000,
    "opened quotes": "كلمة«كلمة " * 10_000,
    "closed brackets": "كلمة)كلمة " * 10_000,
    "brackets in one piece": "كلمة(كلمة" * 10_000,
    "addresses in one piece": "كلمةhttp://" * 10_000,
    "tatweel": "ـ" * 100_000 + "1",
    "vowel signs": "م" + "\u064e" * 100_000 + "1",
    "percent signs": "%" * 50_000 + "من" + "1%" * 30_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    """No clock here: a quadratic pattern would take minutes on any of these."""
    edited = repaired_by(text, *BOTH)
    assert edited.undone() == text


def test_each_edit_says_what_it_is() -> None:
    text = "قرر في عام2019.وقال"  # decided in 2019. And he said
    kinds = [edit.kind for repair in BOTH for edit in repair(text)]
    assert kinds == ["glued-number", "glued-punctuation"]
    assert repaired_by(text, *BOTH).text == "قرر في عام 2019. وقال"


def test_places_lead_back_to_the_original() -> None:
    edited = repaired_by("قرر في عام2019.وقال", *BOTH)
    at = edited.text.index("2019")
    start, end = edited.to_original(at, at + 4)
    assert edited.original[start:end] == "2019"
    assert re.fullmatch(r"[^ ]* [^ ]* عام", edited.original[:start])


def test_an_edit_is_an_insertion_of_the_kind_that_the_list_knows() -> None:
    assert next(iter(glued_numbers("عام2019"))) == Edit(
        "glued-number", 3, 3, "", " ", 0.95, "عام ran into the number behind it"
    )
