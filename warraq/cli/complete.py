"""`warraq complete 'طراب'`: what a query that was begun may become."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from config.settings import load_settings
from warraq.cli.terminal import harmless, harmless_json
from warraq.search import Searcher
from warraq.search.completion import MOST_COMPLETIONS


def complete(
    beginning: Annotated[
        list[str], typer.Argument(metavar="BEGINNING…", help="What was typed so far.")
    ],
    *,
    size: Annotated[
        int, typer.Option(min=1, max=MOST_COMPLETIONS, help="Completions to show.")
    ] = MOST_COMPLETIONS,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Complete a query. Shows names and words of titles, with their kind and number of articles."""
    settings = load_settings()
    searcher = Searcher.connect(
        settings.elasticsearch_url,
        api_key=settings.elasticsearch_search_key,
        ca=settings.elasticsearch_ca,
        alias=settings.alias,
        timeout_seconds=settings.elasticsearch_timeout_seconds,
    )
    with searcher:
        found = searcher.complete(" ".join(beginning), size)
    if as_json:
        document = json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2)
        typer.echo(harmless_json(document))
    for one in () if as_json else found:
        typer.echo(f"{one.count:>6}  {one.kind:<12}  {harmless(one.text)}")
