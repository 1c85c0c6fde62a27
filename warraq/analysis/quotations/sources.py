"""Phrases that tell whom words come from: بحسب فلان, وفقا لما قاله فلان, على حد قول فلان."""

from __future__ import annotations

from typing import NamedTuple

from warraq.analysis.quotations.reading import Reading
from warraq.analysis.quotations.verbs import SPEECH, Form
from warraq.analysis.quotations.words import BEFORE_WHAT, SOURCES, WORDS_OF, WORDS_ON

_WHAT = frozenset(["ما", "لما", "عما"])
_OBJECTS = ("", "ه", "ها")  # لما قاله, as he said it


class Source(NamedTuple):
    """The verb of saying and its form, if one stands in the phrase; the first token of the name."""

    verb: tuple[int, Form] | None
    named: int


def source_at(reading: Reading, token: int) -> Source | None:
    """What the phrase that begins at `token` tells, None if none begins there."""
    keys, last = reading.keys, len(reading.keys) - 1
    if token >= last:
        return None
    key, behind = keys[token], keys[token + 1]
    if f"{key} {behind}" in WORDS_ON:  # على حد قول, على لسان
        named = token + 2
        return Source(None, named + (named < last and keys[named] in WORDS_OF))
    if key not in SOURCES and key not in BEFORE_WHAT:
        return None
    what = behind in _WHAT
    if key in BEFORE_WHAT or what:  # كما قال, وفقا لما قال
        verb = token + 1 + what
        form = _said_by(reading, verb)
        return Source((verb, form), verb + 1) if form is not None else None
    return Source(None, token + 1 + (behind in WORDS_OF or behind == "عن"))


def _said_by(reading: Reading, verb: int) -> Form | None:
    """The form of a finite verb of saying at `verb`, without و, also with a pronoun (قاله)."""
    key = reading.keys[verb] if verb < len(reading.keys) else ""
    for pronoun in _OBJECTS:
        form = SPEECH.get(key.removesuffix(pronoun)) if key.endswith(pronoun) else None
        if form is not None and form.kind == "finite" and not form.conjunction:
            return form
    return None
