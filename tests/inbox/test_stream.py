"""The inbox keeps its promise: an entry is there until it is settled, and settled once."""

from __future__ import annotations

import threading

import pytest

from tests.own_redis import own_redis
from tests.waiting import wait_until
from warraq.errors import Rejected, Unavailable, WarraqError
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.stream import Entry, Inbox

BYTES = 10_000_000


def taken(inbox: Inbox, consumer: str = "a", most: int = 100) -> list[Entry]:
    return inbox.take(consumer, most, BYTES)


def test_what_was_added_is_taken_in_order_with_its_intake_time(inbox: Inbox) -> None:
    ids = inbox.add_many([b"1", b"2", b"3"])
    entries = taken(inbox)
    assert [entry.payload for entry in entries] == [b"1", b"2", b"3"]
    assert [entry.id for entry in entries] == ids
    assert entries[0].intake_ms == int(ids[0].partition("-")[0])
    assert entries[0].deliveries == 1


def test_an_entry_goes_to_one_consumer(inbox: Inbox) -> None:
    inbox.add_many([b"1", b"2"])
    assert [entry.payload for entry in taken(inbox, "a", most=1)] == [b"1"]
    assert [entry.payload for entry in taken(inbox, "b")] == [b"2"]
    assert taken(inbox, "a") == []


def test_a_batch_ends_when_its_bytes_are_reached(inbox: Inbox) -> None:
    inbox.add_many([b"x" * 1_000] * 10)
    assert len(inbox.take("a", 100, 2_500)) == 3


def test_one_entry_larger_than_a_batch_goes_alone(inbox: Inbox) -> None:
    inbox.add_many([b"x" * 10_000, b"y"])
    assert len(inbox.take("a", 100, 100)) == 1


def test_settled_entries_are_gone_and_counted_once(inbox: Inbox) -> None:
    first, second = inbox.add_many([b"1", b"2"])
    taken(inbox)
    assert inbox.settle({first: "created", second: "unchanged"}) == 2
    assert inbox.settle({first: "created", second: "unchanged"}) == 0
    counts = inbox.counts()
    assert counts.ended == {"created": 1, "unchanged": 1}
    assert (counts.waiting, counts.in_hand) == (0, 0)


def test_counts_tell_waiting_in_hand_listed_and_age(inbox: Inbox) -> None:
    inbox.add_many([b"1", b"2", b"3"])
    inbox.client.lpush(keys.LIST, b"4", b"5")
    taken(inbox, most=1)
    counts = inbox.counts()
    assert (counts.waiting, counts.in_hand, counts.listed, counts.dead) == (2, 1, 2, 0)
    assert 0 <= counts.oldest_seconds < 60


def test_an_entry_without_an_article_is_still_an_entry(inbox: Inbox) -> None:
    inbox.client.xadd(keys.STREAM, {"artcle": "{}"})
    (entry,) = taken(inbox)
    assert entry.payload is None
    inbox.bury(entry, Rejected("parse", "no-article", "no field"))
    assert next(iter(DeadLetters(inbox))).payload == b'{"artcle": "{}"}'


def test_an_abandoned_entry_is_claimed_alone_and_counted(inbox: Inbox) -> None:
    inbox.add_many([b"1", b"2"])
    taken(inbox, "dead")
    (entry,) = inbox.claim("b", 0, 100, BYTES)
    assert (entry.payload, entry.deliveries) == (b"1", 2)


def test_a_lease_keeps_an_entry_from_being_claimed(inbox: Inbox) -> None:
    inbox.add_many([b"1"])
    taken(inbox, "a")
    assert inbox.claim("b", 60_000, 100, BYTES) == []


def test_only_the_holder_renews_a_lease(inbox: Inbox) -> None:
    inbox.add_many([b"1"])
    (entry,) = taken(inbox, "a")
    assert inbox.renew("a", [entry.id]) == 1
    assert inbox.renew("b", [entry.id]) == 0
    assert inbox.client.xpending(keys.STREAM, keys.GROUP)["consumers"][0]["name"] == b"a"


def test_released_entries_are_claimed_together_and_uncounted(inbox: Inbox) -> None:
    inbox.add_many([b"1", b"2", b"3"])
    inbox.release("a", 60_000, taken(inbox, "a"))
    entries = inbox.claim("b", 60_000, 100, BYTES)
    assert [entry.payload for entry in entries] == [b"1", b"2", b"3"]
    assert {entry.deliveries for entry in entries} == {1}


def test_claiming_what_was_released_is_bounded_in_bytes(inbox: Inbox) -> None:
    inbox.add_many([b"x" * 1_000] * 5)
    inbox.release("a", 60_000, taken(inbox, "a"))
    assert len(inbox.claim("b", 60_000, 100, 1_500)) == 2


def test_a_forgiven_attempt_is_not_counted(inbox: Inbox) -> None:
    inbox.add_many([b"1"])
    taken(inbox, "a")
    for _ in range(5):
        (entry,) = inbox.claim("b", 0, 1, BYTES)
        assert entry.deliveries == 2
        inbox.forgive("b", entry)


