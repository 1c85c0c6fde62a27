"""Pages of a search are those of the moment in which it began, and lead through all of it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.settings import Settings
from tests.search.shelf import Shelf
from warraq.index.access import SEARCH, ensure_keys
from warraq.search import FIRST_PAGE, BadQuery, Searcher
from warraq.search.paging import Cursor, digest

CITY = "طرابلس"  # Tripoli


def fill(shelf: Shelf, number: int, first: int = 0) -> list[str]:
    """So many small articles that have CITY, every third without a date; their ids."""
    ids = [f"{first + place:06d}" for place in range(number)]
    lines: list[dict[str, Any]] = []
    for place, name in enumerate(ids):
        source: dict[str, Any] = {
            "source": "shelf",
            "article_id": name,
            "body": f"{CITY} {'مدينة ' * (place % 7)}",
            "deleted": False,
            "story_id": f"s{place // 2}",
        }
        if place % 3:
            source["published_at"] = f"2018-01-{1 + place % 28:02d}"
        lines += [{"index": {"_id": f"{name}-{shelf.alias}"}}, source]
    shelf.client.bulk(index=shelf.index, operations=lines, refresh=True)
    return ids


def pages(searcher: Searcher, size: int, **options: Any) -> list[list[str]]:
    found: list[list[str]] = []
    page: str | None = FIRST_PAGE
    while page is not None:
        results = searcher.search(CITY, size=size, page=page, **options)
        found.append([hit.article_id for hit in results.hits])
        page = results.next_page
    return found


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(("size", "lengths"), [(10, [10, 10, 3]), (23, [23, 0]), (50, [23])])
def test_pages_lead_through_all_hits_in_their_order(
    shelf: Shelf, sort: str, size: int, lengths: list[int]
) -> None:
    ids = fill(shelf, 23)
    found = pages(shelf.searcher, size, sort=sort)
    assert list(map(len, found)) == lengths
    paged = [name for page in found for name in page]
    assert sorted(paged) == ids
    hits = shelf.search(CITY, size=50, sort=sort).hits
    assert paged == [hit.article_id for hit in hits]


@pytest.mark.parametrize("options", [{}, {"fold_stories": True}, {"sort": "newest"}])
def test_pages_stay_while_articles_come_and_go(shelf: Shelf, options: dict[str, Any]) -> None:
    fill(shelf, 20)
    expected = [hit.article_id for hit in shelf.search(CITY, size=50, **options).hits]
    first = shelf.search(CITY, size=6, page=FIRST_PAGE, **options)
    fill(shelf, 30, first=500)
    shelf.client.delete_by_query(
        index=shelf.index, query={"term": {"article_id": expected[-1]}}, refresh=True
    )
    found = [hit.article_id for hit in first.hits]
    page = first.next_page
    while page is not None:
        results = shelf.search(CITY, size=6, page=page, **options)
        assert results.total == 20
        assert results.stories == first.stories
        found += [hit.article_id for hit in results.hits]
        page = results.next_page
    assert found == expected


def test_a_name_in_latin_letters_stays_what_it_was_read_as_on_the_first_page(shelf: Shelf) -> None:
    for _ in range(3):
        shelf.put("قال المشير خليفة حفتر إن قواته تتقدم.")  # his forces advance
    first = shelf.search("Haftar", size=1, page=FIRST_PAGE)
    for _ in range(9):
        shelf.put("قال الوزير سالم هفتر إن قواته تتقدم.")  # another who may be spelt so
    assert shelf.search("Haftar").read_as != first.read_as
    second = shelf.search("Haftar", size=1, page=first.next_page)
    assert (second.read_as, second.total) == (first.read_as, 3)


def test_pages_and_scans_go_beyond_ten_thousand_with_the_key_of_searchers(
    shelf: Shelf, settings: Settings, tmp_path: Path
) -> None:
    ids = fill(shelf, 10_250)
    ensure_keys(shelf.client, shelf.alias, tmp_path)
    key = (tmp_path / SEARCH.file).read_text().strip()
    with Searcher.connect(settings.elasticsearch_url, api_key=key, alias=shelf.alias) as searcher:
        scanned = [hit.article_id for hit in searcher.scan(CITY, sort="newest")]
        assert sorted(scanned) == ids
        with pytest.raises(BadQuery, match="narrow the search"):
            searcher.search(CITY, from_=10_000, size=10)
        results = searcher.search(CITY, page=FIRST_PAGE, size=10, fold_stories=True)
        assert [hit.copies for hit in results.hits] == [1] * 10
        assert results.next_page is not None
        again = searcher.search(CITY, page=results.next_page, size=10, fold_stories=True)
        assert not {hit.id for hit in results.hits} & {hit.id for hit in again.hits}
        like = searcher.similar(results.hits[0].id).hits
        assert len(like) == 10
        assert results.hits[0].story_id not in {hit.story_id for hit in like}


def open_searches(shelf: Shelf) -> int:
    [node] = shelf.client.nodes.stats(metric="indices")["nodes"].values()
    return int(node["indices"]["search"]["open_contexts"])


def test_the_point_in_time_is_closed_at_the_end(shelf: Shelf) -> None:
    fill(shelf, 130)
    before = open_searches(shelf)
    assert len(list(shelf.searcher.scan(CITY))) == 130
    pages(shelf.searcher, 50)
    broken_off = shelf.searcher.scan(CITY)
    next(broken_off)
    assert open_searches(shelf) == before + 1
    broken_off.close()
    assert open_searches(shelf) == before


def test_a_scan_finds_what_was_typed_alone_and_nothing_of_nothing(shelf: Shelf) -> None:
    shelf.put(f"وصلت السفينة إلى {CITY}.")
    assert shelf.search("طرابلص").hits[0].near
    assert list(shelf.searcher.scan("طرابلص")) == []
    assert list(shelf.searcher.scan("-!")) == []


def test_near_spellings_belong_to_the_first_page_alone(shelf: Shelf) -> None:
    shelf.put("كتب طرابلص بالخطأ.")
    shelf.put(f"وصلت السفينة إلى {CITY}.")
    first = shelf.search("طرابلص", size=1, page=FIRST_PAGE)
    assert [hit.near for hit in first.hits] == [False]
    assert first.next_page is not None
    second = shelf.search("طرابلص", size=1, page=first.next_page)
    assert (second.hits, second.next_page) == ((), None)
    whole = shelf.search("طرابلص", size=2, page=FIRST_PAGE)
    assert ([hit.near for hit in whole.hits], whole.next_page) == ([False, True], None)


def test_recency_is_counted_from_one_moment_on_all_pages(shelf: Shelf) -> None:
    from datetime import timedelta

    fill(shelf, 20)
    found = pages(shelf.searcher, 3, recency=timedelta(minutes=1))
    assert len({name for page in found for name in page}) == 20


def test_a_page_that_was_closed_has_expired(shelf: Shelf) -> None:
    fill(shelf, 20)
    page = shelf.search(CITY, size=5, page=FIRST_PAGE).next_page
    assert page is not None
    assert shelf.search(CITY, size=5, page=page).hits
    pit = json.loads(base64.urlsafe_b64decode(page))[0]
    shelf.client.close_point_in_time(id=pit)
    with pytest.raises(BadQuery, match="expired"):
        shelf.search(CITY, size=5, page=page)


@pytest.mark.parametrize(
    "options",
    [{"sort": "newest"}, {"source": "shelf"}, {"fold_stories": True}, {"since": "2018-01-01"}],
)
def test_a_page_is_of_one_search(shelf: Shelf, options: dict[str, Any]) -> None:
    from datetime import date

    fill(shelf, 20)
    page = shelf.search(CITY, size=5, page=FIRST_PAGE).next_page
    if "since" in options:
        options = {"since": date.fromisoformat(options["since"])}
    with pytest.raises(BadQuery, match="of another search"):
        shelf.search(CITY, size=5, page=page, **options)
    with pytest.raises(BadQuery, match="of another search"):
        shelf.search("مدينة", size=5, page=page)
    assert len(shelf.search(CITY, size=7, page=page).hits) == 7


def test_a_point_in_time_of_another_making_is_none_of_ours(shelf: Shelf) -> None:
    """A cursor that was forged so well that its checksum is right."""
    fill(shelf, 20)
    page = shelf.search(CITY, size=5, page=FIRST_PAGE).next_page
    assert page is not None
    whole = json.loads(base64.urlsafe_b64decode(page))
    for pit in ("x", "x" * 500, whole[0][:-4]):
        from datetime import UTC, datetime

        forged = Cursor(pit, whole[1], datetime.now(UTC), (1.0, 7))
        with pytest.raises(BadQuery):
            shelf.search(CITY, size=5, page=str(forged))


def test_a_page_and_a_number_to_leave_out_exclude_each_other(shelf: Shelf) -> None:
    with pytest.raises(BadQuery, match="not both"):
        shelf.search(CITY, page=FIRST_PAGE, from_=10)


def a_cursor() -> str:
    from datetime import UTC, datetime

    return str(Cursor("pit", digest("x"), datetime(2026, 1, 1, tzinfo=UTC), (1.5, None, 7)))


def test_a_cursor_comes_back_as_it_was() -> None:
    cursor = Cursor.read(a_cursor(), digest("x"))
    assert str(cursor) == a_cursor()
    assert (cursor.pit, cursor.after, cursor.start) == ("pit", (1.5, None, 7), 0)


@given(st.text() | st.text(alphabet="abcXYZ019_-="))
def test_any_text_is_refused_with_a_plain_word(text: str) -> None:
    with pytest.raises(BadQuery, match="no page of a search"):
        Cursor.read(text, digest("x"))


@given(st.integers(0, len(a_cursor()) - 1), st.sampled_from("Az09-_=é"))
def test_a_cursor_that_was_changed_is_refused_or_the_same(place: int, letter: str) -> None:
    text = a_cursor()
    changed = text[:place] + letter + text[place + 1 :]
    try:
        assert Cursor.read(changed, digest("x")) == Cursor.read(text, digest("x"))
    except BadQuery:
        assert changed != text


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_any_json_is_refused(said: object) -> None:
    text = base64.urlsafe_b64encode(json.dumps(said).encode()).decode()
    with pytest.raises(BadQuery, match="no page of a search"):
        Cursor.read(text, digest("x"))


def test_a_very_long_or_deep_text_is_refused() -> None:
    for said in ("[" * 14_000, "A" * 1_000_000):
        with pytest.raises(BadQuery):
            Cursor.read(base64.urlsafe_b64encode(said.encode()).decode(), digest("x"))
