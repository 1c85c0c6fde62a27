"""Measures the step `numbers` on the gold set: `python -m training.measure_numbers NEWS.jsonl.xz`.

A quantity is right if its span and its value are; its kind and unit are measured on those that are
right. The file is SaudiNewsNet's, of which the gold set marks articles by url.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from training.corpus import articles
from training.gold_news import analysed, figures, in_its_place, place_as_it_came, rows_by_article
from warraq.analysis.dates.finding import find_dates
from warraq.analysis.numbers.finding import find_quantities
from warraq.analysis.pipeline import Step
from warraq.document import Document

_STEPS = (Step("dates", find_dates), Step("numbers", find_quantities))
_AROUND = 30


class Place(NamedTuple):
    """[start, end) of a field of an article as it came, and the value that stands there."""

    field: str
    start: int
    end: int
    value: float


class Label(NamedTuple):
    kind: str
    unit: str


def gold(half: str) -> dict[str, dict[Place, Label]]:
    """Url → the numbers in its article, of all articles of `half` that readers marked."""
    return {
        url: {
            Place(row["field"], int(row["start"]), int(row["end"]), _value(row["value"])): Label(
                row["kind"], row["unit"]
            )
            for row in rows
        }
        for url, rows in rows_by_article(half, "articles-b", "numbers").items()
    }


def _value(written: str | float) -> float:
    """Rounded to four significant figures behind the first: a third is .3333 for both."""
    value = float(written)
    return value if value == 0 else round(value, 4 - math.floor(math.log10(abs(value))))


def found_in(document: Document) -> dict[Place, Label]:
    """The step's quantities at their places in the article as it came."""
    return {
        Place(*place_as_it_came(document, one), _value(one.value)): Label(
            one.kind, one.unit or one.of or "-"
        )
        for one in document.quantities
    }


def main(
    news: Annotated[Path, typer.Argument(help="JSON Lines with url, title and content.")],
    half: Annotated[str, typer.Option(help="dev or test.")] = "dev",
    show: Annotated[bool, typer.Option(help="Every mistake in its place.")] = False,  # noqa: FBT002
) -> None:
    """Precision, recall and F1 of span and value, and how many of the right ones have the kind and
    the unit."""
    wanted = gold(half)
    counts: Counter[str] = Counter()
    seen = 0
    for article in articles(news):
        marked = wanted.get(article["url"])
        if marked is None:
            continue
        seen += 1
        given = found_in(analysed(article, *_STEPS))
        counts["missed"] += len(marked.keys() - given.keys())
        counts["wrong"] += len(given.keys() - marked.keys())
        for place in marked.keys() & given.keys():
            counts["right"] += 1
            counts["kind"] += marked[place].kind == given[place].kind
            counts["unit"] += marked[place] == given[place]
        if show:
            for line in _mistakes(article, marked, given):
                typer.echo(line)
    right, wrong, missed = (counts[name] for name in ("right", "wrong", "missed"))
    typer.echo(f"{seen} of {len(wanted)} articles of the half {half}")
    told = figures(right=right, found=right + wrong, marked=right + missed)
    typer.echo(f"span and value  {told}")
    typer.echo(
        f"of those that are right: kind {counts['kind'] / max(1, right):.3f},"
        f" kind and unit {counts['unit'] / max(1, right):.3f}"
    )


def _mistakes(
    article: dict[str, str], marked: dict[Place, Label], given: dict[Place, Label]
) -> Iterator[str]:
    for place in sorted(marked.keys() | given.keys()):
        ours, theirs = given.get(place), marked.get(place)
        if ours == theirs:
            continue
        what = "missed" if ours is None else "wrong" if theirs is None else "label"
        shown = in_its_place(article, place.field, place.start, place.end, _AROUND)
        yield f"{what}\t{shown}\t{place.value:g}\tis {theirs}, said {ours}"


if __name__ == "__main__":
    typer.run(main)
