"""Which lines recur in a source: counted in Redis, so that all workers learn together.

Kept are digests and sightings of a few bytes, never text. A line that was seen in `ENOUGH`
different articles recurs. How the count is bounded, and why an article that comes twice counts
once, is in `lua/learn.lua`.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from warraq.document import Document
from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.scripts import script
from warraq.inbox.stream import Inbox

ENOUGH = 5
"""Articles of one source that have to hold a line."""
MOST_LINES = 1_000
"""In each of the two hashes of a source. What does not come again before a thousand other lines
have come, in about a hundred articles, is no boilerplate."""
_KEPT_SECONDS = 90 * 86_400
_SIGHTING_BYTES = 4
_MOST_SIGHTINGS = 4 * ENOUGH  # of a line in one batch, for some may be of copies


class RecurringLines:
    """What was seen in the sources. Methods raise Unavailable, as those of `Inbox` do."""

    def __init__(self, inbox: Inbox) -> None:
        self._client = inbox.client
        self._learn = self._client.register_script(script("learn"))

    def learn(self, documents: Iterable[Document]) -> None:
        """Notes what may recur in `documents` and sets `recurring` of each, in one round trip."""
        seen: dict[str, dict[bytes, list[bytes]]] = {}
        batch = [one for one in documents if one.recurrable and one.recurrable.digests]
        for document in batch:
            digests, text = document.recurrable or ((), b"")
            lines = seen.setdefault(document.article.source, {})
            sighting = _two_bytes(document.id) + text[:2]
            for digest in digests:
                lines.setdefault(digest, []).append(sighting)
        if not seen:
            return
        arguments: list[bytes | int] = [ENOUGH, MOST_LINES, _KEPT_SECONDS]
        for lines in seen.values():
            arguments.append(len(lines))
            for digest, sightings in lines.items():
                arguments += (digest, b"".join(sightings[:_MOST_SIGHTINGS]))
        with redis_errors():
            counts = iter(self._learn(keys=[k for s in seen for k in _keys(s)], args=arguments))
        recurring = {
            source: {digest for digest in lines if next(counts) >= ENOUGH}
            for source, lines in seen.items()
        }
        for document in batch:
            digests, _ = document.recurrable or ((), b"")
            document.recurring = frozenset(digests) & recurring[document.article.source]

    def known(self, source: str) -> frozenset[bytes]:
        """The digests of all that recurs in `source`; nothing is noted."""
        with redis_errors():
            pipeline = self._client.pipeline(transaction=False)
            for key in _keys(source):
                pipeline.hgetall(key)
            hashes: list[dict[bytes, bytes]] = pipeline.execute()
        enough = ENOUGH * _SIGHTING_BYTES
        return frozenset(
            digest
            for lines in hashes
            for digest, sightings in lines.items()
            if len(sightings) >= enough
        )


def _keys(source: str) -> tuple[str, str]:
    return f"{keys.LINES}{source}:0", f"{keys.LINES}{source}:1"


def _two_bytes(document_id: str) -> bytes:
    return blake2b(document_id.encode(), digest_size=2).digest()
