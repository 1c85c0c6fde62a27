"""How a worker takes messages off Celery's queues: checked, and without a moment to lose them in.

What is no message for us (`workers.messages`) goes to the dead letters byte for byte, and an
article that was pushed as it is goes to the inbox.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic
from typing import Any
from uuid import uuid4

import structlog
from celery import Celery
from kombu.transport import redis as kombu_redis

from warraq.errors import Rejected, WarraqError
from warraq.inbox.insisting import InsistingRedis
from warraq.inbox.queues import Queues
from workers import messages

_log = structlog.get_logger(__name__)

_LOOK_SECONDS = 0.1
_AWAY_SECONDS = 1.0


class Gate:
    """Decides about each message what becomes of it."""

    def __init__(self, app: Celery, queues: Queues) -> None:
        self._tasks = app.tasks
        self._queues = queues
        options = app.conf.broker_transport_options
        # One that is kept longer would be given out again meanwhile.
        self._farthest = timedelta(seconds=options["visibility_timeout"])
        self._most_bytes: int = options["most_message_bytes"]

    def take(
        self, lists: Mapping[str, str], unacked: str
    ) -> tuple[str, dict[str, Any] | None] | None:
        """The next message and the queue it was on; None for the message if it was none, or another
        worker was faster. Raises WarraqError where Redis cannot be used: all stays where it is.

        lists: of Redis, one a priority, the first ones first; and the queue that each belongs to.
        """
        found = self._queues.look(list(lists))
        if found is None:
            return None
        name, raw = found
        queue = lists[name]
        try:
            message = messages.parsed(raw, self._most_bytes)
            if messages.is_plain_article(message):
                if self._queues.accept(name, raw):
                    _log.info("an article without a task was taken in", queue=queue)
                return queue, None
            message = messages.check(message, self._tasks, self._farthest)
        except Rejected as why:
            if self._queues.bury(name, raw, why):
                _log.warning("dead letter", queue=queue, stage=why.stage, reason=why.reason)
            return queue, None
        # Two that somebody gave one tag would be acknowledged as one, and whatever queue the sender
        # wrote there is where Celery would put it back, or send it for a retry.
        message["properties"] |= {
            "delivery_tag": str(uuid4()),
            "delivery_info": {"exchange": "", "routing_key": queue},
        }
        return queue, message if self._queues.claim(name, raw, message, unacked) else None


class QoS(kombu_redis.QoS):
    """kombu's, but for what the gate has done: to note a message as unacknowledged.

    Where Redis cannot be told that one is done, it will come again; the hand that it was in is free
    all the same. Otherwise a worker with one hand would take no message for as long as it lives.
    """

    def append(self, message: Any, delivery_tag: str) -> None:
        super(kombu_redis.QoS, self).append(message, delivery_tag)  # type: ignore[no-untyped-call]

    def ack(self, delivery_tag: str) -> None:
        with self._freed(delivery_tag):
            super().ack(delivery_tag)  # type: ignore[no-untyped-call]

    def reject(self, delivery_tag: str, requeue: bool = False) -> None:  # noqa: FBT001, FBT002
        with self._freed(delivery_tag):
            super().reject(delivery_tag, requeue)  # type: ignore[no-untyped-call]

    @contextmanager
    def _freed(self, delivery_tag: str) -> Iterator[None]:
        try:
            yield
        except BaseException:
            super(kombu_redis.QoS, self).ack(delivery_tag)  # type: ignore[no-untyped-call]
            raise


class Channel(kombu_redis.Channel):
    """kombu's channel of Redis, which looks through the gate instead of waiting in BRPOP."""

    from_transport_options: Any = (*kombu_redis.Channel.from_transport_options, "gate")
    QoS = QoS
    gate: Gate
    _rests_until = 0.0

    def _get_client(self) -> Any:
        """What a worker notes in Redis and passes on is noted also while that is full."""
        return InsistingRedis

    def _brpop_start(self, timeout: float | None = None) -> None:  # noqa: ARG002  kombu's signature
        """Takes a message; kombu calls this at each turn of the loop while it may have one."""
        if monotonic() < self._rests_until:
            return
        queues = self._queue_cycle.consume(len(self.active_queues))
        lists = {
            self._q_for_pri(queue, step): queue  # type: ignore[no-untyped-call]
            for step in self.priority_steps
            for queue in queues
        }
        try:
            taken = self.gate.take(lists, self.unacked_key)
        except WarraqError as error:
            _log.warning("no messages", why=str(error))
            self._rests_until = monotonic() + _AWAY_SECONDS
            # It may be one message that cannot be put where it belongs: then it is others' turn.
            self._queue_cycle.rotate(queues[0])
            return
        if taken is None:
            self._rests_until = monotonic() + _LOOK_SECONDS
            return
        queue, message = taken
        self._queue_cycle.rotate(queue)
        if message is not None:
            self.connection._deliver(message, queue)


class Transport(kombu_redis.Transport):
    """kombu's transport of Redis with our channel."""

    Channel = Channel

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:
        super().register_with_event_loop(connection, loop)  # type: ignore[no-untyped-call]
        # The loop must turn for a look; nothing wakes it when a message comes.
        loop.call_repeatedly(_LOOK_SECONDS, lambda: None)
