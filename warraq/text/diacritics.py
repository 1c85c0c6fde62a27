"""Vowel signs: twice on one letter, or parted from theirs. أيضاًً and أيضا ً → أيضاً (also).

Search ignores the signs anyhow; this is for readers, so only what has one right reading is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from warraq.text.edits import Edit
from warraq.text.letters import LETTERS

_IS_LETTER = re.compile(f"[{LETTERS}]")
_FATHA, _FATHATAN = "\u064e", "\u064b"
_SIGNS = "\u064b-\u0652\u0670"
# Signs of the Quran stand in sequences of their own.
_STACK = re.compile(f"[{_SIGNS}]{{2,}}+(?![\u0653-\u065f\u06d6-\u06ed])")
# Tanween that a converter parted from its letter: أيضا ً → أيضاً. A short vowel between spaces is its
# own name in a grammar, and a sukun there is a sign of degree (24 ْ), so those stay.
_FLOATING = re.compile(f"(?<=[{LETTERS}]) \u0651?[\u064b-\u064d]++\u0651?(?![{_SIGNS}])")
_CARRIES_FATHATAN = frozenset("اةءىأ")
_DEFINITE = re.compile(r"[وف]?(?:[بكل]?ال|لل)")
_LONGEST_WORD = 30


def diacritics(text: str) -> Iterator[Edit]:
    """Edits that leave each vowel sign once on its letter, and bring tanween back to its letter.

    Two different vowels on one letter, and signs without a letter, stay: nobody knows what was
    meant.
    """
    edits = [
        Edit("diacritics", *match.span(), match.group(), meant, 0.99, "a vowel sign twice")
        for match in _STACK.finditer(text)
        if (meant := _each_once(text, match)) != match.group()
    ]
    if f" {_FATHATAN}" in text or " \u064c" in text or " \u064d" in text or " \u0651" in text:
        edits += _brought_back(text)
    yield from sorted(edits, key=lambda edit: edit.start)


def _each_once(text: str, stack: re.Match[str]) -> str:
    """The signs without repetitions. Two fathas on a final alef are meant for fathatan."""
    start, end = stack.span()
    before, signs = text[start - 1 : start], "".join(dict.fromkeys(stack.group()))
    if not _IS_LETTER.match(before):
        return stack.group()
    if signs == _FATHA and before == "ا" and not _IS_LETTER.match(text, end):
        return _FATHATAN
    return signs


def _brought_back(text: str) -> Iterator[Edit]:
    for match in _FLOATING.finditer(text):
        found, (start, end) = match.group(), match.span()
        signs, behind = "".join(dict.fromkeys(found[1:])), text[end : end + 2]
        inside = _FATHATAN in signs and behind[:1] == "ا" and not _IS_LETTER.match(behind[1:])
        if not inside and not _may_carry(text, start, signs):
            continue
        parted = "" if inside or not _IS_LETTER.match(behind) else " "
        meant = signs + parted
        yield Edit("diacritics", start, end, found, meant, 0.99, "tanween parted from its letter")


def _may_carry(text: str, end: int, signs: str) -> bool:
    """Whether the word that ends at `end` can have tanween: one with the article never does."""
    before = text[max(0, end - _LONGEST_WORD) : end].rsplit(maxsplit=1)[-1]
    if _FATHATAN not in signs:
        return len(before) > 2 and not _DEFINITE.match(before)
    if before[-1] == "ا":
        return before[-2:-1] != _FATHATAN
    return before[-1] in _CARRIES_FATHATAN and not _DEFINITE.match(before)
