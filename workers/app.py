"""The Celery application: `celery -A workers.app worker`.

Here, at the edge, settings are read once and passed on; importing this module is starting up.
"""

from __future__ import annotations

import gc
from typing import Any

from celery import Celery
from celery.signals import worker_before_create_process

import tasks.ingest
import tasks.maintenance
import tasks.pull
import workers.transport  # noqa: F401  before any address is shown
from config.celery import celery_settings
from config.settings import Settings, load_settings
from tasks.equipment import PerProcess
from warraq.analysis.pipeline import Pipeline
from workers.health import show_beat
from workers.logs import write_logs
from workers.tickets import Tickets, ticket_office


def share_memory(**_: Any) -> None:
    """Keeps the garbage collector of pool processes off what they share with their parent.

    It would write into every object, and so copy the page that the object is on into each process.
    """
    gc.freeze()


def make_app(settings: Settings, pipeline: Pipeline | None = None) -> Celery:
    """A Celery application with Warraq's tasks, tickets and signs of life.

    pipeline: of steps other than those that `settings` name.
    """
    made = Celery("warraq", set_as_current=False)
    made.conf.update(celery_settings(settings))
    equipment = PerProcess(settings, pipeline)
    for module in (tasks.pull, tasks.ingest, tasks.maintenance):
        module.register(made, equipment)
    made.steps["consumer"].add(Tickets)
    made.ticket_office = ticket_office(settings)
    show_beat(settings)
    write_logs()
    worker_before_create_process.connect(share_memory)
    return made


app = make_app(load_settings())
