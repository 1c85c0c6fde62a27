"""Workers at a Redis that is at its `maxmemory`: they live, lose nothing, and make room."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery

from config.celery import INGEST
from config.settings import Settings
from tests.own_redis import OwnRedis, own_redis
from tests.waiting import wait_until
from tests.workers.conftest import Worker
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox

APP = "workers.app"
StartHere = Callable[[], Worker]


@pytest.fixture
def own() -> Iterator[OwnRedis]:
    with own_redis() as server:
        server.inbox().open()
        yield server


@pytest.fixture
def here(own: OwnRedis) -> Inbox:
    return own.inbox()


@pytest.fixture
def start(own: OwnRedis, here: Inbox, prepared: Settings, tmp_path: Path) -> Iterator[StartHere]:
    """Starts a worker on the Redis of this test."""
    workers: list[Worker] = []

    def start_one() -> Worker:
        name = f"w{len(workers)}"
        environment = {"WARRAQ_REDIS_URL": own.url()}
        worker = Worker(name, tmp_path / f"{name}.log", ["--concurrency", "1"], environment, APP)
        workers.append(worker)
        wait_until(
            lambda: worker.process.poll() is not None or worker.name in Heartbeats(here).all(),
            seconds=60,
        )
        assert worker.process.poll() is None, worker.log.read_text()
        return worker

    yield start_one
    for worker in workers:
        worker.kill()


def payload(article_id: object) -> bytes:
    return json.dumps({"source": "sahifa", "id": str(article_id), "title": "خبر"}).encode()


def test_what_is_in_a_full_redis_is_worked_off_by_workers_that_start_and_live_there(
    own: OwnRedis, here: Inbox, start: StartHere
) -> None:
    here.add_many([payload(number) for number in range(300)] + [b"{"] * 20)
    here.client.lpush(keys.LIST, payload("listed"), b"[]")
    own.fill()
    worker = start()
    wait_until(lambda: here.counts().ended == {"created": 301, "dead": 21}, seconds=60)
    counts = here.counts()
    assert (counts.waiting, counts.in_hand, counts.listed, counts.dead) == (0, 0, 0, 21)
    assert worker.process.poll() is None
    assert "Redis error" not in worker.log.read_text()


def test_articles_that_clients_of_celery_have_queued_survive_a_full_redis(
    own: OwnRedis, here: Inbox, start: StartHere
) -> None:
    client = Celery("stranger", broker=own.url(), set_as_current=False)
    worker = start()
    worker.stop()
    for number in range(20):
        article = json.loads(payload(number))
        client.send_task("warraq.ingest", [article], queue=INGEST, ignore_result=True)
    here.client.lpush(INGEST, payload("as it is"), b"no message")
    own.fill()
    worker.go_on()
    # They are in Redis anyway, so they are worked off, and make room.
    wait_until(lambda: here.counts().ended == {"created": 21}, seconds=120)
    assert [letter.payload for letter in DeadLetters(here)] == [b"no message"]
    assert here.client.hlen("unacked") == 0
    assert worker.process.poll() is None
    client.close()
