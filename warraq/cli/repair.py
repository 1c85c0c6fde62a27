"""`warraq repair [FILE…]`: JSON Lines in, repaired, JSON Lines out with every edit; no server."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from warraq.analysis.as_read import AsRead, FieldEdit, as_read
from warraq.analysis.pipeline import Pipeline, Step, steps, text_steps
from warraq.article import Article
from warraq.cli.explained import explain_all
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
from warraq.document import Document
from warraq.errors import Rejected
from warraq.sources.mapping import parse_map
from warraq.sources.record import Origin
from warraq.text.edits import EditedText
from warraq.text.joins import RECOMMENDED

_OWN_KEYS = frozenset({"id", "title", "body", "edits", "extracted", "boilerplate"})


def repair(
    files: Files = None,
    *,
    explain: Annotated[
        bool, typer.Option("--explain", help="For people: what was changed, and why.")
    ] = False,
    columns: Columns = "",
    steps_off: StepsOff = "",
    confidence: Confidence = RECOMMENDED,
    headings: Headings = False,
) -> None:
    """Repair articles in files as the workers do, and write what they should have been.

    Each line is {"id": …, "title": …, "body": …}. It comes out with every repair
    made, joined words parted by a space, and each change listed under "edits".
    Other fields pass through.

    Exit code: 0 all repaired, 1 not all could be, 2 called wrongly.
    """
    try:
        names, chosen = parse_map(columns), _chosen_steps(steps_off, confidence, headings)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    faults = Faults("warraq repair")
    with faults.of_steps():
        repaired = _repaired(files or ["-"], names, chosen, faults)
        if explain:
            explain_all((article.name, article.read) for article in repaired)
        else:
            write_lines(((article.origin, _line(article)) for article in repaired), faults)
    if faults.told:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Repaired:
    """A line of input after repair. fields: as they came, under the names of the contract."""

    origin: Origin
    fields: Mapping[str, object]
    read: AsRead

    @property
    def name(self) -> str:
        """What people know the article by, or else where it stands."""
        known = (self.fields.get("source"), self.fields.get("id"))
        return " · ".join(str(part) for part in known if part) or place(self.origin)


def _chosen_steps(off: str, confidence: float, headings: bool) -> list[Step]:  # noqa: FBT001
    """Raises ValueError for a name that no step has, whether or not it changes the text."""
    changing = {step.name for step in text_steps(confidence, headings=headings)}
    pipeline = Pipeline(
        steps(confidence, headings=headings),
        off=names_of(off),
    )
    return [step for step in pipeline.steps if step.name in changing]


def _repaired(
    files: Iterable[str], names: Mapping[str, str], chosen: list[Step], faults: Faults
) -> Iterator[_Repaired]:
    """Each line of `files` that is an article, in order, one at a time in memory."""
    for record in read_records(files, "warraq repair", faults):
        try:
            fields = _renamed(record.fields, names)
            document = _document(fields, place(record.origin))
        except Rejected as refused:
            faults.tell(record.origin, refused.detail)
            continue
        yield _Repaired(record.origin, fields, as_read(document, chosen))


def _renamed(fields: Mapping[str, object], names: Mapping[str, str]) -> dict[str, object]:
    """`fields` under the names of the contract; what became title or body is not there twice."""
    became_text = {names[name] for name in ("title", "body") if name in names}
    kept = {name: value for name, value in fields.items() if name not in became_text}
    return kept | {name: fields[column] for name, column in names.items() if column in fields}


def _document(fields: Mapping[str, object], where: str) -> Document:
    """An article of which nothing is asked but its text. where: its id in what steps log."""
    if not isinstance(fields.get("id"), str | int | None):
        raise Rejected("parse", "invalid-field", "id: should be text or a whole number")
    title, body, source = (_text(fields, name) for name in ("title", "body", "source"))
    author = fields.get("author")
    # Unchecked: the contract's bounds are those of the index.
    article = Article.model_construct(
        source=source, id=where, author=author if isinstance(author, str) else None
    )
    return Document(article, where, 0, 0, EditedText(title), EditedText(body))


def _text(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Rejected("parse", "invalid-field", f"{name}: should be text")
    return value


def _line(article: _Repaired) -> dict[str, Any]:
    read = article.read
    line: dict[str, Any] = {
        "id": article.fields.get("id"),
        "title": read.title.text,
        "body": read.body.text,
        "edits": [_edit(edit) for edit in read.edits()],
    }
    if read.is_html:
        line["extracted"] = read.body.original
    if read.boilerplate:
        line["boilerplate"] = [_edit(edit) for edit in read.boilerplate]
    return line | {name: value for name, value in article.fields.items() if name not in _OWN_KEYS}


def _edit(found: FieldEdit) -> dict[str, object]:
    edit = found.edit
    return {
        "field": found.field,
        "kind": edit.kind,
        "start": edit.start,
        "end": edit.end,
        "original": edit.original,
        "replacement": edit.replacement,
        "confidence": round(edit.confidence, 4),
        "reason": edit.reason,
    }
