"""The pace: how large batches are, and what goes alone, by how Elasticsearch has answered of late.

An Elasticsearch that does not keep up says so (429), or answers late or never. Smaller requests are
what helps it: it weighs what it accepts in bytes, and half a request takes half the time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from warraq.errors import Overloaded
from warraq.index.writer import Outcome

_MOST_SUSPECTS = 1_000


class Pace:
    """Batches of at most `articles` and `size` bytes, and of fewer while it is slow.

    slow_seconds: an answer that takes longer says that Elasticsearch does not keep up.
    """

    def __init__(self, articles: int, size: int, slow_seconds: float) -> None:
        self._articles, self._size, self._slow_seconds = articles, size, slow_seconds
        self._share = 1.0

    @property
    def articles(self) -> int:
        return max(1, int(self._articles * self._share))

    @property
    def size(self) -> int:
        """In bytes."""
        return max(1, int(self._size * self._share))

    @property
    def full(self) -> bool:
        return self._share == 1

    def note(self, outcomes: Sequence[Outcome], seconds: float) -> None:
        """How Elasticsearch took a batch, and within how many seconds."""
        smallest = 1 / self._articles
        if any(isinstance(outcome, Overloaded) for outcome in outcomes):
            self._share = max(self._share / 4, smallest)
        elif seconds > self._slow_seconds:
            self._share = max(self._share / 2, smallest)
        else:
            self._share = min(1.0, self._share * 2)


class Suspects:
    """Entries that were sent alone and not taken, and whether others were taken since."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self._taken = 0

    def is_one(self, entry: str) -> bool:
        return entry in self._seen

    def again(self, entry: str) -> bool:
        """`entry` was not taken; returns whether it was not before, and others were since."""
        before = self._seen.get(entry, self._taken)
        if len(self._seen) >= _MOST_SUSPECTS:  # of a long outage; nothing is lost but time
            self._seen.clear()
        self._seen[entry] = self._taken
        return self._taken > before

    def settled(self, entries: Collection[str]) -> None:
        """These were taken."""
        self._taken += len(entries)
        for entry in entries:
            self._seen.pop(entry, None)
