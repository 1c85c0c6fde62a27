"""The step that finds numbers and quantities: digits and words, with what they are of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from warraq.analysis.numbers import false_digits, false_words
from warraq.analysis.numbers.cardinals import Number, number_at
from warraq.analysis.numbers.counting import NOTHING, Counted, counted_behind
from warraq.analysis.numbers.currencies import COUNTRIES
from warraq.analysis.numbers.digits import FIRST_OR_LAST
from warraq.analysis.numbers.false_digits import HYPHENS, OF_THEM, is_hour, is_score
from warraq.analysis.numbers.false_words import noun_before
from warraq.analysis.numbers.nouns import folded
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.units import unit_named
from warraq.analysis.numbers.words import WORDS
from warraq.annotations import Quantity, TextField
from warraq.document import Document
from warraq.text.normalize import fold
from warraq.text.tokens import Span

MOST = 500
"""Quantities of one article that the index gets."""

_CONNECTING = folded("إلى حتى أو و أم")
_GOALS = frozenset(("اهداف", "هدف", "هدفا", "هدفين"))
_AGAINST = folded("مقابل نظيفة دون بدون لهدف لهدفين لواحد لا بلا لثلاثة لصفر مقابلها")
_CLITICS = re.compile("^(?:و|ف|ب|ك){1,2}(?=ال)")
_MARKS = '()"«»“”'
_MINUS = ("-", "−", "–")
_HALVED = folded("نقطة درجة مرة ضعف صفحة حبة ملعقة حصة")
# The duals of units, by the one.
_ONE_OF = {
    fold(stem + ending): fold(one)
    for one, stem in (
        ("ساعة", "ساعت"), ("سنة", "سنت"), ("عام", "عام"), ("شهر", "شهر"), ("يوم", "يوم"),
        ("أسبوع", "أسبوع"), ("دقيقة", "دقيقت"), ("متر", "متر"), ("طن", "طن"), ("قرن", "قرن"),
        ("كيلومتر", "كيلومتر"),
    )
    for ending in ("ين", "ان")
}  # fmt: skip
_MANY = folded("سنوات سنين أعوام أيام أشهر شهور أسابيع ساعات دقائق أمتار أطنان")


def find_quantities(document: Document) -> None:
    """Fills `document.quantities` and the field `quantities`, title first."""
    countries = likely_countries(document.text_fields)
    for field in document.text_fields:
        dates = [Span(one.start, one.end) for one in document.dates if one.field == field.name]
        document.quantities.extend(quantities_of(field, dates, countries))
    document.quantities = _headlines_told(document.quantities)
    document.fields["quantities"] = [
        {name: value for name, value in asdict(one).items() if value is not None}
        for one in document.quantities[:MOST]
    ]


def _headlines_told(quantities: list[Quantity]) -> list[Quantity]:
    """A headline's «تغريم الاتحاد 100 ألف» (a fine of 100 thousand) is of what the body says."""
    told = {one.value: one for one in reversed(quantities) if one.kind != NOTHING}
    return [
        replace(one, kind=same.kind, unit=same.unit, of=same.of)
        if one.field == "title" and one.kind == NOTHING and (same := told.get(one.value))
        else one
        for one in quantities
    ]


def likely_countries(fields: Iterable[TextField]) -> list[str]:
    """ISO 3166-1 alpha-2 of the countries that the texts name, the most named first; of those whose
    currencies share their names.
    """
    named = Counter(
        country
        for field in fields
        for token in field.tokens
        if (country := COUNTRIES.get(token.key)) is not None
    )
    return [country for country, _ in named.most_common()]


@dataclass(slots=True)
class _Candidate:
    """A number on its way to be a quantity. ranged: it is one end of a range or of a series."""

    number: Number
    counted: Counted
    value: float
    start: int
    end: int
    ranged: bool = False
    false: bool = False


def quantities_of(
    field: TextField, dates: Sequence[Span] = (), countries: Sequence[str] = ()
) -> list[Quantity]:
    """The quantities in `field`, in order.

    dates: spans, in order, whose numbers are none. countries: ISO 3166-1 alpha-2, whose currencies
    the text may mean, the likeliest first.
    """
    phrase = Phrase(field)
    candidates = [
        _Candidate(
            number,
            counted_behind(phrase, number, countries),
            number.value,
            number.start,
            number.end,
        )
        for number in _numbers(phrase, dates)
    ]
    for left, right in reversed(list(pairwise(candidates))):
        _relate(phrase, left, right)
    found: list[Quantity] = []
    behind = 0
    for before, one in pairwise((None, *candidates)):
        if one is None or one.number.first < behind:
            continue
        halved = _is_one_and_a_half(phrase, one)
        one.false = not halved and (one.false or _is_false(phrase, one, before))
        if not one.false:
            _look_back(phrase, one, found)
            behind = _add_half(phrase, one)
            _sign(phrase, one)
            found.append(_quantity(field, one))
    return found


def _is_false(phrase: Phrase, one: _Candidate, before: _Candidate | None) -> bool:
    """Whether it is no quantity; before: the candidate before it."""
    if one.counted.kind == "count" and _is_of_goals(phrase, one):
        return True
    joined = before is not None and _connection(phrase, before.number, one.number) is not None
    if not one.number.digits:
        return false_words.is_false(phrase, one.number, one.counted)
    if joined and before is not None and one.counted.kind == NOTHING:
        return before.false  # المواد 5 و6 و7; 26.80 ريالا و28.5
    return false_digits.is_false(phrase, one.number, one.counted, ranged=one.ranged)


