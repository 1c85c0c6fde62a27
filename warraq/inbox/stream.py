"""Inbox: the stream of articles and its consumer group.

An entry stays in the stream until it is settled, so its length is what is still to be done. A
consumer that takes an entry holds a lease on it: Redis' idle time of the pending entry, renewed
while work goes on. Whatever must not be torn apart by a crash is one Lua script (`lua/`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from warraq.errors import Rejected
from warraq.inbox import keys
from warraq.inbox.connection import RedisClient, connect, redis_errors
from warraq.inbox.insisting import insist
from warraq.inbox.letter import letter_fields
from warraq.inbox.scripts import also_when_full, script

_ID = re.compile(rb"\d{1,20}-\d{1,20}", re.ASCII)
# config/redis.conf takes 64 MB in one piece (proto-max-bulk-len), and JSON may write a byte in six.
_MOST_JSON_BYTES, _MOST_BYTES = 8_000_000, 64_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of the stream, as its producer sent it.

    id: of the stream entry, "<ms>-<n>". payload: the JSON, or None where the entry has none.
    intake_ms: when it was first enqueued. deliveries: how often it was handed out, this time too.
    first_id: the one that the producer was given, where this is a replay. replays: how often it was
    a dead letter before.
    """

    id: str
    payload: bytes | None
    intake_ms: int
    deliveries: int
    fields: Mapping[bytes, bytes]
    first_id: str
    replays: int


@dataclass(frozen=True, slots=True)
class InboxCounts:
    """How many articles are where.

    waiting: in the stream, not yet taken by any worker: the lag; in_hand: with a worker; listed:
    still in the plain list; dead: letters; ended: outcome → number since the counters began.
    oldest_seconds: for how long the article has been waiting that came first of all in the stream;
    a dead letter that was replayed waits since its replay, not since its first intake, and one of
    the plain list since a worker moved it, for Redis does not know when it came there.
    memory_bytes, memory_limit: what Redis uses, and may use (0: no limit).
    """

    waiting: int
    in_hand: int
    listed: int
    dead: int
    ended: Mapping[str, int]
    oldest_seconds: float
    memory_bytes: int
    memory_limit: int

    @property
    def left(self) -> int:
        """How many have not ended."""
        return self.waiting + self.in_hand + self.listed


