"""Cardinal numbers, in digits, in words and in both: مليون و200 ألف وخمسة وعشرون ونصف.

number = term { and smaller-term } [ and fraction ]
"""

from __future__ import annotations

from typing import NamedTuple

from warraq.analysis.numbers.digits import Digits
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.terms import Term, behind_and, term_at
from warraq.analysis.numbers.words import NumberWord


class Number(NamedTuple):
    """A number at the tokens [first, last), at the code points [start, end)."""

    first: int
    last: int
    start: int
    end: int
    value: float
    scale: float
    digits: Digits | None
    word: NumberWord | None
    roles: frozenset[str]

    @property
    def stuck(self) -> str:
        """Letters that ran into its digits: كم of 20كم."""
        return self.digits.behind if self.digits and self.last == self.first + 1 else ""


def number_at(phrase: Phrase, place: int) -> Number | None:
    """The longest number that begins at `place`."""
    term = term_at(phrase, place)
    if term is None:
        return None
    value, last, scale, digits, roles = term
    while (more := _more(phrase, last, scale, definite=_definite(phrase, place))) is not None:
        value += more.value
        last, scale = more.last, more.scale
        roles |= more.roles
    word = None if digits else phrase.word(place)
    token = phrase.tokens[last - 1]
    if digits:
        start = phrase.tokens[place].start + digits.start
    else:
        start = phrase.behind_clitics(place, _clitics(phrase, place, word))
    end = token.end
    written = phrase.digits(last - 1)
    if written:
        end = token.start + written.end
    return Number(place, last, start, end, value, scale, digits, word, roles)


def _clitics(phrase: Phrase, place: int, word: NumberWord | None) -> int:
    """How many letters stand before the number: و of وأحد عشر (and eleven), which is no واحد."""
    behind = phrase.word(place + 1) if phrase.follows(place + 1) else None
    if phrase.key(place) == "واحد" and behind and behind.role == "ten":
        return 1
    return word.clitics if word else 0


def _definite(phrase: Phrase, place: int) -> bool:
    word = phrase.word(place)
    return bool(word and word.definite)


def _more(phrase: Phrase, place: int, scale: float, *, definite: bool) -> Term | None:
    """What is added behind a number whose last scale is `scale`: and 200 thousand, and a half."""
    at = behind_and(phrase, place)
    if at is None:
        return None
    word = phrase.word(at)
    if word and word.role == "fraction":
        return _fraction_more(phrase, at, scale, word)
    if scale == 1 or (word and word.definite and not definite):
        return None
    term = term_at(phrase, at)
    if term is None or term.value >= scale or (term.digits and term.digits.fraction):
        return None
    return term


def _fraction_more(phrase: Phrase, at: int, scale: float, word: NumberWord) -> Term | None:
    """مليون ونصف, مليونين ونصف المليون: the half is of the last scale."""
    if word.definite:  # الثالثة والنصف is half past three
        return None
    scaled = phrase.word(at + 1) if phrase.follows(at + 1) else None
    if scaled and scaled.role == "scale" and not scaled.clitics:
        if scaled.value != scale:
            return None
        return Term(word.value * scale, at + 2, 1, roles=frozenset({"fraction"}))
    return Term(word.value * scale, at + 1, 1, roles=frozenset({"fraction"}))
