"""How the index and its server stand, as far as the key at hand lets one look."""

from __future__ import annotations

from dataclasses import dataclass

from elasticsearch import Elasticsearch

from warraq.errors import WarraqError
from warraq.index.client import elasticsearch_errors
from warraq.index.examining import answers


@dataclass(frozen=True, slots=True)
class IndexCondition:
    """The version of the index that the alias leads to.

    health: green, yellow (copies missing) or red (parts of it missing). articles: that can be
    found; tombstones: withdrawn ones. size: bytes on disk, copies included.
    """

    name: str
    health: str
    articles: int
    tombstones: int
    size: int


def index_condition(client: Elasticsearch, alias: str) -> IndexCondition:
    """Looks, and makes the newest writes visible first, so that counts are exact.

    The key of searches is enough.

    Raises:
        WarraqError: there is no such alias, or its index is closed.
        Unavailable: Elasticsearch is away, or does not let us.
    """
    with elasticsearch_errors():
        client.indices.refresh(index=alias)
        articles = int(client.count(index=alias)["count"])
        stats = client.indices.stats(index=alias, metric="store")
        names = sorted(stats["indices"])
        if not names:
            raise WarraqError(f"there is no index behind the alias {alias}")
        # The alias hides tombstones; a count of the index behind it has them too. Statistics would
        # not do: they count the nested objects inside of articles.
        everything = int(client.count(index=names)["count"])
        first = stats["indices"][names[0]]
    return IndexCondition(
        name=", ".join(names),
        health=str(first["health"]),
        articles=articles,
        tombstones=everything - articles,
        size=int(stats["_all"]["total"]["store"]["size_in_bytes"]),
    )


def server_version(client: Elasticsearch) -> str:
    """Elasticsearch's version. Raises Unavailable where the key at hand may not ask."""
    with elasticsearch_errors():
        return str(client.info()["version"]["number"])


def schema_in(client: Elasticsearch, index: str) -> str | None:
    """The digest of fields and analyzers that `index` was made by; None if it was made by hand.

    Raises Unavailable where the key at hand may not ask.
    """
    with elasticsearch_errors():
        mapping = client.indices.get_mapping(index=index)
        (found,) = mapping.values() if len(mapping) == 1 else ({"mappings": {}},)
    schema = found["mappings"].get("_meta", {}).get("schema")
    return None if schema is None else str(schema)


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index as an operator sees it: `searching` with the key of searches, `administering` with
    the administrator's password, or None where that is not at hand."""

    alias: str
    wanted_schema: str
    searching: Elasticsearch
    administering: Elasticsearch | None

    def answers(self) -> bool:
        """Whether there is an Elasticsearch that can do something, be it to refuse our key."""
        try:
            answers(self.searching)
        except WarraqError:
            return False
        return True

    def condition(self) -> IndexCondition:
        """Raises as `index_condition`."""
        return index_condition(self.searching, self.alias)

    def server_version(self) -> str:
        """Raises as the function of that name."""
        return server_version(self.administering or self.searching)

    def schema(self) -> str | None:
        """Raises as `schema_in`."""
        return schema_in(self.administering or self.searching, self.alias)
