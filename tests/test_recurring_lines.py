"""Lines that recur in a source: learned while articles are delivered, not searched, still kept."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings
from warraq.analysis.pipeline import Pipeline
from warraq.cli.index import analyse_again
from warraq.delivery import Delivery
from warraq.inbox import keys
from warraq.inbox.lines import ENOUGH
from warraq.inbox.stream import Inbox
from warraq.index.lifecycle import Layout, create, status
from warraq.index.reindex import reindex
from warraq.index.writer import IndexWriter
from warraq.search import Searcher

LAYOUT = Layout(alias="recurring")
TAIL = "نشرة الصباح في صندوق بريدك كل يوم"
"""The morning's newsletter in your mailbox each day."""


@pytest.fixture
def index(client: Elasticsearch) -> Iterator[str]:
    name, _ = create(client, LAYOUT)
    yield name
    client.indices.delete(index=[one.name for one in status(client, LAYOUT)])


def payload(number: int) -> bytes:
    """An article from Tunis by a paper of its own, with the line that recurs."""
    body = (
        f"سعيد الحارثي- الضفة- تونس: وصل الوفد رقم {number} إلى المدينة القديمة أمس ومعه خبراء في "
        f"ترميم البيوت، وزار سوق النحاسين ومدرسة من القرن الرابع عشر.\n{TAIL}"
    )
    article = {"source": "sahifa", "id": str(number), "title": f"زيارة {number}", "body": body}
    return json.dumps(article, ensure_ascii=False).encode()


def deliver(inbox: Inbox, client: Elasticsearch, numbers: range, consumer: str = "one") -> None:
    """Delivers articles one batch each, as they trickle in."""
    worker = Delivery(
        inbox, IndexWriter(client, LAYOUT.alias), Pipeline(), consumer=consumer, process=consumer
    )
    for number in numbers:
        inbox.add_many([payload(number)])
        assert worker.run(10).outcomes.keys() <= {"created", "updated"}


def found(client: Elasticsearch, typed: str) -> list[str]:
    """Ids of the articles that a search brings, in order."""
    client.indices.refresh(index=LAYOUT.alias)
    results = Searcher(client, LAYOUT.alias).search(typed, size=50)
    return sorted((hit.article_id for hit in results.hits), key=int)


def test_what_recurs_is_not_found_but_kept_and_the_place_is_found(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    deliver(inbox, client, range(ENOUGH + 2))
    early = [str(number) for number in range(ENOUGH - 1)]
    everyone = [str(number) for number in range(ENOUGH + 2)]
    assert found(client, "صندوق بريدك") == early
    assert found(client, "النحاسين") == everyone
    assert found(client, "تونس") == found(client, '"سعيد الحارثي"') == everyone
    assert found(client, "النحاسين -تونس") == []
    [hit] = client.search(index=LAYOUT.alias, query={"match": {"article_id": everyone[-1]}})[
        "hits"
    ]["hits"]
    source = hit["_source"]
    assert TAIL not in source["body"]
    assert source["original"]["body"].endswith(TAIL)
    assert source["boilerplate"] == [TAIL]
    assert source["byline"] == ["سعيد الحارثي- الضفة- تونس:"]
    asked = client.count(index=LAYOUT.alias, query={"match": {"boilerplate": "صندوق"}})
    assert asked["count"] == 3


def test_analysing_again_marks_the_first_ones_too(
    inbox: Inbox, client: Elasticsearch, index: str, settings: Settings
) -> None:
    deliver(inbox, client, range(ENOUGH))
    assert len(found(client, "صندوق بريدك")) == ENOUGH - 1
    reindex(client, LAYOUT, analyse=analyse_again(settings))
    assert found(client, "صندوق بريدك") == []
    assert len(found(client, "تونس")) == ENOUGH


def test_workers_learn_together_and_redelivery_teaches_nothing(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    for consumer in ("one", "two", "three"):
        deliver(inbox, client, range(ENOUGH - 1), consumer)
    assert len(found(client, "صندوق بريدك")) == ENOUGH - 1
    deliver(inbox, client, range(10, 11), "two")
    assert len(found(client, "صندوق بريدك")) == ENOUGH - 1


def test_when_nothing_can_be_learned_articles_are_delivered_all_the_same(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    inbox.client.set(f"{keys.LINES}sahifa:0", "not a hash")
    deliver(inbox, client, range(ENOUGH + 1))
    assert len(found(client, "صندوق بريدك")) == ENOUGH + 1
