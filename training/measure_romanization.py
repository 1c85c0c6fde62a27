"""Measures how Latin spellings find Arabic names: `python -m training.measure_romanization`.

Of `names/latin.tsv`, which was written before any rule; half of its Arabic names, chosen by a hash,
is for tuning, and half is kept for the end (--half kept). What is counted:

- met: the share of spellings that meet their Arabic name, by keys alone, with the tables of
  exonyms made from CLDR and GeoNames, and with our own table as well
- others: how many words of a vocabulary share a key with a Latin word (single words only): of
  names (ours, of persons, and of places) and of the lexicon
- first: how often the right name comes first, or among the first three, of those that the
  vocabulary of names has in common with it, by `distance`
"""

from __future__ import annotations

import hashlib
import statistics
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Annotated, NamedTuple

import typer

from training.name_lists import FOLDER
from warraq.analysis.entities.gazetteer import shipped_gazetteer
from warraq.text.lexicon import shipped_lexicon
from warraq.text.normalize import fold
from warraq.text.romanization import arabic_keys, distance, latin_keys
from warraq.text.romanization.exonyms import read_table
from warraq.text.romanization.letters import latin_letters
from warraq.text.romanization.names import latin_readings, meet

LIMITS = (0.05, 0.1, 0.15, 0.2, 0.3)


class Pair(NamedTuple):
    arabic: str
    latin: str


def pairs(half: str) -> list[Pair]:
    """half: `tuning`, `kept` or `both`."""
    lines = (FOLDER / "latin.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [
        Pair(arabic, latin)
        for arabic, spellings in rows
        if half in (_half(arabic), "both")
        for latin in spellings.split("|")
    ]


def _half(arabic: str) -> str:
    return ("tuning", "kept")[hashlib.sha256(arabic.encode()).digest()[0] % 2]


def names() -> set[str]:
    """Folded words of names: our own lists, the measured names, places of the gazetteer."""
    lines = (FOLDER / "names.tsv").read_text(encoding="utf-8").splitlines()
    found = [line.split("\t")[1] for line in lines]
    found += [pair.arabic for pair in pairs("both")]
    found += shipped_gazetteer().names()
    return {fold(word) for name in found for word in name.split()}


def by_key(words: Iterable[str]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for key in arabic_keys(word):
            found[key].append(word)
    return found


def exonyms(*tables: str) -> set[tuple[str, str]]:
    return {(fold(a), latin_letters(b)) for table in tables for a, b in read_table(table)}


def candidates(latin: str, vocabulary: dict[str, list[str]]) -> set[str]:
    return {word for key in latin_keys(latin) for word in vocabulary.get(key, ())}


def _near(latin: str, vocabulary: dict[str, list[str]], limit: float) -> set[str]:
    return {word for word in candidates(latin, vocabulary) if distance(latin, word) <= limit}


def rank(latin: str, right: str, among: Iterable[str]) -> int:
    """How many candidates, other than the right name, are as near or nearer."""
    limit = distance(latin, right)
    bare = right.removeprefix("ال")
    return sum(distance(latin, word) <= limit for word in among if word.removeprefix("ال") != bare)


def report(measured: list[Pair], *, missed: bool) -> Iterator[str]:
    made = exonyms("exonyms.tsv")
    own = exonyms("own-exonyms.tsv")
    total = len(measured)
    by_rule = {pair for pair in measured if meet(pair.latin, pair.arabic)}
    keyed = {pair: (fold(pair.arabic), latin_letters(pair.latin)) for pair in measured}
    by_made = by_rule | {pair for pair in measured if keyed[pair] in made}
    by_all = by_made | {pair for pair in measured if keyed[pair] in own}
    yield f"spellings {total} of names {len({pair.arabic for pair in measured})}"
    for label, met in (("keys", by_rule), ("+ CLDR, GeoNames", by_made), ("+ own", by_all)):
        of_names = len({p.arabic for p in measured if all(q in met for q in _same(p, measured))})
        yield f"met by {label}: {len(met) / total:.3f}  (names with every spelling: {of_names})"
    words = [
        (pair.latin, latin_readings(pair.latin)[0][0], fold(pair.arabic))
        for pair in measured
        if " " not in pair.arabic and len(latin_readings(pair.latin)[0]) == 1
    ]
    vocabularies = {"names": by_key(names()), "lexicon": by_key(shipped_lexicon().keys())}
    for label, vocabulary in vocabularies.items():
        known = len({word for words in vocabulary.values() for word in words})
        numbers = [len(candidates(word, vocabulary)) for _, word, _ in words]
        yield (
            f"{label}, {known} words, {len(vocabulary)} keys: candidates of a Latin word, "
            f"mean {statistics.mean(numbers):.1f}, median {statistics.median(numbers):g}; "
            f"Arabic words of a key, mean {_words_of_a_key(vocabulary):.1f}"
        )
    ranks = [
        rank(word, right, candidates(word, vocabularies["names"]))
        for latin, word, right in words
        if meet(latin, right)
    ]
    for among in (1, 3, 10):
        share = sum(place < among for place in ranks) / len(ranks)
        yield f"nearest by distance, right one among the first {among}: {share:.3f}"
    for limit in LIMITS:
        near = [_near(latin, vocabularies["names"], limit) for _, latin, _ in words]
        held = sum(right in found for found, (_, _, right) in zip(near, words, strict=True))
        yield (
            f"within a distance of {limit}: right one {held / len(words):.3f}, "
            f"all {sum(map(len, near)) / len(words):.1f}"
        )
    keys = [len(latin_keys(word)) for _, word, _ in words]
    yield f"keys of a Latin word, mean {statistics.mean(keys):.1f}, most {max(keys)}"
    if missed:
        yield from (f"missed: {p.arabic} {p.latin}" for p in measured if p not in by_all)


def _same(pair: Pair, measured: list[Pair]) -> list[Pair]:
    return [other for other in measured if other.arabic == pair.arabic]


def _words_of_a_key(vocabulary: dict[str, list[str]]) -> float:
    """How many words share the key of a random word."""
    sizes = [len(words) for words in vocabulary.values()]
    return sum(size * size for size in sizes) / sum(sizes)


def speed(words: list[str]) -> float:
    """Different words a second, none of them cached."""
    arabic_keys.cache_clear()
    start = time.perf_counter()
    for word in words:
        arabic_keys(word)
    return len(words) / (time.perf_counter() - start)


def main(
    half: Annotated[str, typer.Option(help="tuning, kept or both.")] = "tuning",
    missed: Annotated[bool, typer.Option("--missed", help="List what is not met.")] = False,  # noqa: FBT002
) -> None:
    """Print what share of Latin spellings meet, and how many other words they meet besides."""
    for line in report(pairs(half), missed=missed):
        typer.echo(line)
    typer.echo(f"Arabic words a second, first time: {speed(shipped_lexicon().keys()):,.0f}")


if __name__ == "__main__":
    typer.run(main)
