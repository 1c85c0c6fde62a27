"""Keys of words: consonants in classes, the same for an Arabic name and its Latin spellings.

A key is a string such as `HFTR`: what a word begins with if that is a vowel (`A`) or a
half-vowel (`W`, `Y`), the classes of its consonants, and `a`, `i` or `u` if it ends in such a
vowel. Vowels inside are left out, for neither script writes them reliably. Letters that Latin
scripts do not keep apart are one class (`letters.tsv`): ك and ق, س and ص, ح and ه. A skeleton of
this kind is what Soundex (Russell, 1918) and its descendants make; here ambiguous spellings (g for
ج, غ or ق) give several keys rather than one coarse class. The article is left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from warraq.text.romanization.letters import (
    LATIN_VOWELS,
    arabic_letters,
    latin_letters,
    spellings,
)

MOST_LATIN_KEYS = 48
_MOST_PATHS = 16
_FAR_FETCHED = 6  # tenths: what costs as much serves to rank, not to find
_LONGEST_GRAPHEME = 4
_LONGEST_WORD = 40  # letters; what is longer is no name
_CACHED = 1 << 17

_BEGINS = {"ا": "A", "ع": "A", "ء": "A", "و": "W", "ي": "Y"}
_ENDS = {"ا": ("a",), "ه": ("a",), "و": ("u",), "ي": ("i",), "ع": ("", "a", "i", "u")}
_MAKSURA = re.compile("ى[^\u0621-\u063f\u0641-\u064a]*$")  # the last letter; folding makes it ي


@lru_cache(_CACHED)
def arabic_keys(word: str) -> tuple[str, ...]:
    """The keys of one Arabic word, one to four of nearly all; none if it has no Arabic letter.

    Vowel signs, tatweel, hamza, hyphens and the article make no difference.
    """
    letters = without_article(arabic_letters(word)[:_LONGEST_WORD])
    if not letters:
        return ()
    stem = letters.removesuffix("ء") if letters.endswith("اء") else letters
    begin = _BEGINS.get(stem[0], "")
    ends = ("a", "i") if _MAKSURA.search(word) else _ENDS.get(stem[-1], ("",))
    if stem == "عمرو":
        ends = ("", "u")  # Amr: the letter tells him from Omar
    if stem[-1] == "ه":
        ends += ("Ha",) if len(stem) == 2 else ()
        stem = stem[:-1]
    skeletons = [stem.translate(_first_classes())]
    for letter, second in _second_classes():
        if letter in stem:
            other = stem.replace(letter, second).translate(_first_classes())
            skeletons += [other] if other not in skeletons else []
    return tuple(begin + skeleton + end for skeleton in skeletons for end in ends)


def without_article(letters: str) -> str:
    """السراج → سراج; inside compounds as well: عبدالعزيز → عبدعزيز, عزالدين → عزدين."""
    if letters.startswith("ال") and len(letters) > 3:
        letters = letters[2:]
    if letters.startswith("عبدال") and len(letters) > 6:
        letters = "عبد" + letters[5:]
    if "الدين" in letters:
        letters = letters.replace("الدين", "دين")
    return letters.replace("الله", "له").replace("لله", "له")


@cache
def _first_classes() -> dict[int, str]:
    """For `str.translate`: consonants to their commonest class, all else to nothing."""
    return {ord(letter): classes[0] for letter, classes in _classes().items()} | {
        ord(vowel): "" for vowel in "اويىةءع"
    }


@cache
def _second_classes() -> tuple[tuple[str, str], ...]:
    return tuple((a, c[1]) for a, c in _classes().items() if len(c) > 1)


@cache
def _classes() -> dict[str, list[str]]:
    """Each consonant's classes, the commonest first: one, or of ث ذ ض ظ two."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for letter, key, _, _ in spellings():
        if len(letter) == 1 and key and key not in found[letter]:
            found[letter].append(key)
    return {letter: classes for letter, classes in found.items() if classes}


_DOUBLED = re.compile(r"(sh|kh|dh|th|gh|ch|[b-df-hj-np-tvxz])\1+")
_ASSIMILATED = re.compile(r"[aeiou](?=(sh|th|dh|ch|[rstdnz])\1)")
_ARTICLE = re.compile(r"[aeiou]l(?=..)")
_MAGHREBI_ARTICLES = (re.compile("l(?=a+[^aeiou])"), re.compile("la+(?=[^aeiou].)"))
_SERVANT = re.compile(r"(abd)[aeiou]+l(?=..)")


