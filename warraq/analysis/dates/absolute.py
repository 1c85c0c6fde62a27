"""Calendar dates: day, month and year in every naming and order, as far as the words say them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from warraq.analysis.dates.calendars import Days, gregorian, hijri
from warraq.analysis.dates.names import HONOURS, Month
from warraq.analysis.dates.phrase import Phrase

_SEPARATORS = frozenset("/-\\–.")
_OF_THE_YEAR = frozenset({"دراسي", "الدراسي", "الميلادي", "الهجري", "الميلادية", "الهجرية"})
NEWEST_YEAR, OLDEST_YEAR = 2100, 1000
_HIJRI_YEARS = range(1300, 1500)
"""Without an era a number is one of these years of the Hijra; larger ones are Gregorian."""


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """What the words say of a date; None what they leave open. end: the token behind it.

    shift, unit: of what in relation to the present one, as in يناير الماضي (last January: -1,
    "month") and يناير من العام الماضي (January of last year: -1, "year").
    sure: whether the order of the numbers is beyond doubt.
    """

    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    hijri: bool = False
    shift: int | None = None
    unit: str = "month"
    sure: bool = True

    @property
    def precision(self) -> str:
        return "day" if self.day else "month" if self.month else "year"

    def days(self) -> Days | None:
        """The days, if the year is told."""
        if self.year is None:
            return None
        found = (hijri if self.hijri else gregorian)(self.year, self.month, self.day)
        return found and found._replace(certain=found.certain and self.sure)


class Year(NamedTuple):
    """The year `value`; end: the token behind it."""

    value: int
    hijri: bool
    end: int


def calendar_date(phrase: Phrase, place: int) -> CalendarDate | None:
    """The date that begins at `place`: a day with its month at least, or numbers with a year."""
    numeric = numeric_date(phrase, place)
    if numeric:
        return numeric
    named = day_of_month(phrase, place)
    if named is None:
        return None
    day, end = named
    if phrase.at(end).key == "من" and not phrase.gap(end):
        end += 1
    gaps = ("/", "-") if end == place + 1 and phrase.number_at(place) else ()
    month = month_name(phrase, end, *gaps, needed=True)
    if month is None:
        return None
    found, end = month
    date = with_year(phrase, CalendarDate(end, day, found.number, hijri=found.hijri))
    if phrase.key(end - 1) == "صفر" and phrase.number_at(end - 2) and date.year is None:
        return None  # a score: صفر is also nought
    return date if 1 <= day <= (30 if found.hijri else 31) else None


def calendar_month(phrase: Phrase, place: int) -> CalendarDate | None:
    """A month by its name, with its year if that is told; شهر (month of) may stand before."""
    named = month_name(phrase, place, needed=False, first=True)
    if named is None:
        return None
    month, end = named
    date = with_year(phrase, CalendarDate(end, None, month.number, hijri=month.hijri))
    told = date.end > end or end > place + 1 or month.surely
    until = phrase.key(place - 1) == "من" and phrase.after(end).key in ("حتى", "الى", "لغاية")
    return date if told or until or _in_place_of_a_month(phrase, place) else None


def _in_place_of_a_month(phrase: Phrase, place: int) -> bool:
    """Whether a word that may also be a verb or a name stands as months do: في مارس."""
    if phrase.key(place) == "اب":  # آب (August), and also أب (a father): never by itself
        return False
    before = phrase.at(place - 1).key if not phrase.gap(place) else ""
    clitic = phrase.key(place)[0] in "بل" and phrase.at(place).clitics > 0
    return clitic or before in _BEFORE_MONTHS or phrase.at(place - 1).portion is not None


_BEFORE_MONTHS = frozenset({"في", "منذ", "خلال", "حتى", "الى", "قبل", "بعد", "لغاية", "شهر", "بين"})


def day_of_month(phrase: Phrase, place: int) -> tuple[int, int] | None:
    """The day's number and the token behind it: 8, ال26, الثامن, الخامس عشر, الحادي والعشرين."""
    number = phrase.number_at(place)
    if number:
        return (
            (number.value, place + 1) if number.value in range(1, 32) and not number.era else None
        )
    return ordinal(phrase, place, 31)


