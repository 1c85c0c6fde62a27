"""A reading: what an expression says, and what it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from warraq.analysis.dates.calendars import Days
from warraq.analysis.dates.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens [start, end) name `days`; None where only the day of publication would tell.

    precision: as in `DateMention`. absolute: whether the words alone tell the year.
    """

    start: int
    end: int
    days: Days | None
    precision: str
    absolute: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What an expression is read in: the text, the day it was written for, if that is known, and
    the month that was named last.
    """

    phrase: Phrase
    today: date | None
    month: Days | None = None
