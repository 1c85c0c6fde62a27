"""The words that numbers are made of, by the key of their token.

Masculine and feminine, nominative and oblique, with the spellings that newspapers use (مئة, مائة,
ميه; ثماني, ثمان; ترليون). `WORDS` has each of them also behind و ف, ب ل ك and ال.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from warraq.text.lexicon import lexicon_key


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What a word means in a number.

    role: "unit" (1 to 9), "ten" (10, and what makes 11 to 19), "tens" (20 … 90), "hundred" (100),
    "hundreds" (200 … 900 in one word), "scale" (1,000 …), "scales" (the plural, which needs a
    number before it), "dual" (2,000 …), "fraction" (a half …), "fractions" (quarters …).
    dual: of a scale, that it may also be the dual before a noun (مليونا ريال, two million riyals).
    clitics: how many letters before it are و ف ب ل ك; conjoined: whether one of them is و;
    definite: whether it has the article.
    """

    value: float
    role: str
    dual: bool = False
    clitics: int = 0
    conjoined: bool = False
    definite: bool = False


_UNITS = (
    "احد احدى واحد واحدة واحدا احدا",
    "اثنان اثنين اثنتان اثنتين اثنا اثني اثنتا اثنتي اثنتى ثنتان ثنتين ثنتا ثنتي اتنين",
    "ثلاث ثلاثة ثلاثا",
    "اربع اربعة اربعا",
    "خمس خمسة خمسا",
    "ست ستة ستا",
    "سبع سبعة سبعا",
    "ثمان ثماني ثمانية ثمانيا",
    "تسع تسعة تسعا",
)
_TEN = "عشر عشرة عشرا"
_TENS = ("عشر", "ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع")  # and ون or ين
_HUNDRED = "مئة مائة مية ماية مئه"
_HUNDRED_ENDINGS = "مئة مائة مية ماية مئه ميه"
_HUNDREDS = (
    ("ثلاث", 300),
    ("اربع", 400),
    ("خمس", 500),
    ("ست", 600),
    ("سبع", 700),
    ("ثمان", 800),
    ("ثماني", 800),
    ("تسع", 900),
)
_TWO_HUNDRED = "مئتان مئتين مائتان مائتين مئتا مئتي مائتا مائتي مئتى مائتى"
# Of each scale: one (also with the ending of an accusative), two, many.
_SCALES = (
    (10**3, "الف", "الفا", "الفان الفين الفي الفى", "الاف الوف"),
    (10**6, "مليون", "مليونا", "مليونان مليونين مليوني مليونى", "ملايين"),
    (10**9, "مليار", "مليارا", "ملياران مليارين ملياري ميليارين ميلياري", "مليارات ميليارات"),
    (10**9, "ميليار", "ميليارا", "", ""),
    (10**9, "بليون بيليون", "بليونا", "بليونان بليونين بليوني", "بلايين بليونات"),
    (
        10**12,
        "تريليون ترليون تيريليون",
        "تريليونا ترليونا",
        "تريليونان تريليونين ترليونان ترليونين تريليوني ترليوني",
        "تريليونات ترليونات",
    ),
)
_FRACTIONS = (
    (1 / 2, "نصف نصفا"),
    (1 / 3, "ثلث"),
    (2 / 3, "ثلثا ثلثي ثلثين ثلثان ثلثى"),
    (1 / 4, "ربع ربعا"),
)  # خمس is five rather than a fifth
_MANY_FRACTIONS = (
    (1 / 3, "اثلاث"),
    (1 / 4, "ارباع"),
    (1 / 5, "اخماس"),
    (1 / 6, "اسداس"),
    (1 / 7, "اسباع"),
    (1 / 8, "اثمان"),
    (1 / 9, "اتساع"),
    (1 / 10, "اعشار"),
)
# What looks like a number with a clitic and is another word: لست (I am not), كمية (amount).
_OTHER_WORDS = ("كمية", "كميه", "وكمية", "وكميه", "كماية", "لست", "ولست", "فلست", "وسط")
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك")


def _bare() -> Iterator[tuple[str, NumberWord]]:
    for value, words in enumerate(_UNITS, 1):
        yield words, NumberWord(value, "unit")
    yield _TEN, NumberWord(10, "ten")
    for value, stem in enumerate(_TENS, 2):
        yield f"{stem}ون {stem}ين", NumberWord(10 * value, "tens")
    yield _HUNDRED, NumberWord(100, "hundred")
    yield _TWO_HUNDRED, NumberWord(200, "hundreds")
    for stem, value in _HUNDREDS:
        yield (
            " ".join(stem + end for end in _HUNDRED_ENDINGS.split()),
            NumberWord(value, "hundreds"),
        )
    for value, one, accusative, two, many in _SCALES:
        yield one, NumberWord(value, "scale")
        yield accusative, NumberWord(value, "scale", dual=True)
        yield two, NumberWord(2 * value, "dual")
        yield many, NumberWord(value, "scales")
    for part, words in _FRACTIONS:
        yield words, NumberWord(part, "fraction")
    for part, words in _MANY_FRACTIONS:
        yield words, NumberWord(part, "fractions")


def _spellings(words: str) -> Iterator[str]:
    """The keys of `words`, also as hasty typists end them: ثلاثه, حوالى."""
    for word in words.split():
        key = lexicon_key(word)
        yield key
        if key.endswith("ة"):
            yield key[:-1] + "ه"
        elif key.endswith("ي"):
            yield key[:-1] + "ى"


def _words() -> dict[str, NumberWord]:
    found: dict[str, NumberWord] = {}
    for words, meaning in _bare():
        for key in _spellings(words):
            found.setdefault(key, meaning)
    for key, meaning in tuple(found.items()):
        for conjunction in _CONJUNCTIONS:
            for preposition in _PREPOSITIONS:
                before = conjunction + preposition
                # لل is ل and the article, which has lost its alef: للثلاثة, for the three
                article = before + ("ل" if preposition == "ل" else "ال")
                with_clitics = replace(meaning, clitics=len(before), conjoined=conjunction == "و")
                for written, definite in ((before + key, False), (article + key, True)):
                    if written not in _OTHER_WORDS:
                        found.setdefault(written, replace(with_clitics, definite=definite))
    return found


WORDS: Final = _words()
