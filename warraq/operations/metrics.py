"""How it stands, as OpenMetrics text: what Prometheus and its kin read.

Gauges and counters alone, for node_exporter reads the older text format, which knows no others.
"""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    Metric,
)
from prometheus_client.openmetrics.exposition import generate_latest
from prometheus_client.registry import Collector

from warraq.index.condition import IndexCondition
from warraq.operations.standing import Standing


def openmetrics(found: Standing | None) -> str:
    """The text; None where Redis did not answer, which then is all that can be told."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Told(found))
    text: str = generate_latest(registry).decode()  # type: ignore[no-untyped-call]
    return text


class _Told(Collector):
    def __init__(self, found: Standing | None) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        found = self._found
        up = GaugeMetricFamily("warraq_up", "1: the server answers.", labels=["server"])
        up.add_metric(["redis"], float(found is not None))
        if found is not None:
            up.add_metric(["elasticsearch"], float(found.index_answers))
        yield up
        if found is not None:
            yield from _of_articles(found)
            yield from _of_processes(found)
            readable = isinstance(found.index, IndexCondition)
            yield _gauge("warraq_index_readable", "1: its articles can be counted.", readable)
            if isinstance(found.index, IndexCondition):
                yield from _of_index(found.index)
            yield _versions(found)


def _of_articles(found: Standing) -> Iterator[Metric]:
    yield _gauge("warraq_inbox_waiting", "Articles that no worker has touched.", found.waiting)
    yield _gauge("warraq_inbox_in_hand", "Articles with a worker or given back.", found.in_hand)
    yield _gauge(
        "warraq_inbox_oldest_seconds",
        "Age of the oldest article that has not ended.",
        round(found.oldest_seconds, 3),
    )
    yield _gauge("warraq_paused", "1: workers wait for Elasticsearch.", found.paused is not None)
    ended = CounterMetricFamily(
        "warraq_articles_ended", "Articles by what became of them.", labels=["outcome"]
    )
    for outcome, number in found.ended.items():
        ended.add_metric([outcome], number)
    yield ended
    dead = GaugeMetricFamily("warraq_dead_letters", "Dead letters there are.", labels=["reason"])
    for reason, number in found.dead.items():
        dead.add_metric([reason], number)
    yield dead


def _of_processes(found: Standing) -> Iterator[Metric]:
    seen = GaugeMetricFamily(
        "warraq_process_seen_seconds", "Since it was heard of.", labels=["process"]
    )
    progress = GaugeMetricFamily(
        "warraq_process_progress_seconds", "Since it got something done.", labels=["process"]
    )
    for name, beat in found.workers.items():
        seen.add_metric([name], round(beat.seen, 3))
        if beat.progress is not None:
            progress.add_metric([name], round(beat.progress, 3))
    yield seen
    yield progress


def _of_index(index: IndexCondition) -> Iterator[Metric]:
    yield _gauge("warraq_index_articles", "Articles that can be found.", index.articles)
    yield _gauge("warraq_index_tombstones", "Withdrawn articles.", index.tombstones)
    yield _gauge("warraq_index_bytes", "The index on disk, copies included.", index.size)
    health = GaugeMetricFamily(
        "warraq_index_health", "1: what Elasticsearch calls it.", labels=["health"]
    )
    for colour in ("green", "yellow", "red"):
        health.add_metric([colour], float(colour == index.health))
    yield health


def _versions(found: Standing) -> Metric:
    versions = GaugeMetricFamily(
        "warraq_version", "1: this version runs here.", labels=["of", "version"]
    )
    for name, version in found.versions.items():
        if version is not None:
            versions.add_metric([name, version], 1.0)
    return versions


def _gauge(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(name, what, value=float(value))
