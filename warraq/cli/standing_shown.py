"""How it stands, for people: a table, and the words below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group
from rich.table import Table
from rich.text import Text

from warraq.operations.standing import Standing


def shown(found: Standing, processes: Mapping[str, bool]) -> Group:
    table = Table(box=None, show_header=False, pad_edge=False)
    for row in (*_of_articles(found), *_of_index(found), *_of_workers(found, processes)):
        table.add_row(*(Text(cell) for cell in row))  # errors of servers hold brackets
    return Group(table, *(Text(line) for line in _last_lines(found)))


def _of_articles(found: Standing) -> Iterator[tuple[str, str, str]]:
    ended = found.ended
    left = found.waiting + found.in_hand
    oldest = f"the oldest came {_duration(found.oldest_seconds)} ago" if left else ""
    to_go = found.seconds_to_go
    yield "waiting", f"{found.waiting:,}", oldest
    yield (
        "in hand",
        f"{found.in_hand:,}",
        f"done in {_duration(to_go)} at this rate" if to_go else "",
    )
    taken = sum(ended[name] for name in ("created", "updated", "unchanged", "outdated", "dead"))
    pruned = f", {ended['pruned']:,} pruned since" if ended["pruned"] else ""
    yield "ended", f"{taken:,}", (
        f"of these {ended['created']:,} created, {ended['updated']:,} updated, "
        f"{ended['unchanged']:,} unchanged, {ended['outdated']:,} outdated, "
        f"{ended['dead']:,} dead{pruned}"
    )  # fmt: skip
    rates = [
        f"{rate.ended:,.1f} ended and {rate.come:,.1f} came in the last {_duration(rate.seconds)}"
        for rate in (found.lately, found.longer)
        if rate is not None
    ]
    rates = list(dict.fromkeys(rates)) or ["not known: beat and a worker take samples of it"]
    for title, words in zip(("a second", ""), rates, strict=False):
        yield title, "", words
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in found.dead.items())
    yield "dead letters", f"{sum(found.dead.values()):,}", reasons


def _of_index(found: Standing) -> Iterator[tuple[str, str, str]]:
    index, versions = found.index, found.versions
    if isinstance(index, str):
        yield "index", "?", index
    else:
        withdrawn = f"and {index.tombstones:,} withdrawn, " if index.tombstones else ""
        place = f"{index.name}, {index.health}, {index.size / 1e6:,.1f} MB"
        yield "in the index", f"{index.articles:,}", withdrawn + place
    known = (("Warraq", "warraq"), ("Elasticsearch", "elasticsearch"), ("Redis", "redis"))
    servers = ", ".join(f"{title} {versions[name] or '?'}" for title, name in known)
    schema, wanted = versions["index schema"], versions["schema"]
    if schema is None:
        fits = "whether the index has its schema is not known"
    else:
        fits = f"schema {wanted}" if schema == wanted else f"schema {wanted}, the index {schema}"
    yield "versions", "", f"{servers}; {fits}"


def _of_workers(found: Standing, processes: Mapping[str, bool]) -> Iterator[tuple[str, str, str]]:
    for name, beat in found.workers.items():
        done = "nothing done yet" if beat.progress is None else f"got on {beat.progress:.0f} s ago"
        yield name, "", f"seen {beat.seen:.0f} s ago, {done}"
    for name, alive in processes.items():
        if not alive:
            yield name, "", "has ended; `warraq up` brings it back, `warraq logs` says why"


def _last_lines(found: Standing) -> Iterator[str]:
    if found.paused:
        yield f"paused: {found.paused}"
    if found.adds_up is False:
        yield (
            "the index does not hold what was created: was it made anew, or was Redis? "
            "See docs/operations.md"
        )
    elif found.adds_up:
        yield "every article has ended, and the counts add up"


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    if seconds < 7_200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} days"
