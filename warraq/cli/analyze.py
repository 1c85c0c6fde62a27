"""`warraq analyze [FILE…]`: JSON Lines in, what would stand in the index out; no server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from config.settings import load_settings
from warraq.analysis.pipeline import Pipeline, steps
from warraq.article import Contract, parse
from warraq.cli.contract import contract_of
from warraq.cli.faults import Faults, place
from warraq.cli.json_articles import (
    Columns,
    Confidence,
    Files,
    Headings,
    StepsOff,
    names_of,
    read_records,
    write_lines,
)
from warraq.cli.marked_article import show_all
from warraq.document import Document
from warraq.errors import Rejected
from warraq.index.documents import to_source
from warraq.sources.mapping import ArticleMapping, parse_map
from warraq.sources.record import Origin, Reading, Record
from warraq.sources.sending import as_sent
from warraq.text.joins import RECOMMENDED

# What only an index can say of an article.
_OF_DELIVERY = frozenset({"version", "version_kind", "received_at", "indexed_at", "deleted"})


def analyze(
    files: Files = None,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="For people: the article with everything marked.")
    ] = False,
    columns: Columns = "",
    steps_off: StepsOff = "",
    confidence: Confidence = RECOMMENDED,
    headings: Headings = False,
) -> None:
    """Analyse articles in files as the workers do, and write what would be indexed.

    Each line is an article as `warraq enqueue` takes it: a title or a body, and
    what else there is, such as source, id, published_at. It comes out as a line
    under the names that the fields have in the index. Words such as "yesterday"
    become dates only where published_at says when that was. Two things need the
    workers' Redis and are not found here: lines that recur in a source, and
    which articles tell one story.

    What enqueue refuses, such as a body over WARRAQ_BODY_CHARACTERS, is told on
    standard error with its line and left out; the other lines go on.

    Exit code: 0 all analysed, 1 not all could be, 2 called wrongly.
    """
    try:
        names = parse_map(columns)
        pipeline = Pipeline(steps(confidence, headings=headings), off=names_of(steps_off))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    faults = Faults("warraq analyze")
    contract = contract_of(load_settings())
    with faults.of_steps():
        analysed = _analysed(files or ["-"], names, contract, pipeline, faults)
        if explain:
            show_all(document for _, document in analysed)
        else:
            write_lines(((origin, _fields(document)) for origin, document in analysed), faults)
    if faults.told:
        raise typer.Exit(1)


def _analysed(
    files: Iterable[str],
    names: Mapping[str, str],
    contract: Contract,
    pipeline: Pipeline,
    faults: Faults,
) -> Iterator[tuple[Origin, Document]]:
    mapping = ArticleMapping(names)
    reading = Reading(contract.payload_bytes)
    for record in read_records(files, "warraq analyze", faults, reading):
        try:
            document = _document(record, mapping, contract)
            pipeline.run(document)
        except Rejected as refused:
            faults.tell(record.origin, refused.detail)
        else:
            yield record.origin, document


def _document(record: Record, mapping: ArticleMapping, contract: Contract) -> Document:
    """The article of a record; where it says no source and no id, they follow from its place."""
    article: dict[str, Any] = mapping.payload(record)
    article.setdefault("source", "standard input" if record.origin.file == "-" else "file")
    if "id" not in article and "url" not in article:
        article["id"] = place(record.origin)[-512:]
    payload = as_sent(article)
    return Document.begun(parse(payload, contract), intake_ms=0, payload=payload)


def _fields(document: Document) -> dict[str, Any]:
    source = to_source(document, datetime.now(UTC))
    return {"id": document.id} | {
        name: value for name, value in source.items() if name not in _OF_DELIVERY
    }
