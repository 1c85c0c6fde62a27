"""Edits: every change to a text as a span of the original, explainable and reversible.

An `EditedText` keeps the original and one sorted list of edits that do not overlap, all with
offsets into the original (code points). Steps see the current text and propose edits on it;
`edited` composes them with the earlier ones, as operational transformation composes two edit
scripts: where a later edit touches an earlier replacement, both become one edit that covers both.
So however many steps ran, offsets map both ways in one binary search, and undoing the list gives
the original back, byte for byte.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Edit:
    """`original` at [start, end) becomes `replacement`; an empty span is an insertion.

    kind: a slug such as "tatweel"; of merged edits the kinds joined by "+", the earlier first.
    confidence: 0 to 1. reason: one short sentence for people.
    """

    kind: str
    start: int
    end: int
    original: str
    replacement: str
    confidence: float = 1.0
    reason: str = ""


class _Interval(NamedTuple):
    """An edit as it lies in the text between the earlier steps and the later one."""

    start: int
    end: int
    is_later: bool
    edit: Edit


@dataclass(frozen=True, slots=True)
class EditedText:
    """A text on its way through the steps: the original, the edits, and the text they give."""

    original: str
    edits: tuple[Edit, ...] = ()
    text: str = field(init=False)
    _text_starts: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        _require_fit(self.original, self.edits)
        pieces: list[str] = []
        starts: list[int] = []
        read = written = 0
        for edit in self.edits:
            written += edit.start - read
            starts.append(written)
            pieces += (self.original[read : edit.start], edit.replacement)
            written += len(edit.replacement)
            read = edit.end
        pieces.append(self.original[read:])
        object.__setattr__(self, "text", "".join(pieces) if self.edits else self.original)
        object.__setattr__(self, "_text_starts", tuple(starts))

    def edited(self, later: Iterable[Edit]) -> EditedText:
        """The text after `later`: sorted edits on the current `text` that do not overlap.

        Raises ValueError where they overlap or do not say what stands in the text.
        """
        changes = [edit for edit in later if edit.original != edit.replacement]
        if not changes:
            return self
        if not self.edits:
            return EditedText(self.original, tuple(changes))
        _require_fit(self.text, changes)
        return EditedText(self.original, tuple(self._composed(changes)))

    def with_at_most(self, number: int) -> EditedText:
        """The same text by at most `number` edits: where there are more, neighbours become one.

        A body that is damaged in each of its letters would otherwise carry a list of edits forty
        times its own size. Offsets still map both ways, only less finely.
        """
        if len(self.edits) <= number:
            return self
        at_once = -(-len(self.edits) // number)
        groups = (self.edits[i : i + at_once] for i in range(0, len(self.edits), at_once))
        return EditedText(self.original, tuple(map(self._as_one, groups)))

    def _as_one(self, edits: Sequence[Edit]) -> Edit:
        """Neighbouring edits, and what stands between them, as one."""
        start, end = edits[0].start, edits[-1].end
        pieces: list[str] = []
        read = start
        for edit in edits:
            pieces += (self.original[read : edit.start], edit.replacement)
            read = edit.end
        return one_edit(edits, start, self.original[start:end], "".join(pieces))

    def undone(self) -> str:
        """The original, rebuilt from the text and the edits alone."""
        pieces: list[str] = []
        read = 0
        for start, edit in zip(self._text_starts, self.edits, strict=True):
            pieces += (self.text[read:start], edit.original)
            read = start + len(edit.replacement)
        return "".join((*pieces, self.text[read:]))

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """A span of `text` → the smallest span of the original that holds all of it."""
        index = bisect_right(self._text_starts, start) - 1
        first = start
        if index >= 0:
            edit, at = self.edits[index], self._text_starts[index]
            inside = start < at + len(edit.replacement)
            first = edit.start if inside else edit.end + start - at - len(edit.replacement)
        if end <= start:
            return first, first
        # The last character decides the end, so what was deleted behind it stays outside.
        index = bisect_right(self._text_starts, end - 1) - 1
        last = end
        if index >= 0:
            edit, at = self.edits[index], self._text_starts[index]
            inside = end - 1 < at + len(edit.replacement)
            last = edit.end if inside else edit.end + end - at - len(edit.replacement)
        return first, max(first, last)

    def to_text(self, start: int, end: int) -> tuple[int, int]:
        """A span of the original → the smallest span of `text` that holds what became of it."""
        return self._text_offset(start, before=True), self._text_offset(end, before=False)

    def _text_offset(self, offset: int, *, before: bool) -> int:
        index = bisect_right(self.edits, offset, key=lambda edit: edit.start) - 1
        while index >= 0:
            edit, at = self.edits[index], self._text_starts[index]
            if offset >= edit.end and (offset > edit.start or not before):
                return at + len(edit.replacement) + offset - edit.end
            if offset > edit.start:
                return at if before else at + len(edit.replacement)
            if before:  # at the very start of the edit; an insertion there lies inside the span
                index -= 1
                continue
            return at
        return offset

    def _composed(self, later: Sequence[Edit]) -> Iterable[Edit]:
        """The earlier edits and `later` as one list over the original."""
        earlier = (
            _Interval(start, start + len(edit.replacement), is_later=False, edit=edit)
            for start, edit in zip(self._text_starts, self.edits, strict=True)
        )
        new = (_Interval(edit.start, edit.end, is_later=True, edit=edit) for edit in later)
        ordered = sorted(chain(earlier, new), key=lambda item: item[:3])
        shift = 0  # original offset minus offset in the text between, behind all edits seen
        cluster: list[_Interval] = []
        reach = 0
        for interval in ordered:
            if cluster and interval.start >= reach:
                shift = yield from self._merged(cluster, shift)
                cluster = []
            reach = max(reach, interval.end) if cluster else interval.end
            cluster.append(interval)
        if cluster:
            yield from self._merged(cluster, shift)

    def _merged(self, cluster: list[_Interval], shift: int) -> Generator[Edit, None, int]:
        """One edit for intervals that overlap; returns the shift behind them."""
        if len(cluster) == 1:  # most are: an earlier one says already where it lies in the original
            edit = cluster[0].edit
            if cluster[0].is_later:
                yield replace(edit, start=edit.start + shift, end=edit.end + shift)
                return shift
            yield edit
            return shift + len(edit.original) - len(edit.replacement)
        start = cluster[0].start
        end = max(item.end for item in cluster)
        behind = shift + sum(
            len(item.edit.original) - len(item.edit.replacement)
            for item in cluster
            if not item.is_later
        )
        first, last = start + shift, end + behind
        replacement: list[str] = []
        read = start
        for item in cluster:
            if item.is_later:
                replacement += (self.text[read : item.start], item.edit.replacement)
                read = item.end
        replacement.append(self.text[read:end])
        edits = [item.edit for item in sorted(cluster, key=lambda item: item.is_later)]
        merged = one_edit(edits, first, self.original[first:last], "".join(replacement))
        if merged.original != merged.replacement:
            yield merged
        return behind


def one_edit(edits: Sequence[Edit], start: int, original: str, replacement: str) -> Edit:
    """An edit in the place of `edits`: it says all their kinds and reasons, each once."""
    return Edit(
        kind="+".join(dict.fromkeys(kind for edit in edits for kind in edit.kind.split("+"))),
        start=start,
        end=start + len(original),
        original=original,
        replacement=replacement,
        confidence=min(edit.confidence for edit in edits),
        reason="; ".join(
            dict.fromkeys(why for edit in edits for why in edit.reason.split("; ") if why)
        ),
    )


def _require_fit(text: str, edits: Sequence[Edit]) -> None:
    read = 0
    for edit in edits:
        fits = edit.end - edit.start == len(edit.original)
        if edit.start < read or not fits or not text.startswith(edit.original, edit.start):
            raise ValueError(f"edit {edit} does not fit the text or overlaps the one before")
        read = edit.end
