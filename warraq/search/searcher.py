"""Searching: what people ask for, checked, parsed, found; by pages, all of it, or what is alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from elasticsearch import Elasticsearch
from pydantic import SecretStr

from warraq.analysis.encoder import Encoder
from warraq.identity import document_id
from warraq.index.client import connect
from warraq.search.asking import Articles
from warraq.search.completion import (
    MOST_COMPLETIONS,
    Completion,
    beginning_of,
    completions,
    names_request,
    titles_request,
)
from warraq.search.facets import checked, wanted
from warraq.search.finding import FEW_HITS, found, found_by_clause, with_further, with_names
from warraq.search.order import Sort, order_of
from warraq.search.paging import FIRST_PAGE, Cursor, digest
from warraq.search.query import BadQuery, Query, QueryRepair, parse
from warraq.search.request import COUNTED_HITS, Filters, Listing, Page
from warraq.search.results import Hit, Results, marked_words
from warraq.search.similar import known_request, similar_query
from warraq.search.spelling import Spelling
from warraq.text.edits import EditedText

LARGEST_PAGE = 100
"""Hits in one answer. Each carries the whole text of its article out of Elasticsearch."""

Chosen = Mapping[str, str | Sequence[str]]
"""By facet, the values of which an article must have one; see `warraq.search.facets`."""


class Searcher:
    """Searches the articles behind one alias. Safe to share between threads; close it, or `with`.

    client: logged in with a key that may read. alias: hides withdrawn articles.
    timezone: of `since` and `until` where they are dates, an IANA name.
    repair: of what is typed; see `warraq.search.query.as_articles`.
    encoder: of the dense view, the same as of the index; see `warraq.analysis.encoder`.
    """

    def __init__(
        self,
        client: Elasticsearch,
        alias: str,
        timezone: str = "UTC",
        repair: QueryRepair = EditedText,
        encoder: Encoder | None = None,
    ) -> None:
        self._articles = Articles(client, alias)
        self._timezone = timezone
        self._repair = repair
        self._encoder = encoder
        self._spelling = Spelling(self._articles.search)

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
        encoder: Encoder | None = None,
    ) -> Self:
        """A searcher on the Elasticsearch at `url`; nothing is sent yet.

        ca: the certificate authority of an https:// server that the system does not know.
        """
        key = SecretStr(api_key) if isinstance(api_key, str) else api_key
        client = connect(url, api_key=key, ca=ca, timeout_seconds=timeout_seconds)
        return cls(client, alias, timezone, repair, encoder)

    def search(  # noqa: PLR0913 (all but the text can be left out)
        self,
        text: str,
        *,
        size: int = 10,
        from_: int = 0,
        page: str | None = None,
        source: str | None = None,
        only: Chosen | None = None,
        since: date | datetime | None = None,
        until: date | datetime | None = None,
        sort: str = Sort.RELEVANCE,
        recency: timedelta | None = None,
        facets: bool | Iterable[str] = False,
        fold_stories: bool = False,
    ) -> Results:
        """The articles that `text` asks for (see `warraq.search.query`).

        size: hits wanted, 0 to 100. from_: hits to leave out before them. page: `FIRST_PAGE`, or
        `next_page` of the results before, through all hits as they were at the first.
        since, until: published then or between, both days included; an article without a date is
        left out. source: articles of this source only. only: values of facets, of each of which
        an article must have one, such as {"persons": "خليفة حفتر", "source": ["a", "b"]}.
        sort: relevance, newest or oldest. recency: the half-life of a soft preference for recent
        articles, for relevance only. facets: True for all, or names; see `warraq.search.facets`.
        fold_stories: one hit for all copies of a story.

        Raises BadQuery if `text` or an option is out of bounds or a page has expired, Unavailable
        if Elasticsearch does not answer, another WarraqError if it refuses.
        """
        filters = self._filters(since, until, source, only)
        order = order_of(sort, recency)
        listing = Listing(_checked(Page(size, from_)), order, wanted(facets=facets), fold_stories)
        query = parse(text, self._repair)
        if query.asks_for_nothing:
            return Results()
        query, reading_ms = with_names(self._articles, query)
        if page is None:
            results, _ = found(self._articles, query, filters, listing, self._encoder)
            if from_:
                return results
            results = with_further(self._articles, results, query, filters, listing)
            results = replace(results, took_ms=results.took_ms + reading_ms)
            return self._with_suggestion(results, text) if size else results
        if from_:
            raise BadQuery("either a page or a number of hits to leave out can be given, not both")
        searched = digest(text, filters, sort, recency, fold_stories)
        if page == FIRST_PAGE:
            cursor = Cursor(self._articles.open_point_in_time(), searched, order.now)
            first = self._page(cursor, query, filters, listing)
            return self._with_suggestion(first, text) if size else first
        return self._page(Cursor.read(page, searched), query, filters, listing)

    def scan(
        self,
        text: str,
        *,
        since: date | datetime | None = None,
        until: date | datetime | None = None,
        sort: str = Sort.RELEVANCE,
        source: str | None = None,
        only: Chosen | None = None,
    ) -> Iterator[Hit]:
        """All articles that have what `text` asks for, as they were when it began, one by one.

        The options are those of `search`, and so is what it raises.
        """
        filters = self._filters(since, until, source, only)
        order = order_of(sort)
        query = parse(text, self._repair)
        if query.asks_for_nothing:
            return
        query, _ = with_names(self._articles, query)
        cursor = Cursor(self._articles.open_point_in_time(), "", order.now)
        try:
            while True:
                listing = Listing(Page(LARGEST_PAGE, pit=cursor.pit, after=cursor.after), order)
                results, answer = found(self._articles, query, filters, listing)
                yield from results.hits
                if len(results.hits) < LARGEST_PAGE:
                    return
                cursor = cursor.next(answer, folded=False)
        finally:
            self._articles.close_point_in_time(cursor.pit)

    def similar(
        self,
        article: str | tuple[str, str],
        *,
        size: int = 10,
        since: date | datetime | None = None,
        until: date | datetime | None = None,
        source: str | None = None,
        only: Chosen | None = None,
    ) -> Results:
        """Articles like the given one, most alike first: one of each story, none of its own.

        article: the id of a hit, or source and article_id. The options are those of `search`.

        Raises:
            BadQuery: there is no such article, or an option is out of bounds.
            Unavailable, WarraqError: as `search`.
        """
        try:
            article_id = article if isinstance(article, str) else document_id(*article)
        except UnicodeEncodeError:  # a lone surrogate, from a terminal that speaks no UTF-8
            raise BadQuery("an article's source and id must be text") from None
        filters = self._filters(since, until, source, only)
        listing = Listing(_checked(Page(size)), order_of(Sort.RELEVANCE), fold=True)
        asked = known_request(article_id)
        there = self._articles.search(asked)["hits"]["hits"] if article_id else []
        if not there:
            raise BadQuery("there is no article with this id")
        query = similar_query(article_id, self._articles.alias, there[0]["_source"])
        query["bool"]["filter"] = filters.clauses()
        return found_by_clause(self._articles, query, listing)

    def _filters(
        self,
        since: date | datetime | None,
        until: date | datetime | None,
        source: str | None,
        only: Chosen | None,
    ) -> Filters:
        chosen = {**({} if source is None else {"source": source}), **(only or {})}
        return Filters(since, until, self._timezone, checked(chosen))

    def _page(self, cursor: Cursor, query: Query, filters: Filters, listing: Listing) -> Results:
        page = _checked(Page(listing.page.size, cursor.start, cursor.pit, cursor.after))
        order = replace(listing.order, now=cursor.now)
        results, answer = found(
            self._articles, query, filters, replace(listing, page=page, order=order)
        )
        if len(results.hits) == page.size > 0:
            next_page = cursor.next(answer, folded=listing.fold)
            results = replace(results, next_page=str(next_page))
        else:
            self._articles.close_point_in_time(cursor.pit)
        if cursor.start or cursor.after:
            return results
        return with_further(self._articles, results, query, filters, listing)

    def complete(self, text: str, size: int = MOST_COMPLETIONS) -> tuple[Completion, ...]:
        """What `text`, of which the last word may be unfinished, may become; the likeliest first.

        Names of persons, organizations and places, and words of titles; at most `size`, and 10.
        None for less than two letters or more than 100. Raises as `search`.
        """
        if not 0 <= size <= MOST_COMPLETIONS:
            raise BadQuery(f"{size} completions were asked for; 0 to {MOST_COMPLETIONS} can be")
        if not (begun := beginning_of(text)):
            return ()
        names = self._articles.search(names_request(begun))
        titles = self._articles.search(titles_request(begun))
        return completions(names, titles, begun, size)

    def _with_suggestion(self, results: Results, text: str) -> Results:
        """The first page of results, with what may have been meant instead of `text`."""
        near = (word for hit in results.hits if hit.near for word in marked_words(hit))
        little_found = results.total < FEW_HITS
        meant = self._spelling.suggestion(text, near, little_found=little_found)
        return replace(results, suggestion=meant)

    def close(self) -> None:
        self._articles.client.close()

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
