"""`warraq.ingest`: the way in for those who speak Celery.

From when Redis has the message it is as safe as an entry of the inbox: `workers.transport` takes it
off its queue and notes it as unacknowledged in one step. Its sender gets no promise, though, as
XADD's answer is one: a Celery client says no more than that it has sent.
"""

from __future__ import annotations

import json
from datetime import date, time
from typing import Any

from celery import Celery, Task
from celery.exceptions import Reject
from celery.utils.time import get_exponential_backoff_interval

from tasks.equipment import PerProcess
from warraq.errors import NoRoom, Unavailable
from warraq.inbox.room import lack_of_room

_LONGEST_WAIT_SECONDS = 60


def register(app: Celery, equipment: PerProcess) -> None:
    @app.task(name="warraq.ingest", bind=True, shared=False, max_retries=None)
    def ingest(self: Task, article: dict[str, Any]) -> str:
        """Adds an article, a mapping by the contract, to the inbox; returns its stream id.

        It is not looked at here: what the contract refuses becomes a dead letter like any other.
        While the inbox has no room, or Redis is away, it is tried again later, for ever.
        """
        inbox, mark = equipment().inbox, equipment().settings.inbox_articles
        payload = _as_json(article)
        try:
            if (lack := lack_of_room(inbox, mark)) is not None:
                raise NoRoom(lack)
            return inbox.admit(payload)
        except Unavailable as error:
            wait = get_exponential_backoff_interval(
                1, min(self.request.retries, 10), _LONGEST_WAIT_SECONDS, full_jitter=True
            )
            try:
                raise self.retry(exc=error, countdown=wait)
            except Reject as unsent:
                # Celery would now drop the message, for it could not queue the retry.
                if isinstance(error, NoRoom):
                    # Redis is full. The article is in it anyway, as this message.
                    return inbox.admit(payload)
                raise Reject(unsent.reason, requeue=True) from error


def _as_json(article: dict[str, Any]) -> bytes:
    try:
        return json.dumps(article, ensure_ascii=False, default=_as_text).encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only an escape can carry
        return json.dumps(article, default=_as_text).encode()


def _as_text(value: object) -> str:
    """What Celery's JSON knows beside JSON: dates, times, bytes, UUIDs, decimals."""
    if isinstance(value, date | time):
        return value.isoformat()
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)
