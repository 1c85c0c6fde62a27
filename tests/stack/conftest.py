"""Stacks of their own, for tests that break them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.paths import cache_folder
from stack import Stack, StackOptions


@pytest.fixture
def state() -> Iterator[Path]:
    """A state folder that root's servers can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="warraq-test-"))
    folder.chmod(0o755)
    yield folder / "state"
    Stack(folder / "state", cache_folder(), StackOptions()).remove()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def redis_stack() -> Iterator[Stack]:
    """A stack whose Elasticsearch is said to be elsewhere, so that Redis alone is started."""
    folder = Path(tempfile.mkdtemp(prefix="warraq-test-"))
    folder.chmod(0o755)
    stack = Stack(
        folder / "state",
        cache_folder(),
        StackOptions(elasticsearch_url="http://elasticsearch.invalid", redis_port=0),
    )
    stack.start_servers()
    yield stack
    stack.remove()
    shutil.rmtree(folder)
