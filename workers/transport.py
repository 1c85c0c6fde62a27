"""How a worker takes messages off Celery's queues: checked, before Celery sees them.

What is no message for us (`workers.messages`) goes to the dead letters byte for byte, and an
article that was pushed as it is goes to the inbox.
"""

from __future__ import annotations

from datetime import timedelta
from queue import Empty
from typing import Any

import structlog
from celery import Celery
from celery.worker import consumer
from kombu.connection import Connection
from kombu.transport import redis as kombu_redis

from config.celery import BROKER_TRANSPORT
from warraq.errors import Rejected
from warraq.inbox.insisting import InsistingRedis
from warraq.inbox.queues import Queues
from workers import messages

_log = structlog.get_logger(__name__)


class Gate:
    """Decides about each message what becomes of it."""

    def __init__(self, app: Celery, queues: Queues) -> None:
        self._tasks = app.tasks
        self._queues = queues
        options = app.conf.broker_transport_options
        # One that is kept longer would be given out again meanwhile.
        self._farthest = timedelta(seconds=options["visibility_timeout"])

    def let_in(self, queue: str, raw: bytes) -> dict[str, Any] | None:
        """The message as kombu takes it, or None if it is none and has been seen to."""
        try:
            message = messages.parsed(raw)
            if messages.is_plain_article(message):
                self._queues.accept(raw)
                _log.info("an article without a task was taken in", queue=queue)
                return None
            messages.check(message, self._tasks, self._farthest)
        except Rejected as why:
            self._queues.bury(queue, raw, why)
            _log.warning("dead letter", queue=queue, stage=why.stage, reason=why.reason)
            return None
        checked: dict[str, Any] = message
        return checked


class Channel(kombu_redis.Channel):
    """kombu's channel of Redis with a gate."""

    def _get_client(self) -> Any:
        """What a worker notes in Redis and passes on is noted also while that is full."""
        return InsistingRedis

    from_transport_options: Any = (*kombu_redis.Channel.from_transport_options, "gate")
    gate: Gate

    def _brpop_read(self, **options: Any) -> bool:
        """kombu's own, but for the gate."""
        try:
            try:
                answer = self.client.parse_response(self.client.connection, "BRPOP", **options)
            except self.connection_errors:
                self.client.connection.disconnect()
                raise
            if not answer:
                raise Empty
            key, raw = answer
            queue = key.decode().rsplit(self.sep, 1)[0]
            self._queue_cycle.rotate(queue)
            message = self.gate.let_in(queue, raw)
            if message is not None:
                self.connection._deliver(message, queue)
            return True
        finally:
            self._in_poll: Any = None
            self._flush_brpop_reauth()  # type: ignore[no-untyped-call]


class Transport(kombu_redis.Transport):
    """kombu's transport of Redis with our channel; named in the setting `broker_transport`."""

    Channel = Channel


# So that addresses are shown, and read by Flower, as what they are.
Connection.resolve_aliases = {**Connection.resolve_aliases, BROKER_TRANSPORT: "redis"}


class Consumer(consumer.Consumer):  # type: ignore[misc]
    """Celery's consumer, reading through the gate; named in the setting `worker_consumer`."""

    def connection_for_read(self, heartbeat: float | None = None) -> Any:
        connection = self.app.connection_for_read(
            heartbeat=heartbeat,
            transport=Transport,
            transport_options={"gate": Gate(self.app, Queues(self.app.ticket_office.inbox))},
        )
        # So that its address is shown as what it is.
        connection.resolve_aliases = {Transport: "redis"}
        return self.ensure_connected(connection)
