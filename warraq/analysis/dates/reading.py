"""A reading: what an expression says, and what it was read from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from warraq.analysis.dates.calendars import DAY, Days
from warraq.analysis.dates.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens [start, end) name `days`; None where only the day of publication would tell.

    precision: as in `DateMention`. absolute: whether the words alone tell the year.
    compared: whether it is told from another one, as the same month of last year is; nothing is
    told from it.
    """

    start: int
    end: int
    days: Days | None
    precision: str
    absolute: bool
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an expression is read in: the text, the day it was written for, if that is known, and
    what was named last: anything, a month, and some months of a year.
    """

    phrase: Phrase
    today: date | None
    last: Reading | None = None
    month: Reading | None = None
    months: Reading | None = None

    def after(self, found: Reading) -> Told:
        """What an expression behind `found` is read in."""
        if found.compared:
            return self
        return replace(
            self,
            last=found,
            month=found if found.precision == "month" else self.month,
            months=found if _is_part_of_a_year(found.days) else self.months,
        )

    def reckoned_from(self, *, anchored: bool) -> date | None:
        """The day that a date without a year is reckoned from: the present one, or where it says
        من العام نفسه (of the same year) the one that was named last, if there is one.
        """
        named = self.last.days if anchored and self.last else None
        return named.first if named else self.today


def _is_part_of_a_year(days: Days | None) -> bool:
    """Whether it is whole months of a Gregorian year, but not all of them."""
    if days is None or days.first.year != days.last.year or days.first.day != 1:
        return False
    whole = (days.first.month, days.last.month) == (1, 12)
    return not whole and (days.last + DAY).day == 1
