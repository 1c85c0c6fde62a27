"""A day by any of its names, or by several: مساء أمس (الخميس) 7 شوال 1436هـ الموافق 23 يوليو."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from warraq.analysis.dates.absolute import CalendarDate
from warraq.analysis.dates.calendars import Days, gregorian
from warraq.analysis.dates.day_names import DaySaid, read_another_name, read_name
from warraq.analysis.dates.feasts import day_of_a_feast
from warraq.analysis.dates.periods import calendar_unit, day_of_a_month, resolved, weekday
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.tense import ends_sentence, is_told, tense

_SENTENCE = 40  # words
_BESIDE = ("", "(", "،", ",", "/", "-", "–", ":", ")", ")،", "؛")
_QUOTES = {'"': '"', "«": "»", "“": "”"}
# Parts of a day that stand behind it: أمس مساء.
_INDEFINITE_PARTS = frozenset({"صباحا", "مساء", "ظهرا", "عصرا", "ليلا", "فجرا", "نهارا"})


def day(told: Told, place: int) -> Reading | None:
    """The day that is named at `place`, with part of the day and all its names."""
    phrase = told.phrase
    said = DaySaid(place)
    at = place + (phrase.at(place).key in ("بعد", "قبل") and not phrase.gap(place + 1))
    at += phrase.at(at).key == "منتصف" and not phrase.gap(at + 1)
    if phrase.at(at).part:
        said.part, said.end = True, at + 1
        if phrase.after(said.end).key == "من" and phrase.after(said.end + 1).unit == "day":
            said.end += 1
        if phrase.gap(said.end) not in ("", "("):
            return None
    if not read_name(phrase, said):
        feast = day_of_a_feast(told, said.end) if said.part else None
        return replace(feast, start=place, precision="part-of-day") if feast else None
    while _is_beside(phrase, said.end) and read_another_name(phrase, said):
        pass
    if phrase.after(said.end).part and phrase.key(said.end) in _INDEFINITE_PARTS:
        said.part, said.end = True, said.end + 1
    days, absolute = _days(told, said, place)
    return Reading(place, said.end, days, "part-of-day" if said.part else "day", absolute)


def _is_beside(phrase: Phrase, place: int) -> bool:
    """Whether what stands at `place` can name the day of what is before; alone in quotation marks
    too: أمس "السبت".
    """
    gap = phrase.gap(place)
    quoted = gap in _QUOTES and phrase.gap(place + 1)[:1] == _QUOTES[gap]
    return gap in _BESIDE or quoted


def _days(told: Told, said: DaySaid, place: int) -> tuple[Days | None, bool]:
    """The day that fits what was said, and whether the words alone tell it."""
    complete = [one for one in said.calendars if one.year is not None]
    if complete and not _is_misprint(told, said, complete[0]):
        return _weekday_agrees(min(complete, key=_is_hijri).days(), said), True
    if told.today is None:
        return None, False
    tells = tense(told.phrase, place, said.end)
    if said.deictic is not None:
        found = calendar_unit("day", told.today, said.deictic)
        tellable = found and said.weekday in (None, found.first.weekday())
        return (found if tellable else None), bool(complete)
    if said.calendars:
        written = said.calendars[0]
        today = told.reckoned_from(anchored=written.anchored)
        nearest = _nearest(written, today, tells) if today else None
        return _weekday_agrees(nearest, said), False
    if said.week is not None:
        return _day_of_week(said, told.today, said.week), False
    if not tells and said.weekday_shift is None and _goes_on(told, place):
        tells = 1
    one = weekday(said.weekday or 0, told.today, said.weekday_shift, tells)
    weekly = told.phrase.key(said.end) == "من" and told.phrase.key(said.end + 1) == "كل"
    return None if weekly else Days(one, one, certain=said.weekday_shift is not None), False


def _goes_on(told: Told, place: int) -> bool:
    """Whether a day that is to come was named in the same sentence: a programme goes on."""
    last, today = told.last, told.today
    if last is None or last.days is None or today is None or last.days.first <= today:
        return False
    if last.days.first != last.days.last or not 0 <= place - last.end < _SENTENCE:
        return False
    phrase = told.phrase
    return not any(
        ends_sentence(phrase.gap(at + 1))
        or is_told(phrase.key(at))
        or phrase.key(at).endswith("وا")
        for at in range(last.end - 1, place)
    )


def _is_hijri(written: CalendarDate) -> bool:
    return written.hijri


def _nearest(written: CalendarDate, today: date, tells: int) -> Days | None:
    """The day of a date without a year, or of one that tells of its month only which."""
    if written.month is not None:
        return resolved(written, today, tells)
    if written.shift is None:
        return day_of_a_month(written.day or 1, today, tells)
    months = calendar_unit("month", today, written.shift)
    return months and gregorian(months.first.year, months.first.month, written.day)


def _day_of_week(said: DaySaid, today: date, shift: int) -> Days | None:
    """الثلاثاء من الأسبوع الماضي (Tuesday of last week)."""
    week = calendar_unit("week", today, shift)
    if week is None:
        return None
    one = week.first + timedelta(days=((said.weekday or 0) + 1) % 7)
    return Days(one, one)


def _is_misprint(told: Told, said: DaySaid, written: CalendarDate) -> bool:
    """Whether a date in numbers is another weekday than it says, while today fits: اليوم الاثنين
    10/4/1436 in an article of a Monday in the tenth month.
    """
    days = written.days()
    if told.today is None or said.deictic is None or said.weekday is None or days is None:
        return False
    present = calendar_unit("day", told.today, said.deictic)
    agrees = present is not None and present.first.weekday() == said.weekday
    return agrees and days.first.weekday() != said.weekday


def _weekday_agrees(days: Days | None, said: DaySaid) -> Days | None:
    """`days`, not certain where the weekday that was named is another one."""
    if days and said.weekday is not None and days.first.weekday() != said.weekday:
        return days._replace(certain=False)
    return days
