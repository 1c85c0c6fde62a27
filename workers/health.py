"""Signs of life of Celery beat, which can answer no ping: each task it sends is one."""

from __future__ import annotations

from typing import Any

import structlog
from celery.signals import after_task_publish, beat_init

from config.settings import Settings
from warraq.errors import WarraqError
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox

BEAT = "beat"
_log = structlog.get_logger(__name__)


def show_beat(settings: Settings) -> None:
    """In a process that becomes Celery beat, notes every task that it sends as progress."""

    def on_start(**_: Any) -> None:
        heartbeats = Heartbeats(Inbox.connect(settings.redis_login, ca=settings.redis_ca))

        def show(*, progress: bool) -> None:
            try:
                heartbeats.beat(BEAT, progress=progress)
            except WarraqError as error:
                _log.warning("no heartbeat", why=str(error))

        show(progress=False)
        after_task_publish.connect(lambda **_: show(progress=True), weak=False)

    beat_init.connect(on_start, weak=False)
