"""Compounds with and without a space: what is one, what only looks like one."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import NEWS
from warraq.text.compounds import FOLDED_PATTERN, NAMES, PHRASES, compounds
from warraq.text.edits import EditedText
from warraq.text.letters import PART_MARK
from warraq.text.normalize import fold


def parted(text: str) -> str:
    """`text` with | between the parts of its joined compounds."""
    return EditedText(text).edited(compounds(text)).text.replace(PART_MARK, "|")


def parted_in_search(text: str) -> str:
    """The folded `text` as searches read it, with | between the parts of all its compounds."""
    return re.sub(FOLDED_PATTERN, r"\g<1>|\g<2>", fold(text))


@pytest.mark.parametrize(
    "expected",
    [
        "عبد|الله",
        "وعبد|الله",
        "لعبد|الرحمن",
        "فبعبد|العزيز",
        "عبد|ربه",
        "عبد|الإله",
        "أبو|ظبي",
        "بأبو|ظبي",
        "أبو|بكر",
        "أبو|الغيط",
        "أبا|الخيل",
        "بن|علي",
        "بن|كيران",
        "عز|الدين",
        "عزّ|الدين",
        "محيي|الدين",
        "نصر|الله",
        "جار|الله",
        "رام|الله",
        "لا|سيما",
        "ولا|سيّما",
        "لا|بد",
        "لا|شك",
        "لا|يزال",
        "ما|زال",
        "وما|زالت",
        "ما|دام",
        "حضر|موت",
        "بور|سعيد",
        "سناب|شات",
    ],
)
def test_compounds_are_known_joined_and_apart(expected: str) -> None:
    joined, spaced = expected.replace("|", ""), expected.replace("|", " ")
    assert parted(f"قال {joined}، ثم مضى.") == f"قال {expected}، ثم مضى."
    assert parted(f"قال {spaced} ثم مضى.") == f"قال {spaced} ثم مضى."
    for text in (joined, spaced):
        assert parted_in_search(f"قال {text} ثم مضى.") == fold(f"قال {expected} ثم مضى.")


@pytest.mark.parametrize(
    "text",
    [
        "أبوابها",  # its doors
        "أبوة",  # fatherhood
        "أبوهم وأبوين",  # their father, and parents
        "أبوالها",  # her urine
        "أبولو",
        "البابا بكر",  # the Pope
        "بنك وبنت وبناء وبنود",  # bank, girl, building, clauses
        "بنغازي وبنزين وبنسبة",  # Benghazi, petrol, at a rate
        "الوالدين والخالدين",  # parents, the immortal
        "بالدين والدين",  # by religion, and religion
        "والله وبالله وتالله",  # by God
        "عبده وعبدي ومعبد",  # his servant, my servant, temple
        "المستعبد الكبير",
        "للأبد",  # forever
        "لإزالة ولإنزال",  # to remove, to land
        "ماء ولاء مازن",  # water, loyalty, a name
        "لاحقا",  # later
        "مادة وماكرون",
        "عندما وكلما وإنما",
        "والأبوظبي",
        "ابن علي",
    ],
)
def test_other_words_are_left_alone(text: str) -> None:
    assert parted(text) == text
    assert "|" not in parted_in_search(text)


@pytest.mark.parametrize("text", NEWS)
def test_marks_are_all_that_is_done(text: str) -> None:
    edited = EditedText(text).edited(compounds(text))
    assert edited.text.replace(PART_MARK, "") == text == edited.undone()


_PARTS = [
    part
    for table in (NAMES, PHRASES)
    for line in table
    for parts in line
    for part in parts.replace(".", "م").split()
]
_TEXTS = st.lists(
    st.sampled_from([*_PARTS, "و", "ل", "ب", " ", ".", "ّ", "ُ", PART_MARK, "ـ", "x", "7"])
).map("".join)


@given(_TEXTS | st.text())
def test_edits_fit_any_text_and_doing_it_twice_is_doing_it_once(text: str) -> None:
    edits = list(compounds(text))
    assert all(
        (edit.kind, edit.original, edit.replacement, edit.start) ==
        ("compound", "", PART_MARK, edit.end)
        for edit in edits
    )  # fmt: skip
    once = EditedText(text).edited(edits).text
    assert list(compounds(once)) == []


@given(_TEXTS)
def test_articles_and_searches_know_the_same_joined_compounds(text: str) -> None:
    text = re.sub(r"[ُّـ]|" + PART_MARK, "", text)
    apart = text.replace(" ", "\n")  # no space that a search could take for part of a compound
    assert fold(parted(apart)) == parted_in_search(apart)


def test_a_hostile_text_takes_as_long_as_its_length() -> None:
    def seconds(length: int) -> float:
        text = "وبعبدابونصرلا" * (length // 12) + " ل" * (length // 2)
        began = time.perf_counter()
        assert not list(compounds(text))
        return time.perf_counter() - began

    assert min(seconds(400_000) for _ in range(3)) < 20 * min(seconds(40_000) for _ in range(3))
