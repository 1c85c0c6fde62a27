"""Boilerplate: what a page puts around its articles, marked so that the body is the article alone.

Three kinds of evidence, none of which knows a server:

- `warraq.text.stock_lines`: lines that say themselves what they are ("read also", "follow us");
- `warraq.text.bylines`: datelines and bylines in front of the text;
- repetition: a short line that stands in several articles of one source. Whoever keeps count gets
  digests of what may recur from `recurrable`, and says to `boilerplate` which of them do.

Precision goes first. A line that recurs inside an article may be a heading ("how to prepare it"), a
question of an interview or a verse, so it counts at the edges alone, or if it asks the reader for
something. Where a good part of an article consists of lines that recur, as a weather report's do,
they are its text and none is marked; and what would leave nothing is not marked at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from hashlib import blake2b
from typing import Literal, NamedTuple

from warraq.text.bylines import NAMED, author_at_start, parts, slug, slugs
from warraq.text.normalize import fold
from warraq.text.stock_lines import CALLS, LONGEST_STOCK_LINE, STOCK_LINES

DIGEST_BYTES = 6
_AT_HEAD, _AT_TAIL = 4, 6
"""How many lines at either end a byline, a source line or a row of buttons may be among."""
_MOST_WORDS_BEFORE_LEAD = 12
_LEAST_WORDS, _MOST_WORDS, _LONGEST_RECURRING = 2, 12, 100
_MOST_RECURRABLE = 24
_OF_LONGEST = 200
_WORDS_OF_BYLINE, _WORDS_OF_SIGNATURE = 6, 4
_MOST_OF_TEXT = 0.3
"""The part of an article that lines may be which are known by repetition alone."""

# Bullets, arrows, quotation marks and the like in front of what a line says.
_BULLETS = re.compile(r"[^\w@©(\[]+")
# Where line ends were lost: "… in the north. Read also: …", up to the end of the text.
_READ_ALSO = re.compile(r"(?<=[.!؟…»\"])\s+(?=[اإ]قر[أا] [أا]يض(?:ا|اً|ًا)\s*:[^\n]{3,200}\s*\Z)")
_LAST = 260

Kind = Literal["byline", "boilerplate"]


class Passage(NamedTuple):
    """[start, end) of a text, line end included, that is no part of what the article says."""

    start: int
    end: int
    kind: Kind
    confidence: float
    reason: str


class Recurrable(NamedTuple):
    """digests: of `DIGEST_BYTES` each, of a few lines and segments of an article.

    text: digest of its longest line; articles with the same one are copies of one another.
    """

    digests: tuple[bytes, ...]
    text: bytes


class _Line(NamedTuple):
    """A line without the white space around it."""

    start: int
    end: int
    text: str


class _Mark(NamedTuple):
    kind: Kind
    confidence: float
    reason: str


def recurrable(text: str) -> Recurrable:
    """What may turn out to recur: short lines, and the segments of slugs at the start.

    No text can be had from the digests.
    """
    lines = _lines(text)
    short = [line.text for line in lines if _may_recur(line.text)]
    if len(short) > _MOST_RECURRABLE:
        half = _MOST_RECURRABLE // 2
        short = short[:half] + short[-half:]
    found = [_digest("line", said) for said in short]
    for line in lines[:_AT_HEAD]:
        for one in slugs(text, line.start, line.end):
            if one.is_plain:
                found += (_digest("segment", segment) for segment in one.segments)
    longest = max((line.text for line in lines), key=len, default="")
    return Recurrable(tuple(dict.fromkeys(found)), _digest("text", longest[-_OF_LONGEST:]))


def boilerplate(
    text: str, author: str = "", recurring: Collection[bytes] = frozenset()
) -> list[Passage]:
    """The passages of `text` that are boilerplate, sorted, without overlaps.

    author: as the scraper sent it. recurring: those of the digests of `recurrable` that stand in
    several articles of the source.
    """
    lines = _lines(text)
    marks: dict[int, _Mark] = {}
    for number, line in enumerate(lines):
        if mark := _stock(line.text, at_edge=_is_at_edge(number, len(lines))):
            marks[number] = mark
    lead = _bylines(text, lines, author, recurring, marks)
    if recurring:
        marks |= _learned(lines, recurring, marks)
    whole = {lines[number].start for number in marks}  # a byline in front of it goes with its line
    parts_of_lines = [passage for passage in lead if passage.start not in whole]
    passages = sorted((*parts_of_lines, *_passages(text, lines, marks)))
    behind = passages[-1].end if passages else 0
    return _trimmed(text, [*passages, *_lost_line_end(text, behind)])


def _lines(text: str) -> list[_Line]:
    found = []
    start = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            first = start + line.index(stripped[0])
            found.append(_Line(first, first + len(stripped), stripped))
        start += len(line) + 1
    return found


def _is_at_edge(number: int, lines: int) -> bool:
    return number < _AT_HEAD or number >= lines - _AT_TAIL


def _stock(line: str, *, at_edge: bool) -> _Mark | None:
    if len(line) > LONGEST_STOCK_LINE:
        return None
    bullets = _BULLETS.match(line)
    said = fold(line[bullets.end() :] if bullets else line)
    words = said.count(" ") + 1
    for stock in STOCK_LINES:
        if (
            words <= stock.most_words
            and (at_edge or not stock.edges_only)
            and stock.pattern.match(said)
        ):
            return _Mark("byline" if stock.is_byline else "boilerplate", 0.95, stock.reason)
    return None


def _bylines(
    text: str,
    lines: Sequence[_Line],
    author: str,
    recurring: Collection[bytes],
    marks: dict[int, _Mark],
) -> list[Passage]:
    """Marks lines at the start that are bylines whole; returns the byline that begins the lead."""

    def is_usual(segment: str) -> bool:
        return bool(recurring) and _digest("segment", segment) in recurring

    named = parts(author)
    for number, line in enumerate(lines[:_AT_HEAD]):
        if number in marks:
            continue
        end, reason = author_at_start(text, line.start, line.end, author) or 0, NAMED
        found = slug(text, line.start, line.end, named, is_usual)
        if found and found.end > end:
            end, reason = found.end, found.reason
        if end >= line.end:
            marks[number] = _Mark("byline", 0.95, reason)
        elif end:
            return [Passage(line.start, end, "byline", 0.95, reason)]
        elif line.text.count(" ") >= _MOST_WORDS_BEFORE_LEAD:
            break
    return []


def _learned(
    lines: Sequence[_Line], recurring: Collection[bytes], known: dict[int, _Mark]
) -> dict[int, _Mark]:
    """Marks for lines that recur: from either end up to the first that does not, and calls."""
    recur = {
        number: CALLS.search(fold(line.text)) is not None
        for number, line in enumerate(lines)
        if number not in known and _may_recur(line.text) and _digest("line", line.text) in recurring
    }
    found = {number: "boilerplate" for number, calls in recur.items() if calls}
    for numbers, most_words in (
        (range(len(lines)), _WORDS_OF_BYLINE),
        (range(len(lines) - 1, -1, -1), _WORDS_OF_SIGNATURE),
    ):
        for number in numbers:
            if number in recur:
                # A short line that asks for nothing may be a name or a place.
                is_byline = not recur[number] and lines[number].text.count(" ") < most_words
                found.setdefault(number, "byline" if is_byline else "boilerplate")
            elif number not in known:
                break
    letters = sum(len(line.text) for number, line in enumerate(lines) if number not in known)
    if sum(len(lines[number].text) for number in found) > _MOST_OF_TEXT * letters:
        return {}
    reason = "stands in several articles of this source"
    return {
        number: _Mark("byline" if kind == "byline" else "boilerplate", 0.9, reason)
        for number, kind in found.items()
    }


def _may_recur(line: str) -> bool:
    return (
        len(line) <= _LONGEST_RECURRING
        and _LEAST_WORDS <= line.count(" ") + 1 <= _MOST_WORDS
        and any(map(str.isalpha, line))
    )


def _digest(kind: str, text: str) -> bytes:
    said = f"{kind}\0{' '.join(text.split())}".encode(errors="replace")
    return blake2b(said, digest_size=DIGEST_BYTES).digest()


def _passages(text: str, lines: Sequence[_Line], marks: dict[int, _Mark]) -> Iterable[Passage]:
    for number, mark in sorted(marks.items()):
        behind = lines[number + 1].start if number + 1 < len(lines) else len(text)
        yield Passage(lines[number].start, behind, *mark)


def _lost_line_end(text: str, from_: int) -> Iterable[Passage]:
    if tail := _READ_ALSO.search(text, max(from_, len(text) - _LAST)):
        yield Passage(tail.start(), len(text), "boilerplate", 0.9, "read-also line")


def _trimmed(text: str, passages: list[Passage]) -> list[Passage]:
    """`passages` with the blanks that they would leave at either end; none if they are all."""
    starts = [passage.start for passage in passages]
    ends = [passage.end for passage in passages]
    kept = "".join(text[a:b] for a, b in zip([0, *ends], [*starts, len(text)], strict=True))
    if not passages or not any(map(str.isalnum, kept)):
        return []
    if not text[: starts[0]].strip():
        passages[0] = passages[0]._replace(start=0)
    if ends[-1] == len(text):
        number = len(passages) - 1
        while ends[number - 1] == starts[number]:
            number -= 1
        start = len(text[: starts[number]].rstrip())
        passages[number] = passages[number]._replace(start=start)
    return passages
