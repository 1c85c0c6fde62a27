"""At its `maxmemory` Redis refuses senders; workers go on, and what they settle makes room."""

from __future__ import annotations

import pytest
import redis

from tests.own_redis import OwnRedis
from warraq.errors import NoRoom, Rejected
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.rates import Rates

BYTES = 10**7
PAYLOAD = b"x" * 10_000


def test_senders_are_refused_and_nothing_of_theirs_arrives(own: OwnRedis) -> None:
    own.fill()
    with pytest.raises(NoRoom, match="Redis is full"):
        own.inbox().add_many([b"1", b"2"])
    with pytest.raises(redis.OutOfMemoryError):
        own.inbox("producer").client.xadd(keys.STREAM, {"article": b"3"})
    own.empty()
    assert own.inbox().counts().waiting == 0


def test_workers_settle_bury_move_and_leave_signs_of_life(own: OwnRedis) -> None:
    inbox = own.inbox()
    inbox.add_many([PAYLOAD] * 3)
    inbox.client.lpush(keys.LIST, PAYLOAD)
    own.fill()
    assert inbox.move_list(10, BYTES) == 1
    first, second, *others = inbox.take("a", 10, BYTES)
    inbox.bury(first, Rejected("parse", "not-json", "x"))
    assert inbox.settle({second.id: "created"}) == 1
    inbox.release("a", 1_000, others)
    assert len(inbox.claim("b", 1_000, 10, BYTES)) == 2
    assert inbox.version_kinds({"sahifa": "intake"}) == {"sahifa": "intake"}
    beats = Heartbeats(inbox)
    beats.beat("w", progress=True)
    assert list(beats.all()) == ["w"]
    beats.pause("Elasticsearch is away")
    assert beats.paused() == "Elasticsearch is away"
    assert inbox.counts().ended == {"created": 1, "dead": 1}


def test_rates_are_still_sampled(own: OwnRedis) -> None:
    own.fill()
    Rates(own.inbox()).sample()
    assert own.inbox().client.llen(keys.SAMPLES) == 1


def test_a_group_that_is_not_there_is_made(own: OwnRedis) -> None:
    """Senders may have filled it before the first worker came, or somebody deleted the group."""
    inbox = own.inbox()
    inbox.add_many([PAYLOAD])
    own.admin.xgroup_destroy(keys.STREAM, keys.GROUP)
    own.fill()
    assert [entry.payload for entry in inbox.take("a", 10, BYTES)] == [PAYLOAD]
    assert not inbox.open()


def test_an_article_that_is_in_redis_already_is_admitted(own: OwnRedis) -> None:
    own.fill()
    inbox = own.inbox()
    inbox.admit(b"1")
    assert [entry.payload for entry in inbox.take("a", 10, BYTES)] == [b"1"]


def test_dead_letters_can_be_replayed_for_that_makes_redis_no_fuller(own: OwnRedis) -> None:
    inbox = own.inbox()
    inbox.add_many([PAYLOAD])
    inbox.bury(inbox.take("a", 1, BYTES)[0], Rejected("parse", "not-json", "x"))
    own.fill()
    (letter,) = DeadLetters(inbox)
    assert DeadLetters(inbox).replay(letter.id) is not None


def test_operators_see_how_it_stands(own: OwnRedis) -> None:
    """What to look at when Redis is full is how much waits, what is dead and whether it empties."""
    inbox = own.inbox()
    inbox.add_many([PAYLOAD] * 2)
    inbox.bury(inbox.take("a", 1, BYTES)[0], Rejected("parse", "not-json", "x"))
    rates = Rates(inbox)
    own.fill()
    rates.sample()
    assert rates.over(60) is None  # of less than half a minute nothing is said
    assert DeadLetters(inbox).by_reason() == {"not-json": 1}
    assert inbox.client.llen(keys.SAMPLES) == 1


def test_burying_and_replaying_at_the_limit_take_no_memory_to_speak_of(own: OwnRedis) -> None:
    inbox = own.inbox()
    inbox.add_many([PAYLOAD] * 500)
    own.fill()
    before = inbox.counts().memory_bytes
    for _ in range(3):
        for entry in inbox.take("a", 500, BYTES):
            inbox.bury(entry, Rejected("parse", "not-json", "x"))
        assert sum(DeadLetters(inbox).replay_all()) == 500
    assert inbox.counts().memory_bytes < before * 1.2
