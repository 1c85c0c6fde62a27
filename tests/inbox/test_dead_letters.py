"""Dead letters are kept whole, found by what is known of them, and sent again once."""

from __future__ import annotations

import threading
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from itertools import count

import pytest

from tests.own_redis import OwnRedis
from tests.waiting import wait_until
from warraq.errors import Rejected, Unavailable, WarraqError
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters, Which
from warraq.inbox.stream import Entry, Inbox

BYTES = 10**7


@pytest.fixture
def letters(inbox: Inbox) -> DeadLetters:
    return DeadLetters(inbox)


def taken(inbox: Inbox, consumer: str = "a") -> list[Entry]:
    return inbox.take(consumer, 10_000, BYTES)


def buried(inbox: Inbox, *payloads: bytes, why: Rejected | None = None, source: str = "s") -> None:
    inbox.add_many(payloads)
    for entry in taken(inbox):
        inbox.bury(entry, why or Rejected("parse", "not-json", "no JSON"), (source, "7"))


def test_a_letter_that_dies_again_is_told_from_one_that_died_once(
    inbox: Inbox, letters: DeadLetters
) -> None:
    (first,) = inbox.add_many([b"{"])
    for replays in range(3):
        (entry,) = taken(inbox)
        inbox.bury(entry, Rejected("parse", "not-json", "still"))
        (letter,) = letters
        assert letter.replays == replays
        assert letter.entry == first  # the id that the producer knows
        assert letter.intake_ms == int(first.partition("-")[0])
        letters.replay(letter.id)
    assert inbox.counts().ended == {"dead": 3, "replayed": 3}


def test_what_a_producer_writes_into_our_fields_misleads_nobody(
    inbox: Inbox, letters: DeadLetters
) -> None:
    ours = {"intake": "x", "entry": "\x1b[2J", "replays": "9" * 50}
    added = inbox.client.xadd(keys.STREAM, {"article": b"{", **ours}).decode()
    (entry,) = taken(inbox)
    assert (entry.first_id, entry.replays) == (added, 0)
    inbox.bury(entry, Rejected("parse", "not-json", "x"))
    (letter,) = letters
    assert (letter.entry, letter.replays) == (added, 0)


def test_half_a_surrogate_pair_in_what_is_said_of_a_letter_does_not_hinder_it(
    own: OwnRedis,
) -> None:
    inbox = own.inbox()
    buried(inbox, b"{", why=Rejected("parse", "odd", "no \ud800"), source="\udfff")
    (letter,) = DeadLetters(inbox)
    assert (letter.detail, letter.source) == ("no \\ud800", "\\udfff")


def test_a_large_entry_without_an_article_is_buried(own: OwnRedis) -> None:
    inbox = own.inbox()
    inbox.client.xadd(keys.STREAM, {"x": b"\x01" * 12_000_000, "y": b"2"})
    (entry,) = inbox.take("a", 1, 1)
    inbox.bury(entry, Rejected("parse", "no-article", "x"))
    (letter,) = DeadLetters(inbox)
    assert letter.payload == b"x: " + b"\x01" * 12_000_000 + b"\ny: 2"


def test_letters_written_by_hand_are_shown_and_replayed(inbox: Inbox, letters: DeadLetters) -> None:
    inbox.client.xadd(keys.DEAD, {"payload": b"1"})
    inbox.client.xadd(keys.DEAD, {"reason": b"nothing in it", "intake": "soon"})
    first, second = letters
    assert (first.payload, second.payload, second.intake_ms) == (b"1", b"", 0)
    assert letters.replay(first.id) is not None
    assert letters.replay(second.id) is None
    assert [letter.id for letter in letters] == [second.id]


