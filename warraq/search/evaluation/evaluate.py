"""One collection, three systems: what each finds, what it is worth and how long it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from math import ceil
from statistics import median

from elasticsearch import Elasticsearch

from warraq.search.evaluation.beir import Collection
from warraq.search.evaluation.scores import (
    DEEPEST,
    Difference,
    Run,
    Scores,
    differences,
    libraries,
    means,
    scores,
)
from warraq.search.evaluation.systems import Installation, System, plain, warraq
from warraq.search.query import BadQuery

OURS, BASELINES = "warraq", ("standard", "arabic")
_PAGE = 10
"""Hits on the page that people get: what is timed."""

Progress = Callable[[str, int, int], None]
"""Told what is done, how much of it, of how much."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One system. scores: by measure and query. milliseconds: inside Elasticsearch, by query, for
    a page of 10 hits. refused_texts, refused_queries: id → why; the ones are not found, the others
    find nothing.
    """

    run: Run
    scores: Scores
    milliseconds: tuple[int, ...]
    refused_texts: Mapping[str, str]
    refused_queries: Mapping[str, str]

    @property
    def means(self) -> dict[str, float]:
        return means(self.scores)

    @property
    def median_ms(self) -> float | None:
        return median(self.milliseconds) if self.milliseconds else None

    @property
    def p95_ms(self) -> int | None:
        """By nearest rank: 95 of 100 queries took no longer."""
        if not self.milliseconds:
            return None
        return sorted(self.milliseconds)[ceil(0.95 * len(self.milliseconds)) - 1]


@dataclass(frozen=True, slots=True)
class Report:
    """All systems on one collection, by name."""

    systems: Mapping[str, Measured]

    def over(self, baseline: str) -> dict[str, Difference]:
        """Measure → how much more Warraq is worth than `baseline`."""
        return differences(self.systems[OURS].scores, self.systems[baseline].scores)


def evaluate(
    client: Elasticsearch,
    collection: Collection,
    set_up: Installation,
    progress: Progress = lambda *_: None,
) -> Report:
    """Fills a scratch index for each system, asks it every query and removes it again.

    client: may make and delete indices. Raises what filling and searching raise, a refused text
    or query alone not.
    """
    libraries()  # or the work is done before it is said that they are missing
    systems: dict[str, AbstractContextManager[System]] = {
        analyzer: plain(client, analyzer, collection.texts) for analyzer in BASELINES
    }
    systems[OURS] = warraq(client, set_up, collection.texts, lambda *done: progress("texts", *done))
    measured = {}
    for name, filled in systems.items():
        with filled as system:
            measured[name] = _measured(system, collection, lambda *done, n=name: progress(n, *done))
    return Report(measured)


def _measured(
    system: System, collection: Collection, progress: Callable[[int, int], None]
) -> Measured:
    run: dict[str, tuple[str, ...]] = {}
    took: list[int] = []
    refused: dict[str, str] = {}
    for number, (query, text) in enumerate(collection.queries.items(), 1):
        try:
            took.append(system.ask(text, _PAGE).took_ms)
            run[query] = system.ask(text, DEEPEST).ids
        except BadQuery as why:
            refused[query] = str(why)
        progress(number, len(collection.queries))
    return Measured(run, scores(collection.grades, run), tuple(took), system.refused, refused)
