"""What stands between quotation marks, also where some are missing or the wrong way round."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

_MARK = re.compile("[«»\"“”„‟‘’'\n]")
_FAMILY = {
    "«": "«", "»": "«", '"': '"', "“": '"', "”": '"', "„": '"', "‟": '"',
    "‘": "'", "’": "'", "'": "'",
}  # fmt: skip
_OPENING, _CLOSING = frozenset("«“„‘"), frozenset("»”’")
_BEFORE_OPENING = frozenset(' \t\n\u00a0([{:،؛,;-–—/«"“')
_BEHIND_CLOSING = frozenset(' \t\n\u00a0)]}:،؛,;.!?؟…-–—/»"”')
_BLANKS = frozenset(["", " ", "\n"])
_FARTHEST_CLOSING = 3000  # characters
_DEEPEST = 8
_SPEECH_OPENS = re.compile(r":\s*$")  # before a mark: no name stands in it


class Quoted(NamedTuple):
    """[start, end) of the text between two marks, without them.

    opening: where the opening mark begins. behind: the first character behind the closing one.
    closed: whether there is one; else the next that opens or the line ends it. depth: of how many
    others it is inside.
    """

    start: int
    end: int
    opening: int
    behind: int
    closed: bool
    depth: int


class _Open(NamedTuple):
    family: str
    opening: int
    start: int


def quoted(text: str) -> list[Quoted]:
    """What stands between marks in `text`, by its start.

    A mark that nothing answers ends at one of another kind that closes nothing (« … "), else before
    the next one that opens, at the latest with its line.
    """
    found: list[Quoted] = []
    opened: list[_Open] = []
    unused: list[tuple[int, int]] = []  # of the line: marks that closed nothing and opened nothing
    line = 0  # the first of `found` in it
    for mark in _MARK.finditer(text):
        sign, start = mark.group(), mark.start()
        end = mark.end() + (sign == "'" and text[start + 1 : start + 2] == "'")  # two are one
        if sign == "\n":
            _end_line(text, opened, found, line, unused, start)
            line = len(found)
            unused.clear()
            continue
        family = _FAMILY[sign]
        inside = [one.family for one in opened]
        before = text[start - 1] if start else " "
        behind = text[end : end + 1] or " "
        if sign == "'" and end == mark.end() and _is_apostrophe(before, behind):
            continue
        if family in inside and not _opens(sign, before, behind):
            inner = None
            while opened[-1].family != family:  # inner marks that nothing answered
                inner = opened.pop()
            one = opened.pop()
            closing = _first_between(unused, one.start, inner.opening) if inner else None
            if inner and closing:  # «…" and "…»: two that each begin and end differently
                found.append(Quoted(one.start, closing[0], one.opening, closing[1], True, 0))  # noqa: FBT003
                one = inner
            found.append(Quoted(one.start, start, one.opening, end, True, len(opened)))  # noqa: FBT003
        elif len(opened) < _DEEPEST and (
            _may_open(sign, before, behind) or _opens_apart(text, sign, start, end)
        ):
            if sign not in _OPENING and family in inside:
                _drop(text, opened, found, unused, family, start)
            opened.append(_Open(family, start, end))
        elif family != "'":
            unused.append((start, end))
    _end_line(text, opened, found, line, unused, len(text))
    found.sort()
    return found


def _may_open(sign: str, before: str, behind: str) -> bool:
    """Whether a mark opens where none of its family is open."""
    if before == ":":
        return True
    if sign in _OPENING:
        return not behind.isspace()
    closes = sign != "'" and before not in _BEFORE_OPENING and behind in _BEHIND_CLOSING
    return (
        not behind.isspace() and not closes and (sign not in _CLOSING or before in _BEFORE_OPENING)
    )


def _opens_apart(text: str, sign: str, start: int, end: int) -> bool:
    """Whether a mark between blanks opens: the next of its line closes, " as here "."""
    if sign != '"' or text[max(0, start - 1) : start] not in _BLANKS or text[end : end + 1] != " ":
        return False
    closing = text.find('"', end, end + _FARTHEST_CLOSING)
    if closing < 0 or "\n" in text[end:closing]:
        return False
    return (text[closing + 1 : closing + 2] or " ") in _BEHIND_CLOSING


def _is_apostrophe(before: str, behind: str) -> bool:
    """Whether ' is one, or the second of two that were read as one."""
    return before == "'" or (before not in _BEFORE_OPENING and behind not in _BEHIND_CLOSING)


def _opens(sign: str, before: str, behind: str) -> bool:
    """Whether a mark opens although one of its family is open."""
    if sign in _OPENING:
        return not (before not in _BEFORE_OPENING and behind in _BEHIND_CLOSING)
    if sign in _CLOSING:
        return False
    return before in _BEFORE_OPENING and before != '"' and behind not in _BEHIND_CLOSING


def _first_between(marks: list[tuple[int, int]], start: int, end: int) -> tuple[int, int] | None:
    at = bisect_left(marks, (start, 0))
    return marks[at] if at < len(marks) and marks[at][0] < end else None


def _unanswered(
    text: str, one: _Open, depth: int, unused: list[tuple[int, int]], reopening: int, end: int
) -> Quoted:
    """What an open mark that nothing of its family answered began.

    reopening: where the next of its family opens, or `end`, the end of the line.
    """
    closing = _first_between(unused, one.start, reopening)
    if closing is not None:
        return Quoted(one.start, closing[0], one.opening, closing[1], True, depth)  # noqa: FBT003
    if reopening < end:  # the sentence before it, if one ends there
        ends = max(text.rfind(f"{mark} ", one.start, reopening) for mark in ".!؟")
        end = ends + 1 if ends > 0 else reopening
    return Quoted(one.start, end, one.opening, end, False, depth)  # noqa: FBT003


def _drop(
    text: str,
    opened: list[_Open],
    found: list[Quoted],
    unused: list[tuple[int, int]],
    family: str,
    start: int,
) -> None:
    """Ends an open mark that was never answered, where another opens at `start`.

    Unless what begins there may be a name inside it: then neither is known to end.
    """
    for depth, one in enumerate(opened):
        if one.family == family and (
            _first_between(unused, one.start, start)
            or _SPEECH_OPENS.search(text, max(one.start, start - 3), start)
        ):
            found.append(_unanswered(text, one, depth, unused, start, start + 1))
    opened[:] = [one for one in opened if one.family != family]


def _end_line(
    text: str,
    opened: list[_Open],
    found: list[Quoted],
    line: int,
    unused: list[tuple[int, int]],
    end: int,
) -> None:
    """Ends what is open at `end`. line: the first of `found` in this line."""
    openings = [one.opening for one in found[line:]] + [one.opening for one in opened]
    for depth, one in enumerate(opened):
        behind = (
            opening
            for opening in openings
            if opening > one.opening
            and text[opening] == text[one.opening]
            and _SPEECH_OPENS.search(text, max(one.start, opening - 3), opening)
        )
        found.append(_unanswered(text, one, depth, unused, min(behind, default=end), end))
    opened.clear()
