"""The naive way: one Celery task and one index request an article.

`celery -A benchmarks.naive worker` is its own application on the same broker. It parses and makes
its document with the same functions as Warraq does, so that both write the same; what differs is
that nothing is pulled or written in batches. Celery's defaults are left as they are.
"""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from functools import cache
from typing import Any

from celery import Celery

from benchmarks.corpus import Prepared
from benchmarks.ground import Ground
from benchmarks.measured import Measured
from benchmarks.worker_process import worker
from config.settings import Settings, load_settings
from warraq.article import Contract, parse
from warraq.document import Document
from warraq.index.client import connect
from warraq.index.documents import to_source

BROKER = "WARRAQ_BENCH_BROKER"
WARM, ARTICLES = "bench.warm", "bench.articles"  # queues
_WARMING = 50

app = Celery("naive", broker=os.environ.get(BROKER), set_as_current=False)
app.conf.update(
    task_ignore_result=True,
    task_default_queue=WARM,
    broker_connection_retry_on_startup=True,
)


@cache
def _settings() -> Settings:
    return load_settings()


@cache
def _client() -> Any:
    """Made on first use, so in the pool's process: connections must not cross a fork."""
    settings = _settings()
    return connect(settings.elasticsearch_url, api_key=settings.elasticsearch_worker_key)


@app.task(name="bench.index")  # type: ignore[untyped-decorator]
def index(article: str, intake_ms: int) -> None:
    """Indexes one article; `article` is its JSON."""
    payload = article.encode()
    document = Document.begun(parse(payload, Contract()), intake_ms, payload)
    _client().index(
        index=_settings().alias,
        id=document.id,
        document=to_source(document, indexed_at=datetime.now(UTC)),
        version=document.version,
        version_type="external",
        require_alias=True,
    )


def naive(ground: Ground, documents: list[Prepared], *, processes: int, name: str) -> Measured:
    """From when the worker may take from the full queue until all are visible."""
    ground.clear()
    with worker(
        "benchmarks.naive",
        ["--concurrency", str(processes), "-n", "naive@%h", "-Q", WARM],
        ground.stack.logs / "bench-naive.log",
        {BROKER: ground.redis_admin},
    ) as running:
        sending = Celery("sender", broker=ground.redis_admin, set_as_current=False)
        _send(sending, documents[:_WARMING], WARM)
        ground.wait_until_visible(_WARMING)
        ground.fresh_index()
        _send(sending, documents, ARTICLES)
        cpu = running.cpu() | ground.server_cpu()
        begun = time.perf_counter()
        sending.control.add_consumer(ARTICLES, reply=False)
        while ground.inbox.client.llen(ARTICLES):
            time.sleep(0.01)
        ground.wait_until_visible(len(documents))
        seconds = time.perf_counter() - begun
        spent = {
            part: total - cpu[part] for part, total in (running.cpu() | ground.server_cpu()).items()
        }
        ground.must_hold(documents, name)
    return Measured.of(name, len(documents), seconds, spent)


def _send(sending: Celery, documents: list[Prepared], queue: str) -> None:
    with sending.producer_pool.acquire(block=True) as producer:
        for one in documents:
            sending.send_task(
                "bench.index",
                (one.payload.decode(), one.intake_ms),
                queue=queue,
                producer=producer,
            )
