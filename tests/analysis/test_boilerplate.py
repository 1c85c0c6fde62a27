"""Boilerplate is no part of the body; it is kept in edits, in the original and in two fields."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.test_pipeline import document, run
from warraq.analysis.pipeline import STEPS, Pipeline, Step, steps
from warraq.document import Document
from warraq.index.documents import from_source, to_source
from warraq.text.boilerplate import recurrable

LEAD = "أعلنت الوزارة أمس افتتاح ثلاث مدارس جديدة في المحافظة قبل بدء العام الدراسي المقبل."
TAIL = "نشرة الصباح في صندوق بريدك كل يوم"


def test_the_body_is_the_article_alone_and_the_rest_is_kept() -> None:
    article = run(body=f"الرياض - واس: {LEAD}\n\nاقرأ أيضاً: أسعار التمـــور")
    assert article.body.text == LEAD
    assert article.fields["byline"] == ["الرياض - واس:"]
    assert article.fields["boilerplate"] == ["اقرأ أيضاً: أسعار التمور"]
    assert article.fields["word_count"] == len(LEAD.split())
    assert {edit.kind for edit in article.body.edits} == {"boilerplate", "tatweel+boilerplate"}
    assert article.body.undone() == article.body.original
    source = to_source(article, datetime.now(UTC))
    assert source["body"] == LEAD
    assert source["original"]["body"].endswith("أسعار التمـــور")
    assert "boilerplate" in source["repairs"]


def test_spans_lead_back_past_what_was_cut_out() -> None:
    article = run(body=f"الرياض - واس: {LEAD}")
    start, end = article.text_fields[1].tokens[0][:2]
    first, last = article.body.to_original(start, end)
    assert article.body.original[first:last] == article.body.text[start:end] == "أعلنت"
    assert first == len("الرياض - واس: ")


def test_the_author_tells_where_the_text_begins() -> None:
    article = run(body=f"سعيد الحارثي ـ نزوى\n{LEAD}", author="سعيد الحارثي")
    assert (article.body.text, article.fields["byline"]) == (LEAD, ["سعيد الحارثي ـ نزوى"])


def test_an_article_without_it_has_none_of_the_fields() -> None:
    assert {"byline", "boilerplate"} & set(run(body=LEAD).fields) == set()


def test_paragraphs_of_html_are_looked_at_as_lines() -> None:
    article = run(body=f"<p>الرياض - واس</p><p>{LEAD}</p><ul><li>اقرأ أيضاً: الأمطار</li></ul>")
    assert article.body.text == LEAD


def test_what_recurs_is_told_between_beginning_and_finishing() -> None:
    pipeline = Pipeline()
    begun = pipeline.begin(document(body=f"{LEAD}\n{TAIL}"))
    assert begun.recurrable == recurrable(f"{LEAD}\n{TAIL}")
    assert (begun.text_fields, begun.recurring) == ((), frozenset())
    begun.recurring = frozenset(begun.recurrable.digests)
    assert pipeline.finish(begun).body.text == LEAD
    assert run(body=f"{LEAD}\n{TAIL}").body.text == f"{LEAD}\n{TAIL}"


def test_switched_off_nothing_is_looked_for_and_nothing_cut() -> None:
    body = f"{LEAD}\nاقرأ أيضاً: الأمطار"
    pipeline = Pipeline(off=["boilerplate"])
    begun = pipeline.begin(document(body=body))
    assert begun.recurrable is None
    assert pipeline.finish(begun).body.text == body


def test_steps_before_it_run_once_and_those_behind_it_after() -> None:
    order: list[str] = []

    def noting(step: Step) -> Step:
        def run(document: Document) -> None:
            order.append(step.name)
            step.run(document)

        return Step(step.name, run)

    pipeline = Pipeline(tuple(map(noting, STEPS)))
    begun = pipeline.begin(document(body=LEAD))
    names = [step.name for step in STEPS]
    assert order == names[: names.index("boilerplate")]
    pipeline.finish(begun)
    assert order == names


def test_analysed_again_it_is_the_same() -> None:
    article = run(body=f"الرياض - واس: {LEAD}\nاقرأ أيضاً: الأمطار")
    source = to_source(article, datetime.now(UTC))
    again: Document = Pipeline().run(from_source(source))
    assert to_source(again, datetime.fromisoformat(source["indexed_at"])) == source


@given(st.lists(st.sampled_from([LEAD, TAIL, "واس: ", "شارك", "\n", " ", "ـ", "\u200f"])))
def test_no_character_is_lost(pieces: list[str]) -> None:
    article = run(title="عنوان", body="".join(pieces))
    assert article.failed_steps == []
    assert article.body.undone() == article.body.original


def test_run_in_headings_are_sentences_of_their_own_where_that_is_wanted() -> None:
    as_it_came = document(body=f"{LEAD} مقاعد جديدة وقال مدير المدرسة إن المقاعد وصلت.")
    article = Pipeline(steps(headings=True)).run(as_it_came)
    assert article.body.text == f"{LEAD}\nمقاعد جديدة\nوقال مدير المدرسة إن المقاعد وصلت."
    assert len(article.text_fields[1].sentences) == 3
    assert {edit.kind for edit in article.body.edits} == {"run-in-heading"}
    assert run(body=article.body.original).body.edits == ()
