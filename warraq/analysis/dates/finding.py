"""The step `dates`: tries the grammar where a date can begin, and holds back false friends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from warraq.analysis.dates.days import day
from warraq.analysis.dates.edition import day_of_writing
from warraq.analysis.dates.false_friends import is_false_friend
from warraq.analysis.dates.feasts import day_of_a_feast
from warraq.analysis.dates.names import WORDS
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.ranges import range_of
from warraq.analysis.dates.reading import Reading, Told
from warraq.analysis.dates.spans import span
from warraq.analysis.dates.years import in_brackets, lone_year
from warraq.annotations import DateMention, Entity, TextField, as_dict
from warraq.document import Document
from warraq.text.lexicon import lexicon_key

MOST = 500
"""Dates of one article that the index gets."""
_MOST_PLACES = 50_000  # looked at in one field: an almanac of 10 MB is no article
_GRAMMAR = (day, day_of_a_feast, span, lone_year)
_PREPOSITIONS = frozenset({"منذ", "قبل", "بعد"})
_YEARS_OF_PAPERS = range(1700, 2300)
_NAMED_BY_DAYS = ("person", "place")
_DAYS, _BESIDE_FEASTS = frozenset({"day", "part-of-day"}), frozenset({"", "(", "،"})
_HAVE_YEARS = frozenset({"year", "range", "season"})


def find_dates(document: Document) -> None:
    """Sets `document.dates` and the fields `mentions` (the spans of days that are told, each once)
    and `dates`. Relative dates are reckoned from the day of publication where it was published; a
    word that is a part of an entity's name (سوق الخميس, a market) is no date.
    """
    published = document.article.published_at
    today = published.date() if published else None
    found = dates_of(document.text_fields, today)
    names = {field.name: _names(field.name, document.entities) for field in document.text_fields}
    document.dates = [one for one in found if not _in_a_name(one, names[one.field])]
    document.fields |= index_fields(document.dates[:MOST])


def _names(field: str, entities: Sequence[Entity]) -> list[Entity]:
    """The persons and places of a field, by their place."""
    named = (one for one in entities if one.field == field and one.type in _NAMED_BY_DAYS)
    return sorted(named, key=attrgetter("start"))


def index_fields(dates: Sequence[DateMention]) -> dict[str, Any]:
    """`dates` as `warraq.index.schema` has them."""
    spans = dict.fromkeys((one.first, one.last) for one in dates if one.first and one.last)
    return {
        "mentions": [
            {"gte": first.isoformat(), "lte": last.isoformat()}
            for first, last in spans
            if first and last
        ],
        "dates": [as_dict(one) for one in dates],
    }


def _in_a_name(mention: DateMention, names: Sequence[Entity]) -> bool:
    """Whether the one word of `mention` is a part of a person's or a place's longer name; names
    that seem to hold أمس or اليوم reach too far. `names`: of its field, by their place.
    """
    word = WORDS.get(lexicon_key(mention.text))
    if " " in mention.text or (word is not None and word.deictic is not None):
        return False
    before = bisect_right(names, mention.start, key=attrgetter("start"))
    if not before:
        return False
    name = names[before - 1]
    return mention.end <= name.end and (name.start, name.end) != (mention.start, mention.end)


def dates_of(fields: Sequence[TextField], published: date | None) -> list[DateMention]:
    """The dates in `fields`, in order. `published`: the day that relative ones are reckoned from,
    unless the article itself says that it was written for another one; none where it is of a time
    without newspapers, from which there might be no days to reckon to.
    """
    phrases = [Phrase(field) for field in fields]
    dated = published is not None and published.year in _YEARS_OF_PAPERS
    today = day_of_writing(phrases, published) if published and dated else None
    return [
        _mention(field, phrase, reading, sure=today == published)
        for field, phrase in zip(fields, phrases, strict=True)
        for reading in _readings(Told(phrase, today))
    ]


def _readings(told: Told) -> Iterator[Reading]:
    """What is read in the text of `told`, in order, if it is what it looks like."""
    behind = 0
    for place in told.phrase.starts()[:_MOST_PLACES]:
        found = _longest(told, place) if place >= behind else None
        if found is None:
            continue
        if is_false_friend(told.phrase, found):
            behind = found.end
            continue
        found = _also_named(told, found)
        behind = found.end
        told = told.after(found)
        yield found


def _also_named(told: Told, found: Reading) -> Reading:
    """`found` with what tells the same behind it: الموافق 23 يوليو, (1437-1441هـ)."""
    if told.phrase.after(found.end).key == "الموافق":
        same = _longest(told, found.end + 1)
    elif found.precision in _DAYS and told.phrase.gap(found.end) in _BESIDE_FEASTS:
        feast = day_of_a_feast(told, found.end)
        return replace(found, end=feast.end) if feast else found
    else:
        same = in_brackets(told, found) if found.precision in _HAVE_YEARS else None
    return replace(same, start=found.start) if same else found


def _longest(told: Told, place: int) -> Reading | None:
    readings = [one for read in _GRAMMAR if (one := read(told, place))]
    ranged = range_of(told, place, readings)
    found = max((*readings, ranged) if ranged else readings, key=_end, default=None)
    if found is None or told.phrase.at(place).key not in _PREPOSITIONS:
        return found
    # منذ عام is "for a year", and منذ عام 1961 "since the year 1961", which begins later
    behind = _longest(told, place + 1)
    return None if behind and behind.end > found.end else found


def _end(reading: Reading) -> int:
    return reading.end


def _mention(field: TextField, phrase: Phrase, reading: Reading, *, sure: bool) -> DateMention:
    """`reading` as it is told to others; sure: whether relative dates are reckoned from the day of
    publication.
    """
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
        certain=days is not None and days.certain and (reading.absolute or sure),
    )
