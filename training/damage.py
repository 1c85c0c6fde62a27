"""Spaces taken out of a text at random, as scrapers lose them; where they were is remembered."""

from __future__ import annotations

import random
import re

from warraq.text.letters import LETTERS, MARKS_CLASS

_BESIDE = LETTERS + MARKS_CLASS
_SPACE_BETWEEN_WORDS = re.compile(f"(?<=[{_BESIDE}]) (?=[{LETTERS}])")


def without_spaces(text: str, share: float, chance: random.Random) -> tuple[str, list[int]]:
    """`text` without `share` (0 to 1) of the spaces between Arabic words.

    Returns the damaged text and the offsets in it where a space is missing, sorted.
    """
    pieces: list[str] = []
    lost: list[int] = []
    read = length = 0
    for space in _SPACE_BETWEEN_WORDS.finditer(text):
        if chance.random() < share:
            pieces.append(text[read : space.start()])
            length += space.start() - read
            lost.append(length)
            read = space.end()
    pieces.append(text[read:])
    return "".join(pieces), lost
