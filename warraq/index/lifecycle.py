"""The versions of the index and the alias that leads to one of them.

Articles are written and searched under the alias alone (`articles`); behind it stands one version
of the index (`articles-000001`), and `warraq.index.reindex` fills the next one. The alias hides
tombstones, so that whoever searches, in Kibana too, never meets a withdrawn article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from warraq.errors import WarraqError
from warraq.index import equivalents
from warraq.index.analyzers import synonyms
from warraq.index.client import elasticsearch_errors
from warraq.index.schema import Vectors, fields, index_body, schema_digest

NOT_WITHDRAWN: dict[str, Any] = {"term": {"deleted": False}}
FILLING = "filling"
"""Key in a mapping's `_meta`: this version does not yet hold all of the one it is made from."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How an index is to be made. equivalents: lines in Solr's synonym format.

    vectors: of the dense view; None where it is off.
    """

    alias: str
    shards: int = 1
    replicas: int = 0
    refresh_seconds: int = 1
    equivalents: tuple[str, ...] = ()
    vectors: Vectors | None = None

    def body(self) -> dict[str, Any]:
        return index_body(
            self.equivalents, self.shards, self.replicas, self.refresh_seconds, self.vectors
        )

    def version_name(self, number: int) -> str:
        return f"{self.alias}-{number:06d}"

    def version_number(self, name: str) -> int | None:
        """The number in a version's name; None if it is no version of this alias."""
        match = re.fullmatch(re.escape(self.alias) + r"-(\d{6,})", name)
        return int(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the index. current: the alias leads to it.

    articles, tombstones: numbers of documents. size: bytes on disk, replicas included.
    filling: it is being filled, or was left half full. drift: how it differs from this code's
    schema, in words; empty if it does not.
    """

    name: str
    current: bool
    articles: int
    tombstones: int
    size: int
    filling: bool
    drift: tuple[str, ...]


def create(client: Elasticsearch, layout: Layout) -> tuple[str, bool]:
    """Make sure that the alias and a version behind it are there: its name, and if it is new.

    It can be called at any time and by several at once. An alias that was taken away is put back
    on the last whole version.

    Raises:
        WarraqError: something else has the alias's name, or it leads to several indices.
        Unavailable: Elasticsearch is away or does not let us.
    """
    with elasticsearch_errors():
        there = current(client, layout)
        if there is None and client.indices.exists(index=layout.alias):
            there = current(client, layout)  # another process may have made the alias meanwhile
            if there is None:
                raise WarraqError(
                    f"an index has the name {layout.alias}, which is to be an alias: delete that "
                    "index, or set WARRAQ_ALIAS to another name"
                )
        if there is not None:
            client.indices.update_aliases(actions=[point_to(there, layout)])
            return there, False
        whole = [name for name, meta in versions(client, layout).items() if FILLING not in meta]
        if whole:
            client.indices.update_aliases(actions=[point_to(whole[-1], layout)])
            return whole[-1], False
        return _create_first(client, layout)


def _create_first(client: Elasticsearch, layout: Layout) -> tuple[str, bool]:
    name = layout.version_name(1)
    try:
        # With its alias in one step: whoever comes second finds both or neither.
        with equivalents.bad_rules_named(layout.equivalents):
            client.indices.create(index=name, aliases={layout.alias: _alias()}, **layout.body())
    except BadRequestError as error:
        there = current(client, layout)
        if error.message == "resource_already_exists_exception" and there is not None:
            return there, False
        raise
    return name, True


def current(client: Elasticsearch, layout: Layout) -> str | None:
    """The version that the alias leads to; None if there is no such alias."""
    if not client.indices.exists_alias(name=layout.alias):
        return None
    names = sorted(client.indices.get_alias(name=layout.alias))
    if len(names) > 1:
        raise WarraqError(
            f"the alias {layout.alias} leads to several indices ({', '.join(names)}): take it "
            "from all but the one that is written to"
        )
    return names[0]


def versions(client: Elasticsearch, layout: Layout) -> dict[str, Mapping[str, Any]]:
    """All versions, the oldest first, with the `_meta` of their mappings."""
    found = client.indices.get_mapping(
        index=f"{layout.alias}-*", allow_no_indices=True, expand_wildcards="open"
    )
    numbered = {
        number: name for name in found if (number := layout.version_number(name)) is not None
    }
    return {
        numbered[number]: found[numbered[number]]["mappings"].get("_meta", {})
        for number in sorted(numbered)
    }


def next_version(client: Elasticsearch, layout: Layout) -> str:
    """A name above those of all versions that are there, closed ones too: those a restore would
    write over."""
    there = client.indices.get_alias(index=f"{layout.alias}-*", expand_wildcards="all")
    numbers = [layout.version_number(name) or 0 for name in there]
    return layout.version_name(max(numbers, default=0) + 1)


def point_to(name: str, layout: Layout) -> dict[str, Any]:
    """The action that makes the alias lead to that version."""
    return {"add": {"index": name, "alias": layout.alias, **_alias()}}


def _alias() -> dict[str, Any]:
    return {"filter": NOT_WITHDRAWN, "is_write_index": True}


def status(client: Elasticsearch, layout: Layout) -> list[Version]:
    """All versions, the oldest first; makes the newest writes visible, so that counts are exact.

    Raises:
        WarraqError, Unavailable: as `create`.
    """
    with elasticsearch_errors():
        there = current(client, layout)
        names = list(versions(client, layout))
        if there is not None and there not in names:
            names.append(there)  # an index with a name of its own, made by hand
        return [_version(client, layout, name, current=name == there) for name in names]


def _version(client: Elasticsearch, layout: Layout, name: str, *, current: bool) -> Version:
    client.indices.refresh(index=name)
    everything = client.count(index=name)["count"]
    articles = client.count(index=name, query=NOT_WITHDRAWN)["count"]
    stats = client.indices.stats(index=name, metric="store")["_all"]["total"]["store"]
    mapping = client.indices.get_mapping(index=name)[name]["mappings"]
    return Version(
        name=name,
        current=current,
        articles=articles,
        tombstones=everything - articles,
        size=stats["size_in_bytes"],
        filling=FILLING in mapping.get("_meta", {}),
        drift=(
            *_drift(mapping, layout),
            *_drift_of_equivalents(equivalents.known(client, name), layout.equivalents),
        ),
    )


def _drift(mapping: Mapping[str, Any], layout: Layout) -> tuple[str, ...]:
    """How an index differs from what this code would make: by its fields, and by what it says."""
    found, meta = mapping.get("properties", {}), mapping.get("_meta", {})
    ours = fields(layout.vectors)
    differing = {
        "it lacks": [name for name in ours if name not in found],
        "it has of another kind": [
            name for name, field in ours.items() if found.get(name, field) != field
        ],
        "it has and we do not": [name for name in found if name not in ours],
    }
    words = [
        f"fields that {what}: {', '.join(names)}" for what, names in differing.items() if names
    ]
    if not words and meta.get("schema") != schema_digest(layout.vectors):
        words.append("its analyzers are others")
    return tuple(words)


def serving(client: Elasticsearch, layout: Layout) -> str | None:
    """As `current`. Raises as `create`."""
    with elasticsearch_errors():
        return current(client, layout)


def differences(client: Elasticsearch, layout: Layout, name: str) -> tuple[str, ...]:
    """How the fields and analyzers of that version differ from this code's, in words.

    Raises:
        WarraqError, Unavailable: as `create`.
    """
    with elasticsearch_errors():
        return _drift(client.indices.get_mapping(index=name)[name]["mappings"], layout)


def is_filling(client: Elasticsearch, name: str) -> bool:
    """Whether that version does not yet hold all of the one it is made from. Raises as `create`."""
    with elasticsearch_errors():
        mapping = client.indices.get_mapping(index=name)[name]["mappings"]
    return FILLING in mapping.get("_meta", {})


def knows_equivalents(client: Elasticsearch, layout: Layout, name: str) -> bool:
    """Whether searches of that version know the equivalents of `layout`. Raises as `create`."""
    with elasticsearch_errors():
        return not _drift_of_equivalents(equivalents.known(client, name), layout.equivalents)


def _drift_of_equivalents(known: Sequence[str] | None, lines: Sequence[str]) -> tuple[str, ...]:
    if known == synonyms(lines):
        return ()
    return ("its searches know other equivalents: `warraq index equivalents`",)
