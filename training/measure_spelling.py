"""Measures did-you-mean: `python -m training.measure_spelling news.jsonl.xz --half tuning`.

An index is filled with the articles of the papers that may be tuned on, in the product's own way,
and removed at the end. It is asked, as the product asks it, for what stands in `training/queries`:

- right: how often the suggestion for a misspelt query is what was meant; of all, and of those whose
  right words the index has, for others are never suggested
- false alarms: how often something is suggested for a query that is right

A query is compared in its folded form, with compounds joined, as the search compares it. Halves go
by a hash of the right query; score the kept half once.
"""

from __future__ import annotations

import csv
import hashlib
import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from elasticsearch import Elasticsearch

from config.settings import load_settings
from training.make_beir import readable_texts
from warraq.cli.evaluate import installation
from warraq.cli.opening_index import administration
from warraq.search import Searcher
from warraq.search.evaluation.systems import Warraq, warraq
from warraq.text.compounds import joined_compounds
from warraq.text.normalize import fold

FOLDER = Path(__file__).parent / "queries"
_SEARCHED = ("title", "body", "title.stem", "body.stem")


class Asked(NamedTuple):
    """A query; `right` is what was meant, the query itself where nothing is misspelt."""

    kind: str
    typed: str
    right: str
    suggestion: str | None = None
    milliseconds: float = 0.0

    @property
    def is_right(self) -> bool:
        return _compared(self.suggestion or self.typed) == _compared(self.right)


def _compared(text: str) -> str:
    return joined_compounds(fold(text))


def rows(table: str, half: str) -> Iterator[Asked]:
    """half: `tuning` or `kept`."""
    with (FOLDER / table).open(encoding="utf-8", newline="") as lines:
        for kind, typed, *right in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            asked = Asked(kind, typed, right[0] if right else typed)
            if half == _half(asked.right):
                yield asked


def _half(right: str) -> str:
    return ("tuning", "kept")[hashlib.sha256(right.encode()).digest()[0] % 2]


def _asked(searcher: Searcher, queries: Sequence[Asked]) -> list[Asked]:
    done = []
    for query in queries:
        start = time.perf_counter()
        suggestion = searcher.search(query.typed).suggestion
        took = (time.perf_counter() - start) * 1_000
        done.append(query._replace(suggestion=suggestion, milliseconds=took))
    return done


def _is_in_index(client: Elasticsearch, alias: str, text: str) -> bool:
    return all(
        client.count(
            index=alias,
            query={"multi_match": {"query": word, "type": "phrase", "fields": list(_SEARCHED)}},
        )["count"]
        for word in text.split()
    )


def _report(client: Elasticsearch, alias: str, half: str, searcher: Searcher) -> Iterator[str]:
    misspelt = _asked(searcher, list(rows("misspellings.tsv", half)))
    good = _asked(searcher, list(rows("good.tsv", half)))
    known = [query for query in misspelt if _is_in_index(client, alias, query.right)]
    yield f"right: {_share(misspelt)} of all, {_share(known)} of those whose words the index has"
    for kind in sorted({query.kind for query in misspelt}):
        of_kind = [query for query in misspelt if query.kind == kind]
        in_index = [query for query in known if query.kind == kind]
        yield f"  {kind}: {_share(of_kind)}, {_share(in_index)}"
    alarms = [query for query in good if not query.is_right]
    yield f"false alarms: {len(alarms)} of {len(good)}, {len(alarms) / len(good):.4f}"
    took = [query.milliseconds for query in (*misspelt, *good)]
    yield f"a search with its suggestion, median: {statistics.median(took):.1f} ms"
    for query in misspelt:
        if not query.is_right:
            note = "" if query in known else " (not in the index)"
            yield f"missed: {query.typed} | {query.right}{note} | {query.suggestion}"
    for query in alarms:
        yield f"false alarm: {query.typed} | {query.suggestion}"


def _share(queries: Sequence[Asked]) -> str:
    right = sum(query.is_right for query in queries)
    return f"{right / max(1, len(queries)):.3f} ({right} of {len(queries)})"


def main(
    news: Annotated[Path, typer.Argument(help="news.jsonl.xz of SaudiNewsNet.")],
    half: Annotated[str, typer.Option(help="tuning, kept or both.")] = "tuning",
) -> None:
    """Print both figures with what was missed."""
    settings = load_settings()
    set_up, texts = installation(settings), readable_texts(news)
    with administration(settings).connect() as client, warraq(client, set_up, texts) as ours:
        _print(client, ours, half)


def _print(client: Elasticsearch, ours: Warraq, half: str) -> None:
    alias = ours.set_up.layout.alias
    searcher = Searcher(client, alias, repair=ours.set_up.repair)
    for one in ("tuning", "kept") if half == "both" else (half,):
        typer.echo(f"{one} half")
        for line in _report(client, alias, one, searcher):
            typer.echo(line)


if __name__ == "__main__":
    typer.run(main)
