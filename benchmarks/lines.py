"""The lines of the table: a figure, how far it spread, its goal, and whether it was reached."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.measured import Rounds

CEILING, NAIVE = "ceiling", "naive way"
ALONE = ("alone, 1 process", "alone, 2 processes")
WITH_STEPS = ("all steps, 1 process", "all steps, 2 processes")

OF_CEILING, OF_NAIVE, CPU_MS, ENQUEUE = 0.75, 8.0, 0.3, 5_000.0


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: the median of `rounds`. goal: what it should be at least, or at most."""

    what: str
    unit: str
    rounds: tuple[float, ...]
    goal: float | None = None
    bound: Literal["at least", "at most"] = "at least"

    @property
    def median(self) -> float:
        return statistics.median(self.rounds)

    @property
    def verdict(self) -> str:
        """ "reached", "short of it", or nothing where there is no goal."""
        if self.goal is None:
            return ""
        better = self.median >= self.goal if self.bound == "at least" else self.median <= self.goal
        return "reached" if better else "short of it"


def lines_of(
    rounds: Rounds, enqueued: Sequence[float], steps: Sequence[dict[str, float]]
) -> list[Line]:
    """The whole table. enqueued: articles/s of each round; steps: step → words/s of each round."""
    best = rounds.best(ALONE)
    rates = [
        Line(side, "articles/s", tuple(rounds.rates(side)))
        for side in (CEILING, *ALONE, *WITH_STEPS, NAIVE)
    ]
    processor = [
        Line(
            f"processor time: {side}",
            "ms/article",
            tuple(rounds.cpu_ms(side, "pool")),
            CPU_MS if side == best else None,
            "at most",
        )
        for side in (*ALONE, *WITH_STEPS)
    ]
    return [
        *rates,
        Line(f"{best} / {CEILING}", "×", rounds.ratios(best, CEILING), OF_CEILING),
        Line("the same by processor time", "×", rounds.cpu_ratios(best, CEILING)),
        Line(f"{best} / {NAIVE}", "×", rounds.ratios(best, NAIVE), OF_NAIVE),
        *processor,
        Line("enqueue, JSON Lines", "articles/s", tuple(enqueued), ENQUEUE),
        *(Line(f"step {name}", "words/s", tuple(one[name] for one in steps)) for name in steps[0]),
    ]
