"""arramooz: nouns with broken plurals and roots, verbs, and how often lemmas stood in news.

A free dictionary by Taha Zerrouki and Mohamed Kebdani (GPL), out of the package arramooz-pysqlite.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

import arramooz
from pyarabic import araby

from training.morphology import paradigms
from training.morphology.lexeme import WORD, Lexemes
from training.morphology.paradigms import Around, Form
from warraq.text.lexicon import lexicon_key

_DATA = Path(arramooz.__file__).parent / "data"

_ADJECTIVES = {"فاعل", "مفعول", "صيغة", "صفة مشبهة", "صفة", "منسوب", "اسم تفضيل"}
_PARTS = {
    "noun": "noun",
    "noun_quant": "noun",
    "adj": "adj",
    "adj_comp": "adj",
    "adj_num": "adj",
    "verb": "verb",
    "noun_prop": "name",
}
_SEATS = str.maketrans(dict.fromkeys("أإؤئآ", "ء"))
_UNSAID = str.maketrans("", "", araby.FATHA + araby.SUKUN)  # its table of frequencies has few
_LEAST_OF_VERBS = 50  # times a verb that has no paradigm in the dictionary must be seen


class Frequency(NamedTuple):
    """vocalized: a lemma with vowel signs; word: without. seen: in the dictionary's corpus."""

    vocalized: str
    word: str
    part: str
    seen: float


def frequencies() -> list[Frequency]:
    """Of lemmas in news; whose corpus it was, the dictionary does not say."""
    rows = _rows("wordfreq.sqlite", "select vocalized, word_type, freq from wordfreq")
    found = (
        Frequency(vocalized, plain(vocalized), _PARTS[kind], float(count))
        for vocalized, kind, count in rows
        if kind in _PARTS
    )
    return [one for one in found if WORD.fullmatch(one.word)]


def add_nouns(known: Lexemes) -> None:
    """Nouns and adjectives with all their forms and plurals."""
    plurals: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows("arabicdictionary.sqlite", "select * from nouns"):
        word = plain(row["unvocalized"])
        if not WORD.fullmatch(word):
            continue
        if row["number"] == "جمع تكسير":
            single = plain(row["single"] or "").removesuffix("ٍ")
            if WORD.fullmatch(single) and _akin(single, word):
                plurals[single].add(word)
            continue
        _add_noun(known, word, row)
        plurals[word] |= {
            one for one in _plurals_of(row["broken_plural"] or "") if _akin(word, one)
        }
    for single, found in plurals.items():
        owners = [one for part in ("noun", "adj") if (one := known.get(single, part))]
        if not owners:
            owners = [known.of(single, "noun")]
            owners[0].forms |= set(paradigms.noun(single))
        for lexeme in owners:
            lexeme.forms |= {form for plural in found for form in broken_plural(plural)}


def _add_noun(known: Lexemes, word: str, row: sqlite3.Row) -> None:
    adjective = row["category"] in _ADJECTIVES or row["feminable"]
    lexeme = known.of(word, "adj" if adjective and not word.endswith("ة") else "noun")
    lexeme.root = lexeme.root or _root(row)
    if lexeme.part == "adj":
        lexeme.forms |= set(paradigms.adjective(word))
    else:
        lexeme.forms |= set(paradigms.noun(word, plural=bool(row["masculin_plural"])))
    for feminine in plain(row["feminin"] or "").split(";"):
        if WORD.fullmatch(feminine) and feminine != word + "ة":
            lexeme.forms |= set(paradigms.singular(feminine, "g"))


