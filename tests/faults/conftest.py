"""One site for all tests: healed after each fault, so that the next test can use it."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import Settings
from stack import Stack
from tests.faults.articles import stream_of, texts
from tests.faults.ledger import Ledger
from tests.faults.oracle import judge
from tests.faults.producers import send
from tests.faults.site import ALIAS, Site

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def site(stack: Stack, settings: Settings) -> Iterator[Site]:
    """Servers and two workers."""
    with tempfile.TemporaryDirectory(prefix="warraq-faults-") as folder:
        site = Site(Path(folder), stack, settings)
        try:
            for _ in range(2):
                site.start_worker(wait=False)
            for worker in site.workers:
                site.wait_for(worker)
            yield site
        finally:
            site.close()


class Sending:
    """Articles of one test, and the oracle's verdict on them."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._number = next(_NUMBERS)
        self.ledger = Ledger()
        self._articles = stream_of(f"faults{self._number}", self._number, texts())

    def send(self, number: int) -> None:
        """So many articles, in pipelines; all must be acknowledged."""
        with self._site.redis_server.client("producer") as client:
            for _ in range(0, number, 100):
                assert send(client, list(itertools.islice(self._articles, 100)), self.ledger)

    def try_to_send(self, number: int) -> bool:
        """Whether all were acknowledged; those that were not are promised nothing."""
        with self._site.redis_server.client("producer") as client:
            return send(client, list(itertools.islice(self._articles, number)), self.ledger)

    def must_be_all_right(self) -> None:
        """Waits until all has ended; then a fresh article flows, and the oracle finds no fault."""
        self._site.drain()
        self.send(1)
        self._site.drain()
        verdict = judge(self.ledger, self._site.inbox, self._site.elasticsearch, ALIAS)
        assert verdict.wrong == {}
        assert self.ledger.promised > 0


@pytest.fixture
def sending(site: Site) -> Sending:
    return Sending(site)
