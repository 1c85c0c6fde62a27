"""The one home of Arabic characters: what each class holds, and how letters fold for search.

`FOLDING` maps a character to its search form. It is asked of pyarabic where pyarabic knows the
letter, completed for the letters that Persian, Urdu and Kurdish keyboards leave in Arabic words,
and used twice: by `warraq.text.normalize` in Python and by `warraq.index.schema`, which writes the
same pairs into Elasticsearch's character filter. So a text and a query fold alike wherever it
happens (tests/text/test_normalize.py compares both through `_analyze`).
"""

from __future__ import annotations

import unicodedata

from pyarabic import araby

TATWEEL = araby.TATWEEL

# For a regular expression's character class: the letters of Arabic, Persian, Urdu and Kurdish
# without tatweel and marks, and the three rows of digits that they write with.
LETTERS = "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5"
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"

# Zero-width and direction-setting characters: they show nothing and hide words from search.
# U+200C and U+200D are apart: Persian writes with the first, emoji are joined by the second.
INVISIBLE = frozenset(
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
)
JOINERS = frozenset("\u200c\u200d")

# What parts words within a line: spaces of every width that newspapers type, and the tab.
BLANKS = " \t\u00a0\u2002\u2003\u2009\u200a\u202f\u3000"

# Stands between two words whose space was lost. It shows nothing; the index keeps the whole word
# and makes its parts besides. What an article itself has of it is removed before.
PART_MARK = "\u2063"

# Unicode blocks Arabic Presentation Forms-A and -B, but for the ornate parentheses, which are
# punctuation of their own, and for the byte order mark, which is invisible.
PRESENTATION_FORMS = frozenset(
    character
    for character in map(chr, (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)))
    if unicodedata.normalize("NFKC", character) != character
)

# Vowel signs and other marks above and below the letters (Unicode category Mn of the Arabic
# block). pyarabic.TASHKEEL is a part of them; Quranic signs and the dagger alef are the rest.
MARKS = frozenset(
    character
    for character in map(chr, range(0x0600, 0x0700))
    if unicodedata.category(character) == "Mn"
) | frozenset(araby.TASHKEEL)
FATHATAN = araby.FATHATAN  # the ending of an accusative: عضواً
MARKS_CLASS = "".join(sorted(MARKS))  # beside `LETTERS` in a regular expression's character class

# All that a word may hold unseen.
UNSEEN = MARKS | INVISIBLE | JOINERS | {TATWEEL}
WITHOUT_UNSEEN = str.maketrans(dict.fromkeys(MARKS | INVISIBLE | {TATWEEL}))
"""For `str.translate`: a word without all of that but joiners, which stay in a name for people."""

# Letters from other keyboards in Arabic words, by the Arabic letter that a reader takes them for.
_FOREIGN_LETTERS = {
    "ی": "ي", "ې": "ي", "ێ": "ي", "ے": "ي", "ۍ": "ي", "ک": "ك", "ڪ": "ك", "گ": "ك", "ګ": "ك",
    "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه",
    "ۂ": "ه", "ۃ": "ه", "ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ڕ": "ر", "ڵ": "ل", "ں": "ن", "ۆ": "و",
    "ۇ": "و", "ۈ": "و", "ٲ": "ا", "ٳ": "ا", "ٵ": "ا",
}  # fmt: skip

# A hamza that was typed after its seat; in Python composed to one letter before folding.
HAMZA_ABOVE = "\u0654"
DECOMPOSED_HAMZA = {"و" + HAMZA_ABOVE: "ؤ", "ي" + HAMZA_ABOVE: "ئ", "ى" + HAMZA_ABOVE: "ئ"}


def _fold_letter(letter: str) -> str:
    """One letter → its search form, by pyarabic: alef, then hamza, then teh marbuta.

    Alef goes first, or pyarabic's `normalize_hamza` would turn أ into a bare hamza. Alef maksura
    is kept from it: `normalize_alef` makes ى an alef, while half of the Arab press writes it for
    a final yeh (على for علي, Ali), so it has to meet ي.
    """
    if letter == araby.ALEF_MAKSURA:
        return str(araby.YEH)
    return str(araby.normalize_teh(araby.normalize_hamza(araby.normalize_alef(letter))))


def presentation_form(character: str) -> str:
    """The letters a presentation form stands for: ﻼ → لا, ﷲ → الله.

    The isolated vowel signs of the block carry a space or a tatweel as their seat: it goes.
    """
    return unicodedata.normalize("NFKC", character).strip(f" {TATWEEL}")


def _as_typed_elsewhere() -> dict[str, str]:
    """What shows a word otherwise or hides it, without being another spelling of it."""
    table = {"ٱ": "ا", **_FOREIGN_LETTERS, **dict.fromkeys(UNSEEN, "")}
    for zero in (0x0660, 0x06F0):
        table |= {chr(zero + digit): str(digit) for digit in range(10)}
    return table | {"٫": ".", "٬": ","}


def _completed(table: dict[str, str]) -> dict[str, str]:
    """`table` with the presentation forms, of which it says how their letters fold."""
    forms = {
        form: "".join(table.get(letter, letter) for letter in presentation_form(form))
        for form in PRESENTATION_FORMS
    }
    return {
        letter: folded for letter, folded in sorted((table | forms).items()) if letter != folded
    }


_LETTER_BY_LETTER = {letter: _fold_letter(letter) for letter in map(chr, range(0x0621, 0x064B))}

FOLDING: dict[str, str] = _completed(_LETTER_BY_LETTER | _as_typed_elsewhere())
UNFOLDED: dict[str, str] = _completed(_as_typed_elsewhere())
"""The part of `FOLDING` that leaves a word its spelling: hamzas, ى and ي, ة and ه stay apart."""
SEATED_HAMZA = DECOMPOSED_HAMZA | {
    f"ا{sign}": unicodedata.normalize("NFC", f"ا{sign}") for sign in "\u0653\u0654\u0655"
}
"""A hamza or madda that was typed after its seat → the letter that they are, for `UNFOLDED`."""
