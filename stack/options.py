"""What an operator may set for the servers of one machine, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stack.errors import StackError


@dataclass(frozen=True, slots=True)
class StackOptions:
    """Set by WARRAQ_…; None and 0 mean that Warraq chooses."""

    elasticsearch_url: str | None = None
    """WARRAQ_ELASTICSEARCH_URL: a server that runs elsewhere; none is started here."""
    redis_url: str | None = None
    """WARRAQ_REDIS_URL: the same for Redis."""
    elasticsearch_port: int | None = None
    """WARRAQ_ELASTICSEARCH_PORT: this one or none; 0 for any free one. None: 9200 where free."""
    redis_port: int | None = None
    """WARRAQ_REDIS_PORT: the same; 6379."""
    heap_megabytes: int | None = None
    """WARRAQ_ELASTICSEARCH_HEAP: Elasticsearch's heap, as 512m or 2g."""
    snapshots: Path | None = None
    """WARRAQ_SNAPSHOTS: the folder of Elasticsearch's snapshots, on another disk if it may be."""
    repository: str | None = None
    """WARRAQ_MAVEN_REPOSITORY: the address of a company's mirror."""
    user: str | None = None
    """WARRAQ_STACK_USER: as root, the user whom the servers run as."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> StackOptions:
        """Read the environment. Raises StackError naming the setting that makes no sense."""

        def given(name: str) -> str | None:
            return environment.get(f"WARRAQ_{name}", "").strip() or None

        return cls(
            elasticsearch_url=given("ELASTICSEARCH_URL"),
            redis_url=given("REDIS_URL"),
            elasticsearch_port=_port("WARRAQ_ELASTICSEARCH_PORT", given("ELASTICSEARCH_PORT")),
            redis_port=_port("WARRAQ_REDIS_PORT", given("REDIS_PORT")),
            heap_megabytes=_megabytes("WARRAQ_ELASTICSEARCH_HEAP", given("ELASTICSEARCH_HEAP")),
            snapshots=_folder("WARRAQ_SNAPSHOTS", given("SNAPSHOTS")),
            repository=given("MAVEN_REPOSITORY"),
            user=given("STACK_USER"),
        )


def _port(name: str, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or int(value) > 65_535:
        raise StackError(f"{name}={value!r} is no port: give a number from 0 to 65535.")
    return int(value)


def _folder(name: str, value: str | None) -> Path | None:
    if value is None:
        return None
    folder = Path(value).expanduser()
    if not folder.is_absolute():
        raise StackError(
            f"{name}={value!r} is no whole path: give one such as /mnt/disk/snapshots."
        )
    return folder


def _megabytes(name: str, value: str | None) -> int | None:
    if value is None:
        return None
    match = re.fullmatch(r"(\d{1,6})([mg])b?", value.lower(), re.ASCII)
    megabytes = int(match[1]) * (1024 if match[2] == "g" else 1) if match else 0
    if megabytes < 256:
        raise StackError(
            f"{name}={value!r} is no heap size: give 256m or more, such as 512m or 2g."
        )
    return megabytes
