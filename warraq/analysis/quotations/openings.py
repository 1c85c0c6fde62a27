"""What punctuation and أن open: where what was said begins, and the marks that it stands in."""

from __future__ import annotations

import re
from typing import NamedTuple

from warraq.analysis.quotations.marks import Quoted
from warraq.analysis.quotations.reading import Reading
from warraq.analysis.quotations.verbs import Form
from warraq.analysis.quotations.words import LISTING, THAT, TITLED

_NAME_WORDS = 3
"""So many words in marks are a name, unless a colon or أن stands before them."""
_LEAST_WORDS = 2
_ENDING_CLAUSE = frozenset(["", ".", "،", "؛", "\n"])
_PARENTHESIS_WORDS = 5
_LONGEST_PARENTHESIS = 1000
_PREFIX_ENDS = frozenset("بلكـ")
_WITH = frozenset([" ب", "بـ"])  # اتهمهم بـ«…» (accused them of …)
_MARK = re.compile("[«\"“„‘(:]|''|'")


class Content(NamedTuple):
    """Where what was said begins.

    start: offset of its first character. quoted: the marks it stands in, if it does.
    """

    start: int
    quoted: Quoted | None


def behind_that(reading: Reading, token: int) -> Content:
    """What was said, behind أن at `token`."""
    start = reading.tokens[token].end
    gap = reading.behind(token)
    start += len(gap) - len(gap.lstrip(" \t:،,"))
    return Content(start, reading.opening.get(start))


def at_mark(reading: Reading, at: int, token: int, form: Form) -> Content | int:
    """What the punctuation before `token` leads, else the token to go on with."""
    gap_start = reading.tokens[token - 1].end
    gap = reading.behind(token - 1)
    end = reading.sentence_end(at)
    for mark in _MARK.finditer(gap):
        offset = gap_start + mark.start()
        if offset >= end:
            break
        if mark.group() == ":":
            if _is_time(reading, token) or reading.keys[token - 1] in LISTING:
                continue
            return _behind_colon(reading, offset, token)
        if mark.group() == "(":
            return _parenthesis(reading, at, token, offset)
        found = reading.opening.get(offset)
        if found is not None:
            return _marked(reading, at, form, found)
    return token


def _is_time(reading: Reading, token: int) -> bool:
    """Whether a colon before `token` stands between digits."""
    behind = reading.keys[token] if token < len(reading.keys) else ""
    return reading.keys[token - 1][-1:].isdigit() and behind[:1].isdigit()


def _behind_colon(reading: Reading, offset: int, token: int) -> Content | int:
    if token >= len(reading.keys):
        return token
    rest = reading.text[offset + 1 : reading.starts[token]]
    start = offset + 1 + len(rest) - len(rest.lstrip(" \t\n\u00a0-–.:"))
    found = reading.opening.get(start)
    if found is None and rest.strip().startswith("("):
        found = _bracketed(reading, start)
    if found is None and reading.keys[token] in THAT:
        return behind_that(reading, token)
    return Content(start, found)


def _marked(reading: Reading, at: int, form: Form, found: Quoted) -> Content | int:
    """Words in marks behind a verb without a colon: what was said, or a name."""
    behind = reading.token_at(found.behind)
    words = reading.words(found.start, found.end)
    blames = words > _NAME_WORDS and reading.text[found.opening - 2 : found.opening] in _WITH
    if is_title(reading, found) or (is_name(reading, found) and not blames):
        return max(behind, at + 1)
    is_short = words and reading.token_at(found.start) == at + 1 and form.takes == "cry"
    if words > _NAME_WORDS or is_short or _is_all(reading, at, found):
        following = reading.keys[behind] if behind < len(reading.keys) else ""
        if following not in THAT or words > 2 * _NAME_WORDS:
            return Content(found.start, found)
    return max(behind, at + 1)


def _is_all(reading: Reading, at: int, found: Quoted) -> bool:
    """Whether words in marks, more than one, stand between who speaks and the end of the clause."""
    first = reading.token_at(found.start)
    behind = reading.text[found.behind : found.behind + 1]
    if reading.words(found.start, found.end) < _LEAST_WORDS or behind not in _ENDING_CLAUSE:
        return False
    said_by = reading.entities_between(max(at + 1, first - _LEAST_WORDS), first)
    return first == at + 1 or any(
        one.type == "person" and reading.token_at(one.end) == first for one in said_by
    )


def is_title(reading: Reading, quoted: Quoted) -> bool:
    """Whether a word before the marks tells that a title or name stands in them."""
    before = reading.token_at(quoted.opening) - 1
    return before >= 0 and reading.keys[before] in TITLED


def is_name(reading: Reading, quoted: Quoted) -> bool:
    """Whether a name fills the marks, or a prefix stands right before them: الـ«…»."""
    if quoted.opening and reading.text[quoted.opening - 1] in _PREFIX_ENDS:
        return True
    inside = reading.entities_between(reading.token_at(quoted.start), reading.token_at(quoted.end))
    return 2 * sum(one.end - one.start for one in inside[:2]) > quoted.end - quoted.start


def _parenthesis(reading: Reading, at: int, token: int, offset: int) -> Content | int:
    found = _bracketed(reading, offset)
    if found is None:
        return token
    behind = reading.token_at(found.behind)
    following = reading.keys[behind] if behind < len(reading.keys) else ""
    said = reading.words(found.start, found.end) >= _PARENTHESIS_WORDS and following not in THAT
    if said and not reading.text[found.start].isdigit():
        return Content(found.start, found)
    return max(behind, at + 1)


def _bracketed(reading: Reading, offset: int) -> Quoted | None:
    """Round brackets as quotation marks, as some papers use them."""
    limit = min(len(reading.text), offset + _LONGEST_PARENTHESIS)
    end = reading.text.find(")", offset, limit)
    if reading.text.find("(", offset + 1, max(end, 0)) > 0:  # brackets inside
        end = reading.text.find(")", end + 1, limit)
    if end < 0 or "\n" in reading.text[offset:end]:
        return None
    return Quoted(offset + 1, end, offset, end + 1, closed=True, depth=0)
