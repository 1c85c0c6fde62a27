"""Workers and an index as in tests/workers, the whole stack at work, commands as people run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from config.paths import checkout_folder
from config.settings import Settings
from stack import Stack
from tests.emptied import emptied
from tests.waiting import wait_until
from tests.workers.conftest import celery_client, inbox, prepared, start_worker
from warraq.cli.index import prepare_elasticsearch
from warraq.inbox.stream import Inbox

__all__ = ["celery_client", "inbox", "prepared", "start_worker"]

_WARRAQ = "from warraq.cli import main; main()"


@pytest.fixture(scope="module")
def working_stack(stack: Stack, settings: Settings) -> Iterator[Stack]:
    """What `warraq up` starts: both servers, a worker and beat; it has indexed and refused some."""
    prepare_elasticsearch(settings, stack.secrets)
    inbox = emptied(Inbox.connect(settings.redis_login))
    stack.start_workers(1)
    inbox.add_many(
        [json.dumps({"source": "sahifa", "id": str(n), "title": "خبر"}).encode() for n in range(9)]
    )
    inbox.add_many([b"no article"])
    wait_until(lambda: sum(inbox.counts().ended.values()) == 10, seconds=120)
    yield stack
    stack.start_workers(0)


def run(
    *command: str, seconds: float = 240, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs Python with `command` to its end, with `environment` besides that of the tests."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=checkout_folder(),
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def warraq(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `warraq ARGUMENTS`."""
    return run("-c", _WARRAQ, *arguments, **environment)


def celery(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `celery -A workers.app ARGUMENTS`."""
    return run("-m", "celery", "-A", "workers.app", *arguments, **environment)
