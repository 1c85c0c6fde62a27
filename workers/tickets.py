"""Tickets: a bootstep in each worker that keeps its processes pulling while there is work.

Every worker looks for itself, so there is no dispatcher that could be missing. A lost ticket is
made good at the next look, a doubled one finds an empty inbox and ends.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import structlog
from celery import bootsteps
from celery.worker import state

from config.celery import PULL
from config.settings import Settings
from warraq.errors import Unavailable, WarraqError
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.queues import Queues
from warraq.inbox.stream import Inbox
from workers.messages import ticket

_log = structlog.get_logger(__name__)

# A ticket that nobody took in this time is stale; new ones are written anyway.
_EXPIRES_SECONDS = 60
# How many looks pass between two signs of life.
_LOOKS_A_BEAT = 8


@dataclass(slots=True)
class TicketOffice:
    """Decides how many tickets a worker should send now."""

    inbox: Inbox
    every_seconds: float
    lease_ms: int
    batch_articles: int
    queues: Queues = field(init=False)
    _heartbeats: Heartbeats = field(init=False)
    _looks: int = 0

    def __post_init__(self) -> None:
        self.queues = Queues(self.inbox)
        self._heartbeats = Heartbeats(self.inbox)

    def write(self) -> None:
        """Sends a ticket. Not by Celery, which could not where Redis is full, and then nobody
        would make room."""
        self.queues.push(PULL, ticket("warraq.pull", PULL, _EXPIRES_SECONDS))

    def wanted(self, worker: str, processes: int, busy: int) -> int:
        """Tickets to send so that all of `processes`, of which `busy` have a task, have work."""
        if self._looks % _LOOKS_A_BEAT == 0:
            if mended := self._heartbeats.mend_times(self.lease_ms):
                _log.warning("the clock of Redis was put back", mended=mended)
            # To have started is progress, from which on its health check reckons.
            self._heartbeats.beat(worker, progress=self._looks == 0)
        self._looks += 1
        idle = processes - busy
        if idle <= 0 or self._heartbeats.paused() is not None:
            return 0
        untouched, abandoned = self.inbox.work_to_do(self.lease_ms)
        batches = -(-untouched // self.batch_articles) + bool(abandoned)
        return min(idle, batches) - (self.inbox.queued_tickets(PULL) if batches else 0)


def ticket_office(settings: Settings) -> TicketOffice:
    return TicketOffice(
        Inbox.connect(settings.redis_login, ca=settings.redis_ca),
        settings.ticket_seconds,
        int(settings.lease_seconds * 1000),
        settings.batch_articles,
    )


class Tickets(bootsteps.StartStopStep):  # type: ignore[misc]
    """Looks every `ticket_seconds` and sends tickets; runs in the worker's own event loop."""

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self._timer: Any = None
        self._away = False

    def start(self, consumer: Any) -> None:
        office: TicketOffice = consumer.app.ticket_office
        self._timer = consumer.timer.call_repeatedly(
            office.every_seconds, self._look, (consumer, office)
        )

    def stop(self, consumer: Any) -> None:  # noqa: ARG002  Celery's signature
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    shutdown = stop

    def _look(self, consumer: Any, office: TicketOffice) -> None:
        busy = len(state.reserved_requests)
        try:
            for _ in range(office.wanted(consumer.hostname, consumer.pool.num_processes, busy)):
                office.write()
        except (Unavailable, WarraqError) as error:
            if not self._away:  # said once an outage, not four times a second
                _log.warning("no tickets", why=str(error))
            self._away = True
        else:
            self._away = False
