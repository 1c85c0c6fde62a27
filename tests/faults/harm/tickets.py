"""What happens to tickets and leases: lost, doubled, one entry in two workers' hands."""

from __future__ import annotations

import time
from contextlib import closing

from celery import Celery

from config.celery import PULL
from tests.faults.site import Site
from warraq.inbox import keys

_TWENTY_TIMES = 20
_HOUR_MS = 3_600_000


def lose_tickets(site: Site) -> None:
    """The queue of tickets is emptied over and over."""
    for _ in range(_TWENTY_TIMES):
        site.redis.delete(PULL)
        time.sleep(0.05)


def double_tickets(site: Site) -> None:
    """Many more tickets than there is work for."""
    with closing(Celery("doubler", set_as_current=False)) as client:
        client.conf.update(
            broker_url=site.redis_server.url("worker"),
            task_serializer="json",
            task_ignore_result=True,
        )
        for _ in range(_TWENTY_TIMES):
            client.send_task("warraq.pull", queue=PULL)


def give_entries_to_two_workers(site: Site) -> None:
    """All leases run out at once, though everyone is at work: another takes the same entries."""
    for one in site.redis.xpending_range(keys.STREAM, keys.GROUP, "-", "+", 1_000):
        site.redis.xclaim(
            keys.STREAM,
            keys.GROUP,
            one["consumer"],
            0,
            [one["message_id"]],
            idle=_HOUR_MS,
            retrycount=one["times_delivered"],
            justid=True,
        )
