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
    """lemma: letters as a key; part: noun, adj or name; before, behind: letters that were peeled."""

    lemma: str
    part: str
    before: int
    behind: int


def known_rest(key: str, tables: Tables) -> tuple[int, int] | None:
    """How many letters of clitics stand before and behind a word of the tables; None if none is in
    `key`.
    """
    for opening in _OPENINGS:
        if key.startswith(opening) and len(key) - len(opening) >= _SHORTEST:
            rest = key[len(opening) :]
            if rest in tables:
                return len(opening), 0
            for pronoun in _PRONOUNS:
                if rest.endswith(pronoun) and len(rest) - len(pronoun) >= _SHORTEST:
                    if rest[: -len(pronoun)] in tables and not opening.endswith(("ال", "لل")):
                        return len(opening), len(pronoun)
    for pronoun in _PRONOUNS:
        if key.endswith(pronoun) and len(key) - len(pronoun) >= _SHORTEST:
            if key[: -len(pronoun)] in tables:
                return 0, len(pronoun)
    return None


def guess(key: str, lexicon: Lexicon) -> Guess:
    """The likeliest lemma of a word that the tables cannot explain."""
    cost = _cost(key, lexicon)
    before = ""
    for letter in "وفبلك":
        rest = key[1:]
        if key.startswith(letter) and len(rest) >= _SHORTEST and _cost(rest, lexicon) < cost:
            before, key, cost = letter, rest, _cost(rest, lexicon)
            break
    if key.startswith("لل") and len(key) > _SHORTEST + 1:
        before, key = before + "ل", "ال" + key[2:]
    for letter in "بك":
        if key.startswith(letter + "ال") and len(key) > _SHORTEST + 2:
            before, key = before + letter, key[1:]
    if not key.startswith("ال") or len(key) < _SHORTEST + 1:
        return _without_endings(key, before, lexicon)
    rest = key[2:]
    plural = re.fullmatch(r"(م?.{3,})(?:ات|ون|ين)", rest)
    if plural or re.fullmatch(".{3,}ية", rest) or _cost(rest, lexicon) < _cost(key, lexicon):
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
