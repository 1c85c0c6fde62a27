"""What Celery's workers note in Redis is noted also while that is full."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import redis

from tests.own_redis import OwnRedis
from warraq.inbox.insisting import InsistingRedis


@pytest.fixture
def client(own: OwnRedis) -> Iterator[InsistingRedis]:
    own.fill()
    with InsistingRedis.from_url(own.url()) as client:
        yield client


def test_single_writes_answer_as_ever(client: InsistingRedis) -> None:
    assert client.lpush("warraq.pull", "a") == 1
    assert client.set("unacked_mutex", "x", nx=True, px=60_000)
    assert client.set("unacked_mutex", "y", nx=True, px=60_000) is None
    assert 0 < int(client.pttl("unacked_mutex")) <= 60_000  # type: ignore[arg-type]


def test_transactions_are_made_whole(client: InsistingRedis) -> None:
    with client.pipeline() as pipe:
        pipe.zadd("unacked_index", {"a": 1}).hset("unacked", "a", b"\xff")  # type: ignore[arg-type]
        assert pipe.execute() == [1, 1]

    def restore(pipe: redis.client.Pipeline) -> None:
        message = pipe.hget("unacked", "a")
        pipe.multi()
        pipe.hdel("unacked", "a")
        pipe.rpush("warraq.pull", message)  # type: ignore[arg-type]

    client.transaction(restore, "unacked")
    assert client.lrange("warraq.pull", 0, -1) == [b"\xff"]
    assert client.hlen("unacked") == 0


def test_scripts_run_alone_and_in_a_transaction(client: InsistingRedis) -> None:
    script = client.register_script("return redis.call('SADD', KEYS[1], ARGV[1])")
    assert script(keys=["_kombu.binding.a"], args=["b"]) == 1
    with client.pipeline() as pipe:
        script(keys=["_kombu.binding.a"], args=["c"], client=pipe)
        assert pipe.execute() == [1]


def test_other_errors_are_errors(client: InsistingRedis) -> None:
    client.lpush("warraq.pull", "a")
    with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
        client.hset("warraq.pull", "a", "b")
    with client.pipeline() as pipe:
        pipe.hset("warraq.pull", "a", "b")
        with pytest.raises(redis.ResponseError, match="WRONGTYPE"):
            pipe.execute()
