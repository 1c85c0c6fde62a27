"""Copies of one wire text, from several sources, are one story in the index."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings
from tests.analysis.test_duplicates import OTHER, STORY
from tests.emptied import SOURCES
from warraq.analysis.duplicates import sign
from warraq.analysis.pipeline import Pipeline, Step, part
from warraq.cli.index import analyse_again
from warraq.delivery import Delivery
from warraq.delivery.batch import Bounds
from warraq.identity import document_id
from warraq.inbox.stream import Inbox
from warraq.index.lifecycle import Layout, create, status
from warraq.index.reindex import reindex
from warraq.index.writer import IndexWriter

LAYOUT = Layout(alias="stories")
STEPS = (Step("tokens", part), Step("duplicates", sign))


@pytest.fixture
def index(client: Elasticsearch) -> Iterator[str]:
    name, _ = create(client, LAYOUT)
    yield name
    client.indices.delete(index=[one.name for one in status(client, LAYOUT)])


def payload(source: str, body: str, revision: int = 1, article: str = "1") -> bytes:
    sent = {"source": source, "id": article, "title": "سد", "body": body, "revision": revision}
    return json.dumps(sent, ensure_ascii=False).encode()


def deliver(inbox: Inbox, client: Elasticsearch, *payloads: bytes, batch: int = 200) -> None:
    inbox.add_many(list(payloads))
    delivery = Delivery(
        inbox,
        IndexWriter(client, LAYOUT.alias),
        Pipeline(STEPS),
        consumer="one",
        process="worker",
        bounds=Bounds(batch_articles=batch),
    )
    assert delivery.run(10).unavailable is None


def story(client: Elasticsearch, source: str, article: str = "1") -> str:
    found = client.get(index=LAYOUT.alias, id=document_id(source, article))
    return str(found["_source"]["story_id"])


@pytest.mark.parametrize("batch", [1, 200])
def test_copies_from_three_sources_are_one_story(
    inbox: Inbox, client: Elasticsearch, index: str, batch: int
) -> None:
    copies = [STORY, STORY.replace("أمس", "اليوم"), "خاص بالصحيفة. " + STORY]
    deliver(
        inbox,
        client,
        *(payload(source, body) for source, body in zip(SOURCES, copies, strict=True)),
        payload(SOURCES[0], OTHER, article="2"),
        batch=batch,
    )
    first = document_id(SOURCES[0], "1")
    assert [story(client, source) for source in SOURCES] == [first] * 3
    assert story(client, SOURCES[0], "2") == document_id(SOURCES[0], "2")
    client.indices.refresh(index=index)
    found = client.search(
        index=LAYOUT.alias, query={"match_all": {}}, collapse={"field": "story_id"}
    )
    assert len(found["hits"]["hits"]) == 2


def test_an_update_keeps_its_story(inbox: Inbox, client: Elasticsearch, index: str) -> None:
    deliver(inbox, client, payload(SOURCES[0], STORY), payload(SOURCES[1], STORY))
    deliver(inbox, client, payload(SOURCES[1], OTHER, revision=2))
    assert story(client, SOURCES[1]) == document_id(SOURCES[0], "1")


def test_an_article_keeps_its_story_when_it_is_analysed_again(
    inbox: Inbox, client: Elasticsearch, index: str, settings: Settings
) -> None:
    deliver(inbox, client, payload(SOURCES[0], STORY), payload(SOURCES[1], STORY))
    reindex(client, LAYOUT, analyse=analyse_again(settings))
    assert story(client, SOURCES[1]) == document_id(SOURCES[0], "1")


def test_a_step_that_is_off_groups_nothing(inbox: Inbox, client: Elasticsearch, index: str) -> None:
    inbox.add_many([payload(SOURCES[0], STORY)])
    writer = IndexWriter(client, LAYOUT.alias)
    off = Pipeline(STEPS, off=("duplicates",))
    Delivery(inbox, writer, off, consumer="one", process="worker").run(10)
    assert story(client, SOURCES[0]) == document_id(SOURCES[0], "1")  # alone
