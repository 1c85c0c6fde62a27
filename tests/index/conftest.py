"""An administrator's client, and an alias of its own for each test, removed with its indices."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from pydantic import SecretStr

from config.settings import Settings
from warraq.cli.opening_index import administration
from warraq.index.access import Role
from warraq.index.client import Administration, connect
from warraq.index.lifecycle import Layout, create

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


@pytest.fixture(scope="module")
def revoked_at_the_end(admin: Elasticsearch) -> Iterator[None]:
    yield
    keys = admin.security.get_api_key(name="warraq *", active_only=True)["api_keys"]
    if ours := [key["id"] for key in keys if key["metadata"]["alias"].startswith("try-")]:
        admin.security.invalidate_api_key(ids=ours)


@pytest.fixture
def keys(admin: Elasticsearch, layout: Layout, tmp_path: Path, revoked_at_the_end: None) -> Path:
    """A folder for keys, and an index with an article and a tombstone."""
    create(admin, layout)
    admin.index(
        index=layout.alias,
        id="1",
        document=article(1, 1, quotations=[{"text": "نعم"}, {"text": "لا"}]),
        refresh=True,
    )
    admin.index(index=layout.alias, id="2", document=article(2, 1, deleted=True), refresh=True)
    return tmp_path


def key_in(folder: Path, role: Role) -> SecretStr:
    return SecretStr((folder / role.file).read_text(encoding="ascii").strip())


def client_of(role: Role, server: Administration, keys: Path) -> Elasticsearch:
    return connect(server.url, api_key=key_in(keys, role))
