"""Dead letters: articles that can never be indexed as they are, kept with all that is known.

A dead letter holds the payload byte for byte, where and why it was refused, how often it was tried
and when it came. `replay` sends it through again, for a fault that has since been mended.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.stream import Inbox

_PAGE = 500


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """id: of the dead letter, "<ms>-<n>", so it tells when it died. payload: as it came.
    stage, reason, detail: see `warraq.errors.Rejected`. source, article_id: "" if unreadable.
    entry: id that the producer was given. intake_ms: when it was first enqueued.
    attempts: deliveries."""

    id: str
    payload: bytes
    stage: str
    reason: str
    detail: str
    source: str
    article_id: str
    entry: str
    intake_ms: int
    attempts: int

    @property
    def died_ms(self) -> int:
        return int(self.id.partition("-")[0])


class DeadLetters:
    """The stream `warraq:dead`. Every method raises Unavailable when Redis does not answer."""

    def __init__(self, inbox: Inbox) -> None:
        self._client = inbox.client
        script = (files("warraq.inbox") / "lua" / "replay.lua").read_text(encoding="utf-8")
        self._replay = self._client.register_script(script)

    def __iter__(self) -> Iterator[DeadLetter]:
        """All of them, the oldest first, in bounded memory."""
        start = "-"
        while True:
            with redis_errors():
                page = self._client.xrange(keys.DEAD, min=start, count=_PAGE)
            yield from (_letter(identifier, fields) for identifier, fields in page)
            if len(page) < _PAGE:
                return
            start = "(" + page[-1][0].decode()

    def get(self, identifier: str) -> DeadLetter | None:
        """The dead letter of that id."""
        with redis_errors():
            found = self._client.xrange(keys.DEAD, min=identifier, max=identifier)
        return _letter(*found[0]) if found else None

    def by_reason(self) -> Counter[str]:
        """Reason → how many."""
        return Counter(letter.reason for letter in self)

    def replay(self, identifier: str) -> str | None:
        """Sends one through again; returns the new stream id, or None if there is none such.

        It keeps its first intake time, so it does not become newer than later versions.
        """
        with redis_errors():
            added = self._replay(keys=[keys.DEAD, keys.STREAM, keys.COUNTS], args=[identifier])
        return added.decode() if added else None

    def drop(self, identifier: str) -> bool:
        """Deletes one for good; returns whether there was one."""
        with redis_errors():
            return bool(self._client.xdel(keys.DEAD, identifier))


def _letter(identifier: bytes, fields: dict[bytes, bytes]) -> DeadLetter:
    def text(name: bytes) -> str:
        return fields.get(name, b"").decode(errors="replace")

    return DeadLetter(
        id=identifier.decode(),
        payload=fields.get(b"payload", b""),
        stage=text(b"stage"),
        reason=text(b"reason"),
        detail=text(b"detail"),
        source=text(b"source"),
        article_id=text(b"article_id"),
        entry=text(b"entry"),
        intake_ms=int(text(b"intake") or 0),
        attempts=int(text(b"attempts") or 0),
    )