def test_letters_are_found_by_reason_stage_source_and_time(
    inbox: Inbox, letters: DeadLetters
) -> None:
    buried(inbox, b"1", why=Rejected("text", "empty", "x"), source="sahifa")
    wait_until(lambda: letters.now_ms() > next(letters.heads()).died_ms)
    between = letters.now_ms()
    wait_until(lambda: letters.now_ms() > between)
    buried(inbox, b"2", why=Rejected("parse", "too-large", "x"), source="sahifa")
    buried(inbox, b"3", why=Rejected("index", "too-large", "x"), source="wakala")

    def found(**which: object) -> list[bytes]:
        chosen = Which(**which)  # type: ignore[arg-type]
        heads = [head.id for head in letters.heads(chosen)]
        whole = list(letters.letters(chosen))
        assert [letter.id for letter in whole] == heads
        return [letter.payload for letter in whole]

    assert found() == [b"1", b"2", b"3"]
    assert found(reason="too-large") == [b"2", b"3"]
    assert found(reason="too-large", stage="index") == [b"3"]
    assert found(source="sahifa") == [b"1", b"2"]
    assert found(source="") == []
    assert found(since_ms=between) == [b"2", b"3"]
    assert found(until_ms=between) == [b"1"]
    assert found(since_ms=between, until_ms=between) == []
    assert found(until_ms=letters.now_ms() + 10**6) == [b"1", b"2", b"3"]


