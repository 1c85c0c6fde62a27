"""Measures the step `entities`: `python -m training.measure_entities NEWS.jsonl.xz`.

A name is right if its span and its type are; a place's country is measured on the places that are
right and whose country a reader could tell. The file is SaudiNewsNet's, of which the gold set marks
articles by url.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from training.corpus import articles
from warraq.analysis.entities.finding import find_entities
from warraq.analysis.pipeline import Step, part, text_steps
from warraq.article import Article, Received
from warraq.document import Document

GOLD = Path(__file__).parent / "gold"
_NOT_TOLD = "?"
_AROUND = 25


class Marked(NamedTuple):
    """A name in an article as it came: [start, end) of the field; country: as the gold set says."""

    field: str
    start: int
    end: int
    type: str
    country: str = ""


def gold(half: str, folder: Path = GOLD) -> dict[str, list[Marked]]:
    """Url → the names in its article, of all articles of `half` that readers marked."""
    found: dict[str, list[Marked]] = {}
    for row in _rows(folder / "articles-a.tsv"):
        if row["half"] == half:
            found[row["url"]] = []
    for row in _rows(folder / "entities.tsv"):
        if row["half"] == half:
            found[row["url"]].append(
                Marked(
                    row["field"], int(row["start"]), int(row["end"]), row["type"], row["country"]
                )
            )
    return found


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines, delimiter="\t")


def analysed(url: str, title: str, body: str) -> Document:
    """The article after the steps that change its text, the tokens and the entities."""
    article = Article(source="gold", id=url, title=title, body=body)
    document = Document.begun(Received(article), intake_ms=0)
    for step in (*text_steps(), Step("tokens", part), Step("entities", find_entities)):
        step.run(document)
    return document


def found_in(document: Document) -> list[Marked]:
    """The step's entities at their places in the article as it came."""
    return [
        Marked(
            one.field,
            *(document.title if one.field == "title" else document.body).to_original(
                one.start, one.end
            ),
            one.type,
            one.country or "-",
        )
        for one in document.entities
    ]


def main(
    news: Annotated[Path, typer.Argument(help="JSON Lines with url, title and content.")],
    half: Annotated[str, typer.Option(help="dev or test.")] = "dev",
    show: Annotated[bool, typer.Option(help="Every mistake in its place.")] = False,  # noqa: FBT002
) -> None:
    """Precision, recall and F1 of strict spans with types, and the places' countries."""
    wanted = gold(half)
    counts: Counter[tuple[str, str]] = Counter()
    countries: Counter[bool] = Counter()
    seen = 0
    for article in articles(news):
        marked = wanted.get(article["url"])
        if marked is None:
            continue
        seen += 1
        texts = {"title": article["title"], "body": article["content"]}
        said = found_in(analysed(article["url"], texts["title"], texts["body"]))
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
            _show(texts, marked, said)
    typer.echo(f"{seen} of {len(wanted)} articles of the half {half}")
    for type_ in ("place", "person", "organization"):
        typer.echo(f"{type_:13} {_figures(counts, type_)}")
    total = countries.total()
    typer.echo(f"country of the places that are right: {countries[True]} of {total}")


def _figures(counts: Counter[tuple[str, str]], type_: str) -> str:
    right, wrong, missed = (counts[type_, one] for one in ("right", "wrong", "missed"))
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    f1 = 2 * right / max(1, 2 * right + wrong + missed)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  of {right + missed}"


def _show(texts: dict[str, str], marked: Sequence[Marked], said: Sequence[Marked]) -> None:
    right, given = {one[:4] for one in marked}, {one[:4] for one in said}
    told = {one[:4]: one.country for one in said}
    for name, ones in (("missed", right - given), ("wrong", given - right)):
        for field, start, end, type_ in sorted(ones):
            text = texts[field]
            before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
            typer.echo(f"{name}\t{type_}\t{before}⟦{text[start:end]}⟧{behind}".replace("\n", " "))
    for one in marked:
        if (
            one.type == "place"
            and one[:4] in told
            and one.country not in {_NOT_TOLD, told[one[:4]]}
        ):
            name = texts[one.field][one.start : one.end]
            typer.echo(f"country\t{name}\tis {one.country}, not {told[one[:4]]}")


if __name__ == "__main__":
    typer.run(main)
