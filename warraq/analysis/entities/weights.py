"""The weights of the random field, and what they make of each word.

Scores are counted in eighths. What a word adds to them, for its own label and for those of its
neighbours, depends on the word alone: it is kept for common words of the lexicon in a table that
all processes share, and for others reckoned once and remembered.
"""

from __future__ import annotations

import json
import mmap
import struct
from array import array
from collections.abc import Iterable, Sequence
from pathlib import Path
from sys import intern

import marisa_trie

from warraq.analysis.entities import features
from warraq.analysis.entities.evidence import Evidence
from warraq.text.normalize import fold

TYPES = ("LOC", "ORG", "PER")
LABELS = ("O", *(f"{place}-{type_}" for type_ in TYPES for place in "BI"))
WIDTH = len(LABELS) - 1
"""Scores are of each label but "no name", whose score is 0."""
STEPS = 64
"""A weight is kept in as many steps to one."""
SCALE = 8
"""Scores to one."""
WORDS, OTHERS, COMMON = "word-features", "other-features", "common-words"
"""Names of the files of weights, and of those of common words."""
NEVER = 20.0 * SCALE
_STEPS_OF_SCORES = STEPS // SCALE
_MOST_SHARED = 1 << 12
_MOST_WORD_TYPES = 24_000
_WORD_WIDTH = WIDTH * len(features.PLACES)
_NO_WORD: Sequence[int] = [0] * _WORD_WIDTH

Scores = Sequence[float]
NO_SCORES: Scores = array("f", bytes(4 * WIDTH))

RECORD = struct.Struct(f"<{_WORD_WIDTH}bHBBI")
"""Of a common word: its scores; its kind's number; letters that are peeled off; whether an alef
stands before the rest (للهلال); its classes."""


class Weights:
    """What a training left: one weight for each feature and label, and for pairs of labels.

    `words.*`: of features of words, for each of the places from which a word is seen; `others.*`:
    of all other features. Raises OSError if `folder` holds none.
    """

    def __init__(self, folder: Path) -> None:
        self._words, self._word_values = _table(folder, WORDS)
        self._others, self._other_values = _table(folder, OTHERS)
        transitions = json.loads((folder / "transitions.json").read_text(encoding="utf-8"))
        self.transitions: dict[tuple[str, str], float] = {
            (before, behind): weight * SCALE for before, behind, weight in transitions
        }
        self._shared: dict[tuple[str, ...], Sequence[int]] = {}

    def scores(self, names: Iterable[str]) -> Scores:
        """The sum of the weights of features that are not of words."""
        get, values = self._others.get, self._other_values
        rows = [
            values[number * WIDTH : number * WIDTH + WIDTH]
            for number in map(get, names)
            if number is not None
        ]
        if not rows:
            return NO_SCORES
        if len(rows) == 1:
            return array("f", [one / _STEPS_OF_SCORES for one in rows[0]])
        return array("f", [sum(column) / _STEPS_OF_SCORES for column in zip(*rows, strict=True)])

    def of_word(self, names: features.WordFeatures) -> array[int]:
        """What a word adds to scores from each of `features.PLACES`, one row behind the other."""
        shared = self._shared.get(names.shared)
        if shared is None:
            if len(self._shared) >= _MOST_SHARED:
                self._shared.clear()
            shared = self._shared[names.shared] = self._sum(names.shared, ())
        total = self._sum(names.own, shared)
        return array("b", [min(127, max(-128, round(one / _STEPS_OF_SCORES))) for one in total])

    def _sum(self, names: Iterable[str], start: Sequence[int]) -> Sequence[int]:
        get, values = self._words.get, self._word_values
        rows: list[Sequence[int]] = [
            values[number * _WORD_WIDTH : number * _WORD_WIDTH + _WORD_WIDTH]
            for number in map(get, names)
            if number is not None
        ]
        if start:
            rows.append(start)
        return [sum(column) for column in zip(*rows, strict=True)] if rows else _NO_WORD


