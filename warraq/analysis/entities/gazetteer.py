"""The gazetteer: names of places in Arabic spellings, and the places that each may mean.

Made by `python -m training.make_places`; its folder's README says what it holds, from which
sources and under which licence. Everything is memory-mapped: the processes of a pool share it.
"""

from __future__ import annotations

import math
import mmap
import struct
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from warraq.text.lexicon import lexicon_key, shipped_lexicon

FOLDER = Path(__file__).parents[2] / "data" / "places"

KINDS = (
    "continent", "area", "country", "region", "city", "district", "site", "mountain", "water",
    "island",
)  # fmt: skip
"""What a place is; `area`: a part of the world, of no one country."""

ARAB = frozenset(
    {
        "AE", "BH", "DJ", "DZ", "EG", "EH", "IQ", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM",
        "PS", "QA", "SA", "SD", "SO", "SY", "TN", "YE",
    }
)  # fmt: skip
"""Countries whose people read Arabic."""

PLACE = struct.Struct("<IBB2sffI")  # where its name is and how long, kind, country, …
LINKS = struct.Struct("<IBB")  # of a name: where its places begin, how many, its prior
NUMBER = struct.Struct("<I")
CERTAIN = 255
LONGEST = 6  # words of a name

_ARTICLE = "ال"
# Letters that are written onto a name; before the article after ل the alef falls: للرياض.
_BEFORE = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
_TO_THE = ("لل", "ولل", "فلل")
_FEWEST_LETTERS = 3  # of a word behind a clitic
# A word with a clitic is rarer than without it, by more than these powers of ten; else the letters
# belong to it, as in بلاتر (Blatter; not "in Latur").
_RARER = 0.15
# وجدة is "and Jeddah" rather than Oujda, because that is so much larger, unless a preposition or a
# kind word before it leaves no room for "and".
_LARGER = 5
_NO_AND_BEHIND = frozenset(
    map(
        lexicon_key,
        ("في", "من", "إلى", "نحو", "قرب", "مدينة", "محافظة", "جنوب", "شمال", "شرق", "غرب"),
    )
)


class Place(NamedTuple):
    """A place.

    name: canonical. kind: one of `KINDS`. country: ISO 3166-1 alpha-2, None for what lies in none
    or several. latitude, longitude: degrees, None if unknown. population: 0 if unknown.
    """

    name: str
    kind: str
    country: str | None
    latitude: float | None
    longitude: float | None
    population: int


class PlaceMatch(NamedTuple):
    """A name in a text: tokens [first, last).

    proclitics: letters of the first token's key that are no part of the name (وبطرابلس: 2).
    places: what may be meant, likeliest first. prior: 0 to 1, how likely these words mean a place
    wherever they stand.
    """

    first: int
    last: int
    proclitics: int
    places: tuple[Place, ...]
    prior: float


