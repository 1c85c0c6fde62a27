"""Folding: the search form of a text, in which spellings that readers take for one are one."""

from __future__ import annotations

from warraq.text.letters import DECOMPOSED_HAMZA, FOLDING, HAMZA_ABOVE

_TABLE = str.maketrans(FOLDING)


def fold(text: str) -> str:
    """The search form, as the index analyzer makes it: أُسامة and اسامه become one (Usama).

    Folds alef, hamza seats, yeh, teh marbuta, vowel signs, tatweel, invisible characters,
    presentation forms, keyboard variants of letters, digits, and the case of other scripts.
    It is for comparing and looking up: offsets into the result are not offsets into `text`.
    """
    if HAMZA_ABOVE in text:
        for pair, letter in DECOMPOSED_HAMZA.items():
            text = text.replace(pair, letter)
    return lower(text.translate(_TABLE))


def lower(text: str) -> str:
    """Lower case as Lucene does it, character by character: no character becomes two or, as a
    Greek sigma at the end of a word, another one than elsewhere.
    """
    return text.replace("İ", "i").replace("Σ", "σ").lower()
