"""Articles and queries that mean harm: markup stays text, no query goes beyond its bounds."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser

import pytest

from tests.search.shelf import Shelf
from warraq.search import BadQuery, Hit
from warraq.text.tokens import Span

MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "<iframe src=javascript:alert(1)>",
    "<mark>",
    "</em></mark></div>",
    "<!-- ",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\ue000\ue001<b>",
    "{{constructor.constructor('alert(1)')()}}",
    "javascript:alert(1)",
]


class Tags(HTMLParser):
    """What a browser would take for elements, and the text that it would show."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(f"{tag} {attrs}" if attrs else tag)

    def handle_comment(self, data: str) -> None:  # noqa: ARG002  the parser's signature
        self.names.add("comment")

    def handle_data(self, data: str) -> None:
        self.text += data


def as_page(text: str, marks: tuple[Span, ...]) -> str:
    """As whoever shows results must: piece by piece, each escaped, with the marks between them."""
    page, done = "", 0
    for start, end in marks:
        page += f"{escape(text[done:start])}<mark>{escape(text[start:end])}</mark>"
        done = end
    return page + escape(text[done:])


def shown(hit: Hit) -> Iterator[tuple[str, tuple[Span, ...]]]:
    yield hit.title, hit.title_marks
    for passage in hit.passages:
        yield passage.text, passage.marks


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_an_article_is_inert_in_what_a_search_returns(shelf: Shelf, markup: str) -> None:
    """Texts and places of marks come apart, so that a page can escape all but its own marks.

    What of an HTML article a browser would not show (an iframe's inside) is not marked, nor shown.
    """
    shelf.put(f"وصلت الباخرة {markup} إلى طرابلس {markup}", title=f"{markup} طرابلس")
    [hit] = shelf.search("طرابلس").hits
    pieces = list(shown(hit))
    assert len(pieces) == 2
    for text, marks in pieces:
        assert {text[start:end] for start, end in marks} <= {"طرابلس"}
        seen = Tags(as_page(text, marks))
        assert seen.names == ({"mark"} if marks else set())
        assert seen.text == text
    assert any(marks for _, marks in pieces)


BOMBS = [
    "*:*",
    "*",
    "** ** **",
    "/(ا+)+ب/",
    "/(.*)*(.*)*(.*)*x/",
    "/.*/",
    "طرابلس~99",
    "*ا*",
    "?" * 900,
    "ا*" * 300,
    "ا* " * 300,
    "(" * 900,
    "NOT " * 200,
    "ا OR " * 190,
    '"ا ا"~1000000000',
    "title:* body:*",
    "_exists_:body",
    "_id:* _index:*",
    "date:0001..9999",
    "source:*",
    "script:(1)",
    "a" * 999,
    "ab " * 333,
]


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_query_that_would_be_costly_is_words_or_refused(shelf: Shelf, bomb: str) -> None:
    """Neither regular expressions nor leading wildcards are of the language: no query is all."""
    shelf.put("غادرت الطائرة مطار بنغازي.")  # the plane left the airport of Benghazi
    try:
        results = shelf.search(bomb)
    except BadQuery:
        return
    assert results.total == 0
    assert results.hits == ()


@pytest.mark.parametrize(
    "bounds",
    [{"from_": 10**9}, {"from_": 10**18}, {"size": 10**9}, {"from_": 9_999, "size": 100}],
)
def test_pages_beyond_all_bounds_are_refused(shelf: Shelf, bounds: dict[str, int]) -> None:
    with pytest.raises(BadQuery):
        shelf.search("طرابلس", **bounds)
