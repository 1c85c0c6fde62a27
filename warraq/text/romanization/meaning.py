"""Which Arabic words a Latin one may mean: the nearest by spelling, and of these the commonest."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from warraq.text.normalize import fold
from warraq.text.romanization.distance import distance

_ALMOST, _NEAR, _LESS_NEAR = 0.05, 0.1, 0.15
_LETTERS_OF_LESS_NEAR = 7
_OF_COMMONNESS = 0.01  # what e times as many articles are worth in distance
_WITHOUT_ARTICLE = 0.03
_WORSE_THAN_BEST = 0.04
_HALVED = 0.01  # by how much worse a spelling counts half
_MOST_SPELLINGS = 5


class Spelling(NamedTuple):
    """What a Latin word may be in Arabic. weight: how much it counts, beside others of the word."""

    text: str
    weight: float = 1.0


def nearest(
    latin: str,
    counts: Mapping[str, int],
    known: Iterable[str] = (),
    *,
    itself: int = 0,
    has_article: bool = False,
) -> tuple[Spelling, ...]:
    """Those of the words in `counts` that `latin` is likeliest to mean, likeliest first.

    counts: how many articles have each. known: Arabic names that it is known to stand for.
    itself: how many have the Latin word; where more have it than any other in all its spellings,
    it is no name but what it is, unless one is spelt almost so. has_article: it was typed with
    one, which `latin` has not.
    """
    spelt: dict[str, str] = {}
    numbers: defaultdict[str, int] = defaultdict(int)
    for word, count in sorted(counts.items(), key=lambda one: -one[1]):
        spelt.setdefault(fold(word), word)
        numbers[fold(word)] += count
    far = {
        folded: min(distance(latin, form) for form in _as_spoken(word))
        + (_WITHOUT_ARTICLE if has_article and not word.startswith("ال") else 0)
        for folded, word in spelt.items()
    }
    for name in known:
        spelt.setdefault(name, name)
        far[name] = 0.0
    limit = _NEAR
    if itself > max(numbers.values(), default=0):
        limit = _ALMOST
    elif min(far.values(), default=1.0) > _NEAR and len(latin) >= _LETTERS_OF_LESS_NEAR:
        limit = _LESS_NEAR
    worse = {
        word: far[word] - _OF_COMMONNESS * math.log(max(numbers[word], 1))
        for word in far
        if far[word] <= limit
    }
    best = min(worse.values(), default=0.0)
    kept = sorted(
        (word for word in worse if worse[word] <= best + _WORSE_THAN_BEST), key=worse.__getitem__
    )
    return tuple(
        Spelling(spelt[word], round(0.5 ** ((worse[word] - best) / _HALVED), 3))
        for word in kept[:_MOST_SPELLINGS]
    )


def _as_spoken(word: str) -> tuple[str, ...]:
    """`word`, and with its last letter as it may sound: عيسى (Issa), حياة (Hayat)."""
    last = {"ى": "ا", "ة": "ت"}.get(word[-1])
    return (word, word[:-1] + last) if last else (word,)
