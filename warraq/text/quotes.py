"""Guillemets that stand the wrong way round: «ورشفانة» و»العزيزية« → «ورشفانة» و«العزيزية».

A guillemet is turned only where that brings its whole line into order: opening and closing ones
then take turns, and none stands where it cannot, such as an opening one behind a word and before a
space. A line whose quotation began above it or goes on below has no such order: it stays as it
came. So do straight quotation marks, which have no direction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from warraq.text.edits import Edit
from warraq.text.letters import LETTERS

_GUILLEMETS = "«»"
_MARKS = "«»“”"
_IN_SEQUENCE = re.compile("[«»\n]")
_IN_ORDER = re.compile("(?:«»|\n)*+")
_LINE = re.compile("[^\n]+")
_MARK = re.compile("[«»]")
_ARABIC = re.compile(f"[{LETTERS}]")  # German and Danish turn theirs »so«
_MARK_OR_CURLY = re.compile(f"[{_MARKS}]")

_BEFORE_OPENING = frozenset("([{:،؛,;-–—/")
_BEHIND_CLOSING = frozenset(")]}:،؛,;.!?؟…-–—/")
# Prefixes between a space and a quotation: و«العزيزية», لـ«الرياض», ال«بي بي سي».
_PREFIX = re.compile(r"(?<!\w)(?:[وف]?(?:[بكل]?ال|لل|[بكل])|[وف])ـ?\Z")
_FAR = 8  # the longest prefix, and the character before it


def quotation_marks(text: str) -> Iterator[Edit]:
    """Edits that turn guillemets, or give a guillemet's partner its shape («نعم” → «نعم»)."""
    if "«" not in text and "»" not in text:
        return
    if _IN_ORDER.fullmatch("".join(_IN_SEQUENCE.findall(text))):
        return
    for line in _LINE.finditer(text):
        in_order = _IN_ORDER.fullmatch("".join(_MARK.findall(line.group())))
        if not in_order and _ARABIC.search(line.group()):
            yield from _in_line(text, line.start(), line.end())


def _in_line(text: str, start: int, end: int) -> Iterator[Edit]:
    for pattern in (_MARK, _MARK_OR_CURLY):
        places = [mark.start() for mark in pattern.finditer(text, start, end)]
        sides = [_side(text, place, start, end) for place in places]
        pairs = list(zip(places[::2], places[1::2], sides[::2], sides[1::2], strict=False))
        if len(places) % 2 == 0 and all(_can_be_turned(text, *pair) for pair in pairs):
            yield from _edits(text, [pair[:2] for pair in pairs])
            return


def _can_be_turned(text: str, first: int, second: int, *sides: str | None) -> bool:
    """Whether two marks can be a pair as they stand. If one has to be changed for it, the place
    of one of them must be certain; if one is curly, of both.
    """
    if sides[0] == "»" or sides[1] == "«":
        return False
    shapes = text[first] + text[second]
    if shapes == _GUILLEMETS or not _MARK.search(shapes):
        return True
    return any(sides) if len(_MARK.findall(shapes)) == 2 else all(sides)


def _edits(text: str, pairs: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    for pair in pairs:
        if not _MARK.search(text[pair[0]] + text[pair[1]]):
            continue  # curly ones point either way in Arabic print
        for place, meant in zip(pair, _GUILLEMETS, strict=True):
            if text[place] != meant:
                yield Edit(
                    "quotation-mark", place, place + 1, text[place], meant,
                    confidence=0.98, reason="turned, it brings its line into order",
                )  # fmt: skip


def _side(text: str, place: int, start: int, end: int) -> str | None:
    """« or » where only that one can stand at `place` of the line [start, end), else None.

    Other marks right beside it are looked through, so that ««نعم»» opens twice and closes twice.
    """
    left = f" {text[max(start, place - _FAR) : place]}".rstrip(_MARKS)
    right = f"{text[place + 1 : min(end, place + _FAR)]} ".lstrip(_MARKS)
    before, behind = left[-1:] or " ", right[:1] or " "
    may_open = not behind.isspace() and behind not in _BEHIND_CLOSING
    may_close = not before.isspace() and (behind.isspace() or behind in _BEHIND_CLOSING)
    if may_open and (before.isspace() or before in _BEFORE_OPENING or _PREFIX.search(left)):
        return "«"
    return "»" if may_close and before not in "([{" else None
