"""`warraq metrics`: how it stands, for Prometheus."""

from __future__ import annotations

import typer

from config.settings import load_settings
from warraq.cli.opening import open_inbox
from warraq.cli.opening_index import open_index
from warraq.errors import WarraqError
from warraq.operations.metrics import openmetrics
from warraq.operations.standing import Standing, standing


def metrics() -> None:
    """Print how it stands as OpenMetrics text, for the textfile collector of node_exporter.

    Exit code 0 also where a server is away: `warraq_up` tells of it.
    """
    settings = load_settings()
    found: Standing | None = None
    try:
        with open_index(settings) as index:
            found = standing(open_inbox(settings), index)
    except WarraqError as error:
        typer.echo(f"warraq metrics: {error}", err=True)
    typer.echo(openmetrics(found), nl=False)
