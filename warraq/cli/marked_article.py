"""An analysed article for people: its text with everything marked, and a line for each finding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from warraq.annotations import DateMention, Entity, Quantity, TextField
from warraq.cli.terminal import for_people, harmless, isolated, with_asterisks, wrapped
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
_MOST_CHARACTERS, _MOST_ROWS, _LONGEST = 20_000, 200, 2_000
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
    """A finding, or several that read the same. means: what it is taken for, in parts."""

    kind: str
    found: str
    means: tuple[str, ...] = ()

    def lines(self, kinds: int, times: int, width: int | None) -> Iterator[Text]:
        """The row in lines of at most `width` cells, the found and its meaning apart; None: in one.

        kinds: cells of the first column.
        """
        kind = (f"{self.kind:<{kinds}}", _KIND)
        again = f" ×{times}" if times > 1 else ""
        means = "".join(f"  {isolated(part)}" for part in self.means)
        line = Text.assemble(kind, f"  {isolated(self.found)}{again}", (means, _ASIDE))
        if width is None or line.cell_len <= width:
            yield line
            return
        room = width - kinds - 2
        for at, piece in enumerate(wrapped(self.found + again, room)):
            yield Text.assemble(kind if at == 0 else " " * kinds, f"  {piece}")
        if self.means and Text(means).cell_len <= room + 2:
            yield Text.assemble(" " * kinds, (means, _ASIDE))
            return
        for part in self.means:
            for piece in wrapped(part, room):
                yield Text.assemble(" " * kinds, (f"  {piece}", _ASIDE))


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
        for line in row.lines(width, times, None if is_plain else console.width):
            console.print(line, soft_wrap=True)
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
        yield _Row(entity.type, _short(entity.text), tuple(_entity(entity)))
    for date in document.dates:
        yield _Row("date", _short(date.text), tuple(_date(date)))
    for quantity in document.quantities:
        yield _Row("quantity", _short(quantity.text), tuple(_quantity(quantity)))
    for quotation in document.quotations:
        said = " · ".join(_short(part) for part in (quotation.speaker, quotation.verb) if part)
        yield _Row("quotation", _short(quotation.text), (said or "nobody named",))
    for name in _OF_THE_WHOLE:
        value = document.fields.get(name, document.language if name == "language" else None)
        if value not in (None, [], ""):
            values = value if isinstance(value, list) else [value]
            yield _Row(name, _short("; ".join(map(str, values))))


def _entity(entity: Entity) -> Iterator[str]:
    if entity.name != entity.text:
        yield _short(entity.name)
    if entity.country:
        yield entity.country
    if entity.coordinates:
        yield "{:.2f}, {:.2f}".format(*entity.coordinates)


def _date(date: DateMention) -> Iterator[str]:
    if date.first is None or date.last is None:
        yield f"{date.kind}, unresolved"
        return
    yield f"{date.first}" if date.first == date.last else f"{date.first} to {date.last}"
    yield f"{date.precision}, {date.kind}" + ("" if date.certain else ", uncertain")


def _quantity(quantity: Quantity) -> Iterator[str]:
    yield f"{quantity.value:,g}" if quantity.value < 1e6 else f"{quantity.value:,.0f}"
    if quantity.unit:
        yield quantity.unit
    yield quantity.kind + (f" of {_short(quantity.of)}" if quantity.of else "")


def _short(text: str) -> str:
    """On one line, as far as people read; where it is cut, it says so."""
    return harmless(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
