"""Writing: what is too much at once goes in pieces, and what can never fit keeps nobody waiting."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from warraq.errors import Rejected
from warraq.index.lifecycle import Layout, create
from warraq.index.writer import REQUEST_BYTES, Action, IndexWriter

LAYOUT = Layout(alias="writer")


@pytest.fixture
def writer(client: Elasticsearch) -> Iterator[IndexWriter]:
    index, _ = create(client, LAYOUT)
    yield IndexWriter(client, LAYOUT.alias)
    client.indices.delete(index=index)


def action(identifier: str, letters: int = 10) -> Action:
    """A document with a body of so many letters, two bytes each."""
    head = {"index": {"_id": identifier, "version": 1, "version_type": "external"}}
    source = {"source": "s", "article_id": identifier, "body": "خبر " * (letters // 4)}
    return Action(
        identifier, json.dumps(head).encode(), json.dumps(source, ensure_ascii=False).encode()
    )


def test_more_than_elasticsearch_takes_at_once_goes_in_pieces(writer: IndexWriter) -> None:
    """Together they would be answered with 429, again and again."""
    actions = [action(str(number), 1_000_000) for number in range(16)]
    assert sum(one.size for one in actions) > 3 * REQUEST_BYTES
    assert writer.write(actions) == ["created"] * 16


def test_a_document_that_can_never_fit_is_refused_and_its_neighbours_are_written(
    writer: IndexWriter,
) -> None:
    """Elasticsearch answers 429 for it as if it could come later, so all others would wait."""
    *before, huge, after = writer.write(
        [action("1"), action("2"), action("3", 20_000_000), action("4")]
    )
    assert [*before, after] == ["created"] * 3
    assert isinstance(huge, Rejected)
    assert (huge.stage, huge.reason) == ("index", "too-large")
    assert "429" in huge.detail


def test_nothing_is_written_for_nothing(writer: IndexWriter) -> None:
    assert writer.write([]) == []


def test_a_refusal_that_quotes_a_document_is_no_missing_alias(writer: IndexWriter) -> None:
    quoted = "write index of the alias"
    head = {"index": {"_id": "1", "version": 1, "version_type": "external"}}
    bad = Action("1", json.dumps(head).encode(), json.dumps({"published_at": quoted}).encode())
    (outcome,) = writer.write([bad])
    assert isinstance(outcome, Rejected)
    assert quoted in outcome.detail
