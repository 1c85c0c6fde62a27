"""A batch on its way, its bounds, and the report on what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from warraq.inbox.stream import Entry
from warraq.index.writer import Action


@dataclass(frozen=True, slots=True)
class Bounds:
    """batch_articles, batch_bytes: of one batch. lease_seconds, article_seconds: see `Settings`.
    max_deliveries: an article that was in hand when its worker died so often is poison.
    slow_seconds: Elasticsearch is too slow for the batches if it takes longer for one."""

    batch_articles: int = 200
    batch_bytes: int = 2_000_000
    lease_seconds: float = 15
    max_deliveries: int = 3
    article_seconds: float | None = None
    slow_seconds: float = 10

    @property
    def lease_ms(self) -> int:
        return int(self.lease_seconds * 1000)


@dataclass(slots=True)
class Report:
    """What one run of a delivery did: outcome → number of articles; `unavailable` says why it
    stopped early, if a server was away."""

    outcomes: Counter[str] = field(default_factory=Counter)
    batches: int = 0
    unavailable: str | None = None

    def add(self, other: Report) -> None:
        self.outcomes += other.outcomes
        self.batches += other.batches
        self.unavailable = other.unavailable or self.unavailable


@dataclass(slots=True)
class Batch:
    """Entries whose documents are ready to be sent."""

    entries: list[Entry] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    identities: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0

    def join(self, other: Batch) -> None:
        self.entries += other.entries
        self.actions += other.actions
        self.identities += other.identities
        self.size += other.size

    def add(self, entry: Entry, ready: Action, identity: tuple[str, str]) -> None:
        self.entries.append(entry)
        self.actions.append(ready)
        self.identities.append(identity)
        self.size += ready.size
