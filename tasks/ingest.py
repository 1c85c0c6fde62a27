"""`warraq.ingest`: the way in for those who speak Celery.

From when Redis has the message it is as safe as an entry of the inbox: `workers.transport` takes it
off its queue and notes it as unacknowledged in one step. Its sender gets no promise, though, as
XADD's answer is one: a Celery client says no more than that it has sent.
"""

from __future__ import annotations

import json
from typing import Any

from celery import Celery

from tasks.equipment import PerProcess
from warraq.errors import Unavailable


def register(app: Celery, equipment: PerProcess) -> None:
    @app.task(
        name="warraq.ingest",
        shared=False,
        autoretry_for=(Unavailable,),
        retry_backoff=True,
        retry_backoff_max=60,
        max_retries=None,
    )
    def ingest(article: dict[str, Any]) -> str:
        """Adds an article, a mapping by the contract, to the inbox; returns its stream id.

        It is not looked at here: what the contract refuses becomes a dead letter like any other.
        """
        payload = json.dumps(article, ensure_ascii=False)
        return equipment().inbox.add_many([payload.encode("utf-8", "surrogatepass")])[0]
