"""`warraq search 'طرابلس'` and `warraq similar ID`: articles, for people or as JSON."""

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
from warraq.analysis.encoder import load
from warraq.cli.terminal import harmless, harmless_json, isolated
from warraq.errors import WarraqError
from warraq.search import (
    FACETS,
    FIRST_PAGE,
    HALF_LIFE,
    BadQuery,
    Hit,
    Passage,
    Results,
    Searcher,
    Sort,
    as_articles,
    pieces,
)
from warraq.search.searcher import LARGEST_PAGE
from warraq.text.joins import JoinedWords
from warraq.text.tokens import Span

_MARKED, _TITLE, _ASIDE = "bold yellow", "bold", "dim"
_DAY = ["%Y-%m-%d"]
_LONGEST_FAULT = 100
_PARTIAL = "with some of the words only:"

_Size = Annotated[int, typer.Option(min=1, max=LARGEST_PAGE, help="Articles to show.")]
_Since = Annotated[
    datetime | None, typer.Option(formats=_DAY, metavar="YYYY-MM-DD", help="Published then…")
]
_Until = Annotated[
    datetime | None, typer.Option(formats=_DAY, metavar="YYYY-MM-DD", help="…or until then.")
]


def search(  # noqa: PLR0913 (options of a command)
    query: Annotated[
        list[str],
        typer.Argument(
            metavar="QUERY…",
            help="What to look for, in '…'; see above. Put -- before a leading minus.",
        ),
    ],
    *,
    size: _Size = 10,
    source: Annotated[str | None, typer.Option(help="Only articles of this source.")] = None,
    since: _Since = None,
    until: _Until = None,
    only: Annotated[
        list[str] | None,
        typer.Option(metavar="FACET=VALUE", help=f"Only such articles. Of {', '.join(FACETS)}."),
    ] = None,
    sort: Annotated[Sort, typer.Option(help="What comes first.")] = Sort.RELEVANCE,
    recent: Annotated[
        bool, typer.Option("--recent", help="Recent ones first, of those that fit equally well.")
    ] = False,
    fold: Annotated[bool, typer.Option("--fold", help="One for all copies of a story.")] = False,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count what the search can be narrowed by.")
    ] = False,
    page: Annotated[
        str | None,
        typer.Option(
            metavar="CURSOR", help=f'"{FIRST_PAGE}", or what led on from the page before.'
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Find articles. Shows title, source, date and the passages that matched, as published.

    Alef, hamza, vowel signs and digits need not be as the article has them, nor
    numbers: 20000 finds عشرين ألف. What can be typed:

    \b
    word word            most of the words are there
    "word word"          side by side; «…» and “…” do as well
    -word                not this; also -"…", -field:value
    word OR word         one of them; | and أو do as well
    word*                words that begin so
    =word                the very letters; also ="…"
    field:value          values of several words in "…"

    \b
    person organization place country speaker keyword title
    source author section tag lang
    date mentions        2018, 2018-01, 2018-01-08, 2018-01..2018-03, ..2018
    lemma root           lemma:كتاب finds كتبهم; root:كتب

    In more than a few words nothing has to be there but fields and =word.
    """
    text = " ".join(query)
    with _searcher() as searcher:
        try:
            results = searcher.search(
                text,
                size=size,
                page=page,
                source=source,
                only=_chosen(only or []),
                since=_day(since),
                until=_day(until),
                sort=sort,
                recency=HALF_LIFE if recent else None,
                facets=facets,
                fold_stories=fold,
            )
        except BadQuery as fault:
            raise WarraqError(_with_place(fault, text)) from None
    if as_json:
        typer.echo(_json({"query": text}, results))
    else:
        _show(results)


def similar(
    article: Annotated[
        str, typer.Argument(metavar="ID", help="The id of a hit, or --source's own.")
    ],
    *,
    size: _Size = 10,
    source: Annotated[str | None, typer.Option(help="ID is this source's own.")] = None,
    since: _Since = None,
    until: _Until = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Find articles like one that is given: one of each story, and none of its own."""
    given = article if source is None else (source, article)
    with _searcher() as searcher:
        results = searcher.similar(given, size=size, since=_day(since), until=_day(until))
    if as_json:
        typer.echo(_json({"article": article}, results))
    else:
        _show(results)


def _searcher() -> Searcher:
    settings = load_settings()
    return Searcher.connect(
        settings.elasticsearch_url,
        api_key=settings.elasticsearch_search_key,
        ca=settings.elasticsearch_ca,
        alias=settings.alias,
        timezone=settings.timezone,
        timeout_seconds=settings.elasticsearch_timeout_seconds,
        repair=as_articles(JoinedWords(settings.joins_confidence)),
        encoder=load(settings.encoder),
    )


def _chosen(only: list[str]) -> dict[str, list[str]]:
    """Values by facet. Raises BadQuery where one is not of the form FACET=VALUE."""
    chosen: dict[str, list[str]] = {}
    for choice in only:
        facet, equals, value = choice.partition("=")
        if not equals:
            raise BadQuery(f"--only {choice}: write FACET=VALUE, such as year=2018")
        chosen.setdefault(facet, []).append(value)
    return chosen


def _with_place(fault: BadQuery, typed: str) -> str:
    """The message and the piece of `typed` at fault: a caret would point at nothing in a line that
    a terminal lays out from the right."""
    if fault.span is None or fault.span.end - fault.span.start > _LONGEST_FAULT:
        return str(fault)
    return f"{fault}; in {isolated(harmless(typed[slice(*fault.span)]))}"


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _json(asked: dict[str, str], results: Results) -> str:
    document: dict[str, Any] = {**asked, **asdict(results)}
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
        stories = "" if results.stories is None else f" in {results.stories:,} stories"
        yield Text(f"{count} {articles}{stories}, {results.took_ms} ms", _ASIDE)
    else:
        yield Text("no article was found")
    for name in results.read_as:
        yield Text(
            f"{isolated(harmless(name.typed))} read as {isolated('، '.join(name.arabic))}", _ASIDE
        )
    if results.suggestion:
        yield Text("did you mean:")
        yield Text(harmless(results.suggestion), _TITLE)
    said = ""
    for number, hit in enumerate(results.hits, 1):
        yield Text()
        kind = "with a near spelling only:" if hit.near else _PARTIAL if hit.partial else ""
        if kind and kind != said:
            said = kind
            yield Text(kind, _ASIDE)
        yield from _hit(number, hit)
    for facet in results.facets:
        if facet.values:
            yield Text()
            yield Text(facet.name, _TITLE)
            counts = (f"{harmless(value.value)} {value.count:,}" for value in facet.values)
            yield Text(" · ".join(map(isolated, counts)))
    if results.next_page is not None:
        yield Text()
        yield Text(f"more with --page {results.next_page}", _ASIDE)


def _hit(number: int, hit: Hit) -> Iterator[Text]:
    title = hit.title if hit.title.strip() else "—"
    yield Text.assemble(f"{number}. ", _marked(pieces(title, hit.title_marks)), style=_TITLE)
    yield Text(" · ".join(map(isolated, _provenance(hit))), _ASIDE)
    if hit.copies:
        sources = ", ".join(isolated(harmless(source)) for source in hit.copy_sources)
        yield Text(f"{hit.copies:,} more of this story: {sources}", _ASIDE)
    for passage in hit.passages:
        yield _passage(passage)
        if passage.repaired is not None:
            yield Text("which reads, repaired:", _ASIDE)
            yield _marked(pieces(passage.repaired.text, passage.repaired.marks))


def _provenance(hit: Hit) -> Iterator[str]:
    yield harmless(hit.source)
    yield hit.published_at.strftime("%Y-%m-%d") if hit.published_at else "no date"
    yield harmless(hit.url or hit.article_id)
    if hit.by_meaning:
        yield "by its meaning alone"


def _passage(passage: Passage) -> Text:
    before, after = "… " if passage.cut_before else "", " …" if passage.cut_after else ""
    return Text.assemble(before, _marked(passage.pieces()), after)


def _marked(text: Iterable[tuple[str, bool]]) -> Text:
    return Text.assemble(
        *((harmless(piece), _MARKED if is_marked else "") for piece, is_marked in text)
    )
