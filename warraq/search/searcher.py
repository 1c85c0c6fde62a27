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
from warraq.search.finding import (
    FEW_HITS,
    cursor_of,
    found,
    found_by_clause,
    found_page,
    with_further,
    with_names,
)
from warraq.search.order import Sort, order_of
from warraq.search.paging import FIRST_PAGE, Cursor, digest
from warraq.search.query import BadQuery, QueryRepair, parse
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
        self._client = client
        self._alias = alias
        self._timezone = timezone
        self._repair = repair
        self._encoder = encoder

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
        if from_ and page is not None:
            raise BadQuery("either a page or a number of hits to leave out can be given, not both")
        articles = self._articles()
        if page is None:
            query = with_names(articles, query)
            results, _ = found(articles, query, filters, listing, self._encoder)
        else:
            searched = digest(text, filters, sort, recency, fold_stories)
            cursor = cursor_of(articles, page, searched, order)
            listing = replace(
                listing,
                page=_checked(Page(size, cursor.start, cursor.pit, cursor.after)),
                order=replace(order, now=cursor.now),
            )
            query = with_names(articles, query, pit=cursor.pit)
            results = found_page(articles, cursor, query, filters, listing)
        if not from_ and page in (None, FIRST_PAGE):
            results = with_further(articles, results, query, filters, listing)
            results = _with_suggestion(articles, results, text) if size else results
        return replace(results, took_ms=articles.took_ms)

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
        articles = self._articles()
        cursor = Cursor(articles.open_point_in_time(), "", order.now)
        try:
            query = with_names(articles, query, pit=cursor.pit)
            while True:
                listing = Listing(Page(LARGEST_PAGE, pit=cursor.pit, after=cursor.after), order)
                results, answer = found(articles, query, filters, listing)
                yield from results.hits
                if len(results.hits) < LARGEST_PAGE:
                    return
                cursor = cursor.next(answer, folded=False)
        finally:
            articles.close_point_in_time(cursor.pit)

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
        articles = self._articles()
        asked = known_request(article_id)
        there = articles.search(asked)["hits"]["hits"] if article_id else []
        if not there:
            raise BadQuery("there is no article with this id")
        query = similar_query(article_id, self._alias, there[0]["_source"])
        query["bool"]["filter"] = filters.clauses()
        results = found_by_clause(articles, query, listing)
        return replace(results, took_ms=articles.took_ms)

    def _filters(
        self,
        since: date | datetime | None,
        until: date | datetime | None,
        source: str | None,
        only: Chosen | None,
    ) -> Filters:
        chosen = {**({} if source is None else {"source": source}), **(only or {})}
        return Filters(since, until, self._timezone, checked(chosen))

    def complete(self, text: str, size: int = MOST_COMPLETIONS) -> tuple[Completion, ...]:
        """What `text`, of which the last word may be unfinished, may become; the likeliest first.

        Names of persons, organizations and places, and words of titles; at most `size`, and 10.
        None for less than two letters or more than 100. Raises as `search`.
        """
        if not 0 <= size <= MOST_COMPLETIONS:
            raise BadQuery(f"{size} completions were asked for; 0 to {MOST_COMPLETIONS} can be")
        if not (begun := beginning_of(text)):
            return ()
        articles = self._articles()
        names = articles.search(names_request(begun))
        titles = articles.search(titles_request(begun))
        return completions(names, titles, begun, size)

    def _articles(self) -> Articles:
        """To be asked for one search; each counts its own time."""
        return Articles(self._client, self._alias)

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


def _with_suggestion(articles: Articles, results: Results, text: str) -> Results:
    """The first page of results, with what may have been meant instead of `text`."""
    near = (word for hit in results.hits if hit.near for word in marked_words(hit))
    little_found = results.total < FEW_HITS
    meant = Spelling(articles.search).suggestion(text, near, little_found=little_found)
    return replace(results, suggestion=meant)


def _checked(page: Page) -> Page:
    if not 0 <= page.size <= LARGEST_PAGE:
        raise BadQuery(f"{page.size} hits were asked for; 0 to {LARGEST_PAGE} can be")
    if page.start < 0 or page.start + page.size > COUNTED_HITS:
        raise BadQuery(f"hits after number {COUNTED_HITS:,} cannot be shown; narrow the search")
    return page
