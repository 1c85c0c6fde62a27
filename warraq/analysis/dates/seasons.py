"""Seasons of the year and of sports: صيف 2014, الصيف الماضي, موسم 2014-2015, الموسم المقبل."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from warraq.analysis.dates.calendars import Days, gregorian
from warraq.analysis.dates.months import month
from warraq.analysis.dates.periods import season_of_sports
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.units import is_kind_of_year, shift_at, unit
from warraq.analysis.dates.years import bare_year, year, years_in_digits


def season(told: Told, place: int) -> Reading | None:
    """صيف 2014, الصيف الماضي, هذا الصيف, صيف هذا العام."""
    phrase = told.phrase
    this = phrase.at(place).key in ("هذا", "هذه")
    number = phrase.after(place + 1).season if this else phrase.at(place).season
    if number is None or (phrase.gap(place + 1) and not this):
        return None
    if not phrase.at(place + this).key.startswith("ال"):
        return _of_a_year(told, place, number)
    shift = 0 if this else phrase.plain(place + 1).shift
    if shift is None:
        return None
    days = _season_near(number, told.today, shift) if told.today else None
    return Reading(place, place + 2, days, "season", absolute=False)


def _of_a_year(told: Told, place: int, number: int) -> Reading | None:
    readings = (read(told, place + 1) for read in (year, unit, bare_year))
    named = max((one for one in readings if one), key=lambda one: one.end, default=None)
    if named is None or named.precision != "year":
        return None
    days = _days_of_season(number, named.days.first.year) if named.days else None
    return Reading(place, named.end, days, "season", named.absolute)


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


def sports_season(told: Told, place: int) -> Reading | None:
    """موسم 2014-2015, الموسم الماضي, هذا الموسم, موسم رمضان."""
    phrase = told.phrase
    if phrase.at(place).key == "هذا" and phrase.plain(place + 1).key == "الموسم":
        days = season_of_sports(told.today, 0) if told.today else None
        return Reading(place, place + 2, days, "season", absolute=False)
    word = phrase.at(place)
    if word.unit != "season" or word.form not in ("one", "the"):
        return None
    end = place + 1 + (word.form == "the" and is_kind_of_year(phrase, place + 1))
    new = word.form == "the" and phrase.key(end) == "الجديد" and not phrase.gap(end)
    shift = None
    if new or (word.form == "the" and phrase.key(end) == "السابق" and not phrase.gap(end)):
        shift, end = 0 if new else -1, end + 1
    elif word.form == "the":
        shift, end = shift_at(phrase, end)
    named = years_in_digits(phrase, end) if phrase.gap(end) in ("", "(") else None
    if named is None and word.form == "one" and phrase.at(end).month and not phrase.gap(end):
        named = month(told, end)
    if named:
        return replace(named, start=place)
    if shift is None:
        return None
    days = season_of_sports(told.today, shift) if told.today else None
    return Reading(place, end, days, "season", absolute=False)
