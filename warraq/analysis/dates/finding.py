"""Finds the dates of a field: tries the grammar where one can begin, and holds back false friends."""

from __future__ import annotations

from datetime import date

from warraq.analysis.dates.days import day
from warraq.analysis.dates.false_friends import is_false_friend
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.ranges import range_of
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.spans import lone_year, span
from warraq.annotations import DateMention, TextField


def dates_of(field: TextField, published: date | None) -> list[DateMention]:
    """The dates in `field`, in order; `published`: the day that relative ones are reckoned from."""
    phrase = Phrase(field)
    told = Told(phrase, published)
    found: list[DateMention] = []
    behind = 0
    for place in phrase.starts():
        if place < behind:
            continue
        reading = _reading(told, place)
        if reading is None:
            continue
        behind = reading.end
        found.append(_mention(field, phrase, reading))
    return found


def _reading(told: Told, place: int) -> Reading | None:
    """The longest reading at `place`, if there is one and it is what it looks like."""
    readings = [one for read in (day, span, range_of, lone_year) if (one := read(told, place))]
    found = max(readings, key=lambda one: one.end, default=None)
    return None if found is None or is_false_friend(told.phrase, found) else found


def _mention(field: TextField, phrase: Phrase, reading: Reading) -> DateMention:
    start, end = phrase.span(reading.start, reading.end)
    days = reading.days
    return DateMention(
        field=field.name,
        start=start,
        end=end,
        text=field.text[start:end],
        first=days.first if days else None,
        last=days.last if days else None,
        precision=reading.precision,
        kind="absolute" if reading.absolute else "relative",
        certain=days.certain if days else False,
    )
