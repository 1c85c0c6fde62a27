"""Spans that are told from one that was named before: نفس الشهر من العام الماضي (the same month of
last year), الفترة المماثلة من 2014 (the like period of 2014), الربع السابق (the quarter before).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from warraq.analysis.dates.absolute import BEFORE_OR_SAME, SAME
from warraq.analysis.dates.calendars import DAY, Days, gregorian
from warraq.analysis.dates.periods import calendar_unit
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.units import unit
from warraq.analysis.dates.years import bare_year, year

PERIODS: Final = frozenset({"الفترة", "الفتره", "المدة", "المده"})
_ALIKE: Final = frozenset(
    {"نفسه", "نفسها", "ذاته", "ذاتها"}
    | {"المماثل", "المماثلة", "المماثله", "المقابل", "المقابلة", "المقابله"}
    | {"المناظر", "المناظرة", "المناظره", "المشابه", "المشابهة"}
)
_COMPARED = frozenset({"month", "quarter", "half"})


def same_of_a_year(told: Told, place: int) -> Reading | None:
    """نفس الشهر من العام الماضي, الربع المماثل من العام السابق, الفترة ذاتها من 2014."""
    phrase = told.phrase
    same = phrase.at(place).key in SAME
    at = place + same
    kind = _kind(phrase, at)
    if kind is None or (same and (phrase.gap(at) or phrase.clitics(at))):
        return None
    alike = not phrase.gap(at + 1) and phrase.key(at + 1) in _ALIKE
    end = at + 1 + alike
    if not (same or alike) or phrase.gap(end):
        return None
    end += phrase.after(end).key == "من"
    of = _year(told, end)
    if of is None:
        return None
    days = (
        _in_the_year(told, kind, of.days.first.year) if of.days and of.precision == "year" else None
    )
    if days is None and kind == "period":
        return None  # whatever period is meant: the year alone is told
    precision = "range" if kind == "period" else kind
    return Reading(place, of.end, days, precision, of.absolute, compared=True)


def _kind(phrase: Phrase, place: int) -> str | None:
    word = phrase.at(place)
    if phrase.key(place) in PERIODS or word.key in PERIODS:
        return "period"
    return word.unit if word.unit in _COMPARED and word.form == "the" else None


def _year(told: Told, place: int) -> Reading | None:
    readings = (read(told, place) for read in (year, unit, span_before, bare_year))
    found = max((one for one in readings if one), key=_end, default=None)
    return None if found is None or told.phrase.gap(place) else found


def _end(reading: Reading) -> int:
    return reading.end


def _in_the_year(told: Told, kind: str, year: int) -> Days | None:
    """The months that were named last, in `year`."""
    named = told.months
    if kind == "month":
        days = told.month.days if told.month else None
        # رمضان is of two months, and of other two in another year.
        if days and (days.first.month != days.last.month or days.first.day != 1):
            return None
    else:
        days = named.days if named and kind in ("period", named.precision) else None
    if days is None:
        return None
    first, last = gregorian(year, days.first.month), gregorian(year, days.last.month)
    return Days(first.first, last.last) if first and last else None


def span_before(told: Told, place: int) -> Reading | None:
    """العام السابق, الشهر السابق: before what was named last, else before the present one."""
    phrase = told.phrase
    word = phrase.at(place)
    if word.form != "the" or word.unit not in ("week", "month", "quarter", "year"):
        return None
    if phrase.gap(place + 1) or BEFORE_OR_SAME.get(phrase.key(place + 1)) != -1:
        return None
    days = _before(told, word.unit)
    days = days and days._replace(certain=False)
    return Reading(place, place + 2, days, word.unit, absolute=False, compared=True)


def _before(told: Told, name: str) -> Days | None:
    named = {"month": told.month, "quarter": told.months}.get(name, told.last)
    if name == "quarter":
        if named is None or named.days is None or named.precision != "quarter":
            return None
        return _quarter_before(named.days.first)
    anchor = named.days.first if named and named.days else told.today
    return calendar_unit(name, anchor, -1) if anchor else None


def _quarter_before(first: date) -> Days | None:
    last = first - DAY
    start, end = gregorian(last.year, last.month - 2), gregorian(last.year, last.month)
    return Days(start.first, end.last) if start and end else None
