"""Document: an article on its way through the steps, and all that was found out about it.

Three layers, never mixed: the original as it came, the repaired text that is indexed (original
plus edits), and the folded search form that only the index makes. All spans that steps find count
code points of the repaired text; `EditedText.to_original` leads back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from warraq.annotations import DateMention, Entity, Quantity, Quotation, TextField
from warraq.article import Article, Received
from warraq.text.boilerplate import Recurrable
from warraq.text.edits import EditedText


@dataclass(slots=True)
class Document:
    """What the steps read and write.

    id, version: of the document in Elasticsearch; intake_ms: when the article was enqueued.
    title, body: original, edits and repaired text. html: the body as it came, if it was HTML.
    payload: the raw bytes, kept only where the article could not be kept as it came.
    language: ISO 639-1 or -3, "und" if unknown.
    text_fields: title and body with their tokens and sentences, once the step `tokens` has run.
    entities, dates, quantities, quotations: in the title, then in the body, by their place.
    signature: what tells copies of the body, as `warraq.analysis.duplicates` makes it; else empty.
    fields: whatever analysis steps give the index, by field name (see `warraq.index.schema`).
    failed_steps: names of steps that raised; the article is indexed without them.
    recurrable: what in the body may turn out to recur in its source. recurring: the digests of it
    that are known to do so.
    """

    article: Article
    id: str
    version: int
    intake_ms: int
    title: EditedText
    body: EditedText
    html: str | None = None
    payload: bytes | None = None
    ignored: tuple[str, ...] = ()
    language: str = "und"
    text_fields: tuple[TextField, ...] = ()
    entities: list[Entity] = field(default_factory=list)
    dates: list[DateMention] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    signature: bytes = b""
    fields: dict[str, Any] = field(default_factory=dict)
    failed_steps: list[str] = field(default_factory=list)
    recurrable: Recurrable | None = None
    recurring: frozenset[bytes] = frozenset()

    @classmethod
    def begun(cls, received: Received, intake_ms: int, payload: bytes | None = None) -> Document:
        """The document of an article that no step has seen. `payload`: its raw bytes."""
        article = received.article
        return cls(
            article=article,
            id=article.document_id,
            version=article.version(intake_ms),
            intake_ms=intake_ms,
            title=EditedText(article.title),
            body=EditedText(article.body),
            payload=payload if received.cleaned else None,
            ignored=received.ignored,
        )
