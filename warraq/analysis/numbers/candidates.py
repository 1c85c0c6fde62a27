"""A number on its way to be a quantity, and what joins it to the next one: 10 إلى 15 ألف ريال."""

from __future__ import annotations

from dataclasses import dataclass, replace

from warraq.analysis.numbers.cardinals import Number
from warraq.analysis.numbers.counting import NOTHING, Counted
from warraq.analysis.numbers.false_digits import HYPHENS, is_hour, is_like_a_year, is_score
from warraq.analysis.numbers.nouns import folded
from warraq.analysis.numbers.phrase import Phrase

_CONNECTING = folded("إلى حتى أو و أم")
_COMMAS = ("،", ",")
_MARKS = '()"«»“”'


@dataclass(slots=True)
class Candidate:
    """[start, end) and value may come to differ from the number's: half is added, a sign found.

    ranged: it is one end of a range with a hyphen. false: it is none.
    """

    number: Number
    counted: Counted
    value: float
    start: int
    end: int
    ranged: bool = False
    false: bool = False


def relate(phrase: Phrase, left: Candidate, right: Candidate) -> None:
    """Gives the left end of a range what the right end is of: 10 إلى 15 ألف ريال."""
    sign = connection(phrase, left.number, right.number)
    if sign is None or left.counted.kind != NOTHING:
        return
    if right.false or (right.number.digits and is_hour(phrase, right.number)):
        left.false = right.false = True
        return
    coefficient = right.value / right.number.scale
    ascends = left.value < coefficient and left.number.scale == 1
    if sign in HYPHENS:
        if not ascends or right.counted.kind == NOTHING or is_score(phrase, left.number):
            left.false = right.false = True
            return
        left.ranged = right.ranged = True
    elif (
        sign in _COMMAS
        or is_like_a_year(left.number)
        or (right.counted.kind == NOTHING and right.number.scale == 1)
    ):
        return
    if ascends and right.number.scale > 1:
        left.value *= right.number.scale
    left.counted = replace(right.counted, last=left.number.last)


def connection(phrase: Phrase, left: Number, right: Number) -> str | None:
    """What joins two numbers, None if nothing; (431) أربعمئة وواحد وثلاثون are one said twice."""
    gap = phrase.gap(right.first).strip(_MARKS)
    if right.first == left.last:
        joined = right.word.conjoined if right.word else bool(right.digits and right.digits.before)
        if gap in (*HYPHENS, "،", ","):
            return gap
        same = left.value == right.value and phrase.gap(right.first) == ")"
        return "و" if (joined and not gap) or same else None
    if (
        right.first == left.last + 1
        and not gap
        and phrase.gap(left.last).strip(_MARKS + "/") in ("", "،")
    ):
        word = phrase.folded(left.last)
        return word if word in _CONNECTING else None
    return None
