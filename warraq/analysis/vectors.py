"""The vector of an article, where an encoder is set: one for its title and body together."""

from __future__ import annotations

from collections.abc import Callable

from warraq.analysis.encoder import Encoder, direction
from warraq.document import Document


def vector_by(encoder: Encoder) -> Callable[[Document], None]:
    """The step that sets the field `vector`, if the article has anything that `encoder` knows.

    A withdrawn article has none.
    """

    def encode(document: Document) -> None:
        texts = [field.text for field in document.text_fields if field.text.strip()]
        if document.article.deleted or not texts:
            return
        (vector,) = encoder.encode(["\n".join(texts)])
        found = direction(vector, encoder.dimensions)
        if found is not None:
            document.fields["vector"] = found

    return encode
