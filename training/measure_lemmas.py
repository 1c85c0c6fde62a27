"""How often a word's lemma is right: `python -m training.measure_lemmas NEWS [--half test]`.

NEWS: the articles that `training/gold/lemmas.tsv` was drawn from (JSON Lines; others may be in it).
Each word is read in its place, with its neighbours; its first lemma must be one of those the
readers gave. It is compared as a search would, by letters without the hamza of alef, and exactly.
Broken plurals (`training/gold/broken_plurals.tsv`) are right if the word by itself has the same
lemma as its singular by itself.

Also prints how many words a second are parted and read, warm, on one core.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from training.corpus import articles, body_of
from warraq.analysis.morphology import lemma, read_tokens
from warraq.text.lexicon import lexicon_key
from warraq.text.tokens import tokens

GOLD = Path(__file__).parent / "gold"


def _rows(file: str, half: str) -> list[dict[str, str]]:
    with (GOLD / file).open(encoding="utf-8", newline="") as opened:
        return [row for row in csv.DictReader(opened, delimiter="\t") if row["half"] == half]


def _as_written(word: str) -> str:
    return word


def measure(news: Path, half: str, *, errors: bool) -> None:
    """Prints the accuracy on the words drawn from `news`. errors: each wrong one as well."""
    gold = _rows("lemmas.tsv", half)
    urls = {row["url"] for row in gold}
    texts = {
        (article["url"], field): text or ""
        for article in articles(news)
        if article["url"] in urls
        for field, text in (("title", article["title"]), ("body", body_of(article)))
    }
    found: list[tuple[dict[str, str], str, str]] = []
    for row in gold:
        text = texts[row["url"], row["field"]]
        parted = tokens(text)
        at = next(n for n, token in enumerate(parted) if token.start == int(row["start"]))
        ranked = read_tokens(parted)[at]
        context = " ".join(token.form for token in parted[max(0, at - 4) : at + 4])
        found.append((row, ranked[0].lemma if ranked else parted[at].form, context))
    for name, letters in (("folded", lexicon_key), ("exact", _as_written)):
        right = sum(_is_right(row, one, letters) for row, one, _ in found)
        print(f"lemma, {half}, {name}: {right / len(found):.3f} of {len(found):,} words")
    if errors:
        for row, one, context in found:
            if not _is_right(row, one, lexicon_key):
                print(f"    {one} for {row['lemma']}: {context}")


def _is_right(row: dict[str, str], found: str, letters: Callable[[str], str]) -> bool:
    return letters(found) in {letters(one) for one in row["lemma"].split("|")}


def measure_plurals(half: str, *, errors: bool) -> None:
    """Prints how many broken plurals meet their singulars. errors: each that does not as well."""
    gold = _rows("broken_plurals.tsv", half)
    missed = [
        row
        for row in gold
        if lemma(row["plural"]) not in {lemma(one) for one in row["singular"].split("|")}
    ]
    share = 1 - len(missed) / len(gold)
    print(f"broken plurals, {half}: {share:.3f} of {len(gold):,} meet their singular")
    if errors:
        for row in missed:
            single = {one: lemma(one) for one in row["singular"].split("|")}
            print(f"    {row['plural']} → {lemma(row['plural'])}, {single}")


def measure_speed(news: Path) -> None:
    """Prints words a second of processor time: the first time over, then a tenth of it again."""
    texts = [body_of(article) for article in articles(news)]
    for warmth, some in (("cold", texts), ("again", texts[-len(texts) // 10 :])):
        begun = time.process_time()
        words = 0
        for text in some:
            parted = tokens(text)
            read_tokens(parted)
            words += len(parted)
        each = (time.process_time() - begun) / words
        print(f"tokens and lemmas, {warmth}: {1 / each:,.0f} words/s, {each * 1e6:.2f} µs a word")


def main(
    news: Annotated[Path, typer.Argument(help="The articles the gold set names.")],
    half: Annotated[str, typer.Option(help="dev or test")] = "dev",
    *,
    errors: Annotated[bool, typer.Option(help="Print what is wrong.")] = False,
) -> None:
    """Measure lemmas and broken plurals on the gold sets, and the speed."""
    measure(news, half, errors=errors)
    measure_plurals(half, errors=errors)
    measure_speed(news)


if __name__ == "__main__":
    typer.run(main)
