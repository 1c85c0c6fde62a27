"""What must hold of queries, whatever is typed: a request, or a refusal that says where."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache

from tests.fuzz.choices import Choices
from tests.fuzz.samples import DEMO_ARTICLES
from tests.fuzz.target import within
from warraq.analysis.pipeline import STEPS
from warraq.search.completion import beginning_of, names_request, titles_request
from warraq.search.facets import FACETS, checked
from warraq.search.order import Sort, order_of
from warraq.search.paging import Cursor
from warraq.search.query import BadQuery, Query, QueryRepair, as_articles, parse
from warraq.search.request import (
    Filters,
    Listing,
    Marks,
    Page,
    exact_request,
    near_request,
    some_request,
)
from warraq.search.terms import Either
from warraq.text.edits import EditedText
from warraq.text.joins import JoinedWords

assert STEPS  # imported for what it builds: the words that queries are parted by


@cache
def _repair() -> QueryRepair:
    return as_articles(JoinedWords())


def ask(data: bytes) -> None:
    """Typed text: a query whose requests can be sent, or BadQuery with a place inside the text."""
    typed = data.decode("utf-8", "surrogateescape")  # half surrogates come from command lines
    for repair in (EditedText, _repair()):
        with within(1):
            outcome = _outcome(typed, repair)
        assert repr(_outcome(typed, repair)) == repr(outcome)
        if isinstance(outcome, BadQuery):
            check_bad_query(outcome, typed)
        else:
            check_query(outcome, typed)


def read_options(data: bytes) -> None:
    """Cursors, facets' values and beginnings of words, which come from strangers as well."""
    choices = Choices(data)
    cursor, name, value, begun = (
        choices.text(200), choices.one_of((*FACETS, "body")), choices.text(40), choices.text(120),
    )  # fmt: skip
    with within(1):
        for text in (cursor, _cursor(choices)):
            with suppress(BadQuery):
                assert str(Cursor.read(text, "search"))
        with suppress(BadQuery):
            filters = Filters(chosen=checked({name: [value, value * 2]}))
            json.dumps(filters.clauses(), allow_nan=False).encode()
        if words := beginning_of(begun):
            for request in (names_request(words), titles_request(words)):
                json.dumps(request, allow_nan=False, ensure_ascii=False).encode()


def _cursor(choices: Choices) -> str:
    """A cursor of the right shape that says anything."""
    odd = (0, -1, 10**30, 1.5, None, 5, 2**63)
    now = datetime.fromtimestamp(choices.number(60_000) * 70_000, UTC)
    after = tuple(choices.one_of(odd) for _ in range(choices.number(6)))
    return str(Cursor(choices.text(9), "search", now, after, choices.number(300)))


def _outcome(typed: str, repair: QueryRepair) -> Query | BadQuery:
    try:
        return parse(typed, repair)
    except BadQuery as error:
        return error


def check_bad_query(error: BadQuery, typed: str) -> None:
    assert not re.search(r"[\n\r]", str(error)), "told in one line"
    assert error.span is not None, "which piece is at fault?"
    assert 0 <= error.span.start < error.span.end <= len(typed), error.span


def check_query(query: Query, typed: str) -> None:
    terms = [*query.plain, *query.helpful, *query.without]
    for one in query.required:
        terms += one.terms if isinstance(one, Either) else (one,)
    for term in terms:
        assert 0 <= term.span.start < term.span.end <= len(typed), term
    filters, marks = Filters(), Marks.unguessable("nonce", query)
    listing = Listing(Page(10), order_of(Sort.RELEVANCE), facets=("source", "year"))
    for request in (
        exact_request(query, filters, listing, marks),
        near_request(query, filters, listing, marks),
        some_request(query, filters, listing, marks),
    ):
        json.dumps(request, allow_nan=False, ensure_ascii=False).encode()


def query_seeds() -> Iterator[bytes]:
    for article in DEMO_ARTICLES:
        title = article.get("title", "")
        yield title.encode()
        words = title.split()[:3]
        yield f'"{" ".join(words[:2])}" -{words[-1]} OR {words[0]}*'.encode()
    for typed in (
        '="على متن" =علي', "person:حفتر place:طرابلس", "date:2018-01..2018-02", "بلد:ليبيا أو تونس",
        "root:كتب lemma:كتاب", "language:ar country:LY", "published:2018.. mentioned:..2017-05",
        "Khalifa Haftar", "عشرين ألف 20000", "«الجيش الليبي»", "-عام2019", "personn:x", "source:",
        "و15رجلا", "مسدس*", "م*", "a:b:c", "\u202eخبر", "\ufeff", "كِتَابُ", "Al-Sarraj 2018",
    ):  # fmt: skip
        yield typed.encode()


def option_seeds() -> Iterator[bytes]:
    for number in range(40):
        yield bytes((3, 97, 98, 99, number, 4, 50, 48, 49, 56, 6)) + "خبر".encode() + bytes(12)
