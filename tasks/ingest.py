"""`warraq.ingest`: the way in for those who speak Celery.

Its window of loss is Celery's own: Redis hands a message to a worker in one step and notes it as
unacknowledged in a second one, and a worker killed in between takes the article with it. Who must
not lose an article uses XADD, whose answer is a promise.
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
