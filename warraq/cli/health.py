"""`warraq health`: for container health checks, exit code 0 or 1. It looks at progress."""

from __future__ import annotations

from typing import Annotated

import typer

from config.celery import MAINTAIN_EVERY_SECONDS
from config.settings import load_settings
from warraq.cli.opening import open_inbox
from warraq.errors import WarraqError
from warraq.inbox.heartbeats import SILENT_SECONDS, STUCK_SECONDS, Heartbeat, Heartbeats

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="For container health checks: exit code 0 or 1.",
)


@app.command("worker")
def worker_health(name: Annotated[str, typer.Argument(help="Celery node name.")]) -> None:
    """Exit 0 if the worker is there and, while articles wait, gets on."""
    inbox = open_inbox(load_settings())
    beats = Heartbeats(inbox)
    beat = beats.all().get(name)
    _must_be_seen(name, beat, SILENT_SECONDS)
    counts = inbox.counts()
    stuck = beat is None or beat.progress is None or beat.progress > STUCK_SECONDS
    if counts.waiting and counts.oldest_seconds > STUCK_SECONDS and stuck and not beats.was_away():
        raise WarraqError(f"{name} has done nothing for {STUCK_SECONDS} s while articles wait")


@app.command("beat")
def beat_health() -> None:
    """Exit 0 if Celery beat has lately sent a task."""
    beat = Heartbeats(open_inbox(load_settings())).all().get("beat")
    _must_be_seen("beat", beat, MAINTAIN_EVERY_SECONDS * 3)


def _must_be_seen(name: str, beat: Heartbeat | None, within_seconds: float) -> None:
    if beat is None:
        raise WarraqError(f"{name} was never heard of")
    if beat.seen > within_seconds:
        raise WarraqError(f"{name} was last heard of {beat.seen:.0f} s ago")
