"""Document ↔ `_source`: nothing of an article is lost in the index, so it can be analysed again."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from tests.test_article import SMALLEST, STRANGE
from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.analysis.pipeline import Pipeline
from warraq.article import Article, Contract, Received, parse
from warraq.document import Document
from warraq.errors import Rejected
from warraq.identity import document_id
from warraq.index.documents import MOST_EDITS, from_source, to_source, with_unstored
from warraq.index.schema import UNSTORED
from warraq.search.marked import MarkedText
from warraq.search.request import Marks
from warraq.text.edits import Edit, EditedText
from warraq.text.letters import PART_MARK

INTAKE_MS = 1_515_420_000_123
INDEXED_AT = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)
PIPELINE = Pipeline()
PIPELINE_WITHOUT_JOINS = Pipeline(off={"joined-words"})
DAMAGED_BODY = "<p>Ø§Ù„Ø¬Ù†ÙˆØ¨ الجـــيش</p><p>طرا\u200bبلس ﻃﺮﺍﺑﻠﺲ</p>"


def begun(payload: bytes) -> Document:
    return Document.begun(parse(payload, Contract()), INTAKE_MS, payload)


def sent(**fields: Any) -> bytes:
    return json.dumps({**SMALLEST, "title": "عنوان", **fields}).encode()


def indexed(document: Document) -> dict[str, Any]:
    """Its `_source`, as JSON carries it to the server and back."""
    source: dict[str, Any] = json.loads(json.dumps(to_source(document, INDEXED_AT)).encode("utf-8"))
    return source


def assert_same(again: Document, before: Document) -> None:
    """`again` is `before` as it was begun, all but the URL's part in the id."""
    ignored = {"id"}  # given or made from the URL, `own_id` is what counts
    assert again.article.model_dump(exclude=ignored) == before.article.model_dump(exclude=ignored)
    assert again.article.own_id == before.article.own_id
    for moment, other in (
        (again.article.published_at, before.article.published_at),
        (again.article.updated_at, before.article.updated_at),
    ):
        assert (moment and moment.utcoffset()) == (other and other.utcoffset())
    for name in ("id", "version", "intake_ms", "payload", "ignored", "title", "body"):
        assert getattr(again, name) == getattr(before, name), name


FULL = sent(
    url="http://News.example/7/?utm_source=x#top",
    title="الجـــيش يعلن",
    body=DAMAGED_BODY,
    published_at="2018-01-08T14:30:00+02:00",
    updated_at="2018-01-09T08:00:00.250Z",
    revision=3,
    author="سعاد بن علي",
    section="محليات",
    tags=["مياه", "طرابلس"],
    language="ar-LY",
    extra={"desk": "maghreb", "photo": {"count": 2, "wide": True}, "links": [1.5, None]},
    headline="unknown to the contract",
)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param(FULL, id="everything"),
        pytest.param(sent(), id="the smallest"),
        pytest.param(b'{"source":"s","url":"http://h/a/","title":"x"}', id="an id from the URL"),
        pytest.param(sent(deleted=True, title=""), id="a tombstone"),
        pytest.param(sent(title="", body="\u200bنص\u200b"), id="hidden characters"),
        pytest.param(sent(body="\u200b\u200f"), id="a body of hidden characters alone"),
        pytest.param(sent(body="<p>\u200b</p>"), id="HTML without text"),
        pytest.param(sent(body="<p>نص</p>"), id="HTML that needs no repair"),
        pytest.param(sent(title="x", body="a\x00b\ud800"), id="cleaned, with its payload"),
        pytest.param(sent(updated_at="2018-01-09T08:00:00.000999+05:30"), id="microseconds"),
        pytest.param(sent(revision=0), id="revision 0"),
        pytest.param(sent(author="", section=""), id="empty lines"),
        *(pytest.param(sent(body=text), id=text[:20]) for text in NEWS[:2] + LOOKS_DAMAGED[:2]),
    ],
)
def test_a_document_comes_back_from_the_index_as_it_was_begun(payload: bytes) -> None:
    source = indexed(PIPELINE.run(begun(payload)))
    again = from_source(source)
    assert_same(again, begun(payload))
    # Analysed again it is indexed as before: the promise that `warraq reindex --analyse` needs.
    assert indexed(PIPELINE.run(again)) == source


def test_the_source_of_a_damaged_article() -> None:
    source = indexed(PIPELINE.run(begun(FULL)))
    assert (source["title"], source["body"]) == ("الجيش يعلن", "الجنوب الجيش\n\nطرابلس طرابلس")
    assert source["original"] == {
        "title": "الجـــيش يعلن",
        "body": "Ø§Ù„Ø¬Ù†ÙˆØ¨ الجـــيش\n\nطرا\u200bبلس ﻃﺮﺍﺑﻠﺲ",
        "html": DAMAGED_BODY,
        "language": "ar-LY",
    }
    assert source["repairs"] == [
        "invisible-character", "mojibake", "presentation-form", "tatweel",
    ]  # fmt: skip
    assert source["article_id"] == "7"
    assert (source["version"], source["version_kind"]) == (3, "revision")
    assert source["received_at"] == "2018-01-08T14:00:00.123000+00:00"
    assert source["indexed_at"] == "2026-11-22T19:30:00+00:00"
    assert source["published_at"] == "2018-01-08T14:30:00+02:00"
    assert (source["language"], source["ignored_fields"]) == ("ar", ["headline"])
    assert source["extra"] == {
        "desk": "maghreb", "photo": {"count": 2, "wide": True}, "links": [1.5, None],
    }  # fmt: skip


