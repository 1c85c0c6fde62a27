"""The intake contract: what is taken, what is refused, and that a refusal names the field."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from warraq.article import Article, Contract, Received, parse
from warraq.errors import Rejected
from warraq.identity import document_id

SMALLEST = {"source": "aawsat", "id": "7"}
CONTRACT = Contract()


def taken(**fields: object) -> Article:
    return parse(json.dumps({**SMALLEST, **fields}).encode(), CONTRACT).article


def taken_or_refused(raw: bytes) -> Received | Rejected:
    try:
        return parse(raw, CONTRACT)
    except Rejected as refusal:
        return refusal


def refused(raw: bytes, contract: Contract = CONTRACT) -> Rejected:
    with pytest.raises(Rejected) as caught:
        parse(raw, contract)
    assert caught.value.stage == "parse"
    return caught.value


# ── what is taken ────────────────────────────────────────────────────────────────────────────────


def test_a_full_article_comes_through_as_it_was_sent() -> None:
    sent = {
        "contract": 1,
        "source": "aawsat",
        "id": "7",
        "url": "https://news.example/7",
        "title": "انقطاع المياه جنوب طرابلس",
        "body": "<p>قال السكان إن المياه مقطوعة.</p>",
        "published_at": "2018-01-08T14:30:00+02:00",
        "updated_at": "2018-01-09T08:00:00.250Z",
        "revision": 3,
        "author": "سعاد بن علي",
        "section": "محليات",
        "tags": ["مياه", "طرابلس"],
        "language": "ar-LY",
        "extra": {"desk": "maghreb", "photo": {"count": 2, "wide": True}, "links": [1.5, None]},
        "deleted": False,
    }
    article = taken(**sent)
    assert article.model_dump(exclude={"published_at", "updated_at", "tags"}) == {
        name: value
        for name, value in sent.items()
        if name not in {"published_at", "updated_at", "tags"}
    }
    assert article.tags == ("مياه", "طرابلس")
    assert article.published_at == datetime(2018, 1, 8, 12, 30, tzinfo=UTC)
    assert article.published_at.isoformat() == sent["published_at"]  # the source's offset is kept


def test_source_and_id_are_enough() -> None:
    article = taken()
    assert (article.title, article.body, article.tags, article.extra) == ("", "", (), {})


def test_the_id_follows_from_the_url() -> None:
    raw = {"source": "aawsat", "url": "http://News.example/7/?utm_source=x"}
    article = parse(json.dumps(raw).encode(), CONTRACT).article
    assert article.own_id == "https://news.example/7"
    assert article.document_id == document_id("aawsat", "https://news.example/7")


def test_an_id_may_be_a_number_and_is_the_same_as_its_text() -> None:
    assert taken(id=7).document_id == taken(id="7").document_id


def test_a_tombstone_needs_neither_title_nor_body() -> None:
    assert taken(deleted=True).deleted


def test_fields_that_the_contract_does_not_know_are_named() -> None:
    received = parse(b'{"source":"s","id":"1","headline":"x","Body":[{}]}', CONTRACT)
    assert received.ignored == ("headline", "Body")


def test_as_json_parsers_do_the_last_of_two_equal_names_counts() -> None:
    assert parse(b'{"source":"s","id":"1","id":"2"}', CONTRACT).article.id == "2"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse(b'\xef\xbb\xbf{"source":"s","id":"1"}', CONTRACT).article.id == "1"


@pytest.mark.parametrize(
    ("sent", "title"),
    [
        ('"a\\u0000b"', "ab"),
        ('"a\\ud800b"', "a\ufffdb"),
        ('"\\udc00\\ud800"', "\ufffd\ufffd"),
    ],
)
def test_what_no_utf8_can_carry_is_cleaned_and_said(sent: str, title: str) -> None:
    received = parse(b'{"source":"s","id":"1","title":' + sent.encode() + b"}", CONTRACT)
    assert (received.article.title, received.cleaned) == (title, True)


@pytest.mark.parametrize("title", ["\U0001f600", "\\u0000", "\\ud800", "\u200f\ufeff"])
def test_whole_pairs_and_written_backslashes_are_left_alone(title: str) -> None:
    received = parse(json.dumps({**SMALLEST, "title": title}).encode(), CONTRACT)
    assert (received.article.title, received.cleaned) == (title, False)


def test_cleaning_goes_into_lists_and_names() -> None:
    raw = b'{"source":"s","id":"1","tags":["\\u0000a"],"extra":{"\\ud800k":{"x":["\\u0000"]}}}'
    article = parse(raw, CONTRACT).article
    assert (article.tags, article.extra) == (("a",), {"\ufffdk": {"x": [""]}})


# ── what is refused ──────────────────────────────────────────────────────────────────────────────

NO_OBJECT = {
    "nothing": (b"", "not-json"),
    "cut": (b'{"source":"s","id":', "not-json"),
    "more behind": (b'{"source":"s","id":"1"} {}', "not-json"),
    "NUL": (b'{"source":"s","id":"\x00"}', "not-json"),
    "single quotes": (b"{'source':'s'}", "not-json"),
    "NaN": (b'{"source":"s","id":"1","extra":{"x":NaN}}', "not-json"),
    "-Infinity": (b'{"source":"s","id":"1","extra":{"x":-Infinity}}', "not-json"),
    "windows-1256": ('{"source":"صحيفة","id":"1"}'.encode("cp1256"), "not-utf8"),
    "Latin-1": ('{"source":"é","id":"1"}'.encode("latin-1"), "not-utf8"),
    "UTF-16": ('{"source":"s","id":"1"}'.encode("utf-16"), "not-utf8"),
    "UTF-16 without a mark": ('{"source":"s","id":"1"}'.encode("utf-16-le"), "not-json"),
    "surrogates in UTF-8": (b'{"source":"s","id":"\xed\xa0\x80"}', "not-utf8"),
    "pickle": (b"\x80\x04\x95\x10\x00\x00\x00", "not-utf8"),
    "null": (b"null", "not-an-object"),
    "an array": (b'[{"source":"s","id":"1"}]', "not-an-object"),
    "a text": (b'"{}"', "not-an-object"),
    "a number": (b"1e999", "not-an-object"),
}


@pytest.mark.parametrize(("raw", "reason"), NO_OBJECT.values(), ids=NO_OBJECT.keys())
def test_what_is_no_json_object_in_utf8_is_refused(raw: bytes, reason: str) -> None:
    refusal = refused(raw)
    assert refusal.reason == reason
    assert len(refusal.detail) <= 300


@pytest.mark.parametrize("depth", [100, 600, 900, 2_000, 100_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("name", ["extra", "unknown"])
def test_deep_nesting_is_refused_or_ignored_but_breaks_nothing(
    depth: int, opening: str, closing: str, name: str
) -> None:
    nested = opening * depth + "1" + closing * depth
    raw = f'{{"source":"s","id":"1","title":"\\u0000","{name}":{nested}}}'.encode()
    outcome = taken_or_refused(raw)
    if isinstance(outcome, Received):
        assert (name, outcome.ignored) == ("unknown", ("unknown",))
    else:
        assert outcome.reason in {"too-deep", "invalid-field"}


def test_a_payload_over_the_limit_is_refused_before_it_is_read() -> None:
    refusal = refused(b"[" * 101, Contract(payload_bytes=100))
    assert refusal.reason == "too-large"
    assert refusal.detail == "the payload has 101 bytes; the limit is 100"


def test_neither_id_nor_url_is_refused() -> None:
    refusal = refused(b'{"source":"s","title":"x"}')
    assert refusal.detail == "id: give an id, or a url from which it follows"


REFUSED_VALUES: dict[str, list[object]] = {
    "contract": [True, 0, 2, "1", []],
    "source": [None, "", 7, True, ["s"], "s" * 201, "a\nb", "a\x1fb"],
    "id": ["", 1.5, True, [], {}, "x" * 513, "a\tb", 10**600],
    "url": ["", 7, "news.example/7", "ftp://news.example", "http://", "http://h/" + "x" * 4096, []],
    "title": [7, ["x"], {}, "x" * 2001],
    "body": [7, ["x"], {}, "x" * 500_001],
    "revision": [-1, 2**63, 10**400, 1.0, 1e300, "7", True, []],
    "author": [7, ["x"], {"name": "x"}, "x" * 501],
    "section": [7, ["x"], "x" * 201],
    "tags": ["x", {"x": 1}, [""], [7], [None], [["x"]], ["x" * 201], ["x"] * 101, ["a\nb"]],
    "language": ["", "arabic", "عربي", "a", "ar_LY", "ar-", "ar\n", 7, "ar" + "-abcd" * 8],
    "extra": [
        [], "x", 7, {"": 1}, {"k" * 201: 1}, {"k": "x" * 10_001}, {"k": 2**63},
        {"k": [-(2**64)]}, {"k": list(range(200))}, {str(number): 1 for number in range(201)},
        {"a": {"b": {"c": {"d": {"e": {"f": 1}}}}}}, {"a": [[[[[1]]]]]},
    ],
    "deleted": [0, 1, "true", []],
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param(name, value, id=f"{name}-{number}")
        for name, values in REFUSED_VALUES.items()
        for number, value in enumerate(values)
    ],
)
def test_a_refusal_names_the_field(name: str, value: object) -> None:
    refusal = refused(json.dumps({**SMALLEST, name: value}).encode())
    assert refusal.reason == "invalid-field"
    assert refusal.detail.startswith((f"{name}: ", f"{name}.")), refusal.detail
    assert len(refusal.detail) < 1_000


def test_a_field_that_is_null_is_one_that_is_not_there() -> None:
    others = dict.fromkeys(set(Article.model_fields) - {"source", "id"})
    assert taken(**others) == taken()


def test_a_byline_on_two_lines_is_one() -> None:
    article = taken(author=" لندن:\n\tرنيم حنوش ", section="أخبار\r\nليبيا")
    assert (article.author, article.section) == ("لندن: رنيم حنوش", "أخبار ليبيا")


def test_every_field_is_in_the_table_of_refusals_or_among_the_dates() -> None:
    assert {*REFUSED_VALUES, "published_at", "updated_at"} == set(Article.model_fields)


def test_a_number_that_overflows_is_refused() -> None:
    refusal = refused(b'{"source":"s","id":"1","extra":{"price":1e999}}')
    assert refusal.detail == "extra: has a number that is too large at 'price'"


@pytest.mark.parametrize("name", ["revision", "extra", "unknown"])
def test_an_integer_that_python_does_not_read_is_called_what_it_is(name: str) -> None:
    """It is JSON, and Python's own words for it mean nothing to who sent it."""
    refusal = refused(b'{"source":"s","id":"1","%s":-%s}' % (name.encode(), b"9" * 5_000))
    assert (refusal.reason, refusal.detail) == (
        "invalid-field",
        "a number has 5,001 digits; send it as text",
    )


