"""Boilerplate lines leave the body and stay in the document: as edits, and in two fields.

`byline` holds datelines and bylines, in which searches look too, for they say where an article is
from; `boilerplate` holds the rest, found only by those who ask for it.
"""

from __future__ import annotations

from warraq.document import Document
from warraq.text.boilerplate import boilerplate, recurrable
from warraq.text.edits import Edit


def look_for_recurrable(document: Document) -> None:
    """Sets `document.recurrable`, by which whoever keeps count learns what recurs."""
    if document.body.text:
        document.recurrable = recurrable(document.body.text)


def mark_boilerplate(document: Document) -> None:
    """Cuts boilerplate out of the body, and sets the fields `byline` and `boilerplate`."""
    text = document.body.text
    found = boilerplate(text, document.article.author or "", document.recurring)
    document.body = document.body.edited(
        Edit(
            "boilerplate",
            passage.start,
            passage.end,
            text[passage.start : passage.end],
            "",
            passage.confidence,
            passage.reason,
        )
        for passage in found
    )
    for kind in ("byline", "boilerplate"):
        lines = [text[one.start : one.end].strip() for one in found if one.kind == kind]
        if lines:
            document.fields[kind] = lines
