"""Pieces of what was typed → the query that they mean.

Whether a piece is meant as it looks depends on the others: in a long question or a pasted title
nothing is, that may be plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from warraq.search.fields import Field, is_latin, named, nearest
from warraq.search.numbers import numbers_among
from warraq.search.pieces import Piece, pieces
from warraq.search.terms import (
    FEW_BESIDE_PHRASES,
    FEW_WORDS,
    BadQuery,
    Either,
    Exact,
    InField,
    OnDays,
    Phrase,
    Prefix,
    Query,
    Term,
    Word,
)
from warraq.search.values import Days, days, values
from warraq.text.edits import EditedText
from warraq.text.tokens import Span

FEW_CHOICES = 4
"""Among so many words and phrases أو means "or"; among more, only where it stands between all."""
MOST_TERMS = 32
"""Terms that have to be in an article or must not be, without the plain words."""
MOST_HELPFUL = 8
SHORTEST_PREFIX = 2
"""In letters: fewer begin too many words."""
_OF_DAYS = ("published", "mentioned")


class Reader:
    """Reads one query. places: where in what was typed each character of `text` stands."""

    def __init__(self, text: str, places: Sequence[int], edited: EditedText) -> None:
        self._text = text
        self._places = places
        self._edited = edited
        self._pieces = list(pieces(text))
        self._is_long = sum(map(_is_plain, self._pieces)) > FEW_WORDS
        self._phrases_help = False
        self._plain: list[Word] = []
        self._required: list[Term | Either] = []
        self._helpful: list[Term] = []
        self._without: list[Term] = []

    def query(self) -> Query:
        groups = list(self._groups())
        words = sum(_is_plain(group[0]) for group in groups if len(group) == 1)
        self._phrases_help = words > FEW_BESIDE_PHRASES
        for group in groups:
            if len(group) > 1:
                self._add_choice(group)
            elif group[0].is_minus:
                self._without += self._term(group[0])
            else:
                self._add(group[0])
        self._check_number()
        return Query(
            tuple(self._plain),
            tuple(dict.fromkeys(self._required)),
            tuple(dict.fromkeys(self._helpful))[:MOST_HELPFUL],
            tuple(dict.fromkeys(self._without)),
            numbers_among(self._plain),
        )

    def _add(self, piece: Piece) -> None:
        for term in self._term(piece):
            if isinstance(term, Word):
                self._plain += self._words(piece)
            elif self._phrases_help and isinstance(term, Phrase | Prefix):
                self._helpful.append(term)
                self._plain += self._words(piece)
            else:
                self._required.append(term)

    def _add_choice(self, group: Sequence[Piece]) -> None:
        terms = [term for piece in group for term in self._term(piece)]
        if not terms:
            return
        span = Span(terms[0].span.start, terms[-1].span.end)
        self._required.append(Either(tuple(dict.fromkeys(terms)), span=span))

    def _groups(self) -> Iterator[list[Piece]]:
        """The pieces, one by one, or those together of which one is asked for."""
        found = self._pieces
        choices = [piece for piece in found if not (piece.is_minus or self._field(piece))]
        only_choices = len(choices) > 1 and all(
            piece.is_or == (at % 2 == 1) for at, piece in enumerate(choices)
        )
        are_few = sum(not piece.is_or for piece in choices) <= FEW_CHOICES
        group: list[Piece] = []
        for at, piece in enumerate(found):
            between = found[at - 1 : at] + found[at + 1 : at + 2] if at else []
            if piece.is_or and len(between) == 2 and not any(map(_is_no_choice, between)):
                both = all(map(self._is_surely_meant, between))
                if both or are_few or only_choices:
                    continue
            joins = at > 1 and found[at - 1].is_or and group and group[-1] is found[at - 2]
            if group and not joins:
                yield group
                group = []
            group.append(piece)
        if group:
            yield group

    def _term(self, piece: Piece) -> list[Term]:
        """What a piece asks for; none of what no article could have."""
        span = self._place(piece.span)
        field = self._field(piece)
        if field:
            return [self._in_field(piece, field, span)]
        self._check_name(piece, span)
        if piece.is_exact and not piece.is_empty:
            return [Exact(piece.said, span=span)]
        if piece.prefix and not (self._is_long and len(piece.prefix) < SHORTEST_PREFIX):
            if len(piece.prefix) < SHORTEST_PREFIX:
                raise BadQuery(
                    f"at least {SHORTEST_PREFIX} letters have to stand before the star", span
                )
            return [Prefix(piece.prefix, span=span)]
        said = self._repaired(piece)
        if piece.is_quoted or (piece.is_minus and " " in said):
            return [Phrase(said, span=span)]
        return [] if piece.is_empty else [Word(said, span=span)]

    def _words(self, piece: Piece) -> list[Word]:
        said = self._repaired(piece).split()
        return [Word(word, span=self._place(piece.span)) for word in said]

    def _field(self, piece: Piece) -> Field | None:
        """The field that `piece` means: by an Arabic name only where the value shows it."""
        field = named(piece.name) if piece.name else None
        if field is None or self._is_surely_meant(piece):
            return field
        if self._is_long or piece.is_empty:
            return None
        try:
            _read(field, piece)
        except ValueError:
            return None
        return field

    def _is_surely_meant(self, piece: Piece) -> bool:
        """Whether it is what nobody writes in a sentence."""
        field = named(piece.name) if piece.name else None
        if field is None or piece.name is None:
            return piece.is_exact
        has_days = field.kind in _OF_DAYS
        return is_latin(piece.name) or (has_days and any(map(str.isdigit, piece.said)))

    def _in_field(self, piece: Piece, field: Field, span: Span) -> Term:
        if piece.is_empty:
            raise BadQuery(f"the field `{field.name}` has no value", span)
        try:
            read = _read(field, piece)
        except ValueError as error:
            raise BadQuery(f"`{field.name}`: {error}", span) from None
        if isinstance(read, tuple):
            return InField(field, read, piece.is_quoted, span=span)
        return OnDays(field, read, span=span)

    def _check_name(self, piece: Piece, span: Span) -> None:
        """Raises BadQuery where a field was meant that is none, or one that has no value."""
        name = piece.name or ""
        if not name and piece.span.end == len(self._text.rstrip()) and not self._is_long:
            bare = piece.said.removesuffix(":")
            if bare != piece.said and is_latin(bare) and named(bare):
                raise BadQuery(f"the field `{bare}` has no value", span)
        if is_latin(name):
            meant = nearest(name, surely=self._is_long)
            if meant or not self._is_long:
                instead = f", did you mean `{meant}`?" if meant else ""
                raise BadQuery(f"there is no field `{name[:40]}`{instead}", span)

    def _check_number(self) -> None:
        terms: list[Term] = list(self._without)
        for one in self._required:
            terms += one.terms if isinstance(one, Either) else (one,)
        counted = sorted(dict.fromkeys(terms), key=lambda term: term.span)
        if len(counted) > MOST_TERMS:
            raise BadQuery(
                f"the query has {len(counted)} terms beside its words; {MOST_TERMS} are the most "
                "that can be",
                counted[MOST_TERMS].span,
            )

    def _repaired(self, piece: Piece) -> str:
        """What `piece` says, as repaired; of one that is no field after all, with its name."""
        start = piece.span.start + piece.is_minus if piece.name else piece.inside.start
        begin, end = self._edited.to_text(start, piece.inside.end)
        return " ".join(self._edited.text[begin:end].replace('"', " ").split())

    def _place(self, span: Span) -> Span:
        return Span(self._places[span.start], self._places[span.end - 1] + 1)


def _read(field: Field, piece: Piece) -> Days | tuple[str, ...]:
    if field.kind in _OF_DAYS:
        return days(piece.said)
    return values(field, piece.said)


def _is_plain(piece: Piece) -> bool:
    is_field = piece.name is not None and named(piece.name) is not None
    is_asked = piece.is_minus or piece.is_exact or piece.is_quoted or piece.prefix is not None
    return not (is_field or is_asked or piece.is_or)


def _is_no_choice(piece: Piece) -> bool:
    return piece.is_minus or piece.is_or
