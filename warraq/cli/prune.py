"""`warraq prune`: delete what was kept long enough."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from config.settings import load_settings
from warraq.cli.opening import open_inbox
from warraq.cli.opening_index import administration, layout
from warraq.cli.progress import progress
from warraq.inbox.retention import count_dead_before, drop_dead_before, note_pruned
from warraq.inbox.stream import Inbox
from warraq.index import retention
from warraq.index.retention import Clock, Old

_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_LONGEST = timedelta(days=365 * 500)


def prune(
    *,
    older_than: Annotated[
        str | None, typer.Option(metavar="TIME", help="Articles: 365d, 52w or 36h.")
    ] = None,
    by: Annotated[
        Clock, typer.Option(help="Which time of an article counts; received: of this version.")
    ] = "received",
    tombstones: Annotated[
        str | None, typer.Option(metavar="TIME", help="Marks of withdrawn articles.")
    ] = None,
    dead: Annotated[str | None, typer.Option(metavar="TIME", help="Dead letters.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete; else only count.")] = False,
) -> None:
    """Delete for good what is older than TIME: articles, tombstones, dead letters.

    Without --yes it only says how many. Articles and tombstones need the administrator's password.
    A backup (`warraq export`) brings articles back, unless it was made later.
    """
    if older_than is tombstones is dead is None:
        raise typer.BadParameter("say what: --older-than, --tombstones or --dead")
    # All of them are understood before anything is deleted.
    articles = None if older_than is None else Old(_moment(older_than), by=by)
    withdrawn = None if tombstones is None else Old(_moment(tombstones), withdrawn=True)
    died_before = None if dead is None else _moment(dead)
    inbox = open_inbox(load_settings())
    if articles is not None:
        _prune_documents(inbox, "articles", articles, yes=yes)
    if withdrawn is not None:
        _prune_documents(inbox, "tombstones", withdrawn, yes=yes)
    if died_before is not None:
        _prune_dead(inbox, died_before, yes=yes)
    if not yes:
        typer.echo("nothing was deleted: --yes does it")


def _prune_documents(inbox: Inbox, what: str, old: Old, *, yes: bool) -> None:
    settings = load_settings()
    with administration(settings).connect() as client:
        wanted = layout(settings)
        number = retention.count(client, wanted, old)
        if yes:
            whole, number, noted = number, 0, 0
            with progress(f"{what} deleted") as show:

                def report(deleted: int) -> None:
                    nonlocal noted
                    # At once, so that counts add up if this is broken off.
                    note_pruned(inbox, deleted - noted)
                    noted = deleted
                    show(deleted, whole)

                number = retention.prune(client, wanted, old, report)
    typer.echo(f"{number:,} {what} {old.by} before {_day(old.before)}{' deleted' if yes else ''}")


def _prune_dead(inbox: Inbox, before: datetime, *, yes: bool) -> None:
    milliseconds = int(before.timestamp() * 1000)
    number = (drop_dead_before if yes else count_dead_before)(inbox, milliseconds)
    typer.echo(f"{number:,} dead letters from before {_day(before)}{' deleted' if yes else ''}")


def _moment(age: str) -> datetime:
    """The moment so long ago. Raises typer.BadParameter."""
    match = re.fullmatch(r"(\d{1,6})([hdw])", age.strip(), re.ASCII)
    length = int(match[1]) * _UNITS[match[2]] if match else timedelta()
    if not timedelta() < length < _LONGEST:
        raise typer.BadParameter(f"{age!r} is no time: 365d (days), 52w (weeks) or 36h (hours)")
    return datetime.now(UTC) - length


def _day(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
