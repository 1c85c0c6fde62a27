"""Memory and file handles of the processes of a site, measured over time, and their slopes."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

from tests.faults.site import Site

_KB = 1024
_FEWEST_LOOKS = 6  # for a slope of the last two thirds


@dataclass(slots=True)
class Gauges:
    """name of a measure → (seconds, value) of each look."""

    began: float = field(default_factory=time.monotonic)
    looks: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def look(self, site: Site) -> None:
        """Notes all measures as they are now."""
        now = time.monotonic() - self.began
        for measure, value in _measures(site).items():
            self.looks[measure].append((now, value))

    def slope(self, measure: str) -> float:
        """By how much an hour it rises, over the last two thirds of its looks, by least squares:
        in the first third a process warms up."""
        looks = self.looks[measure]
        late = looks[len(looks) // 3 :]
        return statistics.linear_regression(*zip(*late, strict=True)).slope * 3600

    def minutes(self, measure: str) -> float:
        """For how long it was looked at: a recycled process is another one."""
        looks = self.looks[measure]
        return (looks[-1][0] - looks[0][0]) / 60

    def table(self) -> str:
        """One line a measure: for how long, first, last and by how much an hour it rises."""
        lines = [f"{'':28} {'minutes':>8} {'first':>12} {'last':>12} {'rise an hour':>13}"]
        lines += [
            f"{measure:28} {self.minutes(measure):8.1f} {looks[0][1]:12,.0f} {looks[-1][1]:12,.0f} "
            f"{self.slope(measure):+13,.0f}"
            for measure, looks in self.looks.items()
            if len(looks) >= _FEWEST_LOOKS
        ]
        return "\n".join(lines)


def _measures(site: Site) -> Mapping[str, float]:
    found: dict[str, float] = {}
    processes = {worker.name: worker.process.pid for worker in site.workers}
    processes |= {"redis": site.redis_server.pid, "elasticsearch": site.elasticsearch_pid()}
    for name, pid in processes.items():
        process = psutil.Process(pid)
        found[f"{name} KB"] = process.memory_info().rss / _KB
        found[f"{name} handles"] = process.num_fds()
        # Of a worker its pool; Elasticsearch's launcher has the server itself as its child.
        for one in process.children(recursive=True):
            with suppress(psutil.NoSuchProcess):  # it may be recycled just now
                found[f"{name} child {one.pid} KB"] = one.memory_info().rss / _KB
                found[f"{name} child {one.pid} handles"] = one.num_fds()
    found["redis used memory KB"] = site.redis.info("memory")["used_memory"] / _KB
    found["redis connections"] = site.redis.info("clients")["connected_clients"]
    return found
