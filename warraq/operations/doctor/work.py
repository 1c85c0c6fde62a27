"""Whether articles get on: workers, leases, dead letters, counts."""

from __future__ import annotations

from collections.abc import Iterator

from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.heartbeats import SILENT_SECONDS, STUCK_SECONDS, Heartbeats
from warraq.inbox.server import abandoned
from warraq.operations.doctor.findings import Finding, Group, Site, error, note, warning
from warraq.operations.standing import standing

_BEAT = "beat"
_MISSED_BEATS = 3
_LATE_SECONDS = 600
_OLD_LETTER_DAYS = 7


def paused(site: Site) -> Iterator[Finding]:
    if (why := Heartbeats(site.inbox).paused()) is not None:
        yield warning(f"workers wait: {why}", "mend that; they go on by themselves")


def beat(site: Site) -> Iterator[Finding]:
    found = Heartbeats(site.inbox).all().get(_BEAT)
    if found is None or found.seen > _MISSED_BEATS * site.maintain_seconds:
        last = "was never heard of" if found is None else f"is silent for {found.seen:.0f} s"
        yield warning(
            f"Celery beat {last}: nobody tidies up or samples rates",
            "start exactly one: `warraq up`, or `celery -A workers.app beat`",
        )


def workers(site: Site) -> Iterator[Finding]:
    beats = Heartbeats(site.inbox).all()
    alive = {
        name: one for name, one in beats.items() if name != _BEAT and one.seen <= SILENT_SECONDS
    }
    counts = site.inbox.counts()
    waiting = counts.waiting + counts.listed
    start = "start some: `warraq up`, or `celery -A workers.app worker`"
    if not alive and waiting:
        yield error(f"no worker is there, and {waiting:,} articles wait", start)
    elif not alive:
        yield warning("no worker is there", start)
    for name, one in beats.items():
        if name != _BEAT and name not in alive:
            yield note(
                f"{name} was last heard of {one.seen:.0f} s ago",
                "if it was not stopped: `warraq logs`; after an hour it is forgotten",
            )
    held_up = Heartbeats(site.inbox).was_away()  # told by `paused`, and no fault of theirs
    if counts.waiting and counts.oldest_seconds > STUCK_SECONDS and not held_up:
        for name, one in alive.items():
            if one.progress is None or one.progress > STUCK_SECONDS:
                yield error(
                    f"{name} has done nothing for {STUCK_SECONDS} s while articles wait",
                    f"`warraq logs {name.partition('@')[0]}`, then restart it: nothing is lost",
                )


def keeping_up(site: Site) -> Iterator[Finding]:
    counts = site.inbox.counts()
    if counts.waiting and counts.oldest_seconds > _LATE_SECONDS:
        yield warning(
            f"the oldest of {counts.waiting:,} articles waits for {counts.oldest_seconds:.0f} s",
            "more workers, or a larger Elasticsearch: docs/operations.md, scaling",
        )


def leases(site: Site) -> Iterator[Finding]:
    idle = max(60.0, 4 * site.lease_seconds)
    number = abandoned(site.inbox, idle)
    if number:
        yield warning(
            f"{number:,} articles were given to a worker that is gone or gave them back, and "
            f"nobody has taken them for {idle:.0f} s",
            "any worker that runs takes them: is one there, and is it paused?",
        )


def dead_letters(site: Site) -> Iterator[Finding]:
    letters = DeadLetters(site.inbox)
    oldest = next(iter(letters), None)
    if oldest is None:
        return
    by_reason = letters.by_reason()
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in by_reason.most_common())
    days = (site.clock() - oldest.died_ms / 1000) / 86_400
    todo = "`warraq dead list`, then replay or drop them"
    if days > _OLD_LETTER_DAYS:
        yield warning(f"dead letters lie there for {days:.0f} days: {reasons}", todo)
    else:
        yield note(f"there are dead letters: {reasons}", todo)


def counts(site: Site) -> Iterator[Finding]:
    if standing(site.inbox, site.index).adds_up is False:
        yield warning(
            "the index does not hold what was created: it was made anew or changed by hand, or "
            "Redis lost its data",
            "send what is missing again (`warraq import`), then `warraq status --accept`",
        )


GROUP = Group(
    "work",
    None,
    (paused, beat, workers, keeping_up, leases, dead_letters, counts),
    needs="redis",
)
