"""What happens to Elasticsearch: killed, frozen, blocked, closed, its alias or our rights gone."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.faults.site import ALIAS, ELASTICSEARCH_SECONDS, Site

_INDEX = f"{ALIAS}-000001"
_A_WHILE = 2.0  # seconds: several attempts of the workers


def kill(site: Site) -> None:
    """SIGKILL, and a start on what is on its disk."""
    site.kill_elasticsearch()
    site.start_elasticsearch()


def freeze(site: Site) -> None:
    """SIGSTOP until the workers have given up waiting: it will obey them all the same."""
    site.kill_elasticsearch(signal.SIGSTOP)
    time.sleep(ELASTICSEARCH_SECONDS + 1)
    site.kill_elasticsearch(signal.SIGCONT)


def make_the_index_read_only(site: Site, seconds: float = _A_WHILE) -> None:
    """As an operator does it: every item is answered with 403."""
    with _set(site, "index.blocks.read_only"):
        time.sleep(seconds)


def reach_the_flood_stage(site: Site, seconds: float = _A_WHILE) -> None:
    """The block that Elasticsearch sets by itself when the disk is full: 429."""
    with _set(site, "index.blocks.read_only_allow_delete"):
        time.sleep(seconds)


def close_the_index(site: Site, seconds: float = _A_WHILE) -> None:
    """Closed, then opened again: 400, though no article is at fault."""
    site.elasticsearch.indices.close(index=_INDEX)
    time.sleep(seconds)
    site.elasticsearch.indices.open(index=_INDEX, wait_for_active_shards=1)


def take_the_alias_away(site: Site, seconds: float = _A_WHILE) -> None:
    """Nothing of the alias's name is there; it must not be made by writing to it."""
    site.elasticsearch.indices.delete_alias(index=_INDEX, name=ALIAS)
    time.sleep(seconds)
    site.prepare()


def take_the_rights_of_the_key(site: Site, seconds: float = _A_WHILE) -> None:
    """The workers' key may do nothing any more: 403 for the whole request."""
    key = site.elasticsearch.security.get_api_key(name=f"warraq worker {ALIAS}", active_only=True)
    nothing: dict[str, Any] = {"none": {"cluster": [], "indices": []}}
    for one in key["api_keys"]:
        site.elasticsearch.security.update_api_key(id=one["id"], role_descriptors=nothing)
    time.sleep(seconds)
    site.prepare()


@contextmanager
def _set(site: Site, block: str) -> Iterator[None]:
    site.elasticsearch.indices.put_settings(index=_INDEX, settings={block: True})
    yield
    site.elasticsearch.indices.put_settings(index=_INDEX, settings={block: None})
