"""Who can write to the broker can give workers articles, and neither orders nor code."""

from __future__ import annotations

import os
import pickle
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

from celery import Celery

from config.celery import INGEST
from config.settings import Settings
from tests.security.conftest import celery
from tests.waiting import wait_until
from tests.workers.conftest import Worker
from warraq.inbox.stream import Inbox

StartWorker = Callable[..., Worker]


def test_a_worker_answers_no_remote_control_unless_it_is_switched_on(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    ping = ("inspect", "ping", "--timeout", "5")
    worker = start_worker("quiet")
    asked = celery(*ping)
    assert asked.returncode != 0
    assert "No nodes replied" in asked.stdout + asked.stderr
    celery("control", "shutdown", "--timeout", "1")
    assert worker.process.poll() is None
    start_worker("talkative", WARRAQ_REMOTE_CONTROL="true")
    asked = celery(*ping)
    assert "talkative@test" in asked.stdout
    assert "quiet@test" not in asked.stdout


class Code:
    """As a pickle, a command: whoever loads it makes the file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return (os.system, (f"touch {self.file}",))


def test_a_pickle_on_the_broker_is_never_loaded(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker, celery_client: Celery,
    tmp_path: Path,
) -> None:  # fmt: skip
    start_worker()
    made = tmp_path / "made"
    pickle.loads(pickle.dumps(Code(made)))  # noqa: S301  our own; that it does harm is the point
    assert made.exists()
    made.unlink()
    body = b64encode(pickle.dumps(((Code(made),), {}, {}))).decode()
    head = {"task": "warraq.ingest", "id": "1", "lang": "py", "argsrepr": "", "kwargsrepr": ""}
    with celery_client.connection_for_write() as connection:
        connection.default_channel._put(
            INGEST,
            {
                "body": body,
                "content-encoding": "binary",
                "content-type": "application/x-python-serialize",
                "headers": head,
                "properties": {
                    "correlation_id": "1",
                    "delivery_mode": 2,
                    "delivery_info": {"exchange": INGEST, "routing_key": INGEST},
                    "priority": 0,
                    "body_encoding": "base64",
                    "delivery_tag": "1",
                },
            },
        )
    celery_client.send_task(
        "warraq.ingest", [{"source": "sahifa", "id": "1", "title": "خبر"}], queue=INGEST
    )
    wait_until(lambda: inbox.counts().ended.get("created") == 1, seconds=60)
    assert inbox.client.llen(INGEST) == 0, "it was taken"
    assert not made.exists()
