"""`warraq.maintain`: what has to be tidied now and then, sent by Celery beat."""

from __future__ import annotations

from celery import Celery

from tasks.equipment import PerProcess
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.rates import Rates

_HOUR = 3600


def register(app: Celery, equipment: PerProcess) -> None:
    @app.task(name="warraq.maintain", shared=False)
    def maintain() -> None:
        """Makes the consumer group if it is gone; forgets workers not seen for an hour; notes how
        many articles have ended, for `warraq status` to tell rates by."""
        inbox = equipment().inbox
        inbox.open()
        inbox.forget_gone_consumers(_HOUR * 1000)
        Heartbeats(inbox).forget(_HOUR)
        Rates(inbox).sample()
