"""Days, months and years as they are written, each alone: الخامس عشر, آب/أغسطس, عام 1436 هـ."""

from __future__ import annotations

from typing import Final, NamedTuple

from warraq.analysis.dates.names import Month
from warraq.analysis.dates.phrase import NOTHING, Phrase
from warraq.analysis.dates.tables import HONOURS
from warraq.text.letters import FATHATAN
from warraq.text.lexicon import lexicon_keys

OLDEST_YEAR, NEWEST_YEAR = 1000, 2100
"""Of the Gregorian years that are told in digits alone, without an era."""
HIJRI_YEARS: Final = range(1300, 1500)
"""Numbers that are years of the Hijra where nothing tells the calendar."""
NEWEST_HIJRI_YEAR = 1600
"""Where the calendar is told; as far as `warraq.analysis.dates.calendars` reckons."""
_COUNTED: Final = lexicon_keys(
    "قدم متر كم كيلو كيلومتر ميل كجم جرام لتر هكتار ميجاوات نقطة ريال دولار درهم دينار جنيه"
    " يورو ليرة طن برميل وحدة سرير شخص عامل موظف طالب طالبة حاج معتمر لاجئ مواطن مستفيد متدرب مشارك"
    " سيارة حالة مقعد وظيفة مليون مليار ألف ساعة دقيقة يوم سنة عام شهر"
)
_KINDS = frozenset({"الميلادي", "الهجري", "الميلادية", "الهجرية"})


class Year(NamedTuple):
    """The year `value`; end: the token behind it."""

    value: int
    hijri: bool
    end: int


def day_of_month(phrase: Phrase, place: int) -> tuple[int, int] | None:
    """The day's number and the token behind it: 8, ال26, الثامن, الخامس عشر, الحادي والعشرين."""
    number = phrase.number_at(place)
    if number:
        fits = number.value in range(1, 32) and not number.era
        return (number.value, place + 1) if fits else None
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


def month_name(phrase: Phrase, place: int) -> tuple[Month, int] | None:
    """The month named at `place` and the token behind it; شهر may stand before the name.

    Two names of one month are one: كانون الثاني/يناير, «يناير (كانون الثاني)», نيسان أبريل.
    """
    word = phrase.at(place)
    if word.unit == "month" and word.form == "one":
        place += 1
        if phrase.gap(place):
            return None
    found = _one_month(phrase, place)
    if found is None:
        return None
    month, end = found
    other = _one_month(phrase, end) if phrase.gap(end) in ("", "/", "(", "-", "\\", "–") else None
    if other and (other[0].number, other[0].hijri) == (month.number, month.hijri):
        end = other[1]
    while month.hijri and phrase.key(end) in HONOURS and not phrase.gap(end):
        end += 1
    return month, end


def _one_month(phrase: Phrase, place: int) -> tuple[Month, int] | None:
    word = phrase.at(place)
    if word.months and not phrase.gap(place + 1):
        month = word.months.get(phrase.key(place + 1))
        if month:
            return month, place + 2
    return (word.month, place + 1) if word.month else None


def year_behind(phrase: Phrase, place: int, *, hijri: bool) -> Year | None:
    """The year behind a month: 2015, عام 2015, من عام 2015م, (2015), 1436 هـ."""
    gap = phrase.gap(place)
    if gap in ("/", "-", ")/", "\\") or (gap == "(" and phrase.gap(place + 1)[:1] == ")"):
        return written_year(phrase, place, hijri=hijri)
    if gap not in ("", ")", "،", ",", "),", ")،"):
        return None
    end = place
    if phrase.at(end).key in ("من", "في"):
        end += 1
        if phrase.after(end) is NOTHING and phrase.at(place).key == "في":
            return None
    word = phrase.at(end)
    if word.unit == "year" and word.form in ("one", "the"):
        end += 1
        end += phrase.key(end) in _KINDS
    elif end > place:
        return None
    return None if end > place and phrase.gap(end) else written_year(phrase, end, hijri=hijri)


def counts(phrase: Phrase, place: int) -> bool:
    """Whether a number before `place` counts what stands there: 1959 فرعا, 2000 قدم."""
    if phrase.gap(place) or not 0 <= place < len(phrase.tokens):
        return False
    token = phrase.tokens[place]
    tanwin = FATHATAN in token.form[-2:]
    accusative = token.key.endswith("ا") and len(token.key) > 3 and not token.key.endswith("يا")
    return tanwin or accusative or token.key in _COUNTED


def written_year(phrase: Phrase, place: int, *, hijri: bool | None = None) -> Year | None:
    """The year in digits at `place` with its era, glued to it or behind it.

    hijri: what the month says of the calendar; None where there is no month.
    """
    number = phrase.number_at(place)
    if number is None or number.length < 3:
        return None
    era, end = number.era, place + 1
    behind = phrase.plain(end, "(")
    if era is None and behind.era:
        era, end = behind.era, end + 1
    value = number.value
    by_number = value in HIJRI_YEARS if hijri is None else hijri and value <= NEWEST_HIJRI_YEAR
    if era == "hijri" or (era is None and by_number):
        return Year(value, hijri=True, end=end) if 0 < value <= NEWEST_HIJRI_YEAR else None
    oldest = 100 if era else OLDEST_YEAR
    return Year(value, hijri=False, end=end) if oldest <= value <= NEWEST_YEAR else None
