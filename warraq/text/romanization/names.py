"""Whole names: articles that stand alone, compounds in one word or two.

An Arabic name is kept under the keys of all its words and, of compounds, both of the whole and of
the parts, however it is written (عبد العزيز and عبدالعزيز). So a query may be taken as it is typed:
"Abdulaziz" or "Abdul Aziz", "Benali" or "Ben Ali".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from warraq.text.compounds import is_compound
from warraq.text.letters import TATWEEL
from warraq.text.normalize import fold
from warraq.text.romanization.distance import distance
from warraq.text.romanization.keys import arabic_keys, latin_keys
from warraq.text.romanization.letters import latin_letters

_PARTS = re.compile(r"[\s\-\u2010-\u2014_/]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
ARABIC_ARTICLES = frozenset(
    """
    al el ul il ad an ar as at az ash ath adh ach ech esh ed en er es et ez
    """.split()  # noqa: SIM905 - a list of words reads better so
)
"""How ال is spelt, also before the letters that it sounds like."""
_ARTICLES = ARABIC_ARTICLES | {"the", "der", "die", "das"}
_SERVANT = re.compile("abd([aeiou]+[lrsntdz]?)?")
_SON_OR_FATHER = frozenset(
    """
    abu abou abi aba ben bin ibn bou bu oum umm um ould de di la le
    """.split()  # noqa: SIM905
)
_ROMANCE_ARTICLES = frozenset(["le", "la", "les", "lo", "los", "las", "il"])  # or of the name
_ROMAN_NUMBER = re.compile("[ivx]{2,}")
_COMPOUND_BEGINS = frozenset(map(fold, ("عبد", "أبو", "أبي", "أبا", "أم", "بن", "ابن", "ولد")))
# Stand apart in Arabic, joined in Latin letters: İmamoğlu, Islamabad, Ahmadinejad, Taghizadeh.
_FOREIGN_RIGHT_PARTS = frozenset(map(fold, ("أوغلو", "آباد", "نجاد", "زاده", "ستان")))


def name_keys(name: str) -> tuple[str, ...]:
    """All keys that a name, in Arabic or Latin letters, is to be found under, each once."""
    keys: dict[str, None] = {}
    for word in _units(name):
        keys |= dict.fromkeys(latin_keys(word) if _LATIN.search(word) else arabic_keys(word))
    return tuple(keys)


def words_by_key(name: str) -> Iterator[tuple[str, str]]:
    """Each word of an Arabic name, and each compound in two words, with the keys it is met under.

    In letters alone, spelt as the name has them: to be searched for, or shown.
    """
    words = [word for word in map(_bare, _PARTS.split(name)) if word]
    for written in (*words, *map(" ".join, _compounds(words))):
        for key in arabic_keys(written.replace(" ", "")):
            yield key, written


def _bare(word: str) -> str:
    return "".join(letter for letter in word if letter.isalpha() and letter != TATWEEL)


def name_distance(latin: str, arabic: str) -> float:
    """How far a name in Latin letters is from an Arabic one, which may have further words.

    The mean, over the words of the likeliest reading, of the least `distance` to any word of the
    Arabic name; 1 where either has no word.
    """
    units = _units(arabic)
    readings = latin_readings(latin)
    if not units or not readings:
        return 1.0
    return min(
        sum(min(distance(word, unit) for unit in units) for word in reading) / len(reading)
        for reading in readings
    )


def _units(name: str) -> list[str]:
    """The words of a name and, of compounds, the whole in one word and its parts."""
    words = [word for word in _PARTS.split(name) if word]
    found = words.copy()
    for word in words:
        found += _parts(word)
    found += (left + right for left, right in _compounds(words))
    return found


def _compounds(words: list[str]) -> Iterator[tuple[str, str]]:
    """Words side by side that Latin letters may write in one."""
    for left, right in pairwise(words):
        if (
            fold(left) in _COMPOUND_BEGINS
            or fold(right) in _FOREIGN_RIGHT_PARTS
            or is_compound(left, right)
        ):
            yield left, right


def _parts(word: str) -> tuple[str, ...]:
    """Both parts of a compound in one word: أبو, ظبي of أبوظبي; nothing if it is none."""
    letters = fold(word)
    for cut in range(2, len(letters) - 1):
        if is_compound(letters[:cut], letters[cut:]):
            return letters[:cut], letters[cut:]
    return ()


def latin_readings(name: str) -> list[list[str]]:
    """The words by which a name in Latin letters is to be asked for, likeliest way first.

    "Abd al-Fattah el-Sisi" → abdfattah, sisi; "Ben Ali" → ben, ali; or benali. Of two words also
    both in one: "New York" is نيويورك. All words of a reading must be found.
    """
    words = [latin_letters(word) for word in _PARTS.split(name)]
    words = [word for word in words if word and not _ROMAN_NUMBER.fullmatch(word)]
    bare = [word for word in words[:-1] if word not in _ARTICLES] + words[-1:]
    served = _glued(bare, lambda word: _SERVANT.fullmatch(word) is not None)
    readings = [served, _glued(served, _SON_OR_FATHER.__contains__)]
    if len(served) == 2:
        readings.append(["".join(served)])
    if bare != served:
        readings.append(bare)
    readings.append([word for word in served if word not in _ROMANCE_ARTICLES])
    different = [one for at, one in enumerate(readings) if one not in readings[:at]]
    return [reading for reading in different if reading]


def _glued(words: list[str], is_left_part: Callable[[str], bool]) -> list[str]:
    """`words`, each left part in one with what follows it."""
    found: list[str] = []
    left = ""
    for word in words:
        left += word
        if not is_left_part(word):
            found.append(left)
            left = ""
    return [*found, left] if left else found


def query_keys(name: str) -> list[list[tuple[str, ...]]]:
    """For each reading of a Latin name the keys of its words: one key of every word must be met."""
    return [[latin_keys(word) for word in reading] for reading in latin_readings(name)]


def meet(latin: str, arabic: str) -> bool:
    """Whether a name in Latin letters finds an Arabic one by its keys."""
    keys = set(name_keys(arabic))
    return any(all(keys.intersection(word) for word in reading) for reading in query_keys(latin))
