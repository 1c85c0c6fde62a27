"""Two calendars: the days of Gregorian and Hijri days, months and years.

Hijri dates are converted by the calendar of Umm al-Qura (package `hijridate`, 1343 to 1500 AH);
outside its range by the tabular calendar ("civil", type II with leap years 2, 5, 7, 10, 13, 16,
18, 21, 24, 26 and 29 of thirty), which is a day or two off what was sighted: such days are flagged.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from hijridate import Hijri
from hijridate.ummalqura import HIJRI_RANGE

DAY = timedelta(days=1)
_FIRST_SURE, _LAST_SURE = HIJRI_RANGE[0][0], HIJRI_RANGE[1][0]
_EPOCH = 227015  # date.toordinal of 1 Muharram of the year 1: 19 July 622, proleptic Gregorian
_OLDEST_YEAR, _NEWEST_YEAR = 1, 1600


class Days(NamedTuple):
    """From `first` to `last`, both within. certain: whether the calendar is beyond doubt."""

    first: date
    last: date
    certain: bool = True


def gregorian(year: int, month: int | None = None, day: int | None = None) -> Days | None:
    """The days of a year, of a month or the one day; None where there is no such day."""
    try:
        first = date(year, month or 1, day or 1)
        if month and day:
            return Days(first, first)
        end = date(year + 1, 1, 1) if not month or month == 12 else date(year, month + 1, 1)
    except (ValueError, OverflowError):
        return None
    return Days(first, end - DAY)


def hijri(year: int, month: int | None = None, day: int | None = None) -> Days | None:
    """The same of the Hijri calendar. The 30th of a month of 29 days, which papers name where the
    new moon was seen later than reckoned, is the day behind it and not certain.
    """
    if not _OLDEST_YEAR <= year <= _NEWEST_YEAR or not 1 <= (month or 1) <= 12:
        return None
    if not 1 <= (day or 1) <= 30:
        return None
    sure = _FIRST_SURE <= year <= _LAST_SURE
    first = _start(year, month or 1)
    if not month:
        return Days(first, _start(year + 1, 1) - DAY, sure)
    after = _start(year + month // 12, month % 12 + 1)
    if not day:
        return Days(first, after - DAY, sure)
    one = first + (day - 1) * DAY
    return Days(one, one, sure and one < after)


def hijri_of(day: date) -> tuple[int, int]:
    """The Hijri year and month that `day` lies in."""
    months = (day.toordinal() - _EPOCH) * 30 * 12 // 10631  # a mean cycle of thirty years
    while months < 0 or _start(*_year_and_month(months)) > day:
        if months <= 0:
            return 1, 1
        months -= 1
    while _start(*_year_and_month(months + 1)) <= day:
        months += 1
    return _year_and_month(months)


def month_after(year: int, month: int, months: int) -> tuple[int, int]:
    """The year and month that come `months` months later; of either calendar."""
    count = year * 12 + month - 1 + months
    return count // 12, count % 12 + 1


def _year_and_month(months: int) -> tuple[int, int]:
    return months // 12 + 1, months % 12 + 1


def _start(year: int, month: int) -> date:
    """The first day of a Hijri month."""
    if _FIRST_SURE <= year <= _LAST_SURE:
        converted = Hijri(year, month, 1, validate=False).to_gregorian()
        return date(converted.year, converted.month, converted.day)
    leap_days = (11 * year + 3) // 30
    days = 354 * (year - 1) + leap_days + 29 * (month - 1) + month // 2
    return date.fromordinal(_EPOCH + days)
