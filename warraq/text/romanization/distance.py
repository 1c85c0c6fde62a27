"""How far a Latin spelling is from an Arabic word, letter by letter: to rank what shares a key."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache

from warraq.text.romanization.keys import latin_starts, without_article, without_doubles
from warraq.text.romanization.letters import (
    LATIN_VOWELS,
    arabic_letters,
    latin_letters,
    spellings,
)

_LONGEST = 40  # letters of a word that are looked at
_LEFT_OUT = 10  # an Arabic letter that nothing stands for, or a Latin consonant for nothing
_SHORT_VOWEL = 1  # Arabic does not write it
_HALF_VOWEL = 5
_ARTICLE = 2  # what may be one may as well be the beginning of the name
_CACHED = 1 << 14


@lru_cache(_CACHED)
def distance(latin: str, arabic: str) -> float:
    """0 where each letter is written in its commonest way, about 1 where every letter is wrong.

    The least sum of costs (`letters.tsv`) over all ways to part both words into letters that
    spell each other: a weighted edit distance (Wagner and Fischer, 1974) with pairs of groups of
    letters for operations. Divided by the number of Latin letters and the cost of a wrong one.
    """
    target = without_article(arabic_letters(arabic))[:_LONGEST]
    word = latin_letters(latin)[:_LONGEST]
    if not target or not word:
        return 1.0
    return min(
        (cost * _ARTICLE + _aligned(without_doubles(start), target)) / (_LEFT_OUT * len(start))
        for start, cost in latin_starts(word).items()
    )


def _aligned(latin: str, arabic: str) -> int:
    """The least cost of writing all of `arabic` as all of `latin`, in tenths."""
    pairs = _pairs()
    rows, columns = len(arabic) + 1, len(latin) + 1
    costs = [[10_000] * columns for _ in range(rows)]
    costs[0][0] = 0
    for row in range(rows):
        known = costs[row]
        written = _written_at(arabic, row, pairs)
        for column in range(columns):
            cost = known[column]
            if column < columns - 1:
                known[column + 1] = min(known[column + 1], cost + _unwritten(latin[column]))
            if row < rows - 1:
                costs[row + 1][column] = min(costs[row + 1][column], cost + _LEFT_OUT)
            for length, spelling, its_cost in written:
                if latin.startswith(spelling, column):
                    end = column + len(spelling)
                    costs[row + length][end] = min(costs[row + length][end], cost + its_cost)
    return costs[-1][-1]


def _unwritten(letter: str) -> int:
    if letter in "aeiou":
        return _SHORT_VOWEL
    return _HALF_VOWEL if letter in LATIN_VOWELS else _LEFT_OUT


def _written_at(
    arabic: str, at: int, pairs: dict[str, list[tuple[str, int]]]
) -> list[tuple[int, str, int]]:
    """What the one or two letters at `at` may be written as: how many they are, how, the cost."""
    found: list[tuple[int, str, int]] = []
    for length in (1, 2):
        piece = arabic[at : at + length]
        if len(piece) == length:
            found += [(length, latin, cost) for latin, cost in pairs.get(piece, ())]
            if at + length == len(arabic):
                found += [(length, latin, cost) for latin, cost in pairs.get(piece + "$", ())]
    return found


@cache
def _pairs() -> dict[str, list[tuple[str, int]]]:
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for spelling in spellings():
        found[spelling.arabic].append((spelling.latin.removesuffix("$"), spelling.cost))
    return dict(found)
