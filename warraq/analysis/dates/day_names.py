"""The names that a day has, each noted in what was said of it: أمس, الخميس, 7 شوال 1436هـ."""

from __future__ import annotations

from dataclasses import dataclass

from warraq.analysis.dates.absolute import (
    BEFORE_OR_SAME,
    SAME,
    CalendarDate,
    calendar_date,
    with_year,
)
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.units import KINDS_OF_YEAR
from warraq.analysis.dates.written import day_of_month

_BEGINNING = frozenset({"اول", "قبل", "بعد", "هذا", "هذه"})
_YESTERDAY = ("امس", "الامس")
_OF_MONTHS = ("الجاري", "الحالي", "المقبل", "الماضي", "القادم")


@dataclass(slots=True)
class DaySaid:
    """What was said of one day so far. end: the token behind it.

    deictic: days from the present one. weekday: 0 is Monday; weekday_shift: of المقبل or الماضي;
    week: of which week, 0 is the present one. part: whether a part of the day is named.
    """

    end: int
    deictic: int | None = None
    weekday: int | None = None
    weekday_shift: int | None = None
    week: int | None = None
    calendars: tuple[CalendarDate, ...] = ()
    part: bool = False


def read_name(phrase: Phrase, said: DaySaid) -> bool:
    """Reads the first name of a day at `said.end`; يوم may stand before it."""
    place = said.end
    word = phrase.at(place)
    named = word.weekday is not None or word.deictic is not None or word.ordinal is not None
    of_day = word.unit == "day" and word.form in ("one", "the")
    if not (named or of_day or word.key in _BEGINNING or phrase.number_at(place)):
        return False
    at = place + 1
    if of_day and not phrase.gap(at) and (word.form == "one" or phrase.at(at).ordinal):
        place = at  # يوم الخميس (Thursday), اليوم الخامس من رمضان (the fifth day of Ramadan)
    return (
        _deictic(phrase, said, place)
        or _calendar(phrase, said, place, kind_word=place == at)
        or _weekday(phrase, said, place)
    )


def read_another_name(phrase: Phrase, said: DaySaid) -> bool:
    """Reads one more name of the same day behind the others."""
    place = said.end
    word = phrase.at(place)
    if word.key in ("الموافق", "موافق"):
        place += 1 + (phrase.key(place + 1) == "ل")
        return _calendar(phrase, said, _behind_day(phrase, place), kind_word=True)
    if word.key == "من" and not phrase.gap(place):
        return said.weekday is not None and _week(phrase, said, place + 1)
    may_follow = not phrase.clitics(place) and len(said.calendars) < 2
    return may_follow and _read_beside(phrase, said, _behind_day(phrase, place))


def _read_beside(phrase: Phrase, said: DaySaid, place: int) -> bool:
    """Reads what stands beside the other names without a word that joins them."""
    if said.weekday is None and _weekday(phrase, said, place):
        return True
    if said.calendars:
        return _in_the_other_calendar(phrase, said, place)
    if said.deictic is None and phrase.at(place).deictic is not None and phrase.gap(place):
        return _deictic(phrase, said, place)
    return _calendar(phrase, said, place, kind_word=said.weekday is not None)


def _behind_day(phrase: Phrase, place: int) -> int:
    word = phrase.at(place)
    return place + (word.unit == "day" and word.form == "one" and not phrase.gap(place + 1))


def _in_the_other_calendar(phrase: Phrase, said: DaySaid, place: int) -> bool:
    """7 شوال (23 يوليو): in brackets or behind a comma, or it is another day."""
    other = calendar_date(phrase, place)
    same = other is None or other.hijri == said.calendars[-1].hijri
    return not same and phrase.gap(place) != "" and _calendar(phrase, said, place, kind_word=False)


def _week(phrase: Phrase, said: DaySaid, place: int) -> bool:
    shift = phrase.plain(place + 1).shift
    if phrase.at(place).unit != "week" or shift is None:
        return False
    said.week, said.end = shift, place + 2
    return True


def _weekday(phrase: Phrase, said: DaySaid, place: int) -> bool:
    number = phrase.at(place).weekday
    if number is None:
        return False
    said.weekday, said.end = number, place + 1
    closing = phrase.plain(place + 1, ")")
    if closing.shift is not None and closing.key.startswith("ال"):
        said.weekday_shift, said.end = closing.shift, place + 2
    return True


def _deictic(phrase: Phrase, said: DaySaid, place: int) -> bool:
    """Reads أمس, أول من أمس, أمس الأول, بعد غد, الليلة قبل الماضية …"""
    word = phrase.at(place)
    offset, end = word.deictic, place + 1
    if offset is None:
        offset, end = _two_words(phrase, place)
    if offset is None:
        return False
    if word.key in _YESTERDAY and phrase.plain(end).key == "الاول":
        offset, end = -2, end + 1
    if word.key == "البارحة" and phrase.plain(end).key == "الاولى":
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
    if word.key in ("اول", "قبل") and key in _YESTERDAY:
        return -2, place + 2
    if word.key == "اول" and key == "من" and phrase.plain(place + 2).key in _YESTERDAY:
        return -2, place + 3
    if word.key in ("هذا", "هذه") and key in ("اليوم", "الليلة"):
        return 0, place + 2
    return None, place


def _calendar(phrase: Phrase, said: DaySaid, place: int, *, kind_word: bool) -> bool:
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
    if word.key in _OF_MONTHS:
        digits = phrase.number_at(place)
        return CalendarDate(end + 1, number, shift=word.shift) if digits else None
    return _of_the_month(phrase, number, end + (word.key == "من"), of=word.key == "من")


def _of_the_month(phrase: Phrase, number: int, end: int, *, of: bool) -> CalendarDate | None:
    """The day `number` of الشهر المقبل, هذا الشهر, نفس الشهر; of: whether من (of) stands before."""
    this, same = phrase.after(end).key in ("هذا", "هذه"), phrase.key(end) in SAME
    end += this or same
    word = phrase.after(end)
    if word.unit != "month" or word.form != "the":
        return None
    end += phrase.key(end + 1) in KINDS_OF_YEAR
    shift = phrase.plain(end + 1).shift
    if shift is not None:
        return CalendarDate(end + 2, number, shift=shift)
    before = BEFORE_OR_SAME.get(phrase.key(end + 1)) if not phrase.gap(end + 1) else None
    if before is not None:
        return CalendarDate(end + 2, number, shift=before, anchored=True)
    if not (this or same or (of and _ends_there(phrase, end + 1))):
        return None
    return CalendarDate(end + 1, number, shift=0, anchored=same)


def _ends_there(phrase: Phrase, place: int) -> bool:
    """Whether no adjective of the word before begins at `place`: العشرين من الشهر."""
    return phrase.gap(place) != "" or not phrase.key(place).startswith("ال")


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