class Gazetteer:
    """Keys are words as `warraq.text.lexicon.lexicon_key` makes them.

    Raises OSError if `folder` holds no gazetteer.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._names = _trie(marisa_trie.Trie(), folder / "names.marisa")
        self._first_words = _trie(marisa_trie.Trie(), folder / "first-words.marisa")
        self._nationalities = _trie(marisa_trie.BytesTrie(), folder / "nationalities.marisa")
        self._links = _bytes(folder / "names.links")
        self._meant = _bytes(folder / "names.places")
        self._places = _bytes(folder / "places.records")
        self._texts = _bytes(folder / "places.names")
        # Bounded: what most words of a language are asked for again and again.
        self._starts = lru_cache(1 << 17)(self._starts_of)
        self._named = lru_cache(1 << 14)(self._named_by)
        self.nationality = lru_cache(1 << 16)(self._nationality_of)
        """Of an adjective or a people's name (سعودي, الأميركية): its country's code, or None."""

    def matches(self, keys: Sequence[str]) -> list[PlaceMatch]:
        """All names among `keys`, longest first from the left, none inside another; also names
        that hardly ever mean a place: see `PlaceMatch.prior`."""
        found = []
        starts, behind = self._starts, 0
        for first, key in enumerate(keys):
            if first >= behind and starts(key):
                match = self.lookup(keys, first)
                if match is not None:
                    found.append(match)
                    behind = match.last
        return found

    def names(self) -> list[str]:
        """All names that it knows, as keys of words, in order."""
        return [name.rstrip() for name in self._names]

    def lookup(self, keys: Sequence[str], first: int) -> PlaceMatch | None:
        """The longest name that starts at token `first`; of two the one with less peeled off,
        unless the other is a much larger place."""
        best: PlaceMatch | None = None
        and_before = not first or keys[first - 1] not in _NO_AND_BEHIND
        for proclitics, word in self._starts(keys[first]):
            rest = keys[first + 1 : first + LONGEST]
            prefixes = self._names.prefixes(" ".join((word, *rest, "")))
            if prefixes:
                name = max(prefixes, key=len)
                last = first + name.count(" ")
                match = PlaceMatch(first, last, proclitics, *self._named(name))
                if (
                    best is None
                    or last > best.last
                    or (last == best.last and and_before and _larger(match, best))
                ):
                    best = match
        return best

    def exact(self, keys: Sequence[str], *, peeled: bool) -> PlaceMatch | None:
        """What all of `keys` together name; peeled: whether letters are to be left off the first,
        which decides between وجدة (Oujda) and و+جدة (and Jeddah)."""
        found = [
            PlaceMatch(0, len(keys), proclitics, *self._named(name))
            for proclitics, word in self._starts(keys[0])
            if (name := " ".join((word, *keys[1:], ""))) in self._names
        ]
        return min(found, key=lambda match: (match.proclitics > 0) != peeled, default=None)

    def _starts_of(self, key: str) -> tuple[tuple[int, str], ...]:
        """How `key` may start a name: letters to peel off, and the name's first word."""
        return tuple(
            (proclitics, word)
            for proclitics, word in peeled(key)
            if word in self._first_words and not (proclitics and _is_whole(key, word))
        )

    def _named_by(self, name: str) -> tuple[tuple[Place, ...], float]:
        number = self._names[name]
        start, count, prior = LINKS.unpack_from(self._links, number * LINKS.size)
        numbers = (
            NUMBER.unpack_from(self._meant, (start + i) * NUMBER.size)[0] for i in range(count)
        )
        return tuple(map(self._place, numbers)), prior / CERTAIN

    def _place(self, number: int) -> Place:
        start, length, kind, code, latitude, longitude, population = PLACE.unpack_from(
            self._places, number * PLACE.size
        )
        known = not math.isnan(latitude)
        return Place(
            self._texts[start : start + length].decode(),
            KINDS[kind],
            code.decode().strip() or None,
            round(latitude, 4) if known else None,
            round(longitude, 4) if known else None,
            population,
        )

    def _nationality_of(self, key: str) -> str | None:
        for _, word in peeled(key):
            found = self._nationalities.get(word)
            if found:
                return str(found[0], "ascii")
        return None


@cache
def shipped_gazetteer() -> Gazetteer:
    """The one in `FOLDER`, opened once in a process."""
    return Gazetteer()


def _larger(match: PlaceMatch, other: PlaceMatch) -> bool:
    return match.prior >= other.prior and (
        match.places[0].population > _LARGER * max(1, other.places[0].population)
    )


def _is_whole(key: str, word: str) -> bool:
    """Whether `key` is too common to be a clitic and `word`."""
    whole = shipped_lexicon().cost(key)
    if whole is None:
        return False
    bare = shipped_lexicon().cost(word)
    return bare is None or whole < bare + _RARER


def peeled(key: str) -> Iterator[tuple[int, str]]:
    """`key` itself, then what is left without letters that may be written onto a name."""
    yield 0, key
    for letters in _TO_THE:
        if key.startswith(letters) and len(key) >= len(letters) + _FEWEST_LETTERS:
            # The article's ل stays in the span, as readers mark it: للرياض → لرياض.
            yield len(letters) - 1, _ARTICLE + key[len(letters) :]
    for letters in _BEFORE:
        if key.startswith(letters) and len(key) >= len(letters) + _FEWEST_LETTERS:
            yield len(letters), key[len(letters) :]


def _trie(trie: marisa_trie.Trie, file: Path) -> marisa_trie.Trie:
    if not file.is_file():  # marisa would raise a RuntimeError that does not say what of
        raise FileNotFoundError(f"there is no {file}")
    return trie.mmap(str(file))


def _bytes(file: Path) -> mmap.mmap:
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
