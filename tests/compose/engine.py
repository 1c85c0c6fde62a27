"""A container engine for one test run: Podman behind `docker compose`, apart from any other engine.

Its settings, images and containers lie in folders of its own, so nothing of the machine's own
Podman or Docker is read or changed. Why Podman, and what it was tried with: docs/decisions/0023.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGES = ("podman", "runc", "buildah", "debootstrap", "netavark", "aardvark-dns", "iptables",
            "uidmap", "catatonit")  # fmt: skip
PROGRAMS = ("podman", "runc", "debootstrap", "iptables", "/usr/lib/podman/netavark")
RUN_FOLDER = Path("/run/warraq-compose-test")  # in memory; short, for the path of a socket is
PLUGIN_SOURCE = Path(__file__).with_name("plugin")
SERVICE_STARTS_WITHIN = 30  # seconds

# crun fails where cgroups are mixed, and a sandbox lets nobody raise limits.
_CONTAINERS_CONF = """\
[containers]
default_ulimits = ["nofile=1024:4096", "nproc=4000:4000"]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "{run}/tmp"
[network]
network_backend = "netavark"
network_config_dir = "{home}/networks"
"""
_STORAGE_CONF = """\
[storage]
driver = "{driver}"
graphroot = "{home}/storage-{driver}"
runroot = "{run}/containers"
"""


class CannotRun(Exception):
    """This machine cannot run the test; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Engine:
    """Commands of the engine; `home` is its folder in the cache, kept between runs."""

    home: Path
    environment: Mapping[str, str]
    compose_command: tuple[str, ...]

    def podman(self, *arguments: str | Path, check: bool = True, **options: Any) -> str:
        """Run podman; returns its standard output. Raises CalledProcessError."""
        return _output(["podman", *map(str, arguments)], self.environment, check=check, **options)

    def containers(self, project: str) -> list[dict[str, Any]]:
        """What podman says of each container of the compose project, stopped ones too."""
        ids = self.podman(
            "ps", "--all", "--quiet", "--no-trunc",
            "--filter", f"label=com.docker.compose.project={project}",
        ).split()  # fmt: skip
        found: list[dict[str, Any]] = []
        for each in ids:  # one by one: a container may go while we look
            text = self.podman("inspect", "--type", "container", each, check=False)
            found += json.loads(text or "[]")
        return found


@contextmanager
def running_engine(home: Path) -> Iterator[Engine]:
    """Install what is missing, then have the engine's service run for the block.

    Raises:
        CannotRun: not root, no Debian, no network, or a kernel that lets no container run.
    """
    if os.geteuid() != 0:
        raise CannotRun("The compose test makes containers and needs root: sudo make compose-test")
    _install_packages()
    home.mkdir(parents=True, exist_ok=True)
    RUN_FOLDER.mkdir(mode=0o700, exist_ok=True)
    environment = _engine_environment(home)
    compose = _compose_command(home, environment)
    socket = RUN_FOLDER / "podman.sock"
    socket.unlink(missing_ok=True)
    service = subprocess.Popen(
        # Ends by itself when a killed run has left it; no pause of a run is as long.
        ["podman", "system", "service", "--time=900", environment["DOCKER_HOST"]],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=(RUN_FOLDER / "service.log").open("w"),
        start_new_session=True,
    )
    try:
        _wait_for(socket, service)
        yield Engine(home, environment, compose)
    finally:
        service.terminate()
        try:
            service.wait(10)
        except subprocess.TimeoutExpired:
            service.kill()
            service.wait()
        socket.unlink(missing_ok=True)


class HealthChecks(threading.Thread):
    """Runs the containers' own health checks, which Podman leaves to timers of systemd.

    Those not yet healthy are asked every two seconds, so that `depends_on` goes on; the others as
    often as their interval says.
    """

    def __init__(self, engine: Engine, project: str) -> None:
        super().__init__(name="health checks", daemon=True)
        self._engine, self._project = engine, project
        self._end = threading.Event()

    def run(self) -> None:
        """Until `end` is called."""
        due: dict[str, float] = {}
        while not self._end.wait(1):
            try:
                containers = self._engine.containers(self._project)
            except subprocess.CalledProcessError:  # a container went while it was listed
                continue
            for container in containers:
                identity, check = container["Id"], container["Config"].get("Healthcheck")
                running = container["State"]["Status"] == "running"
                if not (check and running) or time.monotonic() < due.get(identity, 0):
                    continue
                self._engine.podman("healthcheck", "run", identity, check=False)
                healthy = container["State"]["Health"]["Status"] == "healthy"
                wait = check["Interval"] / 1e9 if healthy else 2
                due[identity] = time.monotonic() + wait

    def end(self) -> None:
        """Stop asking; returns when the last check is done."""
        self._end.set()
        self.join()


