"""From one date to another: من 5 إلى 10 أغسطس, بين 2010 و2014, يومي الخميس والجمعة."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from warraq.analysis.dates.absolute import UNTIL, CalendarDate, calendar_date, calendar_month
from warraq.analysis.dates.calendars import DAY, Days
from warraq.analysis.dates.days import day
from warraq.analysis.dates.periods import resolved
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.spans import span
from warraq.analysis.dates.tense import tense
from warraq.analysis.dates.written import day_of_month
from warraq.analysis.dates.years import bare_year

_DASHES = ("-", "–", "—", "ـ", "_")
_NUMBER = "number"  # the precision of a day without its month: 5 of 5-10 أغسطس
_WIDTHS = {"part-of-day": "day", _NUMBER: "day", "quarter": "month", "half": "month"}
_BOTH = frozenset({"المقبلين", "القادمين", "الماضيين", "الجاريين", "الحاليين"})
_CALENDAR = frozenset({"day", "month", "year"})
_RANGED = frozenset({"day", "month", "year", "decade", "century"})


def range_of(told: Told, place: int, readings: Sequence[Reading]) -> Reading | None:
    """The range that begins at `place`; it is ordered, and both its ends are of one kind.

    readings: what else is read there, of which each may be its left end.
    """
    phrase = told.phrase
    if _headed(phrase, place):
        return _list(told, place)
    between = phrase.before(place) == "بين"
    year = bare_year(told, place)
    lefts = (*readings, *_day_alone(phrase, place), *((year,) if year else ()))
    for left in sorted(lefts, key=lambda one: -one.end):
        behind = _joined(phrase, left.end, and_joins=between)
        next_day = behind is None and left.precision == _NUMBER
        if next_day:  # 23 و24 يوليو, but not 5 و20 يوليو
            behind = phrase.joined_by_and(left.end)
        if behind is None:
            behind = _next_weekday(phrase, left)
        right = _right(told, behind, left) if behind is not None else None
        if right is None and behind is not None and phrase.at(behind - 1).key in UNTIL:
            right = _wider(told, behind, left)
        found = _from_to(told, left, behind or 0, right) if right else None
        if found and (not next_day or _is_next_day(found)):
            return found
    return None


def _next_weekday(phrase: Phrase, left: Reading) -> int | None:
    """Where the day behind `left` is named that belongs to it: ليل السبت الأحد (the night from
    Saturday to Sunday), السبت والأحد المقبلين (both next).
    """
    weekday = _weekday(phrase, left.end - 1)
    if weekday is None:
        return None
    night = left.precision == "part-of-day" and phrase.gap(left.end) in ("", "/")
    place = left.end if night else phrase.joined_by_and(left.end)
    if place is None or _weekday(phrase, place) != (weekday + 1) % 7:
        return None
    if not night and phrase.key(place + 1) not in _BOTH:
        return None
    return place


def _wider(told: Told, place: int, left: Reading) -> Reading | None:
    """The end of a range whose ends are not of one kind: 2010 حتى فبراير 2015."""
    if told.phrase.at(place).deictic is not None or left.days is None or not left.absolute:
        return None
    readings = (day(told, place), span(told, place), bare_year(told, place))
    found = max((one for one in readings if one), key=lambda one: one.end, default=None)
    return found if found and found.precision in _CALENDAR else None


def _headed(phrase: Phrase, place: int) -> bool:
    """Whether يومي (the two days), أيام or شهري stands at `place`, before their names."""
    word = phrase.at(place)
    if word.unit == "year":
        listed = word.form in ("many", "the many") and phrase.number_at(place + 1) is not None
    else:
        listed = word.unit in ("day", "month")
        listed = listed and (word.form == "two" or word.key in ("ايام", "الايام", "اشهر"))
    return listed and not phrase.gap(place + 1)


def _list(told: Told, place: int) -> Reading | None:
    """يومي الخميس والجمعة, شهري مايو ويونيو, أيام 5 و6 و7 أغسطس: what is listed, if it is without
    holes; in either order.
    """
    phrase = told.phrase
    start = place + 1
    lefts = (
        day(told, start),
        span(told, start),
        *_day_alone(phrase, start),
        bare_year(told, start),
    )
    for left in sorted((one for one in lefts if one), key=lambda one: -one.end):
        ends = [left]
        behind = _joined(phrase, left.end, and_joins=True)
        while behind is not None and (right := _next(told, behind, ends[-1])):
            ends.append(right)
            behind = phrase.joined_by_and(right.end)
        if len(ends) < 2 or ends[-1].precision == _NUMBER:
            continue
        if _has_holes(phrase, ends):
            return Reading(place, ends[-1].end, None, "range", absolute=False)
        found = _from_to(told, left, ends[-1].start, ends[-1]) or _backwards(left, ends[-1])
        if found:
            return replace(found, start=place)
    return None


def _next(told: Told, place: int, before: Reading) -> Reading | None:
    """What is listed behind `before`: also 6 of أيام 5 و6 و7 أغسطس."""
    right = _right(told, place, before)
    if right is None and before.precision == _NUMBER:
        return next(iter(_day_alone(told.phrase, place)), None)
    return right


def _has_holes(phrase: Phrase, listed: Sequence[Reading]) -> bool:
    """Whether days of the week or numbers of days are left out between those that are listed."""
    weekdays = [_weekday(phrase, one.start) for one in listed]
    numbers = [day_of_month(phrase, one.start) for one in listed]
    return any(
        a is not None and b is not None and (b - a) % 7 != 1 for a, b in pairwise(weekdays)
    ) or any(
        listed[0].precision == _NUMBER and a and b and b[0] - a[0] != 1
        for a, b in pairwise(numbers)
    )


def _backwards(later: Reading, earlier: Reading) -> Reading | None:
    """يومي أمس وأمس الأول (yesterday and the day before)."""
    if later.days is None or earlier.days is None or later.days.first - earlier.days.last != DAY:
        return None
    days = Days(earlier.days.first, later.days.last, earlier.days.certain and later.days.certain)
    return Reading(later.start, earlier.end, days, "range", absolute=False)


def _weekday(phrase: Phrase, place: int) -> int | None:
    return phrase.at(place).weekday


def _is_next_day(found: Reading) -> bool:
    """Whether «23 و24 يوليو» are two days in a row."""
    return found.days is not None and found.days.last - found.days.first == DAY


def _joined(phrase: Phrase, place: int, *, and_joins: bool) -> int | None:
    """The token behind what joins the ends of a range at `place`."""
    if phrase.gap(place) in _DASHES:
        return place
    if phrase.gap(place) not in ("", "،"):
        return None
    if phrase.at(place).key in UNTIL:
        return place + 1 + (phrase.key(place + 1) == "غاية")
    return phrase.joined_by_and(place) if and_joins else None


def _right(told: Told, place: int, left: Reading) -> Reading | None:
    wide = _WIDTHS.get(left.precision, left.precision)
    if wide not in _RANGED or told.phrase.gap(place) not in ("", *_DASHES):
        return None
    told = told.after(left)
    fits = [
        one
        for one in (day(told, place), span(told, place), bare_year(told, place))
        if one and _WIDTHS.get(one.precision, one.precision) == wide
    ]
    return max(fits, key=lambda one: one.end, default=None)


def _from_to(told: Told, left: Reading, behind: int, right: Reading) -> Reading | None:
    """The days from the left end to the right one, which begins at the token `behind`; what the
    left leaves open the right tells.
    """
    first, last = left.days, right.days
    absolute = left.absolute or right.absolute
    mine = None if left.absolute else _calendar(told.phrase, left)
    other = _calendar(told.phrase, replace(right, start=behind))
    if mine and mine.shift is None and mine.year is None and other:
        first = _as_told_by(told, left.start, mine, other)
    elif left.precision == _NUMBER:
        return None
    weekdays = _weekday(told.phrase, left.start), _weekday(told.phrase, behind)
    if last and None not in weekdays and left.precision == right.precision == "day":
        first = _before(weekdays[0] or 0, last)
    if first is None or last is None:
        unknown = told.today is None and not absolute
        return Reading(left.start, right.end, None, "range", absolute=False) if unknown else None
    if last.first < first.first:
        return None
    days = Days(first.first, last.last, first.certain and last.certain)
    return Reading(left.start, right.end, days, "range", absolute)


def _before(weekday: int, last: Days) -> Days:
    """The last day of the week `weekday` before `last`."""
    back = (last.first.weekday() - weekday) % 7 or 7
    return Days(last.first - back * DAY, last.first - back * DAY, last.certain)


def _calendar(phrase: Phrase, reading: Reading) -> CalendarDate | None:
    """What the words of `reading` say of day, month and year."""
    place = reading.start
    word = phrase.at(place)
    if word.weekday is not None or (word.unit == "day" and word.form in ("one", "two")):
        place += 1
    if reading.precision == _NUMBER:
        named = day_of_month(phrase, place)
        return CalendarDate(named[1], named[0]) if named else None
    return calendar_date(phrase, place) or calendar_month(phrase, place)


def _day_alone(phrase: Phrase, place: int) -> list[Reading]:
    """A day of a month that is not named yet: 5, يوم 5, الخامس."""
    named = day_of_month(phrase, place + (phrase.at(place).unit == "day"))
    return [Reading(place, named[1], None, _NUMBER, absolute=False)] if named else []


def _as_told_by(told: Told, place: int, mine: CalendarDate, other: CalendarDate) -> Days | None:
    """The days of `mine` in the month and year of `other`, or in the year before."""
    if mine.month is not None and mine.hijri != other.hijri:
        return None
    sure = mine.sure and other.sure
    filled = replace(other, day=mine.day, month=mine.month or other.month, sure=sure)
    tells = tense(told.phrase, place, other.end)
    days, end = resolved(filled, told.today, tells), resolved(other, told.today, tells)
    if days and end and days.first > end.first and filled.year is not None:
        return filled.in_year(filled.year - 1)
    return days
