"""`make torture`: articles by the hundred thousand through faults by the hundred.

TORTURE_MINUTES (30) says how long; the numbers of articles and faults to reach go with it. CORPUS
names a JSON Lines file of real articles, else the demo's are sent. Texts are cut to 600 characters,
and every second worker runs no steps, so that two processor cores carry it.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.articles import stream_of, texts
from tests.faults.harm import FAULTS, Fault, name
from tests.faults.injecting import inject
from tests.faults.ledger import Ledger
from tests.faults.oracle import judge
from tests.faults.producers import Producer
from tests.faults.site import ALIAS, Site
from tests.faults.tally import Tally

pytestmark = pytest.mark.torture

MINUTES = float(os.environ.get("TORTURE_MINUTES", "30"))
ARTICLES_A_MINUTE, FAULTS_A_MINUTE, KINDS = 200_000 / 30, 300 / 30, 15
PRODUCERS, BACKLOG = 2, 2_000
LONGEST_SECONDS = 30  # until work goes on


def test_no_fault_loses_doubles_or_kills_an_article(site: Site) -> None:
    corpus = os.environ.get("CORPUS")
    stock = texts(Path(corpus) if corpus else None)
    ledger, tally = Ledger(), Tally()
    began = time.monotonic()
    with ExitStack() as producing:
        for number in range(PRODUCERS):
            articles = stream_of(f"torture{number}", number, stock)
            client = producing.enter_context(site.redis_server.client("producer"))
            producing.enter_context(
                Producer(client, articles, ledger, backlog=site.waiting, most=BACKLOG)
            )
        for fault in _dealt(random.Random(7)):
            if time.monotonic() - began > MINUTES * 60:
                break
            _inflict(fault, site, tally)
    site.drain(600)
    minutes = (time.monotonic() - began) / 60
    verdict = judge(ledger, site.inbox, site.elasticsearch, ALIAS)
    print(f"\n{tally.table()}")
    print(
        f"{len(tally.stalled)} times it did not go on in time\n"
        f"{ledger.promised:,} articles in {len(ledger.good):,} acknowledged entries, "
        f"{len(ledger.bad):,} that are no articles, {ledger.refused:,} refused; {minutes:.1f} min; "
        f"{site.fallen} workers ended by themselves and were replaced"
    )
    print(f"wrong: {verdict.wrong or 'nothing lost, nothing doubled, no good article dead'}")
    assert verdict.wrong == {}
    assert tally.stalled == []
    assert max(map(max, tally.seconds.values())) <= LONGEST_SECONDS
    assert ledger.promised >= ARTICLES_A_MINUTE * MINUTES
    assert tally.faults >= FAULTS_A_MINUTE * MINUTES
    assert len(tally.seconds) >= KINDS


def _dealt(chance: random.Random) -> Iterator[Fault]:
    """Faults without end, in rounds: each as often as it is to come, in another order each time."""
    while True:
        deck = [fault for fault, times in FAULTS.items() for _ in range(times)]
        chance.shuffle(deck)
        yield from deck


def _inflict(fault: Fault, site: Site, tally: Tally) -> None:
    site.replace_the_fallen()
    ended = site.ended()
    try:
        seconds = inject(fault, site)
    except AssertionError as error:
        tally.stalled.append(f"{name(fault)}: {error}")
        print(f"{name(fault)}: work did not go on: {error}", flush=True)
    else:
        tally.seconds[name(fault)].append(seconds)
        print(f"{name(fault)}: {seconds:.1f} s ({site.ended() - ended} ended)", flush=True)