def test_two_consumers_never_claim_one_entry(inbox: Inbox) -> None:
    inbox.add_many([str(n).encode() for n in range(50)])
    inbox.release("gone", 60_000, taken(inbox, "gone"))
    claimed: list[str] = []

    def claim(consumer: str) -> None:
        while entries := inbox.claim(consumer, 60_000, 3, BYTES):
            claimed.extend(entry.id for entry in entries)

    threads = [threading.Thread(target=claim, args=(name,)) for name in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(claimed) == len(set(claimed)) == 50


def test_an_entry_deleted_by_hand_does_not_come_back(inbox: Inbox) -> None:
    (first,) = inbox.add_many([b"1"])
    taken(inbox)
    inbox.client.xdel(keys.STREAM, first)
    assert inbox.claim("b", 0, 10, BYTES) == []
    assert inbox.counts().in_hand == 0


def test_a_deleted_group_is_made_again_and_nothing_is_lost(inbox: Inbox) -> None:
    inbox.add_many([b"1", b"2"])
    taken(inbox, most=1)
    inbox.client.xgroup_destroy(keys.STREAM, keys.GROUP)
    assert [entry.payload for entry in taken(inbox)] == [b"1", b"2"]


def test_the_plain_list_is_moved_oldest_first(inbox: Inbox) -> None:
    inbox.client.lpush(keys.LIST, b"1")
    inbox.client.lpush(keys.LIST, b"2")
    assert inbox.move_list(10, BYTES) == 2
    assert inbox.client.llen(keys.LIST) == 0
    assert [entry.payload for entry in taken(inbox)] == [b"1", b"2"]


def test_moving_the_list_is_bounded(inbox: Inbox) -> None:
    inbox.client.lpush(keys.LIST, *[b"x" * 100] * 10)
    assert inbox.move_list(4, BYTES) == 4
    assert inbox.move_list(100, 250) == 3


def test_a_dead_letter_keeps_everything_and_can_be_replayed(inbox: Inbox) -> None:
    (first,) = inbox.add_many([b"\xff not utf-8"])
    (entry,) = taken(inbox)
    inbox.bury(entry, Rejected("parse", "not-utf8", "byte 0"), ("source", "7"))
    inbox.bury(entry, Rejected("parse", "not-utf8", "byte 0"), ("source", "7"))
    letters = DeadLetters(inbox)
    (letter,) = letters
    assert letter.payload == b"\xff not utf-8"
    assert (letter.stage, letter.reason, letter.detail) == ("parse", "not-utf8", "byte 0")
    assert (letter.source, letter.article_id, letter.entry) == ("source", "7", first)
    assert letters.by_reason() == {"not-utf8": 1}
    assert inbox.counts().ended == {"dead": 1}

    again = letters.replay(letter.id)
    assert list(letters) == []
    (entry,) = taken(inbox)
    assert (entry.id, entry.payload, entry.intake_ms) == (again, letter.payload, letter.intake_ms)
    assert letters.replay(letter.id) is None


def test_consumers_that_hold_nothing_are_forgotten(inbox: Inbox) -> None:
    inbox.add_many([b"1", b"2"])
    (entry,) = taken(inbox, "idle", most=1)
    taken(inbox, "busy", most=1)
    inbox.settle({entry.id: "created"})

    def only_busy() -> bool:
        inbox.forget_gone_consumers(0)
        names = [one["name"] for one in inbox.client.xinfo_consumers(keys.STREAM, keys.GROUP)]
        return names == [b"busy"]

    wait_until(only_busy)
    assert inbox.counts().in_hand == 1


def test_the_first_kind_of_version_of_a_source_stays(inbox: Inbox) -> None:
    assert inbox.version_kinds({"a": "revision", "b": "intake"}) == {
        "a": "revision",
        "b": "intake",
    }
    assert inbox.version_kinds({"a": "intake"}) == {"a": "revision"}


def test_work_to_do_sees_new_listed_and_abandoned_work(inbox: Inbox) -> None:
    assert inbox.work_to_do(1_000) == (0, 0)
    inbox.add_many([b"1", b"2"])
    inbox.client.lpush(keys.LIST, b"3")
    assert inbox.work_to_do(1_000) == (3, 0)
    taken(inbox)
    assert inbox.work_to_do(60_000) == (1, 0)
    assert inbox.work_to_do(0) == (1, 2)


def test_a_server_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        Inbox.connect("redis://127.0.0.1:1/0").add_many([b"1"])


def test_who_may_not_send_is_told_so_without_the_article() -> None:
    with own_redis() as server:
        for user in ("producer", "celery-producer"):  # neither may send in pipelines of ours
            with pytest.raises(WarraqError, match="refuses this user") as refused:
                server.inbox(user).add_many([b"private"])
            assert "private" not in str(refused.value)
