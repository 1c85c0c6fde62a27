"""Measures the step `entities`: `python -m training.measure_entities NEWS.jsonl.xz`.

A name is right if its span and its type are; a place's country is measured on the places that are
right and whose country a reader could tell. The file is SaudiNewsNet's, of which the gold set marks
articles by url.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from training.corpus import articles
from training.gold_news import analysed, figures, in_its_place, place_as_it_came, rows_by_article
from warraq.analysis.entities.finding import find_entities
from warraq.analysis.pipeline import Step
from warraq.document import Document

_STEPS = (Step("entities", find_entities),)
_NOT_TOLD = "?"
_AROUND = 25


class Marked(NamedTuple):
    """A name in an article as it came: [start, end) of the field; country: as the gold set says."""

    field: str
    start: int
    end: int
    type: str
    country: str = ""


def gold(half: str) -> dict[str, list[Marked]]:
    """Url → the names in its article, of all articles of `half` that readers marked."""
    articles_of_half = "articles-c" if half == "check" else "articles-a"
    return {
        url: [
            Marked(row["field"], int(row["start"]), int(row["end"]), row["type"], row["country"])
            for row in rows
        ]
        for url, rows in rows_by_article(half, articles_of_half, "entities").items()
    }


def found_in(document: Document) -> list[Marked]:
    """The step's entities at their places in the article as it came."""
    return [
        Marked(*place_as_it_came(document, one), one.type, one.country or "-")
        for one in document.entities
    ]


def main(
    news: Annotated[Path, typer.Argument(help="JSON Lines with url, title and content.")],
    half: Annotated[str, typer.Option(help="dev, check or test.")] = "dev",
    show: Annotated[bool, typer.Option(help="Every mistake in its place.")] = False,  # noqa: FBT002
) -> None:
    """Precision, recall and F1 of strict spans with types, and the places' countries."""
    wanted = gold(half)
    counts: Counter[tuple[str, str]] = Counter()
    countries: Counter[bool] = Counter()
    seen = 0
    for record in articles(news):
        marked = wanted.get(record["url"])
        if marked is None:
            continue
        seen += 1
        said = found_in(analysed(record, *_STEPS))
        right = {one[:4] for one in marked}
        given = {one[:4] for one in said}
        for name in right | given:
            known = "right" if name in given else "missed"
            counts[name[3], known if name in right else "wrong"] += 1
        told = {one[:4]: one.country for one in said}
        for one in marked:
            if one.type == "place" and one[:4] in told and one.country != _NOT_TOLD:
                countries[told[one[:4]] == one.country] += 1
        if show:
            _show(record, marked, said)
    typer.echo(f"{seen} of {len(wanted)} articles of the half {half}")
    for type_ in ("place", "person", "organization"):
        typer.echo(f"{type_:13} {_figures(counts, type_)}")
    total = countries.total()
    typer.echo(f"country of the places that are right: {countries[True]} of {total}")


def _figures(counts: Counter[tuple[str, str]], type_: str) -> str:
    right, wrong, missed = (counts[type_, one] for one in ("right", "wrong", "missed"))
    return figures(right=right, found=right + wrong, marked=right + missed)


def _show(record: Mapping[str, str], marked: Sequence[Marked], said: Sequence[Marked]) -> None:
    right, given = {one[:4] for one in marked}, {one[:4] for one in said}
    told = {one[:4]: one.country for one in said}
    for name, ones in (("missed", right - given), ("wrong", given - right)):
        for field, start, end, type_ in sorted(ones):
            place = in_its_place(record, field, start, end, _AROUND)
            typer.echo(f"{name}\t{type_}\t{place}")
    for one in marked:
        if (
            one.type == "place"
            and one[:4] in told
            and one.country not in {_NOT_TOLD, told[one[:4]]}
        ):
            name = in_its_place(record, one.field, one.start, one.end, 0)
            typer.echo(f"country\t{name}\tis {one.country}, not {told[one[:4]]}")


if __name__ == "__main__":
    typer.run(main)
