"""Records → validated articles → the inbox, in pipelines, with a count of what became of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from warraq.article import Contract, parse
from warraq.errors import NoRoom, Rejected
from warraq.sources.mapping import ArticleMapping
from warraq.sources.record import Origin, Record, Refusal
from warraq.sources.refused import RefusedFile, to_json

# Redis with appendfsync=always syncs once a pipeline, so it pays to make them long; beyond these
# the gain is lost in noise (benchmarks/enqueue.py), and memory is not.
PIPELINE_ARTICLES, PIPELINE_BYTES = 500, 2_000_000


def as_sent(payload: Mapping[str, object]) -> bytes:
    """An article as the JSON that goes into the inbox. Raises Rejected for endless nesting."""
    try:
        return to_json(payload)
    except RecursionError:
        raise Rejected("parse", "too-deep", "the record is nested too deeply") from None


class Inbox(Protocol):
    """What is asked of warraq.inbox.stream.Inbox here."""

    def add_many(self, payloads: Sequence[bytes], /) -> list[str]: ...


class Room(Protocol):
    """What is asked of warraq.cli.patience.Patience here: how the marks of the inbox are kept."""

    def wait(self, /) -> None:
        """Returns when there is room. Raises NoRoom where that is not to be waited for."""

    def refused(self, why: str, /) -> None:
        """The inbox took nothing, whatever the marks say. Returns when it is time to try again."""


@dataclass(slots=True)
class Tally:
    """What became of the records. sent: acknowledged by the inbox (or valid, in a dry run).
    done: so many records from the first on were sent or refused, with no gap."""

    sent: int = 0
    done: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    last_sent: Origin | None = None

    @property
    def read(self) -> int:
        return self.sent + self.refused.total()


class Sending:
    """Takes what the readers give, and sends what is an article.

    inbox: None in a dry run. room: asked before each pipeline; None: the inbox is never waited for.
    """

    def __init__(
        self,
        inbox: Inbox | None,
        mapping: ArticleMapping,
        contract: Contract,
        refused: RefusedFile,
        room: Room | None = None,
    ) -> None:
        self.tally = Tally()
        self.unseen_columns = set(mapping.columns.values())
        """Columns of the mapping that no record has had so far."""
        self.in_flight = 0
        """How many articles are on their way just now, so that nobody knows if they arrived."""
        self.stop_after_flight = False
        """Set from outside (Ctrl-C): once what is on its way has arrived, KeyboardInterrupt."""
        self._inbox = inbox
        self._mapping = mapping
        self._contract = contract
        self._refused = refused
        self._room = room
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._last: Origin | None = None

    @property
    def taken(self) -> int:
        """How many records were taken, sent or not yet sent or refused."""
        return self.tally.read + len(self._waiting)

    def take(self, item: Record | Refusal) -> None:
        """Sends or refuses it, sooner or later. Raises Unavailable, and OSError of the refused."""
        if isinstance(item, Refusal):
            self._refuse(item)
            return
        if self.unseen_columns:
            self.unseen_columns -= item.fields.keys()
        try:
            payload = self._article(item)
        except Rejected as refused:
            self._refuse(Refusal(item.origin, refused.reason, refused.detail, item.fields))
            return
        self._waiting.append(payload)
        self._waiting_bytes += len(payload)
        self._last = item.origin
        if len(self._waiting) >= PIPELINE_ARTICLES or self._waiting_bytes >= PIPELINE_BYTES:
            self.flush()

    def flush(self) -> None:
        """Sends what is waiting. Raises as `take`; `in_flight` then counts those in doubt."""
        self._refused.flush()
        if not self._waiting:
            self.tally.done = self.tally.read
            return
        if self._inbox is not None:
            self._add(self._inbox)
        self.tally.sent += len(self._waiting)
        self.tally.last_sent = self._last
        self.tally.done = self.tally.read
        self._waiting, self._waiting_bytes = [], 0
        self.in_flight = 0
        if self.stop_after_flight:
            raise KeyboardInterrupt

    def _add(self, inbox: Inbox) -> None:
        """All that is waiting, at once: an inbox without room takes nothing of it."""
        while True:
            if self._room is not None:
                self._room.wait()
            self.in_flight = len(self._waiting)
            try:
                inbox.add_many(self._waiting)
            except NoRoom as error:
                self.in_flight = 0
                if self._room is None:
                    raise
                self._room.refused(str(error))
            else:
                return

    def _article(self, record: Record) -> bytes:
        """The record as the JSON to send, accepted by the very function that the workers use."""
        payload = as_sent(self._mapping.payload(record))
        parse(payload, self._contract)
        return payload

    def _refuse(self, refusal: Refusal) -> None:
        self.tally.refused[refusal.reason] += 1
        self._refused.write(refusal)
