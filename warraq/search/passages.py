"""Passages: the sentences of an article that show why it was found.

Sentences are those of `warraq.text.tokens`, the same as in the analysis. The ones that show most
different words of the query are taken, in the order of the text; a long one is cut around them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from warraq.search.marked import MarkedText
from warraq.text.letters import PART_MARK
from warraq.text.normalize import fold
from warraq.text.tokens import Span, sentences

MOST_PASSAGES = 3
LONGEST_PASSAGE = 240
"""In characters of the repaired text. A longer sentence is cut between words."""
_MOST_WEIGHED = 50  # marks of a sentence: a hostile one could have thousands
_LONGEST_ORIGINAL = 2_000  # a repair may have shortened it: tatweel can be as long as an article


@dataclass(frozen=True, slots=True)
class Repaired:
    """A passage after repair, joined words apart. marks: what matched, as spans of `text`."""

    text: str
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the original text.

    text: characters [start, end) of the original body, which for an HTML article is the text that
    was extracted from it. marks: what matched, as spans of the original body as well.
    cut_before, cut_after: the sentence has more on that side.
    repaired: the same piece after repair, only where the original reads otherwise (mojibake).
    """

    text: str
    start: int
    end: int
    marks: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False
    repaired: Repaired | None = None

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text in pieces, each with whether it is marked."""
        yield from pieces(self.text, (Span(s - self.start, e - self.start) for s, e in self.marks))


def pieces(text: str, marks: Iterable[Span]) -> Iterator[tuple[str, bool]]:
    """`text` parted at `marks`, which are sorted; each piece with whether it is marked."""
    read = 0
    for start, end in marks:
        if start > read:
            yield text[read:start], False
        if end > max(read, start):
            yield text[max(read, start) : end], True
        read = max(read, end)
    if read < len(text):
        yield text[read:], False


def passages(body: MarkedText) -> tuple[Passage, ...]:
    """The passages of a body: those with marks, else its beginning; none of an empty body."""
    text = body.edited.text
    parts = sentences(text)
    if not body.marks:
        lead = [Span(part.start, parts[-1].end) for part in parts[:1]]
        return tuple(_passage(body, part, part.start) for part in lead)
    marked = list(_marked(parts, body.marks))
    best = sorted(marked, key=lambda item: _worth(text, item[1]), reverse=True)[:MOST_PASSAGES]
    return tuple(
        _passage(body, part, max(part.start, _best_start(text, marks)))
        for part, marks in sorted(best)
    )


def _marked(parts: list[Span], marks: tuple[Span, ...]) -> Iterator[tuple[Span, list[Span]]]:
    """The sentences that have marks, each with its first ones."""
    for part in parts:
        inside = _inside(marks, part, _MOST_WEIGHED)
        if inside:
            yield part, inside


def _inside(marks: Sequence[Span], part: Span, most: int) -> list[Span]:
    """The first of the sorted `marks` that touch `part`."""
    first = bisect_right(marks, part.start, key=lambda mark: mark.end)
    return [mark for mark in marks[first : first + most] if mark.start < part.end]


def _worth(text: str, marks: Iterable[Span]) -> tuple[int, int]:
    """How many different words, then how many in all."""
    shown = [fold(text[start:end]) for start, end in marks]
    return len(set(shown)), len(shown)


def _best_start(text: str, marks: list[Span]) -> int:
    """Where of `marks` to begin, so that a passage of full length shows the most of them."""

    def shown(index: int) -> tuple[int, int]:
        end = marks[index].start + LONGEST_PASSAGE
        return _worth(text, [mark for mark in marks[index:] if mark.end <= end])

    return marks[max(range(len(marks)), key=shown)].start


def _cut(text: str, part: Span, around: int) -> Span:
    """At most LONGEST_PASSAGE characters of `part` with `around` in them, cut between words."""
    if part.end - part.start <= LONGEST_PASSAGE:
        return part
    start = max(part.start, min(around - LONGEST_PASSAGE // 4, part.end - LONGEST_PASSAGE))
    end = min(part.end, start + LONGEST_PASSAGE)
    if start > part.start:
        space = text.find(" ", start, around)
        start = space + 1 if space >= 0 else start
    if end < part.end:
        space = text.rfind(" ", around, end)
        end = space if space > around else end
    return Span(start, end)


def _passage(body: MarkedText, part: Span, around: int) -> Passage:
    cut = _cut(body.edited.text, part, around)
    inside = _inside(body.marks, cut, LONGEST_PASSAGE)
    start, whole_end = body.in_original(cut)
    end = min(whole_end, start + _LONGEST_ORIGINAL)
    text = body.edited.original[start:end]
    repaired = body.edited.text[cut.start : cut.end]
    reads_otherwise = _letters(text) != _letters(repaired)
    return Passage(
        text=text,
        start=start,
        end=end,
        marks=tuple(_clipped(map(body.in_original, inside), Span(start, end))),
        cut_before=cut.start > part.start,
        cut_after=cut.end < part.end or end < whole_end,
        repaired=_repaired(repaired, _clipped(inside, cut), cut) if reads_otherwise else None,
    )


def _letters(text: str) -> str:
    """What of `text` tells whether it reads otherwise: a lost space or a turned quote does not."""
    return "".join(filter(str.isalnum, fold(text)))


def _repaired(text: str, marks: Iterable[Span], cut: Span) -> Repaired:
    # A space where the mark stands, as the reader needs it and as long.
    return Repaired(
        text.replace(PART_MARK, " "), tuple(Span(s - cut.start, e - cut.start) for s, e in marks)
    )


def _clipped(marks: Iterable[Span], to: Span) -> Iterator[Span]:
    for start, end in marks:
        if start < to.end and end > to.start:
            yield Span(max(start, to.start), min(end, to.end))
