"""A query: its terms, each with the place where it was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from warraq.errors import WarraqError
from warraq.search.fields import Field, Kind
from warraq.search.latin import LatinName
from warraq.search.values import Days
from warraq.text.tokens import Span

FEW_WORDS = 3
"""More make a question or a title, in which nothing is a sign that may be plain text."""
FEW_BESIDE_PHRASES = 2
"""Beside so many words a phrase or prefix has to be in an article; beside more it only helps. Of
titles with a phrase and three words, two in five stand over articles without that phrase."""

_NOWHERE = Span(0, 0)


class BadQuery(WarraqError):
    """A search that cannot be made as it was asked for; the message says what to change.

    span: the piece of the typed text that is at fault, in code points; None if it is no piece.
    """

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.span = span


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """span: where it was typed, in code points. What says the same is equal wherever it stands."""

    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Word(_Placed):
    """A word as repaired; it may have `PART_MARK` in it, where the space between two was lost."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase(_Placed):
    """Words side by side, as repaired."""

    text: str


@dataclass(frozen=True, slots=True)
class Exact(_Placed):
    """One word or several side by side, by their very letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix(_Placed):
    """How a word begins. text: folded, letters and digits alone."""

    text: str


@dataclass(frozen=True, slots=True)
class InField(_Placed):
    """A field's value. values: any of them, as the index has them, or text for its analyzer.

    quoted: whether several words stand side by side.
    """

    field: Field
    values: tuple[str, ...]
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class OnDays(_Placed):
    """A field with days in it."""

    field: Field
    days: Days


@dataclass(frozen=True, slots=True)
class Named(_Placed):
    """A name in Latin letters, in quotation marks or as one of several choices."""

    name: LatinName


Term: TypeAlias = "Word | Phrase | Exact | Prefix | InField | OnDays | Named"


@dataclass(frozen=True, slots=True)
class Either(_Placed):
    """One of the terms at least."""

    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Number(_Placed):
    """A number that some of the plain words say, in digits or in letters."""

    words: tuple[str, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, parted.

    plain: most of them must be in an article. required: each must be. helpful: articles with them
    come first. without: none may be. numbers: what is said by some of the plain words. names: read
    in words of Latin letters, which `plain` lacks then, unless the query is long. names_of_terms:
    read in other terms, which have their spellings already.
    """

    plain: tuple[Word, ...] = ()
    required: tuple[Term | Either, ...] = ()
    helpful: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    numbers: tuple[Number, ...] = ()
    names: tuple[LatinName, ...] = ()
    names_of_terms: tuple[LatinName, ...] = ()

    @property
    def required_names(self) -> tuple[LatinName, ...]:
        """Those that must be in an article."""
        return () if self.is_long else self.names

    @property
    def helpful_names(self) -> tuple[LatinName, ...]:
        """Those that put articles first."""
        return self.names if self.is_long else ()

    @property
    def words(self) -> tuple[str, ...]:
        """The plain words, each once."""
        return tuple(dict.fromkeys(word.text for word in self.plain))

    def required_values(self, kind: Kind) -> frozenset[str]:
        """What is asked for in fields of that kind, all of it or one of several."""
        either = (one.terms if isinstance(one, Either) else (one,) for one in self.required)
        return frozenset(
            value
            for terms in either
            for term in terms
            if isinstance(term, InField) and term.field.kind == kind
            for value in term.values
        )

    @property
    def is_long(self) -> bool:
        """Whether it is a question or title rather than a few chosen words; a number is one."""
        besides = sum(len(number.words) - 1 for number in self.numbers)
        return len(self.plain) - besides > FEW_WORDS

    @property
    def asks_for_nothing(self) -> bool:
        """Nothing was typed that an article could have."""
        return not self.plain and not self.required and not self.names
