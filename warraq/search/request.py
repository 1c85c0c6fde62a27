"""A query → the request body for Elasticsearch's `_search`. No part of it is the user's own DSL.

`warraq.search.ranking` says what words and phrases ask for; here is what is put around them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime

from warraq.search import clauses, facets, latin_clauses, ranking, stories
from warraq.search.highlights import highlight
from warraq.search.order import Order
from warraq.search.paging import in_point_in_time
from warraq.search.query import Query
from warraq.search.ranking import Clause
from warraq.search.terms import Phrase

COUNTED_HITS = 10_000
"""Hits are counted exactly up to here; Elasticsearch pages through so many, too."""

_FIELDS = [
    "source", "article_id", "url", "title", "body", "published_at", "story_id",
    "original.title", "original.body", "edits.field", "edits.kind", "edits.start", "edits.end",
    "edits.original", "edits.replacement",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search without counting for its order.

    since, until: of `published_at`, both included; a date stands for its whole day in `timezone`,
    an IANA name or an offset such as +03:00. chosen: see `warraq.search.facets`.
    """

    since: date | datetime | None = None
    until: date | datetime | None = None
    timezone: str = "UTC"
    chosen: facets.Choices = field(default_factory=dict)

    def clauses(self) -> list[Clause]:
        found = facets.choices(self.chosen, self.timezone)
        bounds = {"gte": _bound(self.since), "lte": _bound(self.until)}
        given = {name: bound for name, bound in bounds.items() if bound}
        if given:
            found.append({"range": {"published_at": {**given, "time_zone": self.timezone}}})
        return found


@dataclass(frozen=True, slots=True)
class Marks:
    """How what matched is told: by the two strings that Elasticsearch puts around it, and by the
    lemmas and roots of words, of which the index does not know where they stand.

    Articles may hold any characters, so no fixed mark is safe from being in one already.
    """

    opening: str
    closing: str
    lemmas: frozenset[str] = frozenset()
    roots: frozenset[str] = frozenset()

    @classmethod
    def unguessable(cls, nonce: str, query: Query) -> Marks:
        """Those of a request for `query`, with `nonce` in them, random and new for each."""
        return cls(
            f"\ue000{nonce}\ue001",
            f"\ue002{nonce}\ue003",
            query.required_values("lemma"),
            query.required_values("root"),
        )


@dataclass(frozen=True, slots=True)
class Page:
    """Which of the hits: `size` of them after the first `start`, or after one with sort values.

    pit: the id of a point in time, without which there are no hits after sort values.
    """

    size: int
    start: int = 0
    pit: str | None = None
    after: tuple[int | float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """How hits are listed. facets: names of those to count. fold: one hit a story."""

    page: Page
    order: Order
    facets: tuple[str, ...] = ()
    fold: bool = False


def exact_request(query: Query, filters: Filters, listing: Listing, marks: Marks) -> Clause:
    """The search for articles that have what was typed, in one of the views."""
    if not listing.facets:
        return _request(exact_query(query, filters), listing, marks)
    # What is chosen narrows the hits after the facets have been counted, each without its own.
    found = exact_query(query, replace(filters, chosen={}))
    request = _request(found, listing, marks)
    counts = facets.counting(listing.facets, filters.chosen, filters.timezone)
    chosen = {"bool": {"filter": facets.choices(filters.chosen, filters.timezone)}}
    if listing.fold:
        counts["stories"] = {"filter": chosen, "aggs": request["aggs"]}
    return request | {"aggs": counts, "post_filter": chosen}


def exact_query(query: Query, filters: Filters) -> Clause:
    """What of `exact_request` says which articles are found."""
    return _bool(must=_wanted(query, filters), query=query, filters=filters)


def conditions(query: Query, filters: Filters) -> Clause:
    """What an article must fit whatever it has of the plain words."""
    return {
        "bool": {
            "filter": [*_obligatory(query, filters), *filters.clauses()],
            "must_not": _unwanted(query, filters),
        }
    }


def near_request(query: Query, filters: Filters, listing: Listing, marks: Marks) -> Clause:
    """The search for articles that `exact_request` does not find, with words spelt nearly so.

    Only the plain words may differ, by letters and not by digits: 2018 is not 2019.
    """
    must = [
        *_required(query, filters),
        *(latin_clauses.name(name, loosely=True) for name in query.required_names),
    ]
    if query.words:
        must.append(ranking.near_words(query.words))
    return _request(_besides(must, query, filters), listing, marks)


def some_request(query: Query, filters: Filters, listing: Listing, marks: Marks) -> Clause:
    """The search for articles that `exact_request` does not find, with some of the words.

    Phrases beside plain words are words here: titles that were pasted have them.
    """
    said = [term for term in query.required if isinstance(term, Phrase)]
    others = replace(query, required=tuple(t for t in query.required if t not in said))
    some = ranking.some_words(" ".join([*query.words, *(phrase.text for phrase in said)]))
    must = [*_obligatory(others, filters), some]
    return _request(_besides(must, query, filters), listing, marks)


def _besides(must: list[Clause], query: Query, filters: Filters) -> Clause:
    """What has all of `must`, without what `exact_query` finds."""
    found = _bool(must=must, query=query, filters=filters)
    found["bool"]["must_not"].append({"bool": {"must": _wanted(query, filters)}})
    return found


def _wanted(query: Query, filters: Filters) -> list[Clause]:
    wanted = _obligatory(query, filters)
    if query.plain:
        wanted.append(clauses.plain(query))
    return wanted


def _obligatory(query: Query, filters: Filters) -> list[Clause]:
    return [*_required(query, filters), *map(latin_clauses.name, query.required_names)]


def _required(query: Query, filters: Filters) -> list[Clause]:
    return [clauses.wanted(term, filters.timezone) for term in query.required]


def _unwanted(query: Query, filters: Filters) -> list[Clause]:
    return [clause for term in query.without for clause in clauses.unwanted(term, filters.timezone)]


def _bool(*, must: list[Clause], query: Query, filters: Filters) -> Clause:
    return {
        "bool": {
            "must": must,
            "should": [
                *clauses.helpful(query),
                *map(latin_clauses.name, query.helpful_names),
            ],
            "must_not": _unwanted(query, filters),
            "filter": filters.clauses(),
        }
    }


def _request(query: Clause, listing: Listing, marks: Marks) -> Clause:
    return listed(listing.order.scored(query), listing) | {
        "highlight": highlight(query, marks.opening, marks.closing)
    }


def listed(query: Clause, listing: Listing) -> Clause:
    """The request for what of the articles that `query` finds is to be listed."""
    page = listing.page
    request: Clause = {
        "query": query,
        "size": page.size,
        "from": page.start,
        "track_total_hits": COUNTED_HITS,
        "sort": listing.order.keys(),
        "_source": _FIELDS,
    }
    if page.after:
        request["search_after"] = list(page.after)
    if listing.fold:
        request |= {"collapse": stories.COLLAPSE, "aggs": {"number": stories.NUMBER}}
    return in_point_in_time(request, page.pit)


def _bound(moment: date | datetime | None) -> str | None:
    if moment is None or isinstance(moment, datetime):
        return moment.isoformat() if moment else None
    return f"{moment.isoformat()}||/d"  # rounded down for gte, up to the day's end for lte
