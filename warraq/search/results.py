"""What a search gives back: hits with their passages, and Elasticsearch's answer made into them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from warraq.search.dense import by_vector_alone
from warraq.search.facets import Facet, facets_of
from warraq.search.marked import MarkedText
from warraq.search.passages import Passage, passages
from warraq.search.request import Listing, Marks
from warraq.search.stories import MOST_SOURCES
from warraq.text.tokens import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found.

    id: `_id` in Elasticsearch. article_id: the source's own. score: comparable within one search
    only. title: as it came; title_marks are spans of it. passages: of the original body.
    near: it has words spelt nearly as they were typed. by_meaning: it was found by its vector
    alone. partial: it has fewer of the words than were wanted. story_id: shared by all copies of
    one text. copies: where stories are folded, how many more of the articles that were found are
    copies of this one, and the sources of the most, at most ten.
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
    by_meaning: bool = False
    partial: bool = False
    story_id: str | None = None
    copies: int = 0
    copy_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadAs:
    """Words typed in Latin letters, and the Arabic names that they were read as, likeliest first.

    The search is for all of them, and for the Latin letters as well.
    """

    typed: str
    arabic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one search.

    total: articles that have what was typed; near and partial hits and those by meaning do not
    count. If not `total_is_exact`, it is the least that there are. took_ms: of all requests that
    were made, inside Elasticsearch. hits: best first, then the near ones, those by meaning, the
    partial ones. suggestion: the query as it was probably meant (`warraq.search.spelling`), if
    otherwise. read_as: names that were typed in Latin letters. stories: where they are folded, how
    many there are among all articles that were found (beyond some 10,000 within a few percent).
    facets: those that were asked for.
    next_page: leads to the next page of a search that is paged; None on the last one.
    """

    total: int = 0
    total_is_exact: bool = True
    took_ms: int = 0
    hits: tuple[Hit, ...] = ()
    suggestion: str | None = None
    stories: int | None = None
    facets: tuple[Facet, ...] = ()
    next_page: str | None = None
    read_as: tuple[ReadAs, ...] = ()


def hits_of(answer: Mapping[str, Any], marks: Marks) -> tuple[Hit, ...]:
    """The hits of Elasticsearch's answer to a request that was made with `marks`."""
    return tuple(_hit(hit, marks) for hit in answer["hits"]["hits"])


def results_of(answer: Mapping[str, Any], marks: Marks, listing: Listing) -> Results:
    """What Elasticsearch answered to a request for a `listing`."""
    total = answer["hits"]["total"]
    counted = answer.get("aggregations", {})
    number = counted.get("stories", counted).get("number")
    return Results(
        total=total["value"],
        total_is_exact=total["relation"] == "eq",
        hits=hits_of(answer, marks),
        stories=None if number is None else number["value"],
        facets=facets_of(answer, listing.facets),
    )


def _hit(hit: Mapping[str, Any], marks: Marks) -> Hit:
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
        by_meaning=by_vector_alone(hit),
        story_id=source.get("story_id"),
    )


def with_copies(hits: Iterable[Hit], answer: Mapping[str, Any]) -> tuple[Hit, ...]:
    """The hits, each with its further copies as counted in the answer to `copies_request`."""
    stories = {story["key"]: story for story in answer["aggregations"]["stories"]["buckets"]}
    return tuple(
        _with_copies(hit, stories[hit.story_id]) if hit.story_id in stories else hit for hit in hits
    )


def _with_copies(hit: Hit, story: Mapping[str, Any]) -> Hit:
    counted = {source["key"]: source["doc_count"] for source in story["sources"]["buckets"]}
    counted[hit.source] = counted.get(hit.source, 1) - 1
    sources = tuple(source for source, number in counted.items() if number > 0)
    return replace(hit, copies=story["doc_count"] - 1, copy_sources=sources[:MOST_SOURCES])


def marked_words(hit: Hit) -> Iterator[str]:
    """What of a hit matched, as it stands there."""
    for start, end in hit.title_marks:
        yield hit.title[start:end]
    for passage in hit.passages:
        yield from (piece for piece, is_marked in passage.pieces() if is_marked)
