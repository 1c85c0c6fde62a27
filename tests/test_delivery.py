"""Delivery keeps the promise: every article ends exactly once, and only when it is true."""

from __future__ import annotations

import base64
import json
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from pydantic import SecretStr

from config.settings import Settings
from tests.struggling import door_before
from tests.waiting import wait_until
from warraq.analysis.pipeline import STEPS, Pipeline, Step
from warraq.delivery import Delivery
from warraq.delivery.batch import Bounds, Report
from warraq.document import Document
from warraq.errors import Rejected, WarraqError
from warraq.identity import document_id
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox
from warraq.index.client import connect
from warraq.index.lifecycle import Layout, create, status
from warraq.index.writer import IndexWriter

LAYOUT = Layout(alias="delivery")


@pytest.fixture
def index(client: Elasticsearch) -> Iterator[str]:
    """The name of a fresh index behind the alias."""
    name, _ = create(client, LAYOUT)
    yield name
    client.indices.delete(index=[one.name for one in status(client, LAYOUT)])


def delivery(
    inbox: Inbox,
    client: Elasticsearch,
    *,
    consumer: str = "one",
    bounds: Bounds | None = None,
    steps: tuple[Step, ...] = STEPS,
) -> Delivery:
    return Delivery(
        inbox,
        IndexWriter(client, LAYOUT.alias),
        Pipeline(steps),
        consumer=consumer,
        process="worker",
        bounds=bounds,
    )


def payload(article_id: str = "1", **fields: Any) -> bytes:
    article = {"source": "sahifa", "id": article_id, "title": "خبر عاجل", **fields}
    return json.dumps(article, ensure_ascii=False).encode()


def stored(client: Elasticsearch, article_id: str = "1") -> dict[str, Any]:
    return dict(client.get(index=LAYOUT.alias, id=document_id("sahifa", article_id)))


def reasons(inbox: Inbox) -> list[str]:
    return [letter.reason for letter in DeadLetters(inbox)]


def test_an_article_is_indexed_and_acknowledged(inbox: Inbox, client: Elasticsearch, index: str):
    inbox.add_many([payload(body="وصل الوفد إلى طرابلس أمس.", tags=["سياسة"])])
    report = delivery(inbox, client).run(10)
    assert report.outcomes == {"created": 1}
    source = stored(client)["_source"]
    assert source["body"] == "وصل الوفد إلى طرابلس أمس."
    assert (source["language"], source["word_count"], source["sentence_count"]) == ("ar", 5, 1)
    assert inbox.counts().ended == {"created": 1}
    assert inbox.client.xlen(keys.STREAM) == 0


def test_articles_of_the_plain_list_are_delivered(inbox: Inbox, client: Elasticsearch, index: str):
    inbox.client.lpush(keys.LIST, payload("1"), payload("2"))
    assert delivery(inbox, client).run(10).outcomes == {"created": 2}


