"""Names that are known: Tripoli is طرابلس, Le Caire is القاهرة, Syria is سوريا and no other."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from warraq.text.normalize import fold
from warraq.text.romanization.letters import FOLDER, latin_letters

_TABLES = ("exonyms.tsv", "own-exonyms.tsv", "alike.tsv")


def arabic_names(latin: str) -> tuple[str, ...]:
    """The Arabic names, folded, that a Latin one stands for by convention; mostly none or one.

    latin: one or more words, in any case and with or without accents.
    """
    return _by_latin().get(latin_letters(latin), ())


def latin_names(arabic: str) -> tuple[str, ...]:
    """The Latin names, as they are written, that stand for an Arabic one by convention."""
    return _by_arabic().get(fold(arabic), ())


@cache
def _by_latin() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for latin, arabic in _rows():
        found[latin_letters(latin)][fold(arabic)] = None
    return {latin: tuple(names) for latin, names in found.items()}


@cache
def _by_arabic() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for latin, arabic in _rows():
        found[fold(arabic)][latin] = None
    return {arabic: tuple(names) for arabic, names in found.items()}


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    return tuple((latin, arabic) for table in _TABLES for arabic, latin in read_table(table))


def read_table(table: str) -> list[tuple[str, str]]:
    """Arabic and Latin names of a table in `FOLDER`; raises OSError where it is missing."""
    lines = (FOLDER / table).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(arabic, latin) for arabic, names in rows for latin in names.split("|")]
