"""Paging through all hits of a search, as they were when it began.

Elasticsearch keeps a point in time for a search that is paged: what comes in or goes away after
that changes nothing on its pages. What leads from one page to the next is a cursor: the point in
time and the place of the last hit in the order. It is to be handed back as it is.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Self

from warraq.search.query import BadQuery

FIRST_PAGE = "first"
"""Asks for the first page of a search that is to be paged."""
KEPT_OPEN = "5m"
"""A point in time that is not used for so long is closed by Elasticsearch."""

_LONGEST_CURSOR = 20_000  # a point in time names each shard in some 100 characters
_MOST_KEYS = 4


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the next page begins.

    pit: the id of the point in time. search: a digest of what is searched for. now: see `Order`.
    after: sort values of the last hit. start: the number of hits before, which counts where
    stories are folded: Elasticsearch then knows no other way.
    """

    pit: str
    search: str
    now: datetime
    after: tuple[int | float | None, ...] = ()
    start: int = 0

    def next(self, answer: Mapping[str, Any], *, folded: bool) -> Self:
        """The cursor behind the hits of Elasticsearch's `answer`, of which there are some."""
        hits = answer["hits"]["hits"]
        pit = answer["pit_id"]
        if folded:
            return replace(self, pit=pit, start=self.start + len(hits))
        return replace(self, pit=pit, after=tuple(hits[-1]["sort"]))

    def __str__(self) -> str:
        said = [self.pit, self.search, self.now.timestamp(), list(self.after), self.start]
        text = json.dumps([*said, _checksum(said)], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode("ascii")

    @classmethod
    def read(cls, text: str, search: str) -> Self:
        """The cursor that was written so.

        Raises:
            BadQuery: it is none, or one of another search than that with the digest `search`.
        """
        try:
            pit, of_search, now, after, start = _said(text)
            cursor = cls(pit, of_search, datetime.fromtimestamp(now, UTC), tuple(after), start)
            cursor._check()
        except (binascii.Error, ValueError, TypeError, OverflowError, OSError, RecursionError):
            raise BadQuery(
                "this is no page of a search: give the cursor as it was, or search anew"
            ) from None
        if cursor.search != search:
            raise BadQuery("this page is of another search: all but its size must be as it was")
        return cursor

    def _check(self) -> None:
        sorted_by = all(value is None or type(value) in (int, float) for value in self.after)
        if not (type(self.pit) is type(self.search) is str and type(self.start) is int):
            raise TypeError
        if not (self.pit and sorted_by and len(self.after) <= _MOST_KEYS and self.start >= 0):
            raise ValueError


def _said(text: str) -> list[Any]:
    """What a cursor says. Raises ValueError or one like it if it is none."""
    if len(text) > _LONGEST_CURSOR:
        raise ValueError
    said: list[Any]
    *said, checksum = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
    if checksum != _checksum(said):
        raise ValueError
    return said


def in_point_in_time(request: Mapping[str, Any], pit: str | None) -> dict[str, Any]:
    """`request` for the articles as they were; as they are if there is no `pit`."""
    return {**request} if pit is None else {**request, "pit": {"id": pit, "keep_alive": KEPT_OPEN}}


def digest(*asked: object) -> str:
    """16 hex digits of what is searched for. Two searches with the same ones can share pages."""
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _checksum(said: object) -> str:
    """Not a secret: it tells a cursor that was damaged on its way from a whole one."""
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:8]
