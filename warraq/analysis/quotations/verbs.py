"""Verbs of saying in all their forms: `SPEECH`, from the keys of tokens."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from warraq.text.letters import MARKS
from warraq.text.lexicon import lexicon_key, lexicon_keys

FOLDER = Path(__file__).parent.parent.parent / "data" / "quotations"

Gender = Literal["m", "f", "p"]
"""Masculine, feminine (which also agrees with plurals of things), plural of people."""


class Form(NamedTuple):
    """A form of a verb of saying.

    kind: "finite" (قال), "participle" (مؤكدا) or "masdar" (قوله, which names its speaker by a
    pronoun). takes, prepositions: see `warraq/data/quotations/README.md`. conjunction: whether و or
    ف stands before it. past: of a finite one.
    """

    kind: Literal["finite", "participle", "masdar"]
    gender: Gender
    takes: str
    prepositions: frozenset[str]
    conjunction: bool
    past: bool


class Verb(NamedTuple):
    """A row of `verbs.tsv`."""

    past: str
    feminine: str
    plural: str
    present: str
    participle: str
    prepositions: str
    takes: str


_WEAK = "يىو"
# Verbs whose dual is no other word, as نقلا (quoting) and ردا (in reply) are.
_DUALS = ("قال", "أكد", "أوضح", "أضاف", "أعلن", "صرح", "أشار", "شدد", "اعتبر", "أفاد", "لفت")
# Words that are mostly something else: بين between, رد a reply, ذاكرة memory.
AMBIGUOUS = frozenset(
    map(
        lexicon_key,
        (
            "بين", "رد", "نشر", "نقل", "علق", "كتب", "عقب", "زاد", "تابع", "تابعين",
            "متابعة", "متابعين", "مواصلة", "مواصلين", "متوقعة", "معلقة", "معلقين", "ناقلة",
            "كاتبا", "كاتبة", "كاتبين", "ناشرة", "ناشرين", "ذاكرة", "مبلغا", "مفيدا",
            "مفيدة", "مضيفة", "مضيفين", "مبينة", "هاتفا", "خاتمة", "موردا", "موردين",
            "سائلين", "شارحة", "مجيبة", "طالب", "وصف", "متهمة", "متهمين", "مدعية", "رددت",
            "تردد", "يردد", "يزيد", "تزيد", "يقر", "وبين", "ورد", "ونشر", "ونقل", "وعلق",
            "وكتب", "وعقب", "ووصف", "وردت", "وردوا", "أبرز", "نسب",
            "مجددا", "مجددة", "مجددين",
        ),
    )
)  # fmt: skip
"""Taken for verbs only where they begin a clause, or with و."""

_MASDARS = {  # with the preposition before their أن
    "قول": "", "تأكيد": "على", "إعلان": "", "تصريح": "", "تشديد": "على", "توضيح": "",
    "إشارت": "إلى",
}  # fmt: skip
_TRANSITIVE = ("أجاب", "أخبر", "أبلغ", "سأل", "خاطب", "طمأن")  # فأجابها: and he answered her
_OBJECTS = ("ه", "ها", "هم")
_PRONOUNS: tuple[tuple[str, Gender], ...] = (("ه", "m"), ("ها", "f"), ("هم", "p"))


def _inflected(verb: Verb) -> Iterator[tuple[str, str, Gender, bool]]:
    """Each form, its kind, gender, and whether it is of the past."""
    yield verb.past, "finite", "m", True
    yield verb.feminine or f"{verb.past}ت", "finite", "f", True
    yield verb.plural or f"{verb.past}وا", "finite", "p", True
    if verb.past in _DUALS:
        yield f"{verb.past}ا", "finite", "p", True
        yield f"{verb.past}تا", "finite", "p", True
    if verb.past in _TRANSITIVE:
        for pronoun in _OBJECTS:
            yield f"{verb.past}{pronoun}", "finite", "m", True
    present = verb.present
    stem = present[:-1] if present[-1] in _WEAK else present
    yield present, "finite", "m", False
    yield f"ت{present[1:]}", "finite", "f", False
    yield f"{stem}ون", "finite", "p", False
    if verb.participle:
        stem = verb.participle.removesuffix("ي")
        yield f"{verb.participle}ا", "participle", "m", False
        yield f"{verb.participle}ة", "participle", "f", False
        yield f"{verb.participle}ه", "participle", "f", False
        yield f"{stem}ين", "participle", "p", False


def _rows() -> Iterator[Verb]:
    with (FOLDER / "verbs.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t")
        next(rows)
        yield from (Verb(*row) for row in rows)


def _forms() -> Iterator[tuple[str, Form]]:
    for verb in _rows():
        prepositions = lexicon_keys(verb.prepositions)
        for word, kind, gender, past in _inflected(verb):
            yield word, Form(kind, gender, verb.takes, prepositions, False, past)  # type: ignore[arg-type]  # noqa: FBT003
    for masdar, preposition in _MASDARS.items():
        for pronoun, gender in _PRONOUNS:
            before = lexicon_keys(preposition)
            form = Form("masdar", gender, "that", before, conjunction=False, past=False)
            yield f"{masdar}{pronoun}", form
            yield f"ب{masdar}{pronoun}", form


def _table() -> dict[str, Form]:
    table: dict[str, Form] = {}
    for word, form in _forms():
        key = lexicon_key(word)
        table.setdefault(key, form)
        for conjunction in "وف":
            table.setdefault(conjunction + key, form._replace(conjunction=True))
    return table


SPEECH: dict[str, Form] = _table()
"""Key of a token → what form of which verb it is. `setdefault`: قائل's forms never hide قال's."""


def bare(form: str, *, conjunction: bool) -> str:
    """The verb as it stands, without its و or ف: وأكّد → أكّد."""
    return form[1:].lstrip("".join(MARKS)) if conjunction else form
