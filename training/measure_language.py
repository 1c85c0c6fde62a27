"""Measures the step `language` on the gold set: `python -m training.measure_language`.

The gold set is of titles alone. Given a corpus of Arabic articles (JSON Lines), it also says which
languages their titles and whole texts are taken to be in.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from training.corpus import articles, body_of
from warraq.analysis.language import languages

GOLD = Path(__file__).parent / "gold" / "languages.tsv"
FIVE = ("ar", "fa", "ur", "ckb", "ps")


def gold(half: str, file: Path = GOLD) -> list[tuple[str, str]]:
    """The titles of `half`, each with its language."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return [(row["text"], row["language"]) for row in rows if row["half"] == half]


def language_of(text: str) -> str:
    return next(iter(languages(text)), "und")


def main(
    corpus: Annotated[Path | None, typer.Argument(help="Arabic articles.")] = None,
    half: Annotated[str, typer.Option(help="dev or test.")] = "dev",
    *,
    errors: Annotated[bool, typer.Option("--errors", help="Show them; of dev only.")] = False,
) -> None:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for text, language in gold(half):
        group = language if language in FIVE else "others"
        found = language_of(text)
        of[group] += 1
        right[group] += found == language
        if errors and half == "dev" and found != language:
            typer.echo(f"{language} taken for {found}: {text}")
    for group in (*FIVE, "others"):
        typer.echo(f"{group:8}{right[group]:4} of{of[group]:4}  {right[group] / of[group]:.3f}")
    total = sum(of[one] for one in FIVE)
    typer.echo(
        f"the five: accuracy {sum(right[one] for one in FIVE) / total:.3f} of {total} titles"
    )
    if corpus:
        titles: Counter[str] = Counter()
        texts: Counter[str] = Counter()
        for article in articles(corpus):
            titles[language_of(article.get("title") or "")] += 1
            texts[" ".join(languages(f"{article.get('title') or ''}\n{body_of(article)}"))] += 1
        typer.echo(f"titles: {dict(titles.most_common())}")
        typer.echo(f"texts: {dict(texts.most_common())}")


if __name__ == "__main__":
    typer.run(main)
