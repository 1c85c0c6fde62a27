"""What answers are worth: the measures, by trec_eval's own code, and how sure a difference is.

A text's score is its place, the first the highest: trec_eval orders by score alone and breaks ties
by id, so scores of Elasticsearch, which tie, would give an order that nobody was shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from statistics import fmean
from types import ModuleType

from warraq.errors import WarraqError
from warraq.search.evaluation.beir import Grades

# Our names, and those of ir-measures.
_MEASURES = {"nDCG@10": "nDCG@10", "MRR@10": "RR@10", "R@10": "R@10", "R@100": "R@100"}
MEASURES = tuple(_MEASURES)
DEEPEST = 100
"""Answers beyond this place count in no measure."""

Run = Mapping[str, Sequence[str]]
"""Query → ids of texts, best first."""
Scores = Mapping[str, Mapping[str, float]]
"""Measure → query → what its answer is worth, 0 to 1."""


def libraries() -> tuple[ModuleType, ModuleType]:
    """ir_measures and scipy.stats, which only measuring needs: the command itself goes without.

    Raises WarraqError where they are missing.
    """
    try:
        return import_module("ir_measures"), import_module("scipy.stats")
    except ImportError as missing:
        raise WarraqError(
            f"`warraq evaluate` needs the extra `evaluate` ({missing.name} is not here): "
            "pip install '.[evaluate]' in Warraq's folder"
        ) from None


def scores(grades: Grades, run: Run) -> Scores:
    """Every query of `grades` by every measure; one that found nothing is worth 0."""
    ranked = {query: dict(_ranked(texts)) for query, texts in run.items()}
    found: dict[str, dict[str, float]] = {name: dict.fromkeys(grades, 0.0) for name in MEASURES}
    ir_measures, _ = libraries()
    names = {ir_measures.parse_measure(theirs): ours for ours, theirs in _MEASURES.items()}
    for value in ir_measures.iter_calc(list(names), grades, ranked):
        found[names[value.measure]][value.query_id] = float(value.value)
    return found


def means(of: Scores) -> dict[str, float]:
    """Measure → mean of all queries."""
    return {name: fmean(by_query.values()) for name, by_query in of.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """Of two means. p: of a two-sided paired t test; None where no query differs, or only one."""

    difference: float
    p: float | None


def differences(ours: Scores, theirs: Scores) -> dict[str, Difference]:
    """Measure → how much more `ours` are worth than `theirs`, query by query."""
    return {
        name: _difference(list(ours[name].values()), [theirs[name][query] for query in ours[name]])
        for name in MEASURES
    }


def _difference(ours: Sequence[float], theirs: Sequence[float]) -> Difference:
    apart = [one - other for one, other in zip(ours, theirs, strict=True)]
    if len(apart) < 2 or len(set(apart)) == 1:  # no spread: there is no t
        return Difference(fmean(apart), None)
    _, stats = libraries()
    return Difference(fmean(apart), float(stats.ttest_rel(ours, theirs).pvalue))


def trec_lines(run: Run, name: str) -> Iterator[str]:
    """`run` in the form of TREC, which cannot have ids with spaces: for them raises WarraqError."""
    for query, texts in run.items():
        for place, (text, score) in enumerate(_ranked(texts), 1):
            if len(f"{query} {text}".split()) != 2:
                raise WarraqError(f"a run of TREC cannot have ids with spaces: {query!r}, {text!r}")
            yield f"{query} Q0 {text} {place} {score:g} {name}\n"


def _ranked(texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    return ((text, float(len(texts) - place)) for place, text in enumerate(texts))
