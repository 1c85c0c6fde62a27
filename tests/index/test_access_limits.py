"""What each key cannot do: by the server's own list of privileges, and by trying."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import ApiError, AuthorizationException, Elasticsearch

from tests.index.conftest import article, client_of
from warraq.index.access import SEARCH, WORKER, Role, ensure_keys
from warraq.index.client import Administration
from warraq.index.lifecycle import NOT_WITHDRAWN, Layout

_Act = Callable[[Elasticsearch, str], Any]

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
    "look at users": lambda c, _: c.security.get_user(),
    "list indices": lambda c, _: c.cat.indices(),
    "make a role": lambda c, _: c.security.put_role(name="x", cluster=["all"]),
    "log in for longer": lambda c, _: c.security.get_token(grant_type="client_credentials"),
    "make a template": lambda c, _: c.indices.put_index_template(name="x", index_patterns=["x*"]),
    "make a repository": lambda c, _: c.snapshot.create_repository(
        name="x", repository={"type": "fs", "settings": {"location": "/tmp/x"}}
    ),
    "take a snapshot": lambda c, _: c.snapshot.create(repository="x", snapshot="x"),
    "restore one": lambda c, _: c.snapshot.restore(repository="x", snapshot="x"),
    "move shards": lambda c, _: c.cluster.reroute(),
    "open the index again": lambda c, a: c.indices.open(index=a),
    "copy the index": lambda c, a: c.indices.clone(index=f"{a}-000001", target="elsewhere"),
    "empty caches": lambda c, a: c.indices.clear_cache(index=a),
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


# Elasticsearch frowns at the mere name of the index of users.
@pytest.mark.filterwarnings("ignore::elasticsearch.ElasticsearchWarning")
@pytest.mark.parametrize(
    ("role", "named"),
    [(WORKER, set()), (SEARCH, {"read", "read_cross_cluster"})],
    ids=["worker", "search"],
)
def test_of_all_privileges_that_the_server_knows_a_key_has_those_named(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path, role: Role,
    named: set[str],
) -> None:  # fmt: skip
    """The worker's key has none whole: only the actions that index a document."""
    ensure_keys(admin, layout.alias, keys)
    known = admin.security.get_builtin_privileges()
    assert len(known["cluster"]) > 50
    asked = [name for name in known["index"] if name != "none"]
    alias = layout.alias
    places = [alias, f"{alias}-000001", f"{alias}-copy", "elsewhere", ".security-7", "*"]
    with client_of(role, server, keys) as client:
        has = client.security.has_privileges(
            cluster=known["cluster"],
            index=[{"names": places, "privileges": asked, "allow_restricted_indices": True}],
        )
    assert [name for name, is_had in has["cluster"].items() if is_had] == []
    held = {
        (place, name)
        for place, privileges in has["index"].items()
        for name, is_had in privileges.items()
        if is_had
    }
    assert held == {(alias, name) for name in named}


@pytest.mark.filterwarnings("ignore::elasticsearch.ElasticsearchWarning")
@pytest.mark.parametrize(
    "operation",
    [
        [{"delete": {"_id": "1"}}],
        [{"update": {"_id": "1"}}, {"doc": {"title": "x"}}],
        [{"index": {"_index": "elsewhere", "_id": "1"}}, {"a": 1}],
        [{"index": {"_index": ".security-7", "_id": "user-x"}}, {"type": "user"}],
    ],
    ids=["delete", "update", "elsewhere", "users"],
)
def test_in_a_bulk_request_the_worker_can_index_and_nothing_else(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path, operation: list[Any]
) -> None:
    ensure_keys(admin, layout.alias, keys)
    with client_of(WORKER, server, keys) as worker:
        answer = worker.bulk(index=layout.alias, operations=operation)
    [item] = [outcome for item in answer["items"] for outcome in item.values()]
    assert item["status"] == 403
    assert admin.count(index=f"{layout.alias}-000001")["count"] == 2


def test_a_search_of_everything_finds_the_alias_articles_alone(
    admin: Elasticsearch, server: Administration, layout: Layout, keys: Path
) -> None:
    ensure_keys(admin, layout.alias, keys)
    admin.index(index=f"{layout.alias}-copy", document={"title": "خبر"}, refresh=True)
    with client_of(SEARCH, server, keys) as searcher:
        for everything in ("*", "_all", f"{layout.alias}*"):
            hits = searcher.search(index=everything)["hits"]["hits"]
            assert {hit["_index"] for hit in hits} == {f"{layout.alias}-000001"}
        with pytest.raises(AuthorizationException):
            searcher.search(index=f"{layout.alias}-copy")
        with pytest.raises(AuthorizationException):
            searcher.cat.indices()
