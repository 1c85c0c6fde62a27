"""Words that the tables lack: names mostly, slips of the keyboard, rare forms.

Clitics are peeled where what is left is a commoner word; endings of sound plurals and of adjectives
where they cannot be anything else. What remains is a name as it stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from warraq.text.forms import Tables
from warraq.text.lexicon import Lexicon

_OPENINGS = (
    "وبال", "فبال", "وكال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "وب", "ول", "وك", "فب",
    "فل", "و", "ف", "ب", "ل", "ك",
)  # fmt: skip
_PRONOUNS = ("هما", "ها", "هم", "نا", "ه")
_MUCH = 1.0  # powers of ten that a rest must be commoner than the word for a pronoun to be peeled
_SHORTEST = 4
_BORROWED = 7.0  # cost of a word that cannot be seen


class Guess(NamedTuple):
    """lemma: letters as a key; part: noun, adj or name; before, behind: letters peeled off."""

    lemma: str
    part: str
    before: int
    behind: int


def known_rest(key: str, tables: Tables) -> tuple[int, int] | None:
    """How many letters of clitics stand before and behind a word of the tables, if one is in `key`.

    Pronouns are tried only where no article stands before.
    """
    for opening in ("", *_OPENINGS):
        if not key.startswith(opening):
            continue
        article = opening.endswith(("ال", "لل"))
        for pronoun in ("",) if article else ("", *_PRONOUNS):
            rest = key[len(opening) :].removesuffix(pronoun)
            cut = len(opening) + len(pronoun)
            if cut and len(rest) == len(key) - cut >= _SHORTEST and rest in tables:
                return len(opening), len(pronoun)
    return None


def guess(key: str, lexicon: Lexicon) -> Guess:
    """The likeliest lemma of a word that the tables cannot explain."""
    cost = _cost(key, lexicon)
    before, rest = key[:1], key[1:]
    if before in "وفبلك" and len(rest) >= _SHORTEST and _cost(rest, lexicon) < cost:
        key = rest
    else:
        before = ""
    if key.startswith("لل") and len(key) > _SHORTEST + 1:
        before, key = before + "ل", "ال" + key[2:]
    elif key.startswith(("بال", "كال")) and len(key) > _SHORTEST + 2:
        before, key = before + key[0], key[1:]
    if not key.startswith("ال") or len(key) < _SHORTEST + 1:
        return _without_endings(key, before, lexicon)
    rest = key[2:]
    common = re.fullmatch(".{3,}(?:ات|ون|ين|ية)", rest)
    if common or _cost(rest, lexicon) < _cost(key, lexicon):
        return _without_endings(rest, before + "ال", lexicon)
    return Guess(key, "name", len(before), 0)


def _without_endings(word: str, before: str, lexicon: Lexicon) -> Guess:
    article = before.endswith("ال")
    if article and word.endswith("ية"):
        return Guess(word[:-1], "adj", len(before), 0)
    if word.endswith("ات") and len(word) > _SHORTEST:
        single = min(word[:-2], word[:-2] + "ة", key=lambda one: _cost(one, lexicon))
        if article or _cost(single, lexicon) < _BORROWED:
            return Guess(single, "noun", len(before), 0)
    if article and word.endswith(("ون", "ين")):
        return Guess(word[:-2], "adj", len(before), 0)
    for pronoun in _PRONOUNS:
        rest = word.removesuffix(pronoun)
        if rest != word and len(rest) >= _SHORTEST and not article:
            rest = rest[:-1] + "ة" if rest.endswith("ت") else rest
            if _cost(rest, lexicon) < _cost(word, lexicon) - _MUCH:
                return Guess(rest, "noun", len(before), len(pronoun))
    return Guess(word, "noun" if article else "name", len(before), 0)


def _cost(word: str, lexicon: Lexicon) -> float:
    cost = lexicon.cost(word)
    return _BORROWED if cost is None else cost
