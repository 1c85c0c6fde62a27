"""In which order hits come: by relevance, with recent articles preferred or not, or by date.

A preference for recent articles multiplies the score by a factor between 1 and `MOST_FOR_RECENT`,
which halves its gain with every half-life. Scores of long queries are ten times those of short
ones, so a summand would drown the words in one and not be felt in the other; a bounded factor
only decides between articles that fit about equally well. An article without a date has the
factor 1, that of a very old one: it is not preferred, and loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from warraq.search.query import BadQuery
from warraq.search.ranking import Clause

MOST_FOR_RECENT = 1.5
"""What the score of an article of this moment is multiplied with."""
HALF_LIFE = timedelta(days=7)
"""An article of so long ago has half of the gain."""


class Sort(StrEnum):
    """relevance: best first. newest, oldest: by `published_at`; those without a date come last."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class Order:
    """sort: what comes first. half_life: of the preference for recent articles; None for none.

    now: the moment from which an age is counted. It stays the same on all pages of a search, or
    scores would move between them.
    """

    sort: Sort
    now: datetime
    half_life: timedelta | None = None

    def scored(self, query: Clause) -> Clause:
        """`query` with the preference for recent articles in its scores."""
        if self.half_life is None or self.sort is not Sort.RELEVANCE:
            return query
        gain = {
            "filter": {"exists": {"field": "published_at"}},  # without a date, decay would be none
            "weight": MOST_FOR_RECENT - 1,
            "exp": {
                "published_at": {
                    "origin": self.now.isoformat(),
                    "scale": f"{round(self.half_life.total_seconds())}s",
                    "decay": 0.5,
                }
            },
        }
        return {
            "function_score": {
                "query": query,
                "functions": [{"weight": 1}, gain],
                "score_mode": "sum",
                "boost_mode": "multiply",
            }
        }

    def keys(self) -> list[Clause]:
        """What hits are sorted by.

        Equals are told apart by `_shard_doc`, which Elasticsearch adds in a point in time.
        """
        best = {"_score": {"order": "desc"}}
        if self.sort is Sort.RELEVANCE:
            return [best]
        direction = "desc" if self.sort is Sort.NEWEST else "asc"
        return [{"published_at": {"order": direction, "missing": "_last"}}, best]


def order_of(sort: str, half_life: timedelta | None = None) -> Order:
    """The order of a search that begins now.

    Raises:
        BadQuery: there is no such order, or a half-life is out of bounds.
    """
    if sort not in set(Sort):
        raise BadQuery(f"hits cannot be sorted by {sort!r}; give one of {', '.join(Sort)}")
    if half_life is not None and not _SHORTEST <= half_life <= _LONGEST:
        raise BadQuery("the half-life of recency must be between a minute and a hundred years")
    return Order(Sort(sort), datetime.now(UTC), half_life)
