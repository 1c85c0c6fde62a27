"""Deleting what was kept long enough, outright: without a tombstone, as if it had never come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from elasticsearch import Elasticsearch

from warraq.errors import WarraqError
from warraq.index.client import elasticsearch_errors
from warraq.index.lifecycle import FILLING, Layout, current, versions

Clock = Literal["received", "published"]
_AT_ONCE = 2_000  # documents of one request, which is short so that Ctrl-C stops where it is


@dataclass(frozen=True, slots=True)
class Old:
    """Documents to be pruned. before: a moment; by: when they were received or published, where
    those without a date of publication stay. withdrawn: tombstones, else articles."""

    before: datetime
    withdrawn: bool = False
    by: Clock = "received"

    @property
    def query(self) -> dict[str, Any]:
        old = {"range": {f"{self.by}_at": {"lt": self.before.isoformat()}}}
        return {"bool": {"filter": [{"term": {"deleted": self.withdrawn}}, old]}}


def count(client: Elasticsearch, layout: Layout, old: Old) -> int:
    """How many there are. Raises as `prune`."""
    with elasticsearch_errors():
        index = _serving(client, layout)
        client.indices.refresh(index=index)
        return int(client.count(index=index, query=old.query)["count"])


def prune(
    client: Elasticsearch,
    layout: Layout,
    old: Old,
    report: Callable[[int], None] = lambda _: None,
) -> int:
    """Deletes them from the version that the alias leads to; returns how many.

    Needs the administrator's rights. An article of which a new version arrives meanwhile stays.
    report: is told how many were deleted, so far.

    Raises:
        WarraqError: there is no index, or a reindex is under way, which would bring them back.
        Unavailable: Elasticsearch is away, overloaded or does not let us; what is gone is gone.
    """
    deleted = 0
    with elasticsearch_errors():
        index = _serving(client, layout)
        client.indices.refresh(index=index)
        # Elasticsearch remembers for a minute the version of what was deleted, and would take the
        # article for one that is there if it was sent again. Nothing else here ever deletes.
        client.indices.put_settings(index=index, settings={"index.gc_deletes": "0ms"})
        while True:
            answer = client.delete_by_query(
                index=index,
                query=old.query,
                max_docs=_AT_ONCE,
                scroll_size=_AT_ONCE // 4,
                conflicts="proceed",
                refresh=True,
            )
            deleted += int(answer["deleted"])
            report(deleted)
            if _serving(client, layout) != index:
                raise WarraqError(
                    f"{layout.alias} leads to another version since, which may hold what was "
                    f"deleted in {index}: prune again"
                )
            if not answer["deleted"]:
                return deleted


def _serving(client: Elasticsearch, layout: Layout) -> str:
    index = current(client, layout)
    if index is None:
        raise WarraqError(f"there is no index {layout.alias} yet: `warraq index create`")
    for name, meta in versions(client, layout).items():
        if FILLING in meta:
            raise WarraqError(
                f"{name} is being filled by `warraq index reindex` and would keep what is deleted "
                "here: prune when that has ended"
            )
    return index
