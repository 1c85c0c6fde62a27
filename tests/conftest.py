"""One real Elasticsearch and one real Redis for the whole test run, on ports and data of their own.

Nothing here can reach a stack that somebody works with: the settings of the environment are put
aside before the first test, and WARRAQ_STATE points at the tests' own folder, for subprocesses too.
With WARRAQ_TEST_STATE set to a folder the servers stay there between runs, which saves their start;
`WARRAQ_STATE=<that folder> warraq down --remove` ends them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from elasticsearch import Elasticsearch

from config.paths import cache_folder, state_folder
from config.settings import Settings, load_settings
from stack import Stack
from tests.emptied import emptied
from warraq.inbox.stream import Inbox
from warraq.index.client import connect

# About this machine, not about a stack.
KEPT = {"WARRAQ_CACHE", "WARRAQ_MAVEN_REPOSITORY", "WARRAQ_STACK_USER", "WARRAQ_TEST_STATE"}

# A busy machine is no fault of the code under test.
hypothesis.settings.register_profile("warraq", deadline=None)
hypothesis.settings.load_profile("warraq")


def pytest_configure() -> None:
    """Point everything at a stack of our own before any module of Warraq is imported by a test."""
    for name in [name for name in os.environ if name.startswith("WARRAQ_") and name not in KEPT]:
        del os.environ[name]
    os.environ["WARRAQ_STATE"] = os.environ.get("WARRAQ_TEST_STATE") or _new_folder()
    os.environ["WARRAQ_ELASTICSEARCH_PORT"] = os.environ["WARRAQ_REDIS_PORT"] = "0"
    os.environ["WARRAQ_ELASTICSEARCH_HEAP"] = "512m"


def _new_folder() -> str:
    """A folder that the servers can reach when root started them; pytest's own are closed."""
    folder = tempfile.mkdtemp(prefix="warraq-test-")
    Path(folder).chmod(0o755)
    return folder


def pytest_unconfigure() -> None:
    """Leave nothing behind, also after Ctrl-C in the middle of a start."""
    if not os.environ.get("WARRAQ_TEST_STATE"):
        Stack.of_this_machine(state_folder(), cache_folder()).remove()
        shutil.rmtree(state_folder(), ignore_errors=True)


@pytest.fixture(scope="session")
def stack() -> Stack:
    """The running servers of this test run; fails, never skips, where they cannot be had."""
    ours = Stack.of_this_machine(state_folder(), cache_folder())
    ours.start_servers()
    return ours


@pytest.fixture(scope="session")
def settings(stack: Stack) -> Settings:
    """The settings that every command of Warraq reads while the tests run."""
    return load_settings()


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[Elasticsearch]:
    """The real Elasticsearch, with all rights."""
    with connect(
        settings.elasticsearch_url, password=settings.elasticsearch_admin_password
    ) as client:
        yield client


@pytest.fixture
def inbox(settings: Settings) -> Inbox:
    """An empty inbox on the real Redis."""
    return emptied(Inbox.connect(settings.redis_login))
