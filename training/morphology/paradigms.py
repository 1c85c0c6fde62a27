"""The forms of Arabic nouns, adjectives and verbs, as they are written without vowel signs.

A form is what stands between clitics; `Around` says what may stand around it. The rules are those
of the school grammars (Wright, "A Grammar of the Arabic Language"; hamza as the academies teach
it); verbs are conjugated by libqutrub (Taha Zerrouki, GPL).
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from enum import IntFlag

from pyarabic import araby

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes in the package's strings
    from libqutrub import mosaref_main


class Around(IntFlag):
    """What may stand around a form."""

    ARTICLE = 1  # ال before it
    BARE = 2  # nothing behind it
    PRONOUN = 4  # a pronoun behind it
    PRESENT = 8  # of a verb: may have س or ل before it
    VERB = 16  # of a verb: و and ف before it, no prepositions
    NAME = 32  # of a name: prepositions, no article of its own


_ANY = Around.ARTICLE | Around.BARE
_ALL = _ANY | Around.PRONOUN
_NO_ARTICLE = Around.BARE

Form = tuple[str, str, Around]
"""The letters (as a key), which inflection it is, and what may stand around it."""


DEFECTIVE = re.compile("م.{2,5}ي|.ا.ي")  # participles that lose their ي: قاضٍ


def singular(word: str, kind: str = "s") -> Iterator[Form]:
    """A noun's forms as it stands, also of a broken plural: كتاب, كتابا, كتابه."""
    if word.endswith("ة"):
        yield word, kind, _ANY
        yield word[:-1] + "ت", kind, Around.PRONOUN
    elif word.endswith("اء"):
        yield word, kind, _ALL
        yield word[:-1] + "ئ", kind, Around.PRONOUN
        yield word[:-1] + "ؤ", kind, Around.PRONOUN
    elif word.endswith("ى"):
        yield word, kind, _ANY
        yield word[:-1] + "ا", kind, Around.PRONOUN
    elif word.endswith("ي"):
        yield word, kind, _ALL
        if DEFECTIVE.fullmatch(word):
            yield word[:-1], kind + "n", _NO_ARTICLE
        yield word + "ا", kind + "a", _NO_ARTICLE
    elif word.endswith(("أ", "ء", "ئ")):
        stem = word[:-1]
        yield word, kind, _ALL
        if word.endswith("أ"):
            yield stem + "ا", kind, Around.PRONOUN
        for seat in "ئؤ":
            yield stem + seat, kind, Around.PRONOUN
        if word.endswith("ء"):
            yield stem + ("ئا" if word[-2:-1] in "يئ" else "ءا"), kind + "a", _NO_ARTICLE
    else:
        yield word, kind, _ALL
        yield word + "ا", kind + "a", _NO_ARTICLE


def dual(word: str) -> Iterator[Form]:
    """كتابان, كتابين; before a pronoun or another noun كتابا, كتابي."""
    stem = _before_endings(word)
    yield stem + "ان", "d", _ANY
    yield stem + "ين", "d", _ANY
    yield stem + "ا", "dc", Around.PRONOUN | _NO_ARTICLE
    yield stem + "ي", "dc", Around.PRONOUN | _NO_ARTICLE


def masculine_plural(word: str) -> Iterator[Form]:
    """مسلحون, مسلحين; before a pronoun or another noun مسلحو, مسلحي."""
    stem = word[:-1] if word.endswith("ى") else _before_endings(word)
    if DEFECTIVE.fullmatch(word):
        for ending in ("ون", "ين"):  # of a participle that ends in it: القاضون
            yield word[:-1] + ending, "mx", _ANY
        yield word[:-1] + "و", "mcx", Around.PRONOUN | _NO_ARTICLE
    yield stem + "ون", "m", _ANY
    yield stem + "ين", "m", _ANY
    yield stem + "و", "mc", Around.PRONOUN | _NO_ARTICLE
    yield stem + "وا", "mw", _NO_ARTICLE
    yield stem + "ي", "mc", Around.PRONOUN | _NO_ARTICLE


def feminine_plural(word: str) -> Iterator[Form]:
    """شركات, إجراءات, مستويات, قنوات."""
    if word.endswith("اة"):
        for ending in ("وات", "يات"):
            yield word[:-2] + ending, "f", _ALL
        return
    if word.endswith("أة"):  # منشآت
        yield word[:-2] + "آت", "f", _ALL
        return
    stem = word[:-1] if word.endswith("ة") else _before_endings(word)
    if word.endswith("اء"):
        yield word[:-1] + "وات", "f", _ALL
    yield stem + "ات", "f", _ALL


def feminine(word: str) -> Iterator[Form]:
    """An adjective's feminine with its dual: جديدة, جديدتان."""
    base = _before_endings(word) if word.endswith("ى") else word
    form = (word[:-1] + "ا" if word.endswith("ى") else base) + "ة"
    for letters, _, around in singular(form):
        yield letters, "g", around
    for letters, _, around in dual(form):
        yield letters, "gd", around


def adjective(word: str) -> Iterator[Form]:
    yield from noun(word, plural=True)
    yield from feminine(word)


