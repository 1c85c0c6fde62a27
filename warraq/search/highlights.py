"""What of a query is to be marked in title and body: its clauses on that field alone.

Elasticsearch could take the whole query for that. It then asks every clause anew of every hit,
those on other fields too, which cost three quarters of a search (docs/decisions/0069).
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from warraq.search.ranking import Clause

MARKED = ("title", "body")
# Elasticsearch refuses the whole search if one body is longer than its own limit of 1,000,000
# UTF-16 units and the request does not say how far to read.
_HIGHLIGHTED_CHARACTERS = 1_000_000

_OF_SEVERAL_FIELDS = ("combined_fields", "multi_match")
_OF_NO_WORD = ("exists", "match_all", "match_none", "nested")
_INSIDE = {
    "bool": ("must", "should", "filter"),
    "boosting": ("positive",),
    "constant_score": ("filter",),
    "dis_max": ("queries",),
    "function_score": ("query",),
    "script_score": ("query",),
}
"""Clauses that hold others, and where; what must not be there is not marked."""
_ABOUT_ORDER = ("boost", "minimum_should_match")
"""What decides which articles come, and where; a word is marked wherever it stands."""


def highlight(query: Clause, opening: str, closing: str) -> Clause:
    """The part `highlight` of a request for `query`: whole fields, what matched between marks."""
    return {
        "type": "unified",
        # The whole field: a fragment alone does not say where in the text it is.
        "number_of_fragments": 0,
        "max_analyzed_offset": _HIGHLIGHTED_CHARACTERS,
        "pre_tags": [opening],
        "post_tags": [closing],
        "fields": {name: how for field in MARKED for name, how in _marked(query, field)},
    }


def _marked(query: Clause, field: str) -> Iterator[tuple[str, Clause]]:
    """The one view of `field` to be marked, by what; none if the query does not look there.

    The view has the others that are needed in its `matched_fields`, each of which costs as much.
    """
    asked = {
        (view, json.dumps(clause, sort_keys=True)): _on(view, clause)
        for view, clause in _asked(query)
        if view.partition(".")[0] == field
    }
    elsewhere = {how for view, how in asked if view != field}
    # The field itself is the view of folded words; what is the same there is so to every other.
    needed = {
        (view, how): clause
        for (view, how), clause in asked.items()
        if not (view == field and how in elsewhere)
    }
    if needed:
        views = list(dict.fromkeys(view for view, _ in needed))
        marked: Clause = {"highlight_query": {"bool": {"should": list(needed.values())}}}
        yield views[0], marked | ({"matched_fields": views} if len(views) > 1 else {})


def _asked(query: Clause) -> Iterator[tuple[str, Clause]]:
    """(view, clause without its field) of all that an article may have for `query`."""
    for kind, said in query.items():
        if kind in _OF_SEVERAL_FIELDS:
            for weighted in said["fields"]:
                yield weighted.partition("^")[0], {"match": {"query": said["query"]}}
        elif kind in _INSIDE:
            for clauses in (said[inside] for inside in _INSIDE[kind] if inside in said):
                for clause in clauses if isinstance(clauses, list) else [clauses]:
                    yield from _asked(clause)
        elif kind not in _OF_NO_WORD:
            yield from _of_one_field(kind, said)


def _of_one_field(kind: str, said: Clause) -> Iterator[tuple[str, Clause]]:
    """Of a clause as `match`, which has its field as a key."""
    for view, how in said.items():
        if isinstance(how, dict):
            yield view, {kind: {k: v for k, v in how.items() if k not in _ABOUT_ORDER}}
        elif view not in _ABOUT_ORDER:
            yield view, {kind: {_VALUE.get(kind, "value"): how}}


_VALUE = {"match": "query", "match_phrase": "query", "match_phrase_prefix": "query"}


def _on(view: str, clause: Clause) -> Clause:
    return {kind: {view: how} for kind, how in clause.items()}
