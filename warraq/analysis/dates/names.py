"""The words that dates are made of, by the key of their token: what each can mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from warraq.analysis.dates import tables
from warraq.text.lexicon import lexicon_key


@dataclass(frozen=True, slots=True)
class Month:
    """number: 1 to 12. surely: no common word or name is spelled like it."""

    number: int
    hijri: bool = False
    surely: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """What a word can mean in a date; None where it has no such meaning.

    key: without clitics; clitics: how many letters of the written word they take.
    month; months: those that it begins, by the key of the second word. weekday: 0 is Monday.
    deictic: days from the present one, by themselves. part: part of a day. unit: "day" …
    "century", of which `form` says "one" (يوم), "the" (اليوم), "two" (يومين), "many" (أيام) or
    "the many" (الأيام). shift: which of them, -1 the last, 0 this, 1 the next. portion: "start",
    "middle", "end". season: 0 is winter. ordinal, cardinal: of الخامس and خمسة it is 5. decade: 80
    of الثمانينات. era: "hijri" or "gregorian". starts: whether a date can begin with it.
    """

    key: str
    month: Month | None = None
    months: dict[str, Month] | None = None
    weekday: int | None = None
    deictic: int | None = None
    part: bool = False
    unit: str | None = None
    form: str | None = None
    shift: int | None = None
    portion: str | None = None
    season: int | None = None
    ordinal: int | None = None
    cardinal: int | None = None
    decade: int | None = None
    era: str | None = None
    starts: bool = True
    clitics: int = 0


def _meanings() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each word with one of its meanings: fields of `Word`."""
    yield from _months()
    yield from _numbers()
    for field, table in (
        ("weekday", dict(enumerate(tables.WEEKDAYS))),
        ("deictic", tables.DEICTICS),
        ("part", {True: tables.PARTS}),
        ("portion", tables.PORTIONS),
        ("season", dict(enumerate(tables.SEASONS))),
    ):
        yield from ((names, {field: value}) for value, names in table.items())
    for unit, forms in tables.UNITS.items():
        for form, names in zip(tables.FORMS, forms, strict=True):
            yield names, {"unit": unit, "form": form}
    for field, table in (("shift", tables.SHIFTS), ("era", tables.ERAS)):
        yield from ((names, {field: value, "starts": False}) for value, names in table.items())
    yield tables.JOINING, {"starts": False}
    yield tables.BEGINNING, {}


def _months() -> Iterator[tuple[str, dict[str, Any]]]:
    for hijri, months in ((False, tables.GREGORIAN), (True, tables.HIJRI)):
        for number, names in enumerate(months, 1):
            for name in names.split():
                surely = not name.startswith("~")
                yield name.lstrip("~"), {"month": Month(number, hijri, surely)}
    for firsts, hijri, seconds in tables.TWO_WORDS:
        table = {
            word: Month(number, hijri)
            for number, words in seconds.items()
            for word in _spellings(words)
        }
        yield firsts, {"months": table}


def _numbers() -> Iterator[tuple[str, dict[str, Any]]]:
    for ordinals in (tables.ORDINALS, tables.FEMININE_ORDINALS):
        yield from ((names, {"ordinal": number}) for number, names in enumerate(ordinals, 1))
    yield "الحادي حادي الحادية", {"ordinal": 1}
    yield from ((names, {"cardinal": number}) for number, names in enumerate(tables.CARDINALS, 1))
    for number, names in tables.TENS.items():
        yield names, {"cardinal": number, "ordinal": number if number <= 30 else None}
    yield from ((names, {"decade": decade}) for decade, names in tables.DECADES.items())


def _spellings(names: str) -> Iterator[str]:
    """The keys of `names`, also as hasty typists end them: السنه, الماضى, جمادي."""
    for name in names.split():
        key = lexicon_key(name)
        yield key
        if key.endswith("ة"):
            yield key[:-1] + "ه"
        elif key.endswith("ي"):
            yield key[:-1] + "ى"
        elif key.endswith("ى"):
            yield key[:-1] + "ي"


def _words() -> dict[str, Word]:
    """Each key with all its meanings, and again with the clitics that are written to it."""
    fields: dict[str, dict[str, Any]] = {}
    for names, meaning in _meanings():
        for key in _spellings(names):
            known = fields.setdefault(key, {"starts": False})
            starts = known["starts"] or meaning.get("starts", True)
            known.update({name: value for name, value in meaning.items() if value is not None})
            known["starts"] = starts
    words = {
        key: Word(key=tables.VARIANTS.get(key, key), **meanings) for key, meanings in fields.items()
    }
    for key, word in tuple(words.items()):
        if len(key) < 2 or key == "اب":  # به and له are "by him" and "for him", باب is a door
            continue
        for clitic in tables.CLITICS:
            words.setdefault(clitic + key, replace(word, clitics=len(clitic)))
        if key.startswith("ال"):  # للعام (for the year): the article has lost its alef
            words.setdefault("لل" + key[2:], replace(word, clitics=1))
            words.setdefault("ولل" + key[2:], replace(word, clitics=2))
    return words


WORDS: Final = _words()
