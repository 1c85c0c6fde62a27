"""`warraq setup` and `warraq index`: the administrator's commands on Elasticsearch."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from config.settings import Settings, load_settings
from warraq.index.client import Administration
from warraq.index.lifecycle import Layout, Version, create, status
from warraq.setup import Prepared, prepare

app = typer.Typer(no_args_is_help=True, help="The index: make it, look at it, make it anew.")


def layout(settings: Settings) -> Layout:
    """How the index is to be made, with the curated equivalents of config/elasticsearch."""
    equivalents = (files("config") / "elasticsearch" / "equivalents.txt").read_text("utf-8")
    return Layout(
        alias=settings.alias,
        shards=settings.index_shards,
        replicas=settings.index_replicas,
        refresh_seconds=settings.index_refresh_seconds,
        equivalents=tuple(equivalents.splitlines()),
    )


def administration(settings: Settings) -> Administration:
    """Elasticsearch as the administrator reaches it."""
    return Administration(
        url=settings.elasticsearch_url,
        password=settings.elasticsearch_admin_password,
        ca=settings.elasticsearch_ca,
        timeout_seconds=settings.elasticsearch_timeout_seconds,
    )


def prepare_elasticsearch(settings: Settings, keys_folder: Path) -> Prepared:
    """`warraq.setup.prepare` with what the settings say."""
    return prepare(
        administration(settings),
        layout(settings),
        keys_folder,
        kibana_password=settings.kibana_password,
    )


def setup(
    *,
    keys_to: Annotated[
        Path,
        typer.Option("--keys-to", metavar="FOLDER", help="Where worker.key and search.key go."),
    ],
) -> None:
    """Make Elasticsearch ready: index and alias, keys, and Kibana's password if it is set.

    Needs the administrator's password. It may be repeated: what is there already is kept.
    """
    done = prepare_elasticsearch(load_settings(), keys_to)
    typer.echo(f"{done.index} is {'new' if done.created else 'there'}")
    if not done.secured:
        typer.echo("no keys: this Elasticsearch has its security off, so anyone may do anything")
    for name in done.new_keys:
        typer.echo(f"{keys_to / name} is new, all older keys of its kind are revoked")


@app.command("create")
def create_index() -> None:
    """Make the index and its alias, if they are missing."""
    settings = load_settings()
    with administration(settings).connect() as client:
        name, created = create(client, layout(settings))
    typer.echo(f"{name} is {'new' if created else 'there'}, under the alias {settings.alias}")


@app.command("status")
def index_status(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False
) -> None:
    """Show all versions of the index, and whether they fit this version of Warraq.

    Exit code 1 where there is no index, or the current one does not fit.
    """
    settings = load_settings()
    with administration(settings).connect() as client:
        versions = status(client, layout(settings))
    if as_json:
        report = {"alias": settings.alias, "versions": [asdict(version) for version in versions]}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show(versions, settings.alias)
    if any(version.drift for version in versions if version.current) or not versions:
        raise typer.Exit(1)


def _show(versions: list[Version], alias: str) -> None:
    if not versions:
        typer.echo(f"there is no index {alias} yet: `warraq index create` makes it")
    for version in versions:
        state = "half filled: reindex goes on with it" if version.filling else "not used"
        withdrawn = f" and {version.tombstones:,} withdrawn" if version.tombstones else ""
        typer.echo(
            f"{version.name}: {alias if version.current else state}, "
            f"{version.articles:,} articles{withdrawn}, {version.size / 1e6:,.1f} MB"
        )
        for words in version.drift if version.current else ():
            typer.echo(f"  differs from this version of Warraq: {words}")