def ordinal(phrase: Phrase, place: int, most: int) -> tuple[int, int] | None:
    """The ordinal number in words at `place`, up to `most`, and the token behind it."""
    first = phrase.at(place).ordinal
    if first is None:
        return None
    value, end = first, place + 1
    if first < 10:
        second = phrase.after(end)
        if second.key in ("عشر", "عشرة") and not second.clitics:
            value, end = first + 10, end + 1
        elif second.ordinal in (20, 30) and phrase.key(end).startswith("و"):
            value, end = first + second.ordinal, end + 1
    return (value, end) if value <= most else None


def month_name(
    phrase: Phrase, place: int, *gaps: str, needed: bool, first: bool = False
) -> tuple[Month, int] | None:
    """The month named at `place` and the token behind it; شهر may stand before the name.

    Double names are one: كانون الثاني/يناير, «يناير (كانون الثاني)», نيسان أبريل.
    needed: only a month makes sense here, so that names that are also words count as well.
    first: nothing belongs to it that stands before `place`.
    """
    word = phrase.at(place) if first else phrase.after(place, *gaps)
    end = place
    if word.unit == "month" and word.form == "one":
        end, word = place + 1, phrase.after(place + 1)
    found = _one_month(phrase, end)
    if found is None or (end > place and phrase.gap(end)):
        return None
    month, end = found
    if not first and phrase.gap(place) not in ("", *gaps):
        return None
    gap = phrase.gap(end)
    if gap in ("", "/", "(", "-", "\\", "،", "–"):
        other = _one_month(phrase, end)
        if other and other[0].number == month.number and other[0].hijri == month.hijri:
            if phrase.key(end - 1) != phrase.key(end):
                end = other[1]
                month = replace(month, surely=True)
    if month.hijri:
        while (
            phrase.after(end).key in HONOURS or phrase.key(end) in HONOURS and not phrase.gap(end)
        ):
            end += 1
    del needed
    return month, end


def _one_month(phrase: Phrase, place: int) -> tuple[Month, int] | None:
    word = phrase.at(place)
    if word.months and not phrase.gap(place + 1):
        month = word.months.get(phrase.key(place + 1))
        if month:
            return month, place + 2
    return (word.month, place + 1) if word.month else None


def with_year(phrase: Phrase, date: CalendarDate) -> CalendarDate:
    """`date` with the year behind it, or with what the words say of it: الماضي, من العام الجاري."""
    end = date.end
    year = year_number(phrase, end, hijri=date.hijri)
    if year:
        return replace(date, year=year.value, hijri=year.hijri, end=year.end)
    word = phrase.plain(end)
    if word.shift is not None:
        date = replace(date, shift=word.shift, end=end + 1)
        again = year_number(phrase, end + 1, hijri=date.hijri)
        return replace(date, year=again.value, end=again.end) if again else date
    if word.key == "من":
        end += 1
        word = phrase.after(end)
    this = word.key in ("هذا", "هذه") and phrase.after(end + 1).unit == "year"
    if this:
        return replace(date, shift=0, unit="year", end=end + 2)
    if word.unit == "year" and word.form in ("the", "one"):
        behind = end + 1
        shift = phrase.plain(behind)
        if word.form == "the" and shift.shift is not None:
            told = replace(date, shift=shift.shift, unit="year", end=behind + 1)
            year = year_number(phrase, behind + 1, hijri=date.hijri)
            return replace(told, year=year.value, end=year.end) if year else told
    return date


