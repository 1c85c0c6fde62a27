"""An article as people read it: joined words parted, boilerplate told of."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from warraq.analysis.as_read import AsRead, FieldEdit, as_read
from warraq.analysis.pipeline import TEXT_STEPS, Step
from warraq.article import Article
from warraq.document import Document
from warraq.errors import Rejected
from warraq.text.edits import Edit, EditedText
from warraq.text.letters import PART_MARK

# "south of Tripoli", "Qatar and Turkey", "he said in" and a town: each in one word.
PARTS = {"جنوبيطرابلس": [5], "قطروتركيا": [3], "قالفيسرت": [3, 5]}


def _parts(text: EditedText) -> EditedText:
    places = (
        match.start() + part
        for match in re.finditer("|".join(PARTS), text.text)
        for part in PARTS[match[0]]
    )
    return text.edited(
        Edit("joined-words", place, place, "", PART_MARK, 0.97, "more words") for place in places
    )


def _part_words(document: Document) -> None:
    document.title, document.body = _parts(document.title), _parts(document.body)


WITH_PARTS = (*TEXT_STEPS, Step("joined-words", _part_words))
TAIL = "اقرأ أيضا: أسعار التمور\n"
"""Read also: the prices of dates."""


def read(title: str = "", body: str = "", steps: tuple[Step, ...] = WITH_PARTS) -> AsRead:
    article = Article(source="s", id="1", title=title, body=body)
    return as_read(Document(article, "d", 0, 0, EditedText(title), EditedText(body)), steps)


def test_joined_words_are_parted_by_a_space() -> None:
    found = read("اشتباكات جنوبيطرابلس", "قالفيسرت إن قطروتركيا")
    assert found.title.text == "اشتباكات جنوبي طرابلس"
    assert found.body.text == "قال في سرت إن قطر وتركيا"
    assert [(one.field, one.edit.kind, one.edit.start, one.edit.end) for one in found.edits()] == [
        ("title", "joined-words", 14, 14),
        ("body", "joined-words", 3, 3),
        ("body", "joined-words", 5, 5),
        ("body", "joined-words", 15, 15),
    ]
    assert {(one.edit.original, one.edit.replacement) for one in found.edits()} == {("", " ")}


def test_a_join_inside_another_repair_is_parted() -> None:
    meant = "قال الوزير في جنوبيطرابلس إن الجيش عاد"
    found = read(body=meant.encode().decode("latin-1"))
    assert found.body.text == meant.replace("جنوبيطرابلس", "جنوبي طرابلس")
    assert any(one.edit.kind == "mojibake+joined-words" for one in found.edits())


def test_boilerplate_is_told_of_in_the_original_and_stays() -> None:
    body = f"عاد الجـــيش.\n{TAIL}انتهى"
    found = read(body=body)
    assert found.body.text == f"عاد الجيش.\n{TAIL}انتهى"
    [only] = found.boilerplate
    assert only == FieldEdit("body", Edit("boilerplate", 14, 38, TAIL, "", 0.95, "read-also line"))
    assert body[only.edit.start : only.edit.end] == TAIL


def test_spans_of_an_html_body_count_its_text() -> None:
    found = read(body="<p>عاد الجـــيش</p><p>قال</p>")
    assert found.is_html
    assert found.body.original == "عاد الجـــيش\n\nقال"
    assert found.body.text == "عاد الجيش\n\nقال"
    [only] = found.edits()
    assert found.body.original[only.edit.start : only.edit.end] == only.edit.original == "ـــ"
    assert not read(body="عاد").is_html


def test_a_step_that_raises_hurts_no_other() -> None:
    def fail(document: Document) -> None:
        document.title = document.title.edited([Edit("half", 0, 1, "ا", "")])
        raise OverflowError

    found = read("الجـــيش", "الجـــيش", (Step("broken", fail), *WITH_PARTS))
    assert found.failed_steps == ("broken",)
    assert found.body.text == "الجيش"


def test_an_article_without_text_is_no_fault() -> None:
    def refuse(_: Document) -> None:
        raise Rejected("text", "empty", "…")

    assert read("", " ").body.text == " "
    assert read("ا", "", (Step("strict", refuse),)).title.text == "ا"


WORDS = st.sampled_from(
    [*PARTS, TAIL, "الجـــيش", "\u200f", "ﻻ", " ", "\n", "Ø§Ù„", "<p>", "\ud800"]
)


@given(st.lists(WORDS | st.text(max_size=5)).map("".join))
def test_the_edits_give_the_text_and_the_original_whatever_comes(body: str) -> None:
    found = read(body=body)
    assert found.body.undone() == found.body.original
    assert found.is_html or found.body.original == body
    assert PART_MARK not in found.body.text
    assert all(
        one.edit.original == found.body.original[one.edit.start : one.edit.end]
        for one in found.boilerplate
    )
