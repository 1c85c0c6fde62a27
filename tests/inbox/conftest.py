"""A Redis that a test may fill up and kill."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.own_redis import OwnRedis, own_redis


@pytest.fixture
def own() -> Iterator[OwnRedis]:
    with own_redis() as server:
        server.inbox().open()
        yield server
