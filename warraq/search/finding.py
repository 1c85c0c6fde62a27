"""Finding: a query is asked, and asked again where it found little.

Near spellings, and articles that have some of the words, are further searches, of articles that
the first does not find: so the first one's count stays the count of what was typed, its order is
not disturbed, and nothing near is taken for a hit. They are made only where the first finds fewer
than `FEW_HITS`, or does not fill a page.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from warraq.analysis.encoder import Encoder
from warraq.search import latin, latin_terms
from warraq.search.asking import Articles
from warraq.search.dense import asked_by_meaning, search_beside
from warraq.search.order import Order, Sort
from warraq.search.paging import FIRST_PAGE, Cursor, in_point_in_time
from warraq.search.query import Query
from warraq.search.ranking import LONGEST_ORDERED, NEAR_WORDS, Clause, content_words, number_of
from warraq.search.request import (
    Filters,
    Listing,
    Marks,
    Page,
    exact_query,
    exact_request,
    listed,
    near_request,
    some_request,
)
from warraq.search.results import Hit, ReadAs, Results, results_of, with_copies
from warraq.search.stories import copies_request
from warraq.search.terms import Phrase

FEW_HITS = 3


def with_names(articles: Articles, query: Query, *, pit: str | None = None) -> Query:
    """The query with the names that are read in its Latin letters.

    In a long one they only help: it may be a title with a word of another language in it.
    pit: of pages, on all of which the names must be the same.
    """

    def ask(request: Clause) -> Mapping[str, Any]:
        return articles.search(in_point_in_time(request, pit))

    read = latin.read(query.words, ask, latin_terms.texts(query))
    query = latin_terms.with_spellings(query, read.names_of_texts)
    if not read.names:
        return query
    left = tuple(word for word in query.plain if word.text in read.words)
    short = replace(query, plain=left, names=read.names)
    return replace(query, names=read.names) if short.is_long else short


def found(
    articles: Articles,
    query: Query,
    filters: Filters,
    listing: Listing,
    encoder: Encoder | None = None,
) -> tuple[Results, Mapping[str, Any]]:
    """The results, and Elasticsearch's answer that they are made of.

    encoder: of the dense view; None to find by words alone.
    """
    marks = _new_marks(query)
    request = exact_request(query, filters, listing, marks)
    asked = asked_by_meaning(encoder, query, filters, listing)
    answer = search_beside(articles.search, request, asked)
    names = (*query.names, *query.names_of_terms)
    read_as = tuple(ReadAs(name.typed, name.arabic) for name in names)
    results = replace(results_of(answer, marks, listing), read_as=read_as)
    if listing.fold:
        results = _with_copies(articles, results, exact_query(query, filters), listing)
    return results, answer


def cursor_of(articles: Articles, page: str, searched: str, order: Order) -> Cursor:
    """Where `page` begins. searched: a digest of what is searched for."""
    if page == FIRST_PAGE:
        return Cursor(articles.open_point_in_time(), searched, order.now)
    return Cursor.read(page, searched)


def found_page(
    articles: Articles, cursor: Cursor, query: Query, filters: Filters, listing: Listing
) -> Results:
    """The page that begins at `cursor`; behind the last one its point in time is closed."""
    results, answer = found(articles, query, filters, listing)
    if len(results.hits) == listing.page.size > 0:
        next_page = cursor.next(answer, folded=listing.fold)
        return replace(results, next_page=str(next_page))
    articles.close_point_in_time(cursor.pit)
    return results


def found_by_clause(articles: Articles, clause: Clause, listing: Listing) -> Results:
    """The same for a query that was not typed, folded; nothing is marked."""
    answer = articles.search(listed(clause, listing))
    return _with_copies(articles, results_of(answer, _new_marks(Query()), listing), clause, listing)


def with_further(
    articles: Articles, results: Results, query: Query, filters: Filters, listing: Listing
) -> Results:
    """The first page of results, and behind them what comes near: if there are few, articles that
    have words spelt nearly so; if the page is not full, articles that have some of the words."""
    size = listing.page.size
    asked = replace(listing, page=Page(size), facets=())
    by = attrgetter("story_id" if listing.fold else "id")
    typed = tuple(hit for hit in results.hits if not hit.by_meaning)
    if _may_be_near(query, results) and len(typed) < size:
        further = _further_hits(articles, near_request, query, filters, asked)
        near = (replace(hit, near=True) for hit in further)
        by_meaning = (hit for hit in results.hits if hit.by_meaning)
        results = replace(results, hits=_first_of(by, *typed, *near, *by_meaning)[:size])
    if _may_be_partial(query, listing) and len(results.hits) < size:
        further = _further_hits(articles, some_request, query, filters, asked)
        partial = (replace(hit, partial=True) for hit in further)
        results = replace(results, hits=_first_of(by, *results.hits, *partial)[:size])
    return results


def _further_hits(
    articles: Articles,
    request_for: Callable[[Query, Filters, Listing, Marks], Clause],
    query: Query,
    filters: Filters,
    listing: Listing,
) -> tuple[Hit, ...]:
    """What the request that `request_for` makes finds, with its copies where stories are folded."""
    marks = _new_marks(query)
    request = request_for(query, filters, listing, marks)
    results = results_of(articles.search(request), marks, listing)
    if listing.fold:
        results = _with_copies(articles, results, request["query"], listing)
    return results.hits


def _may_be_near(query: Query, results: Results) -> bool:
    has_words = bool(query.words) or any(len(name.parts) > 1 for name in query.names)
    is_short = len(query.words) <= NEAR_WORDS and _letters(query) <= LONGEST_ORDERED
    return results.total < FEW_HITS and has_words and is_short


def _may_be_partial(query: Query, listing: Listing) -> bool:
    """By date they would stand among those that have all."""
    beside_phrase = bool(query.words) and any(isinstance(t, Phrase) for t in query.required)
    several = beside_phrase or number_of(content_words(query.words)) > 1
    is_short = _letters(query) <= LONGEST_ORDERED
    return several and is_short and listing.order.sort is Sort.RELEVANCE


def _letters(query: Query) -> int:
    return sum(map(len, query.words))


def _first_of(by: Callable[[Hit], str], *hits: Hit) -> tuple[Hit, ...]:
    """Of the hits that are one article, or one story, the first. by: what tells which."""
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(by(hit), hit)
    return tuple(first.values())


def _with_copies(articles: Articles, results: Results, clause: Clause, listing: Listing) -> Results:
    if not results.hits:
        return results
    stories = (hit.story_id for hit in results.hits if hit.story_id)
    answer = articles.search(copies_request(clause, stories, pit=listing.page.pit))
    return replace(results, hits=with_copies(results.hits, answer))


def _new_marks(query: Query) -> Marks:
    return Marks.unguessable(secrets.token_hex(8), query)