def test_edits_lead_from_the_original_to_the_text() -> None:
    source = indexed(PIPELINE.run(begun(FULL)))
    for name in ("title", "body"):
        text = source["original"][name]
        for edit in reversed([edit for edit in source["edits"] if edit["field"] == name]):
            assert text[edit["start"] : edit["end"]] == edit["original"]
            text = text[: edit["start"]] + edit["replacement"] + text[edit["end"] :]
        assert text == source[name]


def with_marks(document: Document, every: int) -> Document:
    """`document` with a mark after each `every` characters of its title and body."""
    for name in ("title", "body"):
        text: EditedText = getattr(document, name)
        places = range(every, len(text.text), every)
        marks = [Edit("joined-words", place, place, "", PART_MARK, 0.9) for place in places]
        setattr(document, name, text.edited(marks))
    return document


def test_marks_alone_are_not_worth_a_second_copy() -> None:
    payload = sent(title="مطارطرابلس", body="<p>وقع في جنوبيطرابلس أمس</p>")
    source = indexed(with_marks(PIPELINE_WITHOUT_JOINS.run(begun(payload)), 4))
    assert source["title"] == f"مطار{PART_MARK}طراب{PART_MARK}لس"
    assert set(source["original"]) == {"html"}
    assert_same(from_source(source), begun(payload))


def test_a_mark_that_an_article_brought_itself_comes_back() -> None:
    payload = sent(title=f"a{PART_MARK}b", body=f"مطار{PART_MARK}طرابلس")
    for pipeline in (PIPELINE, Pipeline(off={"all"})):
        assert_same(from_source(indexed(pipeline.run(begun(payload)))), begun(payload))


_TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
) | st.sampled_from([*NEWS, *LOOKS_DAMAGED])


@given(_TEXTS, _TEXTS, st.integers(1, 9))
def test_whatever_is_marked_comes_back_and_is_led_back(title: str, body: str, every: int) -> None:
    payload = sent(title=f"x{title}"[:2_000], body=body)
    try:
        document = with_marks(PIPELINE_WITHOUT_JOINS.run(begun(payload)), every)
    except Rejected:
        reject()
    source = indexed(document)
    assert_same(from_source(source), begun(payload))
    for name in ("title", "body"):
        stored: EditedText = getattr(document, name).with_at_most(MOST_EDITS)
        shown = MarkedText.of_hit({"_source": source}, name, Marks("[", "]")).edited
        assert (shown.original, shown.text) == (stored.original, stored.text)
        for start in range(0, len(stored.text), 3):
            span = (start, start + 3)
            assert shown.to_original(*span) == stored.to_original(*span)


def test_an_article_that_is_known_by_a_long_address_alone_can_be_analysed_again() -> None:
    address = "https://sahifa.example/" + "a" * 1_000
    raw = json.dumps({"source": "sahifa", "url": address, "title": "عنوان"}).encode()
    document = begun(raw)
    assert_same(from_source(indexed(document)), document)


def test_fields_without_a_value_are_left_out() -> None:
    source = to_source(begun(sent()), INDEXED_AT)
    assert set(source) == {
        "source", "article_id", "title", "language", "version", "version_kind", "received_at",
        "indexed_at", "deleted", "story_id",
    }  # fmt: skip
    assert source["story_id"] == document_id(source["source"], source["article_id"])
    assert source["deleted"] is False


@pytest.mark.parametrize("text", [*NEWS, *LOOKS_DAMAGED, "Nothing here is Arabic.", "ی ك"])
def test_what_elasticsearch_does_not_keep_is_made_anew_from_the_rest(text: str) -> None:
    source = indexed(PIPELINE.run(begun(sent(body=text))))
    kept = {name: value for name, value in source.items() if name not in UNSTORED}
    assert with_unstored(kept) == source


def test_what_steps_found_stands_under_their_names() -> None:
    document = begun(sent())
    document.fields["keywords"] = ["مياه"]
    document.failed_steps.append("language")
    source = to_source(document, INDEXED_AT)
    assert (source["keywords"], source["failed_steps"]) == (["مياه"], ["language"])


@given(STRANGE, st.integers(0, 4_102_444_800_000))
def test_whatever_is_taken_survives_the_index(payload: dict[str, Any], intake_ms: int) -> None:
    raw = json.dumps(payload).encode()
    received = parse(raw, Contract())
    try:
        document = PIPELINE.run(Document.begun(received, intake_ms, raw))
    except Rejected:  # there was no letter in it
        reject()
    assert document.failed_steps == []
    assert_same(from_source(indexed(document)), Document.begun(received, intake_ms, raw))


@given(
    st.datetimes(datetime(1500, 1, 2), datetime(2100, 12, 30)),  # noqa: DTZ001  zones follow
    st.integers(-18 * 60, 18 * 60),
)
def test_dates_keep_their_moment_and_their_offset(moment: datetime, minutes: int) -> None:
    there = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    document = begun(sent(published_at=there.isoformat()))
    assert from_source(indexed(document)).article.published_at == there
    assert indexed(document)["published_at"] == there.isoformat()


def test_a_body_damaged_in_each_letter_does_not_drown_its_document_in_edits() -> None:
    article = Article(source="s", id="1", body="بـ" * 100_000 + "ب")
    source = to_source(Pipeline().run(Document.begun(Received(article), 0)), datetime.now(UTC))
    assert len(source["edits"]) <= MOST_EDITS
    assert len(json.dumps(source, ensure_ascii=False)) < 5 * len(article.body)
    assert source["body"] == "ب" * 100_001
