"""Makes the model for joined words: `python -m training.make_joins wiki-train.jsonl.xz`.

Takes spaces out of a tenth of the corpus, asks the evidence of a lexicon made from the other nine,
and so on for each tenth. What is right is known of the spaces taken out; what the corpus itself has
of joined words is in `labels/wiki-joins.tsv`, read by hand. Then two models are fitted: a logistic
one on the evidence that is quick to have, which passes little on, and boosted trees on all of it.
The same input gives the same model.
"""

from __future__ import annotations

import csv
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from training.corpus import texts
from training.make_lexicon import Counts, write_lexicon
from warraq.text.damage import without_spaces
from warraq.text.joins.evidence import FIRST_LOOK, NAMES
from warraq.text.joins.finding import MODEL, JoinedWords
from warraq.text.lexicon import Lexicon

LABELS = Path(__file__).parent / "labels" / "wiki-joins.tsv"
FOLDS = 10
ROUNDS = 2
"""So often each text is damaged, in other places."""
# Taken out of an article, one of these by chance: damage comes in all degrees.
SHARES_OF_SPACES = (0.002, 0.01, 0.02, 0.05)
RECURRING_PAIRS = (0, 0, 0, 1)
"""Pairs of words of an article whose space is always lost, one of these by chance."""
# Of the first look: so unlikely a segmentation is not looked at again.
_NO_CHANCE = 0.003
_TREES = 400
_LEAVES = 16
_WEIGHT_OF_READ = 12.0
"""Of tokens that readers found to be one word: the model was wrong about them once."""

Rows = list[tuple[float, ...]]


@dataclass(slots=True)
class Examples:
    """rows: evidence, as `NAMES`. right: whether the segmentation is. weights: 0 leaves it out."""

    rows: Rows = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)


def labels(file: Path = LABELS) -> dict[tuple[str, ...], str]:
    """Parts of a token → what readers said: J joined so, P joined otherwise, C compound, W word."""
    with file.open(encoding="utf-8", newline="") as lines:
        return {
            tuple(row["split"].split()): row["label"]
            for row in csv.DictReader(lines, delimiter="\t")
        }


def examples(corpus: Path, seed: int) -> Examples:
    """Every candidate of the damaged corpus, each part of it seen by a lexicon without it."""
    counts = [Counts() for _ in range(FOLDS)]
    for number, text in enumerate(texts(corpus)):
        counts[number % FOLDS].add(text)
    total = Counts()
    for fold in counts:
        total.words.update(fold.words)
        total.pairs.update(fold.pairs)
    found = Examples()
    with ProcessPoolExecutor(
        mp_context=get_context("fork"), initializer=_share, initargs=(corpus, seed, counts, total)
    ) as processes:
        for number, part in enumerate(processes.map(_examples_of, range(FOLDS)), 1):
            found.rows += part.rows
            found.right += part.right
            found.weights += part.weights
            typer.echo(f"part {number} of {FOLDS}: {len(found.rows):,} examples", err=True)
    return found


_shared: list[Any] = []  # with the processes, which are forked


def _share(*what: Any) -> None:
    _shared[:] = what


def _examples_of(number: int) -> Examples:
    """The examples of one part."""
    corpus, seed, counts, total = _shared
    found = Examples()
    with tempfile.TemporaryDirectory() as folder:
        write_lexicon(total.without(counts[number]), Path(folder))
        finder = JoinedWords(lexicon=Lexicon(Path(folder)), model=None)
        read = labels()
        for again in range(ROUNDS):
            mine = (text for at, text in enumerate(texts(corpus)) if at % FOLDS == number)
            chance = random.Random(f"{seed} {again} {number}")
            _add(found, finder, mine, read, chance)
    return found


def _add(
    found: Examples,
    finder: JoinedWords,
    corpus: Iterator[str],
    read: dict[tuple[str, ...], str],
    chance: random.Random,
) -> None:
    for text in corpus:
        share, pairs = chance.choice(SHARES_OF_SPACES), chance.choice(RECURRING_PAIRS)
        damaged, lost = without_spaces(text, share, chance, pairs=pairs)
        (candidates,) = finder.candidates(damaged)
        for candidate in candidates:
            end = candidate.start + len(candidate.token)
            true = tuple(at - candidate.start for at in lost if candidate.start < at < end)
            ones = zip(candidate.segmentations, candidate.cuts, candidate.rows, strict=True)
            for one, cuts, row in ones:
                label = "" if true else read.get(one.parts, "")
                found.rows.append(row)
                found.right.append(cuts == true or label == "J")
                found.weights.append(
                    _WEIGHT_OF_READ if label == "W" else 0.0 if label in {"P", "C", "U"} else 1.0
                )


def fit(found: Examples) -> dict[str, Any]:
    """The model as numbers, in the form that `warraq.text.joins.decision` reads."""
    rows = np.asarray(found.rows)
    right = np.array(found.right)
    weights = np.array(found.weights)
    looks = rows[:, : len(FIRST_LOOK)]
    middle, spread = looks.mean(axis=0), looks.std(axis=0) + 1e-9
    quick = LogisticRegression(max_iter=1_000)
    quick.fit((looks - middle) / spread, right, sample_weight=weights)
    slopes = quick.coef_[0] / spread
    bias = float(quick.intercept_[0] - (slopes * middle).sum())
    least = float(np.log(_NO_CHANCE / (1 - _NO_CHANCE)))
    passed = looks @ slopes + bias >= least
    typer.echo(
        f"the first look lets {passed.mean():.1%} pass, and {passed[right].mean():.2%} of the right"
    )
    trees = HistGradientBoostingClassifier(
        max_iter=_TREES,
        learning_rate=0.1,
        max_leaf_nodes=_LEAVES,
        min_samples_leaf=60,
        l2_regularization=5.0,
        early_stopping=False,
    )
    trees.fit(rows[passed], right[passed], sample_weight=weights[passed])
    return {
        "evidence": list(NAMES),
        "first_look": {
            "weights": [round(float(slope), 6) for slope in slopes],
            "bias": round(bias, 6),
            "least": round(least, 6),
        },
        "bias": round(float(trees._baseline_prediction[0, 0]), 6),
        "trees": [_tree(one[0].nodes) for one in trees._predictors],
    }


def _tree(nodes: Sequence[Any], at: int = 0) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 5)
    return [
        int(node["feature_idx"]),
        round(float(node["num_threshold"]), 5),
        _tree(nodes, int(node["left"])),
        _tree(nodes, int(node["right"])),
    ]


def main(
    corpus: Annotated[Path, typer.Argument(help="JSON Lines with `text`.")],
    to: Annotated[Path, typer.Option(help="Where to.")] = MODEL,
    seed: Annotated[int, typer.Option(help="Of the damage.")] = 1,
) -> None:
    """Fit the model for joined words on a corpus with spaces taken out."""
    found = examples(corpus, seed)
    model = fit(found)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(model, separators=(",", ":")) + "\n", encoding="utf-8")
    typer.echo(f"{sum(found.right):,} right of {len(found.rows):,} examples")


if __name__ == "__main__":
    typer.run(main)
