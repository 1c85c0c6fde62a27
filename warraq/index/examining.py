"""What Elasticsearch says of itself to its administrator: for those who look what is wrong."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, AuthenticationException, Elasticsearch
from pydantic import SecretStr

from warraq.errors import Unavailable
from warraq.index.client import elasticsearch_errors, may_be_a_key


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that Elasticsearch watches and finds ailing. status: yellow or red. remedy: its
    own advice."""

    name: str
    status: str
    symptom: str
    remedy: str


def answers(client: Elasticsearch) -> None:
    """Raises Unavailable where nobody answers, or nothing but that it cannot; to refuse our key is
    an answer."""
    try:
        with elasticsearch_errors():
            client.security.authenticate()
    except Unavailable as error:
        cause = error.__cause__
        if not isinstance(cause, ApiError) or cause.status_code not in (401, 403):
            raise


def accepted(client: Elasticsearch, key: SecretStr) -> str | None:
    """The name of that key, or None if it is not accepted. Raises Unavailable."""
    if not may_be_a_key(key):
        return None
    with elasticsearch_errors():
        try:
            who = client.options(api_key=key.get_secret_value()).security.authenticate()
        except AuthenticationException:
            return None
    return str(who.get("api_key", {}).get("name", ""))


def lets_in(client: Elasticsearch) -> bool:
    """Whether the login that `client` comes with is accepted. Raises Unavailable."""
    with elasticsearch_errors():
        try:
            client.security.authenticate()
        except AuthenticationException:
            return False
    return True


class Administrator:
    """Looks with all rights. Every method raises Unavailable or WarraqError in one plain line."""

    def __init__(self, client: Elasticsearch) -> None:
        self.client = client

    def ailments(self) -> list[Indicator]:
        """What its own health report (disks, shards, master, snapshots) does not find green."""
        with elasticsearch_errors():
            found: dict[str, Any] = self.client.health_report()["indicators"]
        return [
            Indicator(name, str(one["status"]), str(one["symptom"]), _advice(one))
            for name, one in found.items()
            if one["status"] in ("yellow", "red")
        ]

    def has_index(self, name: str) -> bool:
        """Whether there is an index or alias of that name."""
        with elasticsearch_errors():
            return bool(self.client.indices.exists(index=name))

    def blocks(self, index: str) -> list[str]:
        """What is blocked, in the cluster and in `index`, in Elasticsearch's words."""
        with elasticsearch_errors():
            blocks = self.client.cluster.state(metric="blocks")["blocks"]
        found = [
            *blocks.get("global", {}).values(),
            *blocks.get("indices", {}).get(index, {}).values(),
        ]
        return [str(one["description"]) for one in found]

    def skew(self, clock: Callable[[], float] = time.time) -> float:
        """Seconds that the clock of a node is ahead of ours; of the worst one."""
        with elasticsearch_errors():
            before = clock()
            nodes = self.client.nodes.stats(metric="process")["nodes"].values()
            after = clock()
        middle, within = (before + after) / 2, (after - before) / 2
        ahead = [node["timestamp"] / 1000 - middle for node in nodes]
        worst: float = max(ahead, key=abs, default=0.0)
        return 0.0 if abs(worst) <= within else worst

    def expires(self, key: SecretStr) -> int | None:
        """When that key ends, in ms since 1970; None if never."""
        key_id = base64.b64decode(key.get_secret_value()).decode().partition(":")[0]
        with elasticsearch_errors():
            found = self.client.security.get_api_key(id=key_id)["api_keys"]
        return next((one.get("expiration") for one in found), None)


def _advice(indicator: dict[str, Any]) -> str:
    return " ".join(
        f"{one['cause']} {one['action']}" for one in indicator.get("diagnosis", ())[:2]
    )[:600]
