"""Whatever is typed, Elasticsearch takes the requests that are built, or it is BadQuery."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from config.settings import Settings
from tests.fuzz.mutation import TOKENS, mutated
from tests.fuzz.queries import check_bad_query, query_seeds
from tests.fuzz.samples import DEMO_ARTICLES
from tests.search.shelf import Shelf, shelf_on
from warraq.search import as_articles
from warraq.search.facets import FACETS
from warraq.search.paging import FIRST_PAGE
from warraq.search.query import LONGEST_QUERY, BadQuery
from warraq.text.joins import JoinedWords

_HARD = (
    "*:*", "*", "**", "?*", ".*", "(a|aa)+", "[ا-ي]*", "(((((", "NOT", "AND OR", "~10^10",
    "person:*",
    "a* " * 30, "ab* " * 31, '"' * 1_000, "- " * 500, "=" * 1_000, "( " * 500, "م" * 1_000,
    "و " * 500,
    "\\" * 1_000, "/a{1000}/", "date:..", "date:0001..9999", "1e999999", "9" * 1_000, "😀" * 500,
    "\ud800", "\x00", "اب" * 250 + "*", "أو " * 300, "x" * 50 + "*", "é" * 1_000, "-" + "ب" * 999,
    " ".join(f"{chr(0x628 + n)}{n}*" for n in range(32)), "Khalifa Haftar " * 60, "الف " * 250,
)  # fmt: skip


@pytest.fixture(scope="module")
def shelf(settings: Settings) -> Iterator[Shelf]:
    with shelf_on(settings) as shelf:
        for article in DEMO_ARTICLES:
            shelf.put(article["body"], title=article["title"])
        yield shelf


def test_hard_queries_are_answered_or_refused(shelf: Shelf) -> None:
    searcher = shelf.searcher_in("Asia/Riyadh", as_articles(JoinedWords()))
    for typed in _HARD:
        try:
            searcher.search(typed[:LONGEST_QUERY], facets=True)
            searcher.complete(typed)
        except BadQuery as error:
            check_bad_query(error, typed)


def test_mutated_queries_are_answered_or_refused(shelf: Shelf) -> None:
    _search(shelf, number=120, chance=random.Random(7))


@pytest.mark.torture
def test_thousands_of_mutated_queries_are_answered_or_refused(shelf: Shelf) -> None:
    _search(shelf, number=5_000, chance=random.Random(8))


def _search(shelf: Shelf, number: int, chance: random.Random) -> None:
    searcher = shelf.searcher_in("Africa/Tripoli", as_articles(JoinedWords()))
    seeds = [seed.decode() for seed in query_seeds()]
    for _ in range(number):
        typed = mutated(chance.choice(seeds), chance)[:LONGEST_QUERY]
        options = _options(chance)
        try:
            results = searcher.search(typed, **options)
        except BadQuery as error:
            if error.span is not None:
                check_bad_query(error, typed)
            continue
        if results.next_page:
            searcher.search(typed, **{**options, "page": results.next_page})


def _options(chance: random.Random) -> dict[str, Any]:
    """Options of a search, most of them allowed ones."""
    options: dict[str, Any] = {"size": chance.choice((0, 1, 10, 100))}
    choices: dict[str, tuple[Any, ...]] = {
        "sort": ("relevance", "newest", "oldest"),
        "facets": (True, ("source", "month")),
        "fold_stories": (True,),
        "since": (date(2016, 2, 29), date(1500, 1, 1)),
        "until": (date(2100, 12, 31),),
        "recency": (timedelta(days=1), timedelta(days=36_500)),
        "page": (FIRST_PAGE,),
        "only": tuple({name: chance.choice(TOKENS)} for name in FACETS),
    }
    for name, values in choices.items():
        if chance.random() < 0.3:
            options[name] = chance.choice(values)
    return options
