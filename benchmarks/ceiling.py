"""The ceiling: finished documents, sent by Elasticsearch's own parallel bulk helper and no more."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from benchmarks.corpus import Prepared
from benchmarks.ground import Ground
from benchmarks.measured import Measured


@dataclass(frozen=True, slots=True)
class Tuning:
    """Arguments of `parallel_bulk`."""

    threads: int
    chunk: int

    def __str__(self) -> str:
        return f"thread_count {self.threads}, chunk_size {self.chunk}"


TUNINGS = tuple(Tuning(threads, chunk) for threads in (2, 4) for chunk in (200, 500, 1_000))


def ceiling(ground: Ground, documents: list[Prepared], tuning: Tuning, name: str) -> Measured:
    """From the first document until all are visible. The client is open before the clock runs."""
    ground.clear()
    client = ground.client
    client.info()
    cpu = ground.server_cpu()
    own_cpu, begun = time.process_time(), time.perf_counter()
    _write(client, ground.settings.alias, documents, tuning)
    ground.wait_until_visible(len(documents))
    seconds = time.perf_counter() - begun
    spent = {
        "client": time.process_time() - own_cpu,
        **{server: total - cpu[server] for server, total in ground.server_cpu().items()},
    }
    ground.must_hold(documents, "the ceiling")
    return Measured.of(name, len(documents), seconds, spent)


def _write(client: Elasticsearch, alias: str, documents: list[Prepared], tuning: Tuning) -> None:
    answers = parallel_bulk(
        client,
        _actions(documents),
        thread_count=tuning.threads,
        chunk_size=tuning.chunk,
        index=alias,
        require_alias=True,
        filter_path="items.*.status,items.*.error",  # as Warraq asks: short answers are quicker
    )
    deque(answers, maxlen=0)


def _actions(documents: list[Prepared]) -> Iterator[dict[str, Any]]:
    now = datetime.now(UTC).isoformat()
    for one in documents:
        yield {
            "_op_type": "index",
            "_id": one.id,
            "version": one.version,
            "version_type": "external",
            "_source": {**one.source, "indexed_at": now},
        }
