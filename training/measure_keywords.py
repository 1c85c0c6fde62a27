"""What `keywords` and `summary` do in a corpus: `python -m training.measure_keywords FILE`.

There is no gold set for them. This prints how many articles have how many keywords and sentences,
how often the first sentence is in the summary, and with `--show N` the results of N articles drawn
by chance, to be read.
"""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

from training.corpus import articles, body_of
from warraq.analysis.keywords import find_keywords
from warraq.analysis.pipeline import Pipeline
from warraq.analysis.summary import summary
from warraq.article import Article, Received
from warraq.document import Document

_LEAST = 60  # words: shorter articles are not counted
_pipeline = Pipeline()


def analysed(record: dict[str, Any]) -> Document:
    """The article after all steps, with its keywords."""
    article = Article(
        source="corpus",
        id=str(record.get("url") or "-"),
        title=record.get("title") or "",
        body=body_of(record),
    )
    document = _pipeline.run(Document.begun(Received(article), intake_ms=0))
    find_keywords(document)
    return document


def main(
    file: Annotated[Path, typer.Argument(help="JSON Lines of articles.")],
    most: Annotated[int, typer.Option(help="Articles, drawn by chance.")] = 400,
    show: Annotated[int, typer.Option(help="Articles whose results to print.")] = 0,
    seed: Annotated[int, typer.Option()] = 1,
) -> None:
    records = [record for record in articles(file) if body_of(record).strip()]
    random.Random(seed).shuffle(records)
    keywords: Counter[int] = Counter()
    sentences: Counter[int] = Counter()
    leads = 0
    for number, record in enumerate(records[:most]):
        document = analysed(record)
        found = summary(document.text_fields)
        if number < show:
            typer.echo(f"# {document.title.text}")
            typer.echo(f"  {' | '.join(document.fields['keywords'])}")
            typer.echo("".join(f"  - {sentence}\n" for sentence in found))
        if document.fields["word_count"] < _LEAST:
            continue
        keywords[len(document.fields["keywords"])] += 1
        sentences[len(found)] += 1
        leads += bool(found) and " ".join(document.body.text.split()).startswith(found[0])
    typer.echo(f"{keywords.total()} articles of {_LEAST} words and more")
    typer.echo(f"keywords: {dict(sorted(keywords.items()))}")
    typer.echo(f"sentences: {dict(sorted(sentences.items()))}; the first of the article: {leads}")


if __name__ == "__main__":
    typer.run(main)