def test_a_refusal_does_not_keep_what_was_refused() -> None:
    """Pydantic's error would hold the payload, where Python's collector does not see it."""
    refusal = refused(json.dumps({**SMALLEST, "published_at": "8/1/2018"}).encode())
    assert refusal.__context__ is None


def test_too_much_is_told_in_words_of_json() -> None:
    """Pydantic speaks of tuples, and of the items of a text."""
    refusal = refused(json.dumps({**SMALLEST, "section": "x" * 201, "tags": ["x"] * 101}).encode())
    assert refusal.detail == (
        "section: should have at most 200 characters; tags: should have at most 100 items"
    )


def test_several_faults_are_told_at_once() -> None:
    refusal = refused(b'{"source":"","id":"1","title":7,"tags":["a",5]}')
    assert refusal.detail == (
        "source: String should have at least 1 character; title: Input should be a valid string; "
        "tags.1: Input should be a valid string"
    )


def test_many_faults_do_not_make_a_long_refusal() -> None:
    refusal = refused(json.dumps({**SMALLEST, "tags": [7] * 100}).encode())
    assert refusal.detail.endswith("; and 95 more")


def test_limits_are_inclusive() -> None:
    article = taken(
        source="s" * 200,
        id="x" * 512,
        url="http://h/" + "x" * 4087,
        title="ع" * 2000,
        body="ع" * 500_000,
        revision=2**63 - 1,
        tags=["t" * 200] * 100,
        extra={"k" * 200: ["ع" * 10_000, 2**63 - 1, -(2**63) + 1, *[0] * 196]},
    )
    assert len(article.body) == 500_000
    assert taken(extra={"a": {"b": {"c": {"d": {"e": 1}}}}}).extra


