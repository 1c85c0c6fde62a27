"""What `warraq up` tells while it works: calm on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

PLAIN_LINE_EVERY = 5.0  # seconds between two lines of progress where there is no terminal


class Report(Protocol):
    """The one who is told how starting and stopping goes on."""

    def say(self, line: str) -> None:
        """A finished fact, one line."""

    def wait(self, what: str) -> AbstractContextManager[None]:
        """Something of unknown length is under way while the block runs."""

    def transfer(self, what: str, total: int) -> AbstractContextManager[Callable[[int], None]]:
        """`total` bytes are on their way; the block calls its target with every few that came."""


class Silent:
    """Tells nobody: for tests and benchmarks."""

    def say(self, line: str) -> None:
        """Drop the line."""

    @contextmanager
    def wait(self, what: str) -> Iterator[None]:  # noqa: ARG002
        """Wait in silence."""
        yield

    @contextmanager
    def transfer(self, what: str, total: int) -> Iterator[Callable[[int], None]]:  # noqa: ARG002
        """Count nothing."""
        yield lambda _count: None


class Spoken:
    """Tells a console: bars and a spinner on a terminal, otherwise a plain line now and then."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def say(self, line: str) -> None:
        """Print the line; no markup or highlighting, since paths hold brackets and digits."""
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def wait(self, what: str) -> Iterator[None]:
        """Show a spinner on a terminal; nothing elsewhere, for the fact follows soon."""
        if not self.console.is_terminal:
            yield
            return
        with self.console.status(what, spinner="dots"):
            yield

    @contextmanager
    def transfer(self, what: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show a bar with size, speed and time left, or a line every few seconds."""
        if not self.console.is_terminal:
            yield _PlainProgress(self, what, total)
            return
        columns = (
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(compact=True),
        )
        with Progress(*columns, console=self.console, transient=True) as progress:
            task = progress.add_task(what, total=total)
            yield lambda count: progress.update(task, advance=count)


class _PlainProgress:
    """Counts bytes from several threads; says how far it is at most every few seconds."""

    def __init__(self, report: Spoken, what: str, total: int) -> None:
        self._report, self._what, self._total = report, what, total
        self._done = 0
        self._last = time.monotonic()
        self._lock = Lock()

    def __call__(self, count: int) -> None:
        with self._lock:
            self._done += count
            now = time.monotonic()
            if now - self._last < PLAIN_LINE_EVERY:
                return
            self._last = now
            done = self._done
        self._report.say(f"{self._what}: {done / 1e6:.0f} of {self._total / 1e6:.0f} MB")
