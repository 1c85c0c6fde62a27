"""The servers of a benchmark: a real Elasticsearch and Redis of their own, gone afterwards."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from benchmarks.corpus import Prepared, digest, digest_of
from config.paths import cache_folder
from config.settings import Settings, load_settings
from stack import Report, Stack
from stack.credentials import redis_name
from warraq.cli.index import prepare_elasticsearch
from warraq.cli.opening_index import administration, layout
from warraq.inbox import keys
from warraq.inbox.stream import Inbox
from warraq.index.lifecycle import create, status

HEAP = "1g"
# About this machine, not about a stack that somebody works with.
_KEPT = {"WARRAQ_CACHE", "WARRAQ_MAVEN_REPOSITORY", "WARRAQ_STACK_USER"}
_PATIENCE = 120.0  # seconds for what ought to take a few


class Unequal(Exception):
    """What was written is not what should have been."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where every side runs. `redis_admin`: URL of Redis' administrator, who may do all."""

    stack: Stack
    settings: Settings
    client: Elasticsearch
    inbox: Inbox
    redis_admin: str

    def clear(self) -> None:
        """A fresh index behind the alias, and a Redis with nothing in it."""
        self.fresh_index()
        self.inbox.client.flushall()
        self.inbox.open()

    def fresh_index(self) -> None:
        """Another index behind the alias, with nothing in it."""
        wanted = layout(self.settings)
        self.client.indices.delete(index=[one.name for one in status(self.client, wanted)])
        create(self.client, wanted)

    def wait_until_visible(self, count: int) -> None:
        """Refreshes until `count` articles can be found."""
        give_up = time.monotonic() + _PATIENCE
        while True:
            self.client.indices.refresh(index=self.settings.alias)
            found = int(self.client.count(index=self.settings.alias)["count"])
            if found == count:
                return
            if time.monotonic() > give_up:
                raise Unequal(f"{found:,} articles are visible instead of {count:,}")

    def must_hold(self, documents: list[Prepared], side: str) -> None:
        """Raises Unequal unless the index holds exactly `documents`."""
        hits = scan(self.client, index=self.settings.alias, version=True, size=1_000)
        found = digest((hit["_id"], hit["_version"], hit["_source"]) for hit in hits)
        if found != digest_of(documents):
            raise Unequal(f"{side} wrote other documents than those prepared")

    def server_cpu(self) -> dict[str, float]:
        """Server → seconds of processor time, its own and the system's, since it started."""
        return {one.name: cpu_seconds(family(one.pid)) for one in self.stack.processes()}


def family(pid: int) -> list[psutil.Process]:
    """A process and all below it."""
    process = psutil.Process(pid)
    return [process, *process.children(recursive=True)]


def cpu_seconds(processes: list[psutil.Process]) -> float:
    """User and system time of all of them so far."""
    times = [process.cpu_times() for process in processes]
    return sum(time.user + time.system for time in times)


@contextmanager
def ground(report: Report) -> Iterator[Ground]:
    """Servers on free ports in a folder of their own, stopped and removed at the end.

    The environment of this process, and so of the workers it starts, is pointed at them.
    """
    for name in [name for name in os.environ if name.startswith("WARRAQ_") and name not in _KEPT]:
        del os.environ[name]
    state = Path(tempfile.mkdtemp(prefix="warraq-bench-"))
    state.chmod(0o755)  # root's servers run as another user, who must get in
    os.environ |= {
        "WARRAQ_STATE": str(state),
        "WARRAQ_ELASTICSEARCH_PORT": "0",
        "WARRAQ_REDIS_PORT": "0",
        "WARRAQ_ELASTICSEARCH_HEAP": HEAP,
    }
    stack = Stack.of_this_machine(state, cache_folder())
    try:
        stack.start_servers(report)
        settings = load_settings()
        prepare_elasticsearch(settings, stack.secrets)
        admin = _as_administrator(stack, settings)
        with administration(load_settings()).connect() as client:
            yield Ground(stack, load_settings(), client, Inbox.connect(admin), admin)
    finally:
        stack.remove(report)


def _as_administrator(stack: Stack, settings: Settings) -> str:
    """For emptying Redis between rounds, and for the naive side's own queues."""
    password = (stack.secrets / redis_name("default")).read_text(encoding="utf-8").strip()
    return f"redis://default:{password}@{settings.redis_url.removeprefix('redis://')}"


def fill(ground: Ground, documents: list[Prepared]) -> None:
    """Adds the articles of `documents` to the stream, each with its time of intake."""
    client: Any = ground.inbox.client
    for first in range(0, len(documents), 500):
        adding = client.pipeline(transaction=True)
        for one in documents[first : first + 500]:
            adding.xadd(
                keys.STREAM,
                {keys.ARTICLE_FIELD: one.payload, keys.INTAKE_FIELD: str(one.intake_ms)},
            )
        adding.execute()
