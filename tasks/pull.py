"""`warraq.pull`: a ticket. It holds no article, so it may be lost or doubled."""

from __future__ import annotations

from celery import Celery, Task

from tasks.equipment import PerProcess
from warraq.errors import Unavailable


def register(app: Celery, equipment: PerProcess) -> None:
    # Not shared: another application in this process has equipment of its own.
    @app.task(name="warraq.pull", bind=True, acks_late=False, shared=False)
    def pull(self: Task) -> dict[str, int]:
        """Delivers batches from the inbox for some seconds; returns outcome → number."""
        mine = equipment()
        delivery = mine.delivery(self.request.hostname)
        try:
            return dict(delivery.run(mine.settings.pull_seconds).outcomes)
        except Unavailable as error:  # nothing was taken, so there is nothing to give back
            return {str(error): 0}
