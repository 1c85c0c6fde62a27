"""`warraq status` and `warraq where`: what is where, and who gets on."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console, RenderableType
from rich.text import Text

from config.settings import load_settings
from warraq.article import Contract, parse
from warraq.cli.opening import open_inbox
from warraq.cli.opening_index import open_index, open_lookup
from warraq.cli.stack import plain_failure, this_stack
from warraq.cli.standing_shown import shown
from warraq.errors import Rejected, WarraqError
from warraq.identity import canonical_url, document_id
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.retention import count_from
from warraq.inbox.stream import Inbox
from warraq.index.condition import IndexView
from warraq.operations.standing import Standing, standing

WATCH_EVERY = 2.0  # seconds
_PIPE_COLUMNS = 1_000


def status(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", "-w", help="Look again every two seconds, until Ctrl-C.")
    ] = False,
    accept: Annotated[
        bool,
        typer.Option("--accept", help="What the index holds now is right: count from here."),
    ] = False,
) -> None:
    """Say where all articles are, how fast they come and end, and who is at work."""
    settings = load_settings()
    inbox = open_inbox(settings)
    with open_index(settings) as index:
        if accept:
            condition = index.condition()
            count_from(inbox, condition.articles + condition.tombstones)
        if watch:
            _watch(inbox, index)
        found = standing(inbox, index)
    processes = _processes()
    if as_json:
        report = as_report(found) | {"processes": processes}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        console = Console()
        if not console.is_terminal:  # a pipe, a file, a mail: a line is to stay one
            console.width = _PIPE_COLUMNS
        console.print(shown(found, processes))


def _watch(inbox: Inbox, index: IndexView) -> NoReturn:
    console = Console()
    try:
        while True:
            try:
                look: RenderableType = shown(standing(inbox, index), _processes())
            except WarraqError as error:  # whoever watches wants to see it come back
                look = Text(str(error))
            console.clear()
            console.print(look)
            time.sleep(WATCH_EVERY)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None


def _processes() -> dict[str, bool]:
    """Servers and workers that `warraq up` has started here, and whether they live."""
    with plain_failure():
        return {one.name: one.alive for one in this_stack().processes()}


def as_report(found: Standing) -> dict[str, Any]:
    """What programs read; only ever added to."""
    index = found.index
    return {
        "inbox": {
            "waiting": found.waiting,
            "in_hand": found.in_hand,
            "oldest_seconds": round(found.oldest_seconds, 1),
            "seconds_to_go": found.seconds_to_go and round(found.seconds_to_go, 1),
            "paused": found.paused,
        },
        "rates": {
            "last_minute": found.lately and asdict(found.lately),
            "last_ten_minutes": found.longer and asdict(found.longer),
        },
        "ended": dict(found.ended),
        "dead_letters": {"now": sum(found.dead.values()), "by_reason": dict(found.dead)},
        "index": index if isinstance(index, str) else asdict(index),
        "workers": {
            name: {"seen": round(beat.seen, 1), "progress": beat.progress and round(beat.progress)}
            for name, beat in found.workers.items()
        },
        "versions": dict(found.versions),
        "adds_up": found.adds_up,
    }


def where(
    source: Annotated[str, typer.Argument(metavar="SOURCE")],
    article_id: Annotated[str, typer.Argument(metavar="ID", help="The source's id, or the URL.")],
) -> None:
    """Tell of one article whether it waits, is indexed (version, index) or dead (reason)."""
    settings = load_settings()
    inbox = open_inbox(settings)
    own_ids = {article_id}
    if article_id.startswith(("http://", "https://")):
        with suppress(ValueError):  # no address, but it may be an id
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
