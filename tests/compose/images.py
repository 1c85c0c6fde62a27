"""The images of the compose test, built on the spot, since no registry of images is asked.

Stand-ins come from Debian's packages (Python's and Redis' images) and from the Elasticsearch that
the stack fetches; Warraq's own image is built by the project's Dockerfile on the first of them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from config.paths import cache_folder, checkout_folder
from stack.elasticsearch_bundle import fetch
from stack.errors import StackError
from stack.java import find_java
from stack.options import StackOptions
from stack.reporting import Spoken
from tests.compose.engine import CannotRun, Engine

IMAGES = Path(__file__).with_name("images")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")  # where Debian keeps them, too


@dataclass(frozen=True, slots=True)
class Debian:
    """A small Debian with some packages."""

    release: str
    packages: tuple[str, ...]

    @property
    def tag(self) -> str:
        digest = hashlib.sha256(" ".join(self.packages).encode()).hexdigest()[:8]
        return f"warraq-test/{self.release}:{digest}"


# Debian 12 has the Python that the Dockerfile's base has, Debian 13 a Redis 8.
PYTHON_BASE = Debian("bookworm", ("ca-certificates", "python3", "python3-venv"))
REDIS_BASE = Debian("trixie", ("redis-server",))
ELASTICSEARCH_BASE = Debian("bookworm", ("ca-certificates", "curl"))


def build_all(engine: Engine, say: Callable[[str], None]) -> None:
    """Build what `override.yml` names. Raises CannotRun with the reason."""
    for debian in (PYTHON_BASE, REDIS_BASE, ELASTICSEARCH_BASE):
        _build_debian(engine, debian, say)
    say("Building the stand-ins of Python, Redis and Elasticsearch")
    _build(engine, "python", [f"--build-arg=BASE={PYTHON_BASE.tag}", IMAGES / "python"])
    _build(engine, "redis", [f"--build-arg=BASE={REDIS_BASE.tag}", IMAGES / "redis"])
    try:
        bundle = fetch(
            cache_folder(), StackOptions.from_environment().repository, Spoken(Console())
        )
        java = find_java(None)
    except StackError as error:
        raise CannotRun(str(error)) from error
    _build(
        engine,
        "elasticsearch",
        [
            f"--build-arg=BASE={ELASTICSEARCH_BASE.tag}",
            f"--build-context=bundle={bundle}",
            f"--build-context=java={java.home}",
            IMAGES / "elasticsearch",
        ],
    )
    say("Building Warraq's image by the Dockerfile")
    python = "--build-arg=PYTHON_IMAGE=localhost/warraq-test/python:1"
    _build(engine, "warraq", [python, checkout_folder()])
    # Layers of earlier builds, which would fill the cache folder in time.
    engine.podman("image", "prune", "--force", "--filter=until=48h")


def _build(engine: Engine, name: str, arguments: Sequence[str | Path]) -> None:
    try:
        engine.podman("build", f"--tag=warraq-test/{name}:1", *arguments)
    except subprocess.CalledProcessError as error:
        raise CannotRun(f"The image {name} could not be built:\n{error.stderr[-3000:]}") from error


def _build_debian(engine: Engine, debian: Debian, say: Callable[[str], None]) -> None:
    """A tree of files by debootstrap, imported as an image; kept until its packages change."""
    if engine.podman("images", "--quiet", debian.tag).strip():
        return
    say(f"Building a Debian {debian.release} with {', '.join(debian.packages)}")
    tree = engine.home / f"debian-{os.getpid()}"
    try:
        subprocess.run(
            ["nice", "debootstrap", "--variant=minbase", f"--include={','.join(debian.packages)}",
             debian.release, tree],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        if CERTIFICATES.exists():
            # Whoever stands between this machine and the world stands before the containers too.
            (tree / "etc/ssl/certs").mkdir(parents=True, exist_ok=True)
            shutil.copy(CERTIFICATES, tree / "etc/ssl/certs")
        with subprocess.Popen(["tar", "-C", tree, "-c", "."], stdout=subprocess.PIPE) as tar:
            engine.podman(
                "import", f"--change=ENV PIP_CERT={CERTIFICATES}", "-", debian.tag, stdin=tar.stdout
            )
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or error.stdout or "").strip().splitlines()[-3:]
        raise CannotRun(f"Debian {debian.release} could not be built: {reason}") from error
    finally:
        shutil.rmtree(tree, ignore_errors=True)
