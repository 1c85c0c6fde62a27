"""What a search gives back: hits with their passages, and Elasticsearch's answer made into them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from warraq.index.documents import without_marks
from warraq.search.marked import MarkedText
from warraq.search.passages import Passage, passages
from warraq.search.query import Query
from warraq.search.request import Marks
from warraq.text.letters import MARKS, TATWEEL
from warraq.text.normalize import fold
from warraq.text.tokens import Span

_UNSPOKEN = dict.fromkeys(map(ord, (*MARKS, TATWEEL)))


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
class ReadAs:
    """Words typed in Latin letters, and the Arabic names that they were read as, likeliest first.

    The search is for all of them, and for the Latin letters as well.
    """

    typed: str
    arabic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one search.

    total: articles that have what was typed; near hits do not count. If not `total_is_exact`, it
    is the least that there are. took_ms: inside Elasticsearch. hits: best first, the near ones
    last. suggestion: what may have been meant, spelt as an article has it. read_as: names that
    were typed in Latin letters.
    """

    total: int = 0
    total_is_exact: bool = True
    took_ms: int = 0
    hits: tuple[Hit, ...] = ()
    suggestion: str | None = None
    read_as: tuple[ReadAs, ...] = ()


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


def suggestion(query: Query, near: Iterable[Hit]) -> str | None:
    """`query.words` in the spelling that most of the `near` hits have; None if it is no other."""
    spelt = Counter(word.translate(_UNSPOKEN) for hit in near for word in _marked_words(hit))
    by_folded: dict[str, str] = {}
    for word, _ in spelt.most_common():
        by_folded.setdefault(fold(word), word)
    typed = [without_marks(word) for word in query.words]
    meant = [_nearest(word, by_folded) for word in typed]
    return " ".join(meant) if meant != typed else None


def _nearest(word: str, by_folded: Mapping[str, str]) -> str:
    folded = fold(word)
    if folded in by_folded:
        return word
    near = get_close_matches(folded, by_folded, n=1, cutoff=0.7)
    return by_folded[near[0]] if near else word


def _marked_words(hit: Hit) -> Iterable[str]:
    for start, end in hit.title_marks:
        yield hit.title[start:end]
    for passage in hit.passages:
        yield from (piece for piece, is_marked in passage.pieces() if is_marked)
