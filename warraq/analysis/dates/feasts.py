"""Days of the two feasts: ثاني أيام عيد الفطر (the second day of the breaking of the fast)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from warraq.analysis.dates.calendars import Days, hijri, hijri_of
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.tables import HONOURS

# The Hijri month and day on which each begins.
_BREAKING_THE_FAST, _SACRIFICE = (10, 1), (12, 10)
_NAMES: Final = {"الفطر": _BREAKING_THE_FAST, "الاضحى": _SACRIFICE, "الاضحي": _SACRIFICE}
_LONGEST = 5


def day_of_a_feast(told: Told, place: int) -> Reading | None:
    """أول أيام العيد, ثاني أيام عيد الأضحى المبارك, يوم عيد الفطر; the feast that is nearest."""
    phrase = told.phrase
    number = phrase.at(place).ordinal
    if number and phrase.plain(place + 1).unit == "day" and phrase.at(place + 1).form != "one":
        named = _feast(phrase, place + 2, alone=True)
    elif phrase.at(place).unit == "day" and phrase.at(place).form == "one":
        number, named = 1, _feast(phrase, place + 1, alone=False)
    else:
        return None
    if named is None or number is None or number > _LONGEST:
        return None
    feasts, end = named
    days = _nearest(feasts, number, told.today) if told.today else None
    return Reading(place, end, days, "day", absolute=False)


def _feast(
    phrase: Phrase, place: int, *, alone: bool
) -> tuple[tuple[tuple[int, int], ...], int] | None:
    """The feasts that are named at `place`, and the token behind; alone: also العيد alone."""
    if phrase.gap(place) or phrase.key(place) not in ("عيد", "العيد"):
        return None
    name = _NAMES.get(phrase.key(place + 1)) if not phrase.gap(place + 1) else None
    if name is None and (not alone or phrase.key(place) != "العيد"):
        return None
    end = place + 1 + (name is not None)
    while phrase.key(end) in HONOURS and not phrase.gap(end):
        end += 1
    return ((name,) if name else (_BREAKING_THE_FAST, _SACRIFICE)), end


def _nearest(feasts: tuple[tuple[int, int], ...], number: int, today: date) -> Days | None:
    year = hijri_of(today)[0]
    found = (hijri(one, *begins) for one in (year - 1, year, year + 1) for begins in feasts)
    nearest = min(
        (days for days in found if days),
        key=lambda days: abs((days.first - today).days),
        default=None,
    )
    if nearest is None:
        return None
    day = nearest.first + timedelta(days=number - 1)
    return Days(day, day, certain=False)
