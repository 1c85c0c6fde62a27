"""Memory and file handles of the processes of a site, measured over time, and their slopes."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import psutil

from tests.faults.site import Site

_KB = 1024


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
        """By how much an hour it rises, over the last two thirds of the time, by least squares."""
        looks = self.looks[measure]
        late = [(seconds, value) for seconds, value in looks if seconds > looks[-1][0] / 3]
        return statistics.linear_regression(*zip(*late, strict=True)).slope * 3600

    def table(self) -> str:
        """One line a measure: first, last and by how much an hour it rises."""
        lines = [f"{'':28} {'first':>12} {'last':>12} {'rise an hour':>13}"]
        lines += [
            f"{measure:28} {looks[0][1]:12,.0f} {looks[-1][1]:12,.0f} {self.slope(measure):+13,.0f}"
            for measure, looks in self.looks.items()
        ]
        return "\n".join(lines)


def _measures(site: Site) -> Mapping[str, float]:
    found: dict[str, float] = {}
    processes = {worker.name: worker.process.pid for worker in site.workers}
    processes |= {"redis": site.redis_server.pid, "elasticsearch": site.elasticsearch_pid()}
    for name, pid in processes.items():
        process = psutil.Process(pid)
        pool = process.children(recursive=True)
        found[f"{name} KB"] = process.memory_info().rss / _KB
        found[f"{name} handles"] = process.num_fds()
        if pool:  # of a worker; Elasticsearch's launcher has the server itself as its child
            found[f"{name} children KB"] = sum(one.memory_info().rss for one in pool) / _KB
            found[f"{name} children handles"] = sum(one.num_fds() for one in pool)
    found["redis used memory KB"] = site.redis.info("memory")["used_memory"] / _KB
    found["redis connections"] = site.redis.info("clients")["connected_clients"]
    return found