class Inbox:
    """The stream `warraq:articles` as producers and workers use it.

    Every method raises Unavailable when Redis cannot be used just now.
    """

    def __init__(self, client: RedisClient) -> None:
        self.client = client
        self._take = client.register_script(script("take"))
        self._claim = client.register_script(script("claim"))
        self._renew = client.register_script(script("renew"))
        self._release = client.register_script(script("release"))
        self._settle = client.register_script(script("settle"))
        self._bury = client.register_script(also_when_full(script("bury")))
        self._forget = client.register_script(script("forget"))
        self._kinds = client.register_script(also_when_full(script("version_kinds")))
        self._move_list = client.register_script(also_when_full(script("move_list")))

    @classmethod
    def connect(cls, url: str, *, ca: Path | None = None) -> Inbox:
        """An inbox on the server at `url`; connects on first use."""
        return cls(connect(url, ca))

    # Producers

    def add_many(self, payloads: Sequence[bytes]) -> list[str]:
        """Adds `payloads` in one round trip; the stream ids that come back are promises."""
        with redis_errors():
            # A transaction: one write and one sync to disk for all. Without it Redis syncs once
            # for every 16 KB that it reads, which is a quarter of the speed.
            pipeline = self.client.pipeline(transaction=True)
            for payload in payloads:
                pipeline.xadd(keys.STREAM, {keys.ARTICLE_FIELD: payload})
            return [bytes(answer).decode() for answer in pipeline.execute()]

    def admit(self, payload: bytes) -> str:
        """Adds a payload that lies in Redis already, in a message of Celery, also where Redis is
        full: the message goes in return. The stream id that comes back is a promise."""
        with redis_errors():
            added = insist(self.client, "XADD", keys.STREAM, "*", keys.ARTICLE_FIELD, payload)
            return bytes(added).decode()

    def move_list(self, most: int, most_bytes: int) -> int:
        """Moves payloads from the plain list into the stream; returns how many."""
        with redis_errors():
            return int(self._move_list(keys=[keys.LIST, keys.STREAM], args=[most, most_bytes]) or 0)

    # Workers

    def open(self) -> bool:
        """Makes the consumer group if it is missing; returns whether it was."""
        with redis_errors():
            try:
                # From the beginning: whatever lies in the stream has not ended. Also while Redis is
                # full, for without a group nobody makes room.
                insist(self.client, "XGROUP", "CREATE", keys.STREAM, keys.GROUP, "0", "MKSTREAM")
            except redis.ResponseError as error:
                if "BUSYGROUP" not in str(error):
                    raise
                return False
            return True

    def take(self, consumer: str, most: int, most_bytes: int) -> list[Entry]:
        """New entries for `consumer`, the oldest first; at least one if there is any."""
        taken = self._with_group(
            self._take, [keys.STREAM], [keys.GROUP, consumer, most, most_bytes]
        )
        return [_entry(identifier, fields, 1) for identifier, fields in taken]

    def claim(self, consumer: str, lease_ms: int, most: int, most_bytes: int) -> list[Entry]:
        """Entries whose lease has run out, now `consumer`'s.

        One that was in someone's hands comes alone, for it may have been what killed them.
        """
        claimed = self._with_group(
            self._claim, [keys.STREAM], [keys.GROUP, consumer, lease_ms, most, most_bytes]
        )
        return [_entry(identifier, fields, count) for identifier, count, fields in claimed]

    def renew(self, consumer: str, ids: Iterable[str]) -> int:
        """Renews the leases that `consumer` still holds on `ids`; returns how many."""
        with redis_errors():
            return int(self._renew(keys=[keys.STREAM], args=[keys.GROUP, consumer, *ids]) or 0)

    def release(self, consumer: str, lease_ms: int, entries: Iterable[Entry]) -> None:
        """Gives `entries` back as if they had not been tried, for any worker to claim at once."""
        pairs = [part for entry in entries for part in (entry.id, entry.deliveries - 1)]
        if pairs:
            with redis_errors():
                self._release(keys=[keys.STREAM], args=[keys.GROUP, consumer, lease_ms, *pairs])

    def forgive(self, consumer: str, entry: Entry) -> None:
        """Takes an attempt back, keeping the entry: its article has survived the steps, and
        whatever goes wrong from here on is not its fault."""
        with redis_errors():
            self._release(
                keys=[keys.STREAM], args=[keys.GROUP, consumer, 0, entry.id, entry.deliveries - 1]
            )

    def settle(self, outcomes: Mapping[str, str]) -> int:
        """Acknowledges entries by id and counts each outcome; returns how many were pending."""
        if not outcomes:
            return 0
        pairs = [part for pair in outcomes.items() for part in pair]
        with redis_errors():
            return int(
                self._settle(keys=[keys.STREAM, keys.COUNTS], args=[keys.GROUP, *pairs]) or 0
            )

    def bury(self, entry: Entry, why: Rejected, identity: tuple[str, str] | None = None) -> None:
        """Moves `entry` to the dead letters, with all that is needed to judge and replay it.

        identity: source and the article's own id, where they could be read.
        """
        payload = entry.payload if entry.payload is not None else _without_article(entry.fields)
        fields = letter_fields(
            payload,
            why,
            entry=entry.first_id,
            intake_ms=entry.intake_ms,
            attempts=entry.deliveries,
            replays=entry.replays,
            identity=identity,
        )
        with redis_errors():
            self._bury(
                keys=[keys.STREAM, keys.DEAD, keys.COUNTS], args=[keys.GROUP, entry.id, *fields]
            )

    def version_kinds(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """Source → kind of version: the one it began with, now `wanted` where it had none."""
        pairs = [part for pair in wanted.items() for part in pair]
        with redis_errors():
            kinds = self._kinds(keys=[keys.VERSION_KINDS], args=pairs)
        return {source: kind.decode() for source, kind in zip(wanted, kinds, strict=True)}

    # Operators

    def work_to_do(self, lease_ms: int) -> tuple[int, int]:
        """(payloads that no worker has touched, entries whose lease has run out, 1,000 at most)."""
        with redis_errors():
            pipeline = self.client.pipeline(transaction=False)
            pipeline.xlen(keys.STREAM)
            pipeline.xpending(keys.STREAM, keys.GROUP)
            pipeline.xpending_range(
                keys.STREAM, keys.GROUP, min="-", max="+", count=1_000, idle=lease_ms
            )
            pipeline.llen(keys.LIST)
            length, pending, idle, listed = pipeline.execute(raise_on_error=False)
            for answer in (length, listed):
                if isinstance(answer, Exception):
                    raise answer
            if isinstance(pending, Exception):  # no group yet: all is new
                return int(length) + int(listed), 0
        return int(length) - int(pending["pending"]) + int(listed), len(idle)

    def queued_tickets(self, queue: str) -> int:
        """How many Celery messages wait in the Redis list `queue`."""
        with redis_errors():
            return int(self.client.llen(queue))

    def counts(self) -> InboxCounts:
        """How many articles are where."""
        with redis_errors():
            pipeline = self.client.pipeline(transaction=False)
            pipeline.xlen(keys.STREAM)
            pipeline.xpending(keys.STREAM, keys.GROUP)
            pipeline.llen(keys.LIST)
            pipeline.xlen(keys.DEAD)
            pipeline.hgetall(keys.COUNTS)
            pipeline.xrange(keys.STREAM, count=1)
            pipeline.time()
            pipeline.info("memory")
            answers = pipeline.execute(raise_on_error=False)
            length, pending, listed, dead, ended, oldest, now, memory = answers
            for answer in (length, listed, dead, ended, oldest, now, memory):
                if isinstance(answer, Exception):
                    raise answer
        in_hand = 0 if isinstance(pending, Exception) else int(pending["pending"])
        # By Redis' own clock, which made the ids.
        age = now[0] + now[1] / 1e6 - _intake_of(oldest[0][0]) / 1000 if oldest else 0.0
        return InboxCounts(
            waiting=max(0, int(length) - in_hand),
            in_hand=in_hand,
            listed=int(listed),
            dead=int(dead),
            ended={outcome.decode(): int(number) for outcome, number in ended.items()},
            oldest_seconds=max(0.0, age),
            memory_bytes=int(memory["used_memory"]),
            memory_limit=int(memory["maxmemory"]),
        )

    def waiting_payloads(self) -> Iterable[tuple[str, bytes]]:
        """(where, payload) of every article that has not ended: stream first, then list."""
        start = "-"
        while True:
            with redis_errors():
                page = self.client.xrange(keys.STREAM, min=start, count=500)
            for identifier, fields in page:
                yield identifier.decode(), fields.get(keys.ARTICLE_FIELD, b"")
            if len(page) < 500:
                break
            start = "(" + page[-1][0].decode()
        with redis_errors():
            listed = int(self.client.llen(keys.LIST))
        for first in range(0, listed, 500):
            with redis_errors():
                page = self.client.lrange(keys.LIST, first, first + 499)
            for payload in page:
                yield keys.LIST, payload

    def forget_gone_consumers(self, idle_ms: int) -> int:
        """Drops consumers that hold nothing and were not seen for `idle_ms`; returns how many."""
        gone = 0
        with redis_errors():
            for consumer in self.client.xinfo_consumers(keys.STREAM, keys.GROUP):
                if consumer["idle"] > idle_ms:
                    gone += int(
                        self._forget(keys=[keys.STREAM], args=[keys.GROUP, consumer["name"]])
                    )
        return gone

    def _with_group(self, script: Any, names: list[str], arguments: list[Any]) -> list[Any]:
        """Runs a script that needs the group, making the group if somebody deleted it."""
        with redis_errors():
            try:
                return list(script(keys=names, args=arguments) or ())
            except redis.ResponseError as error:
                if "NOGROUP" not in str(error):
                    raise
        self.open()
        with redis_errors():
            return list(script(keys=names, args=arguments) or ())


def _entry(identifier: bytes, fields: Sequence[bytes] | None, deliveries: int) -> Entry:
    parts = list(fields or ())
    by_name = dict(zip(parts[::2], parts[1::2], strict=True))
    first_id = by_name.get(keys.ENTRY_FIELD, b"")
    return Entry(
        id=identifier.decode(),
        payload=by_name.get(keys.ARTICLE_FIELD),
        intake_ms=_number(by_name.get(keys.INTAKE_FIELD)) or _intake_of(identifier),
        deliveries=int(deliveries),
        fields=by_name,
        first_id=(first_id if _ID.fullmatch(first_id) else identifier).decode(),
        replays=_number(by_name.get(keys.REPLAYS_FIELD)),
    )


def _number(written: bytes | None) -> int:
    """What a replay wrote, or 0: anybody can write anything in any field."""
    return int(written) if written and written.isdigit() and len(written) < 16 else 0


def _intake_of(identifier: bytes) -> int:
    """A stream id begins with the server's clock in ms."""
    return int(identifier.partition(b"-")[0])


def _without_article(fields: Mapping[bytes, bytes]) -> bytes:
    """The fields of an entry without an article, so that the dead letter shows what came: as JSON,
    or as they are where its escapes could make of them more than Redis takes in one piece."""
    if sum(len(name) + len(value) for name, value in fields.items()) > _MOST_JSON_BYTES:
        return b"\n".join(name + b": " + value for name, value in fields.items())[:_MOST_BYTES]
    return json.dumps(
        {
            name.decode(errors="replace"): value.decode(errors="replace")
            for name, value in fields.items()
        },
        ensure_ascii=False,
    ).encode(errors="replace")
