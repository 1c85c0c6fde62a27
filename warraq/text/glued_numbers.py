"""Numbers that lost the space beside them: ب556 → ب 556 (by 556), عام2019 → عام 2019 (year 2019).

Only what a closed list of words and a few shapes prove is touched, since a number is also a part of
names: فورمولا1, كوفيد19, إف16, فيتامين ب12. The article stays on its number, too: ال37 (the 37).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from warraq.text.beside import IN_WORD, WORD_CHARACTERS, Addresses, word_before, word_behind
from warraq.text.edits import Edit
from warraq.text.glue_words import (
    AFTER,
    ARTICLES,
    BEFORE,
    CLITICS,
    COUNTED,
    ENDINGS,
    LETTER_NAMES,
    MAGNITUDES,
    MONTHS,
    NUMBERED,
)
from warraq.text.letters import DIGITS, TATWEEL
from warraq.text.normalize import fold

# With its decimals (1.5, 1,5, ٣٫٥, and 6ر1 as news agencies write it) and groups of thousands.
_NUMBER = re.compile(f"[{DIGITS}]+(?:[.,٫٬،ر][{DIGITS}]+)*+[%٪]?")
_NEXT_WORD = re.compile(f"[ \xa0]?([{IN_WORD}]{{1,24}})")
_PERCENT = re.compile("[ \xa0]?[%٪]")
_WHOLE = re.compile("[0-9]+")
_THOUSANDS = re.compile("[0-9]{1,3}(?:,[0-9]{3})+")
_YEAR = re.compile("1[3489][0-9]{2}|20[0-9]{2}")  # Hijri and Gregorian; what is between: models
_BEFORE_CHRIST = re.compile(r"ق[. ] ?[مه](?!\w)")
_AND_YEAR = re.compile(f"و[{DIGITS}]{{4}}(?![{DIGITS}])")
_PER_CENT = re.compile("في (?:المئة|المائة)")
_POWER = re.compile(r"[23٢٣²³](?!\w)")

_CODES = frozenset({"12", "17", "52"})  # ب12 and ب17 are called vitamins, ب52 is a bomber
_VITAMIN = "فيتامين"
_NAMES = LETTER_NAMES | NUMBERED
_NO_WORDS = LETTER_NAMES | ENDINGS
_JOINING = frozenset("-–—/\\+*=")  # a letter behind one of these belongs to a code

Found = tuple[float, str]  # how sure, 0 to 1, and the reason for people


def glued_numbers(text: str) -> Iterator[Edit]:
    """Edits of kind `glued-number`: spaces between numbers and the words that ran into them."""
    addresses = Addresses(text)
    vitamins = _VITAMIN in text
    parted_at = -1  # where the last word behind a number was set apart: 10شوال1436
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        touches_before = start > 0 and text[start - 1] in WORD_CHARACTERS
        touches_behind = end < len(text) and text[end] in WORD_CHARACTERS
        if not (touches_before or touches_behind) or addresses.hold(start):
            continue
        number = _Number.of(match)
        written = word_before(text, start)
        word = fold(written)
        at = start - len(written)
        before = " " if at == parted_at else text[max(0, at - 1) : at]
        found = _parted_before(number, written, before, vitamins=vitamins) if word else None
        if found:
            yield Edit("glued-number", start, start, "", " ", *found)
        if touches_behind and (found or not word or word in ARTICLES):
            found = _parted_behind(number, articled=word in ARTICLES)
            if found:
                yield Edit("glued-number", end, end, "", " ", *found)
                parted_at = end


@dataclass(frozen=True, slots=True)
class _Number:
    """A number where it stands in its text.

    digits: as written, but in Western figures; whole: those before the decimals. next_word: the
    word that follows, glued or not, folded.
    """

    text: str
    start: int
    end: int
    digits: str
    whole: str
    next_word: str

    @classmethod
    def of(cls, match: re.Match[str]) -> _Number:
        digits = fold(match.group())
        whole = _WHOLE.match(digits)
        following = _NEXT_WORD.match(match.string, match.end())
        next_word = fold(following.group(1)) if following else ""
        return cls(match.string, *match.span(), digits, whole.group() if whole else "", next_word)

    @property
    def plain(self) -> bool:
        """Whether it has no decimals, groups of thousands, or percent sign."""
        return self.digits == self.whole

    @property
    def percent(self) -> bool:
        return self.digits[-1] in "%٪" or bool(_PERCENT.match(self.text, self.end))

    @property
    def may_be_a_code(self) -> bool:
        """One or two figures, and nothing more: 1, 16."""
        return self.plain and not self.percent and len(self.whole) < 3

    @property
    def counts(self) -> bool:
        """Whether the next word is something counted, or a month."""
        return self.next_word in COUNTED or self.next_word in MONTHS


def _parted_before(number: _Number, written: str, before: str, *, vitamins: bool) -> Found | None:
    """Whether the word left of a number is one of its own. before: what stands before the word."""
    word = fold(written)
    found: Found | None = None
    if before.isdigit() or before in WORD_CHARACTERS or word in ARTICLES:
        return None
    if word == "و":
        found = None if before in _JOINING else (0.95, "و (and) ran into a number")
    elif word in CLITICS:
        in_code = before in _JOINING or before == "."
        if not in_code and _is_after_a_letter(number, written, vitamins=vitamins):
            found = 0.9, f"{written} (a preposition) ran into its number"
    elif _is_before_numbers(word):
        # في6 and في8 are engines (V6, V8)
        if not (word.endswith("في") and number.may_be_a_code and not number.counts):
            found = 0.95, f"{written} ran into the number behind it"
    elif len(word) > 2 and word not in _NAMES:
        found = _number_by_its_looks(number)
    return found


def _is_after_a_letter(number: _Number, written: str, *, vitamins: bool) -> bool:
    """ب556, ل1500, ك100, ف2011: a preposition of one letter, unless the two may be a code."""
    if written.endswith(TATWEEL) or not number.may_be_a_code:
        return True
    if vitamins or number.counts:
        return not vitamins
    two_figures = len(number.whole) == 2 and number.whole not in _CODES
    return two_figures and fold(written)[-1] in "بل" and bool(number.next_word)


def _is_before_numbers(word: str) -> bool:
    """Whether `word` is in the list, alone or behind و ف and ب ل ك."""
    return (
        word in BEFORE
        or (word[0] in "وفبلك" and word[1:] in BEFORE)
        or (word[0] in "وف" and word[1] in "بلك" and word[2:] in BEFORE)
    )


def _number_by_its_looks(number: _Number) -> Found | None:
    """Whether a number cannot be a part of the name before it, whatever the word is."""
    if number.percent:
        return 0.9, "a percentage ran into the word before it"
    if _THOUSANDS.fullmatch(number.digits):
        return 0.85, "a number with thousands ran into the word before it"
    if _YEAR.fullmatch(number.digits):
        return 0.85, "a year ran into the word before it"
    next_word, of_two = number.next_word, number.plain and len(number.whole) == 2
    if (
        # القادم10 شوال, بمشاركة18 لاعبا, خلق50 ألف, الحالي2.28 مليون
        (next_word in MONTHS and number.may_be_a_code)
        or (next_word in COUNTED and of_two and next_word.endswith("ا"))
        or (next_word in MAGNITUDES and (of_two or len(number.digits) > 2))
    ):
        return 0.8, "a number ran into the word before it"
    return None


def _parted_behind(number: _Number, *, articled: bool) -> Found | None:
    """Whether the word right of a number is one of its own. articled: the number has an article."""
    text, start = number.text, number.start
    written = word_behind(text, number.end)
    word, end = fold(written), number.end + len(written)
    found: Found | None = None
    if not word or text[max(0, start - 1) : start] in ("%", "٪"):
        return None
    if number.digits[-1] in "%٪":
        if len(word) > 1 or word == "و":
            found = 0.95, "a word ran into the percentage before it"
    elif word in AFTER:
        # 7في may be a code; في المئة (per cent) is none
        surely = word not in LETTER_NAMES or len(number.whole) > 2
        if surely or _PER_CENT.match(text, number.end):
            found = 0.93, f"{written} ran into the number before it"
    elif len(word) < 3:
        found = _abbreviation(number, written)
    elif not articled and word not in _NO_WORDS and not text[end : end + 1].isdigit():
        # 2ستار may be a name; with three figures, or two and a longer word, nothing read was one.
        in_code = start > 1 and text[start - 1] in "-–" and text[start - 2] in WORD_CHARACTERS
        long_enough = len(number.whole) > 2 or (len(number.whole) == 2 and len(word) > 3)
        if not in_code and (long_enough or not number.plain):
            found = 0.85, "a word ran into the number before it"
    return found


def _abbreviation(number: _Number, written: str) -> Found | None:
    """2015م (A.D., or metres), 1436هـ (of the Hijra), 3500ق.م (B.C.), 400م2 (square metres)."""
    text, word, end = number.text, fold(written), number.end + len(written)
    found: Found | None = None
    behind = text[end : end + 1].isalnum()
    if behind and word != "و" and not (word == "م" and _POWER.match(text, end)):
        return None
    if word == "م":
        found = 0.9, "م (metres, or A.D.) ran into its number"
    elif word == "ه" and number.plain:
        most = 4 if len(number.whole) > 2 or written.endswith(TATWEEL) else 0
        if len(number.whole) <= most:
            found = 0.9, "هـ (of the Hijra) ran into its year"
    elif word == "و" and number.plain and len(number.whole) == 4:
        if _AND_YEAR.match(text, number.end):
            found = 0.85, "و (and) ran into the year before it"
    elif word == "ق" and _BEFORE_CHRIST.match(text, number.end):
        found = 0.9, "ق.م (B.C.) ran into its year"
    return found
