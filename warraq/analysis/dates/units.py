"""Weeks, months, years, decades and centuries by their distance or number: الأسبوع الماضي (last
week), السنوات الخمس المقبلة (the next five years), قبل يومين (two days ago), القرن التاسع عشر.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from warraq.analysis.dates.calendars import Days, gregorian, hijri, hijri_of
from warraq.analysis.dates.periods import calendar_unit, several
from warraq.analysis.dates.phrase import NOTHING, Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.tense import tense
from warraq.analysis.dates.written import ordinal

KINDS_OF_YEAR: Final = frozenset(
    {"الميلادي", "الميلادية", "الهجري", "الهجرية", "المالي", "المالية", "الدراسي", "الدراسية"}
    | {"الجامعي", "الجامعية"}
)
"""Adjectives between a year and what is said of it: العام الميلادي الجاري."""
_ABOUT = frozenset({"نحو", "حوالي", "حوالى", "قرابة", "قرابه", "زهاء"})
_FEW = frozenset({"القليلة", "القليله", "المعدودة"})
_OF_CALENDARS = frozenset({"الميلادي", "الميلادية", "المالي", "المالية", "الهجري", "الهجرية"})
_NEW = frozenset({"الجديد", "الجديدة"})
_JUNE = 6
_FEW_WORDS = 50
_LATEST = frozenset({"الاخيرة", "الاخيره", "الاخيرين", "الاخيرتين"})
_SPANS = frozenset({"week", "month", "year", "decade", "century"})


def unit(told: Told, place: int) -> Reading | None:
    """الشهر الماضي, هذا العام, العام قبل الماضي, السنوات الخمس المقبلة."""
    phrase = told.phrase
    this = phrase.at(place).key in ("هذا", "هذه")
    word = phrase.plain(place + 1) if this else phrase.at(place)
    if word.form == "the" and word.unit in _SPANS:
        return _one_unit(told, place, this=this)
    if word.form == "the many" and word.unit in ("day", *_SPANS) and not this:
        return _several_units(told, place)
    return None if this else _number_of_units(told, place)


def _one_unit(told: Told, place: int, *, this: bool) -> Reading | None:
    phrase = told.phrase
    name = phrase.at(place + this).unit or ""
    end = place + this + 1
    kind = phrase.key(end) if name in ("month", "year") and is_kind_of_year(phrase, end) else ""
    end += bool(kind)
    shift, end = shift_at(phrase, end)
    if shift is None and name == "year" and phrase.key(end) in _NEW and not phrase.gap(end):
        # The new year is the coming one, until it is old.
        shift, end = int(told.today is not None and told.today.month > _JUNE), end + 1
    if shift is None and not this:
        return None
    days = _days_of(told, place, name, shift, kind) if told.today else None
    return Reading(place, end, days, name, absolute=False)


def is_kind_of_year(phrase: Phrase, place: int) -> bool:
    """Whether the adjective at `place` says what kind of year or season: التدريبي, الكروي."""
    key = phrase.key(place)
    if phrase.gap(place) or key in KINDS_OF_YEAR:
        return key in KINDS_OF_YEAR
    relation = key.startswith("ال") and key.endswith(("ي", "ية", "يه"))
    told = phrase.plain(place + 1).shift is not None or phrase.number(place + 1) is not None
    told = told or phrase.key(place + 1) in _NEW
    return relation and told and phrase.at(place) is NOTHING


def _days_of(told: Told, place: int, name: str, shift: int | None, kind: str) -> Days | None:
    """shift: None of هذا, which may be what was named just before: خلال هذا الشهر."""
    if told.today is None:
        return None
    if name == "month" and shift is None and told.month and _means(told, place, told.month):
        return told.month.days
    if kind in ("الهجري", "الهجرية") and name == "year":
        return hijri(hijri_of(told.today)[0] + (shift or 0))
    if kind and kind not in _OF_CALENDARS:
        return None  # begins when a ministry says so
    return calendar_unit(name, told.today, shift or 0)


def _means(told: Told, place: int, month: Reading) -> bool:
    """Whether هذا الشهر at `place` is the month that was named by its name a few words before:
    behind في and خلال, for alone and behind من it is the present one.
    """
    named = told.phrase.at(month.start).form != "the" and not month.compared
    near = 0 <= place - month.end < _FEW_WORDS
    return named and near and told.phrase.before(place) in ("في", "خلال", "طوال", "طيلة")


def shift_at(phrase: Phrase, place: int) -> tuple[int | None, int]:
    """-1 for الماضي, -2 for قبل الماضي or ما قبل الماضي, 2 for بعد المقبل; and the token behind."""
    shift = phrase.plain(place).shift
    if shift is not None:
        return shift, place + 1
    at = place + (phrase.key(place) == "ما")
    word, further = phrase.plain(at), phrase.plain(at + 1)
    if word.key == "قبل" and further.shift == -1:
        return -2, at + 2
    if word.key == "بعد" and further.shift == 1:
        return 2, at + 2
    return None, place


def _several_units(told: Told, place: int) -> Reading | None:
    phrase = told.phrase
    number, end = count(phrase, place + 1) or (None, place + 1)
    if number is None and phrase.key(place).endswith("ين") and phrase.key(place) != "السنين":
        number = 2
    end += phrase.key(end) in _FEW
    shift = phrase.plain(end).shift or (-1 if _are_latest(phrase, end) else None)
    if not shift:
        return None
    name = phrase.at(place).unit or ""
    days = several(name, told.today, number, shift) if told.today and number else None
    return Reading(place, end + 1, days, "range", absolute=False)


def _are_latest(phrase: Phrase, place: int) -> bool:
    """الأخيرة of السنوات الأخيرة, which are the last ones; the last of something are others."""
    return phrase.key(place) in _LATEST and not phrase.gap(place) and phrase.key(place + 1) != "من"


def _number_of_units(told: Told, place: int) -> Reading | None:
    """العشر سنوات الماضية, 10 سنوات مقبلة."""
    phrase = told.phrase
    if not phrase.at(place).cardinal and not phrase.number_at(place):
        return None
    counted = number_of(phrase, place)
    shift = phrase.plain(counted[2]).shift if counted else None
    if counted is None or not shift or phrase.gap(place + 1):
        return None
    number, name, end = counted
    days = several(name, told.today, number, shift) if told.today else None
    return Reading(place, end + 1, days, "range", absolute=False)


def ago(told: Told, place: int) -> Reading | None:
    """قبل يومين, منذ شهر, قبل ثلاثة أيام; بعد أسبوعين where the sentence announces something."""
    phrase = told.phrase
    direction = {"قبل": -1, "منذ": -1, "بعد": 1}.get(phrase.at(place).key)
    counted = None
    about = phrase.plain(place + 1) is NOTHING and phrase.key(place + 1) in _ABOUT
    at = place + 1 + about
    if direction and not phrase.gap(place + 1) and not phrase.gap(at) and not phrase.clitics(at):
        counted = number_of(phrase, at)
    if direction is None or counted is None:
        return None
    number, name, end = counted
    if phrase.key(end) in ("من", "على") and not phrase.gap(end):
        return None  # before or after something else
    if direction > 0 and phrase.at(place - 1).form == "one":
        return None  # يوما بعد يوم (day by day)
    if direction > 0 and tense(phrase, place, end) <= 0:
        return None
    days = calendar_unit(name, told.today, direction * number) if told.today else None
    days = days and days._replace(certain=direction < 0 and not about)
    return Reading(place, end, days, name, absolute=False)


def number_of(phrase: Phrase, place: int) -> tuple[int, str, int] | None:
    """How many of which unit, and the token behind: يومين, شهر, ثلاثة أيام, 15 عاما."""
    word = phrase.at(place)
    if word.unit in ("day", *_SPANS) and word.form in ("one", "two"):
        return (1 if word.form == "one" else 2), word.unit or "", place + 1
    number = count(phrase, place)
    if number is None:
        return None
    counted = phrase.plain(number[1])
    if counted.unit in ("day", *_SPANS) and counted.form in ("one", "many"):
        return number[0], counted.unit or "", number[1] + 1
    return None


def count(phrase: Phrase, place: int) -> tuple[int, int] | None:
    """A cardinal number in digits or words, and the token behind: 15, ثلاثة, خمسة عشر."""
    digits = phrase.number_at(place)
    if digits:
        told = digits.value > 0 and not digits.era
        return (digits.value, place + 1) if told else None
    first, second = phrase.at(place).cardinal, phrase.after(place + 1)
    if first is None:
        return None
    if first < 10 and second.cardinal == 10:
        return first + 10, place + 2
    if first < 10 and (second.cardinal or 0) >= 20 and phrase.key(place + 1).startswith("و"):
        return first + (second.cardinal or 0), place + 2
    return first, place + 1


def decade(told: Told, place: int) -> Reading | None:
    """الثمانينات, تسعينيات القرن الماضي; of the twentieth century where none is named."""
    phrase = told.phrase
    tens = phrase.at(place).decade
    if tens is None:
        return None
    end = place + 1 + (phrase.key(place + 1) in KINDS_OF_YEAR)
    behind = end + (phrase.after(end).key == "من")
    apart = phrase.gap(end) or phrase.clitics(behind)
    named = None if apart else century(told, behind) or unit(told, behind)
    start = 1900
    if named and named.precision == "century":
        end = named.end
        start = (named.days.first.year - 1) // 100 * 100 if named.days else start
    elif not phrase.at(place).key.startswith("ال"):
        return None
    calendar = gregorian
    if phrase.key(place + 1) in ("الهجرية", "الهجري"):
        calendar, start = hijri, 1300
    first, last = calendar(start + tens), calendar(start + tens + 9)
    if first is None or last is None:
        return None
    return Reading(place, end, Days(first.first, last.last), "decade", absolute=True)


def century(told: Told, place: int) -> Reading | None:
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
        days = Days(date(100 * number - 99, 1, 1), date(100 * number, 12, 31))
    return Reading(place, end, days, "century", absolute=True)
