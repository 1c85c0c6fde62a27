"""The table of fields, in the code and in docs/search.md."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.docs.pages import ROOT
from warraq.index import schema
from warraq.search import parse
from warraq.search.fields import FIELDS, Field, named, nearest
from warraq.search.terms import InField, OnDays

PAGE = (ROOT / "docs" / "search.md").read_text("utf-8")
_CODE = re.compile(r"`([^`\n]+)`")


def documented() -> list[tuple[list[str], str]]:
    """(names, example) of each row of the table of fields in docs/search.md."""
    table = PAGE.partition("| Field | Arabic |")[2].partition("\n\n")[0]
    rows = [row.split(" | ") for row in table.splitlines()[2:]]
    return [(_CODE.findall(row[0] + row[1]), _CODE.findall(row[-1])[0]) for row in rows]


def test_the_documentation_names_these_fields_and_no_others() -> None:
    assert documented() == [(list(field.names), field.example) for field in FIELDS]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_index_has_what_a_field_asks(field: Field) -> None:
    for path in field.index:
        name, _, view = path.partition(".")
        mapping: Any = schema.FIELDS[name]
        if view:
            mapping = mapping["fields"][view]
        is_text = mapping["type"] == "text"
        assert is_text == (field.kind == "words")


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_its_example_asks_for_it(field: Field) -> None:
    [term] = parse(field.example).required
    assert isinstance(term, InField | OnDays)
    assert term.field is field


def test_no_name_stands_for_two_fields() -> None:
    names = [name for field in FIELDS for name in field.names]
    assert len(set(names)) == len(names)
    assert [named(name) for name in names] == [field for field in FIELDS for _ in field.names]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("sorce", "source"),
        ("persn", "person"),
        ("contry", "country"),
        ("tgas", "tags"),
        ("xyzzy", None),
    ],
)
def test_a_field_that_is_spelt_wrong_is_guessed(typed: str, meant: str | None) -> None:
    assert nearest(typed) == meant


@pytest.mark.parametrize("name", ["CNN", "Source", "SOURCE", "s", "source2", "قال"])
def test_what_is_no_field(name: str) -> None:
    assert named(name) is None
