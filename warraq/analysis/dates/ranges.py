"""From one date to another: من 5 إلى 10 أغسطس, بين 2010 و2014, يومي الخميس والجمعة."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from warraq.analysis.dates.absolute import (
    UNTIL,
    CalendarDate,
    calendar_date,
    calendar_month,
)
from warraq.analysis.dates.calendars import DAY, Days
from warraq.analysis.dates.days import day
from warraq.analysis.dates.periods import resolved
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.spans import bare_year, span
from warraq.analysis.dates.tense import tense
from warraq.analysis.dates.written import day_of_month

_DASHES = ("-", "–", "—", "ـ", "_")
_WIDTHS = {"part-of-day": "day", "quarter": "month", "half": "month"}


def range_of(told: Told, place: int) -> Reading | None:
    """The range that begins at `place`; it is ordered, and both its ends are of one kind."""
    headed = _headed(told.phrase, place)
    start = place + headed
    left = _end_of_range(told, start)
    for reading in left:
        alone = reading.days is None and reading.precision == "day"
        behind = _joined(
            told.phrase, reading.end, and_joins=headed or alone or _between(told, place)
        )
        if behind is None:
            continue
        right = _right(told, behind, reading)
        weekdays = [told.phrase.at(start).weekday, told.phrase.at(behind).weekday]
        while right and headed and (further := told.phrase.joined_by_and(right.end)):
            more = _right(told, further, right)
            if more is None:
                break
            weekdays.append(told.phrase.at(further).weekday)
            right = more
        if right and headed and not _follow_each_other(weekdays):
            return Reading(place, right.end, None, "range", absolute=False)
        if right:
            found = _from_to(told, place, start, reading, behind, right)
            if found:
                return found
    return None


def _follow_each_other(weekdays: list[int | None]) -> bool:
    """Whether the days are one after the other, where they are days of the week."""
    known = [one for one in weekdays if one is not None]
    return all((after - one) % 7 == 1 for one, after in pairwise(known))


def _headed(phrase: Phrase, place: int) -> bool:
    """Whether يومي (the two days) or شهري stands at `place`."""
    word = phrase.at(place)
    return (
        word.unit in ("day", "month")
        and (word.form == "two" or word.key in ("ايام", "اشهر"))
        and not phrase.gap(place + 1)
    )


def _between(told: Told, place: int) -> bool:
    return told.phrase.before(place) == "بين"


def _end_of_range(told: Told, place: int) -> list[Reading]:
    """What can stand at `place` as an end of a range; a day alone has no days yet."""
    phrase = told.phrase
    found = [one for one in (day(told, place), span(told, place), bare_year(told, place)) if one]
    named = day_of_month(phrase, place + (phrase.at(place).unit == "day"))
    if named and named[0] <= 31:
        found.append(Reading(place, named[1], None, "day", absolute=False))
    return sorted(found, key=lambda one: -one.end)


def _joined(phrase: Phrase, place: int, *, and_joins: bool) -> int | None:
    """The token behind what joins the ends of a range at `place`."""
    if phrase.gap(place) in _DASHES:
        return place
    if phrase.gap(place) not in ("", "،"):
        return None
    if phrase.at(place).key in UNTIL:
        return place + 1
    return phrase.joined_by_and(place) if and_joins else None


def _right(told: Told, place: int, left: Reading) -> Reading | None:
    wide = _WIDTHS.get(left.precision, left.precision)
    if wide not in ("day", "month", "year", "decade", "century"):
        return None
    if told.phrase.gap(place) not in ("", *_DASHES):
        return None
    fits = [
        one
        for one in (day(told, place), span(told, place), bare_year(told, place))
        if one and _WIDTHS.get(one.precision, one.precision) == wide
    ]
    return max(fits, key=lambda one: one.end, default=None)


def _from_to(
    told: Told, place: int, start: int, left: Reading, behind: int, right: Reading
) -> Reading | None:
    """The days from the left end to the right one; what the left leaves open the right tells."""
    first = left.days
    absolute = left.absolute or right.absolute
    if not left.absolute:
        mine = _calendar(told.phrase, start) or _day_alone(told.phrase, start, left)
        other = _calendar(told.phrase, behind)
        if mine and mine.shift is None and mine.year is None and other:
            first = _as_told_by(told, start, mine, other)
        elif mine and mine.month is None:
            return None
    weekdays = told.phrase.at(start).weekday, told.phrase.at(behind).weekday
    if right.days and None not in weekdays and left.precision == right.precision == "day":
        first = _before(weekdays[0] or 0, right.days)
    if first is None or right.days is None:
        known = first is None and right.days is None and left.days is None and told.today is None
        if not known or not _calendar(told.phrase, behind):
            return None
        return Reading(place, right.end, None, "range", absolute=False)
    if right.days.first < first.first:
        return None
    days = Days(first.first, right.days.last, first.certain and right.days.certain)
    return Reading(place, right.end, days, "range", absolute)


def _before(weekday: int, last: Days) -> Days:
    """The last day of the week `weekday` before `last`."""
    back = (last.first.weekday() - weekday) % 7 or 7
    return Days(last.first - back * DAY, last.first - back * DAY, last.certain)


def _calendar(phrase: Phrase, place: int) -> CalendarDate | None:
    word = phrase.at(place)
    if word.weekday is not None or (word.unit == "day" and word.form in ("one", "two")):
        place += 1
    return calendar_date(phrase, place) or calendar_month(phrase, place)


def _day_alone(phrase: Phrase, place: int, left: Reading) -> CalendarDate | None:
    named = day_of_month(phrase, place + (phrase.at(place).unit == "day"))
    return CalendarDate(named[1], named[0]) if named and named[1] == left.end else None


def _as_told_by(told: Told, place: int, mine: CalendarDate, other: CalendarDate) -> Days | None:
    """The days of `mine` in the month and year of `other`, or in the year before."""
    if mine.month is not None and mine.hijri != other.hijri:
        return None
    filled = replace(
        other,
        day=mine.day,
        month=mine.month or other.month,
        hijri=other.hijri,
        sure=mine.sure and other.sure,
    )
    tells = tense(told.phrase, place, other.end)
    days = resolved(filled, told.today, tells)
    end = resolved(other, told.today, tells)
    if days and end and days.first > end.first and filled.year is not None:
        return replace(filled, year=filled.year - 1).days()
    return days
