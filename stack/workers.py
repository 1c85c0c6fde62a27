"""Celery's workers and its beat as processes of this machine."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from config.paths import checkout_folder
from stack.errors import StackError
from stack.processes import Identity, Processes
from stack.reporting import Report

BEAT = "beat"
WORKER = re.compile(r"worker([1-9]\d*)")
GRACE = 60.0  # seconds to finish the batch at hand; Celery's own soft shutdown is shorter
PATIENCE = 90.0  # seconds for a worker to load its libraries and reach the servers
_READY = {"worker": " ready.", BEAT: "beat: Starting"}
_LOOK_EVERY = 0.1


class Workers:
    """The workers of one state folder: `worker1`, `worker2`, …, and one `beat`."""

    def __init__(self, state: Path, processes: Processes) -> None:
        self.state, self.processes = state, processes

    def adjust(self, count: int, settings: Mapping[str, str], report: Report) -> None:
        """Run exactly `count` workers and, where there is any, one beat; wait until they work.

        Workers that were started with other addresses in `settings` are started anew.

        Raises:
            StackError: one ended at once or was not ready in time; where its log is.
        """
        if self._note_environment(settings):
            self.stop()
        self.processes.stop([name for name in self._running() if not _wanted(name, count)], GRACE)
        names = [f"worker{number}" for number in range(1, count + 1)] + [BEAT] * bool(count)
        missing = [name for name in names if self.processes.identity(name) is None]
        begun = [(name, self._start(name)) for name in missing]
        with report.wait("Workers are starting"):
            for name, identity in begun:
                self._wait(name, identity)

    def stop(self) -> list[str]:
        """Stop all; returns the names of those that did not end within their grace."""
        return self.processes.stop(self._running(), GRACE)

    def _running(self) -> list[str]:
        return [name for name in self.processes.names() if name == BEAT or WORKER.fullmatch(name)]

    def _start(self, name: str) -> Identity:
        self.processes.stop([name], 0)
        celery = [sys.executable, "-m", "celery", "-A", "workers.app"]
        if name == BEAT:
            kind = ["beat", "--schedule", str(self.state / "beat-schedule"), "--pidfile="]
        else:
            kind = ["worker", "--concurrency", "1", "-n", f"{name}@%h"]
        # Addresses and secret files come from the state folder's `env`, which settings read.
        environment = {**os.environ, "WARRAQ_STATE": str(self.state), "PYTHONUNBUFFERED": "1"}
        return self.processes.start(
            name,
            [*celery, *kind, "--loglevel", "INFO"],
            cwd=checkout_folder(),
            environment=environment,
        )

    def _wait(self, name: str, identity: Identity) -> None:
        deadline = time.monotonic() + PATIENCE
        log = self.processes.logs / f"{name}.log"
        while not self._is_ready(name, log):
            if not identity.alive:
                lines = self._output(name, log).strip().splitlines()
                last = lines[-1] if lines else "it left no message"
                raise StackError(f"{name} did not start: {last}. Its log: {log}")
            if time.monotonic() > deadline:
                raise StackError(f"{name} was not ready after {PATIENCE:.0f} s. Its log: {log}")
            time.sleep(_LOOK_EVERY)

    def _is_ready(self, name: str, log: Path) -> bool:
        return _READY[BEAT if name == BEAT else "worker"] in self._output(name, log)

    def _output(self, name: str, log: Path) -> str:
        with log.open("rb") as file:
            file.seek(self.processes.log_offset(name))
            return file.read().decode("utf-8", "replace")

    def _note_environment(self, settings: Mapping[str, str]) -> bool:
        """Remember what the workers are started with; True where those that run have another."""
        ours = {name: value for name, value in os.environ.items() if name.startswith("WARRAQ_")}
        # A secret that was made anew counts as another setting: the old one is revoked.
        secrets = [
            (name, file.stat().st_mtime_ns)
            for name, value in sorted({**settings, **ours}.items())
            if name.endswith("_FILE") and (file := Path(value)).exists()
        ]
        text = repr((sorted({**settings, **ours}.items()), secrets))
        digest = hashlib.sha256(text.encode()).hexdigest()
        note = self.state / "workers-environment"
        known = note.read_text().strip() if note.exists() else digest
        note.write_text(digest + "\n")
        return known != digest


def _wanted(name: str, count: int) -> bool:
    match = WORKER.fullmatch(name)
    return int(match[1]) <= count if match else count > 0
