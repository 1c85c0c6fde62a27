"""Run-in headings get lines of their own; sentences that look like them are left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.edits import EditedText
from warraq.text.headings import run_in_headings

BEFORE = "انتهى العمل في المدرسة قبل موعده بشهرين."


def parted(text: str) -> str:
    edited = EditedText(text).edited(run_in_headings(text))
    assert edited.undone() == text
    return edited.text


@pytest.mark.parametrize(
    ("heading", "then"),
    [
        ("مقاعد جديدة", "وقال مدير المدرسة إن المقاعد وصلت"),
        ("خطة السنوات الخمس المقبلة", "وأوضحت هند العلي أن الخطة جاهزة"),
        ("غضب وعتاب", "وأكد سعيد الحارثي -معلم- أنه لم يعلم بذلك"),
        ("ترحيب بالقرار", "من جهته، قال رئيس البلدية إن القرار صائب"),
    ],
)
def test_a_heading_in_a_line_is_parted_from_both_sides(heading: str, then: str) -> None:
    assert parted(f"{BEFORE} {heading} {then}.") == f"{BEFORE}\n{heading}\n{then}."
    assert parted(f"{BEFORE}\u00a0 {heading}  {then}.") == f"{BEFORE}\n{heading}\n{then}."


def test_after_a_quotation_too() -> None:
    text = "قال: «لن نعود.» مقاعد جديدة وقالت هند العلي إنها وصلت"
    assert parted(text) == "قال: «لن نعود.»\nمقاعد جديدة\nوقالت هند العلي إنها وصلت"


@pytest.mark.parametrize(
    "text",
    [
        f"{BEFORE} رحب الوزير بالقرار وقال إنه صائب.",  # a sentence goes on without a subject
        f"{BEFORE} رحبت الوزارة وأكدت أن القرار صائب.",
        f"{BEFORE} وزار الوفد السوق وقال رئيسه كلمة.",
        f"{BEFORE} لم يعلق الوزير وقال مساعد له كلمة.",
        f"{BEFORE} كان الوزير حاضراً وقال مساعد كلمة.",
        f"{BEFORE} ثم عاد الوفد وأعلن الفائز.",
        f"{BEFORE} مقاعد جديدة وكان العدد كافياً.",
        f"{BEFORE} مقاعد وقال المدير كلمة.",  # one word may be anything
        f"{BEFORE}\nمقاعد جديدة\nوقال المدير كلمة.",
        f"{BEFORE}\n\nمقاعد جديدة وقال المدير كلمة.",
        "مقاعد جديدة وقال المدير كلمة.",
        "انتهى العمل، مقاعد جديدة وقال المدير كلمة.",
        "",
        ".",
        ". . . ",
    ],
)
def test_what_may_be_a_sentence_is_left_alone(text: str) -> None:
    assert parted(text) == text


PIECES = st.sampled_from(
    [BEFORE, " ", "مقاعد جديدة ", "وقال المدير ", "من جهته", "\n", ".", "\xa0"]
)


@given(st.lists(PIECES | st.text(max_size=4)).map("".join))
def test_only_blanks_become_line_ends(text: str) -> None:
    assert parted(text).split() == text.split()


@pytest.mark.parametrize(
    "text",
    [". ا" * 160_000, "." + " " * 500_000, ". " + "ا" * 500_000, ". " + "ا " * 250_000,
     ". " + "ا  " * 4 + " " * 500_000, ". ا ب وقال " * 40_000],
    ids=["points", "blanks", "one word", "words", "blanks behind words", "verbs"],
)  # fmt: skip
def test_the_worst_text_takes_time_in_proportion_to_its_length(text: str) -> None:
    begun = time.process_time()
    list(run_in_headings(text))
    assert time.process_time() - begun < 5
