"""An export back into the inbox, and so through the same steps as every article."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warraq.errors import NoRoom
from warraq.inbox.restoring import add_again
from warraq.inbox.stream import Inbox
from warraq.operations.originals import Restored
from warraq.sources.sending import PIPELINE_ARTICLES, PIPELINE_BYTES, Room


def send(
    inbox: Inbox,
    articles: Iterable[Restored],
    room: Room,
    report: Callable[[int], None] = lambda _: None,
) -> int:
    """Sends all of `articles` and returns how many.

    room: how the marks of the inbox are kept. report: is told how many were sent, so
    far. What is in the index already, at this version or a newer one, changes nothing there.

    Raises:
        WarraqError: as iterating over `articles`. Unavailable: Redis is away, or as `room`. What
        `report` was told of is in the inbox; sending all again does no harm.
    """
    sent = 0
    batch: list[tuple[bytes, int]] = []
    size = 0

    def flush() -> None:
        nonlocal sent, size
        while batch:
            room.wait()
            try:
                add_again(inbox, batch)
            except NoRoom as error:  # others were faster
                room.refused(str(error))
            else:
                break
        sent += len(batch)
        batch.clear()
        size = 0
        report(sent)

    for article in articles:
        batch.append((article.payload, article.intake_ms))
        size += len(article.payload)
        if len(batch) >= PIPELINE_ARTICLES or size >= PIPELINE_BYTES:
            flush()
    flush()
    return sent
