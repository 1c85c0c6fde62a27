"""The ways in which a token can be a chain of known words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from warraq.text.compounds import is_compound
from warraq.text.letters import MARKS, TATWEEL
from warraq.text.lexicon import Lexicon

MOST_PARTS = 4
SHORTEST_PART = 2
_SHORTEST_OF_MANY = 7  # letters of a token with three parts or more
_MOST_COUNTED = 3
_MOST_TRIED = 60
_COSTLIEST_OF_MANY = 6.3  # chains of three and more are long, so their links have to be firm
_COST_OF_A_PART = 1.0  # beyond two

# Words that are not in the lexicon, but are with "and, so, by, to, like, the" taken off.
_CLITICS = ("و", "ف", "ب", "ل", "ك", "س", "ال", "وال", "بال", "لل", "فال", "كال")
_COST_OF_A_CLITIC = 1.6
_SHORTEST_STEM = 4

_TANWIN = frozenset("\u064b\u064c\u064d")
_ENDS_A_WORD = frozenset("ةى")
_BEFORE_HAMZA = frozenset("وفبلكساأ") | MARKS | {""}  # last letters of clitics and the article
_NO_LETTER = MARKS | {TATWEEL}


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A token as `parts`, keys of the lexicon that make it up.

    words_cost: sum of the parts' own costs. association: what neighbours among them make
    likelier. rarest: the cost of the rarest part. cost: of all together; the lower, the better.
    """

    parts: tuple[str, ...]
    words_cost: float
    association: float
    rarest: float
    cost: float

    @property
    def cuts(self) -> tuple[int, ...]:
        """Where the parts meet, as offsets into the key."""
        cuts: list[int] = []
        for part in self.parts[:-1]:
            cuts.append((cuts[-1] if cuts else 0) + len(part))
        return tuple(cuts)


def proven_cuts(token: str, key_length: int) -> frozenset[int]:
    """Offsets into the key of `token` where a word must end: after ة, ى and tanwin, before إ.

    Tanwin on the last letter but an alef (شرحاً or شرحًا) ends the word behind the alef. The alef
    with hamza below begins words, or follows clitics and the article: والإعلام, "and the media".
    """
    cuts: set[int] = set()
    at = 0
    for place, character in enumerate(token):
        if character in _TANWIN:
            has_seat = token[place + 1 : place + 2] in {"ا", "ى"}
            cuts.add(at + has_seat)
        elif character not in _NO_LETTER:
            if character == "إ" and token[place - 1 : place] not in _BEFORE_HAMZA:
                cuts.add(at)
            at += 1
            if character in _ENDS_A_WORD:
                cuts.add(at)
    return frozenset(cut for cut in cuts if 0 < cut < key_length)


def segmentations(
    lexicon: Lexicon, key: str, proven: frozenset[int] = frozenset()
) -> list[Segmentation]:
    """The cheapest segmentations of `key` that cut at every `proven` place, best first."""
    found = sorted(_walk(_Costs(lexicon, key), sorted(proven)), key=lambda one: one.cost)
    return found[:_MOST_COUNTED]


def cuts_a_compound(segmentation: Segmentation) -> bool:
    """Whether it parts what people write together, such as عبدالله: that is no fault."""
    return any(is_compound(*pair) for pair in pairwise(segmentation.parts))


class _Costs:
    """Of the pieces of one key, each looked up once."""

    def __init__(self, lexicon: Lexicon, key: str) -> None:
        self.key = key
        self.lexicon = lexicon
        self._known: dict[tuple[int, int], float | None] = {}

    def of(self, start: int, end: int) -> float | None:
        place = start, end
        if place not in self._known:
            self._known[place] = part_cost(self.lexicon, self.key[start:end])
        return self._known[place]


def part_cost(lexicon: Lexicon, word: str) -> float | None:
    """The cost of `word`, or of what a clitic before it leaves; None if neither is known."""
    cost = lexicon.cost(word)
    if cost is not None:
        return cost
    costs = (
        lexicon.cost(word[len(clitic) :])
        for clitic in _CLITICS
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST_STEM
    )
    known = [cost for cost in costs if cost is not None]
    return min(known) + _COST_OF_A_CLITIC if known else None


def _walk(costs: _Costs, proven: list[int]) -> Iterator[Segmentation]:
    key, lexicon = costs.key, costs.lexicon
    length = len(key)
    most = MOST_PARTS if length >= _SHORTEST_OF_MANY else 2
    tried = 0
    # Chains of parts from the left: where the next begins, the parts, and their costs so far.
    chains: list[tuple[int, tuple[str, ...], float, float, float]] = [(0, (), 0.0, 0.0, 0.0)]
    while chains:
        start, parts, words_cost, association, rarest = chains.pop()
        next_proven = next((cut for cut in proven if cut > start), length)
        for end in range(start + SHORTEST_PART, next_proven + 1):
            is_last = end == length
            if (is_last and not parts) or (not is_last and length - end < SHORTEST_PART):
                continue
            if not is_last and len(parts) + 1 == most:
                continue
            cost = costs.of(start, end)
            if cost is None:
                continue
            number = len(parts) + 1
            if number > 2 or (not is_last and parts):
                if max(cost, rarest) > _COSTLIEST_OF_MANY:
                    continue
                tried += 1
                if tried > _MOST_TRIED:
                    continue
            word = key[start:end]
            bound = association + (lexicon.association(parts[-1], word) if parts else 0.0)
            chain = (*parts, word)
            total = words_cost + cost
            if is_last:
                yield Segmentation(
                    chain,
                    total,
                    bound,
                    max(cost, rarest),
                    total - bound + _COST_OF_A_PART * (number - 2),
                )
            else:
                chains.append((end, chain, total, bound, max(cost, rarest)))
