"""Signs of life tell who is there and who gets on; a pause ends by itself."""

from __future__ import annotations

from tests.waiting import wait_until
from warraq.inbox import keys
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox


def test_being_there_is_not_progress(inbox: Inbox) -> None:
    beats = Heartbeats(inbox)
    beats.beat("w1")
    beats.beat("w2", progress=True)
    everyone = beats.all()
    assert list(everyone) == ["w1", "w2"]
    assert everyone["w1"].progress is None
    assert everyone["w2"].progress is not None
    assert 0 <= everyone["w2"].seen < 10


def test_the_gone_are_forgotten(inbox: Inbox) -> None:
    beats = Heartbeats(inbox)
    beats.beat("w1", progress=True)
    beats.forget(3600)
    assert list(beats.all()) == ["w1"]
    wait_until(lambda: beats.all()["w1"].seen > 0)
    beats.forget(0)
    assert beats.all() == {}


def test_a_pause_says_why_and_ends_by_itself(inbox: Inbox) -> None:
    beats = Heartbeats(inbox)
    assert beats.paused() is None
    assert 0 < beats.pause("Elasticsearch is away") <= 5
    assert beats.paused() == "Elasticsearch is away"
    wait_until(lambda: beats.paused() is None, seconds=6)


def test_pauses_grow_up_to_a_bound(inbox: Inbox) -> None:
    beats = Heartbeats(inbox)
    pauses = [beats.pause("away") for _ in range(12)]
    assert pauses[0] <= 1
    assert all(2.5 <= seconds <= 5 for seconds in pauses[6:])


def test_a_pause_longer_than_any_is_of_a_clock_put_back_and_ends(inbox: Inbox) -> None:
    beats = Heartbeats(inbox)
    beats.pause("away")
    inbox.client.pexpire(keys.PAUSE, 5_000)
    assert beats.mend_times(1_000) == 0
    assert beats.paused() == "away"
    inbox.client.pexpire(keys.PAUSE, 3_600_000)
    assert beats.mend_times(1_000) == 1
    assert beats.paused() is None


def test_leases_that_were_given_in_the_past_stay_as_they_are(inbox: Inbox) -> None:
    inbox.add_many([b"{}"])
    (entry,) = inbox.take("one", 1, 1_000)
    inbox.release("one", 60_000, [entry])
    assert Heartbeats(inbox).mend_times(1_000) == 0
    assert inbox.claim("two", 60_000, 1, 1_000)
