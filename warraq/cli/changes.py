"""Edits as people see them: whole words that stood one way and now read another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from warraq.text.edits import Edit, EditedText, one_edit
from warraq.text.tokens import Span

_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Change:
    """Whole words that were changed, by one edit or by several.

    start, end: span of the repaired text. stood: what the original has there; reads: the repaired
    text. kind, confidence, reason: of the edits, as of one.
    """

    start: int
    end: int
    stood: str
    reads: str
    kind: str
    confidence: float
    reason: str


def changes(edited: EditedText) -> Iterator[Change]:
    """The edits of `edited` with the words around them, in order.

    Edits that share a word are one change, and so are words side by side that were changed for the
    same reason: a misread line is one, not twenty.
    """
    group: list[Edit] = []
    whys: set[tuple[str, str, float]] = set()
    start = end = 0
    for words, edit in _with_words(edited):
        why = edit.kind, edit.reason, edit.confidence
        beside = whys == {why} and edited.text[end : words.start] == " "
        if group and not beside and words.start >= end:
            yield _change(edited, Span(start, end), group)
            group, whys = [], set()
        if not group:
            start, end = words
        group.append(edit)
        whys.add(why)
        end = max(end, words.end)
    if group:
        yield _change(edited, Span(start, end), group)


def _with_words(edited: EditedText) -> Iterator[tuple[Span, Edit]]:
    """Each edit with the span of the repaired text that its words have."""
    text, shift = edited.text, 0
    for edit in edited.edits:
        start = edit.start + shift
        end = start + len(edit.replacement)
        shift += len(edit.replacement) - len(edit.original)
        first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
        while start > first and not text[start - 1].isspace():
            start -= 1
        while end < last and not text[end].isspace():
            end += 1
        yield Span(start, end), edit


def _change(edited: EditedText, words: Span, edits: Sequence[Edit]) -> Change:
    # What was deleted at the very border of a word belongs to the change.
    start, end = edited.to_original(*words)
    start, end = min(start, edits[0].start), max(end, edits[-1].end)
    stood, reads = edited.original[start:end], edited.text[words.start : words.end]
    one = one_edit(edits, start, stood, reads)
    return Change(*words, stood, reads, one.kind, one.confidence, one.reason)
