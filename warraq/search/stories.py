"""Folding of stories: of the copies of one text, which many papers print, one hit is shown."""

from __future__ import annotations

from collections.abc import Iterable

from warraq.search.paging import in_point_in_time
from warraq.search.ranking import Clause

STORY = "story_id"
"""The field that all copies of a story share; an article that is alone has its own id in it."""
MOST_SOURCES = 10
"""Sources that are named of one story's further copies."""
# Stories are counted exactly, for all that matters, up to so many; Elasticsearch allows no more.
_EXACT_STORIES = 40_000

COLLAPSE: Clause = {"field": STORY}
NUMBER: Clause = {"cardinality": {"field": STORY, "precision_threshold": _EXACT_STORIES}}


def copies_request(query: Clause, story_ids: Iterable[str], *, pit: str | None = None) -> Clause:
    """Counts the articles of each of the stories that `query` finds, and by source."""
    ids = list(story_ids)
    request: Clause = {
        "query": {"bool": {"filter": [query, {"terms": {STORY: ids}}]}},
        "size": 0,
        "track_total_hits": False,
        "aggs": {
            "stories": {
                "terms": {"field": STORY, "size": max(1, len(ids))},
                "aggs": {"sources": {"terms": {"field": "source", "size": MOST_SOURCES + 1}}},
            }
        },
    }
    return in_point_in_time(request, pit)
