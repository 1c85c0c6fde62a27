"""Tokens and sentences of a text, with exact offsets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from warraq.text.letters import LETTERS, MARKS_CLASS, PART_MARK, UNSEEN
from warraq.text.lexicon import lexicon_key

_INSIDE = r"\w" + "".join(map(re.escape, sorted(UNSEEN - {PART_MARK})))
# Decimal points hold digits together (4.5), points and apostrophes Latin letters (U.N., don't).
# Between Arabic letters a point is a full stop whose space was lost.
_WORD = re.compile(
    rf"\w[{_INSIDE}]*(?:(?:(?<=\d)[.,٫٬](?=\d)|(?<=[A-Za-z])[.'’](?=[A-Za-z]))[{_INSIDE}]+)*"
)
# Tried once a run of marks, from its start: else a line of dots costs the square of its length.
# A full stop right between Arabic words of three letters has lost its space; shorter ones may spell
# a name by its letters (بي.بي.سي BBC).
_SENTENCE_END = re.compile(
    r"(?<![.!?؟…])[.!?؟…]++[\"'»”’)\]]*+(?=\s)"
    rf"|(?<=[{LETTERS}{MARKS_CLASS}]{{3}})[.!?؟…](?=[{LETTERS}][{LETTERS}{MARKS_CLASS}]{{2}})"
    r"|[\n\r\u2028\u2029]"
)
_LONGEST_ABBREVIATION = 12
_BEFORE_POINT = re.compile(rf"[^\s\"'«»“”‘’()\[\]،؛:]{{1,{_LONGEST_ABBREVIATION}}}$")
# One letter (د. Dr., ص. p., J.), letters with points between (ص.ب PO box, U.N, a.m), and titles.
_ABBREVIATION = re.compile(
    rf"(?:و[دمأ]|[{LETTERS}]ـ?|[A-Za-z])(?:\.(?:[{LETTERS}]ـ?|[A-Za-z]))*"
    r"|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|Gen|Col|Lt|Sgt|Rev|Hon|vs|No|Vol"
)
_ERA = re.compile(r"\d\s?(?:هـ?|م)$")  # of the Hijra or of Christ, behind the number of a year
_NUMBER = re.compile(r"\d{1,3}")


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

    They end at . ! ? ؟ … before white space, with the quotation marks and brackets that close
    there, and at line ends, so a heading is one of its own. A point ends none behind an
    abbreviation or initial (د. أحمد, Dr. Ahmad) or behind the number that a line begins with (1.);
    but behind the era of a year (1436هـ.) it does. Between two Arabic words a point whose space
    was lost ends one.
    """
    found: list[Span] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if match[0][0] == "." and _goes_on(text, start, match.start(), match.end()):
            continue
        _add_sentence(found, text, start, match.end())
        start = match.end()
    _add_sentence(found, text, start, len(text))
    return found


def _add_sentence(found: list[Span], text: str, start: int, end: int) -> None:
    sentence = text[start:end]
    if stripped := sentence.strip():
        first = start + len(sentence) - len(sentence.lstrip())
        found.append(Span(first, first + len(stripped)))


def _goes_on(text: str, start: int, point: int, end: int) -> bool:
    """Whether the point at `point` belongs to the word before it, in the sentence from `start`.

    end: behind the point and the marks that follow it.
    """
    if end > point + 1 or text[end : end + 1] in "\n\r\u2028\u2029":
        return False
    before = text[max(start, point - _LONGEST_ABBREVIATION - 1) : point]
    word = _BEFORE_POINT.search(before)
    if word is None:
        return False
    if _NUMBER.fullmatch(word[0]):
        return not text[start:point].strip().removesuffix(word[0])
    return bool(_ABBREVIATION.fullmatch(word[0])) and not _ERA.search(before)
