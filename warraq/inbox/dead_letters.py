"""Dead letters: articles that can never be indexed as they are, kept with all that is known.

A dead letter holds the payload byte for byte, where and why it was refused, how often it was tried
and when it came. `replay` sends it through again, for a fault that has since been mended. There may
be many and large ones, so they are read in pages of bounded size, and their heads alone where the
payloads are not asked for.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from warraq.errors import Unavailable
from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.insisting import insist
from warraq.inbox.letter import DeadLetter, Head, read_head, read_letter
from warraq.inbox.scripts import also_when_full, script
from warraq.inbox.stream import Inbox

_PAGE, _PAGE_BYTES = 500, 4_000_000
_Parts = tuple[bytes, int, list[bytes]]  # id, bytes of the payload, names and values in turn


@dataclass(frozen=True, slots=True)
class Which:
    """Which dead letters: all for which everything said here is true. since_ms, until_ms: the time
    of death, both included, in ms since 1970."""

    reason: str | None = None
    stage: str | None = None
    source: str | None = None
    since_ms: int | None = None
    until_ms: int | None = None

    @property
    def fields(self) -> list[str]:
        """Pairs of field and value, one after the other."""
        said = (("reason", self.reason), ("stage", self.stage), ("source", self.source))
        return [part for name, value in said if value is not None for part in (name, value)]


ALL = Which()


class DeadLetters:
    """The stream `warraq:dead`. Every method raises Unavailable when Redis does not answer."""

    def __init__(self, inbox: Inbox) -> None:
        self._client = inbox.client
        self._letters = inbox.client.register_script(script("letters"))
        self._counted = inbox.client.register_script(script("counted"))
        self._replay = inbox.client.register_script(also_when_full(script("replay")))

    def __iter__(self) -> Iterator[DeadLetter]:
        """All of them, the oldest first, in bounded memory."""
        return self.letters()

    def letters(self, which: Which = ALL) -> Iterator[DeadLetter]:
        """Those of `which`, the oldest first, in bounded memory; not those that die meanwhile."""
        for page in self._pages(which, whole=True):
            yield from (read_letter(*parts) for parts in page)

    def heads(self, which: Which = ALL) -> Iterator[Head]:
        """The same without payloads, which is faster."""
        for page in self._pages(which, whole=False):
            yield from (read_head(*parts) for parts in page)

    def get(self, identifier: str) -> DeadLetter | None:
        """The dead letter of that id."""
        with redis_errors():
            _, found = self._letters(keys=[keys.DEAD], args=[identifier, identifier, 1, 1, 1])
        return read_letter(*found[0]) if found else None

    def by_reason(self) -> Counter[str]:
        """Reason → how many.

        What was counted is remembered: as long as none of those has gone, only newer ones are read.
        """
        with redis_errors():
            newest, number, remembered = self._counted(keys=[keys.DEAD, keys.DEAD_COUNTED])
        if newest is None:
            return Counter()
        last = newest.decode()
        until, counted = json.loads(remembered) if remembered else ("", {})
        found = Counter(counted) + self._by_reason(f"({until}" if until else "-", last)
        if found.total() != number:
            found = self._by_reason("-", last)
        if (last, found) != (until, counted):
            # Whoever only looks can do so where Redis takes no writes, as with a full disk.
            with suppress(Unavailable), redis_errors():
                insist(self._client, "SET", keys.DEAD_COUNTED, json.dumps([last, found]))
        return found

    def _by_reason(self, start: str, last: str) -> Counter[str]:
        pages = self._pages_between(start, last, ALL, whole=False)
        return Counter(read_head(*parts).reason for page in pages for parts in page)

    def replay(self, identifier: str) -> str | None:
        """Sends one through again; returns the new stream id, or None if there is none such.

        It keeps its first intake time, so it does not become newer than later versions.
        """
        with redis_errors():
            (added,) = self._replay(keys=[keys.DEAD, keys.STREAM, keys.COUNTS], args=[identifier])
        return added.decode() if added else None

    def replay_all(self, which: Which = ALL) -> Iterator[int]:
        """Sends those of `which` through again, but none that dies again meanwhile; yields after
        each page how many went. Others may do the same at the same time: each goes once."""
        for identifiers in self._pages_of_ids(which):
            with redis_errors():
                added = self._replay(
                    keys=[keys.DEAD, keys.STREAM, keys.COUNTS], args=list(identifiers)
                )
            yield sum(one is not None for one in added)

    def drop(self, identifier: str) -> bool:
        """Deletes one for good; returns whether there was one."""
        with redis_errors():
            return bool(self._client.xdel(keys.DEAD, identifier))

    def drop_all(self, which: Which = ALL) -> Iterator[int]:
        """Deletes those of `which` for good; yields after each page how many went."""
        for identifiers in self._pages_of_ids(which):
            with redis_errors():
                yield int(self._client.xdel(keys.DEAD, *identifiers))

    def now_ms(self) -> int:
        """Redis' clock, by which letters die: ms since 1970."""
        with redis_errors():
            seconds, microseconds = self._client.time()
        return int(seconds) * 1000 + int(microseconds) // 1000

    def _pages_of_ids(self, which: Which) -> Iterator[Sequence[bytes]]:
        # A page of heads was looked at within bounds, so its payloads may be moved at once.
        for page in self._pages(which, whole=False):
            if page:
                yield [identifier for identifier, _, _ in page]

    def _pages(self, which: Which, *, whole: bool) -> Iterator[list[_Parts]]:
        with redis_errors():
            newest = self._client.xrevrange(keys.DEAD, count=1)
        if not newest:
            return
        last = newest[0][0].decode()
        if which.until_ms is not None and which.until_ms < int(last.partition("-")[0]):
            last = str(which.until_ms)
        start = "-" if which.since_ms is None else str(which.since_ms)
        yield from self._pages_between(start, last, which, whole=whole)

    def _pages_between(
        self, start: str, last: str, which: Which, *, whole: bool
    ) -> Iterator[list[_Parts]]:
        """start, last: ids as XRANGE takes them."""
        while True:
            arguments = [start, last, _PAGE, _PAGE_BYTES, int(whole), *which.fields]
            with redis_errors():
                seen, page = self._letters(keys=[keys.DEAD], args=arguments)
            yield page
            if seen is None:
                return
            start = "(" + seen.decode()
