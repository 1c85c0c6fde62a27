"""A span of days by any of its names, and the parts of one: نهاية 2010, الربع الأول من العام."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from warraq.analysis.dates.absolute import SAME
from warraq.analysis.dates.calendars import Days, gregorian
from warraq.analysis.dates.compared import PERIODS, same_of_a_year, span_before
from warraq.analysis.dates.firsts import firsts
from warraq.analysis.dates.months import holy_month, month, ten_days
from warraq.analysis.dates.names import Word
from warraq.analysis.dates.periods import calendar_unit, portion
from warraq.analysis.dates.phrase import NOTHING
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.seasons import season, sports_season
from warraq.analysis.dates.units import ago, century, decade, unit
from warraq.analysis.dates.written import ordinal
from warraq.analysis.dates.years import bare_year, year

Reader = Callable[[Told, int], Reading | None]

_PORTIONED = frozenset({"week", "month", "quarter", "half", "year", "decade", "century"})
_PARTS = {"quarter": 4, "half": 2}


def span(told: Told, place: int) -> Reading | None:
    """The span of days that is named at `place`: the longest reading."""
    if told.phrase.at(place) is NOTHING:
        return _longest(told, place, _NUMBERED) if told.phrase.number_at(place) else None
    return _longest(told, place, _readers(told.phrase.at(place)))


def _longest(told: Told, place: int, readers: tuple[Reader, ...]) -> Reading | None:
    readings = (read(told, place) for read in readers)
    return max((one for one in readings if one), key=lambda one: one.end, default=None)


def _readers(word: Word) -> tuple[Reader, ...]:
    """Those that can read what begins with `word`."""
    if word.unit:
        return _of_a_unit(word.unit, word.form)
    if word.month or word.months:
        return (month, season)
    if word.portion:
        return (_portion, _firsts)
    if word.decade is not None or word.season is not None:
        return (season,) if word.decade is None else (decade,)
    if word.cardinal or word.ordinal:
        return (unit, ten_days, _firsts)
    return _BY_WORD.get(word.key, ())


@lru_cache
def _of_a_unit(name: str, form: str | None) -> tuple[Reader, ...]:
    """Those that can read what begins with a unit in that form: شهر (one), الأشهر (the many)."""
    if form == "the":
        return (unit, *_OF_THE.get(name, ()))
    if form == "the many":
        return (unit, _firsts)
    return _OF_ONE.get(name, ()) if form in ("one", "two") else ()


def _portion(told: Told, place: int) -> Reading | None:
    """مطلع العام الجاري, منتصف 2015, نهاية يوليو."""
    phrase = told.phrase
    which = phrase.at(place).portion
    at = place + 1
    if which is None or phrase.gap(at) or phrase.at(at).clitics:
        return None
    whole = _longest(told, at, (*_WHOLES, _part_of_year, bare_year)) or _present(told, at)
    if whole is None or whole.precision not in _PORTIONED:
        return None
    days = portion(whole.days, which, whole.precision) if whole.days else None
    precision = "range" if whole.precision == "year" else whole.precision
    return Reading(place, whole.end, days, precision, whole.absolute)


def _present(told: Told, place: int) -> Reading | None:
    """الشهر (the month) and العام (the year), which alone are the present ones."""
    phrase = told.phrase
    word = phrase.plain(place)
    alone = phrase.gap(place + 1) or not phrase.key(place + 1).startswith("ال")
    if word.unit not in ("month", "year") or word.form != "the" or not alone:
        return None
    days = calendar_unit(word.unit, told.today, 0) if told.today else None
    days = days and days._replace(certain=False)
    return Reading(place, place + 1, days, word.unit, absolute=False)


def _part_of_year(told: Told, place: int) -> Reading | None:
    """الربع الأول من 2015, النصف الثاني من العام الجاري."""
    phrase = told.phrase
    word = phrase.at(place)
    parts = _PARTS.get(word.unit or "")
    counted = ordinal(phrase, place + 1, parts) if parts and not phrase.gap(place + 1) else None
    if parts is None or counted is None or word.form != "the":
        return None
    number, end = counted
    at = end + (phrase.after(end).key in ("من", "ل", "في"))
    if at > end and phrase.gap(at):
        return None
    named = _longest(told, at, (year, unit, bare_year, span_before)) or _present(told, at)
    if named is None and parts == _PARTS["quarter"] and at == end:
        return Reading(place, end, _last_part(told, number, 12 // parts), "quarter", absolute=False)
    if named is None or named.precision != "year":
        return None
    days = _months_of_part(named.days, number, 12 // parts) if named.days else None
    return Reading(place, named.end, days, word.unit or "", named.absolute)


def _last_part(told: Told, number: int, months: int) -> Days | None:
    """الربع الثاني (the second quarter) alone: the last one that has begun."""
    present = calendar_unit("year", told.today, 0) if told.today else None
    days = present and _months_of_part(present, number, months)
    if told.today and days and days.first > told.today:
        before = calendar_unit("year", told.today, -1)
        days = before and _months_of_part(before, number, months)
    return days and days._replace(certain=False)


def _months_of_part(whole: Days, number: int, months: int) -> Days | None:
    first = gregorian(whole.first.year, months * (number - 1) + 1)
    last = gregorian(whole.first.year, months * number)
    return Days(first.first, last.last, whole.first.month == 1) if first and last else None


def _firsts(told: Told, place: int) -> Reading | None:
    return firsts(told, place, _whole)


def _whole(told: Told, place: int) -> Reading | None:
    return _longest(told, place, (*_WHOLES, bare_year, span_before)) or _present(told, place)


_WHOLES: Final = (month, year, unit, ago, decade, century)
_OF_ONE: Final[dict[str, tuple[Reader, ...]]] = {
    "month": (month,),
    "year": (year,),
    "season": (sports_season,),
}
_OF_THE: Final[dict[str, tuple[Reader, ...]]] = {
    "week": (span_before, _firsts),
    "month": (same_of_a_year, span_before, holy_month),
    "quarter": (_part_of_year, same_of_a_year, span_before),
    "half": (_part_of_year, same_of_a_year, _firsts),
    "third": (_firsts,),
    "year": (year, span_before),
    "century": (century,),
    "season": (sports_season,),
}
_THIS: Final[tuple[Reader, ...]] = (unit, season, sports_season, holy_month)
_BY_WORD: Final[dict[str, tuple[Reader, ...]]] = {
    **dict.fromkeys(("قبل", "منذ", "بعد"), (ago,)),
    **dict.fromkeys(("هذا", "هذه"), _THIS),
    **dict.fromkeys((*SAME, *PERIODS), (same_of_a_year,)),
}
_NUMBERED: Final = (unit, _firsts)
