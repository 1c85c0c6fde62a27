"""What must hold of repair and analysis, for any title and body."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from tests.fuzz.choices import Choices, as_text
from tests.fuzz.contract import INTAKE_MS
from tests.fuzz.samples import DEMO_ARTICLES
from tests.fuzz.target import within
from warraq.analysis.pipeline import Pipeline, text_steps
from warraq.annotations import Annotation
from warraq.article import Contract, parse
from warraq.document import Document
from warraq.errors import Rejected
from warraq.index.documents import from_source
from warraq.index.writer import action
from warraq.text.edits import EditedText
from warraq.text.tokens import tokens

PARTING = "\n\n"
"""Between title and body in an input."""
# Ordinary prose takes 0.01 seconds for 1,000 characters.
GROWN, GROWN_SECONDS = 16_000, 3.0
_SLOW, _FOURFOLD = 0.3, 10.0


@cache
def _pipeline(*, whole: bool) -> Pipeline:
    return Pipeline() if whole else Pipeline(text_steps(headings=True))


def repair(data: bytes) -> None:
    """Every change is an edit that leads back to the original, and none fails."""
    title, _, body = as_text(data).partition(PARTING)
    with within():
        document = _run(title, body, whole=False)
    if document is not None:
        check_texts(document)


def analyse(data: bytes) -> None:
    """All steps succeed, find what stands there, twice the same, fit for the index."""
    title, _, body = as_text(data).partition(PARTING)
    with within():
        document = _run(title, body, whole=True)
    if document is None:
        return
    check_texts(document)
    check_annotations(document)
    again = _run(title, body, whole=True)
    assert again is not None
    assert _sent(document) == _sent(again), "analysed otherwise the second time"
    back = _pipeline(whole=True).run(from_source(_sent(document)))
    assert _sent(document) == _sent(back), "analysed otherwise from the index"


def grow(data: bytes) -> None:
    """Four times the text costs about four times the time, whatever it repeats."""
    choices = Choices(data)
    before, unit, behind = choices.text(40), choices.text(60), choices.text(40)
    opening, closing = choices.one_of((("", ""), ("<p>", "</p>"), ("قال: «", "»."), ("<a ", ">")))
    if not unit:
        return

    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        began = time.process_time()
        _run("خبر", f"{opening}{before}{text}{behind}{closing}", whole=True)
        return time.process_time() - began

    short = seconds(GROWN // 4)
    long = seconds(GROWN)
    for _ in range(3):  # a busy machine is no fault: the kindest of several times
        if long > _SLOW and long > _FOURFOLD * short:
            short, long = max(short, seconds(GROWN // 4)), min(long, seconds(GROWN))
    assert long <= max(_SLOW, _FOURFOLD * short), (
        f"{short:.2f} s, and {long:.2f} s for four times as much"
    )
    assert long <= GROWN_SECONDS, f"{long:.1f} seconds of CPU for {GROWN:,} characters"


def _run(title: str, body: str, *, whole: bool) -> Document | None:
    article = {"source": "sahifa", "id": "1", "title": title, "body": body}
    article["published_at"] = "2018-01-08T14:30:00+02:00"
    try:
        received = parse(json.dumps(article).encode(), Contract())
        return _pipeline(whole=whole).run(Document.begun(received, INTAKE_MS))
    except Rejected:
        return None


def check_texts(document: Document) -> None:
    assert document.failed_steps == []
    for text in (document.title, document.body):
        _check_edits(text)
        _check_spans(text)
        text.text.encode()


def _check_edits(text: EditedText) -> None:
    assert text.undone() == text.original
    assert all(one.end <= two.start for one, two in pairwise(text.edits))
    for edit in text.edits:
        assert text.original[edit.start : edit.end] == edit.original != edit.replacement
        assert 0 <= edit.confidence <= 1
        assert edit.kind
    redone = EditedText(text.original, text.edits).text
    assert redone == text.text
    assert text.with_at_most(3).text == text.text


def _check_spans(text: EditedText) -> None:
    before = 0
    for token in tokens(text.text):
        start, end = text.to_original(token.start, token.end)
        assert before <= start <= end <= len(text.original)
        assert text.to_text(start, end)[0] <= token.start
        before = start


def check_annotations(document: Document) -> None:
    texts = {field.name: field.text for field in document.text_fields}
    found: list[Annotation] = [
        *document.entities, *document.dates, *document.quantities, *document.quotations,
    ]  # fmt: skip
    for one in found:
        assert 0 <= one.start < one.end
        assert texts[one.field][one.start : one.end] == one.text, one
    for field in document.text_fields:
        for token in field.tokens:
            assert field.text[token.start : token.end] == token.form
        assert all(one.end <= two.start for one, two in pairwise(field.sentences))


def _sent(document: Document) -> dict[str, object]:
    """The document as Elasticsearch gets it, strict JSON."""
    sent: dict[str, object] = json.loads(action(document).source, parse_constant=_no_constant)
    return {name: value for name, value in sent.items() if name != "indexed_at"}


def _no_constant(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")


def text_seeds() -> Iterator[bytes]:
    for article in DEMO_ARTICLES:
        body = article.get("body", "")
        yield f"{article.get('title', '')}{PARTING}{body[:900]}".encode()
        for paragraph in body.split("\n")[:4]:
            yield paragraph[:300].encode()


def grown_seeds() -> Iterator[bytes]:
    units = (
        "خبر ", "قال: «لا» ", "١٢٣٬٤٥٦٫٧ مليون دولار ", "1/1/2018-", "الأحد ", "اقرأ أيضا: خبر\n",
        "<b><i>", "&quot;", "ط§ظ„", "س\u200b", "سَّ", "وقالالمهندس", "و", "a@", "الأمم المتحدة ",
    )  # fmt: skip
    for unit in units:
        encoded = unit.encode()
        yield bytes((0, len(encoded))) + encoded + bytes((0, 0))
