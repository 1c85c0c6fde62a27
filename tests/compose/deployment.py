"""docker-compose.yml brought up for a test, with secrets and ports of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import tempfile
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from config.paths import checkout_folder
from stack.compose_secrets import make_secrets, redis_password_file
from tests.compose.engine import Engine, HealthChecks

PROJECT = "warraq-compose-test"
FILES = ("docker-compose.yml", "tests/compose/override.yml")


@dataclass(frozen=True, slots=True)
class Deployment:
    """The services of the compose file; `ports` maps a service to its port on 127.0.0.1."""

    engine: Engine
    secrets: Path
    ports: dict[str, int]

    def compose(self, *arguments: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Run `docker compose …` to its end, whatever its exit code."""
        files = [part for name in FILES for part in ("--file", name)]
        command = [
            *(*self.engine.compose_command, "--ansi=never", "--progress=plain"),
            *("--project-name", PROJECT, "--profile=monitoring", *files, *arguments),
        ]
        environment = {
            **self.engine.environment,
            "SECRETS_FOLDER": str(self.secrets),
            **{f"{service.upper()}_PORT": str(port) for service, port in self.ports.items()},
        }
        return subprocess.run(
            command,
            cwd=checkout_folder(),
            env=environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def containers(self, service: str | None = None) -> list[dict[str, Any]]:
        """What the engine says of the containers, sorted by their number; of one service or all."""
        found = [
            each
            for each in self.engine.containers(PROJECT)
            if service in {None, each["Config"]["Labels"]["com.docker.compose.service"]}
        ]
        return sorted(found, key=lambda each: str(each["Name"]))

    def execute(self, container: str, *command: str) -> str:
        """What a command says inside a container, its errors too."""
        done = subprocess.run(
            ["podman", "exec", container, *command],
            env=self.engine.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return done.stdout

    def secret(self, name: str) -> str:
        return (self.secrets / name).read_text(encoding="utf-8").strip()

    def redis(self, user: str) -> redis.Redis:
        """A client with this user's login, through the published port."""
        password = self.secret(redis_password_file(user))
        return redis.Redis(
            port=self.ports["redis"], username=user, password=password, decode_responses=True
        )

    def elasticsearch(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON answer to a request as the user `elastic`, through the published port."""
        login = b64encode(f"elastic:{self.secret('elastic_password')}".encode()).decode()
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.ports['elasticsearch']}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Authorization": f"Basic {login}", "Content-Type": "application/json"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=30) as answer:
            return json.load(answer)


@contextmanager
def deployment(engine: Engine) -> Iterator[Deployment]:
    """A deployment that is not up yet; whatever of it runs at the end is removed with its data."""
    with tempfile.TemporaryDirectory(prefix="warraq-compose-test-") as folder:
        secrets = Path(folder) / "secrets"
        make_secrets(secrets)
        ports = dict(zip(("redis", "elasticsearch"), _free_ports(2), strict=True))
        deployed = Deployment(engine, secrets, ports)
        deployed.compose("down", "--volumes", "--timeout=0")  # of a run that was killed
        health = HealthChecks(engine, PROJECT)
        health.start()
        try:
            yield deployed
        finally:
            deployed.compose("down", "--volumes", "--timeout=5")
            health.end()


def _free_ports(count: int) -> Sequence[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [int(each.getsockname()[1]) for each in sockets]
    for each in sockets:
        each.close()
    return ports
