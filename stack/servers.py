"""Bringing up one Redis and one Elasticsearch and waiting until they serve."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stack import elasticsearch, redis
from stack.accounts import Account, write_private
from stack.errors import StackError
from stack.ports import any_free, choose
from stack.processes import Identity, Processes
from stack.reporting import Report

REDIS, ELASTICSEARCH = "redis", "elasticsearch"
PATIENCE = 180.0  # seconds for a server to come up on a slow, busy machine
TRIES = 3  # another program may take the port between our look and the server's start
_LOOK_EVERY = 0.1  # seconds


class Ports:
    """Which port each server was last given, so that it is found again and keeps its address."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def of(self, name: str) -> int | None:
        """The last port of that server."""
        return self._all().get(name)

    def note(self, name: str, port: int) -> None:
        """Remember it."""
        write_private(self.file, json.dumps({**self._all(), name: port}) + "\n")

    def _all(self) -> dict[str, int]:
        try:
            return {str(k): int(v) for k, v in json.loads(self.file.read_text()).items()}
        except (OSError, ValueError, AttributeError):
            return {}


@dataclass(frozen=True, slots=True)
class Starting:
    """A server on its way up: `ailment` tells why it does not serve yet, or None."""

    name: str
    title: str
    port: int
    identity: Identity
    log: Path
    log_offset: int
    ailment: Callable[[], str | None]

    @property
    def output(self) -> str:
        """What it has printed since it was started."""
        with self.log.open("rb") as file:
            file.seek(self.log_offset)
            return file.read(4_000_000).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Servers:
    """Starts the servers of one state folder; `report` hears of what is out of the ordinary."""

    state: Path
    processes: Processes
    ports: Ports
    account: Account | None
    report: Report

    def redis(self, wanted: int | None, passwords: dict[str, str], *, taken: bool) -> Starting:
        """Start Redis, or take up the one that runs. `taken`: the last port was lost to another."""
        running = self._running(REDIS)
        port = running or self._choose(REDIS, wanted, redis.USUAL_PORTS, taken=taken)
        if not running:
            command = redis.configure(self.state / REDIS, port, passwords, self.account)
            self._start(REDIS, command, self.state / REDIS, {"PATH": os.defpath, "LANG": "C.UTF-8"})
        title = f"Redis {redis.VERSION}"
        return self._starting(
            REDIS, title, port, lambda: None if redis.answers(port) else "it does not answer"
        )

    def elasticsearch(
        self, wanted: int | None, node: elasticsearch.Node, heap: int, password: str, *, taken: bool
    ) -> Starting:
        """Start Elasticsearch, or take up the one that runs."""
        running = self._running(ELASTICSEARCH)
        port = running or self._choose(
            ELASTICSEARCH, wanted, elasticsearch.USUAL_PORTS, taken=taken
        )
        if not running:
            node.forget_leftovers()
            node.configure(port, any_free({port}), heap, password)
            self._start(ELASTICSEARCH, node.command(), node.home, node.environment())
        title = f"Elasticsearch {elasticsearch.VERSION}"
        return self._starting(
            ELASTICSEARCH, title, port, lambda: elasticsearch.what_ails(port, password)
        )

    def _running(self, name: str) -> int | None:
        return self.ports.of(name) if self.processes.identity(name) else None

    def _choose(self, name: str, wanted: int | None, usual: tuple[int, ...], *, taken: bool) -> int:
        setting = f"WARRAQ_{name.upper()}_PORT"
        last = self.ports.of(name)
        if wanted or taken:
            port = choose(0 if taken and not wanted else wanted, usual, setting)
        else:
            # First where clients found it before; never a usual port if any free one was asked for.
            candidates = (() if last is None else (last,)) + (usual if wanted is None else ())
            port = choose(None, candidates, setting)
        if wanted is None and port not in usual and port != last:
            self.report.say(f"Port {usual[0]} is taken by another program: {name} gets {port}.")
        self.ports.note(name, port)
        return port

    def _start(
        self, name: str, command: list[str | Path], cwd: Path, environment: dict[str, str]
    ) -> None:
        self.processes.stop([name], 0)  # what a crash may have left of its session
        self.processes.start(name, command, cwd=cwd, environment=environment, account=self.account)

    def _starting(
        self, name: str, title: str, port: int, ailment: Callable[[], str | None]
    ) -> Starting:
        status = self.processes.status(name)
        identity = self.processes.identity(name) or Identity(status.pid if status else 0, "ended")
        log = self.processes.logs / f"{name}.log"
        offset = self.processes.log_offset(name)
        return Starting(name, title, port, identity, log, offset, ailment)


class PortLost(Exception):
    """Another program took the port first."""


def wait_until_serving(server: Starting) -> None:
    """Wait until the server serves.

    Raises:
        PortLost: another program listens on its port.
        StackError: it ended, or was not ready in time; why, and where its log is.
    """
    deadline = time.monotonic() + PATIENCE
    while ailment := server.ailment():
        if not server.identity.alive:
            _explain_end(server)
        if time.monotonic() > deadline:
            raise StackError(
                f"{server.title} was not ready after {PATIENCE:.0f} s: {ailment}. "
                f"Its log: {server.log}"
            )
        time.sleep(_LOOK_EVERY)
    if not server.identity.alive:
        raise PortLost  # somebody else answers there


def _explain_end(server: Starting) -> None:
    output = server.output
    if "Address already in use" in output:
        raise PortLost
    if "No space left on device" in output:
        raise StackError(
            f"{server.title} found no room on the disk of its data: free some space, "
            "or set WARRAQ_STATE to a folder on another disk."
        )
    raise StackError(
        f"{server.title} did not start: {elasticsearch.why_it_ended(output)}. Its log: {server.log}"
    )
