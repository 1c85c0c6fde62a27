"""How much words written in Arabic letters speak for each of the languages that write with them.

Three kinds of evidence, added up in powers of ten: letters that only some of them have (ٹ, ێ, ښ),
how Arabic words are built (the article, ة), and words that a reader knows a language by
(`warraq/data/languages`). Weights are by judgement, tuned on the dev half of the gold set.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from warraq.text.letters import WITHOUT_UNSEEN
from warraq.text.lexicon import lexicon_key, shipped_lexicon

FOLDER = Path(__file__).parent.parent / "data" / "languages"

LANGUAGES = ("ar", "fa", "ur", "ckb", "ps", "sd", "ug")
"""Arabic, Persian, Urdu, Sorani Kurdish, Pashto; Sindhi and Uyghur by their letters alone."""
Scores = tuple[float, ...]
"""One for each of `LANGUAGES`, powers of ten: how much likelier than in any other."""

_AR, _FA, _UR, _CKB, _PS, _SD, _UG = range(len(LANGUAGES))


# Unicode names none of these by language; the alphabets are those of the languages' Wikipedias.
_LETTERS: tuple[tuple[str, dict[int, float]], ...] = (
    ("ٹڈڑںے", {_UR: 3}),
    ("ہۓ", {_UR: 3}),
    ("ھ", {_UR: 1.5, _CKB: 0.5, _SD: 0.5}),
    ("ەێۆڕڵ", {_CKB: 2.5}),
    ("ڤ", {_CKB: 0.5}),
    ("ټډړښځڅېۍڼګږ", {_PS: 3}),
    ("ٻڄڃڇڏڌڊڍڦڳڱڻڪٽٺٿ", {_SD: 3}),
    ("ڭۇۈۋې", {_UG: 2}),
    ("ۇۈۋڭ", {_UG: 1.5}),
    ("پچ", {_AR: -1.5}),
    ("ژ", {_AR: -1.5, _UR: -0.5}),
    ("گ", {_AR: -1.5, _PS: -1.5}),
    ("ۀ", {_FA: 1.5, _PS: 0.5}),
    ("\u200c", {_FA: 1.5, _CKB: 0.5}),
    ("ة", {_FA: -2, _UR: -2.5, _CKB: -2.5, _PS: -1.5}),
    ("أ", {_FA: -0.3, _UR: -0.5, _CKB: -1.5, _PS: -0.5}),
    ("إ", {_FA: -2, _UR: -2, _CKB: -2, _PS: -2}),
    ("ى", {_FA: -0.5, _UR: -1, _CKB: -1, _PS: -0.7}),
    ("آ", {_CKB: -1, _PS: -0.2}),
    ("ٱ", {_FA: -2, _UR: -2, _CKB: -2, _PS: -2}),
    ("ثذصضطظ", {_CKB: -0.5}),
)  # fmt: skip

# What the keyboard writes, it writes throughout a text: so it is asked once, not of each word.
_KEYBOARD: tuple[tuple[str, dict[int, float]], ...] = (
    ("ی", {_AR: -1.5}),
    ("ک", {_AR: -1}),
    ("ي", {_FA: -1.5, _UR: -3, _CKB: -2}),
    ("ك", {_FA: -1.5, _UR: -3, _CKB: -1.5, _PS: -1.5}),
)


def _by_letter() -> dict[str, dict[int, float]]:
    table: dict[str, dict[int, float]] = {}
    for letters, weights in _LETTERS:
        for letter in letters:
            for language, weight in weights.items():
                of_letter = table.setdefault(letter, {})
                of_letter[language] = of_letter.get(language, 0.0) + weight
    return table


_WEIGHTS = _by_letter()
_FOREIGN = frozenset("یک").union(
    letter
    for letter, weights in _WEIGHTS.items()
    if weights.get(_AR, 0.0) < 0 or max(weights.values()) > 0
)
"""What Arabic does not have, or its own keyboards do not write."""
_MOST = 3.0  # of one word: a second letter of the kind tells nothing new
_SHORT = 3  # letters

# The article and the letters before it; not الله and its like, which all these languages write.
_ARTICLE = re.compile(r"[وف]?(?:[بك]?ال|لل)(?!له$)\w{3,}")
_SORANI_VOWEL = re.compile("[ەێۆیاوئ]")
_AT_START: tuple[tuple[str, dict[int, float]], ...] = (
    ("ئ", {_CKB: 2.5, _UG: 1.5}),
    ("أ", {_FA: -1.5, _UR: -1.5, _CKB: -1, _PS: -1.5}),
)
_AT_END: tuple[tuple[str, dict[int, float]], ...] = (
    ("های", {_FA: 1.5}),
    ("ها", {_FA: 0.5}),
    ("ية", {_AR: 0.5}),
    ("ات", {_PS: -0.2}),
)
_DOUBLE_WAW = {_CKB: 2.0, _PS: 0.5}  # the long vowel of Sorani
_BORROWED = {_FA: 0.7, _UR: 0.7, _PS: 0.7}
_KNOWN_IN_ARABIC = 6.0  # a cost; what is as rare is mostly a name
_UNKNOWN_IN_ARABIC = -1.0
_COMMON_IN_ARABIC = 5.0  # a cost; سخن, روزنامه and other words of Arabic's neighbours are rarer


def _function_words() -> dict[str, dict[int, float]]:
    table: dict[str, dict[int, float]] = {}
    with (FOLDER / "function-words.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            language = LANGUAGES.index(row["language"])
            for word in row["words"].split():
                table.setdefault(word, {})[language] = float(row["weight"])
    return table


_WORDS = _function_words()
_lexicon = shipped_lexicon()


@lru_cache(maxsize=1 << 14)
def evidence(word: str) -> Scores:
    """What `word`, written in Arabic letters, says; 0 for all of a word that tells nothing."""
    plain = word.translate(WITHOUT_UNSEEN)
    scores = [0.0] * len(LANGUAGES)
    for weights in _clues(plain):
        for language, weight in weights.items():
            scores[language] += weight
    if len(plain) > _SHORT and not _SORANI_VOWEL.search(plain):
        scores[_CKB] -= 1
    known = _arabic(plain)
    if _ARTICLE.fullmatch(plain):
        scores[_AR] += 1.5 if known > 0 else 0.5
    scores[_AR] += known
    return tuple(max(-_MOST, min(_MOST, score)) for score in scores)


def _clues(plain: str) -> Iterator[dict[int, float]]:
    if plain in _WORDS:
        yield _WORDS[plain]
    for letter in dict.fromkeys(plain):
        if letter in _WEIGHTS:
            yield _WEIGHTS[letter]
    for start, weights in _AT_START:
        if plain.startswith(start) and plain != start:
            yield weights
    for end, weights in _AT_END:
        if plain.endswith(end) and plain != end:
            yield weights
    if plain.find("وو", 1) > 0:
        yield _DOUBLE_WAW
    if _borrowed(plain):
        yield _BORROWED


def _arabic(plain: str) -> float:
    """Between `_UNKNOWN_IN_ARABIC` and 1: how common the lexicon knows the word to be."""
    if len(plain) < 2:
        return 0.0
    cost = _lexicon.cost(lexicon_key(plain))
    if cost is None:
        return _UNKNOWN_IN_ARABIC if len(plain) >= _SHORT else 0.0
    return max(0.0, (_KNOWN_IN_ARABIC - cost) / 4)


def _borrowed(plain: str) -> bool:
    """Whether it ends in ت where Arabic has ة: سلامت (health), وزارت (ministry)."""
    if len(plain) <= _SHORT or not plain.endswith("ت"):
        return False
    key = lexicon_key(plain)
    feminine = _lexicon.cost(f"{key[:-1]}ة")
    if feminine is None or feminine > _KNOWN_IN_ARABIC:
        return False
    cost = _lexicon.cost(key)
    return cost is None or cost > feminine + 0.5


def plainly_arabic(words: Sequence[str]) -> bool:
    """Whether `words` are all common in Arabic and in its own letters: خبر عاجل (breaking news).

    Its neighbours have borrowed such words too, but what nothing else speaks for is Arabic.
    """
    return all(
        _FOREIGN.isdisjoint(word)
        and (cost := _lexicon.cost(lexicon_key(word.translate(WITHOUT_UNSEEN)))) is not None
        and cost <= _COMMON_IN_ARABIC
        for word in words
    )


def added(words: Sequence[str]) -> list[float]:
    """The evidence of all `words` together, one number for each of `LANGUAGES`."""
    columns = zip(*map(evidence, words), strict=True)
    scores = [sum(column) for column in columns] or [0.0] * len(LANGUAGES)
    text = "".join(words)
    for letter, weights in _KEYBOARD:
        if letter in text:
            for language, weight in weights.items():
                scores[language] += weight
    return scores
