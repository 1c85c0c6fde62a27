"""A lexeme: a word of the dictionaries with all its forms, and the collection of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from training.morphology.paradigms import Form

WORD = re.compile("[ء-ي]{2,}")


@dataclass(slots=True)
class Lexeme:
    """A word with its forms.

    lemma: in normal spelling, no vowel signs. part: noun, adj, verb, name, particle, pronoun or
    number. count: how often it was seen in the dictionary's corpus. forms: fully spelled.
    """

    lemma: str
    part: str
    root: str | None = None
    count: float = 0.0
    forms: set[Form] = field(default_factory=set)


class Lexemes:
    """By lemma and part of speech: homographs (رَجُل man, رِجْل leg) are one, with all their forms."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Lexeme] = {}

    def __iter__(self) -> Iterator[Lexeme]:
        return iter(self._known.values())

    def get(self, lemma: str, part: str) -> Lexeme | None:
        return self._known.get((lemma, part))

    def of(self, lemma: str, part: str) -> Lexeme:
        """The one there is, or a new one."""
        return self._known.setdefault((lemma, part), Lexeme(lemma, part))
