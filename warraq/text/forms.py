"""The compiled lexicon of forms: word → ranked readings, memory-mapped.

Made by `python -m training.make_morphology`; the README in the data folder names the sources and
their licences. Each reading of a word is 32 bits, laid out as `pack` says.
"""

from __future__ import annotations

import json
import math
import mmap
from functools import cache
from pathlib import Path
from typing import NamedTuple

import marisa_trie

FOLDER = Path(__file__).parent.parent / "data" / "morphology"

LEXEMES = 1 << 16  # as many as there may be

_ALEFS = "اأإآ"

TAGS = (
    "noun", "noun+ال", "noun+pronoun", "adj", "adj+ال", "adj+pronoun",
    "name", "past", "present", "jussive", "particle", "number",
)  # fmt: skip
"""What neighbours tell apart."""
BORDER, DIGITS, OTHER, FIRST_WORD = range(len(TAGS), len(TAGS) + 4)
"""Neighbours that are no reading: none, digits, what the tables lack; from the last on common words
of their own, in the order of `Tables.words_of_their_own`."""

_PART_TAGS = {"noun": 0, "adj": 3, "name": 6, "particle": 10, "pronoun": 10, "number": 11}
_PAST = 7  # with the code of a tense added, its tag


def alef(form: str) -> int:
    """How an alef is written that is the first or second letter: 0 bare, 1 أ, 2 إ, 3 آ; else -1."""
    found = _ALEFS.find(form[:1])
    return found if found >= 0 or len(form) < 2 else _ALEFS.find(form[1])


class Lexeme(NamedTuple):
    """lemma: in normal spelling; part: noun, adj, verb, name, particle, pronoun or number."""

    lemma: str
    part: str
    root: str | None


class Packed(NamedTuple):
    """A reading as the tables hold it.

    lexeme: its number. before, behind: letters of clitics. alef: what `alef` says of its form, 0
    if there is none. share: its probability. tag: its number in TAGS.
    """

    lexeme: int
    before: int
    behind: int
    alef: int
    share: float
    tag: int


_SHARES = tuple(2.0 ** (-steps / 2) for steps in range(16))


def pack(reading: Packed) -> int:
    """`reading` in 32 bits: from the lowest, 16 of lexeme, 3, 3, 2, 4 (half powers of two), 4."""
    steps = min(15, max(0, round(-2 * math.log2(max(reading.share, 1e-9)))))
    return (
        reading.lexeme
        | reading.before << 16
        | reading.behind << 19
        | max(0, reading.alef) << 22
        | steps << 24
        | reading.tag << 28
    )


def unpack(value: int) -> Packed:
    """The reading that `pack` made `value` of; its share is rounded to half a power of two."""
    return Packed(
        value & 0xFFFF,
        value >> 16 & 7,
        value >> 19 & 7,
        value >> 22 & 3,
        _SHARES[value >> 24 & 15],
        value >> 28,
    )


def tag_of(part: str, tense: int, before: str, behind: int) -> int:
    """Index into TAGS.

    tense: of a verb, 0 past, 1 present, 2 jussive or imperative. before: the proclitics' letters,
    as in a key. behind: letters of a pronoun.
    """
    if part == "verb":
        return _PAST + tense
    tag = _PART_TAGS[part]
    if part in ("noun", "adj"):
        return tag + (1 if before.endswith(("ال", "لل")) else 2 if behind else 0)
    return tag


class Tables:
    """Raises OSError if `folder` holds no tables."""

    def __init__(self, folder: Path = FOLDER) -> None:
        if not (folder / "words.marisa").is_file():
            raise FileNotFoundError(f"there is no {folder / 'words.marisa'}")
        self._words = marisa_trie.Trie()
        self._words.mmap(str(folder / "words.marisa"))
        self._first = _integers(folder / "words.first")
        self._readings = _integers(folder / "readings")
        lines = (folder / "lexemes.tsv").read_text(encoding="utf-8").splitlines()[1:]
        self.lexemes = [
            Lexeme(lemma, part, root or None)
            for lemma, part, root in (line.split("\t") for line in lines)
        ]
        neighbours = json.loads((folder / "neighbours.json").read_text(encoding="utf-8"))
        self.words_of_their_own: dict[str, int] = {
            word: number for number, word in enumerate(neighbours["classes"])
        }
        self.left: list[list[float]] = neighbours["left"]
        self.right: list[list[float]] = neighbours["right"]

    def __contains__(self, key: str) -> bool:
        return key in self._words

    def read(self, key: str) -> list[Packed]:
        """The readings of a key, likeliest first; none if it is unknown."""
        number: int | None = self._words.get(key)
        if number is None:
            return []
        first, last = self._first[number], self._first[number + 1]
        return [unpack(self._readings[at]) for at in range(first, last)]


@cache
def shipped_forms() -> Tables:
    """The ones in `FOLDER`, opened once in a process, by whoever asks first."""
    return Tables()


def _integers(file: Path) -> memoryview:
    with file.open("rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    return memoryview(mapped).cast("I")
