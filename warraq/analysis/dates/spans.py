"""Months, years and other spans of days: نهاية العام الماضي, صيف 2014, السنوات الخمس المقبلة."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from warraq.analysis.dates.absolute import (
    calendar_month,
    ordinal,
    written_year,
)
from warraq.analysis.dates.calendars import Days, gregorian, hijri
from warraq.analysis.dates.future import tells_future
from warraq.analysis.dates.periods import calendar_unit, portion, resolved, several
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told

# Adjectives between a year and what is said of it: العام الميلادي الجاري.
_KINDS_OF_YEAR = frozenset(
    {"الميلادي", "الميلادية", "الهجري", "الهجرية", "المالي", "المالية", "الدراسي", "الدراسية"}
    | {"الجامعي", "الجامعية"}
)
# What counts a bare year of four digits: 2010 behind them is the year.
_BEFORE_YEARS = frozenset({"في", "منذ", "خلال", "حتى", "الى", "لغاية", "بين", "بحلول"})
_COUNTED_YEARS = range(1900, 2051)
_SPANS = frozenset({"month", "year", "week", "decade", "century"})


def span(told: Told, place: int) -> Reading | None:
    """The span of days that is named at `place`: the longest reading."""
    readings = (
        read(told, place)
        for read in (_month, _year, _unit, _portion, _season, _ago, _decade, _century, _part_of_year)
    )
    return max((one for one in readings if one), key=lambda one: one.end, default=None)


def bare_year(told: Told, place: int) -> Reading | None:
    """A number of four digits that can only be a year: its place or its era says so."""
    year = written_year(told.phrase, place)
    if year is None:
        return None
    days = (hijri if year.hijri else gregorian)(year.value)
    return days and Reading(place, year.end, days, "year", absolute=True)


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
    before = phrase.at(place - 1).key if not phrase.gap(place) else ""
    if number.value not in _COUNTED_YEARS or before not in _BEFORE_YEARS:
        return None
    if phrase.gap(place + 1)[:1] in ("%", "٪", "/", "-", ":"):
        return None
    return year


def _month(told: Told, place: int) -> Reading | None:
    phrase = told.phrase
    month = calendar_month(phrase, place)
    if month is None:
        return None
    days = resolved(month, told.today, future=tells_future(phrase, place, month.end))
    return Reading(place, month.end, days, "month", month.year is not None)


def _year(told: Told, place: int) -> Reading | None:
    """عام 2014, العام الماضي 2014م, عامي 2013 و2014, العام 1436/1437."""
    phrase = told.phrase
    word = phrase.at(place)
    if word.unit != "year" or word.form not in ("one", "the", "two"):
        return None
    end = place + 1
    if phrase.key(end) in _KINDS_OF_YEAR:
        end += 1
    shift = phrase.plain(end).shift
    if word.form == "the" and shift is not None:
        end += 1
    if phrase.gap(end) not in ("", "(", ":"):
        return None
    year = written_year(phrase, end)
    if year is None:
        return None
    end = year.end
    first = (hijri if year.hijri else gregorian)(year.value)
    last = first
    joined = phrase.gap(end) in ("/", "-", "–") or phrase.key(end).startswith("و")
    if (joined and phrase.gap(end) in ("", "/", "-", "–")) or word.form == "two":
        place_of_second = end + (phrase.key(end) in ("و", "الى", "حتى"))
        second = written_year(phrase, place_of_second)
        if second and (second.value > year.value) and second.hijri == year.hijri:
            last = (hijri if year.hijri else gregorian)(second.value)
            end = second.end
    if phrase.plain(end).shift is not None and phrase.plain(end).key in ("الجاري", "الحالي", "الماضي"):
        end += 1
    if first is None or last is None:
        return None
    days = Days(first.first, last.last, first.certain and last.certain)
    return Reading(place, end, days, "year" if last is first else "range", absolute=True)


def _unit(told: Told, place: int) -> Reading | None:
    """الشهر الماضي, هذا العام, العام قبل الماضي, السنوات الخمس المقبلة, الأيام الماضية."""
    phrase = told.phrase
    word = phrase.at(place)
    this = word.key in ("هذا", "هذه")
    at = place + this
    word = phrase.after(at) if this else word
    if word.unit not in _SPANS and not (word.unit == "day" and word.form == "the many"):
        return None
    unit = word.unit or ""
    end = at + 1
    if unit == "year" and phrase.key(end) in _KINDS_OF_YEAR:
        end += 1
    if word.form == "the":
        shift, end = _shift(phrase, end)
        if shift is None and not this:
            return None
        if shift is None and phrase.plain(end).shift is not None:
            return None
        days = calendar_unit(unit, told.today, shift or 0) if told.today else None
        return Reading(place, end, days, unit, absolute=False)
    if this:
        return None
    number = None
    if word.form == "the many":
        counted = phrase.after(end)
        digits = phrase.number(end)
        if counted.cardinal:
            number, end = counted.cardinal, end + 1
            if phrase.after(end).cardinal == 10 and number < 10:
                number, end = number + 10, end + 1
        elif digits:
            number, end = digits.value, end + 1
    elif word.form == "two":
        number = 2
    else:
        return None
    shift = phrase.plain(end).shift
    if not shift:
        return None
    days = several(unit, told.today, number, shift) if told.today and number else None
    return Reading(place, end + 1, days, "range", absolute=False)


def _shift(phrase: Phrase, place: int) -> tuple[int | None, int]:
    """-1 for الماضي, -2 for قبل الماضي or ما قبل الماضي, 2 for بعد المقبل; and the token behind."""
    shift = phrase.plain(place).shift
    if shift is not None:
        return shift, place + 1
    place_of = place + (phrase.key(place) == "ما")
    word, further = phrase.plain(place_of), phrase.plain(place_of + 1)
    if word.key == "قبل" and further.shift == -1:
        return -2, place_of + 2
    if word.key == "بعد" and further.shift == 1:
        return 2, place_of + 2
    return None, place


def _portion(told: Told, place: int) -> Reading | None:
    """مطلع العام الجاري, منتصف 2015, نهاية يوليو."""
    phrase = told.phrase
    which = phrase.at(place).portion
    if which is None or phrase.gap(place + 1):
        return None
    at = place + 1
    if phrase.at(at).clitics:
        return None
    whole = max(
        (one for one in (span(told, at), bare_year(told, at)) if one),
        key=lambda one: one.end,
        default=None,
    )
    if whole is None or whole.precision not in ("year", "month", "week", "decade", "century"):
        return None
    days = portion(whole.days, which, whole.precision) if whole.days else None
    precision = "range" if whole.precision == "year" else whole.precision
    return Reading(place, whole.end, days, precision, whole.absolute)


def _season(told: Told, place: int) -> Reading | None:
    """صيف 2014, الصيف الماضي, صيف هذا العام."""
    phrase = told.phrase
    season = phrase.at(place).season
    if season is None:
        return None
    definite = phrase.at(place).key.startswith("ال")
    if not definite:
        year = _year(told, place + 1) or _unit(told, place + 1) or bare_year(told, place + 1)
        if year is None or phrase.gap(place + 1) or year.precision != "year":
            return None
        days = _days_of_season(season, year.days.first.year) if year.days else None
        return Reading(place, year.end, days, "season", year.absolute)
    shift = phrase.plain(place + 1).shift
    if shift is None:
        return None
    days = _season_near(season, told.today, shift) if told.today else None
    return Reading(place, place + 2, days, "season", absolute=False)


def _days_of_season(season: int, year: int) -> Days | None:
    """The three months of the weather service; winter begins in December of the year before."""
    if season == 0:
        first, last = gregorian(year - 1, 12), gregorian(year, 2)
    else:
        first, last = gregorian(year, 3 * season), gregorian(year, 3 * season + 2)
    return Days(first.first, last.last, certain=False) if first and last else None


def _season_near(season: int, today: date, shift: int) -> Days | None:
    seasons = [
        days
        for year in range(today.year - 2, today.year + 3)
        if (days := _days_of_season(season, year))
    ]
    if shift < 0:
        return max((one for one in seasons if one.last < today), default=None)
    if shift > 0:
        return min((one for one in seasons if one.first > today), default=None)
    return min((one for one in seasons if one.last >= today), default=None)


def _ago(told: Told, place: int) -> Reading | None:
    """قبل يومين, منذ شهر, قبل ثلاثة أيام, بعد أسبوعين."""
    phrase = told.phrase
    direction = {"قبل": -1, "منذ": -1, "بعد": 1}.get(phrase.at(place).key)
    if direction is None:
        return None
    counted = _counted(phrase, place + 1)
    if counted is None:
        return None
    number, unit, end = counted
    if direction > 0 and not _is_ahead(phrase, place, end):
        return None
    days = None
    if told.today and number:
        days = calendar_unit(unit, told.today, direction * number)
        days = days and days._replace(certain=direction < 0)
    return Reading(place, end, days, unit, absolute=False)


def _is_ahead(phrase: Phrase, place: int, end: int) -> bool:
    """Whether بعد (after) is reckoned from now and not from what was told before."""
    behind = phrase.key(end) if not phrase.gap(end) else ""
    return behind not in ("من", "على") and tells_future(phrase, place, end)


def _counted(phrase: Phrase, place: int) -> tuple[int | None, str, int] | None:
    """How many of which unit: يومين, شهر, ثلاثة أيام, 15 عاما; None how many: سنوات."""
    word = phrase.plain(place)
    if word.unit in ("day", *_SPANS) and word.form in ("one", "two"):
        number = 1 if word.form == "one" else 2
        return number, word.unit or "", place + 1
    digits = phrase.number(place)
    number_of = digits.value if digits and not digits.era else word.cardinal
    if not number_of:
        return None
    end = place + 1
    if phrase.after(end).cardinal == 10 and number_of < 10 and not digits:
        number_of, end = number_of + 10, end + 1
    elif (phrase.after(end).cardinal or 0) >= 20 and number_of < 10 and not digits:
        number_of, end = number_of + (phrase.at(end).cardinal or 0), end + 1
    unit = phrase.plain(end)
    if unit.unit in ("day", *_SPANS) and unit.form in ("one", "many"):
        return number_of, unit.unit or "", end + 1
    return None


def _decade(told: Told, place: int) -> Reading | None:
    """الثمانينات, تسعينيات القرن الماضي."""
    phrase = told.phrase
    decade = phrase.at(place).decade
    if decade is None:
        return None
    end = place + 1
    if phrase.key(end) in _KINDS_OF_YEAR:
        end += 1
    century = 1900
    behind = end + (phrase.after(end).key == "من")
    found = _century(told, behind) or _unit(told, behind)
    if found and found.precision == "century" and found.days and not phrase.gap(end):
        if not found.absolute or found.days.first.year % 100 in (0, 1):
            century, end = found.days.first.year // 100 * 100, found.end
    elif not phrase.at(place).key.startswith("ال"):
        return None
    first, last = gregorian(century + decade), gregorian(century + decade + 9)
    if first is None or last is None:
        return None
    return Reading(place, end, Days(first.first, last.last), "decade", absolute=True)


def _century(told: Told, place: int) -> Reading | None:
    """القرن التاسع عشر, القرن الثالث الهجري."""
    phrase = told.phrase
    word = phrase.at(place)
    if word.unit != "century" or word.form != "the" or phrase.gap(place + 1):
        return None
    named = ordinal(phrase, place + 1, 21)
    if named is None:
        return None
    number, end = named
    era = phrase.plain(end).era
    end += era is not None
    if phrase.after(end).key == "قبل":
        return None  # before the common era there are no dates in an index
    if era == "hijri":
        first, last = hijri(100 * number - 99), hijri(100 * number)
        days = Days(first.first, last.last, certain=False) if first and last else None
    else:
        start = max(1, 100 * number - 100)
        days = Days(date(start, 1, 1), date(100 * number - 1, 12, 31))
    return Reading(place, end, days, "century", absolute=True)


def _part_of_year(told: Told, place: int) -> Reading | None:
    """الربع الأول من 2015, النصف الثاني من العام الجاري."""
    phrase = told.phrase
    word = phrase.at(place)
    parts = {"quarter": 4, "half": 2}.get(word.unit or "")
    if parts is None or phrase.gap(place + 1):
        return None
    named = ordinal(phrase, place + 1, parts)
    if named is None or word.form != "the":
        return None
    number, end = named
    at = end + (phrase.after(end).key in ("من", "ل", "في"))
    if phrase.gap(end) or phrase.gap(at):
        return None
    year = _year(told, at) or _unit(told, at) or (bare_year(told, at) if at > end else None)
    if year is None or year.precision != "year":
        return None
    if year.days is None:
        return Reading(place, year.end, None, word.unit or "", absolute=False)
    if year.days.first.month != 1:
        return None
    months = 12 // parts
    first = gregorian(year.days.first.year, months * (number - 1) + 1)
    last = gregorian(year.days.first.year, months * number)
    days = Days(first.first, last.last) if first and last else None
    return Reading(place, year.end, days, word.unit or "", year.absolute)
