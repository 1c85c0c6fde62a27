"""What the long run found, fault by fault, as a table for people."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """seconds: kind of fault → how long it took each time until work went on after it.
    stalled: kinds after which it did not in time."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    stalled: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return sum(map(len, self.seconds.values()))

    def table(self) -> str:
        """One line a kind: how often, longest and median seconds until work went on."""
        lines = [f"{'fault':45} {'times':>5} {'longest s':>9} {'median s':>9}"]
        lines += [
            f"{kind:45} {len(each):5} {max(each):9.1f} {statistics.median(each):9.1f}"
            for kind, each in sorted(self.seconds.items())
        ]
        kinds = len(self.seconds)
        return "\n".join([*lines, f"{f'{kinds} kinds':45} {self.faults:5}"])
