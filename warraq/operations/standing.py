"""How it stands: where all articles are, how fast they come and go, who is at work, on what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TypeVar

from warraq.errors import WarraqError
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.heartbeats import Heartbeat, Heartbeats
from warraq.inbox.rates import Rate, Rates
from warraq.inbox.server import redis_server
from warraq.inbox.stream import Inbox
from warraq.index.condition import IndexCondition, IndexView

_Value = TypeVar("_Value")
ENDS = ("created", "updated", "unchanged", "outdated", "dead", "replayed", "pruned")
LAST_MINUTE, LAST_MINUTES = 60, 600  # seconds


@dataclass(frozen=True, slots=True)
class Standing:
    """All that `warraq status` and `warraq metrics` tell.

    waiting: articles that no worker has touched; in_hand: with a worker, or given back by one;
    oldest_seconds: age of the oldest that has not ended. ended: outcome → number since the counts
    began. lately, longer: rates of the last minute and the last ten; None where nobody took
    samples. dead: reason → dead letters. index: what is wrong, in words, where one could not
    look; index_answers: Elasticsearch does, whatever is wrong with the index. versions: of Warraq,
    Redis, Elasticsearch, and the schema digests of the index ("index schema") and of this Warraq
    ("schema"). moved: articles came or ended while the index was looked at, so that the two do not
    tell of the same moment.
    """

    waiting: int
    in_hand: int
    oldest_seconds: float
    paused: str | None
    ended: Mapping[str, int]
    lately: Rate | None
    longer: Rate | None
    dead: Mapping[str, int]
    index: IndexCondition | str
    index_answers: bool
    workers: Mapping[str, Heartbeat]
    versions: Mapping[str, str | None]
    moved: bool

    @property
    def adds_up(self) -> bool | None:
        """Whether the index holds what was created; None while that cannot be told.

        A server that dies between writing and answering makes an article "unchanged" at the next
        try although it was created, or "outdated" if a newer version came meanwhile: so many more
        may be there.
        """
        if isinstance(self.index, str) or self.waiting or self.in_hand or self.moved:
            return None
        created = self.ended["created"] - self.ended["pruned"]
        there = self.index.articles + self.index.tombstones
        return created <= there <= created + self.ended["unchanged"] + self.ended["outdated"]

    @property
    def seconds_to_go(self) -> float | None:
        """How long what is left takes at the rate of the last minute; None if it does not end."""
        left = self.waiting + self.in_hand
        if not left:
            return 0.0
        faster = self.lately.ended - self.lately.come if self.lately is not None else 0.0
        return left / faster if faster > 0 else None


def standing(inbox: Inbox, index: IndexView) -> Standing:
    """Looks at Redis and Elasticsearch; what is wrong with the latter is in `index`.

    Raises:
        Unavailable, WarraqError: Redis does not answer or refuses.
    """
    counts = inbox.counts()
    beats, rates = Heartbeats(inbox), Rates(inbox)
    condition = _or_words(index.condition)
    answers = not isinstance(condition, str) or index.answers()
    since = inbox.counts()
    return Standing(
        waiting=counts.waiting + counts.listed,
        in_hand=counts.in_hand,
        oldest_seconds=counts.oldest_seconds,
        paused=beats.paused(),
        ended={name: counts.ended.get(name, 0) for name in ENDS},
        lately=rates.over(LAST_MINUTE),
        longer=rates.over(LAST_MINUTES),
        dead=dict(DeadLetters(inbox).by_reason().most_common()),
        index=condition,
        index_answers=answers,
        workers=beats.all(),
        versions={
            "warraq": version("warraq"),
            "redis": redis_server(inbox).version,
            "elasticsearch": _or_none(index.server_version) if answers else None,
            "schema": index.wanted_schema,
            "index schema": _or_none(index.schema) if answers else None,
        },
        moved=since.ended != counts.ended or since.left != 0,
    )


def _or_words(look: Callable[[], _Value]) -> _Value | str:
    try:
        return look()
    except WarraqError as error:
        return str(error)


def _or_none(look: Callable[[], _Value]) -> _Value | None:
    try:
        return look()
    except WarraqError:
        return None
