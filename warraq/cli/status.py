"""`warraq status` and `warraq where`: what is where, and who gets on."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from config.settings import Settings, load_settings
from warraq.article import Contract, parse
from warraq.cli.opening import open_inbox
from warraq.cli.stack import this_stack
from warraq.errors import Rejected, WarraqError
from warraq.identity import canonical_url, document_id
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.heartbeats import Heartbeats
from warraq.index.lookup import IndexCounts, Lookup


def open_lookup(settings: Settings) -> Lookup:
    return Lookup.connect(
        settings.elasticsearch_url,
        api_key=settings.elasticsearch_search_key,
        ca=settings.elasticsearch_ca,
        alias=settings.alias,
    )


def status(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False
) -> None:
    """Say where all articles are, whether the counts add up, and who is at work."""
    settings = load_settings()
    inbox = open_inbox(settings)
    counts = inbox.counts()
    ended = counts.ended
    beats = Heartbeats(inbox)
    index = _index_counts(settings)
    report: dict[str, Any] = {
        "inbox": {
            "waiting": counts.waiting + counts.listed,
            "in_hand": counts.in_hand,
            "oldest_seconds": round(counts.oldest_seconds, 1),
            "paused": beats.paused(),
        },
        "ended": {
            "created": ended.get("created", 0),
            "updated": ended.get("updated", 0),
            "unchanged": ended.get("unchanged", 0),
            "outdated": ended.get("outdated", 0),
            "dead": ended.get("dead", 0),
            "replayed": ended.get("replayed", 0),
        },
        "dead_letters": {
            "now": counts.dead,
            "by_reason": dict(DeadLetters(inbox).by_reason().most_common()),
        },
        "index": index
        if isinstance(index, str)
        else {"articles": index.articles, "tombstones": index.tombstones},
        "workers": {
            name: {"seen": round(beat.seen, 1), "progress": beat.progress and round(beat.progress)}
            for name, beat in beats.all().items()
        },
        "processes": {one.name: one.alive for one in this_stack().processes()},
    }
    report["adds_up"] = _adds_up(report, index)
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show(report)


def _adds_up(report: dict[str, Any], index: IndexCounts | str) -> bool | None:
    """Whether the index holds what was created; None while that cannot be told.

    A server that dies between writing and answering makes an article "unchanged" at the next try
    although it was created, or "outdated" if a newer version came meanwhile: so many more may be
    there.
    """
    if isinstance(index, str) or report["inbox"]["waiting"] or report["inbox"]["in_hand"]:
        return None
    ended = report["ended"]
    most = ended["created"] + ended["unchanged"] + ended["outdated"]
    return bool(ended["created"] <= index.articles + index.tombstones <= most)


def _index_counts(settings: Settings) -> IndexCounts | str:
    try:
        return open_lookup(settings).counts()
    except WarraqError as error:
        return str(error)


def _show(report: dict[str, Any]) -> None:
    console = Console(highlight=False, markup=False)  # errors of servers hold brackets
    table = Table(box=None, show_header=False, pad_edge=False)
    inbox, ended, dead = report["inbox"], report["ended"], report["dead_letters"]
    taken = sum(ended[name] for name in ("created", "updated", "unchanged", "outdated", "dead"))
    table.add_row("waiting", f"{inbox['waiting']:,}")
    table.add_row("in hand", f"{inbox['in_hand']:,}")
    table.add_row("ended", f"{taken:,}", f"of these {ended['created']:,} created, "
                  f"{ended['updated']:,} updated, {ended['unchanged']:,} unchanged, "
                  f"{ended['outdated']:,} outdated, {ended['dead']:,} dead")  # fmt: skip
    reasons = ", ".join(f"{number:,} {reason}" for reason, number in dead["by_reason"].items())
    table.add_row("dead letters", f"{dead['now']:,}", reasons)
    index = report["index"]
    if isinstance(index, str):
        table.add_row("index", "?", index)
    else:
        withdrawn = f"and {index['tombstones']:,} withdrawn" if index["tombstones"] else ""
        table.add_row("in the index", f"{index['articles']:,}", withdrawn)
    for name, worker in report["workers"].items():
        progress = worker["progress"]
        done = "nothing done yet" if progress is None else f"got on {progress} s ago"
        table.add_row(name, "", f"seen {worker['seen']:.0f} s ago, {done}")
    for name, alive in report["processes"].items():
        if not alive:
            table.add_row(name, "", "has ended; `warraq up` brings it back, `warraq logs` says why")
    console.print(table)
    if inbox["paused"]:
        console.print(f"paused: {inbox['paused']}")
    if report["adds_up"] is False:
        console.print(
            "the index does not hold what was created: was it made anew, or was Redis? "
            "See docs/operations.md"
        )
    elif report["adds_up"]:
        console.print("every article has ended, and the counts add up")


def where(
    source: Annotated[str, typer.Argument(metavar="SOURCE")],
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The source's id, or the URL.")],
) -> None:
    """Tell of one article whether it waits, is indexed (version, index) or dead (reason)."""
    settings = load_settings()
    inbox = open_inbox(settings)
    own_ids = {article_id}
    if article_id.startswith(("http://", "https://")):
        own_ids.add(canonical_url(article_id))
    found = False
    for place, payload in inbox.waiting_payloads():
        if _is_one_of(payload, source, own_ids):
            typer.echo(f"waiting: {place}")
            found = True
    for letter in DeadLetters(inbox):
        if letter.source == source and letter.article_id in own_ids:
            typer.echo(f"dead: {letter.reason}: {letter.detail} (warraq dead show {letter.id})")
            found = True
    # Last, so that an Elasticsearch that is away hides nothing of the rest.
    lookup = open_lookup(settings)
    for own_id in own_ids:
        for hit in lookup.find(document_id(source, own_id)):
            withdrawn = ", withdrawn" if hit.deleted else ""
            typer.echo(
                f"indexed: version {hit.version} in {hit.index}{withdrawn} ({hit.indexed_at})"
            )
            found = True
    if not found:
        typer.echo("unknown: no such article waits, is indexed or is a dead letter")
        raise typer.Exit(1)


def _is_one_of(payload: bytes, source: str, own_ids: set[str]) -> bool:
    try:
        article = parse(payload, Contract(payload_bytes=10**9, body_characters=10**9)).article
    except Rejected:
        return False
    return article.source == source and article.own_id in own_ids
