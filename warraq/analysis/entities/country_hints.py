"""What in a text speaks for a country: its name, its places, its adjectives («الأميركية»)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from warraq.analysis.entities.gazetteer import Place, PlaceMatch, shipped_gazetteer
from warraq.text.lexicon import lexicon_key
from warraq.text.tokens import Token

PLAIN = 0.4
"""The prior from which a name that nobody asked about counts as a place."""

_gazetteer = shipped_gazetteer()
_KINGDOM = lexicon_key("المملكة")  # alone, in the press of Saudi Arabia, its own
_OTHER_KINGDOMS = frozenset(
    map(lexicon_key, ("المتحدة", "الأردنية", "المغربية", "البحرينية", "الهاشمية"))
)
_HOLY_MOSQUES = lexicon_key("الحرمين")  # of the king's title, خادم الحرمين الشريفين

_NEAR = 8  # tokens: as far as a hint counts as near a name
_DOMINATES = 0.6  # share of all hints that makes a country the article's own …
_FEWEST = 1.5  # … and how much of them there must be


class Hint(NamedTuple):
    """A word at token `place` of a field that speaks for a country.

    weight: how much, in an article's sum. joined: whether it has «and» before it. name: the places
    that it may mean; None of an adjective.
    """

    place: int
    country: str
    weight: float
    joined: bool
    name: tuple[Place, ...] | None = None


class Hints:
    """The hints of an article, field by field in the order of the text.

    asked: of each field the first tokens of names that are known to be places.
    """

    def __init__(
        self,
        fields: Iterable[Sequence[Token]],
        matches: Iterable[Sequence[PlaceMatch]],
        asked: Iterable[AbstractSet[int]],
    ) -> None:
        self._fields = [_hints(*each) for each in zip(fields, matches, asked, strict=True)]
        self._places = [[hint.place for hint in hints] for hints in self._fields]
        self.votes: defaultdict[str, float] = defaultdict(float)
        self._by_name: defaultdict[tuple[Place, ...] | None, float] = defaultdict(float)
        for hints in self._fields:
            for hint in hints:
                self.votes[hint.country] += hint.weight
                self._by_name[hint.name] += hint.weight
        self.own_country = self._dominating()

    def _dominating(self) -> str | None:
        """The country that the article is about, if that is plain."""
        if not self.votes:
            return None
        country = max(self.votes, key=lambda code: self.votes[code])
        weight = self.votes[country]
        plain = weight >= _FEWEST and weight >= _DOMINATES * sum(self.votes.values())
        return country if plain else None

    def near(self, field: int, first: int, last: int) -> list[Hint]:
        """Those within a few words of tokens [first, last) of a field, but none inside."""
        places = self._places[field]
        start, end = bisect_left(places, first - _NEAR), bisect_left(places, last + _NEAR)
        return [hint for hint in self._fields[field][start:end] if not first <= hint.place < last]

    def besides(self, country: str | None, name: tuple[Place, ...]) -> float:
        """What speaks for `country`, `name` itself not counted."""
        own = self._by_name.get(name, 0.0) if country == name[0].country else 0.0
        return max(0.0, self.votes.get(country or "", 0.0) - own)


def _is_nothing_beside(place: Place, other: Place) -> bool:
    """Lebanon in Tennessee makes nobody doubt of which country is spoken."""
    few = other.kind == "city" and other.population * 10 < place.population
    return few or other.country == place.country


def _hints(
    tokens: Sequence[Token], matches: Sequence[PlaceMatch], asked: AbstractSet[int]
) -> list[Hint]:
    hints: list[Hint] = []
    inside: set[int] = set()
    for match in matches:
        inside.update(range(match.first, match.last))
        place = match.places[0]
        if place.country and (match.prior >= PLAIN or match.first in asked):
            joined = match.proclitics > 0 and tokens[match.first].key.startswith("و")
            weight = match.prior * (2.0 if place.kind == "country" else 1.0)
            if all(_is_nothing_beside(place, other) for other in match.places):
                hints.append(Hint(match.first, place.country, weight, joined, match.places))
    nationality = _gazetteer.nationality
    for number, token in enumerate(tokens):
        key = token.key
        if key == _HOLY_MOSQUES:
            hints.append(Hint(number, "SA", 1.0, joined=True))
        if number in inside:
            continue
        country = nationality(key)
        if country:
            hints.append(Hint(number, country, 1.0, joined=key.startswith("و")))
        elif key.endswith(_KINGDOM) and len(key) <= len(_KINGDOM) + 1:
            behind = tokens[number + 1].key if number + 1 < len(tokens) else ""
            if behind not in _OTHER_KINGDOMS:
                hints.append(Hint(number, "SA", 0.5, joined=True))
    return sorted(hints, key=lambda hint: hint.place)
