"""How likely each analysis of a word is: expectation maximisation over the words of the lexicon.

P(word) = sum over its analyses of P(lexeme) P(pattern | part of speech). The counts of the
dictionary's corpus are the prior of the lexemes (Dempster, Laird and Rubin, 1977, with a Dirichlet
prior).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from training.morphology.analyses import Analysis
from training.morphology.paradigms import DEFECTIVE

_ROUNDS = 6
_WEIGHT_OF_WORDS = (
    0.5  # of what the lexicon's words say of a lexeme, against the dictionary's counts
)
_LOOSE = {"~": 0.02, "#": 0.1}


def group(analysis: Analysis) -> str:
    """The class of lexemes that share their habits."""
    lexeme = analysis.lexeme
    if lexeme.part in ("noun", "adj") and DEFECTIVE.fullmatch(lexeme.lemma):
        return "defective"
    return lexeme.part + ("ة" if lexeme.lemma.endswith("ة") else "")


def rank(
    readings: Mapping[str, list[Analysis]], share: Mapping[str, float]
) -> dict[str, list[tuple[float, Analysis]]]:
    """Each word's analyses with their probabilities, likeliest first.

    share: of the word in texts.
    """
    lexeme_of: dict[int, float] = {}
    for analyses in readings.values():
        for one in analyses:
            lexeme_of[id(one.lexeme)] = one.lexeme.count
    total = sum(lexeme_of.values())
    prior = {key: count / total for key, count in lexeme_of.items()}
    theta = dict(prior)
    habits: dict[tuple[str, tuple[str, ...]], float] = {}
    for _ in range(_ROUNDS):
        seen: dict[int, float] = defaultdict(float)
        bent: dict[tuple[str, tuple[str, ...]], float] = defaultdict(float)
        groups: dict[str, float] = defaultdict(float)
        for word, analyses in readings.items():
            for weight, one in _weighed(analyses, theta, habits):
                mass = weight * share[word]
                seen[id(one.lexeme)] += mass
                bent[group(one), one.pattern] += mass
                groups[group(one)] += mass
        mass = sum(seen.values())
        theta = {
            key: (prior[key] + _WEIGHT_OF_WORDS * seen[key] / mass) / (1 + _WEIGHT_OF_WORDS)
            for key in prior
        }
        habits = {key: (value / groups[key[0]]) for key, value in bent.items()}
    return {
        word: sorted(_weighed(analyses, theta, habits), key=_order)
        for word, analyses in readings.items()
    }


def _order(weighed: tuple[float, Analysis]) -> tuple[float, str, str]:
    weight, one = weighed
    return -weight, one.lexeme.part, one.lexeme.lemma


def _weighed(
    analyses: list[Analysis],
    theta: Mapping[int, float],
    habits: Mapping[tuple[str, tuple[str, ...]], float],
) -> list[tuple[float, Analysis]]:
    weights = []
    for one in analyses:
        habit = habits.get((group(one), one.pattern), 1e-9) if habits else 1.0
        loose = _LOOSE.get(one.pattern[-1], 1.0) if len(one.pattern) > 4 else 1.0
        weights.append(theta[id(one.lexeme)] * max(habit, 1e-9) * loose)
    total = sum(weights)
    return [(weight / total, one) for weight, one in zip(weights, analyses, strict=True)]
