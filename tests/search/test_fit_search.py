"""Weights of the search's views are fitted on what was asked, and judged on what was held out."""

from __future__ import annotations

import numpy as np
import pytest

from training.fit_search import VIEWS, Asked, Floats, fit, held_out
from warraq.search import ranking

QUERIES, CANDIDATES = 40, 20


def collection(scores: Floats, grades: Floats) -> Asked:
    """Each query has one answer, of grade 1."""
    ones = np.ones(len(scores))
    return Asked("toy", scores, grades, ideal=ones, answers=ones)


def with_views(*good: bool) -> Asked:
    """A good view puts the answer of each query first, another one says nothing of it."""
    chance = np.random.default_rng(0)
    scores = chance.random((QUERIES, CANDIDATES, len(good)))
    answer = chance.integers(CANDIDATES, size=QUERIES)
    grades = np.eye(CANDIDATES)[answer]
    scores[np.arange(QUERIES), answer] = [1.1 if one else 0.5 for one in good]
    return collection(scores, grades)


@pytest.mark.parametrize("good", [(True, False), (False, True)])
def test_the_fit_finds_the_better_of_two_views(good: tuple[bool, bool]) -> None:
    asked = with_views(*good)
    weights = fit([asked], (0, 1), [np.ones(QUERIES, dtype=np.bool_)])
    assert (weights == 1).tolist() == list(good)
    assert asked.worth(weights)[0].mean() > asked.worth(np.ones(2))[0].mean()


def test_a_view_that_is_left_out_counts_nothing() -> None:
    everything = np.ones(QUERIES, dtype=np.bool_)
    assert fit([with_views(True, False, True)], (1, 2), [everything])[0] == 0


def test_a_fold_is_judged_by_weights_of_the_others() -> None:
    """In the first fold the first view is right, in the second the second one."""
    first, second = with_views(True, False), with_views(False, True)
    scores, grades = first.scores.copy(), first.grades.copy()
    scores[1::2], grades[1::2] = second.scores[1::2], second.grades[1::2]
    asked = collection(scores, grades)
    ((ndcg, _),) = held_out([asked], (0, 1), folds=2)
    its_own = asked.worth(np.array([1.0, 0.0]))[0]
    assert its_own[0::2].mean() == 1
    assert ndcg[0::2].mean() < 0.5


@pytest.mark.parametrize(
    ("scores", "ndcg", "recall"),
    [
        ([3.0, 2.0, 1.0], 1.0, 1.0),
        ([1.0, 2.0, 3.0], 0.5, 1.0),  # third: 1 / log2(4)
        ([2.0, 2.0, 2.0], 1.0, 1.0),  # ties stand as they came
        ([0.0, 2.0, 1.0], 0.0, 0.0),  # not found at all
    ],
)
def test_what_an_order_is_worth(scores: list[float], ndcg: float, recall: float) -> None:
    asked = collection(np.array([scores])[..., None], np.array([[1.0, 0.0, 0.0]]))
    found = asked.worth(np.ones(1))
    assert (found[0].item(), found[1].item()) == pytest.approx((ndcg, recall))


def test_what_is_asked_by_view_is_what_the_search_adds_up() -> None:
    asked = ranking.by_view("متى عاد البن إلى حراز؟")  # When did coffee come back to Haraz?
    assert tuple(asked) == VIEWS
    assert list(asked.values()) == ranking.some_words("متى عاد البن إلى حراز؟")["bool"]["should"]
