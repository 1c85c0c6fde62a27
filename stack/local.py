"""The whole stack of one state folder: what `warraq up` and `warraq down` do, for programs too."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from stack import credentials, elasticsearch, environment
from stack.accounts import Account, must_reach, server_account
from stack.elasticsearch_bundle import fetch
from stack.environment import Addresses
from stack.errors import StackError, writing_to
from stack.java import find_java
from stack.locks import exclusive
from stack.options import StackOptions
from stack.processes import Processes, ProcessStatus
from stack.reporting import Report, Silent
from stack.servers import (
    ELASTICSEARCH,
    REDIS,
    TRIES,
    PortLost,
    Ports,
    Servers,
    Starting,
    wait_until_serving,
)
from stack.workers import Workers

ANSWER_WITHIN = 5.0  # seconds, of a server that is said to run elsewhere
USUAL_PORTS = {"http": 80, "https": 443, "redis": 6379, "rediss": 6379}
SERVER_GRACE = 60.0  # seconds: Elasticsearch writes what it holds to disk


@dataclass(frozen=True, slots=True)
class Stack:
    """Servers and workers whose data, secrets and logs lie in `state`; downloads in `cache`.

    Nothing runs inside this object: it finds what runs by the records in `state`, so any number of
    them, in any process, stand for the same stack.
    """

    state: Path
    cache: Path
    options: StackOptions

    @classmethod
    def of_this_machine(
        cls, state: Path, cache: Path, environ: Mapping[str, str] = os.environ
    ) -> Stack:
        """With the options of the environment. Raises StackError for one that makes no sense.

        Addresses that are this stack's own, as `eval "$(warraq env --export)"` puts them there, are
        no servers elsewhere.
        """
        options = StackOptions.from_environment(environ)
        own = cls(state, cache, StackOptions()).settings()
        return cls(
            state,
            cache,
            replace(
                options,
                elasticsearch_url=_elsewhere(
                    options.elasticsearch_url, own.get("WARRAQ_ELASTICSEARCH_URL")
                ),
                redis_url=_elsewhere(options.redis_url, own.get("WARRAQ_REDIS_URL")),
            ),
        )

    @property
    def secrets(self) -> Path:
        """The folder of passwords and keys: where `warraq setup --keys-to` puts its keys."""
        return self.state / "secrets"

    @property
    def env_file(self) -> Path:
        return self.state / "env"

    @property
    def logs(self) -> Path:
        return self.state / "logs"

    @property
    def _processes(self) -> Processes:
        return Processes(self.state / "run", self.logs)

    @property
    def _ports(self) -> Ports:
        return Ports(self.state / "ports.json")

    def check_given_servers(self) -> None:
        """Raises StackError if a server that is said to run elsewhere does not answer."""
        _must_answer("WARRAQ_ELASTICSEARCH_URL", self.options.elasticsearch_url)
        _must_answer("WARRAQ_REDIS_URL", self.options.redis_url)

    def start_servers(self, report: Report | None = None) -> Addresses:
        """Bring up the servers that are missing, wait until they serve, write the env file.

        Raises:
            StackError: what is in the way, in one line that says what to do.
        """
        told = report or Silent()
        with self._alone(told):
            self._processes.sweep(SERVER_GRACE)
            passwords = credentials.ensure(self.secrets)
            account = server_account(self.options.user)
            if account:
                must_reach(self.state, account, "WARRAQ_STATE")
            servers = Servers(self.state, self._processes, self._ports, account, told)
            self._bring_up(servers, passwords, told)
            settings = self.settings()
            environment.write(self.env_file, settings)
        return self.addresses()

    def _bring_up(self, servers: Servers, passwords: dict[str, str], report: Report) -> None:
        """Both at once: Redis is there long before Elasticsearch."""
        launches: list[_Launch] = []
        if not self.options.redis_url:
            of_users = credentials.of_redis(passwords)
            launches.append(
                lambda *, taken: servers.redis(self.options.redis_port, of_users, taken=taken)
            )
        if not self.options.elasticsearch_url:
            node = self._node(servers.account, report)
            heap = elasticsearch.heap_megabytes(self.options.heap_megabytes)
            launches.append(
                lambda *, taken: servers.elasticsearch(
                    self.options.elasticsearch_port,
                    node,
                    heap,
                    passwords[credentials.ELASTIC],
                    taken=taken,
                )
            )
        begun = time.monotonic()
        starting = [(launch, launch(taken=False)) for launch in launches]
        for launch, server in starting:
            with report.wait(f"{server.title} is starting"):
                served = _until_serving(launch, server)
            seconds = round(time.monotonic() - begun)
            took = f" ({seconds} s)" if seconds else ""
            report.say(f"{served.title} serves on 127.0.0.1:{served.port}{took}")

    def _node(self, account: Account | None, report: Report) -> elasticsearch.Node:
        # Java first: without it the download would be for nothing.
        java = find_java(account)
        home = fetch(self.cache, self.options.repository, report)
        if account:
            must_reach(home, account, "WARRAQ_CACHE")
        return elasticsearch.Node(
            self.state / ELASTICSEARCH, home, java, account, self.options.snapshots
        )

    def start_workers(self, count: int, report: Report | None = None) -> None:
        """Run exactly `count` workers of one process each, and beat where there is any.

        Raises:
            StackError: one of them does not start.
        """
        told = report or Silent()
        with self._alone(told):
            Workers(self.state, self._processes).adjust(count, self.settings(), told)

    def stop(self, report: Report | None = None) -> list[str]:
        """Stop all, workers first, so that none loses its servers; returns who had to be killed."""
        if not self.state.exists():
            return []
        told = report or Silent()
        with self._alone(told):
            return self._stop(told)

    def _stop(self, report: Report) -> list[str]:
        with report.wait("Workers finish what they have"):
            killed = Workers(self.state, self._processes).stop()
        with report.wait("Servers write what they hold"):
            killed += self._processes.stop(self._processes.names(), SERVER_GRACE)
            self._processes.sweep(SERVER_GRACE)
        return killed

    def remove(self, report: Report | None = None) -> None:
        """Stop all and delete the state folder: data, secrets, logs. The download cache stays."""
        if not self.state.exists():
            return
        told = report or Silent()
        with self._alone(told):
            self._stop(told)
            # Only what is ours, by name: WARRAQ_STATE may point at somebody's home.
            for name in ("run", "logs", "secrets", ELASTICSEARCH, REDIS):
                shutil.rmtree(self.state / name, ignore_errors=True)
            for pattern in ("env*", "ports.json*", "workers-environment", "beat-schedule*", "lock"):
                for file in self.state.glob(pattern):
                    file.unlink()
        if not any(self.state.iterdir()):
            self.state.rmdir()

    def processes(self) -> list[ProcessStatus]:
        """All that were started and not stopped, those that ended by themselves included."""
        found = [self._processes.status(name) for name in self._processes.names()]
        return [status for status in found if status]

    def addresses(self) -> Addresses:
        """Where the servers are; raises StackError where neither a server was started nor given."""
        settings = self.settings()
        elasticsearch_url = self.options.elasticsearch_url or settings.get(
            "WARRAQ_ELASTICSEARCH_URL"
        )
        redis_url = self.options.redis_url or settings.get("WARRAQ_REDIS_URL")
        if not elasticsearch_url or not redis_url:
            raise StackError("No servers have been started here yet: `warraq up` does it.")
        return Addresses(elasticsearch_url, redis_url)

    def settings(self) -> dict[str, str]:
        """What the env file holds: addresses, and secrets as file names."""
        ports = self._ports
        return environment.values(
            self.secrets,
            None if self.options.elasticsearch_url else ports.of(ELASTICSEARCH),
            None if self.options.redis_url else ports.of(REDIS),
        )

    @contextmanager
    def _alone(self, report: Report) -> Iterator[None]:
        """One command at a time on this state folder; its failed writes in plain words."""
        with writing_to(self.state, "WARRAQ_STATE"):
            self.state.mkdir(parents=True, exist_ok=True)
            # As root other users run the servers and must get to their folders below.
            self.state.chmod(0o755 if os.geteuid() == 0 else 0o700)
            self.logs.mkdir(exist_ok=True)
            self.logs.chmod(0o700)
            lock = self.state / "lock"
            with exclusive(
                lock, lambda: report.say("Another Warraq command is at work here; waiting.")
            ):
                yield


def _must_answer(setting: str, url: str | None) -> None:
    """Before anything is started or written for a server that is not there."""
    if url is None:
        return
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or USUAL_PORTS.get(parts.scheme, 0)
        socket.create_connection((host, port), timeout=ANSWER_WITHIN).close()
    except (OSError, ValueError):
        # Not the URL itself: a password may stand in it.
        raise StackError(
            f"Nothing answers at the address in {setting}: mend or unset it. Nothing was started."
        ) from None


def _elsewhere(given: str | None, own: str | None) -> str | None:
    return None if given == own else given


class _Launch(Protocol):
    """Starts a server or takes up the running one; `taken`: on another port than the last."""

    def __call__(self, *, taken: bool) -> Starting: ...


def _until_serving(launch: _Launch, server: Starting) -> Starting:
    for _ in range(TRIES):
        try:
            wait_until_serving(server)
        except PortLost:
            server = launch(taken=True)
        else:
            return server
    raise StackError(
        f"Other programs took {TRIES} ports from {server.title} one after another: try again."
    )
