"""`warraq setup` and `warraq index`: the administrator's commands on Elasticsearch."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import typer

from config.settings import Settings, load_settings
from warraq.analysis.encoder import load
from warraq.analysis.pipeline import Pipeline, steps
from warraq.cli.opening_index import administration, layout
from warraq.cli.progress import progress
from warraq.errors import WarraqError
from warraq.inbox.lines import RecurringLines
from warraq.inbox.stream import Inbox
from warraq.index.client import elasticsearch_errors
from warraq.index.documents import from_source, to_source
from warraq.index.equivalents import renew
from warraq.index.filling import Analyse
from warraq.index.lifecycle import Version, create, current, status
from warraq.index.reindex import reindex
from warraq.setup import Prepared, prepare

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The index: make it, look at it, make it anew."
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
    """Make Elasticsearch ready: index, alias, equivalents, keys, and Kibana's password if set.

    Needs the administrator's password. It may be repeated: what is there already is kept.
    """
    done = prepare_elasticsearch(load_settings(), keys_to)
    typer.echo(f"{done.index} is {'new' if done.created else 'there'}")
    if not done.secured:
        typer.echo("no keys: this Elasticsearch has its security off, so anyone may do anything")
    for name in done.new_keys:
        typer.echo(f"{keys_to / name} is new, all older keys of its kind are revoked")
    if done.equivalents is not None:
        typer.echo(f"searches know {done.equivalents}")


@app.command("create")
def create_index() -> None:
    """Make the index and its alias, if they are missing."""
    settings = load_settings()
    with administration(settings).connect() as client:
        name, created = create(client, layout(settings))
    typer.echo(f"{name} is {'new' if created else 'there'}, under the alias {settings.alias}")


@app.command("equivalents")
def renew_equivalents() -> None:
    """Let searches know the equivalents of config/elasticsearch/equivalents.txt as they are now.

    Takes about half a second, in which searches are told to try again. A line that is no rule is
    named, and nothing is changed then.
    """
    settings = load_settings()
    wanted = layout(settings)
    with administration(settings).connect() as client:
        with elasticsearch_errors():
            index = current(client, wanted)
        if index is None:
            raise WarraqError(f"there is no index {settings.alias} yet: `warraq index create`")
        change = renew(client, index, wanted.equivalents)
    if change is None:
        raise WarraqError(f"{index} has no place for equivalents: `warraq index reindex` makes one")
    typer.echo(f"searches of {settings.alias} know {change}")


@app.command("reindex")
def reindex_index(
    *,
    analyse: Annotated[
        bool,
        typer.Option("--analyse", help="Run all text and analysis steps again on the originals."),
    ] = False,
    restart: Annotated[
        bool, typer.Option("--restart", help="Do not go on with what an earlier run has left.")
    ] = False,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Delete the old version; else it is kept, read-only.")
    ] = False,
) -> None:
    """Fill a new version of the index while the old one serves, then move the alias to it.

    Needed after a change of fields or analyzers; articles may go on coming in. A run
    that was broken off changes nothing for those who search; calling it again goes on with it.
    """
    settings = load_settings()
    what = "analysed" if analyse else "copied"
    with administration(settings).connect() as client, progress(what) as show:
        done = reindex(
            client,
            layout(settings),
            analyse=analyse_again(settings) if analyse else None,
            restart=restart,
            drop_old=drop_old,
            report=show,
        )
    typer.echo(f"{settings.alias} leads to {done.new}: {done.copied:,} documents brought over")
    typer.echo(f"{done.old} is {'deleted' if drop_old else 'kept, closed to writes'}")
    for document_id in done.refused:
        typer.echo(f"kept as it was, for its text is refused now: {document_id}")


def analyse_again(settings: Settings) -> Analyse:
    """A `_source` → the one that the steps of today make of the same article.

    Lines that recur are those that workers have learned so far, also where they had not yet when
    the article came. An article keeps its story; one that had none is alone.
    """
    pipeline = Pipeline(
        steps(
            settings.joins_confidence,
            headings=settings.run_in_headings,
            encoder=load(settings.encoder),
        ),
        off=settings.steps_off,
    )
    lines = RecurringLines(Inbox.connect(settings.redis_login, ca=settings.redis_ca))
    recurring = cache(lines.known)

    def analyse(source: Mapping[str, Any]) -> dict[str, Any]:
        document = pipeline.begin(from_source(source))
        if document.recurrable is not None:
            document.recurring = recurring(document.article.source)
        pipeline.finish(document)
        if "story_id" in source:
            document.fields["story_id"] = source["story_id"]
        return to_source(document, indexed_at=datetime.now(UTC))

    return analyse


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
    serving = [version for version in versions if version.current]
    if not serving or serving[0].drift or serving[0].filling:
        raise typer.Exit(1)


def _show(versions: list[Version], alias: str) -> None:
    if not versions:
        typer.echo(f"there is no index {alias} yet: `warraq index create` makes it")
    for version in versions:
        state = "half filled, `warraq index reindex` goes on" if version.filling else "not used"
        withdrawn = f" and {version.tombstones:,} withdrawn" if version.tombstones else ""
        typer.echo(
            f"{version.name}: {alias if version.current else state}, "
            f"{version.articles:,} articles{withdrawn}, {version.size / 1e6:,.1f} MB"
        )
        if version.current and version.filling:
            typer.echo("  lacks the last writes to the old version: `warraq index reindex`")
        for words in version.drift if version.current else ():
            typer.echo(f"  differs from this version of Warraq: {words}")
