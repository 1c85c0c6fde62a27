"""Searching: the query is parsed, asked, and asked again for near spellings where it found little.

Near spellings are a second search, of articles that the first does not find: so the first one's
count stays the count of what was typed, its order is not disturbed, and nothing near is taken
for a hit. It is made only where the first finds fewer than `FEW_HITS`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from elasticsearch import Elasticsearch, NotFoundError
from pydantic import SecretStr

from warraq.errors import WarraqError
from warraq.index.client import connect, elasticsearch_errors
from warraq.search import latin
from warraq.search.query import BadQuery, Query, QueryRepair, parse
from warraq.search.ranking import NEAR_WORDS
from warraq.search.request import (
    COUNTED_HITS,
    Filters,
    Marks,
    Names,
    Page,
    exact_request,
    near_request,
)
from warraq.search.results import ReadAs, Results, hits_of, suggestion
from warraq.text.edits import EditedText

FEW_HITS = 3
LARGEST_PAGE = 100
"""Hits in one answer. Each carries the whole text of its article out of Elasticsearch."""


class Searcher:
    """Searches the articles behind one alias. Safe to share between threads; close it, or `with`.

    client: logged in with a key that may read. alias: hides withdrawn articles.
    timezone: of `since` and `until` where they are dates, an IANA name.
    repair: of what is typed; see `warraq.search.query.as_articles`.
    """

    def __init__(
        self,
        client: Elasticsearch,
        alias: str,
        timezone: str = "UTC",
        repair: QueryRepair = EditedText,
    ) -> None:
        self._client = client
        self._alias = alias
        self._timezone = timezone
        self._repair = repair

    @classmethod
    def connect(
        cls,
        url: str,
        *,
        api_key: SecretStr | str | None = None,
        ca: Path | None = None,
        alias: str = "articles",
        timezone: str = "UTC",
        timeout_seconds: float = 30.0,
        repair: QueryRepair = EditedText,
    ) -> Self:
        """A searcher on the Elasticsearch at `url`; nothing is sent yet.

        ca: the certificate authority of an https:// server that the system does not know.
        """
        key = SecretStr(api_key) if isinstance(api_key, str) else api_key
        client = connect(url, api_key=key, ca=ca, timeout_seconds=timeout_seconds)
        return cls(client, alias, timezone, repair)

    def search(
        self,
        text: str,
        *,
        size: int = 10,
        from_: int = 0,
        source: str | None = None,
        since: date | datetime | None = None,
        until: date | datetime | None = None,
    ) -> Results:
        """The articles that `text` asks for (see `warraq.search.query`), best first.

        size: hits wanted, 0 to 100. from_: hits to leave out before them.
        source: articles of this source only. since, until: published then or between, both days
        included; an article without a date is left out.

        Raises BadQuery if `text` or a number is out of bounds, Unavailable if Elasticsearch does
        not answer, another WarraqError if it refuses.
        """
        page = _checked(Page(size, from_))
        query = parse(text, self._repair)
        if query.asks_for_nothing:
            return Results()
        read = latin.read(query.words, self._ask)
        query, names = replace(query, words=read.words), read.names
        filters = Filters(source, since, until, self._timezone)
        marks = Marks.unguessable(secrets.token_hex(8))
        answer = self._ask(exact_request(query, names, filters, page, marks))
        total = answer["hits"]["total"]
        found = Results(
            total=total["value"],
            total_is_exact=total["relation"] == "eq",
            took_ms=read.took_ms + answer["took"],
            hits=hits_of(answer, marks),
            read_as=tuple(ReadAs(name.typed, name.arabic) for name in names),
        )
        if found.total < FEW_HITS and _may_be_near(query, names) and size and not from_:
            return self._with_near(found, query, names, filters, size, marks)
        return found

    def _with_near(
        self,
        found: Results,
        query: Query,
        names: Names,
        filters: Filters,
        size: int,
        marks: Marks,
    ) -> Results:
        page = Page(max(1, size - len(found.hits)))
        answer = self._ask(near_request(query, names, filters, page, marks))
        near = hits_of(answer, marks, near=True)
        return replace(
            found,
            took_ms=found.took_ms + answer["took"],
            hits=(found.hits + near)[:size],
            suggestion=suggestion(query, near),
        )

    def _ask(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        with elasticsearch_errors():
            try:
                answer: Mapping[str, Any] = self._client.search(
                    index=self._alias, body=dict(body), allow_partial_search_results=False
                ).body
            except NotFoundError:
                raise WarraqError(
                    f"there is no index behind {self._alias!r} yet: `warraq setup` makes it"
                ) from None
            return answer

    def close(self) -> None:
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _checked(page: Page) -> Page:
    if not 0 <= page.size <= LARGEST_PAGE:
        raise BadQuery(f"{page.size} hits were asked for; 0 to {LARGEST_PAGE} can be")
    if page.start < 0 or page.start + page.size > COUNTED_HITS:
        raise BadQuery(f"hits after number {COUNTED_HITS:,} cannot be shown; narrow the search")
    return page


def _may_be_near(query: Query, names: Names) -> bool:
    has_parts = any(len(name.parts) > 1 for name in names)
    return len(query.words) <= NEAR_WORDS and (has_parts or len(query.words) > 0)
