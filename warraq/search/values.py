"""What is typed behind `field:` → values as the index has them.

All functions raise ValueError with a plain sentence where the value cannot be one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from warraq.analysis import morphology
from warraq.search.codes import country, language
from warraq.search.fields import Field
from warraq.text.letters import WITHOUT_UNSEEN
from warraq.text.normalize import fold

_DATE = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_RANGE = re.compile(r"\.{2,3}|…")
_DASHES = dict.fromkeys(map(ord, "−–—‐‑"), "-")
_HOW_TO_DATE = "a day is written as 2018, 2018-01 or 2018-01-08"
# As the morphology spells roots: سءل of سأل.
_HAMZAS = dict.fromkeys(map(ord, "أإآؤئٱ"), "ء")
_ROOT = re.compile("[\u0621-\u064a]{2,6}")


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included; None where there is no end."""

    first: date | None
    last: date | None


def values(field: Field, value: str) -> tuple[str, ...]:
    """What the index has to have, one of them, in a `field` that does not hold days."""
    match field.kind:
        case "country":
            return (_known(country(value), "country", "its name, or a code such as LY"),)
        case "language":
            return (_known(language(value), "language", "a code such as ar or en"),)
        case "lemma":
            return _lemmas(value)
        case "root":
            return _roots(value)
        case _:
            return (value,)


def days(value: str) -> Days:
    """2018, 2018-01, 2018-01-08, or two of them with .. between, one of which may be left out."""
    parts = _RANGE.split(fold(value).translate(_DASHES))
    if len(parts) == 1:
        return Days(_first(parts[0]), _last(parts[0]))
    if len(parts) > 2 or not any(parts):
        raise ValueError("a range is two days with .. between, one of which may be left out")
    first = _first(parts[0]) if parts[0] else None
    last = _last(parts[1]) if parts[1] else None
    if first and last and first > last:
        raise ValueError("the range ends before it begins")
    return Days(first, last)


def _first(text: str) -> date:
    year, month, day = _date(text)
    return _day(year, month or 1, day or 1)


def _last(text: str) -> date:
    year, month, day = _date(text)
    month = month or 12
    first = _day(year, month, 1)
    return _day(year, month, day or monthrange(first.year, first.month)[1])


def _date(text: str) -> tuple[int, int | None, int | None]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(_HOW_TO_DATE)
    year, month, day = (None if part is None else int(part) for part in match.groups())
    return year or 0, 13 if month == 0 else month, 32 if day == 0 else day


def _day(year: int, month: int, day: int) -> date:
    if year == 0:
        raise ValueError("there is no year 0")
    if month > 12:
        raise ValueError("there is no such month")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("there is no such day in that month") from None


def _known(code: str | None, what: str, how: str) -> str:
    if code is None:
        raise ValueError(f"there is no such {what}: type {how}")
    return code


def _lemmas(word: str) -> tuple[str, ...]:
    """The likeliest lemma of `word`, and `word` itself, which may be another one's: كتب."""
    bare = _one_word(word, "lemma")
    return tuple(dict.fromkeys((morphology.lemma(bare), bare)))


def _roots(word: str) -> tuple[str, ...]:
    """`word` as a root, with or without dashes between its letters, and the root that it has."""
    bare = _one_word(word.translate(_DASHES).replace("-", ""), "root")
    if not _ROOT.fullmatch(bare):
        raise ValueError("a root is three or four Arabic letters")
    root = morphology.root(bare)
    return tuple(dict.fromkeys(filter(None, (bare.translate(_HAMZAS), root))))


def _one_word(word: str, field: str) -> str:
    bare = word.translate(WITHOUT_UNSEEN).strip()
    if len(bare.split()) != 1:
        raise ValueError(f"`{field}` takes one word")
    return bare
