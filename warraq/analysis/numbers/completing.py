"""What a quantity takes from around it: the half behind its unit, the noun before it, its sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.analysis.numbers.candidates import Candidate
from warraq.analysis.numbers.cardinals import Number
from warraq.analysis.numbers.counting import NOTHING, Counted
from warraq.analysis.numbers.false_digits import OF_THEM
from warraq.analysis.numbers.false_words import noun_before
from warraq.analysis.numbers.nouns import folded, is_definite
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.units import unit_named
from warraq.annotations import Quantity
from warraq.text.normalize import fold

_CLITICS = re.compile("^(?:و|ف|ب|ك){1,2}(?=ال)")
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


def look_back(phrase: Phrase, one: Candidate, before: Sequence[Quantity]) -> None:
    """What stands before the number: الدول الخمس, مباراة واحدة; or was said: 172 منها."""
    number = one.number
    definite = number.word is not None and number.word.definite and number.last == number.first + 1
    if one.counted.kind not in (NOTHING, *(("count",) if definite or number.value == 1 else ())):
        return
    if phrase.folded(number.last) in OF_THEM and before and before[-1].kind == "count":
        one.counted = Counted("count", number.last, of=before[-1].of)
        return
    is_one = number.word is not None and number.value == 1 and number.scale == 1
    if number.digits:
        place = _noun_of_article(phrase, number)
    else:
        place = number.first - 1 if is_one else noun_before(phrase, number) if definite else None
    if place is None:
        return
    unit = unit_named(phrase.folded(place).removeprefix("ال"))
    if unit and unit.kind == "measure":
        one.counted = Counted("measure", number.last, unit.symbol)
    else:
        one.counted = Counted("count", number.last, of=_CLITICS.sub("", phrase.form(place)))


def _noun_of_article(phrase: Phrase, number: Number) -> int | None:
    """The place of the noun in الدول الـ28, if the digits have an article."""
    if phrase.key(number.first - 1) == "ال":
        place = number.first - 2
    elif number.digits is not None and number.digits.before == "ال":
        place = number.first - 1
    else:
        return None
    return place if is_definite(phrase, place) else None


def _is_half(phrase: Phrase, place: int) -> bool:
    """ونصف, وربع behind what they are a part of; والنصف is of an hour of the clock."""
    word = phrase.word(place)
    fraction = word is not None and word.role == "fraction" and word.conjoined and not word.definite
    return fraction and phrase.follows(place)


def is_one_and_a_half(phrase: Phrase, one: Candidate) -> bool:
    """ساعة ونصف (1.5 hours), سنتين ونصف: the number is in the noun before."""
    place = one.number.first - 1
    if one.number.scale > 1 or not _is_half(phrase, one.number.first):
        return False
    noun = phrase.folded(place)
    for clitics in (0, 1):
        name = noun[clitics:]
        if clitics and not noun.startswith(("ب", "ل", "و")):
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


def add_half(phrase: Phrase, one: Candidate) -> int:
    """ستة أعوام ونصف: the half stands behind what is counted. The token behind the quantity."""
    last = one.counted.last
    if one.counted.kind != NOTHING and last > one.number.last and _is_half(phrase, last):
        word = phrase.word(last)
        one.value += word.value * one.number.scale if word else 0
        one.end = phrase.tokens[last].end
        return last + 1
    return last if one.counted.kind == "percent" else one.number.last


def give_sign(phrase: Phrase, one: Candidate) -> None:
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
