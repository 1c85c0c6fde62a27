"""Each key does its work and nothing else, is kept while it works, and is revoked when replaced."""

from __future__ import annotations

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import AuthenticationException, Elasticsearch

from tests.index.conftest import article, client_of, key_in
from warraq.errors import WarraqError
from warraq.index.access import SEARCH, WORKER, ensure_keys
from warraq.index.client import Administration, connect
from warraq.index.condition import index_condition
from warraq.index.lifecycle import Layout


def bulk(client: Elasticsearch, alias: str, version: int) -> Any:
    head = {"index": {"_id": "9", "version": version, "version_type": "external"}}
    lines = [json.dumps(head).encode(), json.dumps(article(9, version)).encode()]
    return client.bulk(index=alias, operations=lines, require_alias=True)  # type: ignore[arg-type]


def test_the_worker_writes_under_the_alias(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path
) -> None:
    ensure_keys(admin, layout.alias, keys)
    with client_of(WORKER, server, keys) as worker:
        assert bulk(worker, layout.alias, 3)["items"][0]["index"]["status"] == 201
        assert bulk(worker, layout.alias, 2)["items"][0]["index"]["status"] == 409
        assert bulk(worker, layout.alias, 4)["items"][0]["index"]["status"] == 200


def test_the_searcher_searches_pages_and_counts(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path
) -> None:
    ensure_keys(admin, layout.alias, keys)
    with client_of(SEARCH, server, keys) as searcher:
        hits = searcher.search(index=layout.alias, q="خبر")["hits"]["hits"]
        assert [hit["_id"] for hit in hits] == ["1"]  # the other one is withdrawn
        pit = searcher.open_point_in_time(index=layout.alias, keep_alive="1m")["id"]
        paged = searcher.search(pit={"id": pit}, size=10)["hits"]["hits"]
        assert [hit["_id"] for hit in paged] == ["1"]
        searcher.close_point_in_time(id=pit)
        assert "title" in searcher.field_caps(index=layout.alias, fields="*")["fields"]
        assert searcher.count(index=layout.alias)["count"] == 1
        there = index_condition(searcher, layout.alias)
        assert (there.articles, there.tombstones, there.health) == (1, 1, "green")


def test_a_key_that_works_is_kept_and_its_rights_brought_up_to_date(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path
) -> None:
    assert ensure_keys(admin, layout.alias, keys) == ["worker.key", "search.key"]
    before = key_in(keys, WORKER).get_secret_value()
    listed = admin.security.get_api_key(name=WORKER.key_name(layout.alias), active_only=True)
    admin.security.update_api_key(
        id=listed["api_keys"][0]["id"], role_descriptors={"none": {"cluster": []}}
    )
    assert ensure_keys(admin, layout.alias, keys) == []
    assert key_in(keys, WORKER).get_secret_value() == before
    with client_of(WORKER, server, keys) as worker:
        assert not bulk(worker, layout.alias, 3)["errors"]


@pytest.mark.parametrize("content", [None, "", "no base64!", "bm8ta2V5Om5v", "ü"])
def test_a_key_that_is_missing_or_broken_is_made_anew_and_the_old_one_revoked(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path, content: str | None
) -> None:
    ensure_keys(admin, layout.alias, keys)
    old = key_in(keys, SEARCH)
    if content is None:
        (keys / SEARCH.file).unlink()
    else:
        (keys / SEARCH.file).write_text(content, encoding="utf-8")
    assert ensure_keys(admin, layout.alias, keys) == ["search.key"]
    with connect(server.url, api_key=old) as replaced, pytest.raises(AuthenticationException):
        replaced.security.authenticate()
    with client_of(SEARCH, server, keys) as searcher:
        assert searcher.count(index=layout.alias)["count"] == 1


def test_a_key_of_another_alias_is_not_taken_for_ours(
    admin: Elasticsearch, layout: Layout, keys: Path
) -> None:
    ensure_keys(admin, f"{layout.alias}-other", keys)
    assert ensure_keys(admin, layout.alias, keys) == ["worker.key", "search.key"]


def test_two_that_make_keys_at_once_end_with_keys_that_work(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path
) -> None:
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: ensure_keys(admin, layout.alias, keys), range(4)))
    assert sorted(name for names in made for name in names) == ["search.key", "worker.key"]
    with client_of(SEARCH, server, keys) as searcher:
        assert searcher.count(index=layout.alias)["count"] == 1


def test_key_files_are_for_the_owner_and_the_group_to_read(
    admin: Elasticsearch, layout: Layout, keys: Path
) -> None:
    ensure_keys(admin, layout.alias, keys / "made")
    for role in (WORKER, SEARCH):
        assert stat.S_IMODE((keys / "made" / role.file).stat().st_mode) == 0o640
    assert sorted(file.name for file in (keys / "made").iterdir()) == ["search.key", "worker.key"]


def test_a_folder_that_cannot_be_written_is_named(
    admin: Elasticsearch, layout: Layout, keys: Path
) -> None:
    (keys / "file").write_text("")
    with pytest.raises(WarraqError, match=str(keys / "file")):
        ensure_keys(admin, layout.alias, keys / "file")
