"""Every article of the index as it was sent, tombstones too: what a backup has to hold.

The index keeps the very bytes only of articles that had to be cleaned; of all others it keeps
what the contract reads, so the payload that is made here from it is read as the same article.
What is not kept is the values of fields that the contract does not know.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from warraq.errors import WarraqError
from warraq.index.client import elasticsearch_errors
from warraq.index.documents import KEPT_AS_SENT, as_sent

_MOST_IN_PAGE, _LEAST_IN_PAGE, _PAGE_BYTES = 500, 10, 8_000_000
_KEPT_OPEN = "10m"  # between two pages, however long a disk takes to write one
_WANTED = [
    *KEPT_AS_SENT, "article_id", "title", "body", "published_at", "updated_at", "received_at",
    "deleted", "original",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Original:
    """One article. id, version: of its document. intake_ms: when it was first enqueued.

    payload: JSON by the contract; exact: these are the very bytes that came.
    """

    id: str
    version: int
    intake_ms: int
    payload: bytes
    exact: bool


class Originals:
    """The documents behind an alias, as they are at this moment, whatever is written meanwhile."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        """Raises WarraqError if there is no such alias, Unavailable if Elasticsearch is away."""
        self._client = client
        with elasticsearch_errors():
            # The index itself, for the alias hides tombstones.
            index = list(client.indices.get_alias(name=alias))
            client.indices.refresh(index=index)
            opened = client.open_point_in_time(index=index, keep_alive=_KEPT_OPEN)
            self._point: str = opened["id"]
            whole = client.search(
                pit=self._pit, size=0, track_total_hits=True, allow_partial_search_results=False
            )
        self.count = int(whole["hits"]["total"]["value"])

    @property
    def _pit(self) -> dict[str, str]:
        return {"id": self._point, "keep_alive": _KEPT_OPEN}

    def close(self) -> None:
        """Gives back what Elasticsearch holds for us."""
        with elasticsearch_errors():
            self._client.close_point_in_time(id=self._point)

    def __iter__(self) -> Iterator[Original]:
        """All of them, in bounded memory.

        Raises:
            WarraqError: a document is none of Warraq's; it is named. Unavailable: as before.
        """
        after: list[Any] | None = None
        size = _LEAST_IN_PAGE
        while hits := self._page(size, after):
            pages = [_original(hit) for hit in hits]
            yield from pages
            after = hits[-1]["sort"]
            took = sum(len(one.payload) for one in pages) or 1
            fitting = len(pages) * _PAGE_BYTES // took
            size = max(_LEAST_IN_PAGE, min(_MOST_IN_PAGE, size * 4, fitting))

    def _page(self, size: int, after: list[Any] | None) -> list[dict[str, Any]]:
        with elasticsearch_errors():
            answer = self._client.search(
                pit=self._pit,
                size=size,
                sort=[{"_shard_doc": "asc"}],
                search_after=after,
                # Else a part of the index that has gone meanwhile would be left out unsaid.
                allow_partial_search_results=False,
                version=True,
                track_total_hits=False,
                source_includes=_WANTED,
            )
        self._point = answer["pit_id"]
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        return hits


def _original(hit: Mapping[str, Any]) -> Original:
    source = hit["_source"]
    try:
        kept = source.get("original", {}).get("payload")
        intake = datetime.fromisoformat(source["received_at"])
        return Original(
            id=hit["_id"],
            version=int(hit["_version"]),
            intake_ms=round(intake.timestamp() * 1000),
            payload=base64.b64decode(kept) if kept is not None else _written(source),
            exact=kept is not None,
        )
    except (KeyError, ValueError, TypeError) as error:
        raise WarraqError(
            f"the document {hit['_id']} of {hit['_index']} is none of Warraq's: {error!r}"
        ) from error


def _written(source: Mapping[str, Any]) -> bytes:
    return json.dumps(as_sent(source), ensure_ascii=False, separators=(",", ":")).encode()
