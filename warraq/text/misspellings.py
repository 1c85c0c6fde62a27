"""Which words of the lexicon a misspelt word may have been meant as, and what each mistake costs.

The model of a noisy channel (Kernighan, Church and Gale 1990): a reading costs what its mistakes
cost and what its word costs in the language. All costs are minus log10 of a probability, as in the
lexicon. The costs of mistakes are set by hand and tuned on lists of misspellings.

Spellings that fold to one (`warraq.text.normalize.fold`) are no mistakes: search finds them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from warraq.text.layouts import are_neighbours
from warraq.text.lexicon import ALPHABET, Lexicon, lexicon_key
from warraq.text.normalize import fold

A_MISTAKE = 1.5
"""That a word is misspelt at all; the kinds of mistakes add to it."""
UNKNOWN = 2.0
"""That a word is none of the lexicon's; its letters add to it."""
# A word has few letters that sound like another, and five times as many neighbours of its keys.
_ALIKE_COST, _TWICE, _IN_WRONG_ORDER, _LEFT_OUT, _VOWEL_LEFT_OUT = 0.4, 0.6, 0.7, 0.8, 0.7
_VOWEL_TOO_MANY, _NEIGHBOUR, _TOO_MANY, _INSTEAD = 0.9, 1.3, 2.0, 2.2
_SECOND_MISTAKE = 1.0
_MOST_MISTAKES = 3.0
_AT_THE_FIRST_LETTER = 0.6
_SPLIT = 0.5

# Letters that sound or look alike, in some dialect or to a learner.
_ALIKE_LETTERS = """
    ضظ ذز سص تط ذد ظز دض ثت ثس قك قغ قج جغ هح هة حخ عا عء غخ ها يى اى يئ وؤ اء ءئ ءؤ ئؤ صز تد
    طض كج حع ةت ةا فق بت
"""
_ALIKE = frozenset(map(frozenset, _ALIKE_LETTERS.split()))
_VOWELS = frozenset("اويىءئؤ")
LONGEST_WORD = 20  # letters
_LEAST_FOR_TWO = 6  # letters: with two mistakes a shorter word may be anything
_LEAST_PART = 2
_CLITICS = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك", "س")
_CLITIC = 1.0  # what a clitic adds to the cost of its word
_LEAST_STEM = 3
_MOST_RIVALS = 30
_CONVINCING = 8.0  # a reading by one mistake that costs less: no other kind is looked for


@dataclass(frozen=True, slots=True)
class Meant:
    """A word, or two with a space between, that may have been meant.

    mistakes: what it costs to have typed something else instead. language: of the word itself.
    """

    text: str
    mistakes: float
    language: float

    @property
    def cost(self) -> float:
        return self.mistakes + self.language


def language_cost(lexicon: Lexicon, key: str) -> float:
    """Of a word by itself: of its commonest spelling among those that fold alike.

    One that is unknown costs what its letters cost, so an odd name costs less than a slip.
    """
    return _spelt(lexicon, key)[1]


def is_known(lexicon: Lexicon, key: str) -> bool:
    """Whether `key`, or what it is without its clitics, is in the lexicon in some spelling."""
    return any(spelling in lexicon for spelling in spellings(key)) or any(
        spelling in lexicon for _, stem in _stems(key) for spelling in spellings(stem)
    )


@lru_cache(1 << 12)
def _spelt(lexicon: Lexicon, key: str) -> tuple[str, float]:
    """The commonest of the spellings that fold alike, and its cost."""
    known = [(cost, one) for one in spellings(key) if (cost := lexicon.cost(one)) is not None]
    if known:
        cost, spelling = min(known)
        return spelling, cost
    stems = [(prefix, stem, lexicon.cost(stem)) for prefix, stem in _stems(key) if stem in lexicon]
    unknown = UNKNOWN + lexicon.spelling_cost(key)
    peeled = [(cost + _CLITIC, prefix + stem) for prefix, stem, cost in stems if cost is not None]
    cost, spelling = min([*peeled, (unknown, key)])
    return spelling, cost


def spellings(key: str) -> list[str]:
    """`key` and how else it may be spelt with the same folded form: with ة for ه, ي for ى."""
    choices = [_SAME.get(letter, letter) for letter in key]
    if sum(len(letters) > 1 for letters in choices) > 3:
        choices = [key[:1], *key[1:-1], _SAME.get(key[-1:], key[-1:])]
    last = len(choices) - 1
    return [
        "".join(letters)
        for letters in product(
            *(
                "".join(one for one in letters if at == last or one not in "ةى") or key[at]
                for at, letters in enumerate(choices)
            )
        )
    ]


_SAME = {
    **dict.fromkeys("هة", "هة"),
    **dict.fromkeys("يى", "يى"),
    **dict.fromkeys("ءئؤ", "ئؤء"),
}


def _stems(key: str) -> Iterator[tuple[str, str]]:
    for prefix in _CLITICS:
        if key.startswith(prefix) and len(key) >= len(prefix) + _LEAST_STEM:
            yield prefix, key[len(prefix) :]


def rivals(lexicon: Lexicon, word: str) -> list[Meant]:
    """What `word` may have been meant as, cheapest first, each folded form once, at most 30.

    Not the word itself. Words of one letter and of more than 20 have none.
    """
    key = lexicon_key(word)
    if not 1 < len(key) <= LONGEST_WORD:
        return []
    found: dict[str, Meant] = {}
    for meant in _all_rivals(lexicon, key):
        form = fold(meant.text)
        if form not in found or meant.cost < found[form].cost:
            found[form] = meant
    found.pop(fold(key), None)
    return sorted(found.values(), key=lambda meant: meant.cost)[:_MOST_RIVALS]


