"""`warraq backup`: snapshots of the index, by Elasticsearch itself."""

from __future__ import annotations

from typing import Annotated

import typer

from config.settings import load_settings
from warraq.cli.opening_index import administration, layout
from warraq.cli.progress import progress
from warraq.index import snapshots

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help="Snapshots of the index. Articles as they were sent: `warraq export`.",
)

_Name = Annotated[str, typer.Argument(metavar="NAME", help="Of a snapshot: `warraq backup list`.")]


@app.command("create")
def create_snapshot() -> None:
    """Take a snapshot of the index; searches and writes go on."""
    settings = load_settings()
    with administration(settings).connect() as client, progress("bytes copied") as show:
        snapshot = snapshots.take(client, layout(settings), show)
    typer.echo(f"{snapshot.name} holds {snapshot.index}")


@app.command("list")
def list_snapshots() -> None:
    """List the snapshots there are, the oldest first."""
    settings = load_settings()
    with administration(settings).connect() as client:
        for one in snapshots.taken(client, layout(settings)):
            typer.echo(f"{one.name}  {one.state}  {one.index}  {one.started}")


@app.command("restore")
def restore_snapshot(
    name: _Name,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also if the index of today holds articles.")
    ] = False,
) -> None:
    """Bring a snapshot back as a new version of the index, and let the alias lead to it."""
    settings = load_settings()
    with administration(settings).connect() as client:
        done = snapshots.restore(client, layout(settings), name, replace=replace)
    typer.echo(f"{settings.alias} leads to {done.new}: {done.documents:,} documents are back")
    if done.old is not None:
        typer.echo(f"{done.old} is kept; what came since the snapshot is there alone")


@app.command("delete")
def delete_snapshot(name: _Name) -> None:
    """Delete a snapshot; what others need of it stays."""
    settings = load_settings()
    with administration(settings).connect() as client:
        snapshots.delete(client, layout(settings), name)
    typer.echo(f"{name} is deleted")
