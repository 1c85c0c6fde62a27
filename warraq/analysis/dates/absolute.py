"""Calendar dates: day, month and year in every naming and order, as far as the words say them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, TypeGuard

from warraq.analysis.dates.calendars import Days, gregorian, hijri
from warraq.analysis.dates.phrase import Number, Phrase
from warraq.analysis.dates.written import (
    HIJRI_YEARS,
    NEWEST_YEAR,
    OLDEST_YEAR,
    counts,
    day_of_month,
    month_name,
    year_behind,
)
from warraq.text.lexicon import lexicon_keys

_SEPARATORS = frozenset("/-\\–.")
UNTIL: Final = frozenset({"الى", "حتى", "لغاية"})
FIRST_NAMES: Final = lexicon_keys(
    "محمد أحمد محمود علي حسن حسين عبدالله إبراهيم خالد سعيد مصطفى طارق عمر عمرو هاني كريم سامي طه"
    " فهد سعد عبدالرحمن عبدالعزيز يوسف ناصر صالح ماجد فيصل سلطان نايف بندر جمال فرانسوا"
)
# A name that is also a month's stands behind first names and titles.
_BEFORE_NAMES: Final = FIRST_NAMES | lexicon_keys(
    "أبو بن ابن آل السيد سيد الشيخ الدكتور د حاج الحاج الرئيس الملك الأمير الوزير اللاعب المدرب"
    " الفنان"
)
SAME: Final = frozenset({"نفس", "ذات"})
BEFORE_OR_SAME: Final = dict.fromkeys(("نفسه", "نفسها", "ذاته", "ذاتها"), 0) | dict.fromkeys(
    ("السابق", "السابقة", "السابقه"), -1
)
"""What stands behind a year or a month that is told from the one that was named before."""
_BEFORE_MONTHS = frozenset({"في", "منذ", "خلال", "قبل", "بعد", "شهر", "بين"}) | UNTIL


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """What the words say of a date; None what they leave open. end: the token behind it.

    shift, unit: of what in relation to the present one, as in يناير الماضي (last January: -1,
    "month") and يناير من العام الماضي (January of last year: -1, "year").
    sure: whether the order of the numbers is beyond doubt. anchored: whether the present one is
    that of the date before: مارس من العام نفسه (March of the same year).
    """

    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    hijri: bool = False
    shift: int | None = None
    unit: str = "month"
    sure: bool = True
    anchored: bool = False

    def days(self) -> Days | None:
        """The days, if the year is told."""
        return None if self.year is None else self.in_year(self.year)

    def in_year(self, year: int) -> Days | None:
        """The days that these would be in `year`, if there are such."""
        found = (hijri if self.hijri else gregorian)(year, self.month, self.day)
        return found and found._replace(certain=found.certain and self.sure)


def calendar_date(phrase: Phrase, place: int) -> CalendarDate | None:
    """The date that begins at `place`: a day with its month at least, or numbers with a year."""
    numeric = numeric_date(phrase, place)
    if numeric:
        return numeric if numeric.days() else None
    named = day_of_month(phrase, place)
    if named is None:
        return None
    day, end = named
    gaps = ("", "/", "-") if phrase.number_at(place) else ("",)
    if phrase.at(end).key == "من" and not phrase.gap(end):
        end += 1
    month = month_name(phrase, end) if phrase.gap(end) in gaps else None
    if month is None or day > (30 if month[0].hijri else 31):
        return None
    found, end = month
    date = with_year(phrase, CalendarDate(end, day, found.number, hijri=found.hijri))
    if phrase.key(end - 1) == "صفر" and phrase.number_at(end - 2) and date.year is None:
        return None  # a score: صفر is also nought
    return None if date.year is not None and date.days() is None else date


def calendar_month(phrase: Phrase, place: int) -> CalendarDate | None:
    """A month by its name, with its year if that is told; شهر (month of) may stand before."""
    named = month_name(phrase, place)
    if named is None:
        return None
    month, end = named
    date = with_year(phrase, CalendarDate(end, None, month.number, hijri=month.hijri))
    told = date.end > end or end > place + 1 or month.surely
    return date if told or _in_place_of_a_month(phrase, place, end) else None


def _in_place_of_a_month(phrase: Phrase, place: int, end: int) -> bool:
    """Whether a word that may also be a verb or a name stands as months do: في مارس."""
    if phrase.key(place) == "اب":  # آب (August), and also أب (a father): never by itself
        return False
    if phrase.at(place).clitics and phrase.key(place)[0] in "بل":
        return True
    before, month = phrase.before(place), phrase.at(place).month
    if phrase.at(place).key == "رمضان":  # mostly the month; a name behind names
        return before not in _BEFORE_NAMES and phrase.key(end) not in ("بن", "عبد", "ال")
    hijri = month is not None and month.hijri
    until = before == "من" and (hijri or phrase.after(end).key in UNTIL)
    portion = bool(before) and phrase.at(place - 1).portion is not None
    return until or before in _BEFORE_MONTHS or portion


def with_year(phrase: Phrase, date: CalendarDate) -> CalendarDate:
    """`date` with the year behind it, or with what the words say of it: الماضي, من العام الجاري."""
    end = date.end
    year = year_behind(phrase, end, hijri=date.hijri)
    if year:
        return replace(date, year=year.value, hijri=year.hijri, end=year.end)
    word = phrase.plain(end)
    if word.shift is not None:
        return _and_year(phrase, replace(date, shift=word.shift, end=end + 1))
    return _of_a_year(phrase, date, end + (word.key == "من"))


def _of_a_year(phrase: Phrase, date: CalendarDate, end: int) -> CalendarDate:
    """`date` with what the words at `end` say of its year: هذا العام, العام الماضي, نفس العام."""
    word = phrase.after(end)
    if word.key in ("هذا", "هذه") and phrase.after(end + 1).unit == "year":
        return replace(date, shift=0, unit="year", end=end + 2)
    if phrase.key(end) in SAME and phrase.after(end + 1).unit == "year":
        return replace(date, shift=0, unit="year", end=end + 2, anchored=True)
    if word.unit != "year" or word.form != "the" or phrase.gap(end + 1):
        return date
    shift, anchored = phrase.plain(end + 1).shift, False
    if shift is None:
        shift, anchored = BEFORE_OR_SAME.get(phrase.key(end + 1)), True
    if shift is None:
        return date
    told = replace(date, shift=shift, unit="year", end=end + 2, anchored=anchored)
    return _and_year(phrase, told)


def _and_year(phrase: Phrase, date: CalendarDate) -> CalendarDate:
    """`date` with the year in digits that stands behind the words: يناير الماضي 2015."""
    year = year_behind(phrase, date.end, hijri=date.hijri)
    if year is None or (counts(phrase, year.end) and not phrase.gap(date.end)):
        return date
    return replace(date, year=year.value, hijri=year.hijri, end=year.end)


def numeric_date(phrase: Phrase, place: int) -> CalendarDate | None:
    """A date in numbers: 23/7/2015, 2015-07-23, 23.7.2015, 7/10/1436هـ, 1436/10/7."""
    first = phrase.number_at(place)
    if first is None:
        return None
    if first.dotted:
        return _ordered(first.dotted, first.era, place + 1)
    separator = phrase.gap(place + 1)
    if separator not in _SEPARATORS:
        return None  # most numbers
    second, third = phrase.number_at(place + 1), phrase.number_at(place + 2)
    more = phrase.gap(place + 3) in _SEPARATORS and phrase.number_at(place + 3)
    if more or phrase.gap(place + 2) != separator or not _joins(second) or not _joins(third):
        return None  # a number of four parts is no date
    end, era = place + 3, first.era or third.era
    if era is None and phrase.plain(end).era:
        era, end = phrase.plain(end).era, end + 1
    return _ordered((first.value, second.value, third.value), era, end)


def _joins(number: Number | None) -> TypeGuard[Number]:
    return number is not None and number.dotted is None and not number.clitics


def _ordered(values: tuple[int, int, int], era: str | None, end: int) -> CalendarDate | None:
    """The year is what is longer than two digits, or the last where an era is told; the day stands
    before the month in d/m/y, which is the order of the Arab press, and behind it in y/m/d.
    """
    first, second, third = values
    if first > 99:
        year, month, day = first, second, third
    else:
        day, month, year = first, second, third
        if year < 100:
            year += {"hijri": 1400, "gregorian": 2000}.get(era or "", 0)
    sure = True
    if month > 12 >= day:
        day, month, sure = month, day, False
    is_hijri = era == "hijri" or (era is None and year in HIJRI_YEARS)
    if not 1 <= month <= 12 or not 1 <= day <= (30 if is_hijri else 31):
        return None
    if not OLDEST_YEAR <= year <= NEWEST_YEAR:
        return None
    return CalendarDate(end, day, month, year, is_hijri, sure=sure)
