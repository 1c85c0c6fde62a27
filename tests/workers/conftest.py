"""Real Celery workers as processes, on the real servers of the test run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from celery import Celery
from elasticsearch import Elasticsearch

from config.celery import INGEST, MAINTENANCE, PULL, celery_settings
from config.settings import Settings
from stack import Stack
from tests.emptied import emptied
from tests.waiting import wait_until
from warraq.cli.index import prepare_elasticsearch
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox
from warraq.index.client import connect

ROOT = Path(__file__).parents[2]
StartWorker = Callable[..., "Worker"]


class Worker:
    """One `celery worker` with its pool processes; its environment and options are the test's."""

    def __init__(
        self,
        name: str,
        log: Path,
        options: list[str],
        environment: dict[str, str],
        app: str = "workers.app",
    ) -> None:
        self.name = f"{name}@test"
        self.log = log
        command = [sys.executable, "-m", "celery", "-A", app, "worker", "-n", self.name]
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [*command, *options],
                cwd=ROOT,
                env=os.environ | environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def children(self) -> list[int]:
        """Process ids of the pool."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in listed.read_text().split()]

    def stop(self) -> None:
        """Freezes its main process, which takes messages off the queues."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """The whole worker, pool and all, as a machine that loses power."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, 9)
        self.process.wait()


def administrator(settings: Settings) -> Elasticsearch:
    """Elasticsearch with all rights, to look and to clean."""
    return connect(settings.elasticsearch_url, password=settings.elasticsearch_admin_password)


@pytest.fixture
def inbox(settings: Settings) -> Inbox:
    inbox = emptied(Inbox.connect(settings.redis_login))
    inbox.client.delete(PULL, INGEST, MAINTENANCE, "unacked", "unacked_index", "unacked_mutex")
    return inbox


@pytest.fixture
def prepared(stack: Stack, settings: Settings) -> Settings:
    """Settings of an Elasticsearch with an empty index, alias and keys."""
    prepare_elasticsearch(settings, stack.secrets)
    with administrator(settings) as client:
        client.indices.refresh(index=settings.alias)  # what is not yet seen is not deleted
        client.options(request_timeout=60).delete_by_query(
            index=settings.alias + "-000001",
            query={"match_all": {}},
            refresh=True,
            conflicts="proceed",
        )
    return settings


@pytest.fixture
def start_worker(inbox: Inbox, prepared: Settings, tmp_path: Path) -> Iterator[StartWorker]:
    """Starts workers and waits until they are heard of; kills them at the end."""
    workers: list[Worker] = []

    def start(
        name: str = "w", *options: str, app: str = "workers.app", **environment: str
    ) -> Worker:
        pool = options or ("--concurrency", "1")
        worker = Worker(name, tmp_path / f"{name}.log", list(pool), environment, app)
        workers.append(worker)
        wait_until(
            lambda: worker.process.poll() is not None or worker.name in Heartbeats(inbox).all(),
            seconds=60,
        )
        assert worker.process.poll() is None, worker.log.read_text()
        return worker

    yield start
    for worker in workers:
        worker.kill()


@pytest.fixture
def celery_client(prepared: Settings) -> Iterator[Celery]:
    """A Celery application of someone else's, who knows only the broker."""
    client = Celery("stranger", set_as_current=False)
    client.conf.update(
        broker_url=celery_settings(prepared)["broker_url"],
        task_serializer="json",
        task_ignore_result=True,
    )
    yield client
    client.close()
