"""Which place a name means: طرابلس of Libya or of Lebanon, from what else the article names.

One sense an article: what speaks for a country anywhere in it (countries, nationalities, places
that lie in one country alone) is weighed against how many people live there, and what stands right
beside the name counts most («باريس، تكساس»: Paris, Texas). A name that no gazetteer has, as of a
quarter or a street, lies where its own words say (مطار طرابلس), else in the place named beside it,
else in the country that the article is about, if that is plain.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from warraq.analysis.entities.gazetteer import ARAB, Place, PlaceMatch, shipped_gazetteer
from warraq.annotations import TextField
from warraq.text.letters import INVISIBLE, MARKS, TATWEEL
from warraq.text.lexicon import lexicon_key
from warraq.text.tokens import Token


class PlaceMention(NamedTuple):
    """A place in a text. field: index into the fields. Tokens [first, last); code points
    [start, end) of the field's text, without clitics."""

    field: int
    first: int
    last: int
    start: int
    end: int


class ResolvedPlace(NamedTuple):
    """What a mention means.

    name: canonical in the gazetteer, else the words as they stand. country: ISO 3166-1 alpha-2 or
    None. coordinates: degrees of latitude and longitude, or None. kind: `Place.kind`, None if no
    gazetteer knows the name.
    """

    name: str
    country: str | None
    coordinates: tuple[float, float] | None
    kind: str | None


class _Hint(NamedTuple):
    """A word at token `place` of a field that speaks for a country.

    name: the places that it may mean; none of an adjective. joined: whether it has «and» before it.
    """

    place: int
    country: str
    weight: float
    joined: bool
    name: tuple[Place, ...] | None = None


_gazetteer = shipped_gazetteer()
_UNSEEN = str.maketrans(dict.fromkeys(MARKS | INVISIBLE | {TATWEEL}))


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(lexicon_key, words.split()))


# What a kind word before a name says about the place.
_OF_CITIES = _keys("مدينة المدينة العاصمة عاصمة بلدة قرية ضاحية مدينتي")
_OF_REGIONS = _keys("محافظة منطقة ولاية إقليم مقاطعة إمارة محافظات")
_OF_COUNTRIES = _keys("دولة جمهورية سلطنة مملكة حكومة رئيس سفير سفارة")
# Named after whatever: in شارع فلسطين (Palestine Street) the name says nothing about where it is.
_NAMED_AFTER = _keys(
    "شارع الشارع طريق حي ميدان ساحة دوار جادة مسجد جامع قاعة برج فندق مدرسة كورنيش"
)
_KINGDOM = lexicon_key("المملكة")  # alone, in the press of Saudi Arabia, its own
_HOLY_MOSQUES = lexicon_key("الحرمين")  # of the king's title, خادم الحرمين الشريفين
_OTHER_KINGDOMS = _keys("المتحدة الأردنية المغربية البحرينية الهاشمية")
_BESIDE = _keys("في ب من")

_PLAIN = 0.3  # the prior from which a name that nobody asked about counts as a place
_NEAR = 8  # tokens: as far as a hint counts as beside the name
_UNNOTED = 100_000  # people: smaller places need the article's support
_DOMINATES = 0.6  # share of all hints that makes a country the article's own …
_FEWEST_HINTS = 1.5  # … and how much of them there must be
_IN_SIGHT = 0.6  # what a hint adds to a score, by how it stands to the name
_OF_WHAT_HOLDS_IT = 4.0
_OF_ADJECTIVES = 4.0
_ENOUGH = 6.0  # hints: more say no more
_OF_THE_LIKELIEST = 1.0
_ABROAD = -1.0  # Moscow, Idaho: a small namesake that Arabs hardly write about


def resolve_places(
    fields: Sequence[TextField],
    mentions: Sequence[PlaceMention],
    matches: Sequence[list[PlaceMatch]] | None = None,
) -> list[ResolvedPlace]:
    """One place for each of `mentions`, in order.

    matches: what `Gazetteer.matches` found in each field, if that is known already.
    """
    if not mentions:
        return []
    if matches is None:
        matches = [_gazetteer.matches([token.key for token in field.tokens]) for field in fields]
    return _Article(fields, mentions, matches).resolved()


