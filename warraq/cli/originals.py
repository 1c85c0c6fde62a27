"""`warraq export` and `warraq import`: every article as it was sent, out of the index and back."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import Annotated

import typer

from config.settings import load_settings
from warraq.cli.opening import open_inbox
from warraq.cli.opening_index import administration
from warraq.cli.patience import Patience
from warraq.cli.progress import progress
from warraq.errors import WarraqError
from warraq.index.originals import Originals
from warraq.operations.importing import send
from warraq.operations.originals import export, reading
from warraq.sources.opening import Meter

_File = Annotated[
    str, typer.Argument(metavar="FILE", help="JSON Lines; .xz, .gz or .zst packs it. -: a pipe.")
]


def export_originals(file: _File) -> None:
    """Write every article of the index to a file as it was sent, withdrawn ones too.

    With versions and times of intake, so that `warraq import` brings all of it back. The index may
    be searched and written meanwhile. Needs the administrator's password.
    """
    settings = load_settings()
    with (
        administration(settings).connect() as client,
        closing(Originals(client, settings.alias)) as originals,
        progress("exported") as show,
    ):
        done = export(originals, settings.alias, file, show)
    typer.echo(f"{done.documents:,} articles are in {file}", err=True)
    for document_id in done.doubtful:
        typer.echo(f"not written by Warraq, may come back otherwise: {document_id}", err=True)
    if done.doubtful:
        raise typer.Exit(1)


def import_originals(file: _File) -> None:
    """Send every article of an export through the pipeline again, at its time of intake.

    What the index has already, at the same version or a newer one, stays as it is, so a file may be
    imported any number of times. Workers have to be running.
    """
    settings = load_settings()
    inbox = open_inbox(settings)
    sent = 0

    with progress("sent") as show:

        def report(number: int) -> None:
            nonlocal sent
            sent = number
            show(number, whole)

        try:
            with reading(file, Meter()) as articles:
                whole = articles.documents
                patience = Patience(
                    inbox, settings.inbox_articles, partial(typer.echo, err=True), waits=True
                )
                send(inbox, articles, patience, report)
        except WarraqError as error:
            raise WarraqError(
                f"{error} ({sent:,} articles were sent; to import all again does no harm)"
            ) from error
    typer.echo(f"{sent:,} articles are in the inbox: `warraq status` tells what becomes of them")
