"""Years, with the word or without: عام 2014, عامي 2013 و2014, 1436/1437هـ, في 2014."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from warraq.analysis.dates.absolute import UNTIL
from warraq.analysis.dates.calendars import Days, gregorian, hijri
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.units import is_kind_of_year
from warraq.analysis.dates.written import Year, counts, written_year
from warraq.text.lexicon import lexicon_keys

# A number of four digits behind them is a year.
_BEFORE_YEARS: Final = lexicon_keys(
    "في منذ خلال حتى إلى لغاية بين بحلول ثم أيضا لسنة موديل نسخة رؤية دورة مونديال يورو كأس العالم"
    " بطولة أولمبياد معرض مهرجان إكسبو عيد رمضان حرب ثورة انتخابات"
)
# And behind these it is a number.
_BEFORE_NUMBERS: Final = lexicon_keys(
    "رقم الرقم رقمه المادة الفقرة البند القرار قرار القرارات القانون قانون"
    " بلغ بلغت بلغوا نحو حوالي قرابة مبلغ قدره بواقع عدد عددهم من على تحويلة"
)
_BESIDE_NUMBERS = ("%", "٪", "/", "-", ":", "+", "$", "#", "*", "=", "﷼")
# Words that no number counts.
_UNCOUNTED: Final = lexicon_keys("في من إلى على عن ثم حيث بعد قبل مع لكن هو هي حتى عندما بينما")
_BEFORE_ALONE, _BEHIND_ALONE = ("(", ")", '"', "»"), (")", "،", ",", ".", "(")
_ERAS = frozenset({"ه", "هجري", "هجرية", "م", "ميلادي", "ميلادية"})
_LIKELY_YEARS = range(1900, 2051)
_JOINS = ("", "/", "-", "–", "ـ", "_")


def year(told: Told, place: int) -> Reading | None:
    """عام 2014, العام الماضي 2014م, عامي 2013 و2014, العام 1436/1437."""
    phrase = told.phrase
    word = phrase.at(place)
    if word.unit != "year" or word.form not in ("one", "the", "two"):
        return None
    end = place + 1 + is_kind_of_year(phrase, place + 1)
    if word.form == "the" and (phrase.plain(end).shift is not None or phrase.key(end) == "الجديد"):
        end += 1
    found = years_in_digits(phrase, end) if phrase.gap(end) in ("", "(", ":") else None
    if found is None:
        return None
    end = found.end
    if phrase.plain(end).shift is not None and phrase.plain(end).key.startswith("ال"):
        end += 1
    return replace(found, start=place, end=end)


def years_in_digits(phrase: Phrase, place: int) -> Reading | None:
    """One year in digits, or two: 2014, 2013 و2014, 1436/1437."""
    year = written_year(phrase, place) or _short_year(phrase, place)
    if year is None:
        return None
    last = _second_year(phrase, year) or year
    first_days, last_days = _days_of(year), _days_of(last)
    if first_days is None or last_days is None:
        return None
    days = Days(first_days.first, last_days.last, first_days.certain and last_days.certain)
    return Reading(place, last.end, days, "year" if last is year else "range", absolute=True)


def _short_year(phrase: Phrase, place: int) -> Year | None:
    """36 of 36/1437هـ (the year of schools)."""
    number = phrase.number_at(place)
    joined = phrase.gap(place + 1) in ("/", "-", "–", "ـ")
    second = written_year(phrase, place + 1) if number and joined else None
    if number is None or second is None or number.value != (second.value - 1) % 100:
        return None
    return Year(second.value - 1, second.hijri, place + 1)


def _second_year(phrase: Phrase, first: Year) -> Year | None:
    """The year that is joined to `first`: 1437 of 1436/1437, 2014 of عامي 2013 و2014."""
    if phrase.gap(first.end) not in _JOINS:
        return None
    place = phrase.joined_by_and(first.end)
    if place is None:
        place = first.end + (phrase.at(first.end).key in UNTIL)
        if place == first.end and not phrase.gap(place):
            return None
    number = phrase.number_at(place)
    if number and number.length == 2 and not number.era and phrase.gap(first.end) in ("/", "-"):
        follows = number.value == (first.value + 1) % 100  # 2013-14
        return Year(first.value + 1, first.hijri, place + 1) if follows else None
    second = written_year(phrase, place)
    return second if second and second.value > first.value and second.hijri == first.hijri else None


def bare_year(told: Told, place: int) -> Reading | None:
    """A number of four digits that can only be a year: its place or its era says so."""
    year = written_year(told.phrase, place)
    days = year and _days_of(year)
    return Reading(place, year.end, days, "year", absolute=True) if year and days else None


def in_brackets(told: Told, named: Reading) -> Reading | None:
    """The years in brackets behind a span that is named otherwise: (1437-1441هـ); or the year of
    the other calendar behind a dash: 1436هـ/2015م, of which the Gregorian one counts.
    """
    gap = told.phrase.gap(named.end)
    if gap != "(" and (gap not in _JOINS or (not gap and not _ends_in_era(told, named))):
        return None
    other = years_in_digits(told.phrase, named.end)
    if other is None or not (named.precision == other.precision == "year"):
        return other if gap == "(" else None
    if named.days is None or other.days is None:
        return None
    overlap = other.days.first <= named.days.last and named.days.first <= other.days.last
    if _is_gregorian(other.days) is _is_gregorian(named.days) or not overlap:
        return None
    return other if _is_gregorian(other.days) else replace(other, days=named.days)


def _ends_in_era(told: Told, named: Reading) -> bool:
    return told.phrase.key(named.end - 1) in _ERAS


def _is_gregorian(year: Days) -> bool:
    return (year.first.month, year.first.day) == (1, 1)


def lone_year(told: Told, place: int) -> Reading | None:
    """A year without the word: 2014م, or 2014 behind في, منذ … and not before what it counts."""
    phrase = told.phrase
    found = bare_year(told, place)
    number = phrase.number_at(place)
    pair = years_in_digits(phrase, place) if phrase.gap(place + 1) in ("/", "-", "–") else None
    if pair and pair.precision == "range" and _are_neighbours(phrase, pair):
        return pair
    if found is None or found.days is None or number is None:
        return None
    if number.era or found.end > place + 1:  # 1500م is a distance
        likely = found.days.first.year in _LIKELY_YEARS and phrase.key(found.end) != "مربع"
    else:
        likely = number.value in _LIKELY_YEARS and _stands_for_a_year(phrase, place)
    return found if likely else None


def _are_neighbours(phrase: Phrase, pair: Reading) -> bool:
    """Whether two numbers that a dash joins are a year and the next: 2014/2015, 1436-1437هـ."""
    first, last = phrase.number_at(pair.start), phrase.number_at(pair.start + 1)
    if first is None or last is None or pair.days is None or first.dotted or last.dotted:
        return False
    alone = phrase.gap(pair.start)[-1:] not in _BESIDE_NUMBERS
    return alone and first.value + 1 == last.value and pair.days.first.year in _LIKELY_YEARS


def _stands_for_a_year(phrase: Phrase, place: int) -> bool:
    before, behind = phrase.gap(place), phrase.gap(place + 1)
    if behind[:1] in _BESIDE_NUMBERS or before[-1:] in _BESIDE_NUMBERS or counts(phrase, place + 1):
        return False
    if phrase.before(place) in _BEFORE_YEARS:
        return True
    if before[-1:] in _BEFORE_ALONE and behind[:1] in _BEHIND_ALONE:
        return True  # (2011), «a title» 2011،
    return phrase.before(place) != "" and _is_apart(phrase, place)


def _is_apart(phrase: Phrase, place: int) -> bool:
    """Whether what stands behind a number cannot be what it counts."""
    number = phrase.number_at(place - 1)
    if phrase.key(place - 1) in _BEFORE_NUMBERS:
        return False
    parted = phrase.number_at(place - 2) if phrase.key(place - 1) == "و" else None
    if parted:  # 1747 و 1929, which are no years
        return parted.value in _LIKELY_YEARS
    if number:  # في 2013 و2014
        return phrase.clitics(place) > 0 and number.value in _LIKELY_YEARS
    behind = phrase.key(place + 1)
    apart = behind.startswith(("ال", "و")) or behind in _UNCOUNTED
    return apart or bool(phrase.gap(place + 1))


def _days_of(year: Year) -> Days | None:
    return (hijri if year.hijri else gregorian)(year.value)