# ── whatever comes ───────────────────────────────────────────────────────────────────────────────

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text() | st.sampled_from(["http://h/", "2018-01-08", "ar", 2**63, "\x00", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip
PAYLOADS = st.fixed_dictionaries(
    {"source": st.just("s") | JSON_VALUES, "id": st.just("1") | JSON_VALUES},
    optional={name: JSON_VALUES for name in [*Article.model_fields, "x"] if name not in SMALLEST},
)


LINES = st.text(st.characters(exclude_categories=["Cc"]), min_size=1, max_size=20)
DATES = st.datetimes(datetime(1970, 1, 3), datetime(2100, 12, 30)).map(str) | st.sampled_from(  # noqa: DTZ001
    ["2018-01-08T14:30:00.123456-03:30", "2018-01-08T14:30+18:00", "20180108T143000Z"]
)
BODIES = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<br>", "Ø§Ù„", "بـ", "\u200b", "ﻻ", "&nbsp;", "\ud800", " ", "\n"]
    )
).map("".join)
# Strange, but all of them to be taken.
STRANGE = st.fixed_dictionaries(
    {"source": LINES, "id": LINES | st.integers(), "title": st.text() | st.just("Ø§Ù„Ø¬ـ\u200b")},
    optional={
        "url": st.text("aبé/?=&%#.").map("http://h/".__add__),
        "body": st.text() | BODIES,
        "published_at": DATES,
        "updated_at": DATES,
        "revision": st.integers(0, 2**63 - 1),
        "author": LINES,
        "section": LINES,
        "tags": st.lists(LINES, max_size=5),
        "language": st.sampled_from(["ar", "AR-ly", "zh-Hant-TW"]),
        "extra": st.dictionaries(
            LINES, st.text() | st.lists(st.integers(-(2**62), 2**62), max_size=10), max_size=10
        ),
        "deleted": st.booleans(),
        "unknown": JSON_VALUES,
    },
)


