"""The Redis of the fault tests, which may be hurt at will: signals, its file, its clock."""

from __future__ import annotations

import signal
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from tests.own_redis import OwnRedis


class RedisServer(OwnRedis):
    """One whose clock can be moved: the process reads it through libfaketime."""

    def start_syncing(self, fsync: Literal["always", "everysec"] = "always") -> None:
        """Starts it, with its append only file synced so often."""
        self.set_clock(0)
        self.start(
            "--appendfsync",
            fsync,
            environment={
                "LD_PRELOAD": str(_faketime()),
                "FAKETIME_TIMESTAMP_FILE": str(self._clock),
                "FAKETIME_CACHE_DURATION": "1",  # seconds until a new time is seen
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            },
        )

    @property
    def append_only_file(self) -> Path:
        return self.folder / "data" / "appendonly.aof"

    @property
    def _clock(self) -> Path:
        return self.folder / "clock"

    def send(self, sign: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(sign)

    def set_clock(self, ahead: int) -> None:
        """Its clock is `ahead` seconds before the true one, from within a second on."""
        self.folder.mkdir(exist_ok=True)
        self._clock.write_text(f"{ahead:+d}\n")


def _faketime() -> Path:
    """The library that stands between a process and the system's clock."""
    spec = find_spec("libfaketime")
    assert spec is not None
    assert spec.submodule_search_locations
    home = Path(spec.submodule_search_locations[0])
    return next(home.rglob("libfaketime.so.1"))
