"""The day an article was written for, where it says so itself: «اليوم الاثنين» in an article that
was published on a Wednesday was written on Monday. Archives and agencies publish days later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from warraq.analysis.dates.calendars import DAY, gregorian, hijri, hijri_of, month_after
from warraq.analysis.dates.phrase import Phrase

# Days before the publication; farther back, or ahead, nobody could tell.
_BACK = range(6)


def day_of_writing(phrases: Sequence[Phrase], published: date) -> date:
    """The day that most of the weekdays beside اليوم, أمس and غدا fit, at most five days before
    `published`; or the last day of the month that the article calls the present one, if that was
    the one before. Else `published`.
    """
    days: Counter[date] = Counter()
    months: list[date] = []
    for phrase in phrases:
        for place, word in enumerate(phrase.words):
            if word is None:
                continue
            if word.deictic is not None:
                day = _by_weekday(phrase, place, word.deictic, published)
                days.update([day] if day else [])
            elif word.shift == 0:
                month = _by_month(phrase, place, published)
                months += [month] if month else []
    if days:
        return max(days, key=lambda day: (days[day], -abs((published - day).days)))
    return max(months, default=published)


def _by_weekday(phrase: Phrase, place: int, offset: int, published: date) -> date | None:
    end = place + 1
    before = phrase.before(place)
    if before == "بعد" or (before == "من" and phrase.before(place - 1) == "اول"):
        offset *= 2
    elif before in ("اول", "قبل"):
        offset -= 1
    if offset == -1 and phrase.plain(end).key == "الاول":
        offset, end = -2, end + 1
    weekday = phrase.plain(end, "(", "،", '"', "«", "“").weekday
    if weekday is None or phrase.at(place).key == "الليلة":
        return None
    days = (published - back * DAY for back in _BACK)
    return next((day for day in days if (day + offset * DAY).weekday() == weekday), None)


def _by_month(phrase: Phrase, place: int, published: date) -> date | None:
    """The last day of the month before where that is called the present one: يونيو الجاري."""
    month = phrase.at(place - 1).month
    if month is None or phrase.gap(place):
        return None
    present = hijri_of(published) if month.hijri else (published.year, published.month)
    before = month_after(*present, -1)
    if before[1] != month.number:
        return None
    days = (hijri if month.hijri else gregorian)(*before)
    return days.last if days else None
