"""The lexicon: how common Arabic words, pairs of words and sequences of letters are.

Made by `python -m training.make_lexicon`; its folder's README says what it holds, from which
sources and under which licence. Everything is memory-mapped: the processes of a pool share it.

All numbers are costs: minus log10 of a probability, so 3 is "once in a thousand", more is rarer.
"""

from __future__ import annotations

import mmap
from functools import cache
from pathlib import Path

import marisa_trie

from warraq.text.letters import UNSEEN

FOLDER = Path(__file__).parent.parent / "data" / "lexicon"

# A byte holds a cost: up to 10.2 of a word or pair, up to 4.25 of a letter.
STEPS_OF_WORDS = 25
STEPS_OF_LETTERS = 60
COSTLIEST = 255

ALPHABET = "ءؤئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"
LETTER_CODES = {letter: code for code, letter in enumerate(ALPHABET, 1)}
"""0 is the border of a word, `OTHER_LETTER` what is not in the alphabet."""
OTHER_LETTER = len(ALPHABET) + 1
CODES = OTHER_LETTER + 1
_CODES_3 = CODES**3
_CODES_2 = CODES**2

_KEY = str.maketrans(
    dict.fromkeys("أإآٱ", "ا") | {"ی": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه"} | dict.fromkeys(UNSEEN)
)


def lexicon_key(word: str) -> str:
    """The form in which the lexicon knows `word`: bare alef, no vowel signs, no tatweel.

    Less than `warraq.text.normalize.fold`: ة and ى keep apart from ه and ي, because they end words.
    """
    return word.translate(_KEY)


def lexicon_keys(words: str) -> frozenset[str]:
    """The keys of `words`, which spaces part."""
    return frozenset(map(lexicon_key, words.split()))


class Lexicon:
    """Words are keys as `lexicon_key` makes them. Raises OSError if `folder` holds no lexicon."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._words = _trie(folder / "words.marisa")
        self._pairs = _trie(folder / "pairs.marisa")
        self._word_costs = _bytes(folder / "words.costs")
        self._last_costs = _bytes(folder / "words.last")
        self._pair_costs = _bytes(folder / "pairs.costs")
        self._letter_costs = _bytes(folder / "letters.costs")

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def keys(self) -> list[str]:
        """All words."""
        return list(self._words)

    def cost(self, word: str) -> float | None:
        """Of `word` anywhere in a text; None if it is unknown."""
        number: int | None = self._words.get(word)
        return None if number is None else self._word_costs[number] / STEPS_OF_WORDS

    def association(self, before: str, word: str) -> float:
        """How many powers of ten likelier the known `word` is after `before` than elsewhere.

        Below 0 where `before` is well known and `word` was not seen after it; 0 if either is
        unknown.
        """
        first: int | None = self._words.get(before)
        second: int | None = self._words.get(word)
        if first is None or second is None:
            return 0.0
        pair: int | None = self._pairs.get(f"{before} {word}")
        if pair is None:
            return -self._last_costs[first] / STEPS_OF_LETTERS
        return (self._word_costs[second] - self._pair_costs[pair]) / STEPS_OF_WORDS

    def spelling_cost(self, word: str) -> float:
        """Of `word` among rare words, by its letters alone: a model of four letters in a row."""
        costs = self._letter_costs
        context = total = 0
        for letter in word:
            place = context * CODES + LETTER_CODES.get(letter, OTHER_LETTER)
            total += costs[place]
            context = place % _CODES_3
        return (total + costs[context * CODES]) / STEPS_OF_LETTERS

    def border_cost(self, word: str, cut: int) -> float:
        """The part of `spelling_cost` that the three letters behind `cut` pay for those before."""
        codes = [0, 0, 0, *(LETTER_CODES.get(letter, OTHER_LETTER) for letter in word), 0]
        total = 0
        for end in range(cut + 3, min(cut + 6, len(codes))):
            first, second, third, fourth = codes[end - 3 : end + 1]
            total += self._letter_costs[
                first * _CODES_3 + second * _CODES_2 + third * CODES + fourth
            ]
        return total / STEPS_OF_LETTERS


@cache
def shipped_lexicon() -> Lexicon:
    """The one in `FOLDER`, opened once in a process, by whoever asks first."""
    return Lexicon()


def _trie(file: Path) -> marisa_trie.Trie:
    if not file.is_file():  # marisa would raise a RuntimeError that does not say what of
        raise FileNotFoundError(f"there is no {file}")
    trie = marisa_trie.Trie()
    trie.mmap(str(file))
    return trie


def _bytes(file: Path) -> mmap.mmap:
    with file.open("rb") as opened:
        return mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
