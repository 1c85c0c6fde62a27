"""Warraq itself: from the stream, by tickets and real Celery workers, to searchable."""

from __future__ import annotations

import time
from typing import Any

from benchmarks.corpus import Prepared
from benchmarks.ground import Ground, fill
from benchmarks.measured import Measured
from benchmarks.worker_process import worker
from config.celery import PULL
from warraq.document import Document
from warraq.inbox import keys
from warraq.inbox.lines import RecurringLines

_WARMING = 1_000  # articles that meet cold processes, before the clock runs
_LOOK_EVERY = 0.02  # seconds; looking costs processor time, too
_PATIENCE = 300.0


def delivered(
    ground: Ground,
    documents: list[Prepared],
    *,
    processes: int,
    name: str,
    steps: bool,
    known: list[Document],
) -> Measured:
    """From the first pull until all are visible; all are in the stream before it.

    The workers wait, as they do in an outage, until the stream is full. known: articles that lines
    have been learned from before.
    """
    ground.clear()
    RecurringLines(ground.inbox).learn(known)
    with worker(
        "workers.app",
        ["--concurrency", str(processes), "-n", "bench@%h"],
        ground.stack.logs / "bench-worker.log",
        {} if steps else {"WARRAQ_STEPS_OFF": "all"},
    ) as running:
        fill(ground, documents[:_WARMING])
        _wait_until_empty(ground)
        redis: Any = ground.inbox.client
        redis.set(keys.PAUSE, '{"reason": "the stream is being filled"}')
        _wait_until_nobody_pulls(ground)
        ground.fresh_index()
        fill(ground, documents)
        cpu = running.cpu() | ground.server_cpu()
        redis.delete(keys.PAUSE)
        begun = _first_pull(ground)
        _wait_until_empty(ground)
        ground.wait_until_visible(len(documents))
        seconds = time.perf_counter() - begun
        spent = {
            part: total - cpu[part] for part, total in (running.cpu() | ground.server_cpu()).items()
        }
        ground.must_hold(documents, name)
    return Measured.of(name, len(documents), seconds, spent)


def _first_pull(ground: Ground) -> float:
    """When the first entry has gone to a worker, by the clock of `perf_counter`."""
    before = _last_delivered(ground)
    while _last_delivered(ground) == before:
        time.sleep(_LOOK_EVERY / 2)
    return time.perf_counter()


def _last_delivered(ground: Ground) -> bytes:
    [group] = ground.inbox.client.xinfo_groups(keys.STREAM)
    return bytes(group["last-delivered-id"])


def _wait_until_empty(ground: Ground) -> None:
    give_up = time.monotonic() + _PATIENCE
    while ground.inbox.client.xlen(keys.STREAM):
        if time.monotonic() > give_up:
            raise RuntimeError(f"articles are left in the stream: {ground.inbox.counts()}")
        time.sleep(_LOOK_EVERY)


def _wait_until_nobody_pulls(ground: Ground) -> None:
    """Until no ticket is on its way and no worker has asked the stream for some time."""
    client = ground.inbox.client
    quiet_ms = 500
    while client.llen(PULL) or any(
        one["idle"] < quiet_ms for one in client.xinfo_consumers(keys.STREAM, keys.GROUP)
    ):
        time.sleep(_LOOK_EVERY * 5)
