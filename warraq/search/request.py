"""A query → the request body for Elasticsearch's `_search`. No part of it is the user's own DSL.

`warraq.search.ranking` says what words and phrases ask for; here is what is put around them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from warraq.search import latin_clauses, ranking
from warraq.search.latin import LatinName
from warraq.search.query import Query
from warraq.search.ranking import Clause

Names = tuple[LatinName, ...]

COUNTED_HITS = 10_000
"""Hits are counted exactly up to here; Elasticsearch pages through so many, too."""
# Elasticsearch refuses the whole search if one body is longer than its own limit of 1,000,000
# UTF-16 units and the request does not say how far to read.
_HIGHLIGHTED_CHARACTERS = 1_000_000

_FIELDS = [
    "source", "article_id", "url", "title", "body", "published_at", "original.title",
    "original.body", "edits.field", "edits.kind", "edits.start", "edits.end", "edits.original",
    "edits.replacement",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search without counting for its order.

    source: the only one. since, until: of `published_at`, both included; a date stands for its
    whole day in `timezone`, an IANA name or an offset such as +03:00.
    """

    source: str | None = None
    since: date | datetime | None = None
    until: date | datetime | None = None
    timezone: str = "UTC"

    def clauses(self) -> list[Clause]:
        found: list[Clause] = []
        if self.source is not None:
            found.append({"term": {"source": self.source}})
        bounds = {"gte": _bound(self.since), "lte": _bound(self.until)}
        given = {name: bound for name, bound in bounds.items() if bound}
        if given:
            found.append({"range": {"published_at": {**given, "time_zone": self.timezone}}})
        return found


@dataclass(frozen=True, slots=True)
class Marks:
    """The two strings that Elasticsearch puts around what matched.

    Articles may hold any characters, so no fixed mark is safe from being in one already.
    """

    opening: str
    closing: str

    @classmethod
    def unguessable(cls, nonce: str) -> Marks:
        """Marks with `nonce` in them, random and new for each request."""
        return cls(f"\ue000{nonce}\ue001", f"\ue002{nonce}\ue003")


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the hits: `size` of them after the first `start`."""

    size: int
    start: int = 0


def exact_request(query: Query, names: Names, filters: Filters, page: Page, marks: Marks) -> Clause:
    """The search for articles that have what was typed, in one of the views.

    names: what was read in Latin letters, which `query.words` do not have any more.
    """
    return _request(_bool(must=_wanted(query, names), query=query, filters=filters), page, marks)


def near_request(query: Query, names: Names, filters: Filters, page: Page, marks: Marks) -> Clause:
    """The search for articles that `exact_request` does not find, with words spelt nearly so.

    Only the plain words may differ, by letters and not by digits: 2018 is not 2019.
    """
    must = [
        *map(ranking.phrase, query.phrases),
        *(latin_clauses.name(n, loosely=True) for n in names),
    ]
    if query.words:
        must.append(ranking.near_words(query.words))
    found = _bool(must=must, query=query, filters=filters)
    found["bool"]["must_not"].append({"bool": {"must": _wanted(query, names)}})
    return _request(found, page, marks)


def _wanted(query: Query, names: Names) -> list[Clause]:
    wanted = [*map(ranking.phrase, query.phrases), *map(latin_clauses.name, names)]
    if query.words:
        typed = ranking.words(" ".join(query.words))
        in_latin = latin_clauses.in_latin(query.words)
        wanted.append({"dis_max": {"queries": [typed, in_latin]}} if in_latin else typed)
    return wanted


def _bool(*, must: list[Clause], query: Query, filters: Filters) -> Clause:
    unwanted = [clause for term in query.without for clause in ranking.exactly(term)]
    return {"bool": {"must": must, "must_not": unwanted, "filter": filters.clauses()}}


def _request(query: Clause, page: Page, marks: Marks) -> Clause:
    return {
        "query": query,
        "size": page.size,
        "from": page.start,
        "track_total_hits": COUNTED_HITS,
        "_source": _FIELDS,
        "highlight": {
            "type": "unified",
            # The whole field: a fragment alone does not say where in the text it is.
            "number_of_fragments": 0,
            "max_analyzed_offset": _HIGHLIGHTED_CHARACTERS,
            "pre_tags": [marks.opening],
            "post_tags": [marks.closing],
            "fields": {
                field: {"matched_fields": ranking.views_of(field)} for field in ("title", "body")
            },
        },
    }


def _bound(moment: date | datetime | None) -> str | None:
    if moment is None or isinstance(moment, datetime):
        return moment.isoformat() if moment else None
    return f"{moment.isoformat()}||/d"  # rounded down for gte, up to the day's end for lte
