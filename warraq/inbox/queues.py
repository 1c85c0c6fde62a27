"""Celery's queues as the inbox sees them: lists whose messages are looked at before they are taken.

Celery's own way to take one, BRPOP, hands it out in one step and notes it as unacknowledged in a
second one; a worker that dies in between takes it along. Here a message is read, and then taken
and put where it belongs in one script.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from warraq.errors import Rejected
from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.insisting import insist
from warraq.inbox.letter import letter_fields
from warraq.inbox.scripts import also_when_full, script
from warraq.inbox.stream import Inbox

_LOOK = """for _, queue in ipairs(KEYS) do
  local message = redis.call('LINDEX', queue, -1)
  if message then return {queue, message} end
end"""

Command = Sequence[str | bytes | int | float]


class Queues:
    """The lists of messages. Every method raises Unavailable when Redis cannot be used."""

    def __init__(self, inbox: Inbox) -> None:
        client = inbox.client
        self._client = client
        self._look = client.register_script(_LOOK)
        self._take = client.register_script(also_when_full(script("take_message")))

    def look(self, queues: Sequence[str]) -> tuple[str, bytes] | None:
        """The next message of the first of `queues` that has one, and that queue."""
        with redis_errors():
            found = self._look(keys=queues)
        return (found[0].decode(), found[1]) if found else None

    def push(self, queue: str, raw: bytes) -> None:
        """Writes a message of ours, also where Redis is full: without tickets it would stay so."""
        with redis_errors():
            insist(self._client, "LPUSH", queue, raw)

    def accept(self, queue: str, raw: bytes) -> bool:
        """Moves an article that was pushed as it is into the inbox."""
        return self._taken(queue, raw, ("XADD", keys.STREAM, "*", keys.ARTICLE_FIELD, raw))

    def bury(self, queue: str, raw: bytes, why: Rejected) -> bool:
        """Moves what is no message to the dead letters; `entry` of the letter is the queue."""
        fields = letter_fields(raw, why, entry=queue, intake_ms=int(time.time() * 1000))
        return self._taken(queue, raw, ("XADD", keys.DEAD, "*", *fields))

    def claim(self, queue: str, raw: bytes, message: dict[str, Any], unacked: str) -> bool:
        """Takes a message for this worker, and notes it as unacknowledged as kombu does: in the
        hash `unacked`, and when in the sorted set of that name and `_index`."""
        tag, info = message["properties"]["delivery_tag"], message["properties"]["delivery_info"]
        note = json.dumps([message, info.get("exchange", ""), info["routing_key"]])
        return self._taken(
            queue,
            raw,
            ("ZADD", f"{unacked}_index", time.time(), tag),
            ("HSET", unacked, tag, note),
        )

    def _taken(self, queue: str, raw: bytes, *commands: Command) -> bool:
        """Whether `raw` was still there to be taken."""
        arguments = [part for command in commands for part in (len(command), *command)]
        with redis_errors():
            return bool(self._take(keys=[queue], args=[raw, *arguments]))
