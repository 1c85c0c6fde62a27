"""What a search gives back: hits with their passages, and Elasticsearch's answer made into them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warraq.search.marked import MarkedText
from warraq.search.passages import Passage, passages
from warraq.search.request import Marks
from warraq.text.tokens import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found.

    id: `_id` in Elasticsearch. article_id: the source's own. score: comparable within one search
    only. title: as it came; title_marks are spans of it. passages: of the original body.
    near: it has no word as typed, only one spelt nearly so.
    """

    id: str
    score: float
    source: str
    article_id: str
    title: str
    url: str | None
    published_at: datetime | None
    passages: tuple[Passage, ...] = ()
    title_marks: tuple[Span, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one search.

    total: articles that have what was typed; near hits do not count. If not `total_is_exact`, it
    is the least that there are. took_ms: inside Elasticsearch. hits: best first, the near ones
    last. suggestion: the query as it was probably meant (`warraq.search.spelling`), if otherwise.
    """

    total: int = 0
    total_is_exact: bool = True
    took_ms: int = 0
    hits: tuple[Hit, ...] = ()
    suggestion: str | None = None


def hits_of(answer: Mapping[str, Any], marks: Marks, *, near: bool = False) -> tuple[Hit, ...]:
    """The hits of Elasticsearch's answer to a request that was made with `marks`."""
    return tuple(_hit(hit, marks, near=near) for hit in answer["hits"]["hits"])


def _hit(hit: Mapping[str, Any], marks: Marks, *, near: bool) -> Hit:
    source = hit["_source"]
    title = MarkedText.of_hit(hit, "title", marks)
    published_at = source.get("published_at")
    return Hit(
        id=hit["_id"],
        score=hit["_score"] or 0.0,
        source=source["source"],
        article_id=source["article_id"],
        title=title.edited.original,
        url=source.get("url"),
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        passages=passages(MarkedText.of_hit(hit, "body", marks)),
        title_marks=title.original_marks,
        near=near,
    )


def marked_words(hit: Hit) -> Iterator[str]:
    """What of a hit matched, as it stands there."""
    for start, end in hit.title_marks:
        yield hit.title[start:end]
    for passage in hit.passages:
        yield from (piece for piece, is_marked in passage.pieces() if is_marked)
