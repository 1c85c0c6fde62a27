"""Celery's queues as the inbox sees them: what lies there and is no task is no less kept."""

from __future__ import annotations

import time

from warraq.errors import Rejected
from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.insisting import insist
from warraq.inbox.stream import Inbox


class Queues:
    """The lists of messages. Every method raises Unavailable when Redis cannot be used."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._client = inbox.client

    def accept(self, payload: bytes) -> None:
        """Takes an article that was pushed as it is into the inbox."""
        self._inbox.admit(payload)

    def bury(self, queue: str, raw: bytes, why: Rejected) -> None:
        """Keeps a message of `queue` that is none as a dead letter, whose entry is the queue."""
        fields = [part for pair in _letter(queue, raw, why).items() for part in pair]
        with redis_errors():
            # Off the queue it is nowhere else: a Redis that is full takes it, too.
            insist(self._client, "XADD", keys.DEAD, "*", *fields)


def _letter(queue: str, raw: bytes, why: Rejected) -> dict[str, bytes | str | int]:
    return {
        "payload": raw,
        "stage": why.stage,
        "reason": why.reason,
        "detail": why.detail[:1_000],
        "source": "",
        "article_id": "",
        "entry": queue,
        "intake": int(time.time() * 1000),
        "attempts": 1,
    }
