"""One version of the index being filled from another; see `warraq.index.reindex` for the plan."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from warraq.errors import Rejected, Unavailable, WarraqError
from warraq.index.documents import with_unstored
from warraq.index.lifecycle import FILLING, Layout, current, point_to
from warraq.index.writer import Action, IndexWriter

Analyse = Callable[[Mapping[str, Any]], dict[str, Any]]
"""One `_source` → the one to be indexed in its place; Rejected keeps the article as it was."""

_MOST_IN_PAGE, _LEAST_IN_PAGE, _PAGE_BYTES = 500, 10, 8_000_000
_FEW = 200  # writes: so many are brought over in the moment in which the workers have to wait
_PATIENCE = (0.5, 1, 2, 4, 8, 16)  # seconds, one after another, while Elasticsearch is overloaded
_NOTE_EVERY = 20  # pages


@dataclass(slots=True)
class Reindexed:
    """What was done. copied: documents read from the old version, later changes included.

    refused: ids of those that `analyse` rejected and that were kept as they were.
    """

    old: str
    new: str
    copied: int = 0
    rounds: int = 0
    refused: list[str] = field(default_factory=list)


def filled_as(layout: Layout) -> str:
    """The alias of the version that is being filled: a write to it never makes an index."""
    return f"{layout.alias}-next"


class Filling:
    """One version being filled from another.

    mark: its note in `_meta`: what it is made from and how, the positions by shard, and whether
    the old version is being closed to writes.
    """

    def __init__(
        self,
        client: Elasticsearch,
        layout: Layout,
        result: Reindexed,
        mark: Mapping[str, Any],
        analyse: Analyse | None = None,
    ) -> None:
        self.result = result
        self._client = client
        self._layout = layout
        self._analyse = analyse
        self._mark = dict(mark)
        # All writes to the shard up to this sequence number are in the new version.
        self._positions = {shard: int(n) for shard, n in mark["positions"].items()}
        self._page_size = _LEAST_IN_PAGE
        # A copy brings vectors along, which are left out of `_source` unless one asks for them;
        # the steps make them anew.
        copies_vectors = analyse is None and layout.vectors is not None
        self._what_is_read = {"exclude_vectors": not copies_vectors}

    def follow(self, report: Callable[[int], None]) -> None:
        """Rounds, until one brings over few writes, or hardly fewer than the one before.

        Writers may be as fast as we are: then more rounds would gain nothing on them.
        """
        last = float("inf")
        while True:
            before = self.result.copied
            self._round(self._checkpoints("global_checkpoint"), filled_as(self._layout), report)
            brought = self.result.copied - before
            if brought <= _FEW or brought > last / 2:
                return
            last = brought

    def publish(self) -> None:
        """Close the old version, bring over the rest, look whether all is there, move the alias."""
        client, new = self._client, self.result.new
        refresh = {"refresh_interval": f"{self._layout.refresh_seconds}s"}
        client.indices.put_settings(index=new, settings={"index": refresh})
        client.indices.refresh(index=new)
        self._mark["closing"] = True
        self.note()
        try:
            self._close_and_bring_over(filled_as(self._layout))
            client.indices.refresh(index=new)
            self._must_be_whole()
            self._move_alias()
        except BaseException:  # Ctrl-C, too: the workers must not wait for ever
            with suppress(ApiError, TransportError):  # then `finish_interrupted` will do it
                if current(client, self._layout) == self.result.old:
                    self.reopen()
            raise

    def finish(self) -> None:
        """Make sure that the old version has been closed since, and whole since the alias moved.

        Somebody else may have opened it, such as `finish_interrupted` in another process.
        """
        self._close_and_bring_over(self._layout.alias)
        self._client.indices.refresh(index=self.result.new)
        self.note(done=True)

    def reopen(self) -> None:
        """Let the old version be written again."""
        self._client.indices.put_settings(
            index=self.result.old, settings={"index.blocks.write": None}
        )
        self._mark["closing"] = False
        self.note()

    def _close_and_bring_over(self, alias: str) -> None:
        # Answers when no write is under way any more; a later one fails and is sent again.
        self._client.indices.add_block(index=self.result.old, block="write")
        self._round(self._checkpoints("max_seq_no"), alias, lambda _: None)

    def _must_be_whole(self) -> None:
        new, old = self.result.new, self.result.old
        missing = self._client.count(index=old)["count"] - self._client.count(index=new)["count"]
        if missing > 0:
            raise WarraqError(
                f"{new} lacks {missing:,} articles of {old}; the alias stays where it is. "
                "`warraq index reindex --restart` begins anew"
            )

    def _move_alias(self) -> None:
        old, new, alias = self.result.old, self.result.new, self._layout.alias
        self._client.indices.update_aliases(
            actions=[
                {"remove": {"index": old, "alias": alias, "must_exist": True}},
                {"remove": {"index": new, "alias": filled_as(self._layout), "must_exist": True}},
                point_to(new, self._layout),
            ]
        )

    def _checkpoints(self, kind: str) -> dict[str, int]:
        """By shard, a sequence number up to which all writes are done.

        `global_checkpoint`: on every copy of the shard; the highest number of all may already be
        there while a lower one is still being written. `max_seq_no` once there are no writers.
        """
        old = self.result.old
        stats = self._client.indices.stats(index=old, level="shards", metric="docs")
        found = {
            shard: copy["seq_no"][kind]
            for shard, copies in stats["indices"][old]["shards"].items()
            for copy in copies
            if copy["routing"]["primary"]
        }
        self._client.indices.refresh(index=old)
        return found

    def _round(self, until: Mapping[str, int], alias: str, report: Callable[[int], None]) -> None:
        for shard, checkpoint in until.items():
            for number, hits in enumerate(self._pages(shard, checkpoint), start=1):
                self._write(alias, [self._action(hit) for hit in hits])
                self._positions[shard] = hits[-1]["sort"][0]
                self.result.copied += len(hits)
                report(self.result.copied)
                if number % _NOTE_EVERY == 0:
                    self.note()
            self._positions[shard] = max(checkpoint, self._positions.get(shard, -1))
        self.result.rounds += 1
        self.note()

    def _pages(self, shard: str, checkpoint: int) -> Iterator[list[dict[str, Any]]]:
        """What was written to the shard after our position, in the order of the writes.

        A document that is written again meanwhile is met again, at its new place.
        """
        while True:
            written = {"gt": self._positions.get(shard, -1), "lte": checkpoint}
            hits = self._client.search(
                index=self.result.old,
                preference=f"_shards:{shard}",
                query={"range": {"_seq_no": written}},
                sort=[{"_seq_no": "asc"}],
                size=self._page_size,
                version=True,
                track_total_hits=False,
                source=self._what_is_read,
            )["hits"]["hits"]
            if not hits:
                return
            yield hits

    def _action(self, hit: Mapping[str, Any]) -> Action:
        source = self._filled(hit)
        # Stories are folded by it: without one, all such articles would be one story.
        source.setdefault("story_id", hit["_id"])
        version = {"version": hit["_version"], "version_type": "external"}
        return Action(
            hit["_id"],
            json.dumps({"index": {"_id": hit["_id"], **version}}).encode(),
            json.dumps(source, ensure_ascii=False, separators=(",", ":")).encode(),
        )

    def _filled(self, hit: Mapping[str, Any]) -> dict[str, Any]:
        """What to send for a document of the old version."""
        source: dict[str, Any] = hit["_source"]
        if self._analyse is not None and not source.get("deleted"):
            try:
                return self._analyse(source)
            except Rejected:
                self.result.refused.append(hit["_id"])
        return with_unstored(source)

    def _write(self, alias: str, actions: Sequence[Action]) -> None:
        """All of `actions`, waiting where Elasticsearch has too much to do."""
        size = sum(action.size for action in actions)
        fitting = len(actions) * _PAGE_BYTES // size
        self._page_size = max(_LEAST_IN_PAGE, min(_MOST_IN_PAGE, self._page_size * 4, fitting))
        writer = IndexWriter(self._client, alias)
        for seconds in (*_PATIENCE, None):
            waiting = []
            for action, outcome in zip(actions, writer.write(actions), strict=True):
                if isinstance(outcome, Rejected):
                    raise WarraqError(
                        f"{action.id} cannot go into {self.result.new}: {outcome.detail}"
                    )
                if isinstance(outcome, Unavailable):
                    waiting.append((action, outcome))
            if not waiting:
                return
            if not self._client.indices.exists_alias(name=alias):
                raise WarraqError(f"another reindex has made an end of {self.result.new}")
            if seconds is None:
                raise waiting[0][1]
            time.sleep(seconds)
            actions = [action for action, _ in waiting]

    def note(self, *, done: bool = False) -> None:
        """Write down where we are, in the new version itself."""
        meta = self._layout.body()["mappings"]["_meta"]
        if not done:
            meta[FILLING] = self._mark | {"positions": self._positions}
        self._client.indices.put_mapping(index=self.result.new, meta=meta)
