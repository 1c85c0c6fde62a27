"""The optional dense view: articles that mean what was asked, whatever their words.

Elasticsearch's own fusion of rankings (`rrf`, `linear`) is not in the free distribution, so the
scores are added up here, in one request that can be paged through and highlighted as any other.
What scores by words are worth differs from query to query; so a look at the best of them comes
first, and the nearest articles count in its measure (Bruch, Gai and Ingber 2022, "An Analysis
of Fusion Functions for Hybrid Retrieval": a sum of normalized scores beats reciprocal ranks).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warraq.analysis.encoder import Encoder, direction
from warraq.errors import WarraqError
from warraq.index.documents import without_marks
from warraq.search.order import Order, Sort
from warraq.search.query import Query
from warraq.search.ranking import Clause
from warraq.search.request import COUNTED_HITS, Filters, Listing, conditions, exact_query
from warraq.search.terms import Phrase, Word

NEAREST = 100
"""Articles that the vectors bring in, of each shard."""
_LOOKED_AT = 200  # candidates of each shard: more find the nearest more surely

# Names of the two clauses; Elasticsearch tells of each hit which of them it fits.
_BY_WORDS, _BY_VECTOR = "by_words", "by_vector"
# Elasticsearch's score of a cosine is (1 + cosine) / 2, and a script may give none below 0.
_ABOVE_LEAST = "Math.max(0, params.counts * (2 * _score - 1 - params.least) / (1 - params.least))"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for besides words.

    words: the query that finds by these. vector: of length 1. least, weight: see `Encoder`.
    conditions: what an article must fit to be found at all. order: what else counts for the score.
    """

    words: Clause
    vector: Sequence[float]
    least: float
    weight: float
    conditions: Clause
    order: Order


def asked_by_meaning(
    encoder: Encoder | None, query: Query, filters: Filters, listing: Listing
) -> Asked | None:
    """What `encoder` makes of the words; None without one, if it knows none of them, or if a list
    is wanted in which what has not the words would be out of place.

    Raises WarraqError, with what is wrong, if `encoder` fails.
    """
    by_relevance = listing.order.sort is Sort.RELEVANCE and listing.page.size > 0
    if encoder is None or not query.plain or not by_relevance or listing.facets or listing.fold:
        return None
    try:
        vector = direction(encoder.encode_query(_text_of(query)), encoder.dimensions)
    except Exception as error:  # whatever another's code raises is to be told in one line
        raise WarraqError(
            f"the encoder {encoder.name!r} failed: {str(error) or type(error).__name__}"
        ) from error
    if vector is None:
        return None
    obligatory = conditions(query, filters)
    return Asked(
        exact_query(query, filters),
        vector,
        encoder.least_similarity,
        encoder.weight,
        obligatory,
        listing.order,
    )


def _text_of(query: Query) -> str:
    """The plain words and the phrases, as they were typed after one another."""
    typed: list[Word | Phrase] = list(query.plain)
    typed += (term for term in query.required if isinstance(term, Phrase))
    return without_marks(" ".join(term.text for term in sorted(typed, key=lambda term: term.span)))


def search_beside(
    search: Callable[[Clause], Mapping[str, Any]],
    request: Clause,
    asked: Asked | None,
) -> Mapping[str, Any]:
    """Elasticsearch's answer to `request`, with the nearest articles among its hits.

    What is counted is what has the words.
    """
    if asked is None:
        return search(request)
    by_words = search(_best_score_request(asked.words))
    both = _beside(asked, by_words["hits"]["max_score"] or 1.0)
    answer = search({**request, "query": asked.order.scored(both)})
    hits = {**answer["hits"], "total": by_words["hits"]["total"]}
    return {**answer, "hits": hits}


def by_vector_alone(hit: Mapping[str, Any]) -> bool:
    """Whether a hit has not what was typed."""
    return hit.get("matched_queries") == [_BY_VECTOR]


def _best_score_request(words: Clause) -> Clause:
    return {"query": words, "size": 1, "track_total_hits": COUNTED_HITS, "_source": False}


def _beside(asked: Asked, best_score: float) -> Clause:
    """What words find and the nearest articles. best_score: of words."""
    by_words = {"bool": {"must": [asked.words], "_name": _BY_WORDS}}
    return {"bool": {"should": [by_words, _nearest(asked, best_score)]}}


def _nearest(asked: Asked, best_score: float) -> Clause:
    return {
        "script_score": {
            "query": {
                "knn": {
                    "field": "vector",
                    "query_vector": list(asked.vector),
                    "k": NEAREST,
                    "num_candidates": _LOOKED_AT,
                    "similarity": asked.least,
                    "filter": asked.conditions,
                }
            },
            "script": {
                "source": _ABOVE_LEAST,
                "params": {"counts": asked.weight * best_score, "least": asked.least},
            },
            "_name": _BY_VECTOR,
        }
    }
