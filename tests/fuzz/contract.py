"""What must hold of the contract's parser, for any bytes and for articles of odd values."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from tests.fuzz.choices import Choices
from tests.fuzz.mutation import TOKENS
from tests.fuzz.samples import DEMO_LINES
from tests.fuzz.target import within
from warraq.article import Article, Contract, Received, parse
from warraq.document import Document
from warraq.errors import Rejected
from warraq.identity import canonical_url
from warraq.index.documents import from_source
from warraq.index.writer import action

CONTRACT = Contract(payload_bytes=100_000, body_characters=20_000)
REASONS = {"too-large", "not-utf8", "not-json", "not-an-object", "too-deep", "invalid-field"}
INTAKE_MS = 1_500_000_000_000
LONGEST_DETAIL = 2_000

_KEPT = ("source", "url", "title", "body", "author", "section", "tags", "published_at",
         "updated_at", "revision", "language", "deleted", "extra")  # fmt: skip


def parse_payload(raw: bytes) -> None:
    """Any bytes: an article that goes into the index and comes back, or a refusal with a reason."""
    with within():
        outcome = _outcome(raw)
    assert repr(_outcome(raw)) == repr(outcome), "told otherwise the second time"
    if isinstance(outcome, Rejected):
        check_refusal(outcome)
    else:
        check_received(outcome, raw)


def parse_fields(data: bytes) -> None:
    """An article whose fields have any values, of any types."""
    choices = Choices(data)
    article: dict[str, Any] = {"source": "sahifa", "id": "1"}
    while not choices.is_over:
        article[choices.one_of(_NAMES)] = _value(choices, depth=0)
    ascii_only = bool(choices.number(1))
    raw = json.dumps(article, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    parse_payload(raw)


def check_refusal(why: Rejected) -> None:
    assert (why.stage, why.reason in REASONS) == ("parse", True), why
    assert why.detail, "a refusal says what is wrong"
    assert len(why.detail) <= LONGEST_DETAIL, f"{len(why.detail):,} characters are no sentence"
    assert not re.search(r"[\n\r]", why.detail), "in one line"
    "".join((why.detail, *why.identity)).encode()


def check_received(received: Received, raw: bytes) -> None:
    """The article can be named, ordered, written, and read back from the index as it was."""
    article = received.article
    assert 0 <= article.version(INTAKE_MS) < 2**63
    assert re.fullmatch("[0-9a-f]{64}", article.document_id)
    if article.url is not None:
        address = canonical_url(article.url)
        assert canonical_url(address) == address, "the canonical form has another one"
    document = Document.begun(received, INTAKE_MS, raw)
    back = from_source(json.loads(action(document).source))
    assert (back.id, back.version) == (document.id, document.version)
    assert _as_compared(back.article) == _as_compared(article)
    assert back.ignored == document.ignored
    assert back.payload == document.payload


def _as_compared(article: Article) -> dict[str, object]:
    # Marks of joined words are ours in the index; the repairs take away those that come in.
    values = {name: getattr(article, name) for name in _KEPT}
    return values | {name: values[name].replace("\u2063", "") for name in ("title", "body")}


def _outcome(raw: bytes) -> Received | Rejected:
    try:
        return parse(raw, CONTRACT)
    except Rejected as why:
        return why


_NAMES = (*Article.model_fields, "unknown", "Title", "", "\x00", "deleted ", "_id", "__proto__")
_NUMBERS = (0, -1, 7, 2**31, 2**53, 2**63 - 1, 2**63, -(2**63), 10**30, 0.5, -0.0, 1e308, 1e-320)
_DATES = (
    "2018-01-08T14:30:00+02:00", "2018-01-08", "20180108", "2018-W02-1", "2018-01-08T24:00:00Z",
    "1500-01-01", "2100-12-31T23:59:59-18:00", "1969-12-31T23:59:59Z", "0001-01-01", "2018-1-8",
    "2018-01-08T14:30:60Z", "2018-01-08T14:30:00+02:00:01", "1899-12-31T00:00:00.000001+23:59",
    "8/1/2018", "٢٠١٨-٠١-٠٨", "now", " 2018-01-08T14:30 ", "2016-02-30", "2018-01-08T14:30:00Z+1",
)  # fmt: skip
_URLS = (
    "https://example.org/أخبار?utm_source=x&id=7#top", "http://[::1]/", "http://[::1", "ftp://a/b",
    "http://a:99999/", "http://a:b/", "//a", "http://٣.com/", "http://مثال.إختبار/a", "http://a/%",
    "http://a/%ff%C7", "http://user:pw@a/", "javascript:alert(1)", "http://a/?&=&a", "http://a..b/",
    "http://\u00ad/", "http://xn--a/", "HTTP://A.B./X/", "http://a/\u202e", "http://a/?q=%00",
)  # fmt: skip


def _value(choices: Choices, depth: int) -> object:
    kind = choices.one_of(("leaf",) * 10 + ("array", "object"))
    if kind == "leaf" or depth == _DEEPEST:
        return choices.one_of(_LEAVES)(choices)
    if kind == "array":
        return [_value(choices, depth + 1) for _ in range(choices.number(5))]
    return {choices.text(12): _value(choices, depth + 1) for _ in range(choices.number(5))}


def _half_a_pair(choices: Choices) -> str:
    """A text with half a surrogate pair and NUL, which only JSON's escapes can bring."""
    return choices.text(20) + chr(0xD800 + choices.number(0x7FF)) + "\x00"


_DEEPEST = 7
_LEAVES: tuple[Callable[[Choices], object], ...] = (
    lambda choices: choices.one_of((None, True, False)),
    lambda choices: choices.one_of(_NUMBERS),
    lambda choices: choices.one_of(_DATES),
    lambda choices: choices.one_of(_DATES) + choices.text(8),
    lambda choices: choices.one_of(_URLS),
    lambda choices: choices.one_of(_URLS) + choices.text(20),
    lambda choices: choices.one_of(TOKENS) * choices.number(3_000),
    lambda choices: choices.text(40),
    _half_a_pair,
)


def payload_seeds() -> Iterator[bytes]:
    yield from DEMO_LINES
    yield from (b"", b"null", b"[1]", b'{"a":NaN}', b'{"source":"s","id":1,"body":"\\ud800"}')
    yield '{"source":"s","url":"http://مثال.إختبار/%ff?utm_a=1"}'.encode()
    yield '\ufeff{"source":"s","id":"1","tags":["a"],"extra":{"a":[1]}}'.encode()


def field_seeds() -> Iterator[bytes]:
    for number in range(64):
        yield bytes((number, *range(number % 12, 60)))
