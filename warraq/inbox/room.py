"""Whether the inbox has room: senders wait at a mark, long before Redis is full and refuses.

Two marks: a number of articles, for what piles up only grows older, and a share of the memory that
Redis may use, for articles differ in size and dead letters and tickets need memory too.
"""

from __future__ import annotations

from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.stream import Inbox

MEMORY_SHARE = 0.8
"""Of Redis' `maxmemory`, where it has one. The rest is for what is no article."""


def lack_of_room(inbox: Inbox, most_articles: int) -> str | None:
    """Why senders should wait just now, with the numbers; None where there is room.

    Raises Unavailable when Redis does not answer.
    """
    with redis_errors():
        pipeline = inbox.client.pipeline(transaction=False)
        pipeline.xlen(keys.STREAM)
        pipeline.llen(keys.LIST)
        pipeline.info("memory")
        length, listed, memory = pipeline.execute()
    articles = int(length) + int(listed)
    if articles >= most_articles:
        return f"the inbox holds {articles:,} articles, its mark is at {most_articles:,}"
    used, limit = int(memory["used_memory"]), int(memory["maxmemory"])
    if limit and used >= limit * MEMORY_SHARE:
        return (
            f"Redis uses {_megabytes(used)} of {_megabytes(limit)}, "
            f"its mark is at {MEMORY_SHARE:.0%}"
        )
    return None


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
