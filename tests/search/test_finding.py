"""What stands behind the articles that have what was typed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.shelf import Shelf
from tests.search.test_searcher import marked
from warraq.search import FIRST_PAGE

Kinds = list[tuple[str, bool, bool]]
"""Own id, near, partial; best first."""


def kinds(shelf: Shelf, typed: str, **options: Any) -> Kinds:
    hits = shelf.search(typed, **options).hits
    return [(hit.article_id, hit.near, hit.partial) for hit in hits]


@pytest.fixture
def port(shelf: Shelf) -> Shelf:
    """A ship in Benghazi; a ship; Benghazi, in another spelling too; neither."""
    shelf.put("وصلت السفينة إلى بنغازي.", id="both", source="a")
    shelf.put("غادرت السفينة، ثم عادت السفينة.", id="ship", source="a")
    shelf.put("أمطار في بنغازي.", id="city", source="b")
    shelf.put("خبر لا صلة له بما سبق.", id="neither")
    return shelf


def test_articles_with_some_of_the_words_come_last_are_named_and_do_not_count(port: Shelf) -> None:
    results = port.search("السفينة بنغازي")
    assert (results.total, results.total_is_exact, results.suggestion) == (1, True, None)
    first, *rest = results.hits
    assert (first.article_id, first.partial) == ("both", False)
    assert {hit.article_id for hit in rest} == {"ship", "city"}
    assert all(hit.partial and not hit.near for hit in rest)
    assert {hit.article_id: marked(hit) for hit in rest}["city"] == ["بنغازي"]


def test_near_spellings_stand_before_articles_with_some_of_the_words(port: Shelf) -> None:
    port.put("رست السفينة في بنغازى القديمة، وبنغازيس.", id="typo")
    found = kinds(port, "السفينة بنغازيس")
    assert found[0] == ("typo", False, False)
    assert found[1] == ("both", True, False)
    assert found[2:] == [("ship", False, True)]


@pytest.mark.parametrize(
    ("typed", "options", "some"),
    [
        ("السفينة بنغازي", {"source": "b"}, {"city"}),
        ("السفينة بنغازي", {"only": {"source": ["a"]}}, {"ship"}),
        ("السفينة بنغازي -أمطار", {}, {"ship"}),
        ("السفينة بنغازي source:a", {}, {"ship"}),
        # A phrase beside words may come from a title: there it is words. See below for one alone.
        ('السفينة بنغازي "أمطار في"', {}, {"both", "ship", "city"}),
        ('السفينة "رست في"', {}, {"both", "ship"}),
        ("السفينة بنغازي date:2018", {}, set()),
        ("السفينة بنغازي", {"facets": ["source"]}, {"ship", "city"}),
        ("السفينة بنغازي", {"fold_stories": True}, {"ship", "city"}),
        ("السفينة بنغازي", {"page": FIRST_PAGE}, {"ship", "city"}),
        ("السفينة بنغازي", {"sort": "newest"}, set()),  # by date they would stand among the others
        ("السفينة بنغازي", {"sort": "oldest"}, set()),
        ("السفينة بنغازي", {"size": 1}, set()),  # the page is full
        ("السفينة بنغازي", {"size": 0}, set()),
        ("السفينة بنغازي", {"from_": 1}, set()),  # on the first page alone
        ("بنغازي", {}, set()),
        ("في بنغازي", {}, set()),  # a function word is no other word
        ('"السفينة بنغازي"', {}, set()),  # who quotes wants all
    ],
)
def test_when_and_which_articles_with_some_of_the_words_follow(
    port: Shelf, typed: str, options: dict[str, Any], some: set[str]
) -> None:
    results = port.search(typed, **options)
    assert {hit.article_id for hit in results.hits if hit.partial} == some
    assert not any(hit.partial for hit in results.hits[: results.total])


def test_a_full_page_has_none_and_the_next_page_goes_on_with_full_ones(port: Shelf) -> None:
    for number in range(4):
        port.put("عادت السفينة إلى بنغازي.", id=f"again{number}")
    first = port.search("السفينة بنغازي", size=3, page=FIRST_PAGE)
    assert [hit.partial for hit in first.hits] == [False] * 3
    assert first.next_page is not None
    second = port.search("السفينة بنغازي", size=3, page=first.next_page)
    assert [hit.partial for hit in second.hits] == [False] * 2
    assert second.total == 5


def test_a_scan_has_all_words_in_each(port: Shelf) -> None:
    assert [hit.article_id for hit in port.searcher.scan("السفينة بنغازي")] == ["both"]


def test_what_is_neither_word_nor_phrase_has_to_be_in_those_with_some_words_too(
    shelf: Shelf,
) -> None:
    shelf.put("زلزال", id="one")
    shelf.put("زرافة وبطريق", id="none")  # giraffe, penguin
    assert kinds(shelf, "=جزيرة زلزال حريق") == []  # an island; earthquake, fire
    shelf.put("جزيرة نائية، زلزال", id="with the letters")
    assert kinds(shelf, "=جزيرة زلزال حريق") == [("with the letters", False, True)]
    # A hurricane, floods and a volcano are in none.
    assert kinds(shelf, "إعصار زلزال")[0][2]


def test_function_words_need_no_near_spelling(port: Shelf) -> None:
    """Where is Benghazi, misspelt."""
    assert kinds(port, "أين بنغازيس")[0][1]
