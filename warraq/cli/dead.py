"""`warraq dead`: what could not be indexed, why, and sending it again."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from config.settings import load_settings
from warraq.cli import letters as written
from warraq.cli.moments import milliseconds
from warraq.cli.opening import open_inbox
from warraq.cli.terminal import harmless, harmless_json
from warraq.errors import WarraqError
from warraq.inbox.dead_letters import ALL, DeadLetters, Which

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Dead letters: articles that could not be indexed.",
)

Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]...")]
Reason = Annotated[str | None, typer.Option("--reason", help="Only this reason.")]
Stage = Annotated[
    str | None,
    typer.Option("--stage", help="Only of this stage: parse, text, index, celery, delivery."),
]
Source = Annotated[str | None, typer.Option("--source", help="Only this source.")]
Since = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="Only what died since: 2018-01-08T14:30+02:00, 2h, 3d."),
]
Until = Annotated[str | None, typer.Option(metavar="TIME", help="Only what died until then.")]
Everything = Annotated[bool, typer.Option("--all", help="All of them.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document.")]


def _letters() -> DeadLetters:
    return DeadLetters(open_inbox(load_settings()))


@app.command("list")
def list_letters(
    *,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=0, help="Of those shown.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List dead letters, the oldest first, then count them by reason.

    With --json: counts by reason, stage and source, and the first letters without their payloads.
    """
    letters = _letters()
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("reason", "stage", "source")}
    again = total = 0
    shown: list[dict[str, Any]] = []
    for head in letters.heads(_which(letters, reason, stage, source, since, until)):
        total += 1
        again += head.replays > 0
        for name, counter in counts.items():
            counter[getattr(head, name)] += 1
        if total > limit:
            continue
        if as_json:
            shown.append(written.described(head))
        else:
            typer.echo(written.in_a_line(head))
    if as_json:
        by = {f"by_{name}": dict(counter.most_common()) for name, counter in counts.items()}
        _echo_json({"total": total, "died_again": again, **by, "letters": shown})
        return
    if not total:
        typer.echo("no dead letter was found")
    for name, number in counts["reason"].most_common():
        typer.echo(f"{number:>8,}  {harmless(name)}")
    if again:
        typer.echo(f"{again:>8,}  of these died again after a replay")


@app.command()
def show(identifier: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Show one dead letter whole, payload and all, as JSON."""
    _must_be_ids([identifier])
    letter = _letters().get(identifier)
    if letter is None:
        raise WarraqError(f"there is no dead letter {identifier}")
    payload = {"payload": letter.payload.decode("utf-8", "backslashreplace")}
    _echo_json(written.described(letter) | payload)


@app.command()
def replay(
    identifiers: Ids = None,
    *,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
) -> None:
    """Send dead letters through again: by id, by filters, or --all.

    What dies again meanwhile is not sent a second time; `warraq dead list` marks it.
    """
    letters = _letters()
    which = _which(letters, reason, stage, source, since, until)
    if _chosen_by_id(identifiers or [], which, everything=everything):
        sent = sum(letters.replay(one) is not None for one in identifiers or [])
        typer.echo(f"{sent:,} of {len(identifiers or []):,} sent again")
    else:
        typer.echo(f"{summed_up(letters.replay_all(which), 'sent again'):,} sent again")


@app.command()
def drop(
    identifiers: Ids = None,
    *,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    everything: Everything = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do it, where no ids are given.")] = False,
) -> None:
    """Delete dead letters for good: by id, or by filters or --all with --yes."""
    letters = _letters()
    which = _which(letters, reason, stage, source, since, until)
    if _chosen_by_id(identifiers or [], which, everything=everything):
        dropped = sum(letters.drop(one) for one in identifiers or [])
        typer.echo(f"{dropped:,} of {len(identifiers or []):,} dropped")
        return
    if not yes:
        number = sum(1 for _ in letters.heads(which))
        raise WarraqError(
            f"this would delete {number:,} dead letters for good: again with --yes "
            "(`warraq dead export` keeps them in a file)"
        )
    typer.echo(f"{summed_up(letters.drop_all(which), 'dropped'):,} dropped")


@app.command()
def export(
    file: Annotated[str, typer.Argument(metavar="[FILE]", help="- for standard output.")] = "-",
    *,
    reason: Reason = None,
    stage: Stage = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    payloads: Annotated[
        bool,
        typer.Option("--payloads", help="Only these, a line each, as `warraq enqueue` takes them."),
    ] = False,
) -> None:
    """Write dead letters as JSON Lines, the oldest first; they stay where they are.

    A payload that is no UTF-8 stands, byte for byte, under payload_base64 instead of payload.
    """
    letters = _letters()
    which = _which(letters, reason, stage, source, since, until)
    as_line = written.payload_line if payloads else written.as_line
    number = written.export(letters.letters(which), file, as_line)
    if file != "-":
        typer.echo(f"{number:,} dead letters in {file}")


def _which(
    letters: DeadLetters,
    reason: str | None,
    stage: str | None,
    source: str | None,
    since: str | None,
    until: str | None,
) -> Which:
    """The filter of the options. Raises WarraqError for a time that is none."""
    now = letters.now_ms() if since or until else 0
    return Which(
        reason,
        stage,
        source,
        since_ms=None if since is None else milliseconds(since, now),
        until_ms=None if until is None else milliseconds(until, now),
    )


def _chosen_by_id(identifiers: list[str], which: Which, *, everything: bool) -> bool:
    """Whether ids were given. Raises WarraqError where it is not clear what is meant."""
    _must_be_ids(identifiers)
    ways = bool(identifiers), which != ALL, everything
    if sum(ways) != 1:
        raise WarraqError(
            "say which: ids, or --reason, --stage, --source, --since, --until, or --all"
        )
    return bool(identifiers)


def summed_up(pages: Iterator[int], done: str) -> int:
    """The sum of `pages`; where Redis goes away amid them, the error says how far it got."""
    number = 0
    try:
        for page in pages:
            number += page
    except WarraqError as error:
        raise type(error)(f"{number:,} {done}, then: {error}") from error
    return number


def _must_be_ids(identifiers: list[str]) -> None:
    """All of them before anything is done to the first."""
    for identifier in identifiers:
        if not re.fullmatch(r"\d{1,20}-\d{1,20}", identifier, re.ASCII):
            raise WarraqError(f"{identifier!r} is no id of a dead letter: `warraq dead list`")


def _echo_json(described: dict[str, Any]) -> None:
    typer.echo(harmless_json(json.dumps(described, ensure_ascii=False, indent=2)))