def _install_packages() -> None:
    if all(shutil.which(program) for program in PROGRAMS):
        return
    if not shutil.which("apt-get"):
        raise CannotRun(f"Install these first: {', '.join(PACKAGES)}")
    print(f"Installing {', '.join(PACKAGES)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive", **os.environ}
    try:
        _output(["apt-get", "update"], quiet)
        _output(["apt-get", "install", "--yes", "--no-install-recommends", *PACKAGES], quiet)
    except subprocess.CalledProcessError as error:
        raise CannotRun(f"apt-get could not install them: {error.stderr.strip()}") from error


def _engine_environment(home: Path) -> dict[str, str]:
    """Settings of our own, with the overlay driver where it works and plain copies elsewhere."""
    (home / "networks").mkdir(exist_ok=True)
    containers, storage = home / "containers.conf", home / "storage.conf"
    containers.write_text(_CONTAINERS_CONF.format(home=home, run=RUN_FOLDER), encoding="utf-8")
    environment = {
        **os.environ,
        "CONTAINERS_CONF": str(containers),
        "CONTAINERS_STORAGE_CONF": str(storage),
        "DOCKER_HOST": f"unix://{RUN_FOLDER}/podman.sock",
        "DOCKER_CONFIG": str(home / "docker"),
    }
    for driver in ("overlay", "vfs"):
        storage.write_text(
            _STORAGE_CONF.format(home=home, run=RUN_FOLDER, driver=driver), encoding="utf-8"
        )
        try:
            _output(["podman", "info"], environment)
        except subprocess.CalledProcessError as error:
            reason = error.stderr.strip()
        else:
            return environment
    raise CannotRun(f"Podman does not run here: {reason}")


def _compose_command(home: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    """`docker compose` with the plugin built from its Go module; without docker, the plugin alone.

    The build takes some minutes, once for each version in `plugin/go.mod`.
    """
    pins = b"".join((PLUGIN_SOURCE / name).read_bytes() for name in ("go.mod", "go.sum"))
    plugin = home / f"docker-compose-{hashlib.sha256(pins).hexdigest()[:12]}"
    if not plugin.exists():
        if not shutil.which("go"):
            raise CannotRun("docker compose is built from its Go module: install Go 1.24 or newer")
        print("Building docker compose (some minutes, once)")
        part = plugin.with_suffix(".part")
        try:
            _output(
                ["nice", "go", "build", "-buildvcs=false", "-trimpath", "-ldflags=-s -w",
                 f"-o={part}", "github.com/docker/compose/v2/cmd"],
                os.environ, cwd=PLUGIN_SOURCE,
            )  # fmt: skip
        except subprocess.CalledProcessError as error:
            raise CannotRun(f"docker compose could not be built: {error.stderr}") from error
        part.rename(plugin)
    if not shutil.which("docker"):
        return (str(plugin),)
    place = Path(environment["DOCKER_CONFIG"]) / "cli-plugins" / "docker-compose"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(plugin)
    return ("docker", "compose")


def _wait_for(socket: Path, service: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SERVICE_STARTS_WITHIN
    while not socket.exists():
        if service.poll() is not None or time.monotonic() > deadline:
            log = (RUN_FOLDER / "service.log").read_text(encoding="utf-8")
            raise CannotRun(f"The service of Podman did not start: {log.strip()}")
        time.sleep(0.1)


def _output(
    command: Sequence[str], environment: Mapping[str, str], *, check: bool = True, **options: Any
) -> str:
    done = subprocess.run(
        command, env=environment, check=check, capture_output=True, text=True, **options
    )
    return str(done.stdout)
