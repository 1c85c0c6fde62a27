"""Annotations: what the steps of analysis find in an article, as spans of its text.

`field` is "title" or "body"; [start, end) counts code points of that field's repaired text, and
`text` is what stands there. `warraq.document.Document` holds them; the index gets them as dicts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from warraq.text.letters import PART_MARK
from warraq.text.tokens import Span, Token
from warraq.text.tokens import sentences as sentences_of
from warraq.text.tokens import tokens as tokens_of


@dataclass(frozen=True, slots=True)
class TextField:
    """A field as the steps read it.

    text: the repaired text, in which a space parts joined words instead of `PART_MARK`, so that
    offsets are the same. tokens, sentences: in order.
    """

    name: str
    text: str
    tokens: list[Token]
    sentences: list[Span]

    @classmethod
    def read(cls, name: str, text: str) -> TextField:
        """The field `name` with the repaired `text`, which may hold `PART_MARK`."""
        parted = text.replace(PART_MARK, " ")
        return cls(name, parted, tokens_of(parted), sentences_of(parted))

    def sentence_bounds(self) -> list[tuple[int, int]]:
        """[first, last) token of each sentence, in order; every token is in one of them."""
        bounds: list[tuple[int, int]] = []
        first = at = 0
        tokens, number = self.tokens, len(self.tokens)
        for sentence in self.sentences:
            while at < number and tokens[at].start < sentence.end:
                at += 1
            if at > first:
                bounds.append((first, at))
                first = at
        if first < number:
            bounds.append((first, number))
        return bounds


@dataclass(frozen=True, slots=True)
class Entity:
    """A mention of a person, an organization or a place, without clitics and titles.

    type: "person", "organization" or "place". name: the canonical form, one for all mentions of
    the same entity in the article. country: of a place, ISO 3166-1 alpha-2. coordinates: of a
    place, degrees of latitude and longitude.
    """

    field: str
    start: int
    end: int
    text: str
    type: str
    name: str
    country: str | None = None
    coordinates: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """An expression that names a day or a span of days.

    first, last: of its days, both within; None where nothing tells them (a relative date in an
    article without a day of publication). precision: "part-of-day", "day", "week", "month" …
    kind: "absolute" or "relative". certain: whether the words leave no other reading.
    """

    field: str
    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    precision: str
    kind: str
    certain: bool


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it is of.

    kind: "money", "percent", "measure", "count" or "number". unit: ISO 4217 currency, symbol of a
    unit, "%" or None. of: the counted word as it stands, or None.
    """

    field: str
    start: int
    end: int
    text: str
    value: float
    kind: str
    unit: str | None = None
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody is said to have said.

    speaker: the canonical name of an entity, else the noun as it stands, or None. verb: as it
    stands, or None. direct: whether the words stand between quotation marks.
    """

    field: str
    start: int
    end: int
    text: str
    speaker: str | None
    verb: str | None
    direct: bool


Annotation: TypeAlias = Entity | DateMention | Quantity | Quotation


def as_dict(one: Annotation) -> dict[str, Any]:
    """`one` as the index has it: its attributes by name, without what is None, days in ISO 8601.

    `dataclasses.asdict` would copy each value, at ten times the cost.
    """
    values = ((name, getattr(one, name)) for name in one.__slots__)
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values
        if value is not None
    }
