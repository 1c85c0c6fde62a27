"""`make soak`: constant load for most of an hour; memory and file handles must not rise.

SOAK_MINUTES (45) says how long, SOAK_RATE (20) how many articles a second, CORPUS as for torture.
All steps run. The articles are updates of a fixed number of ids, with a fixed number of texts, so
nothing has a reason to grow: what the analysis remembers of words is bounded, but of all words of a
newspaper it takes 20,000 articles to be full.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.faults.articles import stream_of, texts
from tests.faults.gauges import Gauges
from tests.faults.ledger import Ledger
from tests.faults.oracle import judge
from tests.faults.producers import Producer
from tests.faults.site import ALIAS, Site

pytestmark = pytest.mark.soak

MINUTES = float(os.environ.get("SOAK_MINUTES", "45"))
RATE = float(os.environ.get("SOAK_RATE", "20"))
IDS, TEXTS = 2_000, 500
LOOK_EVERY = 5.0  # seconds
# What an hour may add, over the last two thirds of the time of a process: to a worker's own, which
# lives for ever, next to nothing; to one of its pool more, since it is recycled.
KB_AN_HOUR, KB_OF_POOL_AN_HOUR = 6_000, 20_000
LASTING_MINUTES = min(10.0, MINUTES / 3)
HANDLES_AN_HOUR = 2.0


def test_memory_and_handles_do_not_rise(site: Site) -> None:
    corpus = os.environ.get("CORPUS")
    stock = texts(Path(corpus) if corpus else None)[:TEXTS]
    for worker in list(site.workers):  # for others, that run all steps
        worker.kill()
        site.workers.remove(worker)
        site.start_worker(WARRAQ_STEPS_OFF="")
    gauges, ledger = Gauges(), Ledger()
    with (
        site.redis_server.client("producer") as client,
        Producer(
            client,
            stream_of("soak", 1, stock, known=IDS),
            ledger,
            backlog=site.waiting,
            most=10_000,
            rate=RATE,
        ),
    ):
        while time.monotonic() - gauges.began < MINUTES * 60:
            gauges.look(site)
            time.sleep(LOOK_EVERY)
    waiting = site.waiting()
    print(f"\n{gauges.table()}")
    print(f"{len(ledger.good):,} entries in {MINUTES:g} min; {waiting} waited at the end")
    site.drain(600)
    assert judge(ledger, site.inbox, site.elasticsearch, ALIAS).wrong == {}
    assert waiting < RATE * 60, "the load was more than the workers carry"
    for worker in site.workers:
        of_it = [measure for measure in gauges.looks if measure.startswith(worker.name)]
        lasting = [one for one in of_it if gauges.minutes(one) >= LASTING_MINUTES]
        assert any(" child " in one for one in lasting), gauges.table()
        for measure in lasting:
            assert gauges.slope(measure) < most_an_hour(measure), f"{measure}\n{gauges.table()}"


def most_an_hour(measure: str) -> float:
    if measure.endswith(" handles"):
        return HANDLES_AN_HOUR
    return KB_OF_POOL_AN_HOUR if " child " in measure else KB_AN_HOUR
