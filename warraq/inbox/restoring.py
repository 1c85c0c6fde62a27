"""Articles of a backup into the inbox, each with the time at which it first came.

An article that has neither `revision` nor `updated_at` has its time of intake for version, so with
it the order of versions comes back, and sending a backup twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from warraq.inbox import keys
from warraq.inbox.connection import redis_errors
from warraq.inbox.stream import Inbox


def add_again(inbox: Inbox, articles: Sequence[tuple[bytes, int]]) -> None:
    """Adds (payload, intake in ms) in one round trip; all of them or, where it raises, none.

    Raises:
        Unavailable: Redis does not answer, or is full. Whether they are in is then not known.
    """
    with redis_errors():
        pipeline = inbox.client.pipeline(transaction=True)
        for payload, intake_ms in articles:
            fields = {keys.ARTICLE_FIELD: payload, keys.INTAKE_FIELD: intake_ms}
            pipeline.xadd(keys.STREAM, fields)
        pipeline.execute()
