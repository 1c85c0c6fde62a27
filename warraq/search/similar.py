"""Articles like a given one: those that have many of the words that tell it from others.

Elasticsearch's `more_like_this` takes the stems of title and body that are frequent in the article
and rare in the index, and finds articles that have enough of them. Names and keywords that the
analysis found in both add to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from warraq.search.ranking import Clause
from warraq.search.stories import STORY

NAMED = {"keywords": 2.0, "persons": 2.0, "organizations": 1.0, "places": 1.0}
"""By field, what one value in common adds, at most, before Elasticsearch's weight for rare ones."""
_MOST_NAMED = 20  # values of one field
_MOST_TERMS = 40
_ENOUGH = "25%"  # of those terms must be in an article


def known_request(document_id: str) -> Clause:
    """Asks for what has to be known of the given article."""
    return {"query": {"term": {"_id": document_id}}, "_source": [STORY, *NAMED], "size": 1}


def similar_query(document_id: str, index: str, known: Mapping[str, Any]) -> Clause:
    """Finds articles like that one, without itself and the copies of its story.

    index: where it is, or an alias. known: what `known_request` finds in it.
    """
    named = [
        {"term": {field: {"value": value, "boost": boost}}}
        for field, boost in NAMED.items()
        for value in known.get(field, ())[:_MOST_NAMED]
    ]
    itself: list[Clause] = [{"ids": {"values": [document_id]}}]
    if STORY in known:
        itself.append({"term": {STORY: known[STORY]}})
    return {
        "bool": {
            "must": [
                {
                    "more_like_this": {
                        "fields": ["title.stem", "body.stem"],
                        "like": [{"_index": index, "_id": document_id}],
                        "min_term_freq": 1,
                        "min_doc_freq": 2,
                        "max_query_terms": _MOST_TERMS,
                        "minimum_should_match": _ENOUGH,
                    }
                }
            ],
            "should": named,
            "must_not": itself,
        }
    }
