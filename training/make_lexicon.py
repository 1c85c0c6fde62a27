"""Makes the lexicon: `python -m training.make_lexicon wiki-train.jsonl.xz`.

Counts words and pairs of words of a corpus, mixes in the frequencies of the package wordfreq, and
writes tries and tables of costs (see `warraq.text.lexicon`). The same input gives the same bytes.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import marisa_trie
import numpy as np
import typer
import wordfreq

from training.corpus import runs, texts
from warraq.text.letters import LETTERS
from warraq.text.lexicon import (
    CODES,
    COSTLIEST,
    FOLDER,
    LETTER_CODES,
    OTHER_LETTER,
    STEPS_OF_LETTERS,
    STEPS_OF_WORDS,
    lexicon_key,
)

# A word of one source alone keeps half of its frequency there.
_SHARE_OF_CORPUS = 0.5
_FEWEST_SEEN = 2  # of a word that wordfreq does not have, and of a pair
_LONGEST = 25
# Absolute discounting (Ney, Essen and Kneser, "On structuring probabilistic dependences in
# stochastic language modelling", 1994): what pairs that were seen give up for those that were not.
_DISCOUNT = 0.75
# Spelling is learned from rare words, for it is asked about words that nobody has seen.
_RARE_IN_CORPUS = 3
_RARE_IN_WORDFREQ = 3e-8

_WORD = re.compile(f"[{LETTERS}]+")
_JOINED_FOR_SURE = re.compile("[ةى].")


@dataclass(slots=True)
class Counts:
    """How often words, and pairs of neighbours, stand in a corpus."""

    words: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, text: str) -> None:
        for run in runs(text):
            self.words.update(run)
            self.pairs.update(itertools.pairwise(run))

    def without(self, other: Counts) -> Counts:
        """These counts less those of a part of the corpus."""
        return Counts(self.words - other.words, self.pairs - other.pairs)


def count(file: Path) -> Counts:
    counts = Counts()
    for text in texts(file):
        counts.add(text)
    return counts


def write_lexicon(counts: Counts, folder: Path) -> None:
    """Writes all files of a lexicon into `folder`, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    elsewhere = _wordfreq()
    shares = _shares(counts, elsewhere)
    words = marisa_trie.Trie(shares)
    words.save(str(folder / "words.marisa"))
    _save(folder / "words.costs", words, {w: _steps(p) for w, p in shares.items()})

    firsts: Counter[str] = Counter()
    kept: defaultdict[str, float] = defaultdict(float)
    pairs: dict[tuple[str, str], int] = {}
    for (first, second), number in counts.pairs.items():
        firsts[first] += number
        if number >= _FEWEST_SEEN and first in shares and second in shares:
            pairs[first, second] = number
            kept[first] += number - _DISCOUNT
    left_over = {
        word: max(1e-4, 1 - kept[word] / firsts[word]) if firsts[word] else 1.0 for word in shares
    }
    _save(
        folder / "words.last",
        words,
        {word: _steps(share, STEPS_OF_LETTERS) for word, share in left_over.items()},
    )
    costs = {
        f"{first} {second}": _steps(
            (number - _DISCOUNT) / firsts[first] + left_over[first] * shares[second]
        )
        for (first, second), number in pairs.items()
    }
    trie = marisa_trie.Trie(costs)
    trie.save(str(folder / "pairs.marisa"))
    _save(folder / "pairs.costs", trie, costs)
    rare = [word for word, number in counts.words.items() if number <= _RARE_IN_CORPUS]
    rare += [w for w, p in elsewhere.items() if p < _RARE_IN_WORDFREQ and w not in counts.words]
    (folder / "letters.costs").write_bytes(_letters(rare))


def _wordfreq() -> defaultdict[str, float]:
    """wordfreq's frequencies by key of the lexicon."""
    found: defaultdict[str, float] = defaultdict(float)
    for word, share in wordfreq.get_frequency_dict("ar", "large").items():
        key = lexicon_key(word)
        if _WORD.fullmatch(key):
            found[key] += share
    return found


def _shares(counts: Counts, elsewhere: defaultdict[str, float]) -> dict[str, float]:
    """The probability of each word that the lexicon holds."""
    total = counts.words.total()
    shares: dict[str, float] = {}
    for word in counts.words.keys() | elsewhere.keys():
        seen = counts.words[word]
        if seen < _FEWEST_SEEN and word not in elsewhere:
            continue
        if len(word) > _LONGEST or _JOINED_FOR_SURE.search(word):
            continue
        shares[word] = _SHARE_OF_CORPUS * seen / total + (1 - _SHARE_OF_CORPUS) * elsewhere.get(
            word, 0.0
        )
    return dict(sorted(shares.items()))


def _steps(probability: float, steps: int = STEPS_OF_WORDS) -> int:
    return min(COSTLIEST, max(0, round(-math.log10(probability) * steps)))


def _save(file: Path, trie: marisa_trie.Trie, costs: dict[str, int]) -> None:
    table = bytearray(len(trie))
    for key, cost in costs.items():
        table[trie[key]] = cost
    file.write_bytes(table)


def _letters(words: Iterable[str]) -> bytes:
    """Costs of each letter after each three, smoothed as Witten and Bell do (1991)."""
    seen = [np.zeros(CODES**order) for order in range(1, 5)]
    for word in words:
        if _JOINED_FOR_SURE.search(word):
            continue
        codes = [0, 0, 0, *(LETTER_CODES.get(letter, OTHER_LETTER) for letter in word), 0]
        for end in range(4, len(codes) + 1):
            place = 0
            for order, code in enumerate(reversed(codes[end - 4 : end])):
                place += code * CODES**order
                seen[order][place] += 1
    likely = (seen[0] + 0.1) / (seen[0] + 0.1).sum()
    for order in range(1, 4):
        rows = seen[order].reshape(-1, CODES)
        total = rows.sum(axis=1, keepdims=True)
        kinds = (rows > 0).sum(axis=1, keepdims=True)
        lower = np.tile(likely.reshape(-1, CODES), (len(rows) * CODES // len(likely), 1))
        likely = np.where(total > 0, (rows + kinds * lower) / np.maximum(total + kinds, 1), lower)
        likely = likely.reshape(-1)
    steps = np.minimum(COSTLIEST, np.round(-np.log10(likely) * STEPS_OF_LETTERS))
    return bytes(steps.astype(np.uint8))


def main(
    corpus: Annotated[Path, typer.Argument(help="JSON Lines with `text`.")],
    folder: Annotated[Path, typer.Option(help="Where to.")] = FOLDER,
) -> None:
    """Make the lexicon from a corpus and wordfreq."""
    counts = count(corpus)
    write_lexicon(counts, folder)
    typer.echo(f"{counts.words.total():,} words read, {len(counts.words):,} different")
    for file in sorted(folder.iterdir()):
        typer.echo(f"{file.stat().st_size:>10,} bytes  {file.name}")


if __name__ == "__main__":
    typer.run(main)
