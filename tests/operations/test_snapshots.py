"""A snapshot brings back articles, alias and search, also into an empty cluster."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings
from stack import Stack
from tests.operations.conftest import warraq, without_index
from tests.waiting import wait_until
from warraq.analysis.pipeline import Pipeline
from warraq.cli.index import prepare_elasticsearch
from warraq.cli.opening_index import layout
from warraq.delivery import Delivery
from warraq.errors import WarraqError
from warraq.inbox.stream import Inbox
from warraq.index.snapshots import REPOSITORY, restore, taken
from warraq.index.writer import IndexWriter

Deliver = Callable[[], dict[str, int]]


@pytest.fixture(autouse=True)
def _no_snapshots_of_earlier_tests(client: Elasticsearch, settings: Settings) -> Iterator[None]:
    for one in taken(client, layout(settings)):
        client.snapshot.delete(repository=REPOSITORY, snapshot=one.name)
    yield
    for one in taken(client, layout(settings)):
        client.snapshot.delete(repository=REPOSITORY, snapshot=one.name)


@pytest.fixture
def delivered(inbox: Inbox, deliver: Deliver) -> Inbox:
    articles = [
        {"source": "sahifa", "id": "1", "title": "مظاهرة في طرابلس"},  # "a protest in Tripoli"
        {"source": "sahifa", "id": "2", "title": "سحب", "deleted": True},
    ]
    inbox.add_many([json.dumps(one).encode() for one in articles])
    assert deliver() == {"created": 2}
    return inbox


def taken_now() -> str:
    done = warraq("backup", "create")
    assert done.exit_code == 0, done.exception
    return done.output.split()[0]


def found() -> bool:
    return "مظاهرة" in warraq("search", "طرابلس").output


def test_into_an_empty_cluster_all_of_it_comes_back(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, stack: Stack
) -> None:
    name = taken_now()
    without_index(client, settings)
    client.snapshot.delete_repository(name=REPOSITORY)  # a new cluster knows of none
    assert not found()
    done = warraq("backup", "restore", name)
    assert done.exit_code == 0, done.exception
    prepare_elasticsearch(settings, stack.secrets)
    assert found()
    told = json.loads(warraq("status", "--json").output)
    assert (told["index"]["articles"], told["index"]["tombstones"]) == (1, 1)
    assert told["adds_up"] is True
    assert warraq("index", "status").exit_code == 0
    delivered.add_many([b'{"source": "sahifa", "id": "3", "title": "a"}'])
    assert deliver() == {"created": 1}  # the workers' key reaches what came back


def test_beside_an_index_that_up_has_made_and_that_is_still_empty(
    delivered: Inbox, client: Elasticsearch, settings: Settings, stack: Stack
) -> None:
    name = taken_now()
    without_index(client, settings)
    prepare_elasticsearch(settings, stack.secrets)
    assert warraq("backup", "restore", name).exit_code == 0
    assert list(client.indices.get_alias(name=settings.alias)) == [f"{settings.alias}-000002"]
    assert not client.indices.exists(index=f"{settings.alias}-000001")
    assert found()


def test_articles_of_today_are_not_hidden_by_accident(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings
) -> None:
    name = taken_now()
    delivered.add_many([b'{"source": "sahifa", "id": "3", "title": "a"}'])
    deliver()
    refused = warraq("backup", "restore", name)
    assert isinstance(refused.exception, WarraqError)
    assert "holds 3 documents" in str(refused.exception)
    done = warraq("backup", "restore", name, "--replace")
    assert "articles-000001 is kept" in done.output
    assert client.count(index=f"{settings.alias}-000001")["count"] == 3
    assert client.count(index=settings.alias)["count"] == 1


def test_articles_that_come_while_a_snapshot_is_brought_back_are_not_lost(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, stack: Stack
) -> None:
    """As after `warraq up` on a new disk: its workers begin at once, on an index that is empty."""
    name = taken_now()
    without_index(client, settings)
    prepare_elasticsearch(settings, stack.secrets)
    speed = "indices.recovery.max_bytes_per_sec"
    client.cluster.put_settings(persistent={speed: "1kb"})
    with ThreadPoolExecutor(1) as operator:
        done = operator.submit(restore, client, layout(settings), name)
        try:
            wait_until(lambda: bool(client.indices.exists(index=f"{settings.alias}-000002")))
            delivered.add_many([b'{"source": "sahifa", "id": "3", "title": "a"}'])
            writer = IndexWriter(client, settings.alias)
            Delivery(delivered, writer, Pipeline(), consumer="c", process="w@test").run(60)
            assert not done.done()
        finally:
            client.cluster.put_settings(persistent={speed: None})
        assert done.result(120).new == f"{settings.alias}-000002"
    deliver()
    client.indices.refresh(index=settings.alias)
    assert client.count(index=settings.alias)["count"] == 2


def test_a_version_that_is_closed_is_not_written_over(
    delivered: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    name = taken_now()
    closed = f"{settings.alias}-000002"
    client.indices.create(index=closed, settings={"number_of_replicas": 0})
    client.index(index=closed, id="kept", document={"a": 1})
    client.indices.close(index=closed)
    try:
        assert warraq("backup", "restore", name, "--replace").exit_code == 0
        assert list(client.indices.get_alias(name=settings.alias)) == [f"{settings.alias}-000003"]
    finally:
        client.indices.open(index=closed, wait_for_active_shards="1")
    assert client.exists(index=closed, id="kept")


def test_a_restore_that_fails_leaves_the_index_open_to_writes(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, stack: Stack
) -> None:
    name = taken_now()
    blobs = stack.state / "elasticsearch" / "snapshots" / settings.alias / "indices"
    aside = blobs.with_name("aside")
    blobs.rename(aside)
    try:
        failed = warraq("backup", "restore", name, "--replace")
        assert isinstance(failed.exception, WarraqError)
    finally:
        shutil.rmtree(blobs, ignore_errors=True)
        aside.rename(blobs)
    delivered.add_many([b'{"source": "sahifa", "id": "3", "title": "a"}'])
    assert deliver() == {"created": 1}


def test_snapshots_are_listed_and_deleted(delivered: Inbox) -> None:
    first, second = taken_now(), taken_now()
    listed = warraq("backup", "list").output
    assert [line.split()[:2] for line in listed.splitlines()] == [
        [first, "SUCCESS"],
        [second, "SUCCESS"],
    ]
    assert warraq("backup", "delete", first).exit_code == 0
    assert first not in warraq("backup", "list").output
    for command in ("delete", "restore"):
        gone = warraq("backup", command, first)
        assert "no snapshot" in str(gone.exception)


@pytest.mark.parametrize("pattern", ["*", "_all", "articles-*", "none-*", ""])
def test_a_pattern_is_no_name_and_deletes_nothing(delivered: Inbox, pattern: str) -> None:
    taken_now(), taken_now()
    for command in ("delete", "restore"):
        refused = warraq("backup", command, pattern)
        assert isinstance(refused.exception, WarraqError)
        assert "no snapshot" in str(refused.exception)
    assert len(warraq("backup", "list").output.splitlines()) == 2


def test_a_folder_that_was_changed_for_another_is_taken_up(
    delivered: Inbox, settings: Settings, stack: Stack
) -> None:
    taken_now()
    folder = stack.state / "elasticsearch" / "snapshots" / settings.alias
    folder.rename(folder.with_name("on the old disk"))
    try:
        name = taken_now()
        assert [line.split()[0] for line in warraq("backup", "list").output.splitlines()] == [name]
    finally:
        shutil.rmtree(folder.with_name("on the old disk"))


def test_a_look_at_the_list_does_not_disturb_a_snapshot_that_is_being_taken(
    delivered: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    slow = {"location": settings.alias, "max_snapshot_bytes_per_sec": "5kb"}
    client.snapshot.create_repository(name=REPOSITORY, repository={"type": "fs", "settings": slow})
    client.snapshot.create(
        repository=REPOSITORY, snapshot="slow", indices=[settings.alias], wait_for_completion=False
    )
    assert "slow  IN_PROGRESS" in warraq("backup", "list").output
    wait_until(lambda: "slow  SUCCESS" in warraq("backup", "list").output, seconds=120, every=1)


def test_a_server_without_a_folder_for_snapshots_is_told_of(
    client: Elasticsearch, settings: Settings, delivered: Inbox, stack: Stack
) -> None:
    folder = stack.state / "elasticsearch" / "snapshots"
    client.snapshot.delete_repository(name=REPOSITORY)
    aside = folder.with_name("snapshots-aside")
    folder.rename(aside)
    folder.touch(mode=0o600)  # no folder any more
    try:
        assert isinstance(warraq("backup", "create").exception, WarraqError)
        assert "path.repo" in str(warraq("backup", "create").exception)
    finally:
        folder.unlink()
        aside.rename(folder)
