"""Rates say how fast articles come and end, or that nobody has looked."""

from __future__ import annotations

import json

from warraq.inbox import keys
from warraq.inbox.rates import KEPT, Rates
from warraq.inbox.stream import Inbox


def sampled(inbox: Inbox, age: float, *, ended: int, left: int = 0, again: int = 0) -> None:
    """A sample as it was taken `age` seconds ago."""
    seconds, micros = inbox.client.time()
    sample = {"at": seconds + micros / 1e6 - age, "ended": ended, "again": again, "left": left}
    inbox.client.lpush(keys.SAMPLES, json.dumps(sample))


def test_without_samples_no_rate_is_made_up(inbox: Inbox) -> None:
    assert Rates(inbox).over(60) is None


def test_a_sample_is_what_the_counts_say(inbox: Inbox) -> None:
    inbox.add_many([b"{}"] * 3)
    inbox.client.lpush(keys.LIST, b"{}")
    inbox.client.hset(keys.COUNTS, mapping={"created": 5, "dead": 2, "replayed": 1, "pruned": 9})
    Rates(inbox).sample()
    sample = json.loads(inbox.client.lindex(keys.SAMPLES, 0))
    assert (sample["ended"], sample["again"], sample["left"]) == (7, 1, 4)


def test_what_came_is_what_ended_and_what_is_left_more(inbox: Inbox) -> None:
    sampled(inbox, 600, ended=0)
    sampled(inbox, 100, ended=10, left=50)
    inbox.client.hset(keys.COUNTS, mapping={"created": 110, "replayed": 5})
    inbox.add_many([b"{}"] * 30)  # 100 have ended, 20 fewer are left, 5 of them came again
    rate = Rates(inbox).over(60)
    assert rate is not None
    assert round(rate.ended * rate.seconds) == 100
    assert round(rate.come * rate.seconds) == 75
    longer = Rates(inbox).over(600)
    assert longer is not None
    assert longer.seconds >= 600
    assert round(longer.ended * longer.seconds) == 110


def test_samples_that_are_too_fresh_or_too_old_tell_nothing(inbox: Inbox) -> None:
    sampled(inbox, 3, ended=0)
    sampled(inbox, 3_000, ended=0)
    assert Rates(inbox).over(60) is None


def test_counts_that_began_anew_make_no_rate(inbox: Inbox) -> None:
    sampled(inbox, 60, ended=1_000)
    assert Rates(inbox).over(60) is None


def test_samples_are_bounded(inbox: Inbox) -> None:
    for _ in range(KEPT + 5):
        Rates(inbox).sample()
    assert inbox.client.llen(keys.SAMPLES) == KEPT
