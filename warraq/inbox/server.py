"""What the Redis that holds the inbox says of itself: for operators who look whether it keeps
what it is given."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from warraq.errors import WarraqError
from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.stream import Inbox


@dataclass(frozen=True, slots=True)
class RedisServer:
    """append_only: it writes each change to a file; written: the last time it could.

    eviction: its maxmemory-policy. most, used: bytes of memory; most is 0 without a bound.
    skew: seconds that its clock is ahead of ours, give or take `skew_within`.
    """

    version: str
    append_only: bool
    written: bool
    eviction: str
    most: int
    used: int
    skew: float
    skew_within: float


def redis_server(inbox: Inbox, clock: Callable[[], float] = time.time) -> RedisServer:
    """Asks the server; clock: this machine's, in seconds since 1970.

    Raises Unavailable where it does not answer, WarraqError where it refuses.

    INFO tells all of it.
    """
    with redis_errors():
        info = inbox.client.info("everything")
        before = clock()
        seconds, micros = inbox.client.time()
        after = clock()
    return RedisServer(
        version=str(info["redis_version"]),
        append_only=bool(info["aof_enabled"]),
        written=info.get("aof_last_write_status", "ok") == "ok",
        eviction=str(info["maxmemory_policy"]),
        most=int(info["maxmemory"]),
        used=int(info["used_memory"]),
        skew=seconds + micros / 1e6 - (before + after) / 2,
        skew_within=(after - before) / 2,
    )


def fsync(inbox: Inbox) -> str | None:
    """Its setting appendfsync, which only CONFIG GET tells; None where our user may not look.

    Not for what looks every minute: a refusal goes into Redis' own log of refusals, which is short.
    """
    try:
        with redis_errors():
            found = inbox.client.config_get("appendfsync")
    except WarraqError:
        return None
    return str(found.get("appendfsync")) if found else None


def has_group(inbox: Inbox) -> bool:
    """Whether the consumer group of the workers is there, or nothing yet for which it would be."""
    with redis_errors():
        if not inbox.client.exists(keys.STREAM):
            return True
        groups = inbox.client.xinfo_groups(keys.STREAM)
    return any(group["name"] == keys.GROUP.encode() for group in groups)


def abandoned(inbox: Inbox, idle_seconds: float) -> int:
    """How many articles in hand were not touched for so long; counts 10,000 at most."""
    with redis_errors():
        idle = int(idle_seconds * 1000)
        found = inbox.client.xpending_range(
            keys.STREAM, keys.GROUP, min="-", max="+", count=10_000, idle=idle
        )
    return len(found)
