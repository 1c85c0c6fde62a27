"""A text as the grammar of dates reads it: what each token can mean, and what parts them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from warraq.analysis.dates.names import WORDS, Word
from warraq.annotations import TextField
from warraq.text.letters import BLANKS, INVISIBLE
from warraq.text.lexicon import lexicon_key
from warraq.text.tokens import Token

# 8, 2015م, 1436هـ (its tatweel is not in the key), ال26 (the 26th), و13 (and 13)
_NUMBER = re.compile(r"(?P<clitics>[وفبل]{0,2}?)(?P<the>ال|لل)?(?P<digits>\d{1,4})(?P<era>ه|م)?")
_DOTTED = re.compile(r"(?P<clitics>[وفبل]?)(\d{1,4})\.(\d{1,2})\.(\d{1,4})(?P<era>ه|م)?")
_DASHED = re.compile(r"(\d+[هم]?)(?:[ـ_]+(?=\d)|(?=و\d))")
_JOINED = re.compile(r"\dو\d")
_ERAS = {"ه": "hijri", "م": "gregorian", None: None}
_ROUND = str.maketrans("[]", "()")
_UNSEEN = str.maketrans(dict.fromkeys((*BLANKS, *INVISIBLE))) | _ROUND
_DIGITS = frozenset("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")

NOTHING: Final = Word(key="", starts=False)
_PAIRS = (("(", ")"), ('"', '"'), ("«", "»"), ("“", "”"))


class Number(NamedTuple):
    """Digits. length: how many; era: "hijri", "gregorian" or None; clitics: letters before them.

    dotted: the three numbers of 23.7.2015, which is one token.
    """

    value: int
    length: int
    era: str | None
    clitics: int
    dotted: tuple[int, int, int] | None = None


@lru_cache(1 << 12)
def _number(key: str) -> Number | None:
    if match := _NUMBER.fullmatch(key):
        digits = match["digits"]
        clitics = len(match["clitics"]) + (1 if match["the"] == "لل" else 0)
        return Number(int(digits), len(digits), _ERAS[match["era"]], clitics)
    if match := _DOTTED.fullmatch(key):
        dotted = (int(match[2]), int(match[3]), int(match[4]))
        return Number(-1, 0, _ERAS[match["era"]], len(match["clitics"]), dotted)
    return None


class Phrase:
    """The tokens of `field`, each by its meanings. Indexes may lie outside: nothing is there."""

    def __init__(self, field: TextField) -> None:
        self.text = field.text
        self.tokens = _parted(field.text, field.tokens)
        self.words = [WORDS.get(token.key) for token in self.tokens]
        self._closed: set[int] = set()
        months = [place for place, word in enumerate(self.words) if word and _is_month(word)]
        self._closed = {end for end in map(self._second_name, months) if end}

    def starts(self) -> list[int]:
        """The tokens that a date could begin with, in order: words by their meanings, and numbers,
        which end in a digit or in an era's letter behind one.
        """
        return [
            place
            for place, (word, token) in enumerate(zip(self.words, self.tokens, strict=True))
            if (
                word.starts
                if word is not None
                else token.key[-1] in _DIGITS or token.key[-2:-1] in _DIGITS
            )
        ]

    def key(self, place: int) -> str:
        """The key of the token with its clitics."""
        return self.tokens[place].key if 0 <= place < len(self.tokens) else ""

    def before(self, place: int) -> str:
        """The key of the word before `place`, without its clitics, if only spaces part them."""
        if self.gap(place):
            return ""
        word = self.at(place - 1)
        return word.key or self.key(place - 1).removeprefix("و")

    def gap(self, place: int) -> str:
        """What stands before the token at `place`, without spaces; a line end counts, and the ends
        of the text are such.
        """
        if not 0 < place < len(self.tokens):
            return self.text[self.tokens[-1].end :].strip() + "\n" if place > 0 else "\n"
        between = self.text[self.tokens[place - 1].end : self.tokens[place].start]
        if between == " ":
            return ""
        gap = between.translate(_UNSEEN)
        return gap.removeprefix(")") if place in self._closed else gap

    def _second_name(self, place: int) -> int | None:
        """The token behind a month's second name in brackets, which is as good as the first alone:
        يناير (كانون الثاني) الماضي.
        """
        word = self.at(place)
        if self.gap(place) != "(":
            return None
        before = self.at(place - 1)
        if not (before.month or before.ordinal):
            return None
        return place + 1 + bool(word.months and self.key(place + 1) in word.months)

    def at(self, place: int) -> Word:
        """The word at `place`."""
        if 0 <= place < len(self.words):
            return self.words[place] or NOTHING
        return NOTHING

    def after(self, place: int, *gaps: str) -> Word:
        """The word at `place` if only spaces, or one of `gaps`, part it from the one before."""
        word = self.at(place)
        return word if word is not NOTHING and self.gap(place) in ("", *gaps) else NOTHING

    def plain(self, place: int, *gaps: str) -> Word:
        """The same, if it stands without clitics."""
        word = self.after(place, *gaps)
        return word if not word.clitics else NOTHING

    def clitics(self, place: int) -> int:
        """How many letters of the token at `place` are clitics."""
        number = self.number_at(place)
        return self.at(place).clitics or (number.clitics if number else 0)

    def joined_by_and(self, place: int) -> int | None:
        """Where what و (and) joins to the token before `place` begins: و2014, و 2014."""
        if self.gap(place) not in ("", "،") or not self.key(place).startswith("و"):
            return None
        if self.key(place) == "و":
            return None if self.gap(place + 1) else place + 1
        return place if self.clitics(place) else None

    def number(self, place: int, *gaps: str) -> Number | None:
        """Digits at `place` if only spaces, or one of `gaps`, part them from what is before."""
        number = self.number_at(place)
        return number if number and self.gap(place) in ("", *gaps) else None

    def number_at(self, place: int) -> Number | None:
        """Digits at `place`."""
        return _number(self.tokens[place].key) if 0 <= place < len(self.tokens) else None

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The tokens [first, end) as a span of the text, without the clitics of the first one;
        a bracket or quotation that was opened in it is closed in it.
        """
        token = self.tokens[first]
        start = token.start + _written(token.form, self.clitics(first))
        stop = self.tokens[end - 1].end
        inside = self.text[start:stop].translate(_ROUND)
        for opening, closing in _PAIRS:
            opened = inside.count(opening)
            open_still = opened % 2 if opening == closing else opened > inside.count(closing)
            rest = self.text[stop : stop + 3].translate(_ROUND) if open_still else ""
            if rest.lstrip(" ").startswith(closing):
                return start, stop + rest.index(closing) + 1
        return start, stop


def _is_month(word: Word) -> bool:
    return word.month is not None or word.months is not None


def _parted(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens, without those that are a dash (ـ, _), and with two for 1437ـ1441 and 23و24."""
    if "ـ" not in text and "_" not in text and not _JOINED.search(text):
        return tokens
    parted: list[Token] = []
    for token in tokens:
        if not token.key.strip("_"):
            continue
        middle = _DASHED.match(token.form)
        if middle is None:
            parted.append(token)
            continue
        for start, end in ((0, middle.end(1)), (middle.end(), len(token.form))):
            form = token.form[start:end]
            parted.append(Token(token.start + start, token.start + end, form, lexicon_key(form)))
    return parted


def _written(form: str, letters: int) -> int:
    """How many characters of `form` the first `letters` take, with their vowel signs."""
    place = 0
    while letters or (place < len(form) and not _is_letter(form[place])):
        if place >= len(form):
            return 0
        letters -= _is_letter(form[place])
        place += 1
    return place


def _is_letter(char: str) -> bool:
    return char.isalnum() and char != "ـ"
