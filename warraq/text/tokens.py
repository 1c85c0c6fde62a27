"""Words and sentences of a text, with exact offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

from warraq.text.letters import INVISIBLE, JOINERS, MARKS, PART_MARK, TATWEEL

_HIDDEN = (MARKS | INVISIBLE | JOINERS | {TATWEEL}) - {PART_MARK}  # what a word may hold unseen
_INSIDE = r"\w" + "".join(map(re.escape, sorted(_HIDDEN)))
# Decimal points hold digits together (4.5), points and apostrophes Latin letters (U.N., don't).
# Between Arabic letters a point is a full stop whose space was lost.
_WORD = re.compile(
    rf"\w[{_INSIDE}]*(?:(?:(?<=\d)[.,٫٬](?=\d)|(?<=[A-Za-z])[.'’](?=[A-Za-z]))[{_INSIDE}]+)*"
)
# Tried once a run of marks, from its start: else a line of dots costs the square of its length.
_SENTENCE_END = re.compile(r"(?<![.!?؟…])[.!?؟…]++[\"'»”’)\]]*+(?=\s)|\n")


class Span(NamedTuple):
    """[start, end) in code points."""

    start: int
    end: int


def words(text: str) -> list[Span]:
    """The words of `text` in order; a word's vowel signs belong to it, `PART_MARK` parts words."""
    return [Span(*match.span()) for match in _WORD.finditer(text)]


def sentences(text: str) -> list[Span]:
    """The sentences of `text` in order, without the white space around them.

    They end at . ! ? ؟ … before white space, and at line ends, so a heading is one of its own.
    """
    found: list[Span] = []
    start = 0
    for end in (*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)):
        sentence = text[start:end]
        stripped = sentence.strip()
        if stripped:
            first = start + len(sentence) - len(sentence.lstrip())
            found.append(Span(first, first + len(stripped)))
        start = end
    return found
