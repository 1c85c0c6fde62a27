"""Latin spellings of an Arabic word as one pattern: حفتر → h, f, t, r with vowels between."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from warraq.text.romanization.keys import without_article
from warraq.text.romanization.letters import arabic_letters, spellings

_FEWEST_CONSONANTS = 3
_LONGEST = 16  # letters
_FAR_FETCHED = 5  # tenths: `letters.tsv` has what is rarer, to rank by

_SHORT = "(ou|oo|[aeiou])?"
_VOWELS = {
    "ا": "(aa|[aeiou])",
    "و": "(ou|oo|ow|aw|au|uw|[uowv])",
    "ي": "(ee|ei|ai|ay|iy|ey|ia|ya|ie|ye|[iyej])",
    "ع": "(aa|['aeiou])?",
    "ء": "'?",
}
_FIRST = {**_VOWELS, "و": "(w|ou|v)", "ي": "(y|i|j)", "ع": "[aeiou'o]", "ء": "[aeiou]"}
_ENDS = {"ه": "(ah|eh|at|et|a|e)?", "ي": "(y|i|ie|ee)", "ى": "a"}
_SILENT = "e?"  # in French: Zidane


@lru_cache(1 << 12)
def latin_pattern(word: str) -> str | None:
    """A regular expression, of Lucene and of Python, for the usual Latin spellings of a word.

    In small letters, without the article. None if `word` has fewer than three consonants, which
    too many words have in common, or is no word in Arabic letters.
    """
    letters = without_article(arabic_letters(word))
    if not 0 < len(letters) <= _LONGEST:
        return None
    consonants = _consonants()
    if sum(letter in consonants for letter in letters) < _FEWEST_CONSONANTS:
        return None
    pieces: list[str] = []
    last = len(letters) - 1
    for at, letter in enumerate(letters):
        if at == last and letter in _ENDS:
            pieces.append(_ENDS["ى" if word.endswith("ى") else letter])
        elif letter in consonants:
            after_consonant = at and letters[at - 1] in consonants
            pieces.append((_SHORT if after_consonant else "") + consonants[letter])
            pieces.append(_SILENT if at == last else "")
        else:
            short = _SHORT if at and letters[at - 1] in consonants and letter == "ع" else ""
            pieces.append(short + (_VOWELS if at else _FIRST).get(letter, ""))
    return "".join(pieces)


@cache
def _consonants() -> dict[str, str]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for spelling in spellings():
        usual = spelling.key and spelling.latin and spelling.cost < _FAR_FETCHED
        if usual and len(spelling.arabic) == 1 and re.fullmatch("[a-z]+", spelling.latin):
            double = f"{spelling.latin}?" if len(spelling.latin) == 1 else ""
            found[spelling.arabic].append(spelling.latin + double)
    return {letter: f"({'|'.join(dict.fromkeys(ways))})" for letter, ways in found.items()}
