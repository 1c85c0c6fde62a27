"""Every way to read a word as clitics around a known form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from training.morphology.lexeme import Lexeme
from training.morphology.paradigms import Around
from warraq.text.forms import alef
from warraq.text.lexicon import lexicon_key

PRONOUNS = ("ه", "ها", "هم", "هما", "هن", "ك", "كما", "كم", "كن", "ي", "نا", "ني")
CONJUNCTIONS = ("", "و", "ف")
_NO_PRONOUN_OF_VERB = "ي"
_NO_PRONOUN_OF_NOUN = "ني"
_HAMZAS = str.maketrans(dict.fromkeys("ؤئ", "ء"))


class Analysis(NamedTuple):
    """lexeme; letters of the proclitics and of the pronoun; the form's `alef`; and the
    pattern: conjunction, other proclitics, inflection, pronoun, and a mark of loose spelling.
    """

    lexeme: Lexeme
    before: int
    behind: int
    alef: int
    pattern: tuple[str, ...]


def _openings() -> list[tuple[str, str, str]]:
    """(letters, conjunction, what follows it: article, preposition, both, or a verb's particle)."""
    return [
        (conjunction + letters, conjunction, letters)
        for conjunction in CONJUNCTIONS
        for letters in ("", "ب", "ل", "ك", "ال", "بال", "كال", "لل", "س")
    ]


_OPENINGS = _openings()


_Entry = tuple[Lexeme, str, Around, int]


class Forms:
    """All forms of `lexemes`, to read words with."""

    def __init__(self, lexemes: Iterable[Lexeme]) -> None:
        self._exact: dict[str, list[_Entry]] = defaultdict(list)
        self._loose: dict[str, list[_Entry]] = defaultdict(list)
        for lexeme in lexemes:
            for spelling, kind, around in sorted(lexeme.forms):
                letters = lexicon_key(spelling)
                entry = (lexeme, kind, around, alef(spelling))
                self._exact[letters].append(entry)
                if re.search("[ؤئء]", letters):
                    self._loose[letters.translate(_HAMZAS)].append(entry)

    def read(self, word: str) -> list[Analysis]:
        """All analyses of a key; where there is none, those of a spelling that is taken for it."""
        found = list(self._read(word, self._exact))
        if word[-1:] in "هيىا":
            for ending in {"ه": "ة", "ي": "ى", "ى": "ي"}.get(word[-1], ""):
                loose = self._read(word[:-1] + ending, self._exact)
                found += [_marked(one, "~") for one in loose if not one.behind]
        if not found and re.search("[ؤئء]", word):
            found = [_marked(one, "#") for one in self._read(word.translate(_HAMZAS), self._loose)]
        return found

    def _read(self, word: str, forms: dict[str, list[_Entry]]) -> Iterator[Analysis]:
        for opening, conjunction, letters in _OPENINGS:
            if not word.startswith(opening):
                continue
            rest = word[len(opening) :]
            for pronoun in ("", *PRONOUNS):
                if pronoun and not rest.endswith(pronoun):
                    continue
                form = rest[: len(rest) - len(pronoun)]
                for lexeme, kind, around, sign in forms.get(form, ()):
                    if _fit(around, letters, pronoun):
                        where = (conjunction, letters, kind, pronoun)
                        yield Analysis(lexeme, len(opening), len(pronoun), sign, where)
            if letters == "لل":  # ل before a name's own article: للقاهرة
                for lexeme, kind, around, sign in forms.get("ال" + rest, ()):
                    if around & Around.NAME:
                        where = (conjunction, "ل", kind, "")
                        yield Analysis(lexeme, len(opening) - 1, 0, sign, where)


def _fit(around: Around, letters: str, pronoun: str) -> bool:
    """Whether the proclitics `letters` and the pronoun may stand around a form."""
    if around & Around.VERB:
        before = letters == "" or (letters in ("س", "ل") and bool(around & Around.PRESENT))
        behind = pronoun != _NO_PRONOUN_OF_VERB
    else:
        article = letters.endswith(("ال", "لل"))
        before = letters != "س" and (not article or (Around.ARTICLE in around and not pronoun))
        behind = pronoun != _NO_PRONOUN_OF_NOUN
    return before and behind and bool(around & (Around.PRONOUN if pronoun else Around.BARE))


def _marked(analysis: Analysis, mark: str) -> Analysis:
    return analysis._replace(pattern=(*analysis.pattern, mark))
