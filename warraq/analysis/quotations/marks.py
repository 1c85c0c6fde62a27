"""What stands between quotation marks, also where some are missing or the wrong way round."""

from __future__ import annotations

import re
from typing import NamedTuple

_MARK = re.compile("[«»\"“”„‟‘’'\n]")
_FAMILY = {
    "«": "«", "»": "«", '"': '"', "“": '"', "”": '"', "„": '"', "‟": '"',
    "‘": "'", "’": "'", "'": "'",
}  # fmt: skip
_OPENING, _CLOSING = frozenset("«“„‘"), frozenset("»”’")
_BEFORE_OPENING = frozenset(' \t\n\u00a0([{:،؛,;-–—/«"“')
_BEHIND_CLOSING = frozenset(' \t\n\u00a0)]}:،؛,;.!?؟…-–—/»"”')
_DEEPEST = 8


class Quoted(NamedTuple):
    """[start, end) of the text between two marks, without them.

    opening: where the opening mark begins. behind: the first character behind the closing one.
    closed: whether there is one; else the line ends it. depth: of how many others it is inside.
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
    """What stands between marks in `text`, by its start. Marks that nothing answers end a line."""
    found: list[Quoted] = []
    opened: list[_Open] = []
    for mark in _MARK.finditer(text):
        sign, start = mark.group(), mark.start()
        end = mark.end() + (sign == "'" and text[start + 1 : start + 2] == "'")  # two are one
        if sign == "\n":
            _end_line(opened, found, start)
            continue
        family = _FAMILY[sign]
        inside = [one.family for one in opened]
        before = text[start - 1] if start else " "
        behind = text[end : end + 1] or " "
        if sign == "'" and end == mark.end() and _is_apostrophe(before, behind):
            continue
        if family in inside and not _opens(sign, before, behind):
            while opened[-1].family != family:  # inner marks that nothing answered
                opened.pop()
            one = opened.pop()
            found.append(Quoted(one.start, start, one.opening, end, True, len(opened)))  # noqa: FBT003
        elif len(opened) < _DEEPEST and (before == ":" or not behind.isspace()):
            if sign in _CLOSING and before not in _BEFORE_OPENING:
                continue  # closes what was never opened
            if sign not in _OPENING and family in inside:
                _drop(opened, family)
            opened.append(_Open(family, start, end))
    _end_line(opened, found, len(text))
    found.sort()
    return found


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


def _drop(opened: list[_Open], family: str) -> None:
    """Forgets an open mark that was never answered, where another opens."""
    opened[:] = [one for one in opened if one.family != family]


def _end_line(opened: list[_Open], found: list[Quoted], end: int) -> None:
    found.extend(
        Quoted(one.start, end, one.opening, end, False, depth)  # noqa: FBT003
        for depth, one in enumerate(opened)
    )
    opened.clear()
