"""What stands beside a place in a text: the word before, the word behind, the address around it.

Each look goes a bounded way, or goes over each character once, so that what asks at many places of
a text still takes time in proportion to its length.
"""

from __future__ import annotations

import re

from warraq.text.letters import LETTERS, MARKS_CLASS, TATWEEL

IN_WORD = LETTERS + TATWEEL + MARKS_CLASS
WORD_CHARACTERS = frozenset(re.findall(f"[{IN_WORD}]", "".join(map(chr, range(0x600, 0x900)))))
_LONGEST = 24  # a longer word is cut: no list has one
_WORD = re.compile(f"[{LETTERS}][{IN_WORD}]{{0,{_LONGEST}}}")

# A Latin letter or one of these signs makes an address, a tag, a user's or file's name, a code.
_SIGN = re.compile(r"[A-Za-z@#＠＃_\\]")
_PIECE = re.compile(r"\S*")
ADDRESS = re.compile(r"https?://|www\.")


def word_before(text: str, place: int) -> str:
    """The Arabic word that ends at `place`, with its vowel signs; "" where none does."""
    start, first = place, max(0, place - _LONGEST)
    while start > first and text[start - 1] in WORD_CHARACTERS:
        start -= 1
    return text[start:place]


def word_behind(text: str, place: int) -> str:
    """The Arabic word that begins at `place`, with its vowel signs; "" where none does."""
    match = _WORD.match(text, place)
    return match.group() if match else ""


class Addresses:
    """Finds the addresses and codes of one text; to be asked from left to right.

    What stands between two spaces is one piece, and one sign of an address in it is enough to
    leave the piece alone: all of it, or, where the address plainly begins inside it
    (الرابط:https://…, the link: …), the rest of it.
    """

    __slots__ = ("_address", "_end", "_start", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._start = self._end = self._address = 0

    def hold(self, place: int) -> bool:
        """Whether `place` is in an address or a code."""
        if not self._start <= place < self._end:
            self._read(place)
        return place >= self._address

    def _read(self, place: int) -> None:
        text, start = self._text, place
        while start > self._end and not text[start - 1].isspace():
            start -= 1
        piece = _PIECE.match(text, place)
        self._start, self._end = start, piece.end() if piece else place
        sign = _SIGN.search(text, start, self._end)
        if sign is None:
            self._address = self._end
            return
        first = sign.start()
        before = text[first - 1] if first > start else ""
        begins = before == ":" or (before in WORD_CHARACTERS and ADDRESS.match(text, first))
        self._address = first if begins else start