def _all_rivals(lexicon: Lexicon, key: str) -> Iterator[Meant]:
    near = list(_known(lexicon, _one_mistake(key)))
    is_a_word = is_known(lexicon, key)
    near += _parted(lexicon, key)
    yield from near
    if is_a_word or any(meant.cost < _CONVINCING for meant in near):
        return
    for prefix, stem in _stems(key):
        for meant in _known(lexicon, _one_mistake(stem)):
            yield Meant(prefix + meant.text, meant.mistakes, meant.language + _CLITIC)
    if len(key) >= _LEAST_FOR_TWO:
        yield from _known(lexicon, _two_mistakes(key))


def _known(lexicon: Lexicon, readings: Iterable[tuple[str, float]]) -> Iterator[Meant]:
    for reading, mistakes in readings:
        cost = lexicon.cost(reading)
        if cost is not None:
            yield Meant(reading, mistakes, cost)


def _parted(lexicon: Lexicon, key: str) -> Iterator[Meant]:
    """The two words that `key` is if its space was left out."""
    for cut in range(_LEAST_PART, len(key) - _LEAST_PART + 1):
        left, right = key[:cut], key[cut:]
        first, second = lexicon.cost(left), lexicon.cost(right)
        if first is not None and second is not None:
            together = first + second - lexicon.association(left, right)
            yield Meant(f"{left} {right}", A_MISTAKE + _SPLIT, together)


def _one_mistake(key: str) -> Iterator[tuple[str, float]]:
    for reading, cost in edits(key):
        yield reading, A_MISTAKE + cost


def _two_mistakes(key: str) -> Iterator[tuple[str, float]]:
    seen: dict[str, float] = {}
    for once, cost in edits(key, most=_VOWEL_TOO_MANY):
        for twice, more in edits(once, most=_TWICE):
            seen[twice] = min(seen.get(twice, 9.0), cost + more)
    for twice, cost in seen.items():
        yield twice, A_MISTAKE + cost + _SECOND_MISTAKE


def edits(key: str, most: float = 9.0) -> Iterator[tuple[str, float]]:
    """What `key` may have come from by one mistake that costs at most `most`, beyond `A_MISTAKE`.

    A letter too many, one left out, one for another, or two in the wrong order.
    """
    for at, letter in enumerate(key):
        before, behind = key[:at], key[at + 1 :]
        first = 0.0 if at else _AT_THE_FIRST_LETTER
        around = key[at - 1 : at] + behind[:1]
        if (cost := first + _too_many(letter, around)) <= most:
            yield before + behind, cost
        for other, cost in _others(letter, most):
            yield f"{before}{other}{behind}", cost + (first if cost > _ALIKE_COST else 0.0)
        if behind and behind[0] != letter and (cost := first + _IN_WRONG_ORDER) <= most:
            yield f"{before}{behind[0]}{letter}{behind[1:]}", cost
    for at in range(len(key) + 1):
        first = 0.0 if at else _AT_THE_FIRST_LETTER
        around = key[max(0, at - 1) : at + 1]
        for letter in ALPHABET:
            if (cost := first + _left_out(letter, around)) <= most:
                yield f"{key[:at]}{letter}{key[at:]}", cost


def mistakes_between(key: str, meant: str) -> float | None:
    """What it costs to have typed `key` for `meant`; None if that took too many mistakes."""
    before: list[float] = []
    row = [0.0]
    for at in range(len(key) + 1):
        row, before, last = [], row, before
        for place in range(len(meant) + 1):
            ways = [] if at or place else [0.0]
            if at:
                around = key[max(0, at - 2) : at - 1] + key[at : at + 1]
                ways.append(before[place] + _too_many(key[at - 1], around) + _SECOND_MISTAKE)
            if place:
                around = meant[max(0, place - 2) : place - 1] + meant[place : place + 1]
                cost = _left_out(meant[place - 1], around)
                ways.append(row[place - 1] + cost + _SECOND_MISTAKE)
            if at and place:
                same = fold(key[at - 1]) == fold(meant[place - 1])
                cost = 0.0 if same else _instead(key[at - 1], meant[place - 1]) + _SECOND_MISTAKE
                ways.append(before[place - 1] + cost)
            if at > 1 and place > 1 and key[at - 2 : at] == meant[place - 2 : place][::-1]:
                ways.append(last[place - 2] + _IN_WRONG_ORDER + _SECOND_MISTAKE)
            row.append(min(ways))
    mistakes = row[-1] - _SECOND_MISTAKE
    return A_MISTAKE + mistakes if 0 <= mistakes <= _MOST_MISTAKES else None


def _too_many(letter: str, around: str) -> float:
    """What a letter costs that should not be there."""
    if letter in around:
        return _TWICE
    if letter in _VOWELS:
        return _VOWEL_TOO_MANY
    return _NEIGHBOUR if any(are_neighbours(letter, other) for other in around) else _TOO_MANY


def _left_out(letter: str, around: str) -> float:
    """What it costs that a letter is not there."""
    if letter in around:
        return _TWICE
    return _VOWEL_LEFT_OUT if letter in _VOWELS else _LEFT_OUT


@lru_cache(1 << 11)
def _instead(letter: str, other: str) -> float:
    """What it costs to have typed `letter` for `other`."""
    if frozenset((letter, other)) in _ALIKE:
        return _ALIKE_COST
    return _NEIGHBOUR if are_neighbours(letter, other) else _INSTEAD


@lru_cache(1 << 9)
def _others(letter: str, most: float) -> tuple[tuple[str, float], ...]:
    return tuple(
        (other, cost)
        for other in ALPHABET
        if other != letter and (cost := _instead(letter, other)) <= most
    )
