"""The lease on what a process has in hand, and the end of a process that is stuck.

Both are one thread's work. As long as it can run, the process gets on, and the lease is renewed. A
step that hangs in C code holds the interpreter, so the thread stands still, the lease runs out and
another worker takes over: just what is wanted. What is stuck must then be got rid of, or it would
hold its place in the pool until Celery's time limit.
"""

from __future__ import annotations

import faulthandler
import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import structlog

from warraq.errors import WarraqError
from warraq.inbox.stream import Entry, Inbox

_log = structlog.get_logger(__name__)

_STANDARD_ERROR = 2  # as a number, for Celery puts its log in the place of `sys.stderr`


class Lease:
    """Renews the leases of `consumer` from a thread, every third of `seconds`.

    article_seconds: a process that works longer on one article ends, after it has written to
    standard error where it was; None lets it go on.
    """

    def __init__(
        self, inbox: Inbox, consumer: str, seconds: float, article_seconds: float | None
    ) -> None:
        self._inbox, self._consumer, self._seconds = inbox, consumer, seconds
        self._article_seconds = article_seconds
        self._in_hand: dict[str, Entry] = {}
        self._at_work: tuple[str, float] | None = None
        self._lock = threading.Lock()
        self._done = threading.Event()

    def hold(self, entries: Sequence[Entry]) -> None:
        with self._lock:
            self._in_hand.update((entry.id, entry) for entry in entries)

    def let_go(self, entries: Sequence[Entry]) -> None:
        with self._lock:
            for entry in entries:
                self._in_hand.pop(entry.id, None)

    @property
    def held(self) -> list[Entry]:
        with self._lock:
            return list(self._in_hand.values())

    @contextmanager
    def at_work_on(self, entry: Entry) -> Iterator[None]:
        """Within it the process works on this one entry, and not longer than `article_seconds`."""
        self._at_work = entry.id, time.monotonic()
        try:
            yield
        finally:
            self._at_work = None

    @contextmanager
    def renewing(self) -> Iterator[None]:
        """Within it leases are renewed; behind it nothing is held, so that what a failure has left
        in hand is not kept from others by the next round."""
        self._done.clear()
        thread = threading.Thread(target=self._keep, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._done.set()
            thread.join()
            with self._lock:
                self._in_hand.clear()
            if self._article_seconds is not None:
                faulthandler.cancel_dump_traceback_later()

    def _keep(self) -> None:
        while True:
            self._end_what_is_stuck()
            if self._done.wait(self._seconds / 3):
                return
            with self._lock:
                ids = tuple(self._in_hand)
            try:
                if ids:
                    self._inbox.renew(self._consumer, ids)
            except WarraqError as error:
                _log.warning("lease not renewed", why=str(error))

    def _end_what_is_stuck(self) -> None:
        if self._article_seconds is None:
            return
        # A timer in C, which needs no interpreter: it ends the process if we never come back here.
        faulthandler.dump_traceback_later(self._article_seconds, exit=True, file=_STANDARD_ERROR)
        if self._at_work is None:
            return
        entry, begun = self._at_work
        if time.monotonic() - begun > self._article_seconds:
            _log.error("an article takes too long; the process ends", entry=entry)
            faulthandler.dump_traceback(file=_STANDARD_ERROR)
            os._exit(1)
