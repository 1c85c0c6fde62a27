"""The alias and the versions behind it: made once, put back, looked at."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from tests.index.conftest import article
from warraq.errors import WarraqError
from warraq.index.client import Administration
from warraq.index.lifecycle import NOT_WITHDRAWN, Layout, create, status


def test_create_makes_the_first_version_and_its_alias(admin: Elasticsearch, layout: Layout) -> None:
    name = f"{layout.alias}-000001"
    assert create(admin, layout) == (name, True)
    assert create(admin, layout) == (name, False)
    alias = admin.indices.get_alias(name=layout.alias)[name]["aliases"][layout.alias]
    assert alias == {"filter": NOT_WITHDRAWN, "is_write_index": True}


def test_the_alias_hides_tombstones(admin: Elasticsearch, layout: Layout) -> None:
    create(admin, layout)
    admin.index(index=layout.alias, id="1", document=article(1, 1))
    admin.index(index=layout.alias, id="2", document=article(2, 1, deleted=True), refresh=True)
    assert admin.count(index=layout.alias)["count"] == 1


def test_any_number_may_create_at_once(server: Administration, layout: Layout) -> None:
    def make(_: int) -> tuple[str, bool]:
        with server.connect() as client:
            return create(client, layout)

    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(make, range(6)))
    assert {name for name, _ in made} == {f"{layout.alias}-000001"}
    assert [new for _, new in made].count(True) == 1


def test_an_alias_that_was_taken_away_or_changed_is_put_right(
    admin: Elasticsearch, layout: Layout
) -> None:
    name, _ = create(admin, layout)
    admin.indices.delete_alias(index=name, name=layout.alias)
    assert create(admin, layout) == (name, False)
    admin.indices.put_alias(index=name, name=layout.alias)  # without its filter
    create(admin, layout)
    alias = admin.indices.get_alias(name=layout.alias)[name]["aliases"][layout.alias]
    assert alias["filter"] == NOT_WITHDRAWN


def test_an_index_in_the_place_of_the_alias_is_told(admin: Elasticsearch, layout: Layout) -> None:
    admin.indices.create(index=layout.alias)
    with pytest.raises(WarraqError, match=f"an index has the name {layout.alias}"):
        create(admin, layout)


def test_an_alias_of_several_indices_is_told(admin: Elasticsearch, layout: Layout) -> None:
    for number in (1, 2):
        admin.indices.create(index=layout.version_name(number), aliases={layout.alias: {}})
    with pytest.raises(WarraqError, match="leads to several indices"):
        create(admin, layout)


def test_status_counts_and_sees_drift(admin: Elasticsearch, layout: Layout) -> None:
    assert status(admin, layout) == []
    name, _ = create(admin, layout)
    admin.index(index=layout.alias, id="1", document=article(1, 1))
    admin.index(index=layout.alias, id="2", document=article(2, 1, deleted=True))
    (version,) = status(admin, layout)
    assert (version.name, version.current, version.filling) == (name, True, False)
    assert (version.articles, version.tombstones, version.drift) == (1, 1, ())
    assert version.size > 0

    admin.indices.put_mapping(index=name, properties={"mood": {"type": "keyword"}})
    (version,) = status(admin, replace(layout, equivalents=("a, b",)))
    assert version.drift == (
        "fields that it has and we do not: mood",
        "its searches know other equivalents: `warraq index equivalents`",
    )


def test_an_index_of_other_making_is_seen_as_such(admin: Elasticsearch, layout: Layout) -> None:
    admin.indices.create(
        index=f"{layout.alias}-mine",
        aliases={layout.alias: {}},
        mappings={"properties": {"title": {"type": "text"}}},
    )
    (version,) = status(admin, layout)
    assert version.name == f"{layout.alias}-mine"
    assert version.drift[0].startswith("fields that it lacks: source, article_id")
    assert version.drift[1] == "fields that it has of another kind: title"


def test_equivalents_that_are_no_rules_are_told(admin: Elasticsearch, layout: Layout) -> None:
    with pytest.raises(WarraqError, match=r"line 2 of the equivalents is no rule .*: a => b => c$"):
        create(admin, replace(layout, equivalents=("# rules", "a => b => c")))
