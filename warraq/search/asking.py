"""Asking Elasticsearch for articles behind the alias, as they are or were at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from warraq.errors import WarraqError
from warraq.index.client import elasticsearch_errors
from warraq.search.paging import KEPT_OPEN
from warraq.search.query import BadQuery


class Articles:
    """The articles behind one alias, for one search of a person, which may be several requests.

    took_ms: what all requests so far took inside Elasticsearch. What the methods raise are errors
    of `warraq.errors`.
    """

    def __init__(self, client: Elasticsearch, alias: str) -> None:
        self.client = client
        self.alias = alias
        self.took_ms = 0

    def search(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Elasticsearch's answer to a request, which may be one in a point in time.

        Raises BadQuery if that point is no more, or none of ours.
        """
        in_point = "pit" in body
        with elasticsearch_errors():
            try:
                answer: Mapping[str, Any] = self.client.search(
                    index=None if in_point else self.alias,
                    body=dict(body),
                    allow_partial_search_results=False,
                ).body
            except (NotFoundError, BadRequestError) as error:
                if in_point:
                    raise BadQuery("this page has expired: search anew") from None
                if isinstance(error, NotFoundError):
                    raise self._no_index() from None
                raise
        self.took_ms += answer["took"]
        return answer

    def open_point_in_time(self) -> str:
        """The id of a new point in time: searches in it see the articles as they are now."""
        with elasticsearch_errors():
            try:
                opened = self.client.open_point_in_time(index=self.alias, keep_alive=KEPT_OPEN)
            except NotFoundError:
                raise self._no_index() from None
        return str(opened["id"])

    def close_point_in_time(self, pit: str) -> None:
        """Let Elasticsearch forget it; nothing is wrong if it has already."""
        with elasticsearch_errors(), suppress(NotFoundError):
            self.client.close_point_in_time(id=pit)

    def _no_index(self) -> WarraqError:
        return WarraqError(f"there is no index behind {self.alias!r} yet: `warraq setup` makes it")
