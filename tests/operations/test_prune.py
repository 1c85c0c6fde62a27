"""What was kept long enough is deleted, once that is confirmed, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings
from tests.operations.conftest import warraq
from tests.own_redis import own_redis
from tests.waiting import wait_until
from warraq.cli.opening_index import layout
from warraq.errors import WarraqError
from warraq.inbox import keys
from warraq.inbox.restoring import add_again
from warraq.inbox.stream import Inbox
from warraq.index.lifecycle import FILLING
from warraq.index.retention import Old, prune

Deliver = Callable[[], dict[str, int]]
NOW = datetime.now(UTC)


def ms(days: int) -> int:
    return int((NOW - timedelta(days=days)).timestamp() * 1000)


def article(own_id: str, **fields: object) -> bytes:
    return json.dumps({"source": "sahifa", "id": own_id, "title": "خبر", **fields}).encode()


@pytest.fixture
def old_and_new(inbox: Inbox, deliver: Deliver) -> Inbox:
    """Two articles and a tombstone of 400 days ago, the same of today, and dead letters."""
    today = NOW.date().isoformat()
    add_again(
        inbox,
        [
            (article("old"), ms(400)),
            (article("old, published today", published_at=today), ms(400)),
            (article("old tombstone", deleted=True), ms(400)),
            (article("new"), ms(0)),
            (article("new, published long ago", published_at="2015-01-01"), ms(0)),
            (article("new tombstone", deleted=True), ms(0)),
        ],
    )
    assert deliver() == {"created": 6}
    for days in (100, 40, 0):
        inbox.client.xadd(keys.DEAD, {"reason": "empty"}, id=f"{ms(days)}-0")
    return inbox


def left(client: Elasticsearch, settings: Settings) -> set[str]:
    index = list(client.indices.get_alias(name=settings.alias))
    client.indices.refresh(index=index)
    hits = client.search(index=index, size=100, source=["article_id"])["hits"]["hits"]
    return {hit["_source"]["article_id"] for hit in hits}


def test_nothing_is_deleted_without_yes(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    everything = left(client, settings)
    done = warraq("prune", "--older-than", "365d", "--tombstones", "365d", "--dead", "30d")
    assert [line.split()[:2] for line in done.output.splitlines()[:3]] == [
        ["2", "articles"],
        ["1", "tombstones"],
        ["2", "dead"],
    ]
    assert "nothing was deleted" in done.output
    assert left(client, settings) == everything
    assert old_and_new.counts().dead == 3


def test_articles_go_by_when_they_first_came(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    assert "2 articles" in warraq("prune", "--older-than", "365d", "--yes").output
    assert left(client, settings) == {
        "old tombstone", "new", "new, published long ago", "new tombstone"
    }  # fmt: skip


def test_an_article_that_was_changed_since_stays(
    old_and_new: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings
) -> None:
    add_again(old_and_new, [(article("old", body="more of it"), ms(1))])
    assert deliver() == {"updated": 1}
    assert "1 articles" in warraq("prune", "--older-than", "365d", "--yes").output
    assert "old" in left(client, settings)


def test_or_by_when_they_were_published_and_then_those_without_a_date_stay(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    assert (
        "1 articles" in warraq("prune", "--older-than", "52w", "--by", "published", "--yes").output
    )
    assert "new, published long ago" not in left(client, settings)
    assert "old" in left(client, settings)


def test_tombstones_and_dead_letters_go_by_their_own_age(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    warraq("prune", "--tombstones", "365d", "--dead", "30d", "--yes")
    assert left(client, settings) == {
        "old", "old, published today", "new", "new, published long ago", "new tombstone"
    }  # fmt: skip
    assert old_and_new.counts().dead == 1


def test_the_counts_still_add_up(old_and_new: Inbox) -> None:
    warraq("prune", "--older-than", "365d", "--tombstones", "365d", "--yes")
    told = json.loads(warraq("status", "--json").output)
    assert told["ended"]["pruned"] == 3
    assert told["adds_up"] is True


def test_a_full_redis_stops_no_pruning_for_that_makes_room(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_redis() as full:
        inbox = full.inbox()
        inbox.client.xadd(keys.DEAD, {"reason": "empty"}, id=f"{ms(100)}-0")
        full.fill()
        monkeypatch.setenv("WARRAQ_REDIS_URL", full.url())
        monkeypatch.setenv("WARRAQ_REDIS_USERNAME", "")
        monkeypatch.setenv("WARRAQ_REDIS_PASSWORD_FILE", "")
        done = warraq("prune", "--older-than", "365d", "--dead", "30d", "--yes")
        assert done.exit_code == 0, done.exception
        assert (inbox.counts().dead, inbox.counts().ended) == (0, {"pruned": 2})


def test_a_tombstone_that_is_pruned_no_longer_keeps_a_late_version_out(
    old_and_new: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings
) -> None:
    """What one gives up, and why tombstones have an age of their own."""
    client.indices.put_settings(index=settings.alias, settings={"index.gc_deletes": "1ms"})
    late = [(article("old tombstone"), ms(500))]
    add_again(old_and_new, late)
    assert deliver() == {"outdated": 1}
    warraq("prune", "--tombstones", "365d", "--yes")

    def is_back() -> bool:
        """Elasticsearch remembers what was deleted until it tidies up, which it does by itself."""
        client.indices.refresh(index=settings.alias)
        add_again(old_and_new, late)
        return deliver() == {"created": 1}

    wait_until(is_back, seconds=60, every=0.5)


def test_what_was_pruned_by_mistake_comes_back_at_once(
    old_and_new: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, tmp_path: Path
) -> None:
    everything, file = left(client, settings), str(tmp_path / "all.jsonl")
    assert warraq("export", file).exit_code == 0
    warraq("prune", "--older-than", "36h", "--tombstones", "36h", "--yes")
    assert warraq("import", file).exit_code == 0
    assert deliver() == {"created": 3, "unchanged": 3}
    assert left(client, settings) == everything


def test_no_pruning_while_a_reindex_would_keep_what_is_deleted(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.create(
        index=f"{settings.alias}-000002", mappings={"_meta": {FILLING: {"from": "x"}}}
    )
    refused = warraq("prune", "--older-than", "365d", "--yes")
    assert isinstance(refused.exception, WarraqError)
    assert "reindex" in str(refused.exception)
    assert "old" in left(client, settings)


def test_a_reindex_that_begins_amid_a_pruning_ends_it(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    """It may have read already what is deleted behind it."""

    def begin(_: int) -> None:
        name = f"{settings.alias}-000002"
        if not client.indices.exists(index=name):
            client.indices.create(index=name, mappings={"_meta": {FILLING: {"from": "x"}}})

    with pytest.raises(WarraqError, match="reindex"):
        prune(client, layout(settings), Old(NOW - timedelta(days=365)), begin)


@pytest.mark.parametrize("age", ["365", "0d", "-1d", "1y", "٣d", "999999w", ""])
def test_an_age_that_is_none_deletes_nothing(
    old_and_new: Inbox, client: Elasticsearch, settings: Settings, age: str
) -> None:
    assert warraq("prune", "--older-than", age, "--yes").exit_code == 2
    assert "old" in left(client, settings)


def test_what_to_prune_has_to_be_said() -> None:
    assert warraq("prune", "--yes").exit_code == 2
