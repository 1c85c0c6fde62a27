"""A Redis of a test's own, with Warraq's configuration and users: to be filled up and killed."""

from __future__ import annotations

import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis

from stack.ports import LOOPBACK, any_free
from stack.redis import RULES, answers, configure
from tests.waiting import wait_until
from warraq.inbox.stream import Inbox


class OwnRedis:
    """The server; `admin` may do everything, `inbox()` logs in as the workers do."""

    def __init__(self, folder: Path) -> None:
        self.port = any_free()
        self._password = secrets.token_hex(16)
        self._log = folder / "log"
        passwords = dict.fromkeys(RULES, self._password)
        self._command = [str(part) for part in configure(folder, self.port, passwords, None)]
        self.start()
        self.admin: Any = redis.Redis(port=self.port, username="default", password=self._password)

    def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log)
        wait_until(lambda: answers(self.port) or self._process.poll() is not None)
        assert self._process.poll() is None, self._log.read_text()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def url(self, user: str = "worker") -> str:
        return f"redis://{user}:{self._password}@{LOOPBACK}:{self.port}/0"

    def inbox(self, user: str = "worker") -> Inbox:
        return Inbox.connect(self.url(user))

    def fill(self) -> None:
        """From now on the server is full: it takes nothing that needs memory."""
        self.admin.config_set("maxmemory", 1)

    def empty(self) -> None:
        self.admin.config_set("maxmemory", 0)


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    folder = Path(tempfile.mkdtemp(prefix="warraq-redis-"))
    server = OwnRedis(folder)
    try:
        yield server
    finally:
        server.admin.close()
        server.kill()
        shutil.rmtree(folder)
