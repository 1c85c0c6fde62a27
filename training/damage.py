"""Spaces taken out of a text at random, as scrapers lose them; where they were is remembered."""

from __future__ import annotations

import random
import re
from collections import defaultdict

from warraq.text.letters import LETTERS, MARKS_CLASS

_BESIDE = LETTERS + MARKS_CLASS
_WORD = re.compile(f"[{_BESIDE}]+")
_WORD_BEFORE = re.compile(f"[{_BESIDE}]+$")
_LONGEST = 30
_SPACE_BETWEEN_WORDS = re.compile(f"(?<=[{_BESIDE}]) (?=[{LETTERS}])")


def without_spaces(
    text: str, share: float, chance: random.Random, *, pairs: int = 0
) -> tuple[str, list[int]]:
    """`text` without `share` (0 to 1) of the spaces between Arabic words.

    pairs: of so many pairs of words that recur in the text every space goes, for some scrapers
    lose the same space each time. Returns the damaged text and the offsets in it where a space is
    missing, sorted.
    """
    always = _of_recurring_pairs(text, pairs, chance) if pairs else frozenset()
    pieces: list[str] = []
    lost: list[int] = []
    read = length = 0
    for space in _SPACE_BETWEEN_WORDS.finditer(text):
        if space.start() in always or chance.random() < share:
            pieces.append(text[read : space.start()])
            length += space.start() - read
            lost.append(length)
            read = space.end()
    pieces.append(text[read:])
    return "".join(pieces), lost


def _of_recurring_pairs(text: str, number: int, chance: random.Random) -> frozenset[int]:
    """The offsets of all spaces in `number` pairs of neighbours that recur."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for space in _SPACE_BETWEEN_WORDS.finditer(text):
        left = _WORD_BEFORE.search(text, max(0, space.start() - _LONGEST), space.start())
        right = _WORD.match(text, space.end())
        if left and right:
            found[f"{left.group()} {right.group()}"].append(space.start())
    recurring = [places for places in found.values() if len(places) > 1]
    chosen = chance.sample(recurring, min(number, len(recurring)))
    return frozenset(place for places in chosen for place in places)
