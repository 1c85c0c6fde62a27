"""A Redis of the fault tests' own, with Warraq's configuration, which may be hurt at will."""

from __future__ import annotations

import secrets
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from stack.ports import LOOPBACK, any_free
from stack.redis import RULES, configure
from tests.waiting import wait_until


class RedisServer:
    """One redis-server process in `folder`, with the users of the product; its port stays.

    Its clock can be moved: the process reads it through libfaketime.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = any_free()
        self.passwords = {user: secrets.token_urlsafe(16) for user in RULES}
        self._clock = folder / "clock"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, fsync: Literal["always", "everysec"] = "always") -> None:
        """Starts it on what it has on its disk, and waits until it serves."""
        command = configure(self.folder, self.port, self.passwords, None)
        self.set_clock(0)
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "--appendfsync", fsync],
                env={
                    "LD_PRELOAD": str(_faketime()),
                    "FAKETIME_TIMESTAMP_FILE": str(self._clock),
                    "FAKETIME_CACHE_DURATION": "1",  # seconds until a new time is seen
                    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                },
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        with self.client() as client:
            wait_until(lambda: _serves(client))

    def client(self, user: str = "default") -> redis.Redis:
        """A client that tries nothing twice, so that every failure is seen."""
        return redis.Redis(
            port=self.port,
            username=user,
            password=self.passwords[user],
            socket_timeout=5,
            retry=Retry(NoBackoff(), 0),
        )

    def login(self, user: str) -> str:
        return f"redis://{user}:{self.passwords[user]}@{LOOPBACK}:{self.port}/0"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def append_only_file(self) -> Path:
        return self.folder / "data" / "appendonly.aof"

    def send(self, sign: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(sign)

    def kill(self) -> None:
        """SIGKILL: nothing that it has not yet given to the kernel survives."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def set_clock(self, ahead: int) -> None:
        """Its clock is `ahead` seconds before the true one, from within a second on."""
        self._clock.write_text(f"{ahead:+d}\n")


def _serves(client: redis.Redis) -> bool:
    """Whether it answers, with all its data loaded."""
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def _faketime() -> Path:
    """The library that stands between a process and the system's clock."""
    spec = find_spec("libfaketime")
    assert spec is not None
    assert spec.submodule_search_locations
    home = Path(spec.submodule_search_locations[0])
    return next(home.rglob("libfaketime.so.1"))
