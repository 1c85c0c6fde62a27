"""Celery's queues: nothing that is pushed there stops a worker, and nothing vanishes unseen."""

from __future__ import annotations

import base64
import json
import os
import pickle
import signal
from typing import Any

import pytest
import redis
from celery import Celery

from config.celery import INGEST, MAINTENANCE, PULL
from config.settings import Settings
from stack import Stack
from stack.credentials import redis_name
from tests.waiting import wait_until
from tests.workers.conftest import StartWorker, Worker
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.stream import Inbox

ARTICLE = {"source": "sahifa", "id": "1", "title": "خبر عاجل"}  # breaking news

DEEP = json.loads("[" * 600 + "]" * 600)


def message(
    content: object = None, raw_body: bytes | None = None, **headers: Any
) -> dict[str, Any]:
    body = json.dumps([[ARTICLE], {}, {}] if content is None else content).encode()
    return {
        "body": base64.b64encode(raw_body or body).decode(),
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {"lang": "py", "task": "warraq.ingest", "id": "an-id", **headers},
        "properties": {
            "delivery_mode": 2,
            "delivery_tag": "a-tag",
            "delivery_info": {"exchange": "", "routing_key": INGEST},
            "body_encoding": "base64",
        },
    }


FOREIGN: dict[bytes, str] = {
    b"no json": "not-json",
    "مرحبا".encode("cp1256"): "not-json",
    b"\x80\x04\x95 pickle": "not-json",
    b"[" * 100_000: "not-json",
    b"null": "not-a-message",
    b"7": "not-a-message",
    b'"text"': "not-a-message",
    b"[]": "not-a-message",
    b'{"properties": null}': "not-a-message",
    b'{"headers": {}, "properties": {}, "body": "{}"}': "not-a-message",
    json.dumps(message() | {"content-type": "application/x-python-serialize"}).encode():
        "not-a-message",
    json.dumps(message() | {"properties": {"delivery_tag": "t"}}).encode(): "not-a-message",
    json.dumps(message(id=["unhashable"])).encode(): "not-a-message",
    json.dumps(message(eta="once upon a time")).encode(): "not-a-message",
    json.dumps(message(eta="0001-01-01T00:00:00+14:00")).encode(): "not-a-message",
    json.dumps(message({"a": 1})).encode(): "unreadable-body",
    json.dumps(message(ARTICLE)).encode(): "unreadable-body",
    json.dumps(message(raw_body=pickle.dumps([[ARTICLE], {}, {}]))).encode(): "unreadable-body",
    json.dumps(message() | {"body": "§§§"}).encode(): "unreadable-body",
    json.dumps(message([[{"__type__": "x", "__value__": ARTICLE}], {}, {}])).encode():
        "unreadable-body",
    json.dumps(message([[ARTICLE | {"extra": DEEP}], {}, {}])).encode():
        "unreadable-body",
    json.dumps(message(task="somebody.elses")).encode(): "unknown-task",
    json.dumps(message([[ARTICLE, []], {}, {}], task="celery.map")).encode(): "unknown-task",
    json.dumps(message([[], {}, {}])).encode(): "wrong-arguments",
    json.dumps(message([[], {"artcle": ARTICLE}, {}])).encode(): "wrong-arguments",
    # Half a surrogate pair in what the refusal names.
    json.dumps(message([[], {"\ud800": ARTICLE}, {}])).encode(): "wrong-arguments",
    json.dumps(message(eta="9999-12-31T23:59:59+00:00")).encode(): "too-far-ahead",
}  # fmt: skip


def flows(inbox: Inbox, celery_client: Celery, number: int) -> None:
    """A fresh article goes through, by the task."""
    before = inbox.counts().ended.get("created", 0)
    celery_client.send_task("warraq.ingest", [ARTICLE | {"id": f"fresh {number}"}], queue=INGEST)
    wait_until(lambda: inbox.counts().ended.get("created", 0) == before + 1)


def unhurt(worker: Worker) -> None:
    assert worker.process.poll() is None
    log = worker.log.read_text()
    # What a worker writes that has crashed and comes back by itself.
    for word in ("Unrecoverable", "Connection to broker lost", "Traceback"):
        assert word not in log


@pytest.mark.parametrize("queue", [PULL, INGEST, MAINTENANCE])
def test_what_is_no_message_becomes_a_dead_letter_and_stops_nobody(
    inbox: Inbox, start_worker: StartWorker, celery_client: Celery, queue: str
) -> None:
    worker = start_worker()
    for raw in FOREIGN:
        inbox.client.lpush(queue, raw)
    wait_until(lambda: inbox.counts().dead == len(FOREIGN))
    letters = {letter.payload: letter for letter in DeadLetters(inbox)}
    assert {raw: letter.reason for raw, letter in letters.items()} == FOREIGN
    assert {(letter.stage, letter.entry) for letter in letters.values()} == {("celery", queue)}
    assert all(letter.detail for letter in letters.values())
    flows(inbox, celery_client, 1)
    unhurt(worker)
    assert inbox.client.llen(queue) == inbox.client.hlen("unacked") == 0


