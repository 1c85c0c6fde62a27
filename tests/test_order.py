"""Order: whatever comes when, how often and beside what, an article ends at its newest version."""

from __future__ import annotations

import itertools
import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.waiting import wait_until
from warraq.analysis.pipeline import Pipeline
from warraq.delivery import Bounds, Delivery
from warraq.errors import Rejected
from warraq.identity import document_id
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.stream import Inbox
from warraq.index.lifecycle import Layout, create, status
from warraq.index.writer import IndexWriter

LAYOUT = Layout(alias="order")
BYTES = 10**6


@pytest.fixture(scope="module")
def index(client: Elasticsearch) -> Iterator[str]:
    name, _ = create(client, LAYOUT)
    yield name
    client.indices.delete(index=[one.name for one in status(client, LAYOUT)])


def delivered(inbox: Inbox, client: Elasticsearch, *, batch: int = 200) -> dict[str, int]:
    """What becomes of all that waits, delivered in batches of `batch`."""
    worker = Delivery(
        inbox,
        IndexWriter(client, LAYOUT.alias),
        Pipeline(),
        consumer="one",
        process="worker",
        bounds=Bounds(batch_articles=batch),
    )
    return dict(worker.run(30).outcomes)


def payload(article_id: str, **fields: Any) -> bytes:
    return json.dumps({"source": "sahifa", "id": article_id, "title": "خبر", **fields}).encode()


def stored(client: Elasticsearch, article_id: str) -> dict[str, Any]:
    return dict(client.get(index=LAYOUT.alias, id=document_id("sahifa", article_id)))


def buried(inbox: Inbox) -> None:
    """The oldest article that waits becomes a dead letter."""
    (entry,) = inbox.take("gravedigger", 1, 1)
    inbox.bury(entry, Rejected("index", "test", "as if it had been refused"))


@pytest.mark.parametrize("batch", [1, 2, 200])
@pytest.mark.parametrize("order", list(itertools.permutations((1, 2, 3))))
def test_every_order_of_three_versions_ends_at_the_third(
    inbox: Inbox, client: Elasticsearch, index: str, order: tuple[int, ...], batch: int
) -> None:
    article = uuid.uuid4().hex
    inbox.add_many([payload(article, revision=one, title=f"نسخة {one}") for one in order])
    outcomes = delivered(inbox, client, batch=batch)
    assert stored(client, article)["_source"]["title"] == "نسخة 3"
    older = sum(max(order[:at], default=0) > one for at, one in enumerate(order))
    assert outcomes.get("outdated", 0) == older
    assert outcomes.get("dead", 0) == 0


def test_an_older_version_is_told_from_the_same_one_and_from_a_failure(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    article = uuid.uuid4().hex
    for revision in (5, 5, 4, 6):
        inbox.add_many([payload(article, revision=revision)])
    inbox.add_many([b"{"])
    expected = {"created": 1, "unchanged": 1, "outdated": 1, "updated": 1, "dead": 1}
    assert delivered(inbox, client) == expected
    assert inbox.counts().ended == expected


def test_the_largest_revisions_compare(inbox: Inbox, client: Elasticsearch, index: str) -> None:
    article = uuid.uuid4().hex
    for revision in (2**63 - 2, 2**63 - 1, 2**63 - 2):
        inbox.add_many([payload(article, revision=revision)])
    assert delivered(inbox, client) == {"created": 1, "updated": 1, "outdated": 1}


def test_of_two_articles_with_one_version_the_first_stays(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    article = uuid.uuid4().hex
    inbox.add_many([payload(article, revision=1, title="الأول")])
    inbox.add_many([payload(article, revision=1, title="الثاني")])
    assert delivered(inbox, client) == {"created": 1, "unchanged": 1}
    assert stored(client, article)["_source"]["title"] == "الأول"


def test_a_tombstone_outlives_what_elasticsearch_remembers_of_deletions(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    client.indices.put_settings(index=index, settings={"index.gc_deletes": "1ms"})
    article, really_deleted = uuid.uuid4().hex, uuid.uuid4().hex
    inbox.add_many(
        [payload(article, revision=3, deleted=True), payload(really_deleted, revision=3)]
    )
    delivered(inbox, client)
    identifier = document_id("sahifa", really_deleted)
    client.delete(index=index, id=identifier, version=3, version_type="external_gte")

    def older_comes_back() -> bool:
        """Elasticsearch has forgotten the deletion, so that there an older version is new."""
        client.indices.refresh(index=index)
        inbox.add_many([payload(really_deleted, revision=2)])
        return delivered(inbox, client) == {"created": 1}

    wait_until(older_comes_back)
    inbox.add_many([payload(article, revision=2)])
    assert delivered(inbox, client) == {"outdated": 1}
    assert stored(client, article)["_source"]["deleted"] is True
    inbox.add_many([payload(article, revision=4)])
    assert delivered(inbox, client) == {"updated": 1}
    assert stored(client, article)["_source"]["deleted"] is False


def test_a_replay_of_an_old_letter_does_not_revive_a_withdrawn_article(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    article = uuid.uuid4().hex
    inbox.add_many([payload(article, updated_at="2018-01-08T10:00:00Z")])
    buried(inbox)
    inbox.add_many([payload(article, updated_at="2018-01-08T11:00:00Z", deleted=True)])
    delivered(inbox, client)
    assert sum(DeadLetters(inbox).replay_all()) == 1
    assert delivered(inbox, client) == {"outdated": 1}
    assert stored(client, article)["_source"]["deleted"] is True


class AnyOrder(RuleBasedStateMachine):
    """One article in versions and tombstones, sent, doubled, delivered in any batches, given back,
    left by dead workers, buried and replayed. However it went, the newest version stands."""

    inbox: Inbox
    client: Elasticsearch

    @initialize()
    def begin(self) -> None:
        # Another article each time, which spares an empty index; the inbox is empty after each.
        self.article = uuid.uuid4().hex
        self.sent: dict[int, bool] = {}

    @rule(revision=st.integers(0, 6), withdrawn=st.booleans(), copies=st.integers(1, 3))
    def send(self, revision: int, withdrawn: bool, copies: int) -> None:
        withdrawn = self.sent.setdefault(revision, withdrawn)
        one = payload(self.article, revision=revision, title=f"نسخة {revision}", deleted=withdrawn)
        self.inbox.add_many([one] * copies)

    @rule(batch=st.integers(1, 4))
    def deliver(self, batch: int) -> None:
        delivered(self.inbox, self.client, batch=batch)

    @precondition(lambda self: self.inbox.counts().waiting > 0)
    @rule()
    def bury(self) -> None:
        buried(self.inbox)

    @rule()
    def replay(self) -> None:
        sum(DeadLetters(self.inbox).replay_all())

    @rule(most=st.integers(1, 3))
    def leave(self, most: int) -> None:
        """A worker takes some and dies; its lease is up at once."""
        entries = self.inbox.take("dead", most, BYTES)
        self.inbox.release("dead", Bounds().lease_ms, entries)

    def teardown(self) -> None:
        sum(DeadLetters(self.inbox).replay_all())
        delivered(self.inbox, self.client)
        counts = self.inbox.counts()
        assert (counts.waiting, counts.in_hand, counts.dead) == (0, 0, 0)
        if self.sent:
            newest = max(self.sent)
            source = stored(self.client, self.article)["_source"]
            assert (source["revision"], source["deleted"]) == (newest, self.sent[newest])
            assert source["title"] == f"نسخة {newest}"


def test_any_order_and_batching_ends_at_the_newest(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    machine = type("AnyOrderHere", (AnyOrder,), {"inbox": inbox, "client": client})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
