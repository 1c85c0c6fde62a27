"""Injecting a fault, and how long it takes until work goes on after it."""

from __future__ import annotations

import time

from tests.faults.harm import Fault
from tests.faults.site import PATIENCE, Site
from tests.waiting import wait_until
from warraq.inbox import keys

_LOOK_EVERY = 0.1  # seconds


def inject(fault: Fault, site: Site) -> float:
    """Does the harm; returns the seconds from its end until work has gone on.

    Work has gone on when all entries that were in hand as the fault ended have ended, or, if none
    were, when any article has. An empty inbox has gone on, too.

    Raises AssertionError if it does not within `PATIENCE`.
    """
    fault(site)
    began = time.monotonic()
    in_hand = site.in_hand()
    ended = site.ended()

    def has_gone_on() -> bool:
        site.replace_the_fallen()
        first = site.redis.xrange(keys.STREAM, count=1)
        if not first:
            return True
        if not in_hand:
            return site.ended() != ended
        return _order(first[0][0].decode()) > _order(in_hand[-1])

    wait_until(has_gone_on, PATIENCE, every=_LOOK_EVERY)
    return time.monotonic() - began


def _order(entry: str) -> tuple[int, ...]:
    return tuple(map(int, entry.split("-")))
