"""What the tasks of one pool process work with, made on first use in that process.

Connections must not cross a fork, and a pool forks its processes before they know their work.
"""

from __future__ import annotations

import os
from functools import cached_property

from billiard.process import current_process

from config.settings import Settings
from warraq.analysis.encoder import load
from warraq.analysis.pipeline import Pipeline, steps
from warraq.article import Contract
from warraq.delivery import Bounds, Delivery
from warraq.inbox.stream import Inbox
from warraq.index.client import connect
from warraq.index.writer import IndexWriter


class Equipment:
    """The inbox, the index and the steps of this process, all by `settings`."""

    def __init__(self, settings: Settings, pipeline: Pipeline) -> None:
        self.settings = settings
        self.pid = os.getpid()
        self._pipeline = pipeline

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox.connect(self.settings.redis_login, ca=self.settings.redis_ca)

    def delivery(self, worker: str) -> Delivery:
        """The delivery of this process as a part of `worker`, a Celery node name."""
        if worker not in self._deliveries:
            settings = self.settings
            self._deliveries[worker] = Delivery(
                self.inbox,
                self._writer,
                self._pipeline,
                # The place in the pool, not the process id: a recycled process is the same
                # consumer, so the group does not grow.
                consumer=f"{worker}/{getattr(current_process(), 'index', 0)}",
                process=worker,
                contract=contract(settings),
                bounds=Bounds(
                    settings.batch_articles,
                    settings.batch_bytes,
                    settings.lease_seconds,
                    settings.max_deliveries,
                ),
            )
        return self._deliveries[worker]

    @cached_property
    def _deliveries(self) -> dict[str, Delivery]:
        return {}

    @cached_property
    def _writer(self) -> IndexWriter:
        settings = self.settings
        client = connect(
            settings.elasticsearch_url,
            api_key=settings.elasticsearch_worker_key,
            ca=settings.elasticsearch_ca,
            timeout_seconds=settings.elasticsearch_timeout_seconds,
        )
        return IndexWriter(client, settings.alias)


def contract(settings: Settings) -> Contract:
    """The intake contract as `settings` bound it."""
    return Contract(
        settings.payload_bytes, settings.body_characters, settings.zone, settings.source_zones
    )


class PerProcess:
    """One `Equipment` in each process that asks. pipeline: in place of the one by `settings`.

    Raises UnknownStep or NeededStep where `settings` switch off what they cannot: now, not at the
    first pull.
    """

    def __init__(self, settings: Settings, pipeline: Pipeline | None = None) -> None:
        self._settings = settings
        self._pipeline = pipeline or Pipeline(
            steps(
                settings.joins_confidence,
                headings=settings.run_in_headings,
                encoder=load(settings.encoder),
            ),
            off=settings.steps_off,
        )
        self._equipment: Equipment | None = None

    def __call__(self) -> Equipment:
        if self._equipment is None or self._equipment.pid != os.getpid():
            self._equipment = Equipment(self._settings, self._pipeline)
        return self._equipment
