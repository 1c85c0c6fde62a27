"""The optional dense view: articles that mean what was asked, whatever their words.

Elasticsearch's own fusion of rankings (`rrf`, `linear`) is not in the free distribution, so the
scores are added up here, in one request that can be paged through, sorted and highlighted as any
other. What scores by words are worth differs from query to query; so a look at the best of them
comes first, and the nearest articles count in its measure (Bruch, Gai and Ingber 2022, "An Analysis
of Fusion Functions for Hybrid Retrieval": a sum of normalized scores beats reciprocal ranks).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from warraq.search.ranking import Clause

NEAREST = 100
"""Articles that the vectors bring in, of each shard."""
_LOOKED_AT = 200  # candidates of each shard: more find the nearest more surely

_BY_WORDS = "by_words"  # name of the clause for words, which Elasticsearch tells of each hit
# Elasticsearch's score of a cosine is (1 + cosine) / 2, and a script may give none below 0.
_ABOVE_LEAST = "Math.max(0, params.counts * (2 * _score - 1 - params.least) / (1 - params.least))"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for besides words. vector: of length 1. least, weight: see `Encoder`.

    conditions: what an article must fit to be found at all.
    """

    vector: Sequence[float]
    least: float
    weight: float
    conditions: Clause


def best_score_request(request: Mapping[str, Any]) -> Clause:
    """`request` made to count what has the words, and to say what the best of it scores."""
    return {
        "query": request["query"],
        "size": 1,
        "track_total_hits": request["track_total_hits"],
        "_source": False,
    }


def beside_words(request: Mapping[str, Any], asked: Asked, best_score: float | None) -> Clause:
    """`request` with the nearest articles added. best_score: of words; None if nothing has them."""
    by_words = {"bool": {"must": [request["query"]], "_name": _BY_WORDS}}
    return {
        **request,
        "query": {
            "bool": {"should": [by_words, _nearest(asked, best_score or 1.0)]},
        },
    }


def by_vector_alone(hit: Mapping[str, Any]) -> bool:
    """Whether a hit of a request made by `beside_words` has not what was typed."""
    return _BY_WORDS not in hit.get("matched_queries", ())


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
        }
    }
