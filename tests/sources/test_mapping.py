"""From columns to the contract: nothing is lost, and what comes out is accepted by it."""

import json
from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.test_json_lines import JSON
from warraq.article import Contract, parse, validate
from warraq.errors import Rejected
from warraq.sources.mapping import ArticleMapping, parse_map
from warraq.sources.record import Origin, Record
from warraq.sources.refused import to_json

HERE = Origin("a.jsonl", 1)


def article(
    mapping: ArticleMapping, fields: dict[str, object], *, typed: bool = True
) -> dict[str, object]:
    return mapping.payload(Record(HERE, fields, typed))


def test_map_is_parsed() -> None:
    assert parse_map("body=content, id = url ,") == {"body": "content", "id": "url"}
    assert parse_map("") == {}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("body", "field=column"),
        ("body=", "field=column"),
        ("text=content", "'text' is no field"),
        ("extra=content", "'extra' is no field"),
        ("body=a,body=b", "twice"),
    ],
)
def test_a_wrong_map_is_explained(text: str, part: str) -> None:
    with pytest.raises(ValueError, match=part):
        parse_map(text)


def test_the_real_scraped_news() -> None:
    mapping = ArticleMapping(parse_map("body=content,published_at=date_extracted,id=url"))
    made = article(
        mapping,
        {
            "source": "aawsat",
            "url": "http://aawsat.com/1",
            "date_extracted": "2015-07-21 02:51:32",
            "title": "خبر",
            "author": "",
            "content": "نص",
            "views": 7,
        },
    )
    assert made == {
        "source": "aawsat",
        "url": "http://aawsat.com/1",
        "title": "خبر",
        "id": "http://aawsat.com/1",
        "body": "نص",
        "published_at": "2015-07-21 02:51:32",
        "extra": {"views": 7},
    }


def test_a_byline_on_two_lines_becomes_one() -> None:
    made = article(ArticleMapping(), {"author": "ليلى \t\r\n منصور\n", "id": "a\tb", "section": 7})
    assert made == {"author": "ليلى منصور", "id": "a\tb", "section": 7}


def test_a_column_whose_field_is_mapped_from_another_is_kept() -> None:
    made = article(ArticleMapping({"title": "headline"}), {"title": "old", "headline": "new"})
    assert made == {"title": "new", "extra": {"title": "old"}}


def test_source_overrides_and_keeps_what_was_there() -> None:
    mapping = ArticleMapping(source="mine")
    assert article(mapping, {"source": "theirs"}) == {
        "source": "mine",
        "extra": {"source": "theirs"},
    }
    assert article(mapping, {"source": "mine"}) == {"source": "mine"}
    assert article(mapping, {"id": 1}) == {"source": "mine", "id": 1}


@pytest.mark.parametrize(
    ("given_date", "expected"),
    [
        ("2015-07-21 02:51:32", "2015-07-21T02:51:32+03:00"),
        ("2015-07-21", "2015-07-21T00:00:00+03:00"),
        ("1930-07-21", "1930-07-21T00:00:00+03:07"),
        ("2015-07-21T02:51:32Z", "2015-07-21T02:51:32Z"),
        ("2015-07-21T02,5", "2015-07-21T02,5"),  # half past two, which Python does not read
        ("yesterday", "yesterday"),
        (7, 7),
    ],
)
def test_a_zone_is_written_into_dates_that_name_none(given_date: object, expected: object) -> None:
    mapping = ArticleMapping(zone=ZoneInfo("Asia/Riyadh"))
    made = article(mapping, {"published_at": given_date, "updated_at": given_date})
    assert made == {"published_at": expected, "updated_at": expected}


def test_cells_get_their_types() -> None:
    made = article(
        ArticleMapping(),
        {
            "id": "007",
            "revision": "12",
            "deleted": "TRUE",
            "tags": "ليبيا، طرابلس; a|b,",
            "extra": '{"x": [1]}',
            "author": "",
            "city": "طرابلس",
        },
        typed=False,
    )
    assert made == {
        "id": "007",
        "revision": 12,
        "deleted": True,
        "tags": ["ليبيا", "طرابلس", "a", "b"],
        "extra": {"x": [1], "city": "طرابلس"},
    }


def test_cells_that_do_not_fit_are_left_for_the_contract_to_refuse() -> None:
    cells = {"id": "1", "source": "s", "revision": "1.5", "deleted": "perhaps"}
    made = article(ArticleMapping(), cells, typed=False)
    with pytest.raises(Rejected, match=r"revision.*deleted"):
        validate(made, Contract())


def test_a_mapped_column_that_a_table_has_not_is_refused() -> None:
    with pytest.raises(Rejected, match="no column 'contnet'"):
        article(ArticleMapping({"body": "contnet"}), {"content": "x"}, typed=False)


def test_extra_takes_the_shape_that_the_contract_allows() -> None:
    deep: object = "leaf"
    for _ in range(50):
        deep = {"inside": deep}
    long = "ط" * 25_000
    fields = {
        "source": "s",
        "id": "1",
        "deep": deep,
        "long": long,
        "large": 2**70,
        "many": list(range(1_000)),
        "": "nameless",
        "names": {"ط" * 201: 1},
        "extra": {"kept": 1, "twice": 2},
        "twice": 3,
    }
    made = article(ArticleMapping(), fields)
    extra = parse(to_json(made), Contract()).article.extra
    assert "".join(extra["long"]) == long
    assert extra["large"] == str(2**70)
    assert json.loads(extra["many"]) == list(range(1_000))
    assert extra["_"] == "nameless"
    assert json.loads(extra["names"]) == {"ط" * 201: 1}
    assert extra["kept"] == 1
    assert extra["twice"] == [2, 3]
    assert "leaf" in json.dumps(extra["deep"])


def test_an_extra_that_is_no_object_is_kept_too() -> None:
    assert article(ArticleMapping(), {"extra": "note"}) == {"extra": {"extra": "note"}}
    assert article(ArticleMapping(), {"extra": "note"}, typed=False) == {"extra": {"extra": "note"}}


@settings(deadline=None)  # a busy machine is no fault of ours
@given(st.dictionaries(st.text(max_size=20), JSON, max_size=8))
def test_whatever_columns_there_are_the_contract_takes_them(columns: dict[str, object]) -> None:
    """Small records of any shape never fail because of `extra`."""
    names = ("published_at", "updated_at", "title", "body", "url", "author", "section", "tags")
    others = ("language", "revision", "deleted", "contract")
    fields = {name: value for name, value in columns.items() if name not in (*names, *others)}
    made = article(ArticleMapping(), {**fields, "source": "s", "id": "1"})
    parse(to_json(made), Contract())


def test_fixed_offsets_work_as_zones() -> None:
    mapping = ArticleMapping(zone=timezone(timedelta(hours=2)))
    assert article(mapping, {"updated_at": "2018-01-08T14:30"}) == {
        "updated_at": "2018-01-08T14:30:00+02:00"
    }
