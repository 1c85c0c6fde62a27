"""A document at its beginning: whose it is, which version, and what is kept of the payload."""

from __future__ import annotations

from tests.test_article import CONTRACT
from warraq.article import parse
from warraq.document import Document


def begun(payload: bytes) -> Document:
    return Document.begun(parse(payload, CONTRACT), 99, payload)


def test_nothing_has_been_done_to_it_yet() -> None:
    document = begun('{"source":"s","id":"1","title":"الجـــيش","body":"<p>نص</p>"}'.encode())
    assert (document.title.text, document.title.edits) == ("الجـــيش", ())
    assert (document.body.text, document.html) == ("<p>نص</p>", None)
    assert (document.language, document.text_fields, document.entities) == ("und", (), [])
    assert (document.fields, document.failed_steps) == ({}, [])


def test_its_id_and_version_are_the_articles() -> None:
    document = begun(b'{"source":"s","id":"1","revision":3}')
    assert (document.id, document.version) == (document.article.document_id, 3)
    assert begun(b'{"source":"s","id":"1"}').version == 99


def test_the_payload_is_kept_only_where_something_had_to_be_taken_out() -> None:
    cleaned = b'{"source":"s","id":"1","title":"a\\u0000b"}'
    assert begun(cleaned).payload == cleaned
    assert begun(b'{"source":"s","id":"1","title":"ab"}').payload is None


def test_two_documents_share_nothing_that_steps_write_into() -> None:
    one, other = begun(b'{"source":"s","id":"1"}'), begun(b'{"source":"s","id":"2"}')
    one.fields["x"] = 1
    one.failed_steps.append("x")
    assert (other.fields, other.failed_steps) == ({}, [])
