"""docs/article.schema.json: current, a true schema, and never stricter than the parser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from tests.test_article import PAYLOADS, SMALLEST, STRANGE, taken_or_refused
from warraq.article import Article, Received, json_schema

SCHEMA = Path(__file__).parent.parent / "docs" / "article.schema.json"
VALIDATOR = Draft202012Validator(json.loads(json_schema()))


def test_the_published_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == json_schema(), (
        "write it anew: python -m warraq.article > docs/article.schema.json"
    )


def test_it_is_a_schema_and_tells_of_every_field() -> None:
    Draft202012Validator.check_schema(VALIDATOR.schema)
    assert set(VALIDATOR.schema["properties"]) == set(Article.model_fields)


@given(PAYLOADS | STRANGE)
def test_what_the_parser_takes_the_schema_takes(payload: dict[str, object]) -> None:
    if isinstance(taken_or_refused(json.dumps(payload).encode()), Received):
        VALIDATOR.validate(payload)


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"source": "s"},
        {"id": "1"},
        {"source": "", "id": "1"},
        {**SMALLEST, "id": ""},
        {**SMALLEST, "id": "x" * 513},
        {**SMALLEST, "revision": "7"},
        {**SMALLEST, "revision": -1},
        {**SMALLEST, "revision": 2**63},
        {**SMALLEST, "title": "x" * 2001},
        {**SMALLEST, "tags": "x"},
        {**SMALLEST, "tags": [""]},
        {**SMALLEST, "language": "arabic"},
        {**SMALLEST, "extra": []},
        {**SMALLEST, "deleted": 1},
        {**SMALLEST, "contract": 2},
        {**SMALLEST, "published_at": 1515421800},
    ],
)
def test_a_sender_finds_the_usual_faults_with_the_schema_alone(payload: dict[str, object]) -> None:
    assert not VALIDATOR.is_valid(payload)
    assert not isinstance(taken_or_refused(json.dumps(payload).encode()), Received)
