"""An analysed article for people: its text with everything marked, and a line for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from warraq.annotations import DateMention, Entity, Quantity, TextField
from warraq.cli.terminal import for_people, harmless, isolated, with_asterisks
from warraq.document import Document

_TITLE, _ASIDE, _KIND = "bold", "dim", "cyan"
_STYLES = {
    "person": "bold green",
    "organization": "bold magenta",
    "place": "bold blue",
    "date": "bold yellow",
    "quantity": "bold red",
}
_QUOTATION = "underline"
# Of one article: what a person reads.
_MOST_CHARACTERS, _MOST_ROWS, _LONGEST = 20_000, 200, 80
# Fields of the index that hold no place in the text, in the order of a reader's questions.
_OF_THE_WHOLE = (
    "language", "languages", "variety", "dialect_share", "dialect_region", "story_id",
    "keywords", "summary", "word_count", "sentence_count", "reading_seconds",
)  # fmt: skip


def show_all(documents: Iterable[Document]) -> None:
    """Prints each article with persons, organizations, places, dates, quantities and quotations.

    On a terminal each kind has a colour and quotations are underlined; elsewhere what is marked
    stands between asterisks.
    """
    with for_people() as (console, is_plain):
        for document in documents:
            _show(console, document, is_plain=is_plain)


class _Mark(NamedTuple):
    start: int
    end: int
    style: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A finding, or several that read the same, told in one line."""

    kind: str
    found: str
    means: str


def _show(console: Console, document: Document, *, is_plain: bool) -> None:
    article = document.article
    name = " · ".join(part for part in (article.source, article.own_id) if part)
    console.print(Text(isolated(harmless(name)), _ASIDE), soft_wrap=is_plain)
    for field in document.text_fields:
        marks = _marks(document, field.name)
        for line in _lines(field, marks, _TITLE if field.name == "title" else ""):
            if is_plain:
                console.print(with_asterisks(line, *_STYLES.values()), soft_wrap=True)
            else:
                console.print(line)
    rows = Counter(_rows(document))
    width = max((len(row.kind) for row in rows), default=0)
    for row, times in list(rows.items())[:_MOST_ROWS]:
        again = f" ×{times}" if times > 1 else ""
        line = Text.assemble(
            (f"{row.kind:<{width}}", _KIND), f"  {row.found}{again}", (f"  {row.means}", _ASIDE)
        )
        if not is_plain:
            line.truncate(console.width, overflow="ellipsis")
        console.print(line, soft_wrap=is_plain)
    if len(rows) > _MOST_ROWS:
        console.print(f"… of {len(rows):,} findings", style=_ASIDE)
    if document.failed_steps:
        console.print(f"failed steps: {', '.join(document.failed_steps)}", style="red")
    console.print()


def _marks(document: Document, field: str) -> list[_Mark]:
    """What is marked in a field, sorted; of two that overlap the first, quotations beside all."""
    found: list[_Mark] = []
    read = 0
    for mark in sorted(
        [
            *(_Mark(one.start, one.end, _STYLES[one.type])
              for one in document.entities if one.field == field),
            *(_Mark(one.start, one.end, _STYLES["date"])
              for one in document.dates if one.field == field),
            *(_Mark(one.start, one.end, _STYLES["quantity"])
              for one in document.quantities if one.field == field),
        ]
    ):  # fmt: skip
        if mark.start >= read:
            found.append(mark)
            read = mark.end
    quoted = (one for one in document.quotations if one.field == field)
    return [*(_Mark(one.start, one.end, _QUOTATION) for one in quoted), *found]


def _lines(field: TextField, marks: Sequence[_Mark], style: str) -> Iterator[Text]:
    """The lines of the text that are not blank, as far as people read."""
    text = field.text[:_MOST_CHARACTERS]
    # One character for one: `harmless` would make one space of a line's many.
    whole = Text("".join(c if c == "\n" else harmless(c) or " " for c in text), style)
    for mark in marks:
        whole.stylize(mark.style, mark.start, mark.end)
    for line in whole.split("\n"):
        if line.plain.strip():
            yield line
    if len(field.text) > _MOST_CHARACTERS:
        yield Text(f"… of {len(field.text):,} characters", _ASIDE)


def _rows(document: Document) -> Iterator[_Row]:
    for entity in document.entities:
        yield _Row(entity.type, _short(entity.text), _entity(entity))
    for date in document.dates:
        yield _Row("date", _short(date.text), _date(date))
    for quantity in document.quantities:
        yield _Row("quantity", _short(quantity.text), _quantity(quantity))
    for quotation in document.quotations:
        said = " · ".join(_short(part) for part in (quotation.speaker, quotation.verb) if part)
        yield _Row("quotation", _short(quotation.text), said or "nobody named")
    for name in _OF_THE_WHOLE:
        value = document.fields.get(name, document.language if name == "language" else None)
        if value not in (None, [], ""):
            values = value if isinstance(value, list) else [value]
            yield _Row(name, "; ".join(isolated(harmless(str(one))) for one in values), "")


def _entity(entity: Entity) -> str:
    parts = [isolated(harmless(entity.name))] if entity.name != entity.text else []
    if entity.country:
        parts.append(entity.country)
    if entity.coordinates:
        parts.append("{:.2f}, {:.2f}".format(*entity.coordinates))
    return "  ".join(parts)


def _date(date: DateMention) -> str:
    if date.first is None or date.last is None:
        return f"{date.kind}, unresolved"
    days = f"{date.first}" if date.first == date.last else f"{date.first} to {date.last}"
    return f"{days}  {date.precision}, {date.kind}" + ("" if date.certain else ", uncertain")


def _quantity(quantity: Quantity) -> str:
    parts = [f"{quantity.value:,g}" if quantity.value < 1e6 else f"{quantity.value:,.0f}"]
    parts += [part for part in (quantity.unit, quantity.kind) if part]
    return "  ".join(parts) + (f" of {isolated(harmless(quantity.of))}" if quantity.of else "")


def _short(text: str) -> str:
    shown = Text(harmless(text[: _LONGEST * 4]))
    shown.truncate(_LONGEST, overflow="ellipsis")
    return isolated(shown.plain)
