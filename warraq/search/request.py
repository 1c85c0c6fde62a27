"""A query → the request body for Elasticsearch's `_search`. No part of it is the user's own DSL.

An article is looked at in several views: its words as folded by the index (`title`, `body`), and
their stems (`title.stem`, `body.stem`). In each view title and body count as one text, in which
the title weighs more (BM25F, Elasticsearch's `combined_fields`), so that one word may be in the
title and the other in the body; the scores of the views add up. Whoever types a city means the
articles from there, too, so the byline is looked at with the body; names have no stems.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from warraq.index.analyzers import VIEWS
from warraq.index.documents import without_marks
from warraq.search.query import Query

Clause = dict[str, Any]


VIEW_WEIGHTS = {"": 0.5, "stem": 1.0}
"""What the score of each view of `warraq.index.analyzers` counts."""
TITLE_WEIGHT = 3
_FIELDS_OF_VIEWS = {"": ("title", "body", "byline"), "stem": ("title", "body")}
_VIEWS = tuple((view.name, VIEW_WEIGHTS[view.name]) for view in VIEWS)

# One or two words: all. More: three quarters, so one odd word does not hide the article.
MOST_WORDS = "2<75%"

COUNTED_HITS = 10_000
"""Hits are counted exactly up to here; Elasticsearch pages through so many, too."""
# Elasticsearch refuses the whole search if one body is longer than its own limit of 1,000,000
# UTF-16 units and the request does not say how far to read.
_HIGHLIGHTED_CHARACTERS = 1_000_000

# Near spellings: one letter may differ in words of four letters, two in words of eight.
_FUZZINESS = "AUTO:4,8"
_FUZZY_EXPANSIONS = 20
NEAR_WORDS = 8
"""A longer query has no near spellings: each word is many clauses there."""

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


def exact_request(query: Query, filters: Filters, page: Page, marks: Marks) -> Clause:
    """The search for articles that have what was typed, in one of the views."""
    return _request(_bool(must=_wanted(query), query=query, filters=filters), page, marks)


def near_request(query: Query, filters: Filters, page: Page, marks: Marks) -> Clause:
    """The search for articles that `exact_request` does not find, with words spelt nearly so.

    Only the plain words may differ, by letters and not by digits: 2018 is not 2019.
    """
    words = {
        "bool": {
            "should": [_near_word(word) for word in query.words],
            "minimum_should_match": MOST_WORDS,
        }
    }
    found = _bool(must=[words, *map(_phrase, query.phrases)], query=query, filters=filters)
    found["bool"]["must_not"].append({"bool": {"must": _wanted(query)}})
    return _request(found, page, marks)


def _wanted(query: Query) -> list[Clause]:
    wanted = [_phrase(phrase) for phrase in query.phrases]
    if query.words:
        wanted.append(_words(" ".join(query.words)))
    return wanted


def _words(words: str) -> Clause:
    def seen(view: str, weight: float) -> Clause:
        asked = {
            "fields": [f"{_seen(name, view)}^{counts}" for name, counts in _looked_at(view)],
            "minimum_should_match": MOST_WORDS,
            "boost": weight,
        }
        return _best_of(
            {"combined_fields": {"query": reading, **asked}} for reading in _readings(words)
        )

    return _any_of(seen(view, weight) for view, weight in _VIEWS)


def _phrase(phrase: str) -> Clause:
    return _any_of(
        _best_of(
            {
                "match_phrase": {
                    _seen(field, view): {"query": reading, "boost": weight * field_weight}
                }
            }
            for reading in _readings(phrase)
        )
        for view, weight in _VIEWS
        for field, field_weight in _looked_at(view)
    )


def _near_word(word: str) -> Clause:
    match: Clause = {"query": without_marks(word), "operator": "and"}
    if not re.search(r"\d", word):
        match |= {
            "fuzziness": _FUZZINESS,
            "prefix_length": 1,
            "max_expansions": _FUZZY_EXPANSIONS,
        }
    return _any_of({"match": {field: match}} for field in ("title", "body"))


def _bool(*, must: list[Clause], query: Query, filters: Filters) -> Clause:
    # Exclusion goes by the words themselves: stems would drop more than was asked for.
    unwanted = [
        {"match_phrase": {field: reading}}
        for term in query.without
        for reading in _readings(term)
        for field, _ in _looked_at("")
    ]
    return {"bool": {"must": must, "must_not": unwanted, "filter": filters.clauses()}}


def _readings(term: str) -> Iterable[str]:
    """What a term may mean: its words with parts are those parts, or they are what was typed.

    An article of which the steps thought otherwise has the whole word alone.
    """
    return dict.fromkeys((term, without_marks(term)))


def _best_of(clauses: Iterable[Clause]) -> Clause:
    """One clause for several readings: an article that fits both counts once."""
    found = list(clauses)
    return found[0] if len(found) == 1 else {"dis_max": {"queries": found}}


def _any_of(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


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
                field: {"matched_fields": [_seen(field, view) for view, _ in _VIEWS]}
                for field in ("title", "body")
            },
        },
    }


def _looked_at(view: str) -> tuple[tuple[str, int], ...]:
    """(field, weight) of each field that a search looks at in `view`."""
    return tuple(
        (field, TITLE_WEIGHT if field == "title" else 1) for field in _FIELDS_OF_VIEWS[view]
    )


def _seen(field: str, view: str) -> str:
    return f"{field}.{view}" if view else field


def _bound(moment: date | datetime | None) -> str | None:
    if moment is None or isinstance(moment, datetime):
        return moment.isoformat() if moment else None
    return f"{moment.isoformat()}||/d"  # rounded down for gte, up to the day's end for lte
