"""`grams` and `opening`: pieces of words, and what a text begins with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from warraq.index.analyzers import GRAMS, OPENING_WORDS
from warraq.index.schema import index_body
from warraq.text.letters import PART_MARK


@pytest.fixture(scope="module")
def index(admin: Elasticsearch) -> Iterator[str]:
    name = "try-order-fields"
    admin.indices.delete(index=name, ignore_unavailable=True)
    admin.indices.create(index=name, **index_body(["أميركا, أمريكا"], 1, 0, 1))
    yield name
    admin.indices.delete(index=name)


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("كتاب", "_كت كتا تاب اب_"),  # a book
        ("الكتاب", "_كت كتا تاب اب_"),  # what all nouns have would make strangers kin
        ("وبالكتاب", "_وب وبا بال الك لكت كتا تاب اب_"),
        ("بالكتاب", "_كت كتا تاب اب_"),
        ("والكتاب", "_كت كتا تاب اب_"),
        ("للكتاب", "_كت كتا تاب اب_"),
        ("الفن", "_ال الف لفن فن_"),  # art: too little would be left
        ("في", "_في في_"),
        ("و", "_و_"),
        ("كِتـابٌ", "_كت كتا تاب اب_"),
        ("٢٠١٨", "_20 201 018 18_"),
        ("BBC.", "_bb bbc bc_"),
        (f"باب{PART_MARK}دار", "_با باب اب_ _دا دار ار_"),  # a door, a house, joined
        ("باب دار", "_با باب اب_ _دا دار ار_"),
        ("كتاب،دار", "_كت كتا تاب اب_ _دا دار ار_"),
        ("…", ""),
    ],
)
@pytest.mark.parametrize("analyzer", [GRAMS.analyzer, GRAMS.search_analyzer])
def test_a_word_has_pieces_of_three_letters_and_borders(
    admin: Elasticsearch, index: str, text: str, grams: str, analyzer: str
) -> None:
    answer = admin.indices.analyze(index=index, analyzer=analyzer, text=text)
    assert " ".join(one["token"] for one in answer["tokens"]) == grams


# Without a stem in common: each letter is doubled, which no stemmer takes off.
_NUMBERED = [f"{a * 2}{b * 2}{c * 2}" for a in "بجد" for b in "رزس" for c in "صطعفق"]


def found(admin: Elasticsearch, index: str, field: str, typed: str) -> list[str]:
    query: dict[str, Any] = {"match": {field: typed}}
    answer = admin.search(index=index, query=query)
    return [hit["_id"] for hit in answer["hits"]["hits"]]


@pytest.mark.parametrize("field", ["title", "body"])
def test_the_opening_ends_behind_so_many_stems_of_title_and_of_body(
    admin: Elasticsearch, index: str, field: str
) -> None:
    document = {"title": "خبر", "body": "خبر"} | {field: " ".join(_NUMBERED)}
    admin.index(index=index, id="1", document=document, refresh=True)
    inside = [word for word in _NUMBERED if found(admin, index, "opening", word)]
    assert inside == _NUMBERED[:OPENING_WORDS]
    assert found(admin, index, "opening", "الأخبار") == ["1"]  # of the other field, by its lemma
    assert found(admin, index, f"{field}.stem", _NUMBERED[-1]) == ["1"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("opening", "البوابة"),  # the gate, of بوابة
        ("opening", "أمريكا"),  # an equivalent of أميركا
        ("grams", "بوابات"),  # gates
        ("grams", "أميركي"),  # American
    ],
)
def test_both_hold_title_and_body(admin: Elasticsearch, index: str, field: str, typed: str) -> None:
    for document in ({"title": "بوابة أميركا"}, {"body": "بوابة أميركا"}):
        admin.index(index=index, id="1", document=document, refresh=True)
        assert found(admin, index, field, typed) == ["1"]
        assert found(admin, index, field, "زقزقة") == []  # chirping
