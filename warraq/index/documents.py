"""Document ↔ `_source`: what of an article stands in the index, and how it comes back from there.

`title` and `body` are the repaired text, which is searched and shown; joined words have a mark in
them that nobody sees. `original` holds what the repairs changed, as it came, so that nothing is
lost and `from_source` can run every step anew.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from warraq.analysis.language import ARABIC
from warraq.analysis.morphology import lemmas_and_roots
from warraq.annotations import TextField
from warraq.article import Article, Contract, Received, validate
from warraq.document import Document
from warraq.identity import canonical_url
from warraq.index.names import name_keys
from warraq.text.edits import EditedText
from warraq.text.letters import PART_MARK

MOST_EDITS = 2_000
"""Of one field: an ordinary damaged article has tens; beyond this, neighbours become one edit."""
# Fields of the contract that stand in the index under their own name.
_OF_ARTICLE = ("source", "url", "author", "section", "revision")
KEPT_AS_SENT = (*_OF_ARTICLE, "tags", "extra")


def to_source(document: Document, indexed_at: datetime) -> dict[str, Any]:
    """The `_source` of `document`. Fields without a value are left out."""
    article = document.article
    original = _original(document)
    edits = _edits(document)
    source: dict[str, Any] = {
        **{name: getattr(article, name) for name in _OF_ARTICLE},
        "article_id": article.own_id,
        "title": document.title.text or None,
        "body": document.body.text or None,
        "tags": list(article.tags) or None,
        "published_at": _iso(article.published_at),
        "updated_at": _iso(article.updated_at),
        "language": document.language,
        "version": document.version,
        "version_kind": article.version_kind,
        "received_at": _iso(datetime.fromtimestamp(document.intake_ms / 1000, UTC)),
        "indexed_at": _iso(indexed_at),
        "extra": article.extra or None,
        "original": original or None,
        "edits": edits or None,
        "repairs": sorted({kind for edit in edits for kind in edit["kind"].split("+")}) or None,
        "name_keys": name_keys(document.fields) or None,
        "failed_steps": document.failed_steps or None,
        "ignored_fields": list(document.ignored) or None,
        "story_id": document.id,  # alone, unless a step has found its story
        **document.fields,
    }
    return {name: value for name, value in source.items() if value is not None} | {
        "deleted": article.deleted
    }


def from_source(source: Mapping[str, Any]) -> Document:
    """The document as it was before any step, to be analysed again."""
    article: Article = validate(as_sent(source), Contract(body_characters=10**9))
    intake = datetime.fromisoformat(source["received_at"])
    document = Document.begun(
        Received(article, tuple(source.get("ignored_fields", ()))),
        intake_ms=round(intake.timestamp() * 1000),
    )
    if (kept := source.get("original", {}).get("payload")) is not None:
        document.payload = base64.b64decode(kept)
    return document


def as_sent(source: Mapping[str, Any]) -> dict[str, Any]:
    """The article of a `_source` as it could be sent again, in the words of the contract."""
    original = source.get("original", {})
    article = {name: source[name] for name in KEPT_AS_SENT if name in source}
    # An id that follows from the address may be longer than one that may be given.
    if "url" not in source or canonical_url(source["url"]) != source["article_id"]:
        article["id"] = source["article_id"]
    title = original.get("title", without_marks(source.get("title", "")))
    body = original.get("html", original.get("body", without_marks(source.get("body", ""))))
    article |= {
        "title": title or None,
        "body": body or None,
        "published_at": source.get("published_at"),
        "updated_at": source.get("updated_at"),
        "language": original.get("language"),
        "deleted": source.get("deleted") or None,
    }
    return {name: value for name, value in article.items() if value is not None}


def with_unstored(source: Mapping[str, Any]) -> dict[str, Any]:
    """A `_source` that Elasticsearch gave, with the fields of `UNSTORED`, to be sent again.

    They are what the steps of today make of its texts and names.
    """
    whole = dict(source)
    if keys := name_keys(source):
        whole["name_keys"] = keys
    if source.get("language") in ARABIC and not source.get("deleted"):
        fields = [TextField.read(name, source.get(name) or "") for name in ("title", "body")]
        lemmas, roots = lemmas_and_roots(fields)
        whole |= {"lemmas": sorted(lemmas), "roots": sorted(roots)}
    return whole


def _original(document: Document) -> dict[str, str]:
    """What the repairs and the reading of HTML changed, as it came."""
    article = document.article
    original = {}
    if _is_changed(document.title):
        original["title"] = document.title.original
    if _is_changed(document.body):
        original["body"] = document.body.original
    if document.html is not None:
        original["html"] = document.html
    if article.language is not None:
        original["language"] = article.language
    if document.payload is not None:
        original["payload"] = base64.b64encode(document.payload).decode("ascii")
    return original


def without_marks(text: str) -> str:
    """A text as it stands in the index, without the marks between the parts of words.

    It is the original where the index holds no other one.
    """
    return text.replace(PART_MARK, "")


def _is_changed(text: EditedText) -> bool:
    """Whether more was done than to mark parts, which alone is not worth a second copy."""
    return without_marks(text.text) != text.original


def _edits(document: Document) -> list[dict[str, Any]]:
    return [
        {"field": name, **asdict(edit)}
        for name, text in (("title", document.title), ("body", document.body))
        for edit in text.with_at_most(MOST_EDITS).edits
    ]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
