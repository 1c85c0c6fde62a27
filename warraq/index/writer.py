"""Writing batches: one bulk request, and a verdict on each document of it.

Elasticsearch's own bulk helpers stop at the first bad chunk and cannot tell an article's fault
from a server's. Here each item gets its own outcome, in words of `warraq.errors`: written,
`Rejected` (this document never), or `Unavailable` (this document not now).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, Elasticsearch
from pydantic_core import to_json

from warraq.document import Document
from warraq.errors import Overloaded, Rejected, Unavailable
from warraq.index.client import reason
from warraq.index.documents import to_source

Written = Literal["created", "updated", "unchanged", "outdated"]
"""unchanged: this very version was there already. outdated: a newer one was."""
Outcome = Written | Rejected | Unavailable

# Errors that Elasticsearch reports with status 400 although the document is not at fault.
_OUR_FAULT = frozenset(
    {
        "index_closed_exception",
        "cluster_block_exception",
        "strict_dynamic_mapping_exception",  # the index is older than this worker: reindex
        "unavailable_shards_exception",
    }
)

# Not anywhere in the reason, which may quote the article.
_NO_WRITE_INDEX = "no write index is defined for alias"

_CONFLICT = re.compile(r"current version \[(\d+)\] .* provided \[(\d+)\]")


REQUEST_BYTES = 8_000_000
"""Of one bulk request. Elasticsearch reckons some four times as much for it, and takes a tenth of
its heap at once; documents may be several times as large as the articles of their batch."""
# What it says where a request, or its part for one shard, has to wait for others. One that is
# larger than the most that there can be will wait for ever.
_HAS_TO_WAIT = re.compile(
    r"(?:primary|coordinating)_operation_bytes=(\d+).*max_(?:primary|coordinating)_bytes=(\d+)"
)


@dataclass(frozen=True, slots=True)
class Action:
    """One document ready to be sent: two lines of a bulk request, as bytes."""

    id: str
    head: bytes
    source: bytes

    @property
    def size(self) -> int:
        return len(self.head) + len(self.source)


def action(document: Document) -> Action:
    """`document` as it will be sent: the newest version wins, whatever order they come in."""
    head = {"index": {"_id": document.id, "version": document.version, "version_type": "external"}}
    source = to_source(document, indexed_at=datetime.now(UTC))
    return Action(
        document.id,
        to_json(head),
        to_json(source),
    )


class IndexWriter:
    """Writes to the alias; never creates an index by accident."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client
        self._alias = alias

    def write(self, actions: Sequence[Action]) -> list[Outcome]:
        """One outcome for each of `actions`, in their order; raises nothing.

        A request that Elasticsearch refuses as a whole is halved until the culprit is alone.
        """
        return [outcome for some in _requests(actions) for outcome in self._write(some)]

    def _write(self, actions: Sequence[Action]) -> list[Outcome]:
        """The outcomes of one request."""
        # Ready-made lines go through the client as they are; its annotations know only mappings.
        lines: list[Any] = [line for one in actions for line in (one.head, one.source)]
        try:
            answer = self._client.bulk(
                index=self._alias,
                operations=lines,
                require_alias=True,
                filter_path="items.*.result,items.*.status,items.*.error.type,items.*.error.reason",
            )
        except ApiError as error:
            return self._refused(actions, error)
        except ConnectionTimeout as error:
            return [Overloaded(f"Elasticsearch does not answer: {error.message}")] * len(actions)
        except TransportError as error:
            return [Unavailable(f"Elasticsearch does not answer: {error.message}")] * len(actions)
        items: list[dict[str, Any]] = [item["index"] for item in answer["items"]]
        if any(_never_fits(item.get("error", {}).get("reason")) for item in items):
            return self._in_halves(actions, "too-large", _words_of(items[0]))
        return [_outcome(item) for item in items]

    def _refused(self, actions: Sequence[Action], error: ApiError) -> list[Outcome]:
        words = _words(error.status_code, error.message, reason(error))
        too_large = error.status_code == 413 or _never_fits(reason(error))
        if error.status_code != 400 and not too_large:
            return [_not_now(error.status_code, words)] * len(actions)
        return self._in_halves(actions, "too-large" if too_large else "refused-by-index", words)

    def _in_halves(self, actions: Sequence[Action], slug: str, words: str) -> list[Outcome]:
        """Each half on its own; one that is alone is the culprit, rejected for `slug`.

        What was written already is written again, which changes nothing.
        """
        if len(actions) > 1:
            middle = len(actions) // 2
            return self._write(actions[:middle]) + self._write(actions[middle:])
        return [Rejected("index", slug, words)]


def _requests(actions: Sequence[Action]) -> Iterator[Sequence[Action]]:
    """`actions` in their order, in pieces of `REQUEST_BYTES` at most or of one action."""
    first = size = 0
    for number, one in enumerate(actions):
        if size and size + one.size > REQUEST_BYTES:
            yield actions[first:number]
            first, size = number, 0
        size += one.size
    if actions:
        yield actions[first:]


def _never_fits(why: str | None) -> bool:
    waits = _HAS_TO_WAIT.search(why or "")
    return waits is not None and int(waits[1]) > int(waits[2])


def _outcome(item: dict[str, Any]) -> Outcome:
    status = int(item["status"])
    if status in (200, 201):
        return "created" if item.get("result") == "created" else "updated"
    error = item.get("error", {})
    kind, why = str(error.get("type", "")), str(error.get("reason", ""))
    if status == 409:  # this version or a newer one is there already
        versions = _CONFLICT.search(why)
        return "outdated" if versions and int(versions[1]) > int(versions[2]) else "unchanged"
    words = _words_of(item)
    if status != 400 or kind in _OUR_FAULT or why.startswith(_NO_WRITE_INDEX):
        return _not_now(status, words)
    return Rejected("index", "refused-by-index", words)


def _not_now(status: int, words: str) -> Unavailable:
    # 500 may be of this one document, which only others that are taken can tell.
    return Overloaded(words) if status in (429, 500, 503, 504) else Unavailable(words)


def _words_of(item: dict[str, Any]) -> str:
    error = item.get("error", {})
    return _words(int(item["status"]), str(error.get("type", "")), str(error.get("reason", "")))


def _words(status: int, kind: str, why: str) -> str:
    return f"Elasticsearch answered {status} {kind}: {why}"[:800]
