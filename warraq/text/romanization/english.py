"""Words of English, which somebody may type for what they are and not for a name."""

from __future__ import annotations

from functools import cache

from warraq.text.romanization.letters import FOLDER


def is_english(word: str) -> bool:
    """Whether `word`, in small letters, is among the commonest of English and no name as well.

    Raises OSError where the list is missing.
    """
    return word in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset((FOLDER / "english-words.txt").read_text(encoding="utf-8").split())
