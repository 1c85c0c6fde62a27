"""What each word of a query may have been meant as, before the index is asked.

Of a word that was typed: the word itself; words of the lexicon that are a mistake or two away and
about as likely (`warraq.text.misspellings`); what its keys write on another keyboard layout; what
near hits have in its place; itself and the next word without their space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from warraq.analysis.entities.gazetteer import shipped_gazetteer
from warraq.analysis.entities.words import BITS, Words
from warraq.search.pieces import Piece, pieces, readable
from warraq.text.forms import shipped_forms
from warraq.text.layouts import as_arabic, as_latin
from warraq.text.letters import LETTERS, UNSEEN
from warraq.text.lexicon import Lexicon, lexicon_key, shipped_lexicon
from warraq.text.misspellings import (
    A_MISTAKE,
    LONGEST_WORD,
    Meant,
    is_known,
    language_cost,
    mistakes_between,
    rivals,
)
from warraq.text.normalize import fold

MOST_DOUBTED = 4
"""Words of a query that have other readings than themselves, without those of another layout."""
_MOST_READINGS = 8  # of one word
_COMMON = 4.0  # a word that costs less is doubted only where little was found
_LITTLE_FOUND = 4.0  # how much dearer a reading may be then, for its neighbours can make up for it
_AS_GOOD = 1.5

_WRONG_LAYOUT, _SPACE_TOO_MANY = 1.0, 0.5
_LATIN_WORD, _LATIN_LETTER = 3.0, 1.2
# What is added to a word that was typed: a name, a form of a word in the dictionary, or a word of
# the lexicon that is neither, as misspellings are.
_A_NAME, _A_FORM, _NO_FORM = -1.5, -0.6, 1.0
_NAMES = sum(BITS[kind] for kind in ("first", "family", "wikiper", "wikiorg", "single"))
_AT_MOST_TOGETHER, _AT_LEAST_TOGETHER, _OF_TOGETHER = 3.0, -0.5, 0.7

_ARABIC_WORD = re.compile(f"[{LETTERS}{''.join(map(re.escape, sorted(UNSEEN)))}]+")
_CHUNK = re.compile(r'(?<!\S)"?(?P<keys>[^\s"]+)')
_LATIN = re.compile(r"[A-Za-z]")
_WORD_OF_LATIN = re.compile(r"(?=.*[aeiouy])[a-z]{3,}")


class Typed(NamedTuple):
    """A word of what was typed, [start, end) in code points, and its key in the lexicon."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words [first, last) may have been meant as, in the lexicon's spelling.

    is_typed: nothing is changed. from_layout: other letters on the same keys.
    """

    first: int
    last: int
    meant: Meant
    is_typed: bool = False
    from_layout: bool = False


def typed_words(typed: str) -> list[Typed]:
    """The words of a query that may be replaced, in order.

    Arabic words, and runs of Latin letters with the signs that share their keyboard. Not what
    operators and fields stand before: who types them knows the very word.
    """
    text, places = readable(typed)
    alone = [piece.span for piece in pieces(text) if _is_the_very_word(piece)]
    spans = [found.span() for found in _ARABIC_WORD.finditer(text)]
    spans += [
        chunk.span("keys")
        for chunk in _CHUNK.finditer(text)
        if is_latin(chunk["keys"]) and not _ARABIC_WORD.search(chunk["keys"])
    ]
    return [
        Typed(places[start], places[end - 1] + 1, key)
        for start, end in sorted(spans)
        if not any(first <= start < last for first, last in alone)
        and (key := lexicon_key(text[start:end]))
    ]


def _is_the_very_word(piece: Piece) -> bool:
    is_beside_words = piece.is_minus or piece.is_exact or piece.name is not None
    return is_beside_words or piece.prefix is not None


def is_latin(word: str) -> bool:
    return _LATIN.search(word) is not None


class Readings:
    """Finds readings. Safe to share between threads."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or shipped_lexicon()
        self._forms = shipped_forms()
        self._names = Words(lexicon=self._lexicon)
        self._places = shipped_gazetteer()

    def of(
        self, words: Sequence[Typed], near: Iterable[str] = (), *, little_found: bool = False
    ) -> list[Reading]:
        """The readings of `words`, each word as it was typed among them.

        near: words of articles that a near spelling found. little_found: readings are listed also
        where only the index can tell that they fit their neighbours better.
        """
        found = [self._as_typed(place, word) for place, word in enumerate(words)]
        near_keys = sorted({lexicon_key(word) for word in near})
        doubted = 0
        for typed in found[:]:
            others = self._others(words, typed, near_keys, little_found=little_found)
            if is_latin(typed.meant.text):  # all of them are read on the other layout, or none
                found += others
            elif others and doubted < MOST_DOUBTED:
                doubted += 1
                found += others
        return [*_without_half_of_a_layout(found, words), *self._joined(words)]

    def _as_typed(self, place: int, word: Typed) -> Reading:
        cost = self._own_cost(word.key) + self._standing(word.key)
        return Reading(place, place + 1, Meant(word.key, 0.0, cost), is_typed=True)

    def _others(
        self, words: Sequence[Typed], typed: Reading, near: Sequence[str], *, little_found: bool
    ) -> list[Reading]:
        """What else the word may have been meant as, if that may be about as likely."""
        place, key = typed.first, typed.meant.text
        if len(key) > LONGEST_WORD:
            return []
        if is_latin(key):
            found = list(self._on_arabic_layout(key))
        elif typed.meant.language < _COMMON and not little_found:
            return []
        else:
            patience = _LITTLE_FOUND if little_found and len(words) > 1 else _AS_GOOD
            found = [
                meant
                for meant in self._of_word(key, near)
                if meant.cost - self._gain(words, place, meant.text)
                < typed.meant.language + patience
            ]
        return [
            Reading(place, place + 1, meant, from_layout=is_latin(key) != is_latin(meant.text))
            for meant in found[:_MOST_READINGS]
        ]

    def together(self, before: str, behind: str) -> float:
        """How many powers of ten likelier `behind` is after `before`, by the lexicon, bounded."""
        found = self._lexicon.association(before.rsplit(" ", 1)[-1], behind.split(" ", 1)[0])
        return _OF_TOGETHER * min(_AT_MOST_TOGETHER, max(_AT_LEAST_TOGETHER, found))

    def _own_cost(self, key: str) -> float:
        if is_latin(key):
            return _LATIN_WORD + _LATIN_LETTER * len(key)
        return language_cost(self._lexicon, key)

    def _standing(self, key: str) -> float:
        """What is to be added to the cost of a word that was typed, for what else knows it."""
        if self._names.classes(fold(key)) & _NAMES or self._places.exact([key], peeled=False):
            return _A_NAME
        if key in self._forms:
            return _A_FORM
        return _NO_FORM if key in self._lexicon else 0.0

    def _on_arabic_layout(self, key: str) -> Iterator[Meant]:
        for arabic in dict.fromkeys(map(lexicon_key, as_arabic(key))):
            if is_known(self._lexicon, arabic):
                cost = language_cost(self._lexicon, arabic)
                yield Meant(arabic, A_MISTAKE + _WRONG_LAYOUT, cost)

    def _of_word(self, key: str, near: Iterable[str]) -> Iterator[Meant]:
        for other in near:
            cost = mistakes_between(key, other)
            if cost is not None:
                yield Meant(other, cost, language_cost(self._lexicon, other))
        if not is_known(self._lexicon, key):
            for latin in filter(_WORD_OF_LATIN.fullmatch, as_latin(key)):
                yield Meant(latin, A_MISTAKE + _WRONG_LAYOUT, self._own_cost(latin))
        yield from rivals(self._lexicon, key)

    def _gain(self, words: Sequence[Typed], place: int, meant: str) -> float:
        """How much better `meant` goes with its neighbours than the word that was typed."""
        gain = 0.0
        if place:
            before = words[place - 1].key
            gain += self.together(before, meant) - self.together(before, words[place].key)
        if place + 1 < len(words):
            behind = words[place + 1].key
            gain += self.together(meant, behind) - self.together(words[place].key, behind)
        return gain

    def _joined(self, words: Sequence[Typed]) -> Iterator[Reading]:
        """Two neighbours as one word, if that is the likelier."""
        for place, (left, right) in enumerate(pairwise(words)):
            key = left.key + right.key
            cost = self._lexicon.cost(key)
            if cost is None:
                continue
            apart = self._own_cost(left.key) + self._own_cost(right.key)
            meant = Meant(key, A_MISTAKE + _SPACE_TOO_MANY, cost)
            if meant.cost < apart - self._lexicon.association(left.key, right.key) + _AS_GOOD:
                yield Reading(place, place + 2, meant)


@cache
def shipped_readings() -> Readings:
    """Those of the shipped lexicon and lists, opened once in a process."""
    return Readings()


def _without_half_of_a_layout(
    readings: Sequence[Reading], words: Sequence[Typed]
) -> Iterator[Reading]:
    """Latin words are all read on the Arabic layout, or none is."""
    latin = {place for place, word in enumerate(words) if is_latin(word.key)}
    read = {reading.first for reading in readings if reading.from_layout}
    for reading in readings:
        if not reading.from_layout or reading.first not in latin or latin <= read:
            yield reading
