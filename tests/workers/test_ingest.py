"""`warraq.ingest` keeps to the marks of the inbox, and loses no article to a retry."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from celery import Celery

from config.celery import INGEST
from tests.waiting import wait_until
from tests.workers.conftest import Worker
from tests.workers.test_queues import message
from warraq.article import Contract, parse
from warraq.inbox import keys
from warraq.inbox.stream import Inbox

StartWorker = Callable[..., Worker]
# Only the queue of `warraq.ingest`, so that what is admitted stays in the stream to be seen.
INGEST_ONLY = ("--concurrency", "1", "-Q", INGEST)


def send(celery_client: Celery, number: int) -> None:
    for one in range(number):
        article = {"source": "sahifa", "id": str(one), "title": "خبر"}
        celery_client.send_task("warraq.ingest", [article], queue=INGEST)


def admitted(inbox: Inbox) -> list[str]:
    return [
        str(json.loads(fields[keys.ARTICLE_FIELD])["id"])
        for _, fields in inbox.client.xrange(keys.STREAM)
    ]


def retried(inbox: Inbox) -> int:
    """How many messages a worker keeps for a second try or a later one."""
    return sum(
        (json.loads(message)[0]["headers"].get("retries") or 0) > 0
        for message in inbox.client.hvals("unacked")
    )


def test_articles_are_retried_until_there_is_room_and_each_is_admitted_once(
    inbox: Inbox, start_worker: StartWorker, celery_client: Celery
) -> None:
    inbox.add_many([b"in the way"] * 5)
    worker = start_worker("w", *INGEST_ONLY, WARRAQ_INBOX_ARTICLES="5")
    send(celery_client, 20)
    wait_until(lambda: retried(inbox) == 20, seconds=60)
    assert inbox.client.xlen(keys.STREAM) == 5
    inbox.client.delete(keys.STREAM)
    inbox.open()

    ended: list[str] = []

    def work_off() -> bool:
        for entry in inbox.take("a", 10, 10**6):
            ended.append(str(json.loads(entry.payload or b"")["id"]))
            inbox.settle({entry.id: "created"})
        return len(ended) >= 20

    wait_until(work_off, seconds=120)
    assert sorted(ended, key=int) == [str(one) for one in range(20)]
    assert worker.process.poll() is None


@pytest.mark.parametrize("headers", [{"retries": None}, {"stamps": 5, "stamped_headers": ["x"]}])
def test_whatever_others_write_into_headers_an_article_is_retried(
    inbox: Inbox, start_worker: StartWorker, headers: dict[str, object]
) -> None:
    inbox.add_many([b"in the way"])
    start_worker("w", *INGEST_ONLY, WARRAQ_INBOX_ARTICLES="1")
    inbox.client.lpush(INGEST, json.dumps(message(**headers)))
    wait_until(lambda: retried(inbox) == 1)


def test_what_celery_writes_as_values_of_its_own_arrives_as_text(
    inbox: Inbox, start_worker: StartWorker, celery_client: Celery
) -> None:
    article = {
        "source": "sahifa",
        "id": UUID(int=7),
        "published_at": datetime(2018, 1, 8, 14, 30, tzinfo=UTC),
        "extra": {"price": Decimal("1.50"), "raw": b"\xff", "name": b"abc"},
    }
    start_worker("w", *INGEST_ONLY)
    celery_client.send_task("warraq.ingest", [article], queue=INGEST)
    wait_until(lambda: inbox.client.xlen(keys.STREAM) == 1)
    (entry,) = inbox.take("a", 10, 10**6)
    assert json.loads(entry.payload or b"") == {
        "source": "sahifa",
        "id": "00000000-0000-0000-0000-000000000007",
        "published_at": "2018-01-08T14:30:00+00:00",
        "extra": {"price": "1.50", "raw": "\ufffd", "name": "abc"},
    }


def test_half_a_surrogate_pair_is_passed_on_as_it_came(
    inbox: Inbox, start_worker: StartWorker, celery_client: Celery
) -> None:
    article = {"source": "sahifa", "id": "1", "title": "خبر \ud800"}
    start_worker("w", *INGEST_ONLY)
    celery_client.send_task("warraq.ingest", [article], queue=INGEST)
    wait_until(lambda: inbox.client.xlen(keys.STREAM) == 1)
    (entry,) = inbox.take("a", 10, 10**6)
    assert parse(entry.payload or b"", Contract()).cleaned