def _is_of_goals(phrase: Phrase, one: _Candidate) -> bool:
    """بثلاثة أهداف مقابل هدف, 3 أهداف نظيفة: a score in words."""
    return (
        phrase.folded(one.counted.last - 1) in _GOALS
        and phrase.folded(one.counted.last) in _AGAINST
    )


def _numbers(phrase: Phrase, dates: Sequence[Span]) -> Iterator[Number]:
    """The numbers outside `dates`, which are in order."""
    behind = 0
    at = 0
    for place, token in enumerate(phrase.tokens):
        key = token.key
        if key not in WORDS and key[-1:] not in FIRST_OR_LAST and key[:1] not in FIRST_OR_LAST:
            continue
        while at < len(dates) and dates[at].end <= token.start:
            at += 1
        in_date = at < len(dates) and dates[at].start < token.end
        if place < behind or in_date:
            continue
        number = number_at(phrase, place)
        if number is not None:
            behind = number.last
            yield number


def _relate(phrase: Phrase, left: _Candidate, right: _Candidate) -> None:
    """Gives the left end of a range what the right end is of: 10 إلى 15 ألف ريال."""
    sign = _connection(phrase, left.number, right.number)
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
    elif right.counted.kind == NOTHING and right.number.scale == 1:
        return
    if ascends and right.number.scale > 1 and right.number.digits:
        left.value *= right.number.scale
    left.counted = replace(right.counted, last=left.number.last)


def _connection(phrase: Phrase, left: Number, right: Number) -> str | None:
    """What joins two numbers; None if they stand apart. (431) أربعمئة وواحد وثلاثون are one twice."""
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


def _look_back(phrase: Phrase, one: _Candidate, before: list[Quantity]) -> None:
    """What stands before the number: الدول الخمس, مباراة واحدة; or was said: 172 منها."""
    number = one.number
    definite = number.word is not None and number.word.definite and number.last == number.first + 1
    if one.counted.kind not in (NOTHING, *(("count",) if definite or number.value == 1 else ())):
        return
    if phrase.folded(number.last) in OF_THEM and before and before[-1].kind == "count":
        one.counted = Counted("count", number.last, of=before[-1].of)
        return
    if number.word is None:
        return
    is_one = number.value == 1 and number.scale == 1
    place = number.first - 1 if is_one else noun_before(phrase, number) if definite else None
    if place is None:
        return
    unit = unit_named(phrase.folded(place).removeprefix("ال"))
    if unit and unit.kind == "measure":
        one.counted = Counted("measure", number.last, unit.symbol)
    else:
        one.counted = Counted("count", number.last, of=_CLITICS.sub("", phrase.form(place)))


def _is_half(phrase: Phrase, place: int) -> bool:
    """ونصف, وربع behind what they are a part of; والنصف is of an hour of the clock."""
    word = phrase.word(place)
    fraction = word is not None and word.role == "fraction" and word.conjoined and not word.definite
    return fraction and phrase.follows(place)


def _is_one_and_a_half(phrase: Phrase, one: _Candidate) -> bool:
    """ساعة ونصف (1.5 hours), سنتين ونصف: the number is in the noun before."""
    place = one.number.first - 1
    if one.number.scale > 1 or not _is_half(phrase, one.number.first):
        return False
    noun = phrase.folded(place)
    for clitics in (0, 1):
        name = noun[clitics:]
        if clitics and noun[0] not in "بلو":
            break
        two = _ONE_OF.get(name)
        unit = unit_named(two or name)
        if unit is not None and unit.kind == "measure" and (two or name not in _MANY):
            one.counted = Counted("measure", one.number.last, unit.symbol)
        elif not clitics and noun in _HALVED:
            one.counted = Counted("count", one.number.last, of=phrase.form(place))
        else:
            continue
        one.value += 2 if two else 1
        one.start = phrase.behind_clitics(place, clitics)
        return True
    return False


def _add_half(phrase: Phrase, one: _Candidate) -> int:
    """ستة أعوام ونصف: the half stands behind what is counted. The token behind the quantity."""
    last = one.counted.last
    if one.counted.kind != NOTHING and last > one.number.last and _is_half(phrase, last):
        word = phrase.word(last)
        one.value += word.value * one.number.scale if word else 0
        one.end = phrase.tokens[last].end
        return last + 1
    return last if one.counted.kind == "percent" else one.number.last


def _sign(phrase: Phrase, one: _Candidate) -> None:
    """-5 درجات, 5 درجات تحت الصفر: only what may be below zero has a sign."""
    below = (
        phrase.folded(one.counted.last) == "تحت" and phrase.folded(one.counted.last + 1) == "الصفر"
    )
    if one.counted.unit not in ("°C", "°F", "%") and not below:
        return
    before = phrase.text[max(0, one.start - 2) : one.start]
    minus = before[-1:] in _MINUS and not before[:-1].strip(" (\n")
    if minus or below:
        one.value = -one.value
        one.start -= minus


def _quantity(field: TextField, one: _Candidate) -> Quantity:
    counted = one.counted
    return Quantity(
        field=field.name,
        start=one.start,
        end=one.end,
        text=field.text[one.start : one.end],
        value=round(one.value * counted.factor, 6),
        kind=counted.kind,
        unit=counted.unit,
        of=counted.of,
    )
