"""A Redis of a test's own, with Warraq's configuration and users: to be filled up and killed."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from stack.ports import LOOPBACK, any_free
from stack.redis import RULES, configure
from tests.waiting import wait_until
from warraq.inbox.stream import Inbox


class OwnRedis:
    """One redis-server process in `folder`; its port stays when it is started again.

    `admin` may do everything, `inbox()` logs in as the workers do.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = any_free()
        self.passwords = {user: secrets.token_urlsafe(16) for user in RULES}
        self._process: subprocess.Popen[bytes] | None = None
        self.admin: Any = redis.Redis(
            port=self.port, username="default", password=self.passwords["default"]
        )

    def start(self, *options: str, environment: Mapping[str, str] | None = None) -> None:
        """Starts it on what it has on its disk, and waits until that is loaded.

        options: of the command line, behind the configuration.
        """
        command = [str(part) for part in configure(self.folder, self.port, self.passwords, None)]
        log = self.folder / "log"
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [*command, *options],
                env=os.environ | (environment or {}),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        with self.client() as client:
            wait_until(lambda: _serves(client) or self._process_ended())
        assert not self._process_ended(), log.read_text()

    def kill(self) -> None:
        """SIGKILL: nothing that it has not yet given to the kernel survives."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def url(self, user: str = "worker") -> str:
        return f"redis://{user}:{self.passwords[user]}@{LOOPBACK}:{self.port}/0"

    def client(self, user: str = "default") -> redis.Redis:
        """A client that tries nothing twice, so that every failure is seen."""
        return redis.Redis(
            port=self.port,
            username=user,
            password=self.passwords[user],
            socket_timeout=5,
            retry=Retry(NoBackoff(), 0),
        )

    def inbox(self, user: str = "worker") -> Inbox:
        return Inbox.connect(self.url(user))

    def fill(self) -> None:
        """From now on the server is full: it takes nothing that needs memory."""
        self.admin.config_set("maxmemory", 1)

    def empty(self) -> None:
        self.admin.config_set("maxmemory", 0)

    def _process_ended(self) -> bool:
        return self._process is None or self._process.poll() is not None


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    """One that is started, and gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="warraq-redis-"))
    server = OwnRedis(folder)
    try:
        server.start()
        yield server
    finally:
        server.admin.close()
        server.kill()
        shutil.rmtree(folder)


def _serves(client: redis.Redis) -> bool:
    """Whether it answers, with all its data loaded."""
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
