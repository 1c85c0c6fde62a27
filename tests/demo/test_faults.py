"""The demonstration's marked faults: so many are mended, and nothing else is touched."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.docs.pages import ROOT
from warraq.analysis.as_read import AsRead, as_read
from warraq.article import Contract, parse
from warraq.document import Document

# At least so many of each kind; the numbers only ever rise. What stays is doubtful or no fault of
# characters: U+200C may be Persian spelling, vowel signs are folded by the index.
MENDED = {
    "joined-words": 52,
    "glued-number": 27,
    "glued-punctuation": 9,
    "mojibake": 7,
    "presentation-forms": 4,
    "persian-letters": 6,
    "tatweel": 4,
    "diacritics": 0,
    "stacked-diacritics": 2,
    "invisible-characters": 3,
    "html-entities": 7,
    "reversed-quotes": 9,
    "repeated-letters": 5,
    "boilerplate": 10,
    "html": 2,
    "run-in-heading": 0,
    "embedded-tweet": 0,
}


class Fault(NamedTuple):
    """A line of demo/faults.jsonl."""

    article: tuple[str, str]
    field: str
    kind: str
    start: int
    end: int
    found: str
    should_be: str


def _lines(name: str) -> Iterator[bytes]:
    yield from (ROOT / "demo" / name).read_bytes().splitlines()


def _fault(line: bytes) -> Fault:
    given: dict[str, Any] = json.loads(line)
    rest = (given[name] for name in ("field", "kind", "start", "end", "found", "should_be"))
    return Fault((given["source"], given["id"]), *rest)


FAULTS = [_fault(line) for line in _lines("faults.jsonl")]


@pytest.fixture(scope="module")
def articles() -> dict[tuple[str, str], AsRead]:
    """The demonstration's articles by source and id, after every repair."""
    received = [parse(line, Contract()) for line in _lines("articles.jsonl")]
    return {
        (one.article.source, one.article.own_id): as_read(Document.begun(one, 0))
        for one in received
    }


def _usual(text: str) -> str:
    """و before a number ("and 20") as it is usually written; the index wants the number apart."""
    return re.sub(r"(?<!\w)و (?=\d)", "و", text)


def _is_mended(fault: Fault, read: AsRead) -> bool:
    if fault.kind == "boilerplate":
        return any(fault.found in one.edit.original for one in read.boilerplate)
    text = _usual(getattr(read, fault.field).text)
    return _usual(fault.should_be) in text and fault.found not in text


def test_faults_are_marked_where_they_are() -> None:
    fields = {
        (given["source"], given["id"]): given
        for given in (json.loads(line) for line in _lines("articles.jsonl"))
    }
    for fault in FAULTS:
        assert fields[fault.article][fault.field][fault.start : fault.end] == fault.found, fault


def test_as_many_are_mended_as_ever(articles: dict[tuple[str, str], AsRead]) -> None:
    mended = Counter(fault.kind for fault in FAULTS if _is_mended(fault, articles[fault.article]))
    assert {fault.kind for fault in FAULTS} == MENDED.keys()
    assert {kind: number for kind, number in MENDED.items() if mended[kind] < number} == {}


def test_nothing_else_is_touched(articles: dict[tuple[str, str], AsRead]) -> None:
    for article, read in articles.items():
        marked = [fault for fault in FAULTS if fault.article == article]
        for field, edit in ((one.field, one.edit) for one in (*read.edits(), *read.boilerplate)):
            if read.is_html and field == "body":
                continue  # the marks count the markup
            before = getattr(read, field).original[: edit.start]
            if edit.kind == "glued-number" and re.search(r"(?<!\w)و\Z", before):
                continue  # usual, and parted all the same
            cut = edit.original
            start = edit.start + len(cut) - len(cut.lstrip())
            end = max(start, edit.end - len(cut) + len(cut.rstrip()))
            assert any(
                fault.field == field and fault.start <= start and end <= fault.end
                for fault in marked
            ), (article, edit)
