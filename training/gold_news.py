"""The gold sets of news: what the measurements of the steps that find spans have in common.

The tables mark articles of SaudiNewsNet by url, with offsets into title and content as they came.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from warraq.analysis.pipeline import Step, part, text_steps
from warraq.article import Article, Received
from warraq.document import Document

_FOLDER = Path(__file__).parent / "gold"
_RIYADH = "+03:00"


class Found(Protocol):
    """An annotation of any step."""

    @property
    def field(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def rows_by_article(half: str, articles: str, table: str) -> dict[str, list[dict[str, str]]]:
    """Url → the rows of `table` of that article, of each of `half` in the list `articles`."""
    found: dict[str, list[dict[str, str]]] = {
        row["url"]: [] for row in _rows(articles) if row["half"] == half
    }
    for row in _rows(table):
        if row["half"] == half:
            found[row["url"]].append(row)
    return found


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / f"{table}.tsv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def analysed(record: Mapping[str, str], *steps: Step) -> Document:
    """The article after the steps that change its text, the tokens, and `steps`."""
    article = Article.model_validate(
        {
            "source": "gold",
            "id": record["url"],
            "title": record["title"],
            "body": record["content"],
            "published_at": record["date_extracted"].replace(" ", "T") + _RIYADH,
        }
    )
    document = Document.begun(Received(article), intake_ms=0)
    for step in (*text_steps(), Step("tokens", part), *steps):
        step.run(document)
    return document


def place_as_it_came(document: Document, one: Found) -> tuple[str, int, int]:
    """The field, start and end of what a step found, in the article as it came."""
    edited = document.title if one.field == "title" else document.body
    start, end = edited.to_original(one.start, one.end)
    return one.field, start, end


def figures(*, right: int, found: int, marked: int) -> str:
    """Precision, recall and F1, of how many."""
    precision, recall = right / max(1, found), right / max(1, marked)
    f1 = 2 * right / max(1, found + marked)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {marked}"


def in_its_place(record: Mapping[str, Any], field: str, start: int, end: int, around: int) -> str:
    """What stands at a place of the article as it came, marked, with what is around it."""
    text = record["title" if field == "title" else "content"]
    before, behind = text[max(0, start - around) : start], text[end : end + around]
    return f"{before}⟦{text[start:end]}⟧{behind}".replace("\n", " ")
