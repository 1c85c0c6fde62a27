"""The first or last days, weeks or months of a longer span: الأشهر التسعة الأولى من العام (the
first nine months of the year), الأسبوع الأول من رمضان, أول شهرين من 2015, أول أيام رمضان.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from warraq.analysis.dates.calendars import DAY, Days, gregorian
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.units import count, number_of
from warraq.analysis.dates.written import ordinal

_Whole = Callable[[Told, int], Reading | None]
_FIRST: Final = frozenset({"الاولى", "الاولي", "الاول", "الاوائل", "الاولين", "الاوليين"})
_LAST: Final = frozenset({"الاخيرة", "الاخيره", "الاخير", "الاخيرين", "الاواخر"})
_LENGTHS: Final = {"day": 1, "week": 7, "month": 28, "year": 365, "decade": 3652, "century": 36524}


class _Part(NamedTuple):
    """Of `unit`s those from the number `first` to `last`, from the end if `back`; end: the token
    behind.
    """

    unit: str
    first: int
    last: int
    back: bool
    end: int


def firsts(told: Told, place: int, whole: _Whole) -> Reading | None:
    """whole: reads the span that they are of."""
    phrase = told.phrase
    fraction = _fraction(told, place, whole)
    if fraction:
        return fraction
    part = _units_first(phrase, place) or _first_units(phrase, place)
    if part is None or phrase.gap(part.end):
        return None
    days_of = phrase.at(part.end - 1).form == "many" and phrase.at(place).ordinal is not None
    start = part.end + (phrase.at(part.end).key == "من")
    of = whole(told, start) if start > part.end or days_of else None
    if of is None or phrase.gap(start) or _LENGTHS.get(of.precision, 0) <= _LENGTHS[part.unit]:
        return None
    days = _days(of, part) if of.days else None
    one = part.first == part.last
    return Reading(place, of.end, days, part.unit if one else "range", of.absolute)


def _fraction(told: Told, place: int, whole: _Whole) -> Reading | None:
    """النصف الثاني من رمضان, الثلث الأول من شهر يونيو."""
    phrase = told.phrase
    word = phrase.at(place)
    parts = {"half": 2, "third": 3}.get(word.unit or "")
    if parts is None or word.form != "the" or phrase.gap(place + 1):
        return None
    last = phrase.key(place + 1) in _LAST
    number, end = (parts, place + 2) if last else ordinal(phrase, place + 1, parts) or (0, place)
    if not number or phrase.after(end).key != "من" or phrase.gap(end + 1):
        return None
    of = whole(told, end + 1)
    if of is None or of.precision != "month":
        return None
    days = None
    if of.days:
        first, length = of.days.first, 30 // parts
        begin = first + (number - 1) * length * DAY
        end_of = of.days.last if number == parts else begin + (length - 1) * DAY
        days = Days(begin, end_of, of.days.certain)
    return Reading(place, of.end, days, "range", of.absolute)


def _units_first(phrase: Phrase, place: int) -> _Part | None:
    """الأشهر الستة الأولى, الستة أشهر الأولى, الأسبوعين الأولين, الأسبوع الأخير, الأسبوع الثاني."""
    word = phrase.at(place)
    if word.unit == "week" and word.form == "the" and not phrase.gap(place + 1):
        nth = ordinal(phrase, place + 1, 5)
        if nth:
            return _Part("week", nth[0], nth[0], back=False, end=nth[1])
        last = phrase.key(place + 1) in _LAST
        return _Part("week", 1, 1, back=True, end=place + 2) if last else None
    number, name, end = None, word.unit, place + 1
    if word.form == "the many" and not phrase.gap(end):
        number, end = count(phrase, end) or (None, end)
        number = 2 if number is None and phrase.key(place).endswith("ين") else number
    elif word.cardinal or phrase.number_at(place):
        number, name, end = number_of(phrase, place) or (None, None, end)
    key = phrase.key(end) if not phrase.gap(end) else ""
    if not number or name not in ("day", "week", "month") or key not in (_FIRST | _LAST):
        return None
    return _Part(name, 1, number, back=key in _LAST, end=end + 1)


def _first_units(phrase: Phrase, place: int) -> _Part | None:
    """أول تسعة أشهر, آخر أسبوع, أول أيام رمضان, ثالث أيام شوال."""
    word, behind = phrase.at(place), phrase.plain(place + 1)
    if word.ordinal and behind.unit == "day" and behind.form == "many":
        return _Part("day", word.ordinal, word.ordinal, back=False, end=place + 2)
    if word.key not in ("اول", "اخر"):
        return None
    found = number_of(phrase, place + 1) if not phrase.gap(place + 1) else None
    if found is None or found[1] not in ("day", "week", "month"):
        return None
    return _Part(found[1], 1, found[0], back=word.key == "اخر", end=found[2])


def _days(of: Reading, part: _Part) -> Days | None:
    """None where the span has not so many."""
    if of.days is None:
        return None
    first, last, certain = of.days
    if part.unit == "month":
        return _months(of.days, part)
    width = _LENGTHS[part.unit] * DAY
    if part.back:
        days = Days(last - part.last * width + DAY, last - (part.first - 1) * width, certain)
    else:
        days = Days(first + (part.first - 1) * width, first + part.last * width - DAY, certain)
    days = Days(max(days.first, first), min(days.last, last), certain)
    return days if days.first <= days.last else None


def _months(whole: Days, part: _Part) -> Days | None:
    year = whole.first.year
    if (whole.first.month, whole.first.day, whole.last.year) != (1, 1, year) or part.last > 12:
        return None
    first, last = (13 - part.last, 13 - part.first) if part.back else (part.first, part.last)
    begin, end = gregorian(year, first), gregorian(year, last)
    return Days(begin.first, end.last, whole.certain) if begin and end else None
