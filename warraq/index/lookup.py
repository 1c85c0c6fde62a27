"""Looking at the index from outside of search: one document by its id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from elasticsearch import Elasticsearch, NotFoundError
from pydantic import SecretStr

from warraq.index.client import connect, elasticsearch_errors


@dataclass(frozen=True, slots=True)
class Found:
    """One document. version: its external version; index: the versioned index it lies in."""

    index: str
    version: int
    deleted: bool
    indexed_at: str


class Lookup:
    """Reads through the alias. Raises Unavailable or WarraqError with one plain line."""

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self._client = client
        self._alias = alias

    @classmethod
    def connect(cls, url: str, *, api_key: SecretStr | None, ca: Path | None, alias: str) -> Self:
        return cls(connect(url, api_key=api_key, ca=ca), alias)

    def find(self, document_id: str) -> Iterator[Found]:
        """The document of that `_id`, if there is one, tombstones too."""
        with elasticsearch_errors():
            try:
                hit = self._client.get(
                    index=self._alias, id=document_id, source_includes=["deleted", "indexed_at"]
                )
            except NotFoundError:
                return
        source = hit["_source"]
        yield Found(
            hit["_index"], int(hit["_version"]), bool(source["deleted"]), source["indexed_at"]
        )
