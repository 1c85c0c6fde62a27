"""A Celery worker as a process: started, ready, measured, ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.ground import cpu_seconds
from config.paths import checkout_folder

_READY = " ready."
_PATIENCE, _GRACE = 90.0, 60.0  # seconds


@dataclass(frozen=True, slots=True)
class WorkerProcess:
    """A running worker and the processes of its pool."""

    main: psutil.Process

    def cpu(self) -> dict[str, float]:
        """Seconds of processor time so far: of the pool's processes, and of Celery's own."""
        return {
            "pool": cpu_seconds(self.main.children(recursive=True)),
            "worker": cpu_seconds([self.main]),
        }


@contextmanager
def worker(
    app: str, options: list[str], log: Path, environment: Mapping[str, str]
) -> Iterator[WorkerProcess]:
    """`celery -A app worker options`, from when it is ready; ended as `warraq down` ends it."""
    command = [sys.executable, "-m", "celery", "-A", app, "worker", "--loglevel", "INFO", *options]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=checkout_folder(),
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_ready(process, log)
        yield WorkerProcess(psutil.Process(process.pid))
    finally:
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            for one in psutil.Process(process.pid).children(recursive=True):
                one.kill()
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + _PATIENCE
    while _READY not in log.read_text("utf-8", "replace"):
        if process.poll() is not None or time.monotonic() > give_up:
            raise RuntimeError(f"the worker is not ready:\n{log.read_text('utf-8', 'replace')}")
        time.sleep(0.1)
