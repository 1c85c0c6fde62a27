"""Facets count all that was found, and choosing their values narrows it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.shelf import Shelf, full
from warraq.search import FACETS, BadQuery, Results

HAFTAR, SARRAJ, OBAMA = "خليفة حفتر", "فائز السراج", "باراك أوباما"


def counts(results: Results, name: str) -> dict[str, int]:
    [facet] = [facet for facet in results.facets if facet.name == name]
    return {value.value: value.count for value in facet.values}


@pytest.fixture
def three(shelf: Shelf) -> Shelf:
    """Three articles that have طرابلس (Tripoli), and one that has not."""
    for name, source, date, persons, tags in (
        ("1", "al-mina", "2018-01-08", [HAFTAR, OBAMA], ["port"]),
        ("2", "al-mina", "2018-02-01", [HAFTAR, "باراك اوباما"], ["port", "sea"]),
        ("3", "sada", "2019-02-01", [SARRAJ], []),
        ("4", "sada", "2019-03-01", [SARRAJ], ["sea"]),
    ):
        city = "بنغازي" if name == "4" else "طرابلس"
        put = shelf.put(f"خبر من {city}.", id=name, source=source, published_at=date, tags=tags)
        shelf.client.update(
            index=shelf.index, id=put.id, doc={"persons": persons, "places": [city]}, refresh=True
        )
    return shelf


def test_values_are_counted_over_all_that_was_found(three: Shelf) -> None:
    results = three.search("طرابلس", size=1, facets=True)
    assert [facet.name for facet in results.facets] == list(FACETS)
    assert (results.total, len(results.hits)) == (3, 1)
    assert counts(results, "source") == {"al-mina": 2, "sada": 1}
    assert counts(results, "tags") == {"port": 2, "sea": 1}
    assert counts(results, "year") == {"2019": 1, "2018": 2}
    assert list(counts(results, "month")) == ["2019-02", "2018-02", "2018-01"]
    assert counts(results, "places") == {"طرابلس": 3}


def test_spellings_of_a_name_are_one_shown_as_most_write_it(three: Shelf) -> None:
    persons = counts(three.search("طرابلس", facets=["persons"]), "persons")
    assert persons.pop(HAFTAR) == 2
    assert persons.pop(SARRAJ) == 1
    assert list(persons.values()) == [2]  # in two spellings, once each
    assert set(persons) <= {OBAMA, "باراك اوباما"}


def test_facets_are_counted_only_when_they_are_wanted(three: Shelf) -> None:
    assert three.search("طرابلس").facets == ()
    assert three.search("طرابلس", facets=False).facets == ()
    assert [f.name for f in three.search("طرابلس", facets=("tags", "year")).facets] == [
        "tags",
        "year",
    ]


@pytest.mark.parametrize("facets", [False, True])
@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"source": "al-mina"}, {"1", "2"}),
        ({"source": ["al-mina", "sada"]}, {"1", "2", "3"}),
        ({"source": ()}, {"1", "2", "3"}),
        ({"persons": "خليفه حفتر"}, {"1", "2"}),  # in any spelling
        ({"persons": "باراك اوباما"}, {"1", "2"}),
        ({"persons": "حفتر"}, set()),  # the whole name
        ({"persons": [HAFTAR, SARRAJ], "tags": "sea"}, {"2"}),
        ({"places": "طرابلس", "year": "2018"}, {"1", "2"}),
        ({"year": ["2018", "2019"]}, {"1", "2", "3"}),
        ({"month": "2018-01"}, {"1"}),
        ({"month": ["2018-02", "2019-02"]}, {"2", "3"}),
        ({"countries": "LY"}, {"1", "2", "3"}),  # as the analysis found
        ({"countries": "TN"}, set()),
    ],
)
def test_what_is_chosen_narrows_hits_and_total(
    three: Shelf, chosen: dict[str, Any], found: set[str], facets: bool
) -> None:
    results = three.search("طرابلس", facets=facets, only=chosen)
    assert {hit.article_id for hit in full(results)} == found
    assert results.total == len(found)


def test_a_choice_narrows_all_counts_but_its_own(three: Shelf) -> None:
    results = three.search("طرابلس", only={"source": "sada"}, facets=True, fold_stories=True)
    assert counts(results, "source") == {"al-mina": 2, "sada": 1}
    assert counts(results, "year") == {"2019": 1}
    assert counts(results, "persons") == {SARRAJ: 1}
    assert (results.total, results.stories) == (1, 1)


def test_days_are_those_of_the_zone(shelf: Shelf) -> None:
    shelf.put("خبر من طرابلس.", published_at="2018-12-31T23:30:00+00:00")
    from warraq.search import Searcher

    for zone, year in (("UTC", "2018"), ("Africa/Tripoli", "2019")):
        searcher = Searcher(shelf.client, shelf.alias, zone)
        assert counts(searcher.search("طرابلس", facets=["year"]), "year") == {year: 1}
        assert searcher.search("طرابلس", only={"year": year}).total == 1


def test_values_are_bounded(shelf: Shelf) -> None:
    for number in range(25):
        shelf.put("خبر من طرابلس.", tags=[f"t{n}" for n in range(number, 25)])
    tags = counts(shelf.search("طرابلس", facets=["tags"]), "tags")
    assert list(tags.values()) == list(range(25, 5, -1))


@pytest.mark.parametrize(
    "chosen",
    [
        {"colour": "red"},
        {"size": "5"},
        {"year": "18"},
        {"year": "٢٠١٨"},
        {"year": "0000"},
        {"month": "2018-13"},
        {"month": "2018||+1y"},
        {"persons": ""},
        {"persons": "\udc80"},
        {"persons": "x" * 1_001},
        {"tags": [str(number) for number in range(51)]},
    ],
)
def test_what_is_no_facet_or_value_is_told(shelf: Shelf, chosen: dict[str, Any]) -> None:
    with pytest.raises(BadQuery):
        shelf.search("طرابلس", only=chosen)
    with pytest.raises(BadQuery, match="there is no facet 'colour'"):
        shelf.search("طرابلس", facets=["source", "colour"])
