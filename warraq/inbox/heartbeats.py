"""Signs of life and of progress, and the pause that all workers keep while a server is away."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass

from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.insisting import insist
from warraq.inbox.scripts import also_when_full, script
from warraq.inbox.stream import Inbox

SILENT_SECONDS = 30
"""A worker that was not heard of for so long is gone or frozen."""
STUCK_SECONDS = 120
"""A worker that has work and nothing in its way settles a batch far more often than this."""
_FIRST_PAUSE_MS, _LONGEST_PAUSE_MS = 500, 5_000
_OUTAGE_MEMORY_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """seconds since a process was last heard of (`seen`) and last got something done
    (`progress`; None if it never did)."""

    seen: float
    progress: float | None


class Heartbeats:
    """Who is there, who gets on, and whether all are waiting for a server."""

    def __init__(self, inbox: Inbox) -> None:
        self._client = inbox.client
        self._pause = inbox.client.register_script(also_when_full(script("pause")))
        self._mend_times = inbox.client.register_script(script("mend_times"))

    def beat(self, name: str, *, progress: bool = False) -> None:
        """`name` is there; with `progress`, it has also got something done."""
        with redis_errors():
            now = self._now()
            fields = [name, now] + ([f"{name} progress", now] if progress else [])
            # Also while Redis is full: workers that leave no sign of life are taken for dead.
            insist(self._client, "HSET", keys.HEARTBEATS, *fields)

    def all(self) -> dict[str, Heartbeat]:
        """Name → heartbeat, of every process that was ever heard of and not yet forgotten."""
        with redis_errors():
            now = self._now()
            stamps = {
                name.decode(): now - float(stamp)
                for name, stamp in self._client.hgetall(keys.HEARTBEATS).items()
            }
        return {
            name: Heartbeat(age, stamps.get(f"{name} progress"))
            for name, age in sorted(stamps.items())
            if not name.endswith(" progress")
        }

    def forget(self, older_than_seconds: float) -> None:
        """Drops processes that were not heard of for so long."""
        gone = [name for name, beat in self.all().items() if beat.seen > older_than_seconds]
        if gone:
            with redis_errors():
                self._client.hdel(keys.HEARTBEATS, *gone, *(f"{name} progress" for name in gone))

    def pause(self, reason: str) -> float:
        """A server is away: nobody pulls for the seconds returned, longer each time in a row."""
        value = json.dumps({"reason": reason[:500]}, ensure_ascii=False)
        share = random.uniform(0.5, 1)  # noqa: S311  jitter, no secret
        with redis_errors():
            ms = self._pause(
                keys=[keys.PAUSE, keys.OUTAGE],
                args=[value, _FIRST_PAUSE_MS, _LONGEST_PAUSE_MS, share, _OUTAGE_MEMORY_SECONDS],
            )
        return int(ms) / 1000

    def paused(self) -> str | None:
        """Why workers wait just now, or None."""
        with redis_errors():
            value = self._client.get(keys.PAUSE)
        return str(json.loads(value)["reason"]) if value else None

    def was_away(self) -> bool:
        """Whether a server was away within the last minute. Between two pauses workers look again,
        for as long as Elasticsearch takes not to answer."""
        with redis_errors():
            return bool(self._client.exists(keys.OUTAGE))

    def mend_times(self, lease_ms: int) -> int:
        """Starts leases anew and ends a pause that would last too long because the clock of Redis
        was put back, by more than a lease; returns how many there were."""
        with redis_errors():
            arguments = [keys.GROUP, lease_ms, _LONGEST_PAUSE_MS]
            return int(self._mend_times(keys=[keys.STREAM, keys.PAUSE], args=arguments))

    def _now(self) -> float:
        """Redis' clock, so that processes on several machines agree."""
        seconds, microseconds = self._client.time()
        return float(seconds) + float(microseconds) / 1e6
