"""One measurement of one side in one round, and what many of them say."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measured:
    """side: what was measured. seconds: from the first article until all were visible.
    cpu_ms: part → milliseconds of processor time (user and system) an article."""

    side: str
    articles: int
    seconds: float
    cpu_ms: Mapping[str, float]

    @classmethod
    def of(
        cls, side: str, articles: int, seconds: float, cpu_seconds: Mapping[str, float]
    ) -> Measured:
        spent = {part: total * 1000 / articles for part, total in cpu_seconds.items()}
        return cls(side, articles, seconds, spent)

    @property
    def rate(self) -> float:
        """Articles a second."""
        return self.articles / self.seconds


@dataclass(slots=True)
class Rounds:
    """All measurements; those of one side stand in the order of the rounds."""

    all: list[Measured] = field(default_factory=list)

    def of(self, side: str) -> list[Measured]:
        return [one for one in self.all if one.side == side]

    def rates(self, side: str) -> tuple[float, ...]:
        return tuple(one.rate for one in self.of(side))

    def cpu_ms(self, side: str, part: str) -> tuple[float, ...]:
        return tuple(one.cpu_ms[part] for one in self.of(side))

    def ratios(self, side: str, other: str) -> tuple[float, ...]:
        """Rate over rate, each within one round, so that both met the same weather."""
        both = zip(self.rates(side), self.rates(other), strict=True)
        return tuple(mine / theirs for mine, theirs in both)

    def cpu_ratios(self, side: str, other: str) -> tuple[float, ...]:
        """What the rates' ratio would be if both kept every processor busy and nobody else did:
        the other's processor time over this one's, of all processes together."""
        both = zip(self.of(side), self.of(other), strict=True)
        return tuple(
            sum(theirs.cpu_ms.values()) / sum(mine.cpu_ms.values()) for mine, theirs in both
        )

    def best(self, sides: Iterable[str]) -> str:
        """The side of the highest median rate."""
        return max(sides, key=lambda side: statistics.median(self.rates(side)))
