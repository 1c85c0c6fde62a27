"""A day by any of its names, or by several: مساء أمس (الخميس) 7 شوال 1436هـ الموافق 23 يوليو."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from warraq.analysis.dates.absolute import CalendarDate, calendar_date, with_year
from warraq.analysis.dates.calendars import Days
from warraq.analysis.dates.periods import calendar_unit, day_of_a_month, resolved, weekday
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.tense import tense
from warraq.analysis.dates.units import KINDS_OF_YEAR
from warraq.analysis.dates.written import day_of_month

_BESIDE = ("", "(", "،", ",", "/", "-", "–", ":", ")", ")،", "؛")
_BEGINNING = frozenset({"اول", "قبل", "بعد", "هذا", "هذه"})
# «يوم» without a name of its own is none, but for these.
_INDEFINITE_PARTS = frozenset({"صباحا", "مساء", "ظهرا", "عصرا", "ليلا", "فجرا", "نهارا"})


@dataclass(slots=True)
class _Day:
    """What was said of one day so far. end: the token behind it."""

    end: int
    deictic: int | None = None
    weekday: int | None = None
    weekday_shift: int | None = None
    week: int | None = None
    calendars: tuple[CalendarDate, ...] = ()
    part: bool = False

    def __bool__(self) -> bool:
        return self.deictic is not None or self.weekday is not None or bool(self.calendars)


def day(told: Told, place: int) -> Reading | None:
    """The day that is named at `place`, with part of the day and all its names."""
    phrase = told.phrase
    said = _Day(place)
    at = place + (phrase.at(place).key in ("بعد", "قبل") and not phrase.gap(place + 1))
    at += phrase.at(at).key == "منتصف" and not phrase.gap(at + 1)
    if phrase.at(at).part:
        said.part, said.end = True, at + 1
        if phrase.after(said.end).key == "من" and phrase.after(said.end + 1).unit == "day":
            said.end += 1
        if phrase.gap(said.end) not in ("", "("):
            return None
    if not _can_be_a_day(phrase, said.end) or not _one_name(phrase, said):
        return None
    while phrase.gap(said.end) in _BESIDE and _another_name(phrase, said):
        pass
    if phrase.after(said.end).part and phrase.key(said.end) in _INDEFINITE_PARTS:
        said.part, said.end = True, said.end + 1
    days, absolute = _days(told, said, place)
    return Reading(place, said.end, days, "part-of-day" if said.part else "day", absolute)


def _can_be_a_day(phrase: Phrase, place: int) -> bool:
    word = phrase.at(place)
    named = word.weekday is not None or word.deictic is not None or word.ordinal is not None
    return named or word.unit == "day" or word.key in _BEGINNING or bool(phrase.number_at(place))


def _one_name(phrase: Phrase, said: _Day) -> bool:
    """Reads one name of a day at `said.end`; يوم may stand before it."""
    place = said.end
    word = phrase.at(place)
    if word.unit == "day" and word.form == "one" and not phrase.gap(place + 1):
        place += 1
    elif (
        word.unit == "day"
        and word.form == "the"
        and not phrase.gap(place + 1)
        and phrase.at(place + 1).ordinal
        and not phrase.at(place + 1).weekday
    ):
        place += 1  # اليوم الخامس من رمضان (the fifth day of Ramadan)
    return (
        _deictic(phrase, said, place)
        or _calendar(phrase, said, place, kind_word=place > said.end)
        or _weekday(phrase, said, place)
    )


def _another_name(phrase: Phrase, said: _Day) -> bool:
    """Reads one more name of the same day behind the others."""
    place = said.end
    word = phrase.at(place)
    if word.key in ("الموافق", "موافق") and said:
        place += 1
        if phrase.key(place) in ("ل", "لـ"):
            place += 1
        before = said.calendars
        if phrase.at(place).unit == "day" and phrase.at(place).form == "one":
            place += 1
        return _calendar(phrase, said, place, kind_word=True) and said.calendars != before
    if phrase.clitics(place) or len(said.calendars) > 1:
        return False
    if word.key == "من" and not phrase.gap(place):
        place += 1
        word = phrase.at(place)
        if word.unit == "week" and said.weekday is not None:
            return _week(phrase, said, place)
        return False
    if word.unit == "day" and word.form == "one" and not phrase.gap(place + 1):
        place += 1
    if said.weekday is None and _weekday(phrase, said, place):
        return True
    if said.calendars:
        told = calendar_date(phrase, place)
        if told is None or told.hijri == said.calendars[-1].hijri or phrase.gap(place) == "":
            return False
    elif said.deictic is None and phrase.at(place).deictic is not None:
        return phrase.gap(place) != "" and _deictic(phrase, said, place)
    return _calendar(phrase, said, place, kind_word=said.weekday is not None)


def _week(phrase: Phrase, said: _Day, place: int) -> bool:
    shift = phrase.plain(place + 1).shift
    if shift is None:
        return False
    said.week, said.end = shift, place + 2
    return True


def _weekday(phrase: Phrase, said: _Day, place: int) -> bool:
    number = phrase.at(place).weekday
    if number is None:
        return False
    said.weekday, said.end = number, place + 1
    closing = phrase.plain(place + 1, ")")
    if closing.shift is not None and closing.key.startswith("ال"):
        said.weekday_shift, said.end = closing.shift, place + 2
    return True


def _deictic(phrase: Phrase, said: _Day, place: int) -> bool:
    """Reads أمس, أول من أمس, أمس الأول, بعد غد, الليلة قبل الماضية …"""
    word = phrase.at(place)
    offset, end = word.deictic, place + 1
    if offset is None:
        offset, end = _two_words(phrase, place)
    if offset is None and word.unit is None and word.part and word.key == "ليلة":
        return False
    if offset is None:
        return False
    if word.key in ("امس", "الامس") and phrase.plain(end).key == "الاول":
        offset, end = -2, end + 1
    if word.key == "الليلة":
        said.part = True
        if phrase.after(end).key == "الماضية":
            offset, end = -1, end + 1
        elif phrase.after(end).key == "قبل" and phrase.after(end + 1).key == "الماضية":
            offset, end = -2, end + 2
    said.deictic, said.end = offset, end
    return True


def _two_words(phrase: Phrase, place: int) -> tuple[int | None, int]:
    word, key = phrase.at(place), phrase.plain(place + 1).key
    if word.key == "بعد" and key in ("غد", "غدا", "الغد"):
        return 2, place + 2
    if word.key in ("اول", "قبل") and key in ("امس", "الامس"):
        return -2, place + 2
    if word.key == "اول" and key == "من" and phrase.plain(place + 2).key in ("امس", "الامس"):
        return -2, place + 3
    if word.key in ("هذا", "هذه") and key in ("اليوم", "الليلة"):
        return 0, place + 2
    return None, place


def _calendar(phrase: Phrase, said: _Day, place: int, *, kind_word: bool) -> bool:
    found = calendar_date(phrase, place)
    if found is None or found.day is None:
        found = _of_this_month(phrase, place)
    if found is None and kind_word:
        found = _day_and_month(phrase, place) or _day_alone(phrase, place)
    if found is None or found.day is None:
        return False
    said.calendars, said.end = (*said.calendars, found), found.end
    return True


def _of_this_month(phrase: Phrase, place: int) -> CalendarDate | None:
    """17 الجاري, الخامس من الشهر المقبل."""
    named = day_of_month(phrase, place)
    if named is None:
        return None
    number, end = named
    word = phrase.plain(end)
    if word.shift is not None and word.key in ("الجاري", "الحالي", "المقبل", "الماضي", "القادم"):
        digits = phrase.number_at(place)
        return CalendarDate(end + 1, number, shift=word.shift) if digits else None
    if word.key == "من":
        end += 1
    this = phrase.after(end).key == "هذا"
    end += this
    word = phrase.after(end)
    if word.unit != "month" or word.form != "the":
        return None
    end += phrase.key(end + 1) in KINDS_OF_YEAR
    shift = phrase.plain(end + 1).shift
    if shift is None and not this:
        return None
    return CalendarDate(end + 1 + (shift is not None), number, shift=shift or 0)


def _day_and_month(phrase: Phrase, place: int) -> CalendarDate | None:
    """23/7 behind a weekday or يوم."""
    first, second = phrase.number_at(place), phrase.number_at(place + 1)
    if first is None or second is None or phrase.gap(place + 1) not in ("/", "-"):
        return None
    if first.value not in range(1, 32) or second.value not in range(1, 13) or second.clitics:
        return None
    if phrase.gap(place + 2) in ("/", "-") and phrase.number_at(place + 2):
        return None
    date = CalendarDate(place + 2, first.value, second.value, sure=False)
    return with_year(phrase, date)


def _day_alone(phrase: Phrase, place: int) -> CalendarDate | None:
    """The number behind يوم: يوم 27 (on the 27th)."""
    number = phrase.number(place)
    if number is None or number.value not in range(1, 32) or number.era or number.clitics:
        return None
    if phrase.at(place - 1).unit != "day" or phrase.gap(place + 1)[:1] in ("/", "-", ":", "%"):
        return None
    counts = phrase.after(place + 1).unit is not None
    return None if counts else CalendarDate(place + 1, number.value, sure=False)


def _days(told: Told, said: _Day, place: int) -> tuple[Days | None, bool]:
    """The day that fits what was said, and whether the words alone tell it."""
    complete = [date for date in said.calendars if date.year is not None]
    if complete and not _is_misprint(told, said, complete[0]):
        gregorian_first = sorted(complete, key=lambda date: date.hijri)
        days = gregorian_first[0].days()
        return _weekday_agrees(days, said), True
    today = told.today
    if today is None:
        return None, False
    tells = tense(told.phrase, place, said.end)
    if said.deictic is not None:
        found = calendar_unit("day", today, said.deictic)
        if found and said.weekday not in (None, found.first.weekday()):
            return None, bool(complete)  # written for a day that nobody can tell
        return found, bool(complete)
    if said.calendars:
        first = said.calendars[0]
        if first.month is None and first.shift is None:
            found = day_of_a_month(first.day or 1, today, tells)
            return _weekday_agrees(found, said), False
        if first.month is None:
            months = calendar_unit("month", today, first.shift or 0)
            try:
                one = months and months.first.replace(day=first.day or 1)
            except ValueError:
                one = None
            return _weekday_agrees(Days(one, one) if one else None, said), False
        return _weekday_agrees(resolved(first, today, tells), said), False
    if said.week is not None:
        week = calendar_unit("week", today, said.week)
        if week is None or said.weekday is None:
            return None, False
        one = week.first + timedelta(days=(said.weekday + 1) % 7)
        return Days(one, one), False
    one = weekday(said.weekday or 0, today, said.weekday_shift, tells)
    return Days(one, one, certain=said.weekday_shift is not None), False


def _is_misprint(told: Told, said: _Day, written: CalendarDate) -> bool:
    """Whether a date in numbers is another weekday than it says, while today fits: اليوم الاثنين
    10/4/1436 in an article of a Monday in the tenth month.
    """
    days = written.days()
    if told.today is None or said.deictic is None or said.weekday is None or days is None:
        return False
    present = calendar_unit("day", told.today, said.deictic)
    agrees = present is not None and present.first.weekday() == said.weekday
    return agrees and days.first.weekday() != said.weekday


def _weekday_agrees(days: Days | None, said: _Day) -> Days | None:
    """`days`, not certain where the weekday that was named is another one."""
    if days and said.weekday is not None and days.first.weekday() != said.weekday:
        return days._replace(certain=False)
    return days
