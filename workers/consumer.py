"""Celery's consumer: what a worker does with its connection to the broker, in steps.

Ours reads the queues through a gate (`workers.transport`), and has no gossip. For that each worker
subscribes to what the others tell; when the connection breaks, kombu 5.7 has it made anew and then
reads from it without a timeout, in the loop that does everything else too: no more tickets, no
signs of life, until somebody tells something. One worker alone, or all at once after a restart of
Redis, wait for ever. Nothing of Warraq needs gossip.
"""

from __future__ import annotations

from typing import Any

from celery.worker import consumer

from workers.transport import Gate, Transport

_GOSSIP = "celery.worker.consumer.gossip:Gossip"


class Consumer(consumer.Consumer):  # type: ignore[misc]
    """Named in the setting `worker_consumer`."""

    class Blueprint(consumer.Consumer.Blueprint):  # type: ignore[misc]
        default_steps = tuple(
            step for step in consumer.Consumer.Blueprint.default_steps if step != _GOSSIP
        )

    def connection_for_read(self, heartbeat: float | None = None) -> Any:
        connection = self.app.connection_for_read(
            heartbeat=heartbeat,
            transport=Transport,
            transport_options={"gate": Gate(self.app, self.app.ticket_office.queues)},
        )
        # So that its address is shown as what it is.
        connection.resolve_aliases = {Transport: "redis"}
        return self.ensure_connected(connection)
