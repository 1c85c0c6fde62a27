"""Senders are told to wait at a mark, in articles or in memory."""

from __future__ import annotations

from tests.own_redis import OwnRedis
from tests.waiting import wait_until
from warraq.errors import Rejected
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.room import lack_of_room
from warraq.inbox.stream import Inbox

BYTES = 10**7


def test_articles_that_have_not_ended_count_wherever_they_are(inbox: Inbox) -> None:
    inbox.add_many([b"1", b"2"])
    inbox.take("a", 1, BYTES)
    inbox.client.lpush(keys.LIST, b"3")
    assert lack_of_room(inbox, 4) is None
    assert lack_of_room(inbox, 3) == "the inbox holds 3 articles, its mark is at 3"


def test_memory_counts_where_redis_has_a_limit(own: OwnRedis) -> None:
    own.empty()
    inbox = own.inbox()
    used = inbox.counts().memory_bytes
    assert inbox.counts().memory_limit == 0
    assert lack_of_room(inbox, 10) is None
    own.admin.config_set("maxmemory", used * 2)
    assert lack_of_room(inbox, 10) is None
    own.admin.config_set("maxmemory", int(used * 1.1))
    assert "MB, its mark is at 80%" in (lack_of_room(inbox, 10) or "")
    assert inbox.counts().memory_limit == int(used * 1.1)


def test_the_oldest_waits_since_it_was_enqueued_or_sent_again(inbox: Inbox) -> None:
    assert inbox.counts().oldest_seconds == 0
    now = DeadLetters(inbox).now_ms()
    inbox.client.xadd(keys.STREAM, {"article": b"1"}, id=f"{now - 600_000}-0")
    assert 600 <= inbox.counts().oldest_seconds < 630
    (entry,) = inbox.take("a", 1, BYTES)
    assert inbox.counts().oldest_seconds >= 600  # in hand is not ended
    inbox.bury(entry, Rejected("parse", "not-json", "x"))
    assert inbox.counts().oldest_seconds == 0
    (letter,) = DeadLetters(inbox)
    DeadLetters(inbox).replay(letter.id)
    assert inbox.counts().oldest_seconds < 30
    assert inbox.take("a", 1, BYTES)[0].intake_ms == now - 600_000


def test_what_is_listed_gets_older_once_it_is_in_the_stream(inbox: Inbox) -> None:
    inbox.client.lpush(keys.LIST, b"1")
    counts = inbox.counts()
    assert (counts.listed, counts.oldest_seconds) == (1, 0)
    inbox.move_list(1, BYTES)
    wait_until(lambda: inbox.counts().oldest_seconds > 0)
    assert inbox.counts().oldest_seconds < 30
