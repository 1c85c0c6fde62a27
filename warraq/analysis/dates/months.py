"""Months by their names, their last ten days, and the holy one, by its honours."""

from __future__ import annotations

from typing import Final

from warraq.analysis.dates.absolute import CalendarDate, calendar_month
from warraq.analysis.dates.periods import portion, resolved
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.tense import tense

_TENS_OF_DAYS: Final = {
    "الاوائل": "start",
    "الاولى": "start",
    "الاواسط": "middle",
    "الاواخر": "end",
    "الاخيرة": "end",
}
_RAMADAN = 9


def month(told: Told, place: int) -> Reading | None:
    """مايو 2014, شهر مايو الماضي, رمضان."""
    found = calendar_month(told.phrase, place)
    if found is None:
        return None
    tells = 0 if found.year else tense(told.phrase, place, found.end)
    days = resolved(found, told.reckoned_from(anchored=found.anchored), tells)
    return Reading(place, found.end, days, "month", found.year is not None)


def ten_days(told: Told, place: int) -> Reading | None:
    """العشر الأواخر من رمضان (the last ten days of Ramadan), also where the month is not named."""
    phrase = told.phrase
    which = _TENS_OF_DAYS.get(phrase.key(place + 1)) if phrase.at(place).key == "العشر" else None
    if which is None or phrase.gap(place + 1):
        return None
    end = place + 2
    named = month(told, end + (phrase.after(end).key == "من")) if not phrase.gap(end) else None
    if named is None or phrase.gap(named.start):
        ramadan = CalendarDate(end, None, _RAMADAN, hijri=True)
        days = resolved(ramadan, told.today, tense(phrase, place, end))
        named = Reading(place, end, days, "month", absolute=False)
    days = portion(named.days, which, "month") if named.days else None
    return Reading(place, named.end, days, "range", named.absolute)


def holy_month(told: Told, place: int) -> Reading | None:
    """الشهر الكريم, هذا الشهر الفضيل: Ramadan."""
    phrase = told.phrase
    at = place + (phrase.at(place).key == "هذا")
    word = phrase.at(at)
    if word.unit != "month" or word.form != "the" or phrase.gap(at + 1):
        return None
    if phrase.key(at + 1) not in ("الكريم", "الفضيل", "المبارك"):
        return None
    ramadan = CalendarDate(at + 2, None, _RAMADAN, hijri=True)
    days = resolved(ramadan, told.today, tense(phrase, place, at + 2))
    return Reading(place, at + 2, days, "month", absolute=False)
