"""Compounds with and without a space: what is one, what only looks like one."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.compounds import FOLDED_PATTERN, NAMES, PHRASES, is_compound
from warraq.text.normalize import fold


def parted(text: str) -> str:
    """The folded `text` with | between the parts of its compounds."""
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
    left, right = expected.split("|")
    assert is_compound(left, right)
    for spelling in (left + right, f"{left} {right}"):
        assert parted(f"قال {spelling}، ثم مضى.") == fold(f"قال {expected}، ثم مضى.")


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
    assert "|" not in parted(text)


def test_of_three_parts_in_a_row_the_first_two_are_a_compound() -> None:
    assert parted("أبو ناصر الدين") == "ابو|ناصر الدين"


def test_words_that_stand_apart_otherwise_are_none() -> None:
    for text in ("عبد، الله", "عبد\nالله", "عبد  الله", "عبد-الله", "عبد (الله)"):
        assert "|" not in parted(text)
    assert not is_compound("عبد", "لله")
    assert not is_compound("بن", "عليين")


_PARTS = [
    part
    for table in (NAMES, PHRASES)
    for line in table
    for parts in line
    for part in parts.replace(".", "م").split()
]


@given(
    st.lists(st.sampled_from([*_PARTS, "و", "ل", "ب", " ", ".", "م", "x", "7"])).map("".join)
    | st.text()
)
def test_all_that_is_done_is_to_mark_borders(text: str) -> None:
    folded = fold(text.replace("|", ""))
    once = parted(folded)
    assert once.replace("|", "").replace(" ", "") == folded.replace(" ", "")
    assert all(is_compound(*match.groups()) for match in re.finditer(FOLDED_PATTERN, folded))


def test_a_hostile_text_takes_as_long_as_its_length() -> None:
    def seconds(length: int) -> float:
        text = "وبعبدابونصرلا" * (length // 12) + " ل" * (length // 2)
        began = time.perf_counter()
        assert "|" not in parted(text)
        return time.perf_counter() - began

    assert min(seconds(400_000) for _ in range(3)) < 20 * min(seconds(40_000) for _ in range(3))