class _Article:
    """What an article says about countries, and its names resolved by that."""

    def __init__(
        self,
        fields: Sequence[TextField],
        mentions: Sequence[PlaceMention],
        matches: Sequence[list[PlaceMatch]],
    ) -> None:
        self._fields = fields
        self._mentions = mentions
        found = [_match(fields[one.field].tokens, one) for one in mentions]
        self._matches = found
        asked = {(one.field, one.first) for one in mentions}
        self._hints = [
            _hints(field.tokens, known, asked, number)
            for number, (field, known) in enumerate(zip(fields, matches, strict=True))
        ]
        self._votes: defaultdict[str, float] = defaultdict(float)
        self._own_votes: defaultdict[tuple[Place, ...] | None, float] = defaultdict(float)
        for hints in self._hints:
            for hint in hints:
                self._votes[hint.country] += hint.weight
                self._own_votes[hint.name] += hint.weight

    def resolved(self) -> list[ResolvedPlace]:
        meant: dict[tuple[Place, ...], Place | None] = {}
        of_name: defaultdict[tuple[Place, ...], list[PlaceMention]] = defaultdict(list)
        for mention, match in zip(self._mentions, self._matches, strict=True):
            if match:
                of_name[match.places].append(mention)
        for places, mentions in of_name.items():
            meant[places] = self._best(places, mentions)
        return [
            self._known(meant[match.places])
            if match and meant[match.places]
            else self._unknown(mention)
            for mention, match in zip(self._mentions, self._matches, strict=True)
        ]

    def _best(self, places: tuple[Place, ...], mentions: list[PlaceMention]) -> Place | None:
        """Of the places of one name; None if it must be another that no gazetteer has."""
        beside: dict[str, float] = {}
        kinds: set[str] = set()
        for mention in mentions:
            for hint in self._near(mention):
                says = _says(hint, mention)
                beside[hint.country] = max(says, beside.get(hint.country, 0.0))
            kinds |= _kinds_before(self._fields[mention.field].tokens, mention.first)
        if len(places) == 1 and (places[0].population >= _UNNOTED or places[0].kind != "city"):
            return places[0]
        own = self._own_country()
        scores = [self._score(place, beside, kinds) for place in places]
        scores[0] += _OF_THE_LIKELIEST
        for number, place in enumerate(places[1:], 1):
            if place.kind == "city" and place.country not in ARAB:
                scores[number] += _ABROAD
        best = places[scores.index(max(scores))]
        small = best.kind in ("city", "district") and best.population < _UNNOTED
        supported = self._votes.get(best.country or "", 0.0) > self._own_votes.get(places, 0.0)
        if small and own and best.country != own and not supported:
            return None
        return best

    def _score(self, place: Place, beside: dict[str, float], kinds: set[str]) -> float:
        score = 1.2 * math.log10(place.population + 500)
        score += 1.0 if place.kind in ("country", "continent", "area", "water") else 0.0
        score += 1.5 * ((place.kind == "city") if "city" in kinds else 0)
        score += 1.5 * ((place.kind == "region") if "region" in kinds else 0)
        score += 1.5 * ((place.kind == "country") if "country" in kinds else 0)
        if place.country:
            votes = min(_ENOUGH, self._votes.get(place.country, 0.0))
            score += 1.5 * math.log1p(votes)
            score += beside.get(place.country, 0.0)
        return score

    def _near(self, mention: PlaceMention) -> list[_Hint]:
        return [
            hint for hint in self._hints[mention.field] if _distance(mention, hint.place) <= _NEAR
        ]

    def _own_country(self) -> str | None:
        """The country that the article is about, if that is plain."""
        if not self._votes:
            return None
        country = max(self._votes, key=lambda code: self._votes[code])
        weight = self._votes[country]
        plain = weight >= _FEWEST_HINTS and weight >= _DOMINATES * sum(self._votes.values())
        return country if plain else None

    def _known(self, place: Place | None) -> ResolvedPlace:
        assert place  # noqa: S101  the caller looked
        return ResolvedPlace(place.name, place.country, _coordinates(place), place.kind)

    def _unknown(self, mention: PlaceMention) -> ResolvedPlace:
        """A name that no gazetteer has: by its own words, its neighbours, its article."""
        field = self._fields[mention.field]
        name = " ".join(field.text[mention.start : mention.end].translate(_UNSEEN).split())
        keys = [token.key for token in field.tokens[mention.first : mention.last]]
        part = self._part(keys)
        if part and not _NAMED_AFTER.intersection(keys[:1]):
            return ResolvedPlace(name, part.country, _coordinates(part), None)
        near = self._near(mention)
        behind = [hint for hint in near if 0 <= hint.place - mention.last <= 3]
        if behind:
            return ResolvedPlace(name, behind[0].country, None, None)
        own = self._own_country()
        if own:
            return ResolvedPlace(name, own, None, None)
        if near:
            closest = min(near, key=lambda hint: _distance(mention, hint.place))
            return ResolvedPlace(name, closest.country, None, None)
        return ResolvedPlace(name, part.country if part else None, None, None)

    def _part(self, keys: Sequence[str]) -> Place | None:
        """The surest place named inside a longer name."""
        found = [
            match
            for match in _gazetteer.matches(keys)
            if match.prior >= _PLAIN and match.last - match.first < len(keys)
        ]
        for match in sorted(found, key=lambda match: -match.prior):
            place = max(match.places, key=lambda place: self._score(place, {}, set()))
            if place.country:
                return place
        return None


