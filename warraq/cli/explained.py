"""Repairs for people: the article with its changed places marked, and a line for each change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import floor

from rich.console import Console
from rich.text import Text

from warraq.analysis.as_read import AsRead
from warraq.cli.changes import Change, changes
from warraq.cli.terminal import for_people, harmless, isolated, with_asterisks
from warraq.text.letters import INVISIBLE, JOINERS
from warraq.text.tokens import Span

_MARKED, _TITLE, _ASIDE = "bold yellow", "bold", "dim"
# Of one field: what a person reads of one article.
_MOST_CHANGES = 200
_LONGEST_LINE, _AROUND, _LONGEST_CHANGE = 600, 100, 60
# In cells of a terminal.
_WIDEST_KIND, _LEAST_WORDS, _LEAST_REASON = 19, 10, 30
_SHOWN = str.maketrans(dict.fromkeys(INVISIBLE | JOINERS, "▯"))


def explain_all(articles: Iterable[tuple[str, AsRead]]) -> None:
    """Prints each article that was changed, under its name, and sums up."""
    kinds: Counter[str] = Counter()
    number = changed = 0
    with for_people() as (console, is_plain):
        for name, read in articles:
            number += 1
            found = [*read.edits(), *read.boilerplate]
            kinds.update(kind for one in found for kind in one.edit.kind.split("+"))
            if found:
                changed += 1
                _show(console, name, read, is_plain=is_plain)
        counts = ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())
        articles_are = "article" if number == 1 else "articles"
        console.print(
            f"{changed:,} of {number:,} {articles_are} changed" + (f": {counts}" if counts else ""),
            soft_wrap=is_plain,
        )


def _show(console: Console, name: str, read: AsRead, *, is_plain: bool) -> None:
    title = list(islice(changes(read.title), _MOST_CHANGES))
    body = list(islice(changes(read.body), _MOST_CHANGES))
    console.print(Text(isolated(harmless(name)), _ASIDE), soft_wrap=is_plain)
    whole_title = Text(harmless(read.title.text[:_LONGEST_LINE]), _TITLE)
    for line in (
        *(_passages(read.title.text, title, _TITLE) or [whole_title]),
        *_passages(read.body.text, body, ""),
    ):
        if is_plain:
            console.print(with_asterisks(line, _MARKED), soft_wrap=True)
        else:
            console.print(line)
    rows = list(_rows(read, (*title, *body)))
    if is_plain:
        for row in rows:
            cells = row.kind, row.sureness(), row.words(_LONGEST_CHANGE), row.reason
            console.print("  " + "  ".join(cells).rstrip(), soft_wrap=True)
    else:
        for line in _lines(rows, console.width):
            console.print(line)
    for field, edited, shown in (("title", read.title, title), ("body", read.body, body)):
        if len(shown) == _MOST_CHANGES:
            console.print(f"  … of {len(edited.edits):,} edits in the {field}", style=_ASIDE)
    console.print()


def _passages(text: str, found: Sequence[Change], style: str) -> list[Text]:
    """The lines of `text` with changes in them; of a long line only what is around them."""
    windows: list[Span] = []
    for change in found:
        window = _window(text, change)
        if windows and window.start <= windows[-1].end:
            windows[-1] = Span(windows[-1].start, max(windows[-1].end, window.end))
        else:
            windows.append(window)
    return [_marked(text, window, found, style) for window in windows]


def _window(text: str, change: Change) -> Span:
    """The line around a change if it is short, else some words before and after."""
    low = max(0, change.start - _LONGEST_LINE)
    high = min(len(text), change.end + _LONGEST_LINE)
    start = max(low, text.rfind("\n", low, change.start) + 1)
    newline = text.find("\n", change.end, high)
    end = high if newline < 0 else newline
    if end - start <= _LONGEST_LINE:
        return Span(start, end)
    if start < change.start - _AROUND:
        start = change.start - _AROUND
        start = max(start, text.find(" ", start, change.start) + 1)
    stop = min(change.end, change.start + _LONGEST_LINE)
    if stop + _AROUND < end:
        end = stop + _AROUND
        end = max(stop, text.rfind(" ", stop, end)) if " " in text[stop:end] else end
    return Span(start, end)


def _marked(text: str, window: Span, found: Iterable[Change], style: str) -> Text:
    before = "… " if window.start and text[window.start - 1] != "\n" else ""
    after = " …" if window.end < len(text) and text[window.end] != "\n" else ""
    line = Text(before, style)
    read = window.start
    for change in found:
        start, end = max(read, change.start), min(window.end, change.end)
        if start < end:
            line.append(harmless(text[read:start]))
            line.append(harmless(text[start:end]), _MARKED)
            read = end
    line.append(harmless(text[read : window.end]))
    return line.append(after)


@dataclass(frozen=True, slots=True)
class _Row:
    """A change, told in one line. reads: None for what stays as it stood."""

    kind: str
    confidence: float
    stood: str
    reads: str | None
    reason: str
    times: int = 1

    def sureness(self) -> str:
        """The confidence in hundredths, rounded down: only what is certain is 1.00."""
        return f"{floor(round(self.confidence * 100, 6)) / 100:.2f}"

    def words(self, most: int) -> str:
        """What stood and what reads now, each in at most `most` cells."""
        words = _short(self.stood, most)
        if self.reads is not None:
            words += f" → {_short(self.reads, most)}"
        return f"{words} ×{self.times}" if self.times > 1 else words


def _rows(read: AsRead, found: Iterable[Change]) -> Iterator[_Row]:
    """A row for each change; those that are the same are one."""
    times: Counter[tuple[str, str, str]] = Counter()
    first: dict[tuple[str, str, str], Change] = {}
    for change in found:
        same = change.kind, change.stood, change.reads
        times[same] += 1
        first.setdefault(same, change)
    for same, change in first.items():
        confidence, reason = change.confidence, change.reason
        yield _Row(change.kind, confidence, change.stood, change.reads, reason, times[same])
    for edit in (found.edit for found in islice(read.boilerplate, _MOST_CHANGES)):
        reason = f"{edit.reason}; it stays here, apart from the body in the index"
        yield _Row(edit.kind, edit.confidence, edit.original.strip(), None, reason)


def _short(text: str, most: int) -> str:
    """As much as shows what it is, hidden characters as boxes; "nothing" for an empty text."""
    shown = Text(harmless(text[:_LONGEST_LINE].translate(_SHOWN)))
    shown.truncate(most, overflow="ellipsis")
    return isolated(shown.plain) or "nothing"


def _lines(rows: Sequence[_Row], width: int) -> Iterator[Text]:
    """One line a row: where it gets narrow, the reason is cut, then the words.

    Nothing may break: what is left of an isolated piece loses its direction on the next line.
    """
    widest = min(max((len(row.kind) for row in rows), default=0), _WIDEST_KIND)
    most = max(_LEAST_WORDS, (width - widest - _LEAST_REASON) // 2)
    for row in rows:
        kind = Text(row.kind, "cyan")
        kind.truncate(widest, overflow="ellipsis", pad=True)
        line = Text.assemble(kind, (f"  {row.sureness()}  ", _ASIDE), row.words(most))
        line.append(f"  {row.reason}", _ASIDE)
        line.truncate(width, overflow="ellipsis")
        yield line
