"""The compiled lexicon of forms: word → ranked readings, memory-mapped.

Made by `python -m training.make_morphology`; the README in the data folder names the sources and their
licences. Each reading of a word is 32 bits, laid out as `pack` says.
"""

from __future__ import annotations

import json
import math
import mmap
from pathlib import Path
from typing import NamedTuple

import marisa_trie

FOLDER = Path(__file__).parent.parent / "data" / "morphology"

LEXEMES = 17  # bits
BEFORE, BEHIND, ALEF, SHARE, TENSE = 3, 3, 2, 5, 2

ALEFS = "اأإآ"
"""How a form's first letter is written, by its code; 0 also stands for any other letter."""

TAGS = (
    "noun", "noun+ال", "noun+pronoun", "adj", "adj+ال", "adj+pronoun",
    "name", "past", "present", "jussive", "particle", "number",
)  # fmt: skip
"""What neighbours tell apart."""
_PART_TAGS = {"noun": 0, "adj": 3, "name": 6, "particle": 10, "pronoun": 10, "number": 11}
_PAST = 7  # with the code of a tense added, its tag


class Lexeme(NamedTuple):
    """lemma: in normal spelling; part: noun, adj, verb, name, particle, pronoun or number."""

    lemma: str
    part: str
    root: str | None


class Packed(NamedTuple):
    """A reading as the tables hold it. share: its probability; before, behind: letters of clitics."""

    lexeme: int
    before: int
    behind: int
    alef: int
    share: float
    tense: int


def pack(reading: Packed) -> int:
    """The 32 bits of `reading`: from the lowest, lexeme, before, behind, alef, share, tense."""
    value, shift = reading.lexeme, LEXEMES
    steps = min(31, max(0, round(-4 * math.log2(max(reading.share, 1e-9)))))
    for part, width in (
        (reading.before, BEFORE),
        (reading.behind, BEHIND),
        (reading.alef, ALEF),
        (steps, SHARE),
        (reading.tense, TENSE),
    ):
        value |= part << shift
        shift += width
    return value


def unpack(value: int) -> Packed:
    lexeme = value & (1 << LEXEMES) - 1
    value >>= LEXEMES
    return Packed(
        lexeme, value & 7, value >> 3 & 7, value >> 6 & 3, _SHARES[value >> 8 & 31], value >> 13
    )


_SHARES = tuple(2.0 ** (-steps / 4) for steps in range(32))


def tag_of(part: str, tense: int, before: str, behind: int) -> int:
    """Index into TAGS. before: the proclitics' letters, as in a key."""
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
        return [
            unpack(one) for one in self._readings[self._first[number] : self._first[number + 1]]
        ]


def _integers(file: Path) -> memoryview:
    with file.open("rb") as opened:
        mapped = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
    return memoryview(mapped).cast("I")
