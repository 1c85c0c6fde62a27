"""The test run's inbox, with nothing of earlier tests in it."""

from __future__ import annotations

from warraq.inbox import keys
from warraq.inbox.stream import Inbox

SOURCES = ("sahifa", "wakala", "مدونة")
"""Sources of articles in tests that go through the inbox."""


def emptied(inbox: Inbox) -> Inbox:
    """`inbox` after everything that Warraq keeps in Redis was deleted."""
    inbox.client.delete(
        keys.STREAM,
        keys.LIST,
        keys.DEAD,
        keys.COUNTS,
        keys.SAMPLES,
        keys.HEARTBEATS,
        keys.PAUSE,
        keys.OUTAGE,
        keys.VERSION_KINDS,
        keys.STORIES,  # without it nothing finds the rest of them
        *(f"{keys.LINES}{source}:{half}" for source in SOURCES for half in (0, 1)),
    )
    inbox.open()
    return inbox
