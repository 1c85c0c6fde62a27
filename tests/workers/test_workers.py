"""Workers as processes: tickets find the work, and no kill loses an article."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable

import pytest
from celery import Celery

from config.celery import INGEST
from config.settings import Settings
from stack import Stack
from tests.waiting import wait_until
from tests.workers.conftest import Worker, administrator
from warraq.inbox import keys
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox
from workers.app import make_app

StartWorker = Callable[..., Worker]


def payloads(number: int, words: int = 50) -> list[bytes]:
    body = "وصلت الباخرة إلى ميناء طرابلس صباح الخميس. " * words
    return [
        json.dumps({"source": "sahifa", "id": str(n), "body": f"{n} {body}"}).encode()
        for n in range(number)
    ]


def all_ended(inbox: Inbox) -> bool:
    counts = inbox.counts()
    return counts.waiting == counts.in_hand == counts.listed == 0


def indexed(settings: Settings) -> int:
    with administrator(settings) as client:
        client.indices.refresh(index=settings.alias)
        return int(client.count(index=settings.alias)["count"])


def test_articles_of_every_way_in_are_indexed(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker, celery_client: Celery
) -> None:
    start_worker()
    inbox.add_many(payloads(10))
    inbox.client.lpush(keys.LIST, b'{"source": "list", "id": 1, "title": "a"}')
    celery_client.send_task(
        "warraq.ingest", [{"source": "celery", "id": 1, "title": "خبر"}], queue=INGEST
    )
    wait_until(lambda: inbox.counts().ended == {"created": 12})
    assert indexed(prepared) == 12


def test_a_killed_pool_process_loses_nothing(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    worker = start_worker("w", "--concurrency", "2", WARRAQ_LEASE_SECONDS="1")
    inbox.add_many(payloads(1_500))
    for _ in range(3):
        before = inbox.counts().ended.get("created", 0)
        wait_until(
            lambda before=before: (
                inbox.counts().in_hand > 0 and inbox.counts().ended.get("created", 0) > before
            ),
            every=0.01,
        )
        for pid in worker.children():
            os.kill(pid, signal.SIGKILL)
    wait_until(lambda: all_ended(inbox), seconds=60)
    assert inbox.counts().ended.get("dead", 0) == 0
    assert indexed(prepared) == 1_500


def test_a_killed_worker_is_made_good_by_another(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    first = start_worker("first", WARRAQ_LEASE_SECONDS="1")
    inbox.add_many(payloads(600))
    wait_until(lambda: inbox.counts().in_hand > 0, every=0.01)
    first.kill()
    assert not all_ended(inbox)
    start_worker("second", WARRAQ_LEASE_SECONDS="1")
    wait_until(lambda: all_ended(inbox), seconds=60)
    assert inbox.counts().ended.get("dead", 0) == 0
    assert indexed(prepared) == 600


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGQUIT])
def test_a_worker_that_is_asked_to_stop_finishes_what_it_has(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker, sign: signal.Signals
) -> None:
    worker = start_worker("w", WARRAQ_PULL_SECONDS="1")
    inbox.add_many(payloads(2_000))
    wait_until(lambda: inbox.counts().in_hand > 0, every=0.01)
    worker.process.send_signal(sign)
    assert worker.process.wait(timeout=30) == 0
    counts = inbox.counts()
    assert counts.in_hand == 0
    assert counts.waiting + counts.ended["created"] == 2_000


def test_foreign_messages_do_not_stop_a_worker(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker, celery_client: Celery
) -> None:
    worker = start_worker()
    celery_client.send_task("somebody.elses.task", queue=INGEST)
    celery_client.send_task("warraq.ingest", ["not an article"], queue=INGEST)
    wait_until(lambda: inbox.counts().ended == {"dead": 1})
    inbox.add_many(payloads(1))
    wait_until(lambda: inbox.counts().ended == {"dead": 1, "created": 1})
    assert worker.process.poll() is None


def test_an_outage_of_elasticsearch_loses_nothing_and_kills_nothing(
    stack: Stack, inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    start_worker(WARRAQ_LEASE_SECONDS="1")
    inbox.add_many(payloads(600))
    wait_until(lambda: inbox.counts().ended.get("created", 0) > 0, every=0.01)
    (elasticsearch,) = [one for one in stack.processes() if one.name == "elasticsearch"]
    os.killpg(elasticsearch.pid, signal.SIGKILL)
    inbox.add_many(payloads(900)[600:])
    beats = Heartbeats(inbox)
    # Through several pauses, so more often than an article may be tried.
    for _ in range(5):
        wait_until(lambda: beats.paused() is not None)
        wait_until(lambda: beats.paused() is None)
    assert inbox.counts().ended.get("dead", 0) == 0
    stack.start_servers()
    wait_until(lambda: all_ended(inbox), seconds=60)
    assert inbox.counts().ended.get("dead", 0) == 0
    assert indexed(prepared) == 900


def test_a_step_that_is_none_is_told_at_the_start(settings: Settings) -> None:
    with pytest.raises(ValueError, match="no step is called tatwel; there are: html, "):
        make_app(settings.model_copy(update={"steps_off": ("tatwel",)}))
