"""Repairs that are always right: what a damaged pipeline did to characters, undone.

Each repair is a function from text to edits on it, sorted, without overlaps; `REPAIRS` is the
order in which they run, each on the text that the ones before it left. Doubtful repairs (joined
words) do not belong here: they add to the text and never replace.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from warraq.text.diacritics import diacritics
from warraq.text.edits import Edit, EditedText
from warraq.text.entities import html_entities
from warraq.text.glue import glued_numbers, glued_punctuation
from warraq.text.keyboards import keyboard_letters
from warraq.text.letters import (
    INVISIBLE,
    LETTERS,
    MARKS_CLASS,
    PRESENTATION_FORMS,
    TATWEEL,
    presentation_form,
)
from warraq.text.mojibake import mojibake
from warraq.text.quotes import quotation_marks
from warraq.text.repeats import repeated_letters

Repair = Callable[[str], Iterable[Edit]]


def presentation_forms(text: str) -> Iterator[Edit]:
    """Letters stored by their shape, as PDF files do: ﻃﺮﺍﺑﻠﺲ → طرابلس (Tripoli).

    A text at most doubles: one character may be 18 letters (ﷺ), and half a million of them would be
    an article that no index takes. What goes beyond that stays as it is.
    """
    room = max(_ROOM_OF_SHORT_TEXTS, len(text))
    for edit in _replaced(
        text, "presentation-form", _PRESENTATION_RUN, presentation_form, "letters stored by shape"
    ):
        room -= len(edit.replacement) - len(edit.original)
        if room < 0:
            return
        yield edit


def invisible_characters(text: str) -> Iterator[Edit]:
    """Zero-width and direction controls, which hide a word from every search.

    U+200D goes where it stands beside an Arabic letter; elsewhere it joins emoji. U+200C is Persian
    spelling and stays; folding ignores it. A run of both kinds has the neighbours of the run.
    """
    if not any(character in text for character in _CAN_BE_INVISIBLE):
        return  # the pattern would find that out ten times slower
    yield from _replaced(
        text, "invisible-character", _INVISIBLE_RUN, lambda _: "", "shows nothing, hides the word"
    )


def tatweel(text: str) -> Iterator[Edit]:
    """Stretching inside a word: الجـــيش → الجيش (the army). هـ, "of the Hijra", keeps its own."""
    if TATWEEL in text:
        yield from _replaced(text, "tatweel", _TATWEEL_RUN, lambda _: "", "stretches the word")


def _class(characters: Iterable[str]) -> str:
    return "".join(re.escape(character) for character in sorted(characters))


_ARABIC = LETTERS + MARKS_CLASS
_ROOM_OF_SHORT_TEXTS = 2_000
_PRESENTATION_RUN = re.compile(f"[{_class(PRESENTATION_FORMS)}]+")
_CAN_BE_INVISIBLE = (*sorted(INVISIBLE), "\u200d")
_HIDDEN = f"[{_class(_CAN_BE_INVISIBLE)}]"
# The middle part looks from the start of a run alone, or a long run costs the square of its length.
_INVISIBLE_RUN = re.compile(
    f"(?<=[{_ARABIC}]){_HIDDEN}+|(?<!{_HIDDEN}){_HIDDEN}++(?=[{_ARABIC}])|[{_class(INVISIBLE)}]+"
)
_TATWEEL_RUN = re.compile(f"(?<=[{_ARABIC}]){TATWEEL}+(?=[{_ARABIC}])")


def _replaced(
    text: str,
    kind: str,
    pattern: re.Pattern[str],
    replacement: Callable[[str], str],
    reason: str,
) -> Iterator[Edit]:
    for match in pattern.finditer(text):
        run = match.group()
        meant = "".join(map(replacement, run))
        yield Edit(kind, *match.span(), run, meant, reason=reason)


REPAIRS: Mapping[str, Repair] = {
    "html-entities": html_entities,
    "mojibake": mojibake,
    "presentation-forms": presentation_forms,
    "invisible-characters": invisible_characters,
    "tatweel": tatweel,
    "letters": keyboard_letters,
    "repeated-letters": repeated_letters,
    "diacritics": diacritics,
    "quotes": quotation_marks,
    "glued-numbers": glued_numbers,
    "glued-punctuation": glued_punctuation,
}


def repaired(text: str, repairs: Mapping[str, Repair] = REPAIRS) -> EditedText:
    """`text` after all `repairs`, with every change kept as an edit."""
    edited = EditedText(text)
    for repair in repairs.values():
        edited = edited.edited(repair(edited.text))
    return edited
