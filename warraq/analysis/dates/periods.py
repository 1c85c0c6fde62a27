"""Days that words like "last week" mean, reckoned from the day of publication."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from warraq.analysis.dates.absolute import CalendarDate
from warraq.analysis.dates.calendars import (
    DAY,
    Days,
    gregorian,
    hijri_of,
    month_after,
)

_LONGEST = 3000  # units either way: nothing that a newspaper tells is farther


def calendar_unit(unit: str, today: date, shift: int) -> Days | None:
    """The day, week (from Sunday), month, year, decade or century that is `shift` of them away."""
    if abs(shift) > _LONGEST * (10 if unit == "day" else 1):
        return None
    try:
        return _calendar_unit(unit, today, shift)
    except (OverflowError, ValueError):
        return None


def _calendar_unit(unit: str, today: date, shift: int) -> Days | None:
    if unit == "day":
        day = today + timedelta(days=shift)
        return Days(day, day)
    if unit == "week":
        sunday = today - timedelta(days=(today.weekday() + 1) % 7) + timedelta(weeks=shift)
        return Days(sunday, sunday + 6 * DAY)
    if unit == "month":
        return gregorian(*month_after(today.year, today.month, shift))
    if unit == "year":
        return gregorian(today.year + shift)
    years = {"decade": 10, "century": 100}.get(unit)
    if years is None:
        return None
    # The twentieth century ended with the year 2000, but the nineties with 1999.
    first = (today.year // years + shift) * years + (unit == "century")
    return Days(date(first, 1, 1), date(first + years - 1, 12, 31))


def several(unit: str, today: date, number: int, shift: int) -> Days | None:
    """The `number` units before the present one (`shift` -1) or behind it (1): the last 5 years."""
    if number < 1:
        return None
    far = calendar_unit(unit, today, shift * number)
    near = calendar_unit(unit, today, shift)
    if far is None or near is None:
        return None
    return Days(min(far.first, near.first), max(far.last, near.last))


def portion(days: Days, which: str, precision: str) -> Days:
    """Its start, middle or end: of a year the first three months, the middle six or the last
    three; of a month ten days, ten days and the rest; of anything else a third: whole months of a
    quarter or half-year, whole years of a decade or century.
    """
    first, last, certain = days
    length = (last - first).days + 1
    if precision == "year":
        edges = (length * 91 // 365, length * 274 // 365)
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            edges = (
                (date(first.year, 4, 1) - first).days,
                (date(last.year, 10, 1) - first).days,
            )
    elif precision == "month":
        edges = (10, 20)
    elif precision in ("quarter", "half") and (first.day, (last + DAY).day) == (1, 1):
        third = (last.month - first.month + 1) // 3
        edges = (
            (first.replace(month=first.month + third) - first).days,
            (first.replace(month=last.month + 1 - third) - first).days,
        )
    elif precision in ("decade", "century") and (first.month, first.day) == (1, 1):
        third = (last.year - first.year + 1) // 3
        edges = (
            (date(first.year + third, 1, 1) - first).days,
            (date(last.year + 1 - third, 1, 1) - first).days,
        )
    else:
        edges = (length // 3, length - length // 3)
    starts, ends = (0, *edges), (*edges, length)
    number = ("start", "middle", "end").index(which)
    return Days(
        first + timedelta(days=starts[number]), first + timedelta(days=ends[number] - 1), certain
    )


def resolved(told: CalendarDate, today: date | None, tense: int) -> Days | None:
    """The days of a date whose year is not told: those that fit nearest to `today`.

    tense: as of `warraq.analysis.dates.tense`. Certain only where the words themselves tell the
    direction.
    """
    if told.year is not None:
        return told.days()
    if today is None:
        return None
    year, month = hijri_of(today) if told.hijri else (today.year, today.month)
    if told.shift is None:
        return _nearest(list(_around(told, year)), today, tense)
    if told.unit == "year" or told.shift == 0 or told.month is None:
        return told.in_year(year + told.shift)
    # يناير الماضي is that of this year if it was before the present month, or the day before today.
    this = told.in_year(year)
    if told.day and told.month == month and this and this.first != today:
        further = (this.first > today) is (told.shift < 0)
    else:
        further = told.month >= month if told.shift < 0 else told.month <= month
    return told.in_year(year + told.shift * further)


def day_of_a_month(day: int, today: date, tense: int) -> Days | None:
    """The day of the month that is nearest: يوم 27 (the 27th)."""
    months = (month_after(today.year, today.month, months) for months in (-1, 0, 1))
    days = (gregorian(*month, day) for month in months)
    return _nearest([one for one in days if one], today, tense)


def season_of_sports(today: date, shift: int) -> Days | None:
    """The years of a season, which begins in August: in July the coming one is الجديد (the new)
    and المقبل (the next) alike, and the one that is over is الماضي (the last).
    """
    begun = today.year if today.month >= 8 else today.year - 1
    between = today.month in (6, 7)
    if between:
        shift = max(shift, 1) if shift >= 0 else shift + 1
    first = begun + shift
    start, end = gregorian(first), gregorian(first + 1)
    return Days(start.first, end.last, certain=False) if start and end else None


def _around(told: CalendarDate, year: int) -> Iterator[Days]:
    reach = 4 if told.month == 2 and told.day == 29 else 1
    for one in range(year - reach, year + reach + 1):
        days = told.in_year(one)
        if days:
            yield days


def _nearest(found: list[Days], today: date, tense: int) -> Days | None:
    """What is past is told more often than what will be, so the future has to be nearer."""
    if not found:
        return None

    def distance(days: Days) -> float:
        if days.first <= today <= days.last:
            return 0
        if days.first > today:
            return (days.first - today).days * (1000 if tense < 0 else 0.2 if tense > 0 else 2)
        return (today - days.last).days

    return min(found, key=distance)._replace(certain=False)


def weekday(number: int, today: date, shift: int | None, tense: int) -> date:
    """The day of the week `number` (0 is Monday): the last one, with today, unless the words or
    the sentence say next.
    """
    back = (today.weekday() - number) % 7
    if shift is not None and shift > 0:
        return today + timedelta(days=(7 - back))
    if shift is not None and shift < 0:
        return today - timedelta(days=back or 7)
    if tense > 0 and back:
        return today + timedelta(days=7 - back)
    return today - timedelta(days=back)
