"""A field as the search for quotations reads it: where it ends a sentence, what stands in marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from warraq.analysis.quotations.marks import Quoted, quoted
from warraq.annotations import Entity, TextField

COMMAS = frozenset("،,؛;")


class Reading:
    """A field with its entities by token.

    keys: of its tokens. starts: where they begin. entities: of this field, by place. opening: what
    stands in quotation marks, by the opening one. closing: where closing marks end.
    """

    def __init__(self, field: TextField, entities: Sequence[Entity]) -> None:
        self.name, self.text, self.tokens = field.name, field.text, field.tokens
        columns = tuple(zip(*field.tokens, strict=True)) or ((), (), (), ())
        self.starts: Sequence[int] = columns[0]
        self.keys: Sequence[str] = columns[3]
        self.quoted = quoted(field.text)
        self.opening = {one.opening: one for one in self.quoted}
        self.closing = {one.behind for one in self.quoted if one.closed}
        self._quoted_starts = [one.start for one in self.quoted]
        self.entities = sorted(
            (one for one in entities if one.field == field.name), key=lambda one: one.start
        )
        self._entity_starts = [one.start for one in self.entities]
        self._sentence_ends = _ends(field)

    def sentence_end(self, token: int) -> int:
        """Where the sentence of a token ends, as an offset."""
        ends = self._sentence_ends
        return ends[min(bisect_right(ends, self.starts[token]), len(ends) - 1)]

    def sentence_start(self, token: int) -> int:
        """The first token of the sentence of a token."""
        before = bisect_right(self._sentence_ends, self.starts[token]) - 1
        return 0 if before < 0 else bisect_left(self.starts, self._sentence_ends[before])

    def gap(self, token: int) -> str:
        """What stands between `token` and the one before it."""
        before = self.tokens[token - 1].end if token else 0
        return self.text[before : self.starts[token]]

    def behind(self, token: int) -> str:
        """What stands between `token` and the one behind it."""
        if token + 1 < len(self.tokens):
            return self.gap(token + 1)
        return self.text[self.tokens[token].end :]

    def token_at(self, offset: int) -> int:
        """The first token that begins at `offset` or behind it."""
        return bisect_left(self.starts, offset)

    def entities_between(self, first: int, last: int) -> list[Entity]:
        """Those that begin in the tokens [first, last)."""
        if first >= last or not self.entities or first >= len(self.starts):
            return []
        end = self.starts[last] if last < len(self.starts) else len(self.text)
        low = bisect_left(self._entity_starts, self.starts[first])
        return self.entities[low : bisect_left(self._entity_starts, end)]

    def around(self, offset: int) -> Quoted | None:
        """The outermost closed quotation marks that hold `offset`."""
        last = bisect_right(self._quoted_starts, offset)
        holding = (one for one in self.quoted[max(0, last - 16) : last] if one.closed)
        return next((one for one in holding if offset < one.end), None)

    def words(self, start: int, end: int) -> int:
        """How many tokens begin in [start, end)."""
        return self.token_at(end) - self.token_at(start)


def _ends(field: TextField) -> list[int]:
    """Where sentences end; the last of them at the end of the text."""
    ends = [sentence.end for sentence in field.sentences]
    return ends if ends and ends[-1] >= len(field.text.rstrip()) else [*ends, len(field.text)]
