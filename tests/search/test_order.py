"""Hits by date, and recent articles preferred among those that fit about equally well."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.search.shelf import Shelf
from warraq.search import BadQuery

NOW = datetime.now(UTC)


def days_ago(days: float) -> str:
    return (NOW - timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("newest", ["new", "middle", "old", "undated"]),
        ("oldest", ["old", "middle", "new", "undated"]),
        ("relevance", ["middle", "undated", "new", "old"]),
    ],
)
def test_hits_are_sorted_and_those_without_a_date_come_last(
    shelf: Shelf, sort: str, found: list[str]
) -> None:
    shelf.put("وصلت السفينة إلى طرابلس أمس.", id="old", published_at=days_ago(900))
    shelf.put("وصلت السفينة إلى طرابلس.", id="new", published_at=days_ago(1))
    shelf.put("طرابلس.", id="middle", title="طرابلس", published_at=days_ago(30))
    shelf.put("إلى طرابلس.", id="undated")
    assert shelf.found("طرابلس", sort=sort) == found
    [first, *_] = shelf.search("طرابلس", sort=sort).hits
    assert first.score > 0


def test_of_articles_with_one_date_the_better_one_comes_first(shelf: Shelf) -> None:
    same = days_ago(2)
    shelf.put("طرابلس ومدن كثيرة أخرى في البلاد.", id="worse", published_at=same)
    shelf.put("طرابلس.", id="better", published_at=same)
    assert shelf.found("طرابلس", sort="newest") == ["better", "worse"]


def test_recency_decides_between_articles_that_fit_equally_well(shelf: Shelf) -> None:
    for name, published_at in (("old", days_ago(400)), ("new", days_ago(1)), ("undated", None)):
        shelf.put("وصلت السفينة إلى طرابلس.", id=name, published_at=published_at)
    assert shelf.found("طرابلس", recency=timedelta(days=7))[0] == "new"
    scores = {
        hit.article_id: hit.score for hit in shelf.search("طرابلس", recency=timedelta(days=7)).hits
    }
    assert scores["undated"] == pytest.approx(scores["old"], rel=1e-3)  # nothing is lost
    assert 1.4 < scores["new"] / scores["old"] <= 1.5


@pytest.mark.parametrize("query", ["طرابلس", "وصلت سفينة إلى ميناء طرابلس فجر اليوم"])
def test_recency_does_not_drown_the_words(shelf: Shelf, query: str) -> None:
    shelf.put("خبر.", title="وصلت سفينة إلى ميناء طرابلس فجر اليوم", id="fits")
    filler = "كلام كثير عن مدن وبلاد أخرى بعيدة لا صلة لها بما سبق ذكره. " * 5
    shelf.put(
        f"{filler} وصلت سفينة إلى ميناء طرابلس فجر اليوم.", id="hardly", published_at=days_ago(0)
    )
    assert shelf.found(query, recency=timedelta(days=7)) == ["fits", "hardly"]


def test_a_half_life_is_a_half_life(shelf: Shelf) -> None:
    for age in (0.0, 7.0, 14.0):
        shelf.put("وصلت السفينة.", id=f"{age:.0f}", published_at=days_ago(age))
    plain = {hit.article_id: hit.score for hit in shelf.search("السفينة").hits}
    for hit in shelf.search("السفينة", recency=timedelta(days=7)).hits:
        gained = hit.score / plain[hit.article_id] - 1
        assert gained == pytest.approx(0.5 * 0.5 ** (int(hit.article_id) / 7), rel=0.01)


@pytest.mark.parametrize(
    "options",
    [
        {"sort": "best"},
        {"sort": "published_at"},
        {"recency": timedelta(0)},
        {"recency": timedelta(days=-7)},
        {"recency": timedelta.max},
    ],
)
def test_what_is_no_order_is_told(shelf: Shelf, options: dict[str, object]) -> None:
    with pytest.raises(BadQuery):
        shelf.search("طرابلس", **options)
