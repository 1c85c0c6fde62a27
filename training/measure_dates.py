"""Measures the step `dates` on the gold set: `python -m training.measure_dates NEWS.jsonl.xz`.

A date is right if its span and its days are; one that nobody can tell the days of (`?`) is right if
the step leaves them open. The file is SaudiNewsNet's, of which the gold set marks articles by url.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from training.corpus import articles
from training.gold_news import analysed, figures, in_its_place, place_as_it_came, rows_by_article
from warraq.analysis.dates.finding import find_dates
from warraq.analysis.entities.finding import find_entities
from warraq.analysis.pipeline import Step
from warraq.document import Document

_STEPS = (Step("entities", find_entities), Step("dates", find_dates))
_AROUND = 40


class Marked(NamedTuple):
    """A date in an article as it came: [start, end) of the field; value: first/last day or ?."""

    field: str
    start: int
    end: int
    value: str
    kind: str


def gold(half: str) -> dict[str, list[Marked]]:
    """Url → the dates in its article, of all articles of `half` that readers marked."""
    return {
        url: [
            Marked(row["field"], int(row["start"]), int(row["end"]), row["value"], row["kind"])
            for row in rows
        ]
        for url, rows in rows_by_article(half, "articles-b", "dates").items()
    }


def found_in(document: Document) -> list[Marked]:
    """The step's dates at their places in the article as it came."""
    return [
        Marked(
            *place_as_it_came(document, one),
            f"{one.first}/{one.last}" if one.first else "?",
            one.kind,
        )
        for one in document.dates
    ]


def main(
    news: Annotated[Path, typer.Argument(help="JSON Lines with url, title and content.")],
    half: Annotated[str, typer.Option(help="dev or test.")] = "dev",
    show: Annotated[bool, typer.Option(help="Every mistake in its place.")] = False,  # noqa: FBT002
) -> None:
    """Precision, recall and F1 of spans with values, and of spans alone, by kind."""
    wanted = gold(half)
    values: Counter[tuple[str, str]] = Counter()
    spans: Counter[tuple[str, str]] = Counter()
    seen = 0
    for record in articles(news):
        marked = wanted.get(record["url"])
        if marked is None:
            continue
        seen += 1
        said = found_in(analysed(record, *_STEPS))
        _count(values, {one[:4]: one.kind for one in marked}, {one[:4]: one.kind for one in said})
        _count(spans, {one[:3]: one.kind for one in marked}, {one[:3]: one.kind for one in said})
        if show:
            _show(record, marked, said)
    typer.echo(f"{seen} of {len(wanted)} articles of the half {half}")
    for name, counts in (("span and value", values), ("span", spans)):
        for kind in ("absolute", "relative"):
            typer.echo(f"{name:15} {kind:9} {_figures(counts, kind)}")


def _count(
    counts: Counter[tuple[str, str]],
    right: Mapping[tuple[object, ...], str],
    given: Mapping[tuple[object, ...], str],
) -> None:
    """A date that is right counts for the kind that the readers gave it."""
    for place, kind in right.items():
        counts[kind, "right" if place in given else "missed"] += 1
    for place, kind in given.items():
        if place not in right:
            counts[kind, "wrong"] += 1


def _figures(counts: Counter[tuple[str, str]], kind: str) -> str:
    right, wrong, missed = (counts[kind, one] for one in ("right", "wrong", "missed"))
    return figures(right=right, found=right + wrong, marked=right + missed)


def _show(record: Mapping[str, str], marked: Sequence[Marked], said: Sequence[Marked]) -> None:
    right, given = {one[:4] for one in marked}, {one[:4] for one in said}
    for name, ones in (("missed", right - given), ("wrong", given - right)):
        for field, start, end, value in sorted(ones):
            place = in_its_place(record, field, start, end, _AROUND)
            typer.echo(f"{name}\t{record['date_extracted'][:10]}\t{value}\t{place}")


if __name__ == "__main__":
    typer.run(main)