def noun(word: str, *, plural: bool = False) -> Iterator[Form]:
    """All forms of a noun; `plural`: whether people are called by it (معلم: معلمون)."""
    yield from singular(word)
    yield from dual(word)
    yield from feminine_plural(word)
    if plural:
        yield from masculine_plural(word)


def _before_endings(word: str) -> str:
    if word.endswith("ة"):
        return word[:-1] + "ت"
    if word.endswith("ى"):
        return word[:-1] + "ي"
    if word.endswith("ء") and word.endswith("يء"):
        return word[:-1] + "ئ"
    return word


def verb(vocalized: str, vowel: str) -> Iterator[Form]:
    """The forms of a verb. `vowel`: of the second radical in the present, by its Arabic name.

    Letters that stand for several forms count as the commonest of them, in the order of `_MOODS`.
    """
    seen: set[str] = set()
    for mark, form in sorted(_conjugated(vocalized, vowel), key=_place):
        if form not in seen:
            seen.add(form)
            yield from _before_pronouns(form, mark)


_MOODS = """
v3 i3 v3p i3p v1 i1 i2 v2 j3 o2 j1 j2 v1p i1p i2p v2p j3p j1p j2p v4 i4 o4 j4 v4p i4p j4p
""".split()  # noqa: SIM905  marks of mood, person and passive, commonest first


def _place(conjugated: tuple[str, str]) -> int:
    return _MOODS.index(conjugated[0])


def _conjugated(vocalized: str, vowel: str) -> Iterator[tuple[str, str]]:
    arguments = (vocalized, vowel, *[True] * 8, "DICT")
    for tense, forms in (mosaref_main.do_sarf(*arguments) or {}).items():
        if "مؤكد" in tense:
            continue
        mark = "v" if "ماضي" in tense else "i" if "مضارع" in tense else "o"
        mark = "j" if "مجزوم" in tense else mark
        for person, form in forms.items():
            if letters := araby.strip_tashkeel(form):
                yield mark + _person(person) + ("p" if "مجهول" in tense else ""), letters


def _person(name: str) -> str:
    if name in ("هن", "أنتن"):
        return "4"  # women alone: hardly ever in news
    return "1" if name in ("أنا", "نحن") else "2" if name.startswith("أنت") else "3"


def _before_pronouns(form: str, mark: str) -> Iterator[Form]:
    around = Around.BARE | Around.VERB
    if mark[0] in "ij":
        around |= Around.PRESENT
    if form.endswith(("وا", "ى")):
        yield form, mark, around
        before = form[:-1] if form.endswith("وا") else form[:-1] + "ا"
        yield before, mark, around & ~Around.BARE | Around.PRONOUN
    else:
        yield form, mark, around | Around.PRONOUN


_PLURALS = tuple(
    (re.compile(single.replace("C", "([^اةويىءأ])").replace("L", "([^اةىأ])") + "$"), plural)
    for single, plural in (
        ("LLL", "أ12ا3"), ("LLL", "12و3"), ("LLL", "12ا3"), ("LLLي", "أ12ا3"), ("LLLة", "12ا3"),
        ("LL", "أ12ا2"), ("LL", "12و2"), ("LLة", "122"), ("LLLة", "123"),
        ("LLاL", "أ123ة"), ("LLيL", "أ123ة"), ("LLوL", "أ123ة"), ("LLيL", "12ا3"),
        ("LLيLة", "12ائ3"), ("LLاLة", "12ائ3"), ("LLوLة", "12ائ3"), ("LLوL", "12ائ3"),
        ("LاLLة?", "1وا23"), ("LوLLة?", "1وا23"), ("مLLLة?", "م1ا23"), ("مLLLية", "م1ا23"),
        ("مLLوLة?", "م1ا2ي3"), ("مLLاL", "م1ا2ي3"), ("مLLيL", "م1ا2ي3"),
        ("LLLLة?", "12ا34"), ("LLLوLة?", "12ا3ي4"), ("LLLيLة?", "12ا3ي4"), ("LLLاLة?", "12ا3ي4"),
        ("LاLوLة?", "1وا2ي3"), ("LيLاLة?", "1يا2ي3"), ("LوLاLة?", "1وا2ي3"),
        ("تLLيL", "ت1ا2ي3"), ("تLLاL", "ت1ا2ي3"), ("أLLوLة?", "أ1ا2ي3"), ("إLLيL", "أ1ا2ي3"),
        ("LLيL", "123اء"), ("LاLL", "123اء"), ("LLيL", "أ123اء"), ("أLLL", "أ1ا23"),
        ("LLLي", "123"),
    )
)  # fmt: skip


def likely_plurals(word: str) -> Iterator[str]:
    """Broken plurals after the patterns of the grammars: جناح → أجنحة, فاتورة → فواتير."""
    for single, plural in _PLURALS:
        if found := single.match(word):
            letters = found.groups()
            wanted = {digit for digit in plural if digit.isdigit()}
            if len(wanted) <= len([one for one in letters if one]):
                yield "".join(letters[int(sign) - 1] if sign.isdigit() else sign for sign in plural)