def test_two_operators_send_each_letter_once(inbox: Inbox, letters: DeadLetters) -> None:
    buried(inbox, *(str(number).encode() for number in range(900)))
    replayed: list[int] = []

    def replay() -> None:
        replayed.append(sum(DeadLetters(inbox).replay_all()))

    threads = [threading.Thread(target=replay) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(replayed) == 900
    assert list(letters) == []
    assert sorted(int(entry.payload or b"") for entry in taken(inbox)) == list(range(900))


def test_a_replay_of_all_does_not_meet_those_that_die_again(
    inbox: Inbox, letters: DeadLetters
) -> None:
    buried(inbox, *[b"{"] * 1_200)  # three pages
    for _ in letters.replay_all():
        for entry in taken(inbox):
            inbox.bury(entry, Rejected("parse", "not-json", "at once"))
    assert inbox.counts().ended == {"dead": 2_400, "replayed": 1_200}
    assert {letter.replays for letter in letters.heads()} == {1}


def test_dropping_spares_what_was_not_asked_for(inbox: Inbox, letters: DeadLetters) -> None:
    buried(inbox, b"1", b"2", why=Rejected("text", "empty", "x"))
    buried(inbox, b"3")
    assert sum(letters.drop_all(Which(reason="empty"))) == 2
    assert [letter.payload for letter in letters] == [b"3"]


def test_large_letters_are_read_in_pages_that_fit(inbox: Inbox, letters: DeadLetters) -> None:
    inbox.add_many([b"x" * 2_000_000] * 12)
    for entry in inbox.take("a", 12, 10**9):
        inbox.bury(entry, Rejected("parse", "not-json", "x"))
    tracemalloc.start()
    assert sum(letter.size for letter in letters) == 24_000_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 16_000_000
    assert sum(letters.replay_all()) == 12


def test_tens_of_thousands_of_letters_are_handled_in_bounded_memory(
    inbox: Inbox, letters: DeadLetters
) -> None:
    number = 20_000
    adding = inbox.client.pipeline(transaction=True)
    for at in range(number):
        reason = ("empty", "not-json")[at % 2]
        adding.xadd(keys.DEAD, {"payload": b"x" * 500, "reason": reason, "intake": 1})
        if len(adding) == 5_000:
            adding.execute()
    tracemalloc.start()
    assert letters.by_reason() == {"empty": 10_000, "not-json": 10_000}
    assert sum(1 for _ in letters.letters(Which(reason="empty"))) == 10_000
    assert sum(letters.replay_all(Which(reason="empty"))) == 10_000
    assert sum(letters.drop_all()) == 10_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_letter_that_cannot_be_written_is_not_acknowledged(own: OwnRedis) -> None:
    inbox = own.inbox()
    inbox.add_many([b"{"])
    (entry,) = taken(inbox)
    own.admin.set(keys.DEAD, "in the way")
    with pytest.raises(WarraqError, match="WRONGTYPE"):
        inbox.bury(entry, Rejected("parse", "not-json", "x"))
    assert inbox.client.xpending(keys.STREAM, keys.GROUP)["pending"] == 1
    assert inbox.client.xlen(keys.STREAM) == 1
    own.admin.delete(keys.DEAD)
    inbox.bury(entry, Rejected("parse", "not-json", "x"))
    assert inbox.counts().ended == {"dead": 1}


@pytest.fixture
def burying(own: OwnRedis) -> Iterator[threading.Event]:
    """Buries whatever it can take, without end, until the event is set."""
    over = threading.Event()

    def bury() -> None:
        inbox = own.inbox()
        for round_ in count():
            if over.is_set():
                return
            try:
                entries = inbox.claim("a", 1, 50, BYTES) or inbox.take("a", 50, BYTES)
                for entry in entries:
                    inbox.bury(entry, Rejected("parse", "not-json", f"round {round_}"))
            except Unavailable:
                continue

    thread = threading.Thread(target=bury)
    thread.start()
    yield over
    over.set()
    thread.join()


def test_a_redis_killed_while_burying_neither_loses_nor_doubles_a_letter(
    own: OwnRedis, burying: threading.Event
) -> None:
    inbox = own.inbox()
    payloads = [str(number).encode() for number in range(2_000)]
    for at in range(0, len(payloads), 500):
        inbox.add_many(payloads[at : at + 500])
        before = inbox.counts().dead
        wait_until(lambda before=before: inbox.counts().dead > before, every=0.001)
        own.kill()
        own.start()
    wait_until(lambda: inbox.counts().dead == len(payloads))
    burying.set()
    assert sorted(letter.payload for letter in DeadLetters(inbox)) == sorted(payloads)
    assert inbox.client.xlen(keys.STREAM) == 0
    assert inbox.counts().ended == {"dead": len(payloads)}


def test_a_page_that_its_reader_leaves_is_no_harm(inbox: Inbox, letters: DeadLetters) -> None:
    buried(inbox, *[b"{"] * 600)
    next(letters.letters())
    assert sum(1 for _ in letters.heads()) == 600


def test_counts_by_reason_are_right_whatever_came_or_went_between_two_looks(
    inbox: Inbox, letters: DeadLetters
) -> None:
    def read_one_by_one() -> Counter[str]:
        return Counter(head.reason for head in letters.heads())

    assert letters.by_reason() == {}
    for round_ in range(3):
        for reason in ("empty", "not-json", "empty", f"new-{round_}"):
            inbox.client.xadd(keys.DEAD, {"payload": b"1", "reason": reason})
        assert letters.by_reason() == read_one_by_one()
        assert letters.by_reason() == read_one_by_one()  # as remembered
        first, *_, last = letters.heads()
        letters.drop(first.id)
        inbox.client.xadd(keys.DEAD, {"payload": b"1", "reason": "as many as before"})
        assert letters.by_reason() == read_one_by_one()
        letters.replay(last.id)
        assert letters.by_reason() == read_one_by_one()
    inbox.client.delete(keys.DEAD)
    assert letters.by_reason() == {}
    inbox.client.xadd(keys.DEAD, {"payload": b"1", "reason": "empty"})
    assert letters.by_reason() == {"empty": 1}


def test_a_second_count_by_reason_reads_new_letters_alone(
    inbox: Inbox, letters: DeadLetters
) -> None:
    for number in range(1_500):
        inbox.client.xadd(keys.DEAD, {"payload": b"1", "reason": str(number % 3)})

    def scripts_run() -> int:
        return int(inbox.client.info("commandstats")["cmdstat_evalsha"]["calls"])

    letters.by_reason()
    inbox.client.xadd(keys.DEAD, {"payload": b"1", "reason": "0"})
    before = scripts_run()
    assert letters.by_reason() == {"0": 501, "1": 500, "2": 500}
    assert scripts_run() - before == 2  # what was remembered, and one page; all are four pages
