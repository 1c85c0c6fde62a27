"""Noun phrases and phrases of time: where they end, and whether they have the article."""

from __future__ import annotations

from warraq.analysis.quotations.names import STRIPPED
from warraq.analysis.quotations.reading import Reading
from warraq.analysis.quotations.verbs import SPEECH
from warraq.analysis.quotations.words import (
    DAYS,
    PART_OF_PHRASE,
    PAST_AND_NEXT,
    PHRASE_ENDS,
    PREPOSITIONS,
    THAT,
    THUS_THAT,
    TIMES,
)

_LONGEST_PHRASE = 9  # tokens
LONGEST_NAME = 4
"""Tokens of a name in marks."""
_CLOSING = frozenset('"»”')
_INSIDE_PHRASE = frozenset(["", "ـ", "%", "٪"])
_ENDS_PHRASE = PHRASE_ENDS | THAT | THUS_THAT
NO_PHRASE = PREPOSITIONS | PHRASE_ENDS | THAT | {"في", "لا", "لم", "لن"}
"""No noun phrase begins with one of these."""


def behind_time(reading: Reading, first: int, limit: int) -> int:
    """Behind العام الماضي, الأحد or في وقت سابق at `first`; 0 if none stands there."""
    time = first + (reading.keys[first] == "في")
    if time >= limit or reading.keys[time] not in TIMES:
        return 0
    if any(one.type == "person" for one in reading.entities_between(time, time + 1)):
        return 0
    if time + 1 < limit and reading.keys[time + 1] in PAST_AND_NEXT:
        return time + 2
    return time + 1 if reading.keys[time] in DAYS else 0


def noun_phrase(reading: Reading, first: int, limit: int) -> str:
    """The noun phrase that begins at `first`, as it stands; "" if there is none."""
    last = _quoted_name(reading, first)
    if not last:
        last = first
        while last < min(limit, first + _LONGEST_PHRASE) and not _ends(reading, first, last):
            last = max(last + 1, _quoted_name(reading, last))
    last = min(last, limit)
    while last > first and reading.keys[last - 1] in PART_OF_PHRASE:
        last -= 1
    if last == first:
        return ""
    start, end = reading.starts[first], reading.tokens[last - 1].end
    around = reading.around(end - 1) if reading.text[end : end + 1] in _CLOSING else None
    if around is not None and around.start > start:
        return reading.text[start : end + 1]
    return reading.text[start:end].strip(STRIPPED)


def _ends(reading: Reading, first: int, token: int) -> bool:
    """Whether a noun phrase that begins at `first` ends before `token`."""
    key = reading.keys[token]
    if token == first:
        return key in PHRASE_ENDS
    if key in _ENDS_PHRASE or key in SPEECH:
        return True
    if key.endswith("ة") and is_definite(reading.keys[token - 1]) and _is_object(reading, token):
        return True
    if key in PART_OF_PHRASE and not _is_indefinite(reading, first, token):
        return True
    return reading.gap(token).strip() not in _INSIDE_PHRASE and not _quoted_name(reading, token)


def _is_object(reading: Reading, token: int) -> bool:
    """Whether a word without article behind one that has it begins what the verb does."""
    key = reading.keys[token]
    inside = reading.entities_between(token, token + 1)
    return not (is_definite(key) or key.startswith(("ل", "ب", "و")) or inside)


def _quoted_name(reading: Reading, token: int) -> int:
    """Behind a name in marks that begins at `token`: شركة "وان بلاس"; 0 if there is none."""
    found = reading.opening.get(reading.starts[token] - 1)
    if found is None or reading.words(found.start, found.end) > LONGEST_NAME:
        return 0
    return reading.token_at(found.behind)


def _is_indefinite(reading: Reading, first: int, last: int) -> bool:
    words = reading.keys[first:last]
    return len(words) <= 2 and not any(map(is_definite, words))


def is_definite(key: str) -> bool:
    """Whether a word has the article, as إلى (to) and التي (which) have not."""
    return key.startswith("ال") and key not in NO_PHRASE
