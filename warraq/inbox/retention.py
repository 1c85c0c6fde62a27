"""Dead letters that were kept long enough. Functions raise Unavailable, as `Inbox` does."""

from __future__ import annotations

from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.insisting import insist
from warraq.inbox.stream import Inbox

_PAGE = 1_000


def count_dead_before(inbox: Inbox, moment_ms: int) -> int:
    """How many died before that moment, in ms since 1970 by Redis' clock."""
    count, start = 0, "-"
    while True:
        with redis_errors():
            # An id without a number stands for its last one, so "before" is the ms before.
            page = inbox.client.xrange(keys.DEAD, min=start, max=str(moment_ms - 1), count=_PAGE)
        count += len(page)
        if len(page) < _PAGE:
            return count
        start = "(" + page[-1][0].decode()


def drop_dead_before(inbox: Inbox, moment_ms: int) -> int:
    """Deletes for good those that died before that moment; returns how many."""
    with redis_errors():
        # Ids begin with the time, so this is one cut at the old end and touches nothing newer.
        return int(inbox.client.xtrim(keys.DEAD, minid=f"{moment_ms}-0", approximate=False))


def note_pruned(inbox: Inbox, documents: int) -> None:
    """Counts documents that were deleted from the index on purpose, so that counts still add up."""
    with redis_errors():
        # Also while Redis is full: what is gone is gone, and pruning dead letters makes room.
        insist(inbox.client, "HINCRBY", keys.COUNTS, "pruned", documents)


def count_from(inbox: Inbox, documents: int) -> None:
    """Lets the counts begin anew with an index that holds so many documents: it is right so."""
    with redis_errors():
        pipeline = inbox.client.pipeline(transaction=True)
        pipeline.delete(keys.COUNTS, keys.SAMPLES)  # rates are differences of counts
        pipeline.hset(keys.COUNTS, "created", documents)
        pipeline.execute()
