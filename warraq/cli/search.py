"""`warraq search 'طرابلس'`: articles with the passages that matched, for people or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.text import Text

from config.settings import load_settings
from warraq.cli.terminal import harmless, harmless_json, isolated
from warraq.search import Hit, Passage, Results, Searcher, as_articles, pieces
from warraq.search.searcher import LARGEST_PAGE
from warraq.text.joins import JoinedWords
from warraq.text.tokens import Span

_MARKED, _TITLE, _ASIDE = "bold yellow", "bold", "dim"
_DAY = ["%Y-%m-%d"]


def search(
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY…",
            help="Words, \"phrases\" and -exclusions, in '…'. Put -- before a leading minus.",
        ),
    ],
    *,
    size: Annotated[int, typer.Option(min=1, max=LARGEST_PAGE, help="Articles to show.")] = 10,
    source: Annotated[str | None, typer.Option(help="Only articles of this source.")] = None,
    since: Annotated[
        datetime | None, typer.Option(formats=_DAY, metavar="YYYY-MM-DD", help="Published then…")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=_DAY, metavar="YYYY-MM-DD", help="…or until then.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Find articles. Shows title, source, date and the passages that matched, as published.

    Most of the words must be in an article; "these side by side"; -not this. Alef, hamza, vowel
    signs, digits and the like need not be typed as the article has them.
    """
    text = " ".join(query)
    settings = load_settings()
    searcher = Searcher.connect(
        settings.elasticsearch_url,
        api_key=settings.elasticsearch_search_key,
        ca=settings.elasticsearch_ca,
        alias=settings.alias,
        timezone=settings.timezone,
        timeout_seconds=settings.elasticsearch_timeout_seconds,
        repair=as_articles(JoinedWords(settings.joins_confidence)),
    )
    with searcher:
        results = searcher.search(
            text, size=size, source=source, since=_day(since), until=_day(until)
        )
    if as_json:
        typer.echo(_json(text, results))
    else:
        _show(results)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _json(text: str, results: Results) -> str:
    document: dict[str, Any] = {"query": text, **asdict(results)}
    for hit in document["hits"]:
        hit["published_at"] = hit["published_at"] and hit["published_at"].isoformat()
    return harmless_json(json.dumps(document, ensure_ascii=False, indent=2))


def _show(results: Results) -> None:
    console = Console(highlight=False, markup=False, emoji=False)
    # Away from a terminal a program may read on: whole lines, and marks that are characters.
    is_plain = not console.is_terminal or console.is_dumb_terminal
    for line in _lines(results):
        if is_plain:
            console.print(_plain(line), soft_wrap=True)
        else:
            console.print(line)


def _plain(line: Text) -> str:
    """The line with its marks as asterisks, which look the same in both directions."""
    marked = [Span(span.start, span.end) for span in line.spans if span.style == _MARKED]
    return "".join(
        f"*{piece}*" if is_marked else piece for piece, is_marked in pieces(line.plain, marked)
    )


def _lines(results: Results) -> Iterator[Text]:
    count = f"{results.total:,}" if results.total_is_exact else f"more than {results.total:,}"
    if results.total:
        articles = "article" if results.total == 1 else "articles"
        yield Text(f"{count} {articles}, {results.took_ms} ms", _ASIDE)
    else:
        yield Text("no article was found")
    for name in results.read_as:
        yield Text(
            f"{isolated(harmless(name.typed))} read as {isolated('، '.join(name.arabic))}", _ASIDE
        )
    if results.suggestion:
        yield Text("did you mean:")
        yield Text(harmless(results.suggestion), _TITLE)
    near_said = False
    for number, hit in enumerate(results.hits, 1):
        yield Text()
        if hit.near and not near_said:
            near_said = True
            yield Text("with a near spelling only:", _ASIDE)
        yield from _hit(number, hit)


def _hit(number: int, hit: Hit) -> Iterator[Text]:
    title = hit.title if hit.title.strip() else "—"
    yield Text.assemble(f"{number}. ", _marked(pieces(title, hit.title_marks)), style=_TITLE)
    yield Text(" · ".join(map(isolated, _provenance(hit))), _ASIDE)
    for passage in hit.passages:
        yield _passage(passage)
        if passage.repaired is not None:
            yield Text("which reads, repaired:", _ASIDE)
            yield _marked(pieces(passage.repaired.text, passage.repaired.marks))


def _provenance(hit: Hit) -> Iterator[str]:
    yield harmless(hit.source)
    yield hit.published_at.strftime("%Y-%m-%d") if hit.published_at else "no date"
    yield harmless(hit.url or hit.article_id)


def _passage(passage: Passage) -> Text:
    before, after = "… " if passage.cut_before else "", " …" if passage.cut_after else ""
    return Text.assemble(before, _marked(passage.pieces()), after)


def _marked(text: Iterable[tuple[str, bool]]) -> Text:
    return Text.assemble(
        *((harmless(piece), _MARKED if is_marked else "") for piece, is_marked in text)
    )