def test_an_article_that_was_pushed_onto_a_queue_is_indexed(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    worker = start_worker()
    for number, queue in enumerate((PULL, INGEST, MAINTENANCE)):
        inbox.client.lpush(queue, json.dumps(ARTICLE | {"id": number}))
    inbox.client.lpush(INGEST, b'{"a": 1}')
    wait_until(lambda: inbox.counts().ended == {"created": 3, "dead": 1})
    (letter,) = DeadLetters(inbox)
    assert (letter.stage, letter.reason, letter.payload) == ("parse", "invalid-field", b'{"a": 1}')
    unhurt(worker)


def test_headers_of_somebody_elses_do_no_harm(inbox: Inbox, start_worker: StartWorker) -> None:
    start_worker()
    odd = message(x_trace={"deep": [1, {"er": DEEP}]}, origin=7, stamps={}, lang="cobol")
    inbox.client.lpush(INGEST, json.dumps(odd | {"extra": [1]}))
    wait_until(lambda: inbox.counts().ended == {"created": 1})


def test_a_message_that_is_sent_again_goes_back_to_its_queue(
    inbox: Inbox, start_worker: StartWorker
) -> None:
    worker = start_worker()
    inbox.client.lpush(INGEST, json.dumps(message(task="of.the.next.release")))
    wait_until(lambda: inbox.counts().dead == 1)
    worker.process.terminate()
    worker.process.wait(60)
    (letter,) = DeadLetters(inbox)
    assert DeadLetters(inbox).replay(letter.id) == INGEST
    assert inbox.client.lrange(INGEST, 0, -1) == [letter.payload]
    assert inbox.counts().dead == 0


def test_a_message_is_not_lost_between_the_queue_and_a_worker_that_dies(
    inbox: Inbox, start_worker: StartWorker, celery_client: Celery
) -> None:
    """Idle workers wait for messages; what BRPOP hands to one that is dead by then is gone."""
    workers = [start_worker(f"w{number}") for number in range(3)]
    for worker in workers:
        worker.process.send_signal(signal.SIGSTOP)
    for number in range(6):
        celery_client.send_task("warraq.ingest", [ARTICLE | {"id": number}], queue=INGEST)
    for worker in workers:
        worker.kill()
    start_worker("heir")
    wait_until(lambda: inbox.counts().ended == {"created": 6}, seconds=60)


def test_a_message_that_a_dead_worker_had_taken_is_given_to_another(
    inbox: Inbox, start_worker: StartWorker, celery_client: Celery
) -> None:
    swift = {
        "WARRAQ_PULL_SECONDS": "1",
        "WARRAQ_ARTICLE_SECONDS": "1",
        "WARRAQ_ELASTICSEARCH_TIMEOUT_SECONDS": "1",
    }
    worker = start_worker("first", **swift)
    for child in worker.children():
        os.kill(child, signal.SIGSTOP)
    celery_client.send_task("warraq.ingest", [ARTICLE], queue=INGEST)
    wait_until(lambda: inbox.client.hlen("unacked") == 1)
    assert inbox.client.llen(INGEST) == 0
    worker.kill()
    start_worker("second", **swift)
    wait_until(lambda: inbox.counts().ended == {"created": 1}, seconds=90)
    wait_until(lambda: inbox.client.hlen("unacked") == 0)


def test_two_messages_with_one_tag_are_two(inbox: Inbox, start_worker: StartWorker) -> None:
    inbox.client.lpush(INGEST, json.dumps(message()))
    inbox.client.lpush(INGEST, json.dumps(message([[ARTICLE | {"id": "2"}], {}, {}])))
    start_worker("w", "--concurrency", "2")
    wait_until(lambda: inbox.counts().ended == {"created": 2})
    wait_until(lambda: inbox.client.hlen("unacked") == 0)


def test_what_a_full_redis_holds_is_worked_off(
    settings: Settings, stack: Stack, inbox: Inbox, start_worker: StartWorker
) -> None:
    """Or it would be full for ever: tickets, signs of life and letters take memory, too."""
    worker = start_worker()
    password = (stack.secrets / redis_name("default")).read_text().strip()
    with redis.Redis.from_url(settings.redis_url, password=password) as administrator:
        worker.process.send_signal(signal.SIGSTOP)
        inbox.add_many([json.dumps(ARTICLE | {"id": number}).encode() for number in range(50)])
        inbox.client.lpush(INGEST, b"no json", json.dumps(ARTICLE | {"id": "plain"}))
        before = administrator.config_get("maxmemory")["maxmemory"]
        administrator.config_set("maxmemory", 1)
        try:
            with pytest.raises(redis.OutOfMemoryError):
                inbox.client.lpush(INGEST, b"refused")
            worker.process.send_signal(signal.SIGCONT)
            wait_until(lambda: inbox.counts().ended == {"created": 51}, seconds=60)
            assert [letter.reason for letter in DeadLetters(inbox)] == ["not-json"]
        finally:
            administrator.config_set("maxmemory", before)
    assert worker.process.poll() is None
