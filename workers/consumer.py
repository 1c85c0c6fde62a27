"""Celery's consumer without gossip, which could hang a worker for good.

For gossip each worker subscribes to what the others tell. When that connection breaks, kombu 5.7
has it made anew and then reads from it without a timeout, in the loop that does everything else
too: no more tickets, no signs of life, until somebody tells something. One worker alone, or all at
once after a restart of Redis, wait for ever. Nothing of Warraq needs gossip.
"""

from __future__ import annotations

from celery.worker import consumer

_GOSSIP = "celery.worker.consumer.gossip:Gossip"


class WithoutGossip(consumer.Consumer):  # type: ignore[misc]
    """Named in the setting `worker_consumer`."""

    class Blueprint(consumer.Consumer.Blueprint):  # type: ignore[misc]
        default_steps = tuple(
            step for step in consumer.Consumer.Blueprint.default_steps if step != _GOSSIP
        )
