"""The test run's inbox, with nothing of earlier tests in it."""

from __future__ import annotations

from warraq.inbox import keys
from warraq.inbox.stream import Inbox


def emptied(inbox: Inbox) -> Inbox:
    """`inbox` after everything that Warraq keeps in Redis was deleted."""
    inbox.client.delete(
        keys.STREAM,
        keys.LIST,
        keys.DEAD,
        keys.COUNTS,
        keys.HEARTBEATS,
        keys.PAUSE,
        keys.OUTAGE,
        keys.VERSION_KINDS,
    )
    inbox.open()
    return inbox
