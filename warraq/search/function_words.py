"""Which words of a query say nothing of a subject: في (in), هل (whether)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.analysis.entities.words import BITS, Words
from warraq.analysis.morphology import readings
from warraq.index.documents import without_marks
from warraq.text.normalize import fold

_SIGNS_AROUND = re.compile(r"^\W+|\W+$")
_PARTS = frozenset({"particle", "pronoun"})
# Half of the press writes the name علي as the preposition on: على عبد الله صالح, محمد على كلاي.
_ON_OR_ALI = "على"
_OF_PERSONS = BITS["first"] | BITS["family"] | BITS["wikiper"]

_names = Words()


def is_function_word(words: Sequence[str], at: int) -> bool:
    """Whether the word at that place of a query says nothing of a subject."""
    word = _bare(words[at])
    if word == _ON_OR_ALI and _is_among_names(words, at):
        return False
    likeliest = readings(word)[:1]
    return bool(likeliest) and likeliest[0].part in _PARTS


def _is_among_names(words: Sequence[str], at: int) -> bool:
    """Whether nothing but names of persons stands beside a word, and one of them at least."""
    beside = [_bare(word) for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])]
    return bool(beside) and all(_names.classes(fold(word)) & _OF_PERSONS for word in beside)


def _bare(word: str) -> str:
    return _SIGNS_AROUND.sub("", without_marks(word))
