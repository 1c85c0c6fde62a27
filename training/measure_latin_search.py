"""Measures how searches in Latin letters find: `python -m training.measure_latin_search NEWS`.

NEWS is SaudiNewsNet's file; of it the papers that may be tuned on go into a scratch index, by what
fills the real one, and are searched as `warraq search` does. Needs the servers (`warraq up`).

- names: 200 that stand in these papers, each in one common Latin spelling (`names/latin-news.tsv`,
  written before any search asked for them; --list latin: those of `names/latin.tsv` that stand in
  the papers, in all their spellings). Held: an article of the first ten has the Arabic name itself,
  folded, with و ب ل ك ف written onto it or not. First: the first one has.
- words: `names/latin-words.tsv`, words of English and brands, each with what it may rightly be read
  as. Read wrongly: the likeliest reading is another.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from config.settings import load_settings
from training.make_beir import readable_texts
from training.measure_romanization import pairs
from training.name_lists import FOLDER
from warraq.cli.evaluate import installation
from warraq.cli.opening_index import administration
from warraq.search.evaluation.systems import Warraq, warraq
from warraq.search.results import Results
from warraq.text.normalize import fold

_FIRST_PAGE = 10
_CLITICS = "(?:[وف]?[بلك]?|[وف]?لل)"


class Asked(NamedTuple):
    """Latin letters, what they mean, and the answer."""

    latin: str
    arabic: str
    results: Results
    places: tuple[int, ...]  # of hits that hold the name, from 0


def rows(name: str) -> list[tuple[str, str]]:
    """Two columns of a list in `names/`; the second may be empty."""
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [(first, second) for first, second in (line.split("\t") for line in lines)]


def names(which: str, folded: Sequence[str]) -> list[tuple[str, str]]:
    """Arabic and Latin names of a list, of those that stand in the texts."""
    if which == "news":
        return rows("latin-news.tsv")
    return [
        (pair.arabic, pair.latin)
        for pair in pairs("both")
        if any(_pattern(pair.arabic).search(text) for text in folded)
    ]


def _pattern(arabic: str) -> re.Pattern[str]:
    name = fold(arabic)
    bare = re.escape(name.removeprefix("ال"))
    written = f"{_CLITICS}{re.escape(name)}" + (f"|{_CLITICS}{bare}" if bare != name else "")
    return re.compile(rf"(?<!\w)(?:{written})(?!\w)")


def ask(system: Warraq, folded: dict[str, str], latin: str, arabic: str) -> Asked:
    results = system.search(latin, _FIRST_PAGE)
    holds = _pattern(arabic).search
    places = (at for at, hit in enumerate(results.hits) if holds(folded[hit.article_id]))
    return Asked(latin, arabic, results, tuple(places))


def report(asked: list[Asked], *, missed: bool) -> Iterator[str]:
    held = [one for one in asked if one.places]
    first = sum(one.places[0] == 0 for one in held)
    exact = sum(len(one.places) == len(one.results.hits) for one in held)
    took = [one.results.took_ms for one in asked]
    not_near = sum(any(not one.results.hits[at].near for at in one.places) for one in held)
    yield f"names {len(asked)}: on the first page {len(held) / len(asked):.3f}"
    yield f"the same, without hits that are only near: {not_near / len(asked):.3f}"
    yield f"first of all {first / len(asked):.3f}, every hit {exact / len(asked):.3f}"
    yield f"Elasticsearch, both requests: median {statistics.median(took)} ms, most {max(took)}"
    if missed:
        yield from (
            f"missed: {one.arabic} {one.latin} → {_read(one.results)}"
            for one in asked
            if not one.places
        )


def report_words(system: Warraq, *, missed: bool) -> Iterator[str]:
    asked = rows("latin-words.tsv")
    wrong: list[str] = []
    read = 0
    for latin, right in asked:
        results = system.search(latin, 1)
        if not results.read_as:
            continue
        read += 1
        allowed = {fold(word) for word in right.split("|")}
        if fold(results.read_as[0].arabic[0]) not in allowed:
            wrong.append(f"wrong: {latin} → {_read(results)}")
    yield f"words {len(asked)}: read {read / len(asked):.3f}, wrongly {len(wrong) / len(asked):.3f}"
    if missed:
        yield from wrong


def _read(results: Results) -> str:
    return "; ".join(", ".join(name.arabic) for name in results.read_as)


def main(
    news: Annotated[Path, typer.Argument(help="JSON Lines with source, title and content.")],
    which: Annotated[str, typer.Option("--list", help="news or latin.")] = "news",
    missed: Annotated[bool, typer.Option("--missed", help="List what was missed.")] = False,  # noqa: FBT002
) -> None:
    """Print the share of names found, and of words that were taken for names."""
    settings = load_settings()
    texts = readable_texts(news)
    folded = {text.id: fold(f"{text.title}\n{text.text}") for text in texts}
    with (
        administration(settings).connect() as client,
        warraq(client, installation(settings), texts) as system,
    ):
        wanted = names(which, list(folded.values()))
        asked = [ask(system, folded, latin, arabic) for arabic, latin in wanted]
        for line in (*report(asked, missed=missed), *report_words(system, missed=missed)):
            typer.echo(line)


if __name__ == "__main__":
    typer.run(main)