def _match(tokens: Sequence[Token], mention: PlaceMention) -> PlaceMatch | None:
    """The gazetteer's name of just these words."""
    keys = [token.key for token in tokens[mention.first : mention.last]]
    match = _gazetteer.lookup(keys, 0)
    return match if match and match.last == len(keys) else None


def _hints(
    tokens: Sequence[Token],
    matches: Sequence[PlaceMatch],
    asked: set[tuple[int, int]],
    field: int,
) -> list[_Hint]:
    """All that speaks for a country in a field: places of one country, adjectives, المملكة."""
    hints: list[_Hint] = []
    inside: set[int] = set()
    for match in matches:
        inside.update(range(match.first, match.last))
        countries = {place.country for place in match.places}
        place = match.places[0]
        certain = match.prior >= _PLAIN or (field, match.first) in asked
        if certain and len(countries) == 1 and place.country:
            weight = match.prior * (2.0 if place.kind == "country" else 1.0)
            joined = tokens[match.first].key.startswith("و") and match.proclitics > 0
            hints.append(_Hint(match.first, place.country, weight, joined, match.places))
    nationality = _gazetteer.nationality
    for number, token in enumerate(tokens):
        key = token.key
        if key == _HOLY_MOSQUES:
            hints.append(_Hint(number, "SA", 1.0, joined=True))
        if number in inside:
            continue
        country = nationality(key)
        if country:
            hints.append(_Hint(number, country, 1.0, joined=key.startswith("و")))
        elif key.endswith(_KINGDOM) and len(key) <= len(_KINGDOM) + 1:
            behind = tokens[number + 1].key if number + 1 < len(tokens) else ""
            if behind not in _OTHER_KINGDOMS:
                hints.append(_Hint(number, "SA", 0.5, joined=True))
    return hints


def _kinds_before(tokens: Sequence[Token], first: int) -> set[str]:
    before = tokens[first - 1].key if first else ""
    peeled = before[1:] if before[:1] in "وبلف" else before
    return {
        kind
        for kind, words in (
            ("city", _OF_CITIES), ("region", _OF_REGIONS), ("country", _OF_COUNTRIES),
        )
        if before in words or peeled in words
    }  # fmt: skip


def _says(hint: _Hint, mention: PlaceMention) -> float:
    """How much a hint near a name says of it: «مشهد الإيرانية», «باريس، تكساس» more than a list."""
    distance = _distance(mention, hint.place)
    if hint.joined or distance > 1:
        return _IN_SIGHT
    if hint.name is None:
        return _OF_ADJECTIVES
    holds = hint.place >= mention.last and hint.name[0].kind in ("country", "region")
    return _OF_WHAT_HOLDS_IT if holds else _IN_SIGHT


def _distance(mention: PlaceMention, place: int) -> int:
    """Tokens between a mention and a hint; a hint inside it is no neighbour."""
    if place < mention.first:
        return mention.first - place - 1
    return place - mention.last if place >= mention.last else _NEAR + 1


def _coordinates(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude
