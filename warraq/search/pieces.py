"""What was typed in pieces: words, "phrases", and what stands before them: - = and field:

Nothing is decided here but where a piece begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from warraq.text.letters import INVISIBLE
from warraq.text.normalize import fold
from warraq.text.tokens import Span

# Articles have guillemets reversed and mixed («العزيزية», »العزيزية«), so every mark is one mark.
_QUOTATION_MARKS = dict.fromkeys(map(ord, "«»“”„‟″＂"), '"')
# Control characters part words; lone surrogates come from a terminal that does not speak UTF-8.
_NOT_TEXT = {**dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)), " ")}
_OR = frozenset(("OR", "|", "||", "او"))
_PIECE = re.compile(
    r"(?P<minus>(?<!\S)[-−](?=\S))?"
    r"(?:(?<![^\s\-−])(?:(?P<exact>=)|(?P<name>[^\W\d_]+):)(?=[^\s:/]))?"
    r'(?:"(?P<phrase>[^"]*)"|(?P<word>"?[^\s"]+|"))'
)
_PREFIX = re.compile(r"([^\W_]{1,50})\*")  # no word is longer


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of what was typed, in the form of `readable`.

    span: all of it. inside: without the signs before and the quotation marks around. said: what
    stands there. name: what stands before a colon. is_minus, is_exact, is_quoted: as it is typed.
    """

    span: Span
    inside: Span
    said: str
    name: str | None = None
    is_minus: bool = False
    is_exact: bool = False
    is_quoted: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing that an article could have."""
        return not any(map(str.isalnum, fold(self.said)))

    @property
    def is_or(self) -> bool:
        """Whether it may stand for "or" between others."""
        is_bare = not (self.name or self.is_minus or self.is_exact or self.is_quoted)
        return is_bare and (self.said if self.said.isascii() else fold(self.said)) in _OR

    @property
    def prefix(self) -> str | None:
        """What a word is to begin with, folded; None if that was not asked for."""
        match = None if self.is_quoted or self.name else _PREFIX.fullmatch(fold(self.said))
        return match[1] if match else None


def readable(typed: str) -> tuple[str, list[int]]:
    """`typed` without what nobody sees, and where in `typed` each of its characters stands.

    Keyboards for right-to-left writing leave invisible marks before a minus or quotation mark.
    """
    places = [place for place, character in enumerate(typed) if character not in INVISIBLE]
    text = "".join(typed[place] for place in places)
    return text.translate(_NOT_TEXT).translate(_QUOTATION_MARKS), places


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a `readable` text that say something, in order."""
    for match in _PIECE.finditer(text):
        is_quoted = match["phrase"] is not None
        inside = Span(*match.span("phrase" if is_quoted else "word"))
        piece = Piece(
            span=Span(*match.span()),
            inside=inside,
            said=" ".join(text[slice(*inside)].replace('"', " ").split()),
            name=match["name"],
            is_minus=match["minus"] is not None,
            is_exact=match["exact"] is not None,
            is_quoted=is_quoted,
        )
        if piece.name or piece.is_or or not piece.is_empty:
            yield piece
