"""Which clauses of a query are marked, and in which view of a field."""

from __future__ import annotations

from typing import Any

import pytest

from tests.search.shelf import Shelf
from warraq.search.highlights import highlight

Clause = dict[str, Any]


def marked(query: Clause) -> dict[str, list[Clause]]:
    """View that is marked → by what."""
    fields = highlight(query, "<", ">")["fields"]
    return {name: how["highlight_query"]["bool"]["should"] for name, how in fields.items()}


def both(text: str, *views: str) -> Clause:
    return {"combined_fields": {"query": text, "fields": [*views], "boost": 2}}


STEM: Clause = {"match": {"body.stem": {"query": "طرابلس"}}}  # Tripoli
FOLDED: Clause = {"match": {"body": {"query": "طرابلس"}}}


@pytest.mark.parametrize(
    ("query", "by"),
    [
        # The stems' view marks all that the words' view would.
        ({"bool": {"should": [FOLDED, STEM]}}, {"body.stem": [STEM]}),
        (FOLDED, {"body": [FOLDED]}),
        ({"match": {"body": "طرابلس"}}, {"body": [FOLDED]}),
        (both("طرابلس", "body.stem", "byline"), {"body.stem": [STEM]}),
        (
            both("طرابلس", "title.stem^3", "body.stem"),
            {"title.stem": [{"match": {"title.stem": {"query": "طرابلس"}}}], "body.stem": [STEM]},
        ),
        # Wherever it stands, but not where it must not be
        ({"dis_max": {"queries": [STEM, STEM]}}, {"body.stem": [STEM]}),
        ({"function_score": {"query": STEM, "functions": []}}, {"body.stem": [STEM]}),
        ({"bool": {"must": STEM, "must_not": [FOLDED]}}, {"body.stem": [STEM]}),
        ({"bool": {"must_not": [STEM], "filter": [{"term": {"source": "a"}}]}}, {}),
        ({"match_all": {}}, {}),
        ({"nested": {"path": "quotations", "query": STEM}}, {}),
    ],
)
def test_a_field_is_marked_by_its_own_clauses(query: Clause, by: dict[str, list[Clause]]) -> None:
    assert marked(query) == by


def test_what_is_asked_of_another_view_alone_is_marked_beside(shelf: Shelf) -> None:
    shelf.put("قرب طرابلس، في الليبية.")
    query = {"bool": {"must": [{"match": {"body.stem": "ليبي"}}, {"prefix": {"body": "طراب"}}]}}
    marks = highlight(query, "<", ">")
    assert marks["fields"]["body.stem"]["matched_fields"] == ["body.stem", "body"]
    [hit] = shelf.client.search(index=shelf.alias, query=query, highlight=marks)["hits"]["hits"]
    assert hit["highlight"] == {"body.stem": ["قرب <طرابلس>، في <الليبية>."]}