def _table(folder: Path, name: str) -> tuple[marisa_trie.Trie, array[int]]:
    file = folder / f"{name}.marisa"
    if not file.is_file():
        raise FileNotFoundError(f"there is no {file}")
    names = marisa_trie.Trie()
    names.mmap(str(file))
    return names, array("h", (folder / f"{name}.weights").read_bytes())


class WordScores:
    """A word type with what it adds to scores; `*_hope`: the most, to that of a beginning."""

    __slots__ = ("as_before", "as_behind", "as_two_before", "as_two_behind", "before_hope",
                 "behind_hope", "classes", "core", "here", "here_hope", "kind", "kind_number",
                 "proclitics")  # fmt: skip

    def __init__(self, core: str, kind: str, kind_number: int, rows: array[int]) -> None:
        self.core, self.kind, self.kind_number = core, kind, kind_number
        self.proclitics = self.classes = 0
        self.here: Scores = rows[:WIDTH]
        self.as_before: Scores = rows[WIDTH : 2 * WIDTH]
        self.as_behind: Scores = rows[2 * WIDTH : 3 * WIDTH]
        self.as_two_before: Scores = rows[3 * WIDTH : 4 * WIDTH]
        self.as_two_behind: Scores = rows[4 * WIDTH :]
        if kind == "9":  # digits begin no name
            self.here = [score - NEVER * (at % 2 == 0) for at, score in enumerate(self.here)]
        self.here_hope = max(self.here[::2])
        self.before_hope = max(self.as_before[::2])
        self.behind_hope = max(self.as_behind[::2])


class WordTypes(dict[str, WordScores]):
    """Key of a token → its word, the latest that were asked for.

    Raises OSError if `folder` holds no common words; none are asked for if it is None.
    """

    def __init__(self, evidence: Evidence, weights: Weights, folder: Path | None) -> None:
        super().__init__()
        self._evidence, self._weights = evidence, weights
        self._older: dict[str, WordScores] = {}
        self.kinds: dict[str, int] = {}
        self._common = None
        if folder is not None:
            self._common = marisa_trie.Trie()
            self._common.mmap(str(folder / f"{COMMON}.marisa"))
            with (folder / f"{COMMON}.records").open("rb") as opened:
                self._records = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
            kinds = json.loads((folder / f"{COMMON}.kinds.json").read_text(encoding="utf-8"))
            self.kinds = {intern(kind): number for number, kind in enumerate(kinds)}
        self._kind_names = list(self.kinds)

    def __missing__(self, key: str) -> WordScores:
        found = self._older.get(key) or self._from_table(key) or self._reckoned(key)
        if len(self) >= _MOST_WORD_TYPES:  # so that common words are never all forgotten
            self._older = self.copy()
            self.clear()
        self[key] = found
        return found

    def _from_table(self, key: str) -> WordScores | None:
        number = None if self._common is None else self._common.get(key)
        if number is None:
            return None
        at = number * RECORD.size
        *_, kind, cut, alef, classes = RECORD.unpack_from(self._records, at)
        rows = array("b", self._records[at : at + _WORD_WIDTH])
        core = fold("ا" + key[cut:] if alef else key[cut:])
        word = WordScores(core, self._kind_names[kind], kind, rows)
        word.proclitics, word.classes = cut, classes
        return word

    def _reckoned(self, key: str) -> WordScores:
        type_ = self._evidence.word_type(key)
        number = self.kinds.get(type_.kind)
        if number is None:
            number = self.kinds[type_.kind] = len(self.kinds)
            self._kind_names.append(type_.kind)
        looked = type_.looked
        rows = self._weights.of_word(type_.features)
        word = WordScores(looked.core, self._kind_names[number], number, rows)
        word.proclitics, word.classes = looked.proclitics, looked.classes
        return word

    def record(self, key: str) -> bytes:
        """What a table of common words holds of `key`."""
        word = self._reckoned(key)
        rows = self._weights.of_word(self._evidence.word_type(key).features)
        alef = key[word.proclitics - 1 : word.proclitics] == "ل" and word.core.startswith("ال")
        alef = alef and not key[word.proclitics :].startswith(("ا", "أ", "إ", "آ"))
        return RECORD.pack(*rows, word.kind_number, word.proclitics, alef, word.classes)
