"""The examples of docs/sending.md that need no more than this environment, run as they stand.

Those in Node, Go, PHP and Java need packages of their own and were run by hand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings import Settings
from stack import Stack
from tests.docs.pages import ROOT, blocks
from tests.emptied import emptied
from warraq.article import Contract, parse
from warraq.inbox import keys
from warraq.inbox.stream import Inbox

PAGE = ROOT / "docs" / "sending.md"
PYTHON, CELERY = blocks(PAGE, "python")
LOGIN, REDIS_CLI, PLAIN_LIST = blocks(PAGE, "sh")[:3]
QUEUE = "warraq.ingest"


@pytest.fixture
def inbox(settings: Settings) -> Inbox:
    empty = emptied(Inbox.connect(settings.redis_login))
    empty.client.delete(QUEUE)
    return empty


def run(code: str) -> str:
    """Runs shell code after the page's own preparation, with our commands on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-euc", f"{LOGIN}\n{code}"],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def sent(inbox: Inbox) -> list[str]:
    """The ids of the articles in the stream, which all keep the contract."""
    return [parse(payload, Contract()).article.own_id for _, payload in inbox.waiting_payloads()]


def test_python(inbox: Inbox, tmp_path: Path) -> None:
    (tmp_path / "send.py").write_text(PYTHON, "utf-8")
    answer = run(f"python {tmp_path}/send.py")
    assert sent(inbox) == ["python-1"]
    assert answer == inbox.client.xrange(keys.STREAM)[0][0].decode()


def test_redis_cli(inbox: Inbox) -> None:
    answer = run(REDIS_CLI)
    assert sent(inbox) == ["shell-1"]
    assert answer == inbox.client.xrange(keys.STREAM)[0][0].decode()


def test_the_plain_list(inbox: Inbox) -> None:
    assert run(PLAIN_LIST) == "1"
    assert inbox.move_list(10, 10**6) == 1
    assert sent(inbox) == ["list-1"]


def test_the_celery_task(inbox: Inbox, stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "send.py").write_text(CELERY, "utf-8")
    password = (stack.secrets / "redis-celery-producer-password").read_text().strip()
    address = stack.addresses().redis.replace("://", f"://celery-producer:{password}@")
    (tmp_path / "url").write_text(address)
    run(f'export CELERY_URL="$(cat {tmp_path}/url)"; python {tmp_path}/send.py')
    message = json.loads(inbox.client.lrange(QUEUE, 0, -1)[0])
    assert message["headers"]["task"] == "warraq.ingest"
    inbox.client.delete(QUEUE)
