"""Measures the step `numbers` on the gold set: `python -m training.measure_numbers NEWS.jsonl.xz`.

A quantity is right if its span and its value are; its kind and unit are measured on those that are
right. The file is SaudiNewsNet's, of which the gold set marks articles by url.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from training.corpus import articles
from warraq.analysis.dates.finding import find_dates
from warraq.analysis.numbers.finding import find_quantities
from warraq.analysis.pipeline import Step, part, text_steps
from warraq.article import Article, Received
from warraq.document import Document

GOLD = Path(__file__).parent / "gold"
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


def gold(half: str, folder: Path = GOLD) -> dict[str, dict[Place, Label]]:
    """Url → the numbers in its article, of all articles of `half` that readers marked."""
    found: dict[str, dict[Place, Label]] = {
        row["url"]: {} for row in _rows(folder / "articles-b.tsv") if row["half"] == half
    }
    for row in _rows(folder / "numbers.tsv"):
        if row["half"] == half:
            place = Place(row["field"], int(row["start"]), int(row["end"]), _value(row["value"]))
            found[row["url"]][place] = Label(row["kind"], row["unit"])
    return found


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def _value(written: str | float) -> float:
    """Rounded to four significant figures behind the first: a third is .3333 for both."""
    value = float(written)
    return value if value == 0 else round(value, 4 - math.floor(math.log10(abs(value))))


def analysed(article: dict[str, str]) -> Document:
    """The article after the steps that change its text, the tokens, the dates and the numbers."""
    given = Article(
        source="gold",
        id=article["url"],
        title=article["title"],
        body=article["content"],
        published_at=article["date_extracted"].replace(" ", "T") + "+03:00",  # type: ignore[arg-type]
    )
    document = Document.begun(Received(given), intake_ms=0)
    for step in (
        *text_steps(),
        Step("tokens", part),
        Step("dates", find_dates),
        Step("numbers", find_quantities),
    ):
        step.run(document)
    return document


def found_in(document: Document) -> dict[Place, Label]:
    """The step's quantities at their places in the article as it came."""
    found = {}
    for one in document.quantities:
        edited = document.title if one.field == "title" else document.body
        place = Place(one.field, *edited.to_original(one.start, one.end), _value(one.value))
        found[place] = Label(one.kind, one.unit or one.of or "-")
    return found


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
        given = found_in(analysed(article))
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
    typer.echo(
        f"span and value  P {right / max(1, right + wrong):.3f}"
        f"  R {right / max(1, right + missed):.3f}"
        f"  F1 {2 * right / max(1, 2 * right + wrong + missed):.3f}  of {right + missed}"
    )
    typer.echo(
        f"of those that are right: kind {counts['kind'] / max(1, right):.3f},"
        f" kind and unit {counts['unit'] / max(1, right):.3f}"
    )


def _mistakes(
    article: dict[str, str], marked: dict[Place, Label], given: dict[Place, Label]
) -> Iterator[str]:
    texts = {"title": article["title"], "body": article["content"]}
    for place in sorted(marked.keys() | given.keys()):
        ours, theirs = given.get(place), marked.get(place)
        if ours == theirs:
            continue
        text = texts[place.field]
        before = text[max(0, place.start - _AROUND) : place.start]
        behind = text[place.end : place.end + _AROUND]
        what = "missed" if ours is None else "wrong" if theirs is None else "label"
        shown = f"{before}⟦{text[place.start : place.end]}⟧{behind}".replace("\n", " ")
        yield f"{what}\t{shown}\t{place.value:g}\tis {theirs}, said {ours}"


if __name__ == "__main__":
    typer.run(main)
