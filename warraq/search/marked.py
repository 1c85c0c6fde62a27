"""A field of a hit: its text as it came, as it was repaired, and what matched in it.

Elasticsearch marks the repaired text, which is what it indexed. People see the original, so every
span goes through the stored edits back to it. Words that were asked for by lemma or root are read
anew, for كتب (books) has no stem in common with كتاب (a book).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from warraq.analysis.morphology import looked_up_by
from warraq.index.documents import without_marks
from warraq.search.request import Marks
from warraq.text.edits import Edit, EditedText
from warraq.text.letters import PART_MARK
from warraq.text.tokens import Span, tokens

_LONGEST_READ = 100_000  # characters of a field in which words are looked for by lemma or root


@dataclass(frozen=True, slots=True)
class MarkedText:
    """`edited` holds original and repaired text; `marks` are spans of the repaired one, sorted."""

    edited: EditedText
    marks: tuple[Span, ...] = ()

    @classmethod
    def of_hit(cls, hit: Mapping[str, Any], field: str, marks: Marks) -> MarkedText:
        """The `field` of one hit of Elasticsearch's answer to a request made with `marks`."""
        source = hit["_source"]
        text = source.get(field) or ""
        highlighted = _of_any_view(hit.get("highlight", {}), field)
        return cls(
            _edited(text, (source.get("original") or {}).get(field), source.get("edits"), field),
            _joined(
                [
                    *(_spans(highlighted[0], text, marks) if highlighted else ()),
                    *_looked_up(text, marks),
                ]
            ),
        )

    def in_original(self, span: Span) -> Span:
        """A span of the repaired text → the one of the original that became it."""
        return Span(*self.edited.to_original(*span))

    @property
    def original_marks(self) -> tuple[Span, ...]:
        """The marks as spans of the original text."""
        return tuple(map(self.in_original, self.marks))


def _of_any_view(highlights: Mapping[str, list[str]], field: str) -> list[str] | None:
    """The highlights of `field`, whichever of its views has been marked."""
    return next((texts for name, texts in highlights.items() if name.split(".")[0] == field), None)


def _edited(
    text: str, original: str | None, stored: Iterable[Mapping[str, Any]] | None, field: str
) -> EditedText:
    """Original and edits as indexed; the repaired text alone where they do not give `text`.

    They always do in what Warraq wrote, but other programs can write to the index as well.
    """
    if original is None:
        return _marked_only(text)
    try:
        edits = tuple(
            Edit(edit["kind"], edit["start"], edit["end"], edit["original"], edit["replacement"])
            for edit in stored or ()
            if edit["field"] == field
        )
        edited = EditedText(original, edits)
    except (KeyError, TypeError, ValueError):
        return EditedText(text)
    return edited if edited.text == text else EditedText(text)


def _marked_only(text: str) -> EditedText:
    """A text to which nothing was done but to mark the parts of joined words."""
    places = (mark.start() - number for number, mark in enumerate(re.finditer(PART_MARK, text)))
    edits = (Edit("joined-words", place, place, "", PART_MARK) for place in places)
    return EditedText(without_marks(text), tuple(edits))


def _spans(highlighted: str, text: str, marks: Marks) -> tuple[Span, ...]:
    """Where `highlighted` has marks, in `text`; none if it is not `text` with marks in it.

    Parts of a word that lie side by side have one.
    """
    spans: list[Span] = []
    pieces: list[str] = []
    at = opened = 0
    for piece in re.split(f"({re.escape(marks.opening)}|{re.escape(marks.closing)})", highlighted):
        if piece == marks.opening:
            opened = at
        elif piece == marks.closing:
            if spans and not without_marks(text[spans[-1].end : opened]):
                opened = spans.pop().start
            spans.append(Span(opened, at))
        else:
            pieces.append(piece)
            at += len(piece)
    return tuple(spans) if "".join(pieces) == text else ()


def _looked_up(text: str, marks: Marks) -> Iterator[Span]:
    """The words of `text` whose lemma or root was asked for."""
    if not (marks.lemmas or marks.roots):
        return
    words = tokens(text[:_LONGEST_READ])
    for word, readings in zip(words, looked_up_by(words), strict=True):
        if any(one.lemma in marks.lemmas or one.root in marks.roots for one in readings):
            yield Span(word.start, word.end)


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, those that overlap in one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1].end:
            found[-1] = Span(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Span(start, end))
    return tuple(found)
