"""Months, years and parts of them: مايو الماضي, عام 2014, نهاية 2010, صيف 2014, الربع الأول."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Final

from warraq.analysis.dates.absolute import UNTIL, CalendarDate, calendar_month
from warraq.analysis.dates.calendars import Days, gregorian, hijri
from warraq.analysis.dates.names import Word
from warraq.analysis.dates.periods import calendar_unit, portion, resolved, season_of_sports
from warraq.analysis.dates.phrase import NOTHING, Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.tense import tense
from warraq.analysis.dates.units import KINDS_OF_YEAR, ago, century, decade, unit
from warraq.analysis.dates.written import Year, counts, ordinal, written_year

# A number of four digits behind them is a year.
_BEFORE_YEARS = frozenset(
    "في منذ خلال حتى الى لغاية بين بحلول موديل ثم ايضا مونديال يورو نسخة رؤية دورة لسنة"
    " العالم كاس بطولة اولمبياد عيد حرب ثورة انتخابات معرض مهرجان اكسبو رمضان".split()
)
_BEFORE_NUMBERS = frozenset(
    "رقم الرقم رقمه بلغ بلغت نحو حوالي قرابة مبلغ قدره بواقع بلغوا عدد عددهم من على تحويلة".split()
)
_CLOSING, _CLOSED = ("(", ")", '"', "»"), (")", "،", ",", ".", "(")
_BESIDE_NUMBERS = ("%", "٪", "/", "-", ":", "+", "$", "#", "*", "=", "﷼")
_FUNCTION_WORDS = frozenset("في من الى على عن ثم حيث بعد قبل مع لكن هو هي حتى عندما بينما".split())
_COUNTED_YEARS = range(1900, 2051)
_JOINS = ("", "/", "-", "–", "ـ", "_")
_TENS_OF_DAYS = {
    "الاوائل": "start",
    "الاولى": "start",
    "الاواسط": "middle",
    "الاواخر": "end",
    "الاخيرة": "end",
}
_PORTIONED = frozenset({"week", "month", "quarter", "half", "year", "decade", "century"})
_PARTS = {"quarter": 4, "half": 2}


Reader = Callable[[Told, int], Reading | None]


def span(told: Told, place: int) -> Reading | None:
    """The span of days that is named at `place`: the longest reading."""
    if told.phrase.at(place) is NOTHING:
        return unit(told, place) if told.phrase.number_at(place) else None
    return _longest(told, place, _readers(told.phrase.at(place)))


def _longest(told: Told, place: int, readers: tuple[Reader, ...]) -> Reading | None:
    readings = (read(told, place) for read in readers)
    return max((one for one in readings if one), key=lambda one: one.end, default=None)


def bare_year(told: Told, place: int) -> Reading | None:
    """A number of four digits that can only be a year: its place or its era says so."""
    year = written_year(told.phrase, place)
    days = year and _days_of(year)
    return Reading(place, year.end, days, "year", absolute=True) if year and days else None


def lone_year(told: Told, place: int) -> Reading | None:
    """A year without the word: 2014م, or 2014 behind في, منذ, خلال … and not before what it counts."""
    phrase = told.phrase
    number = phrase.number_at(place)
    year = bare_year(told, place)
    if number is None or year is None or year.days is None:
        return None
    if number.era or year.end > place + 1:  # 1500م is a distance
        told_by_era = year.days.first.year in _COUNTED_YEARS and phrase.key(year.end) != "مربع"
        return year if told_by_era else None
    if number.value not in _COUNTED_YEARS or counts(phrase, year.end):
        return None
    if phrase.gap(year.end)[:1] in _BESIDE_NUMBERS or phrase.gap(place)[-1:] in _BESIDE_NUMBERS:
        return None
    before = phrase.before(place)
    if before in _BEFORE_YEARS:
        return year
    if phrase.gap(place)[-1:] in _CLOSING and phrase.gap(year.end)[:1] in _CLOSED:
        return year  # (2011), «a title» 2011،
    return year if before and _is_apart(phrase, place, year.end) else None


def _is_apart(phrase: Phrase, place: int, end: int) -> bool:
    """Whether what stands behind a number cannot be what it counts."""
    if phrase.key(place - 1) in _BEFORE_NUMBERS or phrase.number_at(place - 1):
        return False
    behind = phrase.key(end)
    return bool(phrase.gap(end)) or behind.startswith(("ال", "و")) or behind in _FUNCTION_WORDS


def _days_of(year: Year) -> Days | None:
    return (hijri if year.hijri else gregorian)(year.value)


def _month(told: Told, place: int) -> Reading | None:
    month = calendar_month(told.phrase, place)
    if month is None:
        return None
    tells = 0 if month.year else tense(told.phrase, place, month.end)
    days = resolved(month, told.today, tells)
    return Reading(place, month.end, days, "month", month.year is not None)


def _year(told: Told, place: int) -> Reading | None:
    """عام 2014, العام الماضي 2014م, عامي 2013 و2014, العام 1436/1437."""
    phrase = told.phrase
    word = phrase.at(place)
    if word.unit != "year" or word.form not in ("one", "the", "two"):
        return None
    end = place + 1 + (phrase.key(place + 1) in KINDS_OF_YEAR)
    if word.form == "the" and (phrase.plain(end).shift is not None or phrase.key(end) == "الجديد"):
        end += 1
    years = _years(phrase, end) if phrase.gap(end) in ("", "(", ":") else None
    if years is None:
        return None
    end = years.end
    if phrase.plain(end).shift is not None and phrase.plain(end).key.startswith("ال"):
        end += 1
    return replace(years, start=place, end=end)


def _years(phrase: Phrase, place: int) -> Reading | None:
    """One year in digits, or two: 2014, 2013 و2014, 1436/1437."""
    year = written_year(phrase, place)
    if year is None:
        return None
    last = _second_year(phrase, year) or year
    first_days, last_days = _days_of(year), _days_of(last)
    if first_days is None or last_days is None:
        return None
    days = Days(first_days.first, last_days.last, first_days.certain and last_days.certain)
    return Reading(place, last.end, days, "year" if last is year else "range", absolute=True)


def _second_year(phrase: Phrase, first: Year) -> Year | None:
    """The year that is joined to `first`: 1437 of 1436/1437, 2014 of عامي 2013 و2014."""
    if phrase.gap(first.end) not in _JOINS:
        return None
    place = phrase.joined_by_and(first.end)
    if place is None:
        place = first.end + (phrase.at(first.end).key in UNTIL)
        if place == first.end and not phrase.gap(place):
            return None
    second = written_year(phrase, place)
    return second if second and second.value > first.value and second.hijri == first.hijri else None


def _portion(told: Told, place: int) -> Reading | None:
    """مطلع العام الجاري, منتصف 2015, نهاية يوليو."""
    phrase = told.phrase
    which = phrase.at(place).portion
    at = place + 1
    if which is None or phrase.gap(at) or phrase.at(at).clitics:
        return None
    whole = _longest(told, at, (*_WHOLES, _part_of_year, bare_year)) or _present(told, at)
    if whole is None or whole.precision not in _PORTIONED:
        return None
    days = portion(whole.days, which, whole.precision) if whole.days else None
    precision = "range" if whole.precision == "year" else whole.precision
    return Reading(place, whole.end, days, precision, whole.absolute)


def _present(told: Told, place: int) -> Reading | None:
    """الشهر (the month) and العام (the year), which alone are the present ones."""
    phrase = told.phrase
    word = phrase.plain(place)
    alone = phrase.gap(place + 1) or not phrase.key(place + 1).startswith("ال")
    if word.unit not in ("month", "year") or word.form != "the" or not alone:
        return None
    days = calendar_unit(word.unit, told.today, 0) if told.today else None
    days = days and days._replace(certain=False)
    return Reading(place, place + 1, days, word.unit, absolute=False)


def in_brackets(told: Told, place: int) -> Reading | None:
    """The years in brackets behind a span that is named otherwise: (1437-1441هـ)."""
    return _years(told.phrase, place) if told.phrase.gap(place) == "(" else None


def _ten_days(told: Told, place: int) -> Reading | None:
    """العشر الأواخر من رمضان (the last ten days of Ramadan), also where the month is not named."""
    phrase = told.phrase
    which = _TENS_OF_DAYS.get(phrase.key(place + 1)) if phrase.at(place).key == "العشر" else None
    if which is None or phrase.gap(place + 1):
        return None
    end = place + 2
    month = _month(told, end + (phrase.after(end).key == "من")) if not phrase.gap(end) else None
    if month is None or phrase.gap(month.start):
        ramadan = CalendarDate(end, None, 9, hijri=True)
        days = resolved(ramadan, told.today, tense(phrase, place, end))
        month = Reading(place, end, days, "month", absolute=False)
    days = portion(month.days, which, "month") if month.days else None
    return Reading(place, month.end, days, "range", month.absolute)


def _same_month(told: Told, place: int) -> Reading | None:
    """نفس الشهر من العام الماضي (the same month of last year): as the one that was named last."""
    phrase = told.phrase
    if phrase.at(place).key not in ("نفس", "ذات") or phrase.plain(place + 1).unit != "month":
        return None
    end = place + 2 + (phrase.after(place + 2).key == "من")
    year = unit(told, end) if not phrase.gap(place + 2) and not phrase.gap(end) else None
    if year is None or not phrase.at(end).key.startswith("ال"):
        return None
    days = None
    if year.precision == "year" and year.days and told.month:
        days = gregorian(year.days.first.year, told.month.first.month)
    return Reading(place, year.end, days, "month", absolute=False)


def _sports_season(told: Told, place: int) -> Reading | None:
    """موسم 2014-2015, الموسم الماضي, موسم رمضان."""
    phrase = told.phrase
    word = phrase.at(place)
    if word.unit != "season" or word.form not in ("one", "the"):
        return None
    end = place + 1 + (phrase.key(place + 1) in ("الرياضي", "الكروي"))
    new = word.form == "the" and phrase.key(end) == "الجديد" and not phrase.gap(end)
    shift = 0 if new else phrase.plain(end).shift if word.form == "the" else None
    end += shift is not None
    years = _years(phrase, end) if phrase.gap(end) in ("", "(") else None
    if years:
        return replace(years, start=place)
    if word.form == "one" and phrase.at(end).month and not phrase.gap(end):
        month = calendar_month(phrase, end)
        named = month and _month(told, end)
        return replace(named, start=place) if named else None
    if shift is None:
        return None
    days = season_of_sports(told.today, shift) if told.today else None
    return Reading(place, end, days, "season", absolute=False)


def _season(told: Told, place: int) -> Reading | None:
    """صيف 2014, الصيف الماضي, صيف هذا العام."""
    phrase = told.phrase
    this = phrase.at(place).key in ("هذا", "هذه")
    season = phrase.after(place + 1).season if this else phrase.at(place).season
    if season is None or (phrase.gap(place + 1) and not this):
        return None
    if phrase.at(place + this).key.startswith("ال"):
        shift = 0 if this else phrase.plain(place + 1).shift
        if shift is None:
            return None
        days = _season_near(season, told.today, shift) if told.today else None
        return Reading(place, place + 2, days, "season", absolute=False)
    year = _longest(told, place + 1, (_year, unit, bare_year))
    if year is None or year.precision != "year":
        return None
    days = _days_of_season(season, year.days.first.year) if year.days else None
    return Reading(place, year.end, days, "season", year.absolute)


def _days_of_season(season: int, year: int) -> Days | None:
    """The three months of the weather service; winter begins in December of the year before."""
    if season == 0:
        first, last = gregorian(year - 1, 12), gregorian(year, 2)
    else:
        first, last = gregorian(year, 3 * season), gregorian(year, 3 * season + 2)
    return Days(first.first, last.last, certain=False) if first and last else None


def _season_near(season: int, today: date, shift: int) -> Days | None:
    years = range(today.year - 2, today.year + 3)
    seasons = [days for year in years if (days := _days_of_season(season, year))]
    if shift < 0:
        return max((one for one in seasons if one.last < today), default=None)
    if shift > 0:
        return min((one for one in seasons if one.first > today), default=None)
    return min((one for one in seasons if one.last >= today), default=None)


def _part_of_year(told: Told, place: int) -> Reading | None:
    """الربع الأول من 2015, النصف الثاني من العام الجاري."""
    phrase = told.phrase
    word = phrase.at(place)
    parts = _PARTS.get(word.unit or "")
    named = ordinal(phrase, place + 1, parts) if parts and not phrase.gap(place + 1) else None
    if parts is None or named is None or word.form != "the":
        return None
    number, end = named
    at = end + (phrase.after(end).key in ("من", "ل", "في"))
    if phrase.gap(end) or phrase.gap(at):
        return None
    year = _longest(told, at, (_year, unit, bare_year) if at > end else (_year, unit))
    if year is None or year.precision != "year":
        return None
    days = _months_of_part(year.days, number, 12 // parts) if year.days else None
    return Reading(place, year.end, days, word.unit or "", year.absolute)


def _months_of_part(year: Days, number: int, months: int) -> Days | None:
    first = gregorian(year.first.year, months * (number - 1) + 1)
    last = gregorian(year.first.year, months * number)
    return Days(first.first, last.last, year.first.month == 1) if first and last else None


def _readers(word: Word) -> tuple[Reader, ...]:
    """Those that can read what begins with `word`."""
    if word.unit:
        return (_month, _year, unit, century, _sports_season, _part_of_year)
    if word.month or word.months:
        return (_month, _season)
    if word.portion:
        return (_portion,)
    if word.decade is not None:
        return (decade,)
    if word.season is not None:
        return (_season,)
    return (ago, unit, _ten_days, _same_month, _season)


_WHOLES: Final = (_month, _year, unit, ago, decade, century)
