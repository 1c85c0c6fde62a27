"""How Arabic letters are written in Latin ones, and both scripts in the form that is compared."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from warraq.text.normalize import fold

FOLDER = Path(__file__).parent.parent.parent / "data" / "romanization"

LATIN_VOWELS = "aeiouyw"

_NOT_ARABIC = re.compile("[^\u0621-\u064a]+")
_NOT_LATIN = re.compile("[^a-z]+")
_NOT_DECOMPOSED = str.maketrans(
    {"ı": "i", "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "þ": "th", "ð": "dh"}
)


class Spelling(NamedTuple):
    """One way to write `arabic`: `latin` (maybe nothing), for `cost` tenths of a wrong letter.

    key: the classes of the consonants, one letter each; empty for vowels. arabic may end in `$`:
    at the end of a word only; so may latin.
    """

    arabic: str
    key: str
    latin: str
    cost: int


@cache
def spellings() -> tuple[Spelling, ...]:
    """The table `letters.tsv`; raises OSError where it is missing."""
    lines = (FOLDER / "letters.tsv").read_text(encoding="utf-8").splitlines()
    found = []
    for arabic, key, all_latin in (line.split("\t") for line in lines):
        for written in all_latin.split(" "):
            latin, _, cost = written.partition("/")
            found.append(Spelling(arabic, key.strip("-"), latin.strip("-"), int(cost or 0)))
    return tuple(found)


def arabic_letters(word: str) -> str:
    """`word` folded, its Arabic letters alone."""
    return _NOT_ARABIC.sub("", fold(word))


def latin_letters(word: str) -> str:
    """`word` in small letters a to z: Erdoğan, erdogan and ERDO-GAN are one."""
    decomposed = unicodedata.normalize("NFKD", word.lower().translate(_NOT_DECOMPOSED))
    return _NOT_LATIN.sub("", decomposed.lower())
