"""`warraq dead`: what could not be indexed, why, and sending it again."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer

from config.settings import load_settings
from warraq.cli.opening import open_inbox
from warraq.errors import WarraqError
from warraq.inbox.dead_letters import DeadLetter, DeadLetters

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Dead letters: articles that could not be indexed.",
)

Reason = Annotated[str | None, typer.Option("--reason", help="Only this reason.")]
Source = Annotated[str | None, typer.Option("--source", help="Only this source.")]


def _letters() -> DeadLetters:
    return DeadLetters(open_inbox(load_settings()))


def _matches(letter: DeadLetter, reason: str | None, source: str | None) -> bool:
    return reason in (None, letter.reason) and source in (None, letter.source)


@app.command("list")
def list_letters(
    *,
    reason: Reason = None,
    source: Source = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1)] = 50,
) -> None:
    """List dead letters, the oldest first, then count them by reason."""
    counted: Counter[str] = Counter()
    for letter in _letters():
        if not _matches(letter, reason, source):
            continue
        counted[letter.reason] += 1
        if counted.total() <= limit:
            who = f"{letter.source} {letter.article_id}".strip() or "(unreadable)"
            typer.echo(f"{letter.id}  {letter.reason:<14} {_plain(who)}: {_plain(letter.detail)}")
    for name, number in counted.most_common():
        typer.echo(f"{number:>8,}  {name}")


@app.command()
def show(identifier: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Show one dead letter whole, payload and all, as JSON."""
    _must_be_ids([identifier])
    letter = _letters().get(identifier)
    if letter is None:
        raise WarraqError(f"there is no dead letter {identifier}")
    typer.echo(
        json.dumps(
            {
                "id": letter.id,
                "stage": letter.stage,
                "reason": letter.reason,
                "detail": letter.detail,
                "source": letter.source,
                "article_id": letter.article_id,
                "entry": letter.entry,
                "attempts": letter.attempts,
                "enqueued_at": _iso(letter.intake_ms),
                "died_at": _iso(letter.died_ms),
                "payload": letter.payload.decode("utf-8", "backslashreplace"),
            },
            ensure_ascii=False,
            indent=2,
        )
    )


@app.command()
def replay(
    identifiers: Annotated[list[str] | None, typer.Argument(metavar="[ID]...")] = None,
    *,
    reason: Reason = None,
    source: Source = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
) -> None:
    """Send dead letters through again: by id, or by --reason, --source or --all."""
    _must_be_ids(identifiers or [])
    letters = _letters()
    chosen = identifiers or []
    if not chosen and (reason or source or everything):
        # All ids first: one that dies again at once must not be met again.
        chosen = [letter.id for letter in letters if _matches(letter, reason, source)]
    elif not chosen:
        raise WarraqError("say which: ids, --reason, --source or --all")
    replayed = sum(letters.replay(identifier) is not None for identifier in chosen)
    typer.echo(f"{replayed:,} of {len(chosen):,} sent again")


@app.command()
def drop(identifiers: Annotated[list[str], typer.Argument(metavar="ID...")]) -> None:
    """Delete dead letters for good."""
    _must_be_ids(identifiers)
    letters = _letters()
    dropped = sum(letters.drop(identifier) for identifier in identifiers)
    typer.echo(f"{dropped:,} of {len(identifiers):,} dropped")


def _must_be_ids(identifiers: list[str]) -> None:
    """All of them before anything is done to the first."""
    for identifier in identifiers:
        if not re.fullmatch(r"\d{1,20}-\d{1,20}", identifier, re.ASCII):
            raise WarraqError(f"{identifier!r} is no id of a dead letter: `warraq dead list`")


def _plain(text: str) -> str:
    """Without control characters, which could steer the terminal."""
    return "".join(character if character.isprintable() else "·" for character in text)


def _iso(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds")
