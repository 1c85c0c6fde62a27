"""The file `env` in the state folder: where the servers are and where the secrets lie.

`config.settings` reads it below the real environment. Secrets are in it only as file names.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stack import credentials
from stack.accounts import write_private

WORKER_KEY, SEARCH_KEY = "worker.key", "search.key"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the servers answer; an address given by the operator is passed on as it is."""

    elasticsearch: str
    redis: str


def values(secrets: Path, elasticsearch_port: int | None, redis_port: int | None) -> dict[str, str]:
    """The settings that this stack stands for; a port of None means a server that is not ours."""
    found = {
        # Made by `warraq setup` on whichever Elasticsearch, and kept here.
        "WARRAQ_ELASTICSEARCH_WORKER_KEY_FILE": str(secrets / WORKER_KEY),
        "WARRAQ_ELASTICSEARCH_SEARCH_KEY_FILE": str(secrets / SEARCH_KEY),
    }
    if elasticsearch_port is not None:
        found["WARRAQ_ELASTICSEARCH_URL"] = f"http://127.0.0.1:{elasticsearch_port}"
        found["WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD_FILE"] = str(secrets / credentials.ELASTIC)
    if redis_port is not None:
        found["WARRAQ_REDIS_URL"] = f"redis://127.0.0.1:{redis_port}/0"
        found["WARRAQ_REDIS_USERNAME"] = "worker"
        found["WARRAQ_REDIS_PASSWORD_FILE"] = str(secrets / credentials.redis_name("worker"))
    return dict(sorted(found.items()))


def write(file: Path, settings: Mapping[str, str]) -> None:
    """Write the file in one step, readable by us alone."""
    head = "# Written by `warraq up`; the real environment goes before what is here.\n"
    lines = [f"{name}={_dotenv(value)}\n" for name, value in settings.items()]
    write_private(file, head + "".join(lines))


def exports(settings: Mapping[str, str]) -> list[str]:
    """The settings as lines for a shell."""
    return [f"export {name}={shlex.quote(value)}" for name, value in settings.items()]


def _dotenv(value: str) -> str:
    """As python-dotenv reads it; single quotes keep `$` and blanks of a path."""
    if all(letter.isalnum() or letter in "/:._-@" for letter in value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
