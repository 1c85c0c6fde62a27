"""An administrator's client, and an alias of its own for each test, removed with its indices."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings
from warraq.cli.opening_index import administration
from warraq.index.client import Administration
from warraq.index.lifecycle import Layout

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def server(settings: Settings) -> Administration:
    return administration(settings)


@pytest.fixture(scope="session")
def admin(server: Administration) -> Iterator[Elasticsearch]:
    with server.connect() as client:
        yield client


@pytest.fixture
def layout(admin: Elasticsearch) -> Iterator[Layout]:
    """An alias that nobody else uses."""
    alias = f"try-{os.getpid()}-{next(_NUMBERS)}"
    yield Layout(alias, equivalents=("# names", "أميركا, أمريكا", "البرلمان, مجلس النواب"))
    for name in admin.indices.get(index=f"{alias}*", expand_wildcards="all"):
        admin.indices.delete(index=name)


def article(number: int, version: int, **fields: Any) -> dict[str, Any]:
    """A small `_source` that says which version it is."""
    return {
        "source": "try",
        "article_id": str(number),
        "title": f"خبر {number}",
        "body": f"نسخة {version}",
        "version": version,
        "deleted": False,
        **fields,
    }