def add_verbs(known: Lexemes, counted: Collection[Frequency]) -> None:
    """Verbs with their conjugations; of those that only `counted` has, the derived ones.

    Verbs of the same letters are one lexeme, with the root of the commonest: أَمَّنَ (he secured)
    before أَمَنَّ; where none was counted, of the simple one: عَادَ (he returned) before عَادَّ.
    """
    seen = set()
    commonest: dict[str, tuple[float, int]] = {}
    times = {one.vocalized.translate(_UNSAID): one.seen for one in counted if one.part == "verb"}
    for row in _rows("arabicdictionary.sqlite", "select * from verbs"):
        word = plain(row["unvocalized"])
        if WORD.fullmatch(word):
            lexeme = known.of(word, "verb")
            lexeme.forms |= set(paradigms.verb(row["vocalized"], row["future_type"]))
            seen.add(word)
            root = _root(row)
            seen_as = row["vocalized"].translate(_UNSAID)
            common = (times.get(seen_as, 0.0), int(row["triliteral"]))
            if root and common > commonest.get(word, (-1.0, 0)):
                lexeme.root, commonest[word] = root, common
    for one in counted:
        if one.part != "verb" or one.seen <= _LEAST_OF_VERBS or one.word in seen:
            continue
        if len(one.word) > 3:  # of shorter ones the vowel of the present is not known
            forms = set(paradigms.verb(one.vocalized + "َ", "فتحة"))
            known.of(one.word, "verb").forms |= forms


def broken_plural(word: str) -> set[Form]:
    """Its forms; ضواحي also as ضواح, and the other way about."""
    forms = set(paradigms.singular(word, "b"))
    if re.fullmatch(".+ا.ي", word):
        forms.add((word[:-1], "b", Around.BARE))
    elif re.fullmatch("..ا[^ةءى]", word):
        forms |= set(paradigms.singular(word + "ي", "b"))
    return forms


def infer_plurals(known: Lexemes, unread: Collection[str], least: float = 300.0) -> None:
    """Gives common nouns the broken plurals that are in texts and that no dictionary has.

    unread: keys of words, without clitics, that nothing explains. least: a lexeme's count.
    """
    for lexeme in [one for one in known if one.part in ("noun", "adj") and one.count >= least]:
        for plural in paradigms.likely_plurals(lexeme.lemma):
            if lexicon_key(plural) in unread:
                lexeme.forms |= broken_plural(plural)


_OF_FEMININES = re.compile("..ائ.|م.ا.ي?.|.وا.ي?.|..ايا")


def share_plurals(known: Lexemes) -> None:
    """Dictionaries give وثائق (documents) to وثيق (firm): the commoner وثيقة may have it too."""
    for lexeme in list(known):
        feminine = known.get(lexeme.lemma + "ة", "noun")
        if feminine and feminine.count > lexeme.count:
            plurals = (one for one in lexeme.forms if one[1].startswith("b"))
            feminine.forms |= {one for one in plurals if _OF_FEMININES.match(one[0])}


def plain(word: str) -> str:
    """Without vowel signs and tatweel: اِسْتَمَرَّ → استمر."""
    return str(araby.strip_tatweel(araby.strip_tashkeel(word.strip()))).replace("ٱ", "ا")


def _rows(file: str, query: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"file:{_DATA / file}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection.execute(query).fetchall()


_ROOT = re.compile("[ءبتثجحخدذرزسشصضطظعغفقكلمنهوي]{3,4}")  # in other rows there is a whole word


def _root(row: sqlite3.Row) -> str | None:
    root = (row["root"] or "").translate(_SEATS)
    return root if _ROOT.fullmatch(root) else None


_WEAK = str.maketrans(dict.fromkeys("ءأإآؤئاويىةتمنه"))  # come, go and change in plurals


def _akin(single: str, plural: str) -> bool:
    """Whether they share their strong consonants; where not, the dictionary's row has slipped."""
    return set(single.translate(_WEAK)) == set(plural.translate(_WEAK))


def _plurals_of(cell: str) -> Iterator[str]:
    """What a cell of the dictionary lists: "ج:أجْنِحَةٌ مثنى: جَناحان" → أجنحة."""
    for part in re.split(r"[;,،\s]+", cell.partition("مثنى")[0]):
        plural = plain(part.removeprefix("ج:"))
        if WORD.fullmatch(plural) and len(plural) > 2:
            yield plural
