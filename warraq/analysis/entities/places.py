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

from warraq.analysis.entities.country_hints import PLAIN, Hint, Hints
from warraq.analysis.entities.gazetteer import ARAB, Place, PlaceMatch, shipped_gazetteer
from warraq.annotations import TextField
from warraq.text.letters import WITHOUT_UNSEEN
from warraq.text.lexicon import lexicon_keys
from warraq.text.tokens import Token


class PlaceMention(NamedTuple):
    """A place in a text.

    field: index into the fields. Tokens [first, last); code points [start, end) of the field's
    text, without clitics.
    """

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


_gazetteer = shipped_gazetteer()


# What a word before a name says about the kind of the place.
_BEFORE = {
    "city": lexicon_keys("مدينة المدينة العاصمة عاصمة بلدة قرية ضاحية مدينتي"),
    "region": lexicon_keys("محافظة منطقة ولاية إقليم مقاطعة إمارة محافظات"),
    "country": lexicon_keys("دولة جمهورية سلطنة مملكة حكومة رئيس سفير سفارة"),
}
# Named after whatever: in شارع فلسطين (Palestine Street) the name says nothing about where it is.
_NAMED_AFTER = lexicon_keys(
    "شارع الشارع طريق حي ميدان ساحة دوار جادة مسجد جامع قاعة برج فندق مدرسة كورنيش"
)
_HOLDS = lexicon_keys(  # between a place and what holds it
    "في من شمال جنوب شرق غرب شمالي جنوبي شرقي غربي بشمال بجنوب بشرق بغرب وسط عاصمة"
)
_LARGE_KINDS = frozenset({"country", "continent", "area", "water"})

_BESIDE = 4  # tokens between two mentions
_UNNOTED = 100_000  # people: smaller places need the article's support …
_SURELY = 0.8  # … unless their name hardly means anything else
# What adds to the score of a place.
_OF_TENFOLD_PEOPLE = 1.2
_OF_LARGE_KINDS = 1.0
_OF_THE_KIND = 1.5
_OF_HINTS = 1.5  # for a logarithm of them
_MOST_HINTS = 6.0  # more say no more
_IN_SIGHT = 0.6  # of a hint near the name …
_HOLDING_IT = 4.0  # … of a country or region right behind it …
_ADJECTIVE = 4.0  # … of a nationality right beside it
_OF_THE_LIKELIEST = 1.0
_ABROAD = -1.5  # Moscow, Idaho: a small namesake that Arabs hardly write about


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
    asked: list[set[int]] = [set() for _ in fields]
    for one in mentions:
        asked[one.field].add(one.first)
    hints = Hints([field.tokens for field in fields], matches, asked)
    named = [_match(fields[one.field].tokens, one) for one in mentions]
    of_name: defaultdict[PlaceMatch, list[PlaceMention]] = defaultdict(list)
    for mention, match in zip(mentions, named, strict=True):
        if match:
            of_name[match].append(mention)
    meant = {match: _best(match, each, fields, hints) for match, each in of_name.items()}
    known = [meant[match] if match else None for match in named]
    return [
        ResolvedPlace(place.name, place.country, _coordinates(place), place.kind)
        if place
        else _unknown(mention, fields[mention.field], hints, _beside(number, mentions, known))
        for number, (mention, place) in enumerate(zip(mentions, known, strict=True))
    ]


def _match(tokens: Sequence[Token], mention: PlaceMention) -> PlaceMatch | None:
    """The gazetteer's name of just these words, the same for all their mentions."""
    keys = [token.key for token in tokens[mention.first : mention.last]]
    match = _gazetteer.exact(keys, peeled=mention.start > tokens[mention.first].start)
    return match._replace(proclitics=0) if match else None


