"""Each key does its work and nothing else, is kept while it works, and is revoked when replaced."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import ApiError, AuthenticationException, AuthorizationException, Elasticsearch
from pydantic import SecretStr

from tests.index.conftest import article
from warraq.errors import WarraqError
from warraq.index.access import SEARCH, WORKER, Role, ensure_keys
from warraq.index.client import Administration, connect
from warraq.index.condition import index_condition
from warraq.index.lifecycle import NOT_WITHDRAWN, Layout, create

_Act = Callable[[Elasticsearch, str], Any]


@pytest.fixture(scope="module", autouse=True)
def revoked_at_the_end(admin: Elasticsearch) -> Iterator[None]:
    yield
    keys = admin.security.get_api_key(name="warraq *", active_only=True)["api_keys"]
    admin.security.invalidate_api_key(
        ids=[key["id"] for key in keys if key["metadata"]["alias"].startswith("try-")]
    )


@pytest.fixture
def keys(admin: Elasticsearch, layout: Layout, tmp_path: Path) -> Path:
    """A folder for keys, and an index with an article and a tombstone."""
    create(admin, layout)
    admin.index(
        index=layout.alias,
        id="1",
        document=article(1, 1, quotations=[{"text": "نعم"}, {"text": "لا"}]),
        refresh=True,
    )
    admin.index(index=layout.alias, id="2", document=article(2, 1, deleted=True), refresh=True)
    return tmp_path


def key_in(folder: Path, role: Role) -> SecretStr:
    return SecretStr((folder / role.file).read_text(encoding="ascii").strip())


def client_of(role: Role, server: Administration, keys: Path) -> Elasticsearch:
    return connect(server.url, api_key=key_in(keys, role))


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


FORBIDDEN_TO_ALL: dict[str, _Act] = {
    "delete an article": lambda c, a: c.delete(index=a, id="1"),
    "delete by query": lambda c, a: c.delete_by_query(index=a, query={"match_all": {}}),
    "delete the index": lambda c, a: c.indices.delete(index=f"{a}-000001"),
    "make an index": lambda c, a: c.indices.create(index=f"{a}-000009"),
    "write past the alias": lambda c, a: c.index(index=f"{a}-000001", document=article(3, 1)),
    "get past the alias": lambda c, a: c.get(index=f"{a}-000001", id="1"),
    "write elsewhere": lambda c, _: c.index(index="elsewhere", document={"a": 1}),
    "search elsewhere": lambda c, _: c.search(index="elsewhere"),
    "search a neighbour": lambda c, a: c.search(index=f"{a}-copy"),
    "read secrets": lambda c, _: c.search(index=".security-7"),
    "change the mapping": lambda c, a: c.indices.put_mapping(
        index=a, properties={"new": {"type": "keyword"}}
    ),
    "change settings": lambda c, a: c.indices.put_settings(
        index=a, settings={"index.refresh_interval": "1h"}
    ),
    "move the alias": lambda c, a: c.indices.update_aliases(
        actions=[{"remove": {"index": f"{a}-000001", "alias": a}}]
    ),
    "close the index": lambda c, a: c.indices.close(index=a),
    "block writes": lambda c, a: c.indices.add_block(index=f"{a}-000001", block="write"),
    "make a key": lambda c, _: c.security.create_api_key(name="more"),
    "make a user": lambda c, _: c.security.put_user(username="x", password="abcdef", roles=[]),
    "change a password": lambda c, _: c.security.change_password(
        username="kibana_system", password="abcdef"
    ),
    "change the cluster": lambda c, _: c.cluster.put_settings(
        persistent={"action.auto_create_index": "true"}
    ),
    "look at the cluster": lambda c, _: c.cluster.state(),
    "look at nodes": lambda c, _: c.nodes.info(),
    "store a script": lambda c, _: c.put_script(id="x", script={"lang": "painless", "source": "1"}),
    "make a pipeline": lambda c, _: c.ingest.put_pipeline(id="x", processors=[]),
}
FORBIDDEN_TO_WORKER: dict[str, _Act] = {
    "search": lambda c, a: c.search(index=a),
    "search past the alias": lambda c, a: c.search(index=f"{a}-000001"),
    "get": lambda c, a: c.get(index=a, id="1"),
    "count": lambda c, a: c.count(index=a),
    "open a point in time": lambda c, a: c.open_point_in_time(index=a, keep_alive="1m"),
    "copy": lambda c, a: c.reindex(source={"index": a}, dest={"index": "elsewhere"}),
}
FORBIDDEN_TO_SEARCH: dict[str, _Act] = {
    "write": lambda c, a: c.index(index=a, document=article(3, 1)),
    "update": lambda c, a: c.update(index=a, id="1", doc={"body": "x"}),
    "update by query": lambda c, a: c.update_by_query(index=a, query=NOT_WITHDRAWN),
    "merge": lambda c, a: c.indices.forcemerge(index=a),
    "copy": lambda c, a: c.reindex(source={"index": a}, dest={"index": "elsewhere"}),
}


@pytest.mark.parametrize(
    ("role", "forbidden"),
    [(WORKER, FORBIDDEN_TO_WORKER), (SEARCH, FORBIDDEN_TO_SEARCH)],
    ids=["worker", "search"],
)
def test_a_key_can_do_no_more(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path, role: Role,
    forbidden: dict[str, _Act],
) -> None:  # fmt: skip
    ensure_keys(admin, layout.alias, keys)
    allowed = []
    with client_of(role, server, keys) as client:
        for what, act in (FORBIDDEN_TO_ALL | forbidden).items():
            try:
                act(client, layout.alias)
            except AuthorizationException:
                continue
            except ApiError as error:
                allowed.append(f"{what}: {error}")
            else:
                allowed.append(what)
    assert allowed == []
    assert admin.count(index=f"{layout.alias}-000001")["count"] == 2


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
