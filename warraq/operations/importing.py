"""An export back into the inbox, and so through the same steps as every article."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from warraq.inbox.restoring import add_again
from warraq.inbox.stream import Inbox
from warraq.operations.originals import Restored
from warraq.sources.sending import PIPELINE_ARTICLES, PIPELINE_BYTES


def send(
    inbox: Inbox,
    articles: Iterable[Restored],
    wait_for_room: Callable[[], None] = lambda: None,
    report: Callable[[int], None] = lambda _: None,
) -> int:
    """Sends all of `articles` and returns how many.

    wait_for_room: returns when the inbox may be given more. report: is told how many were sent, so
    far. What is in the index already, at this version or a newer one, changes nothing there.

    Raises:
        WarraqError: as iterating over `articles`. Unavailable: Redis is away or full. What `report`
        was told of is in the inbox; sending all again does no harm.
    """
    sent = 0
    batch: list[tuple[bytes, int]] = []
    size = 0

    def flush() -> None:
        nonlocal sent, size
        wait_for_room()
        if batch:
            add_again(inbox, batch)
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
