"""Guillemets: turned where that brings a line into order, never otherwise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.quotes import quotation_marks
from warraq.text.repair import repaired


def turned(text: str) -> str:
    edited = repaired(text, {"quotes": quotation_marks})
    assert edited.undone() == text
    return edited.text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("في «ورشفانة» و»العزيزية»", "في «ورشفانة» و«العزيزية»"),
        ("في »ورشفانة« و»العزيزية«.", "في «ورشفانة» و«العزيزية»."),
        ("قال ل»الرياض» ولـ»اليوم» أمس", "قال ل«الرياض» ولـ«اليوم» أمس"),
        ("أضاف: »نعم«، ثم مضى", "أضاف: «نعم»، ثم مضى"),
        ("أضاف:»نعم».", "أضاف:«نعم»."),
        ("«حافز 2 « برنامج", "«حافز 2 » برنامج"),
        ("باسم»الدافور» كناية", "باسم«الدافور» كناية"),
        ("(»نعم«) [»لا«]", "(«نعم») [«لا»]"),
        ("»نعم«\nسطر\n»لا«", "«نعم»\nسطر\n«لا»"),
        ("«نعم» و«لا” قالها", "«نعم» و«لا» قالها"),
        ("قال “نعم» ثم “لا”", "قال «نعم» ثم “لا”"),
        ("»البي بي سي« وال»سي إن إن«", "«البي بي سي» وال«سي إن إن»"),
    ],
)
def test_a_guillemet_is_turned_where_its_line_comes_into_order(found: str, meant: str) -> None:
    assert turned(found) == meant


@pytest.mark.parametrize(
    "text",
    [
        "«نعم» و«لا»", "«قال «فلان» نعم»", "««نعم»»", "«»", "« نعم »",
        "قال: «نعم. ومضى", "ومضى».", "«الفقرة الأولى.\n«الفقرة الثانية».",  # quoted on below
        "قال»نعم و»لا", "»نعم» و»لا»»", "« نعم « ثم", "5 » 4 » 3",
        '«نعم" و"لا»', '"نعم" و"لا"', "'نعم'", "”نعم“ و“لا”", "„نعم“",
        "Er sagte »ja« und »nein«.",  # German print
        "نعم« »لا", "الرئيسية » الأخبار » محليات » حوادث",  # the way to a page
    ],
)  # fmt: skip
def test_a_line_that_would_not_come_into_order_stays(text: str) -> None:
    assert turned(text) == text


def test_each_edit_is_one_mark() -> None:
    edits = list(quotation_marks("نص »نعم« نص"))
    assert [(edit.start, edit.original, edit.replacement) for edit in edits] == [
        (3, "»", "«"), (7, "«", "»"),
    ]  # fmt: skip
    assert {(edit.kind, bool(edit.reason)) for edit in edits} == {("quotation-mark", True)}


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_natural_text_is_untouched(text: str) -> None:
    assert turned(text) == text


def unmatched(line: str) -> int:
    """How many guillemets of `line` have no partner."""
    pairs = re.sub("[^«»]", "", line)
    while "«»" in pairs:
        pairs = pairs.replace("«»", "")
    return len(pairs)


@given(st.text(st.sampled_from("«»“” نعو.،(\n")))
def test_no_line_is_less_balanced_than_it_was(text: str) -> None:
    after = turned(text)
    for found, line in zip(text.split("\n"), after.split("\n"), strict=True):
        assert unmatched(line) <= unmatched(found)
        assert line == found or unmatched(line) == 0
    assert turned(after) == after


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    turned(text)