def test_the_bad_ones_die_with_a_reason_and_the_others_are_indexed(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    good = [payload(str(number)) for number in range(190)]
    bad = [
        (b"{", "not-json"),
        (b"null", "not-an-object"),
        ("مرحبا".encode("cp1256"), "not-utf8"),
        (payload(published_at="9999-01-01"), "invalid-field"),
        (payload(extra={"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}), "invalid-field"),
        (b"[" * 100_000, "too-deep"),
        (payload(body="س" * 500_001), "invalid-field"),
        (b'{"source":"sahifa","id":"x"}', "empty"),
        (b'{"source":"sahifa","id":"x","body":"<p> \\u064b </p>"}', "empty"),
        (b"x" * 8_000_001, "too-large"),
    ]
    inbox.add_many([*good, *(raw for raw, _ in bad)])
    report = delivery(inbox, client).run(30)
    assert report.outcomes == {"created": 190, "dead": 10}
    assert {letter.payload: letter.reason for letter in DeadLetters(inbox)} == dict(bad)


def test_dirty_characters_are_cleaned_and_the_payload_kept(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    raw = b'{"source":"sahifa","id":"1","title":"a\\u0000b \\ud800 \\u202eword","body":"x"}'
    inbox.add_many([raw])
    assert delivery(inbox, client).run(10).outcomes == {"created": 1}
    source = stored(client)["_source"]
    assert source["title"] == "ab \ufffd word"
    assert source["original"]["title"] == "ab \ufffd \u202eword"
    assert base64.b64decode(source["original"]["payload"]) == raw


def test_the_same_article_thrice_is_one_document(inbox: Inbox, client: Elasticsearch, index: str):
    inbox.add_many([payload(revision=1)] * 3)
    assert delivery(inbox, client).run(10).outcomes == {"created": 1, "unchanged": 2}


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
@pytest.mark.parametrize("batch", [1, 200])
def test_the_newest_version_wins_in_any_order(
    inbox: Inbox, client: Elasticsearch, index: str, order: tuple[int, int], batch: int
) -> None:
    inbox.add_many([payload(revision=number, title=f"نسخة {number}") for number in order])
    delivery(inbox, client, bounds=Bounds(batch_articles=batch)).run(10)
    assert stored(client)["_source"]["title"] == "نسخة 2"


def test_a_late_update_does_not_revive_a_withdrawn_article(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    inbox.add_many([payload(revision=3, deleted=True), payload(revision=2)])
    delivery(inbox, client).run(10)
    assert stored(client)["_source"]["deleted"] is True
    client.indices.refresh(index=LAYOUT.alias)
    assert client.count(index=LAYOUT.alias)["count"] == 0


def test_a_source_that_mixes_versions_is_told_so(inbox: Inbox, client: Elasticsearch, index: str):
    inbox.add_many([payload("1", revision=1), payload("2"), payload("3", revision=9)])
    assert delivery(inbox, client).run(10).outcomes == {"created": 2, "dead": 1}
    (letter,) = DeadLetters(inbox)
    assert (letter.reason, letter.article_id) == ("mixed-versions", "2")
    assert "revision" in letter.detail
    assert "intake" in letter.detail


def test_a_source_that_was_let_go_over_to_another_kind_of_version_mixes_none(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    one, two = delivery(inbox, client), delivery(inbox, client, consumer="two")
    inbox.add_many([payload("1")])
    assert one.run(10).outcomes == {"created": 1}
    inbox.client.hdel(keys.VERSION_KINDS, "sahifa")  # as docs/operations.md says
    inbox.add_many([payload("2", revision=1)])
    assert two.run(10).outcomes == {"created": 1}
    inbox.add_many([payload("2")])
    assert one.run(10).outcomes == {"dead": 1}
    assert reasons(inbox) == ["mixed-versions"]


def test_what_dies_decides_nothing_about_the_versions_of_its_source(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    inbox.add_many([payload("1", title=" ", revision=1), payload("2"), payload("3")])
    assert delivery(inbox, client).run(10).outcomes == {"created": 2, "dead": 1}
    assert reasons(inbox) == ["empty"]


def test_a_replayed_article_is_not_newer_than_what_came_meanwhile(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    inbox.add_many([payload(title="قديم")])
    entry, *_ = inbox.take("gone", 1, 1_000)
    inbox.bury(entry, Rejected("index", "test", "as if it had been refused"))
    wait_until(lambda: time.time() * 1000 > entry.intake_ms + 1)
    inbox.add_many([payload(title="جديد")])
    delivery(inbox, client).run(10)
    (letter,) = DeadLetters(inbox)
    DeadLetters(inbox).replay(letter.id)
    assert delivery(inbox, client).run(10).outcomes == {"outdated": 1}
    assert stored(client)["_source"]["title"] == "جديد"


def test_a_step_that_raises_is_recorded_and_the_article_indexed(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    def broken(document: Document) -> None:
        raise RuntimeError("a bug")

    inbox.add_many([payload()])
    steps = (*STEPS, Step("broken", broken))
    assert delivery(inbox, client, steps=steps).run(10).outcomes == {"created": 1}
    assert stored(client)["_source"]["failed_steps"] == ["broken"]


def held_then_delivered(inbox: Inbox, client: Elasticsearch, mend: Any) -> Report:
    """Delivers while something is wrong, mends it, delivers again; nothing may have died."""
    inbox.add_many([payload(str(number)) for number in range(5)])
    report = delivery(inbox, client).run(10)
    assert set(report.outcomes) == {"held"}
    assert report.unavailable is not None
    assert Heartbeats(inbox).paused() is not None
    mend()
    after = delivery(inbox, client, consumer="two").run(10)
    assert after.outcomes == {"created": 5}
    assert reasons(inbox) == []
    return report


def test_a_write_block_holds_articles_back(inbox: Inbox, client: Elasticsearch, index: str):
    client.indices.put_settings(index=index, settings={"index.blocks.write": True})
    held_then_delivered(
        inbox,
        client,
        lambda: client.indices.put_settings(index=index, settings={"index.blocks.write": None}),
    )


def test_a_closed_index_holds_articles_back(inbox: Inbox, client: Elasticsearch, index: str):
    client.indices.close(index=index)
    held_then_delivered(
        inbox, client, lambda: client.indices.open(index=index, wait_for_active_shards=1)
    )


def test_a_missing_alias_holds_articles_back_and_makes_no_index(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    client.indices.delete(index=index)
    held_then_delivered(inbox, client, lambda: create(client, LAYOUT))


def test_an_index_older_than_the_worker_holds_articles_back(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    def newer(document: Document) -> None:
        document.fields["field_of_the_next_release"] = 1

    inbox.add_many([payload()])
    report = delivery(inbox, client, steps=(*STEPS, Step("newer", newer))).run(10)
    assert set(report.outcomes) == {"held"}
    assert reasons(inbox) == []


def test_elasticsearch_away_holds_articles_back(inbox: Inbox, client: Elasticsearch, index: str):
    inbox.add_many([payload()])
    with connect("http://127.0.0.1:1") as nobody:
        for _ in range(5):  # more often than an article may be tried
            assert set(delivery(inbox, nobody).run(10).outcomes) == {"held"}
    assert delivery(inbox, client).run(10).outcomes == {"created": 1}


def test_a_wrong_key_holds_articles_back(
    inbox: Inbox, client: Elasticsearch, index: str, settings: Settings
) -> None:
    inbox.add_many([payload()])
    with connect(settings.elasticsearch_url, api_key=SecretStr("d3Jvbmc6a2V5")) as stranger:
        assert set(delivery(inbox, stranger).run(10).outcomes) == {"held"}
    assert delivery(inbox, client).run(10).outcomes == {"created": 1}


def test_what_a_dead_worker_left_is_delivered(inbox: Inbox, client: Elasticsearch, index: str):
    inbox.add_many([payload(str(number)) for number in range(20)])
    assert len(inbox.take("dead", 200, 10**7)) == 20
    wait_until(lambda: inbox.work_to_do(1_000) == (0, 20))
    bounds = Bounds(lease_seconds=1)
    assert delivery(inbox, client, bounds=bounds).run(30).outcomes == {"created": 20}


def test_poison_dies_after_three_deliveries_and_harms_nobody(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    class KilledError(BaseException):
        """Stands for what no except clause of the steps can catch: the process is gone."""

    def killer(document: Document) -> None:
        if document.article.own_id == "poison":
            raise KilledError

    inbox.add_many([payload("a"), payload("poison"), payload("b")])
    steps = (Step("killer", killer), *STEPS)
    outcomes: list[dict[str, int]] = []
    bounds = Bounds(lease_seconds=0.5)
    for number in range(6):
        # Whatever the one before held must be free for the next.
        wait_until(lambda: inbox.work_to_do(bounds.lease_ms)[1] == inbox.counts().in_hand)
        worker = delivery(inbox, client, consumer=f"c{number}", steps=steps, bounds=bounds)
        try:
            outcomes.append(dict(worker.run(30).outcomes))
        except KilledError:
            continue
        break
    assert len(outcomes) == 1
    assert inbox.counts().ended == {"created": 2, "dead": 1}
    (letter,) = DeadLetters(inbox)
    assert (letter.reason, letter.article_id, letter.attempts) == ("poison", "poison", 4)
    assert {stored(client, name)["found"] for name in "ab"} == {True}


@pytest.mark.parametrize("what", [payload(), b"{"])
def test_progress_is_seen(inbox: Inbox, client: Elasticsearch, index: str, what: bytes) -> None:
    inbox.add_many([what])
    delivery(inbox, client).run(10)
    progress = Heartbeats(inbox).all()["worker"].progress
    assert progress is not None
    assert progress < 30


def test_a_fault_outside_the_steps_is_one_articles_own_affair(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    def spoil(document: Document) -> None:
        if document.article.own_id == "b":
            document.fields["word_count"] = object()

    inbox.add_many([payload("a"), payload("b"), payload("c")])
    steps = (*STEPS, Step("spoil", spoil))
    assert delivery(inbox, client, steps=steps).run(10).outcomes == {"created": 2, "dead": 1}
    (letter,) = DeadLetters(inbox)
    assert (letter.stage, letter.reason, letter.article_id) == ("delivery", "fault", "b")


def test_a_dead_letter_that_cannot_be_written_keeps_its_article_and_not_its_neighbours(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    inbox.client.set(keys.DEAD, "in the way")
    inbox.add_many([payload("a"), b"{", payload("b")])
    bounds = Bounds(lease_seconds=0.5)
    assert delivery(inbox, client, bounds=bounds).run(10).outcomes == {"created": 2, "held": 1}
    assert inbox.client.xlen(keys.STREAM) == 1
    inbox.client.delete(keys.DEAD)
    wait_until(lambda: inbox.work_to_do(500) == (0, 1))
    assert delivery(inbox, client, bounds=bounds).run(10).outcomes == {"dead": 1}
    assert reasons(inbox) == ["not-json"]


def test_what_redis_refuses_counts_against_no_article(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    inbox.client.set(keys.VERSION_KINDS, "in the way")
    inbox.add_many([payload("a"), payload("b")])
    one = delivery(inbox, client, bounds=Bounds(lease_seconds=0.5))
    for _ in range(5):  # more often than an article may be tried
        wait_until(lambda: inbox.work_to_do(500) in {(2, 0), (0, 2)})
        with pytest.raises(WarraqError, match="WRONGTYPE"):
            one.run(10)
    inbox.client.delete(keys.VERSION_KINDS)
    wait_until(lambda: inbox.work_to_do(500) == (0, 2))
    assert one.run(10).outcomes == {"created": 2}


def test_a_dead_letter_that_cannot_be_written_keeps_its_reason(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    inbox.client.set(keys.DEAD, "in the way")
    inbox.add_many([payload(title=" ")])
    one = delivery(inbox, client, bounds=Bounds(lease_seconds=0.5))
    for _ in range(5):  # more often than an article may be tried
        assert one.run(10).outcomes == {"held": 1}
        wait_until(lambda: inbox.work_to_do(500) == (0, 1))
    inbox.client.delete(keys.DEAD)
    assert one.run(10).outcomes == {"dead": 1}
    assert reasons(inbox) == ["empty"]


def test_what_a_failed_run_had_in_hand_is_not_held_by_the_next(
    inbox: Inbox, client: Elasticsearch, index: str
) -> None:
    failing = True

    def short(document: Document) -> None:
        if failing and document.article.own_id == "0":
            raise KeyboardInterrupt

    inbox.add_many([payload(str(number)) for number in range(3)])
    bounds = Bounds(lease_seconds=0.5)
    one = delivery(inbox, client, steps=(*STEPS, Step("short", short)), bounds=bounds)
    with pytest.raises(KeyboardInterrupt):
        one.run(10)
    failing = False
    wait_until(lambda: inbox.work_to_do(500) == (0, 3))
    inbox.add_many([payload("new")])
    assert one.run(10).outcomes == {"created": 4}


def test_batches_shrink_until_a_busy_elasticsearch_takes_them_and_grow_again(
    inbox: Inbox, client: Elasticsearch, index: str, settings: Settings
) -> None:
    with (
        door_before(settings.elasticsearch_url) as door,
        connect(door.url, password=settings.elasticsearch_admin_password) as busy,
    ):
        door.most_bytes = 8_000
        one = delivery(inbox, busy)
        inbox.add_many([payload(str(number)) for number in range(100)])
        ended: Counter[str] = Counter()

        def delivered() -> bool:
            ended.update(one.run(30).outcomes)
            return ended["created"] == 100

        wait_until(delivered)
        assert reasons(inbox) == []
        door.most_bytes = None
        inbox.add_many([payload(f"more {number}") for number in range(400)])
        assert one.run(60).outcomes == {"created": 400}
        assert max(door.sizes) > 50_000


def others_until_one_is_buried(inbox: Inbox, *deliveries: Delivery, seconds: float) -> int:
    """Sends other articles, one at a time, until there is a dead letter and nothing is left in
    hand; returns how many."""
    sent = 0

    def buried() -> bool:
        nonlocal sent
        inbox.add_many([payload(f"other {sent}")])
        sent += 1
        for each in deliveries:
            each.run(10)
        return inbox.counts().dead == 1

    wait_until(buried, seconds)
    wait_until(lambda: bool(deliveries[0].run(10)) and inbox.counts().in_hand == 0, seconds=60)
    return sent


def test_an_article_that_elasticsearch_never_answers_is_told_from_an_outage(
    inbox: Inbox, client: Elasticsearch, index: str, settings: Settings
) -> None:
    with (
        door_before(settings.elasticsearch_url) as door,
        connect(
            door.url, password=settings.elasticsearch_admin_password, timeout_seconds=1
        ) as struggling,
    ):
        bounds = Bounds(batch_articles=10, lease_seconds=0.5)
        one = delivery(inbox, struggling, bounds=bounds)
        two = delivery(inbox, struggling, consumer="two", bounds=bounds)
        door.shut = True
        inbox.add_many([payload(str(number)) for number in range(5)])
        for _ in range(5):  # far more often than an article may be tried
            assert set(one.run(10).outcomes) <= {"held"}
            two.run(10)
        assert reasons(inbox) == []
        door.shut, door.never = False, b"never-answered"
        inbox.add_many([payload("bad", author="never-answered")])
        others = others_until_one_is_buried(inbox, one, two, seconds=120)
        (letter,) = DeadLetters(inbox)
        assert (letter.reason, letter.article_id) == ("overloads-index", "bad")
        assert inbox.counts().ended["created"] == 5 + others


def test_an_article_that_breaks_elasticsearch_is_a_dead_letter_and_others_go_on(
    inbox: Inbox, client: Elasticsearch, index: str, settings: Settings
) -> None:
    with (
        door_before(settings.elasticsearch_url) as door,
        connect(door.url, password=settings.elasticsearch_admin_password) as breaking,
    ):
        door.breaks = b"breaks-it"
        one = delivery(inbox, breaking, bounds=Bounds(lease_seconds=0.5))
        inbox.add_many([payload("bad", author="breaks-it")])
        others = others_until_one_is_buried(inbox, one, seconds=60)
        assert reasons(inbox) == ["overloads-index"]
        assert inbox.counts().ended["created"] == others