@given(STRANGE)
def test_strange_articles_are_taken(payload: dict[str, Any]) -> None:
    outcome = taken_or_refused(json.dumps(payload).encode())
    assert isinstance(outcome, Received)
    assert_complete(outcome)


def assert_complete(outcome: Received | Rejected) -> None:
    if isinstance(outcome, Rejected):
        assert outcome.stage == "parse"
        assert outcome.reason
        outcome.detail.encode("utf-8")
    else:
        outcome.article.model_dump_json().encode("utf-8")
        "".join(outcome.ignored).encode("utf-8")
        assert 0 <= outcome.article.version(0) < 2**63


@given(st.binary())
def test_any_bytes_are_taken_or_refused(raw: bytes) -> None:
    assert_complete(taken_or_refused(raw))


@given(JSON_VALUES)
def test_any_json_is_taken_or_refused(value: Any) -> None:
    assert_complete(taken_or_refused(json.dumps(value).encode()))


@given(PAYLOADS)
@example({**SMALLEST, "title": "\ud800\x00", "extra": {"\udfff": "\x00"}, "tags": ["\ud83d"]})
def test_what_is_taken_can_be_written_as_utf8(payload: dict[str, Any]) -> None:
    assert_complete(taken_or_refused(json.dumps(payload).encode()))


def test_refusals_travel_between_processes() -> None:
    refusal = refused(b"null")
    kind, parts = refusal.__reduce__()
    again = kind(*parts)
    assert (again.stage, again.reason, again.detail, str(again)) == (
        refusal.stage, refusal.reason, refusal.detail, str(refusal),
    )  # fmt: skip
