"""What stands beside what: how much likelier a kind of reading is beside a word than elsewhere.

Counted in plain text, each word with all of its readings by their probabilities, then once more with
those that the first count gave (expectation maximisation, no hand-marked text).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from warraq.text.forms import TAGS

BORDER, OTHER = len(TAGS), len(TAGS) + 1
_OWN = 300  # how many of the commonest words are neighbours of a kind of their own
_DOUBT = 200.0  # how many sightings a ratio must outweigh
_FARTHEST = 12.0  # no ratio is above this, or below one by it
_ROUNDS = 2

Kinds = Sequence[tuple[int, float]]
"""The tags of a word with their probabilities."""


class Neighbours:
    """words: those that are kinds of their own; left, right: the ratios, neighbour by tag."""

    def __init__(self, runs: Sequence[Sequence[str]], kinds: Mapping[str, Kinds]) -> None:
        counted = Counter(word for run in runs for word in run if word in kinds)
        self.words = sorted(word for word, _ in counted.most_common(_OWN))
        self._own = {word: OTHER + 1 + at for at, word in enumerate(self.words)}
        shape = (OTHER + 1 + _OWN, len(TAGS))
        self.left: NDArray[np.float64] = np.ones(shape)
        self.right: NDArray[np.float64] = np.ones(shape)
        self._kinds = kinds
        pairs = _triples(runs, kinds, self._class)
        for _ in range(_ROUNDS):
            self._count(pairs)

    def _class(self, word: str) -> int:
        if word in self._own:
            return self._own[word]
        kinds = self._kinds.get(word)
        return kinds[0][0] if kinds else OTHER

    def _count(self, triples: Mapping[tuple[int, str, int], int]) -> None:
        left = np.zeros_like(self.left)
        right = np.zeros_like(self.right)
        for (before, word, after), number in triples.items():
            weights = [
                (tag, share * self.left[before, tag] * self.right[after, tag])
                for tag, share in self._kinds[word]
            ]
            total = sum(weight for _, weight in weights)
            for tag, weight in weights:
                left[before, tag] += number * weight / total
                right[after, tag] += number * weight / total
        self.left, self.right = _ratios(left), _ratios(right)


def _triples(
    runs: Iterable[Sequence[str]], kinds: Mapping[str, Kinds], class_of: object
) -> Counter[tuple[int, str, int]]:
    assert callable(class_of)
    triples: Counter[tuple[int, str, int]] = Counter()
    for run in runs:
        classes = [BORDER, *(class_of(word) for word in run), BORDER]
        for at, word in enumerate(run):
            if word in kinds:
                triples[classes[at], word, classes[at + 2]] += 1
    return triples


def _ratios(joint: NDArray[np.float64]) -> NDArray[np.float64]:
    total = joint.sum()
    expected = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True) / total
    tags = joint.sum(axis=0, keepdims=True) / total
    ratios = (joint + _DOUBT * tags) / (expected + _DOUBT * tags)
    return np.clip(ratios, 1 / _FARTHEST, _FARTHEST)
