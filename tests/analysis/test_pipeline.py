"""The pipeline: steps in order; one that fails costs itself alone; only the empty is refused."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest

from tests.test_article import CONTRACT, SMALLEST
from tests.text.samples import NEWS
from warraq.analysis.pipeline import STEPS, Pipeline, Step
from warraq.article import parse
from warraq.document import Document
from warraq.errors import NeededStep, Rejected


def document(**fields: Any) -> Document:
    payload = json.dumps({**SMALLEST, "title": "عنوان", **fields}).encode()
    return Document.begun(parse(payload, CONTRACT), 99, payload)


def run(**fields: Any) -> Document:
    return Pipeline().run(document(**fields))


def test_the_steps_run_in_the_order_that_each_needs() -> None:
    assert [step.name for step in STEPS] == [
        "html", "html-entities", "mojibake", "presentation-forms", "invisible-characters",
        "tatweel", "letters", "repeated-letters", "diacritics", "quotes", "glued-numbers",
        "glued-punctuation", "boilerplate", "joined-words", "language", "tokens",
        "variety", "morphology", "entities", "dates", "quantities", "quotations", "keywords",
        "summary", "duplicates", "measures",
    ]  # fmt: skip


def test_an_article_goes_through_every_step() -> None:
    # "clashes south of Tripoli", misread, in HTML, with hidden characters and stretching
    article = run(
        title="اشتبـــاكات",
        body="<h2>Ø¬Ù†ÙˆØ¨ طرا\u200bبلس</h2><p>قال السكان إن المياه مقطوعة. متى تعود؟</p>",
    )
    assert article.title.text == "اشتباكات"
    assert article.body.text == "جنوب طرابلس\n\nقال السكان إن المياه مقطوعة. متى تعود؟"
    assert article.html is not None
    assert article.language == "ar"
    assert article.fields["word_count"] == 9
    assert article.fields["sentence_count"] == 3
    assert article.failed_steps == []


def test_spans_count_the_repaired_text_and_lead_back_to_the_extracted_one() -> None:
    article = run(body="<p>طرا\u200bبلس الجـــيش</p>")
    second = article.text_fields[1].tokens[1]
    assert second.form == "الجيش"
    start, end = article.body.to_original(second.start, second.end)
    assert article.body.original[start:end] == "الجـــيش"


def test_plain_text_keeps_its_lines() -> None:
    article = run(body=f"عنوان\n\n{NEWS[0]}\n5 < 6")
    assert article.html is None
    assert article.body.text == article.article.body
    assert len(article.text_fields[1].sentences) == 3


# ── switching off ────────────────────────────────────────────────────────────────────────────────


def test_steps_can_be_switched_off_by_name() -> None:
    article = Pipeline(off=["tatweel", "language"]).run(document(title="الجـــيش"))
    assert (article.title.text, article.language) == ("الجـــيش", "und")


def test_words_cannot_be_switched_off_where_steps_need_them() -> None:
    """Without tokens all behind them would find nothing, and say so of every article."""
    with pytest.raises(NeededStep, match=r"tokens cannot .*need it: morphology, .*, measures;"):
        Pipeline(off=["tokens", "variety"])
    behind = [step.name for step in STEPS[[step.name for step in STEPS].index("tokens") :]]
    article = Pipeline(off=behind).run(document(title="الجـــيش"))
    assert (article.title.text, article.language) == ("الجيش", "ar")
    Pipeline(off=["tokens", "all"])


def test_all_of_them_too() -> None:
    pipeline = Pipeline(off=["all"])
    assert pipeline.steps == ()
    article = pipeline.run(document(title="الجـــيش", body="<p>نص</p>"))
    assert (article.title.text, article.body.text) == ("الجـــيش", "<p>نص</p>")


def test_a_name_that_no_step_has_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(
        ValueError, match=r"no step is called tatwil, xyz; there are: html, .*measures"
    ):
        Pipeline(off=["xyz", "tatweel", "tatwil"])


# ── failing ──────────────────────────────────────────────────────────────────────────────────────


def _fail(_: Document) -> None:
    raise RecursionError("a step went wrong")


def _refuse(_: Document) -> None:
    raise Rejected("text", "try", "a step refused it")


def test_a_step_that_fails_is_recorded_and_the_others_run(
    caplog: pytest.LogCaptureFixture,
) -> None:
    article = document(body="نص قصير")
    with caplog.at_level(logging.ERROR):
        Pipeline((Step("broken", _fail), *STEPS)).run(article)
    assert article.failed_steps == ["broken"]
    assert article.fields["word_count"] == 2
    assert f"step broken failed on {article.id}" in caplog.text


def test_a_step_may_refuse_an_article() -> None:
    with pytest.raises(Rejected) as refused:
        Pipeline((Step("strict", _refuse),)).run(document())
    assert (refused.value.stage, refused.value.reason) == ("text", "try")


# ── nothing at all ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n\t",
        "...؟!",
        "\u200b\u200f",
        "<p> </p>",
        "<img src='x'>",
        "\u064e",
        "ـــ",
        "\ud800",
        "😀",
    ],
)
def test_an_article_without_a_letter_or_digit_is_refused(body: str) -> None:
    with pytest.raises(Rejected) as refused:
        run(title="–", body=body)
    assert (refused.value.stage, refused.value.reason) == ("text", "empty")


@pytest.mark.parametrize(
    "fields", [{"title": "خبر"}, {"title": "", "body": "خبر"}, {"title": "7"}, {"body": "<b>م</b>"}]
)
def test_a_letter_or_digit_anywhere_is_enough(fields: dict[str, str]) -> None:
    assert run(**fields).failed_steps == []


def test_a_tombstone_may_be_empty() -> None:
    assert run(title="", deleted=True).article.deleted


# ── hostile bodies ───────────────────────────────────────────────────────────────────────────────

LONGEST = 500_000
HOSTILE = {
    "dots": "." * (LONGEST - 1) + "ا",
    "closing quotes": "." + '"' * (LONGEST - 2) + "ا",
    "joiners": "\u200d" * (LONGEST - 1) + "x",
    "hidden characters": "ب\u200b" * (LONGEST // 2),
    "stretching": "ب" + "ـ" * (LONGEST - 1),
    "stretching everywhere": "بـ" * (LONGEST // 2),
    "misread without a space": "Ø§Ù„" * (LONGEST // 4),
    "misread with a fault at the end": "Ø§Ù„" * (LONGEST // 4 - 1) + "é",
    "misread lines": "Ø§Ù„é\n" * (LONGEST // 6),
    "lead bytes": "Ø" * LONGEST,
    "ASCII before misread": "a" * (LONGEST - 5) + " Ø§Ù„",
    "letters by shape": "ﻃ " * (LONGEST // 2),
    "angles": "<" * LONGEST,
    "angles in HTML": "<p>" + "<" * (LONGEST - 3),
    "open tags": "<p>" + "<p " * (LONGEST // 3 - 1),
    "deep HTML": "<div>" * (LONGEST // 5),
    "lines": "\n" * (LONGEST - 1) + "ا",
    "vowel signs": "\u064e" * (LONGEST - 1) + "ا",
    "points between digits": "1." * (LONGEST // 2),
    "one word": "ا" * LONGEST,
    "words of one letter": "ا " * (LONGEST // 2),
}


# A pattern that is tried again from each character costs the square of these: minutes to an hour.
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_longest_body_of_the_worst_kind_goes_through(body: str) -> None:
    article = run(body=body)
    assert article.failed_steps == []
    assert article.body.undone() == article.body.original
