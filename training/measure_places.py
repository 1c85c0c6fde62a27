"""Measures places: `python -m training.measure_places news-dev.jsonl`.

Given the gold spans, how many get the right country; and what the gazetteer alone would find, which
is the baseline that the tagger has to beat.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from training.corpus import articles, body_of
from training.gold_news import figures, rows_by_article
from warraq.analysis.entities.gazetteer import PlaceMatch, shipped_gazetteer
from warraq.analysis.entities.places import PlaceMention, resolve_places
from warraq.annotations import TextField
from warraq.text.tokens import sentences, tokens

FIELDS = ("title", "body")


class GoldPlace(NamedTuple):
    """country: two letters, "-" for none or several, "?" where readers could not tell."""

    field: int
    start: int
    end: int
    country: str


def gold_places(half: str) -> dict[str, list[GoldPlace]]:
    """By url, for every article of that half that readers marked, also those without a place."""
    return {
        url: [
            GoldPlace(
                FIELDS.index(row["field"]), int(row["start"]), int(row["end"]), row["country"]
            )
            for row in rows
            if row["type"] == "place"
        ]
        for url, rows in rows_by_article(half, "articles-a", "entities").items()
    }


def text_fields(title: str, body: str) -> list[TextField]:
    return [
        TextField(name, text, tokens(text), sentences(text))
        for name, text in zip(FIELDS, (title, body), strict=True)
    ]


def mention(fields: Sequence[TextField], place: GoldPlace) -> PlaceMention:
    """The tokens that a gold span touches."""
    touched = [
        number
        for number, token in enumerate(fields[place.field].tokens)
        if token.start < place.end and place.start < token.end
    ]
    return PlaceMention(place.field, touched[0], touched[-1] + 1, place.start, place.end)


def baseline(fields: Sequence[TextField], least: float) -> set[tuple[int, int, int]]:
    """Spans of names that mean a place with a prior of `least` or more."""
    gazetteer = shipped_gazetteer()
    found = set()
    for number, field in enumerate(fields):
        for match in gazetteer.matches([token.key for token in field.tokens]):
            if match.prior >= least:
                found.add((number, *_span(field, match)))
    return found


def _span(field: TextField, match: PlaceMatch) -> tuple[int, int]:
    first, last = field.tokens[match.first], field.tokens[match.last - 1]
    return first.start + match.proclitics, last.end


def main(
    corpus: Annotated[Path, typer.Argument(help="SaudiNewsNet as JSON Lines.")],
    half: Annotated[str, typer.Option(help="dev or test.")] = "dev",
    least: Annotated[float, typer.Option(help="The prior from which the baseline believes.")] = 0.5,
    *,
    wrong: Annotated[bool, typer.Option("--wrong", help="Show each mistake.")] = False,
) -> None:
    """Countries of gold places, and the gazetteer alone as a baseline for their spans."""
    gold = gold_places(half)
    asked = right = told = spans_right = spans_found = spans_wanted = 0
    for article in _of(corpus, gold):
        fields = text_fields(article["title"], body_of(article))
        places = gold[article["url"]]
        resolved = resolve_places(fields, [mention(fields, place) for place in places])
        for place, found in zip(places, resolved, strict=True):
            text = fields[place.field].text[place.start : place.end]
            if place.country != "?":
                asked += 1
                told += found.kind is not None
                right += (found.country or "-") == place.country
                if wrong and (found.country or "-") != place.country:
                    typer.echo(f"country  {text}: {place.country}, got {found}")
        marked = baseline(fields, least)
        wanted = {(place.field, place.start, place.end) for place in places}
        spans_right += len(marked & wanted)
        spans_found += len(marked)
        spans_wanted += len(wanted)
        for number, start, end in sorted(marked ^ wanted) if wrong else ():
            kind = "missed " if (number, start, end) in wanted else "none   "
            typer.echo(
                f"{kind}  {fields[number].text[start:end]}  … "
                f"{fields[number].text[max(0, start - 30) : end + 20]!r}"
            )
    typer.echo(f"country of {asked} places: {right / max(1, asked):.3f}; in the gazetteer: {told}")
    told_alone = figures(right=spans_right, found=spans_found, marked=spans_wanted)
    typer.echo(f"gazetteer alone: {told_alone}")


def _of(corpus: Path, gold: dict[str, list[GoldPlace]]) -> Iterable[dict[str, str]]:
    return (article for article in articles(corpus) if article["url"] in gold)


if __name__ == "__main__":
    typer.run(main)
