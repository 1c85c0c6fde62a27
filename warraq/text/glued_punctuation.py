"""Punctuation that lost the space behind it: العاصمة.وقال → العاصمة. وقال (the capital. He said).

A full stop or a colon between two words makes one word of them for every search; other marks part
words in the index and are repaired for the people who read. Abbreviations (سي.آي.إيه, ق.م, د.ب.أ),
numbers, addresses and hashtags stay as they are; where it is not sure, so does the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import merge
from operator import attrgetter

from warraq.text.beside import ADDRESS, WORD_CHARACTERS, Addresses, word_before, word_behind
from warraq.text.edits import Edit
from warraq.text.glue_words import DOMAINS, FUNCTION_WORDS, LETTER_NAMES
from warraq.text.glued_quotes import glued_quotes
from warraq.text.letters import DIGITS, LETTERS
from warraq.text.normalize import fold

KIND = "glued-punctuation"

_MARKS = re.compile("[.…،,؛؟!?:]+")
_GLUED = re.compile(f"[{LETTERS}{DIGITS}A-Za-z]")
_ENDS = re.compile("[.…؟!?]{2,}|…")  # ellipses, and more than one mark at the end of a sentence
_CLOSING = frozenset('»”")]%٪')


def glued_punctuation(text: str) -> Iterator[Edit]:
    """Edits of kind `glued-punctuation`: spaces behind marks, and around quotes and brackets."""
    found = [_behind_marks(text), glued_quotes(text)]
    if "http" in text or "www." in text:
        found.append(_before_addresses(text))
    yield from merge(*found, key=attrgetter("start"))


def _space(place: int, confidence: float, reason: str) -> Edit:
    return Edit(KIND, place, place, "", " ", confidence, reason)


def _before_addresses(text: str) -> Iterator[Edit]:
    """الموقعhttps://… (the site https://…)."""
    addresses = Addresses(text)
    for match in ADDRESS.finditer(text):
        place = match.start()
        if len(fold(word_before(text, place))) > 1 and not addresses.hold(place - 1):
            yield _space(place, 0.95, "an address ran into the word before it")


def _behind_marks(text: str) -> Iterator[Edit]:
    addresses = Addresses(text)
    for match in _MARKS.finditer(text):
        start, end = match.span()
        # Apart from the pattern: with it, a long run of marks would be tried from each of them.
        if not _GLUED.match(text, end):
            continue
        before = text[start - 1] if start else " "
        if before.isspace() or (before.isdigit() and text[end].isdigit()):
            continue
        if addresses.hold(end - 1):
            continue
        marks = match.group()
        confidence = _Sides(text, start, end).confidence(marks)
        if confidence:
            yield _space(end, confidence, f"the space behind “{marks}” was lost")


class _Sides:
    """What stands on both sides of marks: words, folded, or a number, or what closes a quote."""

    __slots__ = ("before", "behind", "end", "left", "right", "start", "text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        written = word_before(text, start)
        self.left = fold(written)
        at = start - len(written)
        self.before = text[at - 1] if at else " "  # the character before the left word
        written = word_behind(text, end)
        self.right = fold(written)
        at = end + len(written)
        self.behind = text[at : at + 1] or " "  # the character behind the right word

    @property
    def closed(self) -> bool:
        """Whether a quote, a bracket or a percentage ends before the marks."""
        earlier = self.text[max(0, self.start - 2) : self.start - 1]
        return self.text[self.start - 1] in _CLOSING and bool(earlier.strip('" \xa0\n'))

    @property
    def figure(self) -> bool:
        """Whether a number ends before the marks."""
        return self.text[self.start - 1].isdigit()

    @property
    def goes_on(self) -> bool:
        """Whether a word follows: of two letters, or و apart from the next, but not one letter."""
        if self.right == "و":
            return self.behind.isspace() or self.behind.isdigit()
        return len(self.right) > (2 if self.figure else 1)

    @property
    def names(self) -> tuple[bool, bool]:
        """Whether the left, the right word is the name of a Latin letter, as in سي.آي.إيه."""
        return self.left in LETTER_NAMES, self.right in LETTER_NAMES

    def confidence(self, marks: str) -> float:
        """How sure it is that the space behind `marks` was lost; 0 where it is not."""
        if not self.right:
            return self._before_a_figure(marks)
        confidence = 0.0
        if not (self.left or self.closed or self.figure) or not self.goes_on:
            return confidence
        if marks == ".":
            confidence = self._full_stop()
        elif _ENDS.fullmatch(marks):
            if len(self.left) != 1 or self.before.isdigit():
                confidence = 0.9
        elif len(marks) == 1 and not (marks == ":" and self.before in "[{"):  # [[ملف:… of a wiki
            listed = all(self.names) or (len(self.left) == 1 and len(self.right) < 3)
            confidence = 0 if listed else 0.95 if len(self.left) > 1 else 0.9
        return confidence

    def _before_a_figure(self, marks: str) -> float:
        """قال:15, الحكومية.3, and الرابط:https://… (the link: …)."""
        if len(self.left) < 3 or self.left in LETTER_NAMES or len(marks) > 1:
            return 0
        if not self.text[self.end].isdigit():
            return 0.9 if marks == ":" and self.before not in "[{" else 0
        return 0.8 if marks in ".:,،؛؟!" else 0

    def _full_stop(self) -> float:
        left_is_name, right_is_name = self.names
        # Of such names some are words as well: مصر.في عام 2013 (Egypt. In 2013)
        in_name = right_is_name and (self.right not in FUNCTION_WORDS or self.behind == ".")
        if left_is_name or in_name or self.right in DOMAINS:
            return 0
        if self.closed or self.figure:
            return 0.9
        if len(self.left) == 1:
            return 0.9 if self._abbreviates else 0
        return 0.95 if len(self.left) > 2 or len(self.right) > 2 else 0

    @property
    def _abbreviates(self) -> bool:
        """د.محمد (Dr Mohamed), أ.د.سعد, ج.شابرو, 2014م.وقال: one letter, and then a whole word."""
        if len(self.right) < 3 or self.before in WORD_CHARACTERS:
            return False
        # Behind another full stop only if one letter is before that, too: تي.د.محمد is none.
        chained = self.before == "."
        return not chained or len(fold(word_before(self.text, self.start - 2))) == 1