def _best(
    match: PlaceMatch, mentions: Sequence[PlaceMention], fields: Sequence[TextField], hints: Hints
) -> Place | None:
    """Of the places of one name; None if it must be another that no gazetteer has."""
    places = match.places
    if len(places) == 1 and not _is_unnoted(places[0]):
        return places[0]
    said: dict[str, float] = {}
    kinds: set[str] = set()
    for mention in mentions:
        tokens = fields[mention.field].tokens
        for hint in hints.near(mention.field, mention.first, mention.last):
            if hint.name != places:
                says = _says(hint, mention, tokens)
                said[hint.country] = max(says, said.get(hint.country, 0.0))
        kinds |= _kinds_before(tokens, mention.first)
    scores = [_score(place, places, hints, said, kinds) for place in places]
    scores[0] += _OF_THE_LIKELIEST
    for number, place in enumerate(places[1:], 1):
        if place.kind == "city" and place.country not in ARAB:
            scores[number] += _ABROAD
    best = places[scores.index(max(scores))]
    # Arab towns share their names; Wimbledon is Wimbledon in an article about China too.
    elsewhere = hints.own_country != best.country and {hints.own_country, best.country} <= ARAB
    unlikely = _is_unnoted(best) and match.prior < _SURELY and elsewhere
    if unlikely and hints.besides(best.country, places) <= 0:
        return None if _is_unnoted(places[0]) else places[0]
    return best


def _is_unnoted(place: Place) -> bool:
    return place.kind in ("city", "district") and place.population < _UNNOTED


def _score(
    place: Place,
    name: tuple[Place, ...],
    hints: Hints,
    said: dict[str, float],
    kinds: set[str],
) -> float:
    """Of a place that `name` may mean; said: by hints near it; kinds: by the words before it."""
    score = _OF_TENFOLD_PEOPLE * math.log10(place.population + 500)
    if place.kind in _LARGE_KINDS:
        score += _OF_LARGE_KINDS
    if place.kind in kinds:
        score += _OF_THE_KIND
    if place.country:
        score += _OF_HINTS * math.log1p(min(_MOST_HINTS, hints.besides(place.country, name)))
        score += said.get(place.country, 0.0)
    return score


def _says(hint: Hint, mention: PlaceMention, tokens: Sequence[Token]) -> float:
    """How much a hint near a name says of it: «مشهد الإيرانية», «باريس، تكساس» more than a list."""
    behind = hint.place >= mention.last
    between = mention.last if behind else mention.first - 1
    distance = _distance(mention, hint.place)
    close = distance == 0 or (distance == 1 and tokens[between].key in _HOLDS)
    if hint.joined or not close:
        return _IN_SIGHT
    if hint.name is None:
        return _ADJECTIVE
    return _HOLDING_IT if behind and hint.name[0].kind in ("country", "region") else _IN_SIGHT


def _kinds_before(tokens: Sequence[Token], first: int) -> set[str]:
    before = tokens[first - 1].key if first else ""
    bare = before[1:] if before[:1] in "وبلف" else before
    return {kind for kind, words in _BEFORE.items() if before in words or bare in words}


def _distance(mention: PlaceMention, place: int) -> int:
    """Tokens between a mention and a place outside it."""
    return mention.first - place - 1 if place < mention.first else place - mention.last


def _beside(
    number: int, mentions: Sequence[PlaceMention], known: Sequence[Place | None]
) -> str | None:
    """The country of the next mention («حي النسيم بجدة»), else of the one before, if it is near."""
    mention = mentions[number]
    for other in (number + 1, number - 1):
        if 0 <= other < len(mentions) and mentions[other].field == mention.field:
            place = known[other]
            near = abs(_distance(mention, mentions[other].first)) <= _BESIDE
            if near and place and place.country:
                return place.country
    return None


def _unknown(
    mention: PlaceMention, field: TextField, hints: Hints, beside: str | None
) -> ResolvedPlace:
    """A name that no gazetteer has: by its own words, its neighbours, its article."""
    name = " ".join(field.text[mention.start : mention.end].translate(WITHOUT_UNSEEN).split())
    keys = [token.key for token in field.tokens[mention.first : mention.last]]
    part = _part(keys, hints)
    if part and keys[0] not in _NAMED_AFTER:
        return ResolvedPlace(name, part.country, _coordinates(part), None)
    country = beside or hints.own_country
    if country is None:
        near = hints.near(mention.field, mention.first, mention.last)
        closest = min(near, key=lambda hint: _distance(mention, hint.place), default=None)
        country = closest.country if closest else part.country if part else None
    return ResolvedPlace(name, country, None, None)


def _part(keys: Sequence[str], hints: Hints) -> Place | None:
    """The surest place named inside a longer name."""
    found = [
        match
        for match in _gazetteer.matches(keys)
        if match.prior >= PLAIN and match.last - match.first < len(keys)
    ]
    for match in sorted(found, key=lambda match: -match.prior):
        place = max(match.places, key=lambda place: _score(place, match.places, hints, {}, set()))
        if place.country:
            return place
    return None


def _coordinates(place: Place) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude
