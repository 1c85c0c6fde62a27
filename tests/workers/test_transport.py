"""The transport of Celery's messages: a hand is free although Redis cannot be told of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator

import pytest
from kombu import Connection, Consumer, Message, Queue

from config.celery import INGEST, celery_settings
from config.settings import Settings
from tests.own_redis import OwnRedis, own_redis
from warraq.inbox.queues import Queues
from workers.app import make_app
from workers.transport import Gate, Transport


@pytest.fixture
def redis_server() -> Iterator[OwnRedis]:
    with own_redis() as server:
        yield server


def message() -> bytes:
    content = [[{"source": "sahifa", "id": "1", "title": "خبر"}], {}, {}]
    return json.dumps(
        {
            "body": base64.b64encode(json.dumps(content).encode()).decode(),
            "content-type": "application/json",
            "content-encoding": "utf-8",
            "headers": {"task": "warraq.ingest", "id": "an-id"},
            "properties": {
                "delivery_tag": "a-tag",
                "delivery_info": {"exchange": "", "routing_key": INGEST},
                "body_encoding": "base64",
            },
        }
    ).encode()


ENDINGS: dict[str, Callable[[Message], None]] = {
    "ack": lambda message: message.ack(),
    "reject": lambda message: message.reject(),
    "requeue": lambda message: message.requeue(),
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
def test_a_hand_is_free_again_although_redis_could_not_be_told(
    settings: Settings, redis_server: OwnRedis, ending: Callable[[Message], None]
) -> None:
    there = settings.model_copy(update={"redis_url": redis_server.url(), "redis_password": None})
    app = make_app(there)
    queues = Queues(redis_server.inbox())
    redis_server.inbox().client.lpush(INGEST, message(), message())
    options = celery_settings(there)["broker_transport_options"]
    taken = []
    options |= {"gate": Gate(app, queues)}
    with Connection(
        redis_server.url(), transport=Transport, transport_options=options
    ) as connection:
        channel = connection.default_channel
        with Consumer(
            channel, [Queue(INGEST, no_declare=True)], on_message=taken.append, prefetch_count=1,
            accept=["json"],
        ):  # fmt: skip
            channel._brpop_start()
            assert len(taken) == 1
            assert not channel.qos.can_consume()
            redis_server.kill()
            with pytest.raises(connection.connection_errors):
                ending(taken[0])
            assert channel.qos.can_consume()
            redis_server.start()
            channel._rests_until = 0.0
            channel._brpop_start()
            assert len(taken) == 2
            # The first one is still noted, so it comes again when its time is over.
            assert redis_server.inbox().client.hlen("unacked") == 2