def year_number(phrase: Phrase, place: int, *, hijri: bool = False) -> Year | None:
    """The year behind a month: 2015, عام 2015, من عام 2015م, ،2015, 1436 هـ."""
    gap = phrase.gap(place)
    end = place
    if gap in ("", ")", "،", ",", "),", ")،"):
        word = phrase.at(end)
        if word.key == "من" or (word.key == "في" and phrase.at(end + 1).unit == "year"):
            end += 1
            word = phrase.after(end)
        if word.unit == "year" and word.form in ("one", "the"):
            end += 1
            if phrase.at(end).key in _OF_THE_YEAR or phrase.key(end) in _OF_THE_YEAR:
                end += 1
        elif end > place:
            return None
    elif gap not in ("/", "-", ")/", "\\"):
        return None
    if end > place and phrase.gap(end):
        return None
    return written_year(phrase, end, hijri=hijri)


def written_year(phrase: Phrase, place: int, *, hijri: bool | None = None) -> Year | None:
    """The year in digits at `place` with its era, glued to it or behind it.

    hijri: what the month says of the calendar; None where there is no month.
    """
    number = phrase.number_at(place)
    if number is None or number.value < 0:
        return None
    end = place + 1
    era = number.era
    if era is None:
        behind = phrase.after(end, "(")
        if behind.era and not behind.clitics:
            era, end = behind.era, end + 1
    value = number.value
    if era == "hijri" and value in range(1, 1500) and (number.length > 2 or hijri is None):
        return Year(value, True, end) if number.length > 2 else None
    if era is None and hijri and value in range(1, 1500) and number.length >= 3:
        return Year(value, True, end)
    if era is None and hijri is None and value in _HIJRI_YEARS:
        return Year(value, True, end)
    oldest = 100 if era == "gregorian" else OLDEST_YEAR
    if era != "hijri" and oldest <= value <= NEWEST_YEAR:
        return Year(value, False, end)
    return None


def numeric_date(phrase: Phrase, place: int) -> CalendarDate | None:
    """A date in numbers: 23/7/2015, 2015-07-23, 23.7.2015, 7/10/1436هـ, 1436/10/7, 7/2015."""
    first = phrase.number_at(place)
    if first is None or first.length == 0 and first.dotted is None:
        return None
    if first.dotted:
        return _ordered(first.dotted, (2, 2, 4), first.era, place + 1)
    separator = phrase.gap(place + 1)
    second = phrase.number_at(place + 1)
    if separator not in _SEPARATORS or second is None or second.dotted or second.clitics:
        return None
    third = phrase.number_at(place + 2)
    if phrase.gap(place + 2) != separator or third is None or third.dotted or third.clitics:
        return None
    if phrase.gap(place + 3) in _SEPARATORS and phrase.number_at(place + 3):
        return None  # a number of four parts is no date
    end, era = place + 3, first.era or third.era
    if era is None and phrase.plain(end).era:
        era, end = phrase.plain(end).era, end + 1
    values = (first.value, second.value, third.value)
    return _ordered(values, (first.length, second.length, third.length), era, end)


def _ordered(
    values: tuple[int, int, int], lengths: tuple[int, int, int], era: str | None, end: int
) -> CalendarDate | None:
    """The year is what has four digits, or the last with an era; the day stands before the month
    in d/m/y, which is the order of the Arab press, and behind it in y/m/d.
    """
    first, second, third = values
    if lengths[0] >= 3:
        year, month, day = first, second, third
    elif lengths[2] >= 3 or era:
        day, month, year = first, second, third
    else:
        return None
    if year < 100:
        year += 1400 if era == "hijri" else 2000
    sure = True
    if month > 12 >= day:
        day, month, sure = month, day, False
    is_hijri = era == "hijri" or (era is None and year in _HIJRI_YEARS)
    longest = 30 if is_hijri else 31
    if not (1 <= month <= 12 and 1 <= day <= longest and 1000 <= year <= NEWEST_YEAR):
        return None
    return CalendarDate(end, day, month, year, is_hijri, sure=sure)
