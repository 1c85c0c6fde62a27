"""How long an article is, in the units people use."""

from __future__ import annotations

from warraq.document import Document

# Silent reading of Arabic: 181 words a minute (Trauzettel-Klosinski and Dietz, "Standardized
# assessment of reading performance: the new International Reading Speed Texts IReST", 2012).
_WORDS_A_MINUTE = 181


def measure(document: Document) -> None:
    """Sets the fields `word_count`, `sentence_count` and `reading_seconds`."""
    body = [field for field in document.text_fields if field.name == "body"]
    words = sum(len(field.tokens) for field in body)
    document.fields["word_count"] = words
    document.fields["sentence_count"] = sum(len(field.sentences) for field in body)
    document.fields["reading_seconds"] = round(words * 60 / _WORDS_A_MINUTE)
