"""Tokens and sentences of a text, with exact offsets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from warraq.text.letters import INVISIBLE, JOINERS, MARKS, PART_MARK, TATWEEL
from warraq.text.lexicon import lexicon_key

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


class Token(NamedTuple):
    """A word or number in a text: [start, end) in code points, and how it is looked up.

    form: as it stands, with its vowel signs. key: `warraq.text.lexicon.lexicon_key` of it.
    """

    start: int
    end: int
    form: str
    key: str


_key = lru_cache(1 << 16)(lexicon_key)  # most words of an article were in the one before


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order; vowel signs belong to their word, `PART_MARK` parts words."""
    return [
        Token(match.start(), match.end(), form := match.group(), _key(form))
        for match in _WORD.finditer(text)
    ]


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
