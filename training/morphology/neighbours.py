"""What stands beside what: how much likelier a kind of reading is beside a word than elsewhere.

Counted in plain text, each word with all of its readings by their probabilities, then once more
with those that the first count gave (expectation maximisation; no text is marked by hand).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from warraq.text.forms import BORDER, DIGITS, FIRST_WORD, OTHER, TAGS
from warraq.text.tokens import tokens

_OWN = 300  # how many of the commonest words are neighbours of a kind of their own
_DOUBT = 200.0  # how many sightings a ratio must outweigh
_FARTHEST = 12.0  # no ratio is above this, or below one by it
_ROUNDS = 2

Kinds = Sequence[tuple[int, float]]
"""The tags of a word with their probabilities."""


class Neighbours:
    """words: those that are kinds of their own; left, right: the ratios, neighbour by tag."""

    def __init__(self, texts: Callable[[], Iterable[str]], kinds: Mapping[str, Kinds]) -> None:
        self._kinds = kinds
        counted = Counter(
            token.key for text in texts() for token in tokens(text) if token.key in kinds
        )
        self.words = sorted(word for word, _ in counted.most_common(_OWN))
        self._own = {word: FIRST_WORD + at for at, word in enumerate(self.words)}
        self.left: NDArray[np.float64] = np.ones((FIRST_WORD + _OWN, len(TAGS)))
        self.right: NDArray[np.float64] = self.left.copy()
        triples = Counter(triple for text in texts() for triple in self._triples(text))
        for _ in range(_ROUNDS):
            self._count(triples)

    def _class(self, word: str) -> int:
        if word in self._own:
            return self._own[word]
        if word.isdigit():
            return DIGITS
        kinds = self._kinds.get(word)
        return kinds[0][0] if kinds else OTHER

    def _triples(self, text: str) -> Iterator[tuple[int, str, int]]:
        """Each word that can be read, between the classes of what only a space parts from it."""
        words = tokens(text)
        classes = [self._class(word.key) for word in words]
        parted = [one.end + 1 != other.start for one, other in pairwise(words)]
        for at, word in enumerate(words):
            if word.key in self._kinds:
                before = BORDER if at == 0 or parted[at - 1] else classes[at - 1]
                after = BORDER if at + 1 == len(words) or parted[at] else classes[at + 1]
                yield before, word.key, after

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


def _ratios(joint: NDArray[np.float64]) -> NDArray[np.float64]:
    total = joint.sum()
    expected = joint.sum(axis=1, keepdims=True) * joint.sum(axis=0, keepdims=True) / total
    tags = joint.sum(axis=0, keepdims=True) / total
    ratios = (joint + _DOUBT * tags) / (expected + _DOUBT * tags)
    clipped: NDArray[np.float64] = np.clip(ratios, 1 / _FARTHEST, _FARTHEST)
    return clipped
