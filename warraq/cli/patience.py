"""Waiting for room in the inbox, or not: what `warraq enqueue` does at its marks."""

from __future__ import annotations

import time
from collections.abc import Callable

from warraq.errors import NoRoom
from warraq.inbox.room import lack_of_room
from warraq.inbox.stream import Inbox

_LOOK_EVERY_SECONDS = 0.5
_SAY_EVERY_SECONDS = 60


class Patience:
    """Holds a sender up while the inbox lacks room, and `say`s so.

    most_articles: the mark. waits: whether to wait; else NoRoom is raised at once.
    """

    def __init__(
        self, inbox: Inbox, most_articles: int, say: Callable[[str], None], *, waits: bool
    ) -> None:
        self._inbox = inbox
        self._most_articles = most_articles
        self._say = say
        self._waits = waits
        self._since: float | None = None
        self._next_word = 0.0

    def wait(self) -> None:
        """Returns when there is room. Raises NoRoom and Unavailable."""
        while (lack := lack_of_room(self._inbox, self._most_articles)) is not None:
            self.refused(lack)
        if self._since is not None:
            self._say(f"there is room again after {time.monotonic() - self._since:.0f} s")
            self._since = None

    def refused(self, why: str) -> None:
        """Returns when it is time to try again. Raises NoRoom."""
        if not self._waits:
            raise NoRoom(why)
        now = time.monotonic()
        if self._since is None:
            self._since = self._next_word = now
        if now >= self._next_word:
            self._say(f"waiting for workers to make room (warraq status): {why}")
            self._next_word = now + _SAY_EVERY_SECONDS
        time.sleep(_LOOK_EVERY_SECONDS)
