"""The transport of Celery's messages: a hand is free although Redis cannot be told of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from kombu import Connection, Consumer, Message, Queue

from config.celery import INGEST, PULL, celery_settings
from config.settings import Settings
from tests.own_redis import OwnRedis, own_redis
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.queues import Queues
from workers.app import make_app
from workers.messages import ticket
from workers.transport import Gate, Transport


@pytest.fixture
def redis_server() -> Iterator[OwnRedis]:
    with own_redis() as server:
        yield server


def message(**delivery: str) -> bytes:
    content = [[{"source": "sahifa", "id": "1", "title": "خبر"}], {}, {}]
    return json.dumps(
        {
            "body": base64.b64encode(json.dumps(content).encode()).decode(),
            "content-type": "application/json",
            "content-encoding": "utf-8",
            "headers": {"task": "warraq.ingest", "id": "an-id"},
            "properties": {
                "delivery_tag": "a-tag",
                "delivery_info": {"exchange": "", "routing_key": INGEST, **delivery},
                "body_encoding": "base64",
            },
        }
    ).encode()


ENDINGS: dict[str, Callable[[Message], None]] = {
    "ack": lambda message: message.ack(),
    "reject": lambda message: message.reject(),
    "requeue": lambda message: message.requeue(),
}


@contextmanager
def channel_of(
    redis_server: OwnRedis, settings: Settings, hand: Callable[[Message], None], *queues: str
) -> Iterator[Any]:
    """A channel as a worker has it, with one hand, that reads `queues` through the gate."""
    there = settings.model_copy(update={"redis_url": redis_server.url(), "redis_password": None})
    options = celery_settings(there)["broker_transport_options"]
    options |= {"gate": Gate(make_app(there), Queues(redis_server.inbox()))}
    with Connection(
        redis_server.url(), transport=Transport, transport_options=options
    ) as connection:
        channel = connection.default_channel
        read = [Queue(name, no_declare=True) for name in queues]
        with Consumer(channel, read, on_message=hand, prefetch_count=1, accept=["json"]):
            yield channel


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_a_hand_is_free_again_although_redis_could_not_be_told(
    settings: Settings, redis_server: OwnRedis, ending: Callable[[Message], None]
) -> None:
    redis_server.inbox().client.lpush(INGEST, message(), message())
    taken: list[Message] = []
    with channel_of(redis_server, settings, taken.append, INGEST) as channel:
        channel._brpop_start()
        assert len(taken) == 1
        assert not channel.qos.can_consume()
        redis_server.kill()
        with pytest.raises(channel.connection_errors):
            ending(taken[0])
        assert channel.qos.can_consume()
        redis_server.start()
        channel._rests_until = 0.0
        channel._brpop_start()
        assert len(taken) == 2
        # The first one is still noted, so it comes again when its time is over.
        assert redis_server.inbox().client.hlen("unacked") == 2


@pytest.mark.parametrize(
    "delivery", [{"routing_key": "celery"}, {"exchange": "theirs", "routing_key": "celery"}]
)
def test_what_is_put_back_goes_to_the_queue_that_it_came_from(
    settings: Settings, redis_server: OwnRedis, delivery: dict[str, str]
) -> None:
    client = redis_server.inbox().client
    client.lpush(INGEST, message(**delivery))
    with channel_of(redis_server, settings, lambda taken: taken.requeue(), INGEST) as channel:
        channel._brpop_start()
    assert client.hlen("unacked") == 0
    assert client.llen(INGEST) == 1


def test_a_message_that_cannot_be_buried_does_not_hold_other_queues(
    settings: Settings, redis_server: OwnRedis
) -> None:
    client = redis_server.inbox().client
    client.set(keys.DEAD, "in the way")
    client.lpush(INGEST, b"no message")
    client.lpush(PULL, *(ticket("warraq.pull", PULL, 60) for _ in range(3)))
    taken: list[Message] = []

    def hand(message: Message) -> None:
        taken.append(message)
        message.ack()

    with channel_of(redis_server, settings, hand, INGEST, PULL) as channel:
        for _ in range(10):
            channel._rests_until = 0.0
            channel._brpop_start()
    assert len(taken) == 3
    assert client.lrange(INGEST, 0, -1) == [b"no message"]


def test_a_message_that_is_larger_than_any_article_is_buried_unread(
    settings: Settings, redis_server: OwnRedis
) -> None:
    small = settings.model_copy(update={"payload_bytes": 10_000})
    lists = b"[" + b"[]," * 50_000 + b"[]]"  # takes twenty times its bytes of memory
    largest = b" " * (4 * 10_000 + 100_000 - len(message())) + message()
    inbox = redis_server.inbox()
    inbox.client.lpush(INGEST, lists, largest)
    taken: list[Message] = []
    with channel_of(redis_server, small, taken.append, INGEST) as channel:
        channel._brpop_start()
        channel._rests_until = 0.0
        channel._brpop_start()
    (letter,) = DeadLetters(inbox)
    assert (letter.stage, letter.reason, letter.payload) == ("celery", "too-large", lists)
    assert len(taken) == 1
