"""What a number is of: money, a measure, a percentage, things that are counted, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from warraq.analysis.numbers.cardinals import Number
from warraq.analysis.numbers.currencies import SIGNS, currency_at
from warraq.analysis.numbers.nouns import FUNCTION_WORDS, folded, is_definite, is_noun
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.units import (
    PERCENT,
    PERCENT_SIGNS,
    UnitAt,
    is_percent,
    unit_at,
    unit_named,
)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, up to the token `last` (exclusive).

    kind, unit: as in `Quantity`; of: the counted word as it stands; factor: to be multiplied by.
    """

    kind: str
    last: int
    unit: str | None = None
    of: str | None = None
    factor: float = 1.0


NOTHING: Final = "number"

# What may stand between a number and the noun behind it: (14) مستشفى, "3000" زائر, 600/ متر.
_BETWEEN = frozenset(
    {"", ")", '"', "»", "”", "“", "'", "''", "(", '")', ')"', "/", "]", "”)", "»)", "[", "«"}
)
_AMONG_NOT = folded("أصل بين بينها بينهم خلال قبل حيث أجل ضمن دون هذا هذه ذلك كل تلك")


def counted_behind(phrase: Phrase, number: Number, countries: Sequence[str] = ()) -> Counted:
    """What the words and signs around `number` say that it is of."""
    percent = _percent(phrase, number)
    if percent:
        return percent
    sign = _sign(phrase, number)
    if sign:
        return Counted("money", number.last, sign)
    if number.stuck:
        unit = unit_named(number.stuck)
        named = UnitAt(unit, number.last) if unit else None
    elif phrase.gap(number.last) in _BETWEEN:
        named = currency_at(phrase, number.last, countries) or unit_at(phrase, number.last)
    else:
        return Counted(NOTHING, number.last)
    if named:
        unit = named.unit
        return Counted(unit.kind, named.last, unit.symbol, factor=unit.factor)
    return _things(phrase, number) or Counted(NOTHING, number.last)


def _percent(phrase: Phrase, number: Number) -> Counted | None:
    before = phrase.text[max(0, number.start - 2) : number.start]
    opens = before[-1:] in PERCENT_SIGNS and not before[:-1].isdigit()  # %30
    if opens or is_percent(phrase, number.last):
        found = unit_at(phrase, number.last)
        last = found.last if found and found.unit is PERCENT else number.last
        return Counted("percent", last, "%")
    return None


def _sign(phrase: Phrase, number: Number) -> str | None:
    """$50, 50$, 50 €."""
    before = phrase.text[max(0, number.start - 2) : number.start].rstrip()[-1:]
    behind = phrase.text[number.end : number.end + 2].lstrip()[:1]
    return SIGNS.get(before) or SIGNS.get(behind)


def _things(phrase: Phrase, number: Number) -> Counted | None:
    """The noun behind, also behind من: خمسة من الجنود; behind a fraction it may be definite."""
    place = number.last
    key = phrase.folded(place)
    if key == "من" and phrase.follows(place + 1):
        of = phrase.folded(place + 1)
        if of[:1].isalpha() and of not in _AMONG_NOT and of not in FUNCTION_WORDS:
            return Counted("count", place + 2, of=phrase.form(place + 1))
        return None
    is_part = number.word is not None and number.word.role == "fraction"
    if is_noun(phrase, place) and (is_part or not is_definite(phrase, place)):
        return Counted("count", place + 1, of=phrase.form(place))
    return None
