"""Headlines that name a speaker before a colon: «الأرصاد: أمطار غداً» (weather office: rain)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warraq.analysis.quotations.reading import Reading
from warraq.analysis.quotations.verbs import AMBIGUOUS, SPEECH, bare
from warraq.analysis.quotations.words import FIRST_PERSON, RUBRICS, SPEAKING_NOUNS, YEARS
from warraq.annotations import Entity, Quotation
from warraq.text.normalize import fold

_MOST_SPEAKER_WORDS = 7
_LEAST_WORDS = 2
_VERBS = SPEECH.keys() - AMBIGUOUS
_DOTS = frozenset(["..", "...", "…"])
_MARKS = " \t\n\u00a0«»\"“”„‟'‘’()[]،,.-–ـ"
_ADDRESSEE = re.compile(r"(?:\s|^)لـ?\s?[«\"“(]")  # لـ«الرياض»: to the paper
_OPENING_MARKS = "«\"“„'‘("


def in_headline(reading: Reading, entities: Sequence[Entity]) -> Quotation | None:
    """What stands behind the colon, if who stands before it can speak.

    A country or city there (البحرين: …) is mostly where it happened, so it is none.
    """
    cried = _before_its_speaker(reading)
    if cried is not None:
        return cried
    colon = reading.text.find(":")
    speaker_words = reading.token_at(colon) if colon > 0 else 0
    if not 0 < speaker_words <= _MOST_SPEAKER_WORDS:
        return None
    if reading.words(colon, len(reading.text)) < _LEAST_WORDS:
        return None
    before = reading.text[:colon]
    verb_at = next((at for at in range(speaker_words) if reading.keys[at] in _VERBS), None)
    named_end = reading.starts[verb_at] if verb_at else colon
    start, end, direct = _content(reading, colon + 1)
    spoken = _is_spoken(reading, start, end, direct=direct)
    speaker = _speaker(
        reading, before[:named_end], entities, acts=bool(verb_at) or spoken, spoken=spoken
    )
    if speaker is None:
        return None
    verb = None
    if verb_at is not None:
        form = SPEECH[reading.keys[verb_at]]
        verb = bare(reading.tokens[verb_at].form, conjunction=form.conjunction)
    text = reading.text[start:end]
    return Quotation(reading.name, start, end, text, speaker, verb, direct) if text else None


def _is_spoken(reading: Reading, start: int, end: int, *, direct: bool) -> bool:
    """Whether what stands behind the colon is in marks or says I or we, whoever is named before."""
    token = reading.token_at(start)
    if direct or token >= len(reading.keys):
        return direct and reading.words(start, end) > _LEAST_WORDS
    key, form = reading.keys[token], reading.tokens[token].form
    return key in FIRST_PERSON or form.startswith("سأ") or (key[:2] == "سن" and key not in YEARS)


def _before_its_speaker(reading: Reading) -> Quotation | None:
    """«لن نستسلم».. فلان يعود: words in marks that dots part from who said them, if a person."""
    found = reading.quoted[0] if reading.quoted else None
    if found is None or not found.closed or reading.text[: found.opening].strip():
        return None
    behind = reading.token_at(found.behind)
    dots = (
        behind < len(reading.keys) and reading.gap(behind).strip(_MARKS.replace(".", "")) in _DOTS
    )
    if not dots or reading.words(found.start, found.end) < _LEAST_WORDS:
        return None
    persons = reading.entities_between(behind, behind + 2)
    speaker = next((one.name for one in persons if one.type == "person"), None)
    start, end = _without_blanks(reading.text, found.start, found.end)
    text = reading.text[start:end]
    return (
        Quotation(reading.name, start, end, text, speaker, None, direct=True) if speaker else None
    )


def _content(reading: Reading, start: int) -> tuple[int, int, bool]:
    """[start, end) of what was said, and whether it stands in marks."""
    start, end = _without_blanks(reading.text, start, len(reading.text))
    quoted = reading.opening.get(start)
    if quoted is not None and 2 * (quoted.end - quoted.start) > end - start:
        return *_without_blanks(reading.text, quoted.start, quoted.end), True
    return start, end, False


def _without_blanks(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), start + len(inside.rstrip())


def _speaker(
    reading: Reading, before: str, entities: Sequence[Entity], *, acts: bool, spoken: bool
) -> str | None:
    """acts: whether a verb of saying or what is `spoken` stands behind."""
    named = _ADDRESSEE.split(before, maxsplit=1)[0].strip(_MARKS)
    named = named.rsplit("..", maxsplit=1)[-1].strip(_MARKS)  # بعد الخسارة.. فلان: …
    words = fold(named).split()
    if not words or any(map(str.isdigit, words)):
        return None
    here = [one for one in reading.entities if one.end <= len(before)]
    for one in here:
        begins = one.start <= 1 or before[: one.start].rstrip(' و«"').endswith("..")
        if one.type == "person" or (one.type == "organization" and begins):
            return one.name
    place = next((one.name for one in here if one.type == "place" and one.start <= 1), None)
    if place is not None:
        return place if acts else None
    others = {one.name for one in entities if one.type != "place" and _is_part(words, one.name)}
    if len(others) == 1:
        return others.pop()
    first = reading.keys[0]
    if first in RUBRICS:
        return None
    in_marks = before.strip()[0] in _OPENING_MARKS and len(words) <= 3
    if named.count('"') % 2:
        named += '"'
    return named if first in SPEAKING_NOUNS or in_marks or spoken else None


def _is_part(words: list[str], name: str) -> bool:
    """Whether `words` are the end of a name, as a surname is: the headline's short for it."""
    return fold(name).split()[-len(words) :] == words
