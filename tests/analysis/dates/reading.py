"""What the grammar of dates reads in a text, as the tables of these tests write it."""

from __future__ import annotations

from datetime import date

from warraq.analysis.dates.finding import dates_of
from warraq.annotations import DateMention, TextField
from warraq.text.tokens import sentences, tokens

THURSDAY = date(2015, 7, 23)
"""7 Shawwal 1436, a week after the fast of Ramadan was broken."""


def mentions(text: str, published: date | None = THURSDAY) -> list[DateMention]:
    return dates_of([TextField("body", text, tokens(text), sentences(text))], published)


def read(text: str, published: date | None = THURSDAY) -> list[tuple[str, str]]:
    """Each date with its days: "2015-07-23", "2015-07-01/2015-07-31", or "?" where none is told."""
    return [(one.text, days_of(one)) for one in mentions(text, published)]


def days_of(mention: DateMention) -> str:
    if mention.first is None or mention.last is None:
        return "?"
    if mention.first == mention.last:
        return mention.first.isoformat()
    return f"{mention.first}/{mention.last}"