@lru_cache(_CACHED)
def latin_keys(word: str) -> tuple[str, ...]:
    """The keys of one word in Latin letters, likeliest first, at most `MOST_LATIN_KEYS`.

    Case, accents, hyphens and apostrophes make no difference; English, French, German, Spanish
    and Turkish ways of spelling are all read. None if the word has no Latin letter.
    """
    letters = latin_letters(word)[:_LONGEST_WORD]
    found: dict[str, int] = {}
    for start, penalty in latin_starts(letters).items():
        bare = without_doubles(start)
        for unlikeliness, (begin, body) in enumerate(_beginnings(bare)):
            for stem, end in _endings(bare):
                for skeleton, cost in _skeletons(stem[len(bare) - len(body) :]).items():
                    key, total = begin + skeleton + end, cost + penalty + unlikeliness
                    found[key] = min(found.get(key, total), total)
    return tuple(sorted(found, key=lambda key: (found[key], key))[:MOST_LATIN_KEYS])


_LATIN_ENDS = {
    "a": ("a",),
    "e": ("", "a", "i"),
    "i": ("i",),
    "o": ("u",),
    "u": ("u",),
    "w": ("", "u"),
    "y": ("i",),
}


def latin_starts(letters: str) -> dict[str, int]:
    """A word as it stands, and without what may be an article: alsarraj, assisi, larbi."""
    if not letters:
        return {}
    found = {letters: 0}
    for article in (_ARTICLE, _ASSIMILATED, *_MAGHREBI_ARTICLES):
        match = article.match(letters)
        if match:
            found[letters[match.end() :]] = 1
    for start in list(found):
        found.setdefault(_SERVANT.sub(r"\1", start, count=1), 0)
    return found


def _beginnings(word: str) -> list[tuple[str, str]]:
    """What `word` may begin with, and the rest; the likeliest first."""
    first, second = word[0], word[1:2]
    found = [("A" if first in "aeiou" else "", word)]
    if first in "wv" or re.match("ou|[ou][aeiy]", word):
        found.append(("W", re.sub("^(wh|[ouwv]+)", "", word)))
    if first == "w":
        found = [found[1], ("F", word[1:])]  # the latter in German
    if first == "y":
        found = [("Y", word)]
    if re.match("i|j[aeou]|eu|u", word):
        found.append(("Y", word[1:]))
    if first == "h":
        found.append(("A", word[1:]))
    if first == "s" and second and second not in "aeiouyhw":
        found.append(("A", word))
    return found


def _endings(word: str) -> list[tuple[str, str]]:
    """`word` up to its end, and the vowel that it may end in; e may be silent."""
    found = [(word, end) for end in _LATIN_ENDS.get(word[-1], ("",))]
    if re.search("(ai|ie)$", word):
        found.append((word, "a"))
    if re.search("([iy]j|ea)$", word):
        found.append((word[:-1], "i"))
    if word.endswith("es"):
        found.append((word[:-2], ""))  # silent in French: Georges, Charles
    if re.search("[aeiou]h$", word):
        found.append((word[:-1], "a"))
    if re.search("[ae]te?$", word):
        found.append((re.sub("te?$", "", word), "a"))
    return found


def without_doubles(letters: str) -> str:
    """Mohammed → mohamed, Khadhdhafi → khadhafi; vowels stay as they are."""
    return _DOUBLED.sub(r"\1", letters)


@lru_cache(_CACHED)
def _skeletons(word: str) -> dict[str, int]:
    """Classes of consonants that Latin letters may stand for, with their costs in tenths."""
    graphemes = _graphemes()
    paths: list[dict[str, int]] = [{} for _ in range(len(word) + 1)]
    paths[0][""] = 0
    for at in range(len(word)):
        best = sorted(paths[at].items(), key=lambda path: (path[1], path[0]))[:_MOST_PATHS]
        paths[at] = dict(best)
        for end in range(at + 1, min(at + _LONGEST_GRAPHEME, len(word)) + 1):
            piece = word[at:end]
            readings = graphemes.get(piece, {})
            if end == len(word):
                readings = readings | graphemes.get(piece + "$", {})
            for key, cost in readings.items():
                for before, so_far in best:
                    known = paths[end].get(before + key)
                    if known is None or so_far + cost < known:
                        paths[end][before + key] = so_far + cost
    return paths[-1]


@cache
def _graphemes() -> dict[str, dict[str, int]]:
    """Latin letters → classes and costs, from the table; vowels stand for none."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for spelling in spellings():
        if spelling.key and spelling.latin and spelling.cost < _FAR_FETCHED:
            readings = found[spelling.latin]
            readings[spelling.key] = min(readings.get(spelling.key, 99), spelling.cost)
    for vowel in LATIN_VOWELS:
        found[vowel][""] = 0
    found["j"][""] = 3
    found["v"][""] = 4
    return dict(found)
