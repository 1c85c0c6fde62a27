"""Of a story's copies one hit is shown, with how many there are and from where."""

from __future__ import annotations

import pytest

from tests.search.shelf import Shelf

WIRE = "أعلنت الوكالة وصول السفينة إلى ميناء طرابلس."


def put(
    shelf: Shelf, name: str, source: str, story: str, body: str = WIRE, title: str = ""
) -> None:
    document = shelf.put(body, id=name, source=source, title=title)
    shelf.client.update(index=shelf.index, id=document.id, doc={"story_id": story}, refresh=True)


def test_one_hit_a_story_with_its_copies_and_their_sources(shelf: Shelf) -> None:
    put(shelf, "a1", "al-mina", "a", title="طرابلس")
    put(shelf, "a2", "sada", "a")
    put(shelf, "a3", "sada", "a")
    put(shelf, "b1", "sada", "b")
    put(shelf, "b2", "sada", "b", body="نسخة بلا ذكر للمدينة.")  # a copy that was not found
    results = shelf.search("طرابلس", fold_stories=True)
    assert (results.total, results.stories) == (4, 2)
    first, second = results.hits
    assert (first.article_id, first.copies, first.copy_sources) == ("a1", 2, ("sada",))
    assert (second.article_id, second.copies, second.copy_sources) == ("b1", 0, ())


def test_a_source_is_named_among_the_copies_only_if_it_has_another(shelf: Shelf) -> None:
    put(shelf, "1", "sada", "a", title="طرابلس")
    put(shelf, "2", "sada", "a")
    put(shelf, "3", "al-mina", "a")
    [hit] = shelf.search("طرابلس", fold_stories=True).hits
    assert (hit.copies, set(hit.copy_sources)) == (2, {"sada", "al-mina"})


@pytest.mark.parametrize(("typed", "is_near"), [("السفينة زلزال", False), ("السفينص", True)])
def test_hits_that_only_come_near_have_copies_too(shelf: Shelf, typed: str, is_near: bool) -> None:
    put(shelf, "a1", "al-mina", "a", title="السفينة")
    put(shelf, "a2", "sada", "a")
    put(shelf, "b1", "sada", "b", body="رست السفينة.")
    hits = shelf.search(typed, fold_stories=True).hits  # the ship, an earthquake
    assert [hit.near for hit in hits] == [is_near] * 2
    assert [hit.partial for hit in hits] == [not is_near] * 2
    copies = {hit.article_id: (hit.copies, hit.copy_sources) for hit in hits}
    assert copies == {"a1": (1, ("sada",)), "b1": (0, ())}


def test_a_story_that_was_found_does_not_come_near_as_well(shelf: Shelf) -> None:
    put(shelf, "a1", "sada", "a")
    put(shelf, "a2", "al-mina", "a", body="أعلنت الوكالة وصول السفينة.")  # a copy, cut short
    hits = shelf.search("السفينة طرابلس", fold_stories=True).hits
    assert [(hit.article_id, hit.partial) for hit in hits] == [("a1", False)]


def test_copies_are_those_that_the_filters_leave(shelf: Shelf) -> None:
    put(shelf, "1", "sada", "a")
    put(shelf, "2", "al-mina", "a")
    [hit] = shelf.search("طرابلس", fold_stories=True, source="sada").hits
    assert (hit.copies, hit.copy_sources) == (0, ())


def test_articles_that_are_no_story_stay_apart(shelf: Shelf) -> None:
    """A body of a few words has no story; each has its own id in that field."""
    for number in range(3):
        shelf.put("من طرابلس.", id=f"short{number}")
    results = shelf.search("طرابلس", fold_stories=True)
    assert (results.total, results.stories, len(results.hits)) == (3, 3, 3)
    assert [hit.copies for hit in results.hits] == [0, 0, 0]


def test_without_folding_all_copies_are_shown(shelf: Shelf) -> None:
    put(shelf, "1", "sada", "a")
    put(shelf, "2", "al-mina", "a")
    results = shelf.search("طرابلس")
    assert (results.total, results.stories, len(results.hits)) == (2, None, 2)
    assert {hit.story_id for hit in results.hits} == {"a"}


@pytest.mark.parametrize(
    ("sort", "shown"), [("newest", "new"), ("oldest", "old"), ("relevance", "best")]
)
def test_of_the_copies_the_first_in_the_order_is_shown(shelf: Shelf, sort: str, shown: str) -> None:
    for name, date, title in (
        ("old", "2018-01-01", ""), ("new", "2018-01-03", ""), ("best", "2018-01-02", "طرابلس")
    ):  # fmt: skip
        document = shelf.put(WIRE, id=name, published_at=date, title=title)
        shelf.client.update(index=shelf.index, id=document.id, doc={"story_id": "s"}, refresh=True)
    assert shelf.found("طرابلس", fold_stories=True, sort=sort) == [shown]


def test_at_most_ten_sources_are_named(shelf: Shelf) -> None:
    for number in range(13):
        put(shelf, str(number), f"paper-{number}", "a")
    [hit] = shelf.search("طرابلس", fold_stories=True).hits
    assert (hit.copies, len(hit.copy_sources)) == (12, 10)
    assert hit.source not in hit.copy_sources
