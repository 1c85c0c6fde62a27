"""Facets: by what the articles that were found can be narrowed, with how many have each value.

Counts are of all articles that were found, not of those that are shown. Several values of one
facet mean any of them, so its own choice does not narrow its own counts: whoever has chosen one
source still sees how many articles the others have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warraq.search.query import BadQuery
from warraq.search.ranking import Clause
from warraq.text.compounds import joined_compounds
from warraq.text.normalize import fold

Choices = Mapping[str, Sequence[str]]
"""By facet, the values of which an article must have one."""

MOST_VALUES = 20
"""Values of one facet: those that most articles have, of months and years the latest."""
MOST_CHOSEN = 50
"""Values that can be chosen of one facet."""
_LONGEST_VALUE = 1_000
# Values that are counted on each shard: their sum is exact if a value is among the most frequent
# 500 everywhere. An index of ten thousands of articles has one shard, where it always is.
_COUNTED_ON_SHARD = 500
_SPELLINGS = 5  # looked through, for each name that is shown

_NAMES = ("persons", "organizations", "places")
_YEAR = r"(?!0000)\d{4}"
_PERIODS = {
    "year": ("yyyy", "y", _YEAR),
    "month": ("yyyy-MM", "M", rf"{_YEAR}-(0[1-9]|1[0-2])"),
}
"""By facet: its format, its unit in Elasticsearch's arithmetic of dates, and what may be chosen."""
FACETS = ("source", *_NAMES, "countries", "section", "language", "tags", *_PERIODS)


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, as articles write it, and how many articles have it."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """name: one of `FACETS`. values: most frequent first; of years and months, latest first."""

    name: str
    values: tuple[Value, ...]


def checked(chosen: Mapping[str, str | Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """`chosen` with each facet's values as a tuple.

    Raises:
        BadQuery: there is no such facet, or a value is none or too long, or they are too many.
    """
    found: dict[str, tuple[str, ...]] = {}
    for name, values in chosen.items():
        _known(name)
        several = tuple(dict.fromkeys((values,) if isinstance(values, str) else values))
        if len(several) > MOST_CHOSEN:
            raise BadQuery(f"{len(several)} values of {name} were chosen; {MOST_CHOSEN} can be")
        for value in several:
            if not 0 < len(value) <= _LONGEST_VALUE:
                raise BadQuery(f"{name} of {len(value):,} characters cannot be searched for")
            if value != value.encode(errors="ignore").decode():
                raise BadQuery(f"the {name} is no text: it has half of a character")
            if name in _PERIODS and not re.fullmatch(_PERIODS[name][2], value, re.ASCII):
                raise BadQuery(f"{value!r} is no {name}: write 2018, or 2018-01 for a month")
        if several:
            found[name] = several
    return found


def wanted(*, facets: bool | Iterable[str]) -> tuple[str, ...]:
    """The names of the facets that are asked for. Raises BadQuery where there is no such facet."""
    if isinstance(facets, bool):
        return FACETS if facets else ()
    return tuple(map(_known, dict.fromkeys(facets)))


def _known(name: str) -> str:
    if name not in FACETS:
        raise BadQuery(f"there is no facet {name!r}; there are {', '.join(FACETS)}")
    return name


def choices(chosen: Choices, timezone: str, *, but: str | None = None) -> list[Clause]:
    """Filters for articles that have what is `chosen`, each facet's but that of `but`."""
    return [_any(name, values, timezone) for name, values in chosen.items() if name != but]


def _any(name: str, values: Sequence[str], timezone: str) -> Clause:
    if name not in _PERIODS:
        return {"terms": {name: list(values)}}  # names in any spelling: the index folds them
    format_, unit, _ = _PERIODS[name]

    def within(period: str) -> Clause:
        bound = f"{period}||/{unit}"
        return {"gte": bound, "lte": bound, "format": format_, "time_zone": timezone}

    periods = [{"range": {"published_at": within(period)}} for period in values]
    return {"bool": {"should": periods, "minimum_should_match": 1}}


def counting(names: Iterable[str], chosen: Choices, timezone: str) -> Clause:
    """Aggregations that count the values of the facets `names`."""
    return {
        name: {
            "filter": {"bool": {"filter": choices(chosen, timezone, but=name)}},
            "aggs": _values(name, timezone),
        }
        for name in names
    }


def _values(name: str, timezone: str) -> Clause:
    if name in _PERIODS:
        periods = {
            "field": "published_at",
            "calendar_interval": name,
            "format": _PERIODS[name][0],
            "time_zone": timezone,
            "min_doc_count": 1,
            "order": {"_key": "desc"},
        }
        return {"values": {"date_histogram": periods}}
    counted = {"values": _frequent(name, MOST_VALUES)}
    if name in _NAMES:
        counted["written"] = _frequent(f"{name}.written", MOST_VALUES * _SPELLINGS)
    return counted


def _frequent(field: str, most: int) -> Clause:
    return {"terms": {"field": field, "size": most, "shard_size": _COUNTED_ON_SHARD}}


def facets_of(answer: Mapping[str, Any], names: Iterable[str]) -> tuple[Facet, ...]:
    """The facets in Elasticsearch's answer to a request with `counting` of the same names."""
    return tuple(_facet(name, answer["aggregations"][name]) for name in names)


def _facet(name: str, counted: Mapping[str, Any]) -> Facet:
    """Counts are of the folded names, all spellings of one together; shown is the most frequent."""
    spelt: dict[str, str] = {}
    for bucket in counted.get("written", {}).get("buckets", ()):
        spelt.setdefault(_as_indexed(bucket["key"]), bucket["key"])
    values = (
        (str(bucket.get("key_as_string", bucket["key"])), bucket["doc_count"])
        for bucket in counted["values"]["buckets"][:MOST_VALUES]
    )
    return Facet(name, tuple(Value(spelt.get(value, value), count) for value, count in values))


def _as_indexed(name: str) -> str:
    """As the index's normalizer of names makes it."""
    return joined_compounds(fold(name))
