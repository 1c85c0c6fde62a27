"""The step `entities`: the persons, organizations and places of an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from warraq.analysis.entities.evidence import Evidence
from warraq.analysis.entities.gazetteer import PlaceMatch, shipped_gazetteer
from warraq.analysis.entities.landforms import is_described
from warraq.analysis.entities.phrases import Phrases
from warraq.analysis.entities.places import PlaceMention, ResolvedPlace, resolve_places
from warraq.analysis.entities.tagger import NameSpan, Tagger
from warraq.analysis.entities.variants import is_alias, merged_organizations, merged_persons
from warraq.analysis.entities.words import FOLDER, Words
from warraq.annotations import Entity, TextField, as_dict
from warraq.document import Document
from warraq.text.letters import WITHOUT_UNSEEN

_TYPES = {"PER": "person", "ORG": "organization", "LOC": "place"}

# Opened at import, so that the processes of a pool share their memory.
_gazetteer = shipped_gazetteer()
_words = Words()
_tagger = Tagger(Evidence(_words, Phrases(FOLDER / "phrases.marisa"), _gazetteer), FOLDER)
_heads = _words.of_class("head")


class Mention(NamedTuple):
    """A name where it stands: in field number `field`, with the article of لل given back."""

    field: int
    span: NameSpan
    name: str


def find_entities(document: Document) -> None:
    """Sets `document.entities` and the fields `persons`, `organizations`, `places`, `countries`,
    `locations` and `entities`.
    """
    document.entities = entities(document.text_fields)
    document.fields |= index_fields(document.entities)


def entities(fields: Sequence[TextField]) -> list[Entity]:
    """The names in `fields`, in the order of the fields and then of their places."""
    matches = [_gazetteer.matches([token.key for token in field.tokens]) for field in fields]
    found = [
        Mention(number, span, name)
        for number, (field, spans) in enumerate(
            zip(fields, _tagger.spans(fields, matches), strict=True)
        )
        for span in spans
        if (name := _name(field, span))  # a lone tatweel is a token too
        and not (span.type == "LOC" and is_described(name) and not _holds(span, matches[number]))
    ]
    persons = merged_persons([one.name for one in found if one.span.type == "PER"])
    organizations = merged_organizations(
        [one.name for one in found if one.span.type == "ORG"], _aliases(fields, found), _heads
    )
    places = [one for one in found if one.span.type == "LOC"]
    resolved = iter(resolve_places(fields, [_place(one) for one in places], matches))
    return [_entity(fields[one.field], one, persons, organizations, resolved) for one in found]


def index_fields(found: Iterable[Entity]) -> dict[str, object]:
    """What the index gets: names by type, countries and coordinates, each once, and all of it."""
    found = list(found)
    names = {
        type_: sorted({one.name for one in found if one.type == type_}) for type_ in _TYPES.values()
    }
    spots = sorted({one.coordinates for one in found if one.coordinates})
    return {
        "persons": names["person"],
        "organizations": names["organization"],
        "places": names["place"],
        "countries": sorted({one.country for one in found if one.country}),
        "locations": [{"lat": latitude, "lon": longitude} for latitude, longitude in spots],
        "entities": [as_dict(one) for one in found],
    }


def _holds(span: NameSpan, matches: Iterable[PlaceMatch]) -> bool:
    """Whether a place of the gazetteer is in it: جربة (Djerba) is also "mangy"."""
    return any(span.first <= one.first and one.last <= span.last for one in matches)


def _name(field: TextField, span: NameSpan) -> str:
    """The name as people write it when it stands alone: للهلال without its ل is الهلال."""
    text = " ".join(field.text[span.start : span.end].translate(WITHOUT_UNSEEN).split())
    lam_before = span.start > field.tokens[span.first].start and field.text[span.start - 1] == "ل"
    return "ا" + text if lam_before and text.startswith("ل") and _was_article(field, span) else text


def _was_article(field: TextField, span: NameSpan) -> bool:
    return _tagger.core(field.tokens[span.first].key).startswith("ال")


def _aliases(fields: Sequence[TextField], found: Sequence[Mention]) -> dict[str, str]:
    return {
        two.name: one.name
        for one, two in pairwise(found)
        if one.field == two.field
        and one.span.type == two.span.type == "ORG"
        and is_alias(one.name, fields[one.field].text[one.span.end : two.span.start], two.name)
    }


def _place(one: Mention) -> PlaceMention:
    span = one.span
    return PlaceMention(one.field, span.first, span.last, span.start, span.end)


def _entity(
    field: TextField,
    one: Mention,
    persons: dict[str, str],
    organizations: dict[str, str],
    resolved: Iterable[ResolvedPlace],
) -> Entity:
    span = one.span
    country = coordinates = None
    if span.type == "LOC":
        place = next(iter(resolved))
        name, country, coordinates = place.name, place.country, place.coordinates
    else:
        name = (persons if span.type == "PER" else organizations)[one.name]
    text = field.text[span.start : span.end]
    return Entity(
        field.name, span.start, span.end, text, _TYPES[span.type], name, country, coordinates
    )
