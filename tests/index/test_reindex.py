"""Reindexing while articles are written and searched: none lost, newest wins, no search fails."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from elasticsearch import AuthorizationException, Elasticsearch
from elasticsearch.helpers import scan

from tests.index.conftest import article
from warraq.errors import Rejected, Unavailable, WarraqError
from warraq.index.client import Administration
from warraq.index.documents import with_unstored
from warraq.index.filling import Filling, Reindexed
from warraq.index.lifecycle import Layout, create, current, status
from warraq.index.reindex import begin, finish_interrupted, reindex
from warraq.index.writer import Action, IndexWriter

NUMBERS = 2_000


class Writers:
    """Threads that write updates, older versions and tombstones as workers do.

    written: by id, the newest version that Elasticsearch has acknowledged, and its source.
    """

    def __init__(self, server: Administration, alias: str) -> None:
        self.written: dict[str, tuple[int, dict[str, Any]]] = {}
        self.errors: list[BaseException] = []
        self.searches = 0
        self._server, self._alias = server, alias
        self._ended, self._versions = threading.Event(), iter(range(10, 10**9))
        self._lock = threading.Lock()

    def fill(self) -> None:
        with self._server.connect() as client:
            for start in range(0, NUMBERS, 500):
                batch = [
                    (str(number), 5, article(number, 5)) for number in range(start, start + 500)
                ]
                self._write(IndexWriter(client, self._alias), batch)
            client.indices.refresh(index=self._alias)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        # Each writer has articles of its own, so that it knows what the newest version is.
        threads = [
            threading.Thread(target=self._guarded, args=(self._keep_writing, n)) for n in (0, 1)
        ]
        threads.append(threading.Thread(target=self._guarded, args=(self._keep_searching, 0)))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._ended.set()
            for thread in threads:
                thread.join()
        assert self.errors == []

    def _guarded(self, work: Any, number: int) -> None:
        try:
            work(number)
        except BaseException as error:  # noqa: BLE001  told by the test itself
            self.errors.append(error)

    def _keep_writing(self, remainder: int) -> None:
        chance = random.Random(remainder)
        with self._server.connect() as client:
            writer = IndexWriter(client, self._alias)
            while not self._ended.wait(0.02):  # a steady stream, not all that the machine can do
                batch = []
                for number in chance.sample(range(remainder, NUMBERS + 500, 2), 40):
                    with self._lock:
                        version = next(self._versions)
                    if chance.random() < 0.2:
                        version = chance.randrange(1, 10)  # an old one that comes late
                    gone = chance.random() < 0.1
                    batch.append((str(number), version, article(number, version, deleted=gone)))
                self._write(writer, batch)

    def _write(self, writer: IndexWriter, batch: list[tuple[str, int, dict[str, Any]]]) -> None:
        while batch:
            actions = [
                Action(
                    one,
                    json.dumps(
                        {"index": {"_id": one, "version": version, "version_type": "external"}}
                    ).encode(),
                    json.dumps(source).encode(),
                )
                for one, version, source in batch
            ]
            again = []
            for entry, outcome in zip(batch, writer.write(actions), strict=True):
                one, version, source = entry
                if isinstance(outcome, Unavailable):
                    again.append(entry)
                elif isinstance(outcome, Rejected):
                    raise outcome
                elif outcome not in ("unchanged", "outdated"):
                    newest = self.written.get(one, (0, {}))[0]
                    assert version > newest, "an older version was written over a newer one"
                    self.written[one] = (version, source)
            batch = again

    def _keep_searching(self, _: int) -> None:
        with self._server.connect() as client:
            while not self._ended.is_set():
                found = client.count(index=self._alias)["count"]
                hits = client.search(index=self._alias, q="خبر", size=20)["hits"]["hits"]
                assert found > NUMBERS // 2
                assert hits
                assert not any(hit["_source"]["deleted"] for hit in hits)
                self.searches += 1


def contents(client: Elasticsearch, index: str) -> dict[str, tuple[int, dict[str, Any]]]:
    """By id: version and source, tombstones too; without what says that an article is alone."""
    client.indices.refresh(index=index)
    found = {}
    for hit in scan(client, index=index, version=True, size=1_000):
        if hit["_source"].get("story_id") == hit["_id"]:
            del hit["_source"]["story_id"]
        found[hit["_id"]] = (hit["_version"], hit["_source"])
    return found


def test_a_copy_is_found_by_what_is_not_kept_in_its_source(
    admin: Elasticsearch, layout: Layout
) -> None:
    create(admin, layout)
    # Names of persons, and a broken plural: كتب is "books".
    written = article(1, 1, body="وصلت الكتب", language="ar", persons=["خليفة حفتر"])
    admin.index(index=layout.alias, id="1", document=with_unstored(written))
    reindex(admin, layout)
    admin.indices.refresh(index=layout.alias)
    for field, value in (("lemmas", "كتاب"), ("roots", "كتب"), ("name_keys", "HFTR حفتر")):
        found = admin.search(index=layout.alias, query={"term": {field: value}})["hits"]["hits"]
        assert [hit["_id"] for hit in found] == ["1"]
        assert field not in found[0]["_source"]


def test_an_article_without_a_story_is_alone_afterwards(
    admin: Elasticsearch, layout: Layout
) -> None:
    create(admin, layout)
    admin.index(index=layout.alias, id="1", document=article(1, 1, story_id="a story"))
    admin.index(index=layout.alias, id="2", document=article(2, 1))
    new = reindex(admin, layout).new
    stories = {name: admin.get(index=new, id=name)["_source"]["story_id"] for name in ("1", "2")}
    assert stories == {"1": "a story", "2": "2"}


@pytest.mark.parametrize("shards", [1, 2])
def test_nothing_is_lost_and_the_newest_wins_while_all_goes_on(
    admin: Elasticsearch, server: Administration, layout: Layout, shards: int
) -> None:
    layout = replace(layout, shards=shards)
    create(admin, layout)
    writers = Writers(server, layout.alias)
    writers.fill()
    seen: list[tuple[int, int]] = []
    with writers.at_work():
        for _ in range(3):
            done = reindex(admin, layout, report=lambda *numbers: seen.append(numbers))
            assert current(admin, layout) == done.new
    assert contents(admin, done.new) == writers.written
    assert writers.searches > 3
    assert seen
    assert all(number <= total for number, total in seen)
    versions = status(admin, layout)
    assert [version.name for version in versions if version.current] == [f"{layout.alias}-000004"]
    assert not any(version.filling or version.drift for version in versions)


def test_the_old_version_is_kept_closed_to_writes_or_dropped(
    admin: Elasticsearch, layout: Layout
) -> None:
    create(admin, layout)
    admin.index(index=layout.alias, id="1", document=article(1, 1))
    first = reindex(admin, layout)
    with pytest.raises(AuthorizationException, match="blocked"):
        admin.index(index=first.old, id="2", document=article(2, 1))
    second = reindex(admin, layout, drop_old=True)
    assert [version.name for version in status(admin, layout)] == [first.old, second.new]
    assert admin.count(index=layout.alias)["count"] == 1


class Interrupted(Exception):
    """The end of a run, as by Ctrl-C or a lost connection."""


def interrupt(_done: int, _total: int) -> None:
    raise Interrupted


def filled(admin: Elasticsearch, server: Administration, layout: Layout) -> Writers:
    create(admin, layout)
    writers = Writers(server, layout.alias)
    writers.fill()
    return writers


def test_an_interrupted_run_changes_nothing_and_goes_on(
    admin: Elasticsearch, server: Administration, layout: Layout, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers = filled(admin, server, layout)
    pages = iter(range(30))

    def after_many_pages(_done: int, _total: int) -> None:
        if next(pages, None) is None:
            raise Interrupted

    # Small pages, so that the position has been noted before the end.
    monkeypatch.setattr("warraq.index.filling._MOST_IN_PAGE", 50)
    with pytest.raises(Interrupted):
        reindex(admin, layout, report=after_many_pages)
    assert current(admin, layout) == f"{layout.alias}-000001"
    assert [version.filling for version in status(admin, layout)] == [False, True]
    assert create(admin, layout) == (f"{layout.alias}-000001", False)
    with writers.at_work():
        done = reindex(admin, layout)
    assert done.new == f"{layout.alias}-000002"
    assert contents(admin, layout.version_name(2)) == writers.written


def test_a_run_of_another_kind_begins_anew(
    admin: Elasticsearch, server: Administration, layout: Layout
) -> None:
    writers = filled(admin, server, layout)
    for number, restart in enumerate([False, True], start=2):
        with pytest.raises(Interrupted):
            reindex(admin, layout, restart=restart, report=interrupt)
        assert [version.name for version in status(admin, layout)] == [
            f"{layout.alias}-000001",
            f"{layout.alias}-{number:06d}",
        ]
    done = reindex(admin, layout, analyse=dict)
    assert done.new == f"{layout.alias}-000004"
    assert contents(admin, done.new) == writers.written


def test_a_run_that_goes_on_brings_the_equivalents_of_today(
    admin: Elasticsearch, server: Administration, layout: Layout
) -> None:
    filled(admin, server, layout)
    with pytest.raises(Interrupted):
        reindex(admin, layout, report=interrupt)
    changed = replace(layout, equivalents=("a, b",))
    assert reindex(admin, changed).new == layout.version_name(2)
    assert [version.drift for version in status(admin, changed) if version.current] == [()]


def begun(admin: Elasticsearch, layout: Layout) -> Filling:
    """A new version that has followed the old one, before the last moment."""
    filling = begin(admin, layout, layout.version_name(1), None, restart=False)
    filling.follow(lambda _: None)
    return filling


def put(admin: Elasticsearch, index: str, number: int, version: int) -> None:
    admin.index(
        index=index, id=str(number), document=article(number, version), version=version,
        version_type="external",
    )  # fmt: skip


def test_writes_of_the_last_moment_are_brought_over(admin: Elasticsearch, layout: Layout) -> None:
    create(admin, layout)
    put(admin, layout.alias, 1, 1)
    filling = begun(admin, layout)
    put(admin, layout.alias, 1, 4)
    put(admin, layout.alias, 2, 1)
    filling.publish()
    assert contents(admin, layout.version_name(2)) == {
        "1": (4, article(1, 4)),
        "2": (1, article(2, 1)),
    }


def test_a_kill_before_the_alias_moves_is_put_right(admin: Elasticsearch, layout: Layout) -> None:
    create(admin, layout)
    filling = begun(admin, layout)
    # What `publish` does first, and then the process is gone.
    filling._mark["closing"] = True
    filling.note()
    admin.indices.add_block(index=layout.version_name(1), block="write")
    with pytest.raises(AuthorizationException, match="blocked"):
        put(admin, layout.alias, 1, 1)
    finish_interrupted(admin, layout)
    put(admin, layout.alias, 1, 1)
    assert reindex(admin, layout).new == layout.version_name(2)
    assert contents(admin, layout.version_name(2)) == {"1": (1, article(1, 1))}


def test_a_kill_after_the_alias_has_moved_is_put_right(
    admin: Elasticsearch, layout: Layout
) -> None:
    """Even where somebody has opened the old version and written to it."""
    create(admin, layout)
    old = layout.version_name(1)
    for number in (1, 2):
        put(admin, layout.alias, number, 1)
    begun(admin, layout).publish()
    admin.indices.put_settings(index=old, settings={"index.blocks.write": None})
    put(admin, old, 1, 7)
    put(admin, old, 2, 7)
    put(admin, layout.alias, 2, 9)
    assert [version.filling for version in status(admin, layout)] == [False, True]
    finish_interrupted(admin, layout)
    finish_interrupted(admin, layout)
    found = contents(admin, layout.version_name(2))
    assert found == {"1": (7, article(1, 7)), "2": (9, article(2, 9))}
    assert not any(version.filling for version in status(admin, layout))


def test_a_kill_after_the_alias_has_moved_is_no_harm_without_the_old_version(
    admin: Elasticsearch, layout: Layout
) -> None:
    create(admin, layout)
    begun(admin, layout).publish()
    admin.indices.delete(index=layout.version_name(1))
    finish_interrupted(admin, layout)
    assert [version.filling for version in status(admin, layout)] == [False]


def test_a_failure_in_the_last_moment_lets_the_workers_go_on(
    admin: Elasticsearch, layout: Layout
) -> None:
    create(admin, layout)
    for number in range(10):
        put(admin, layout.alias, number, 1)
    filling = begun(admin, layout)
    admin.delete(index=filling.result.new, id="7", refresh=True)
    with pytest.raises(WarraqError, match="lacks 1 articles"):
        filling.publish()
    assert current(admin, layout) == layout.version_name(1)
    put(admin, layout.alias, 1, 2)


def test_analysing_again_changes_sources_and_keeps_versions(
    admin: Elasticsearch, layout: Layout
) -> None:
    create(admin, layout)
    sources = {"1": article(1, 4), "2": article(2, 5, deleted=True), "3": article(3, 6)}
    for one, source in sources.items():
        admin.index(
            index=layout.alias, id=one, document=source, version=source["version"],
            version_type="external",
        )  # fmt: skip

    def analyse(source: Mapping[str, Any]) -> dict[str, Any]:
        if source["article_id"] == "3":
            raise Rejected("text", "empty", "nothing is left of it")
        return {**source, "word_count": 2}

    done = reindex(admin, layout, analyse=analyse)
    assert done.refused == ["3"]
    assert contents(admin, layout.alias) | contents(admin, done.new) == {
        "1": (4, {**sources["1"], "word_count": 2}),
        "2": (5, sources["2"]),
        "3": (6, sources["3"]),
    }


def test_an_article_that_does_not_fit_is_named_and_the_alias_stays(
    admin: Elasticsearch, layout: Layout
) -> None:
    admin.indices.create(index=layout.version_name(1), aliases={layout.alias: {}})
    admin.index(index=layout.alias, id="odd", document={"published_at": "soon"})
    with pytest.raises(WarraqError, match=r"odd cannot go into .*-000002"):
        reindex(admin, layout)
    assert current(admin, layout) == layout.version_name(1)


def test_two_runs_at_once_lose_nothing(
    admin: Elasticsearch, server: Administration, layout: Layout
) -> None:
    writers = filled(admin, server, layout)
    outcomes: list[Reindexed | WarraqError] = []

    def run() -> None:
        with server.connect() as client:
            try:
                outcomes.append(reindex(client, layout))
            except WarraqError as error:
                outcomes.append(error)

    with writers.at_work():
        runs = [threading.Thread(target=run) for _ in range(2)]
        for thread in runs:
            thread.start()
        for thread in runs:
            thread.join()
    assert any(isinstance(outcome, Reindexed) for outcome in outcomes)
    there = current(admin, layout)
    assert there is not None
    assert contents(admin, there) == writers.written


def test_without_an_index_the_command_that_makes_it_is_named(
    admin: Elasticsearch, layout: Layout
) -> None:
    with pytest.raises(WarraqError, match="warraq index create"):
        reindex(admin, layout)
