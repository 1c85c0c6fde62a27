"""Months by their names, their last ten days, and those that are told from another one."""

from __future__ import annotations

from typing import Final

from warraq.analysis.dates.absolute import CalendarDate, calendar_month
from warraq.analysis.dates.calendars import Days, gregorian
from warraq.analysis.dates.periods import portion, resolved
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.tense import tense
from warraq.analysis.dates.units import unit

_TENS_OF_DAYS: Final = {
    "الاوائل": "start",
    "الاولى": "start",
    "الاواسط": "middle",
    "الاواخر": "end",
    "الاخيرة": "end",
}
_RAMADAN = 9


def month(told: Told, place: int) -> Reading | None:
    """مايو 2014, شهر مايو الماضي, رمضان."""
    found = calendar_month(told.phrase, place)
    if found is None:
        return None
    tells = 0 if found.year else tense(told.phrase, place, found.end)
    days = resolved(found, told.reckoned_from(anchored=found.anchored), tells)
    return Reading(place, found.end, days, "month", found.year is not None)


def ten_days(told: Told, place: int) -> Reading | None:
    """العشر الأواخر من رمضان (the last ten days of Ramadan), also where the month is not named."""
    phrase = told.phrase
    which = _TENS_OF_DAYS.get(phrase.key(place + 1)) if phrase.at(place).key == "العشر" else None
    if which is None or phrase.gap(place + 1):
        return None
    end = place + 2
    named = month(told, end + (phrase.after(end).key == "من")) if not phrase.gap(end) else None
    if named is None or phrase.gap(named.start):
        ramadan = CalendarDate(end, None, _RAMADAN, hijri=True)
        days = resolved(ramadan, told.today, tense(phrase, place, end))
        named = Reading(place, end, days, "month", absolute=False)
    days = portion(named.days, which, "month") if named.days else None
    return Reading(place, named.end, days, "range", named.absolute)


def same_month(told: Told, place: int) -> Reading | None:
    """نفس الشهر من العام الماضي (the same month of last year): as the one that was named last."""
    phrase = told.phrase
    if phrase.at(place).key not in ("نفس", "ذات") or phrase.plain(place + 1).unit != "month":
        return None
    end = place + 2 + (phrase.after(place + 2).key == "من")
    year = unit(told, end) if not phrase.gap(place + 2) and not phrase.gap(end) else None
    if year is None or not phrase.at(end).key.startswith("ال"):
        return None
    days = None
    if year.precision == "year" and year.days and told.month and _is_gregorian(told.month):
        days = gregorian(year.days.first.year, told.month.first.month)
    return Reading(place, year.end, days, "month", absolute=False)


def _is_gregorian(month: Days) -> bool:
    """Whether it lies in one month: رمضان is of two, and of other two in another year."""
    return (month.first.year, month.first.month) == (month.last.year, month.last.month)
