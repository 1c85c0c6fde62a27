"""Letters drawn out, or slipped in: جدااااا → جدا (very), المؤسسسات → المؤسسات (institutions).

No Arabic word has a letter three times in a row, but for prefixes (و + ووتر, "and Walter"). Some
letters no word has even twice: of those, one is right. Of others one or two may be, and the lexicon
has to know better: طويل is a common word (long), طوييل is none. Where it does not, the word stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from warraq.text.edits import Edit
from warraq.text.letters import LETTERS
from warraq.text.lexicon import lexicon_key, shipped_lexicon

_IS_LETTER = re.compile(f"[{LETTERS}]")
_NEVER_DOUBLE = "اآىةعغ"
# Laughing, as long as one likes: written as three.
_LAUGHS = "هخ"
# A slip makes three of two; four of these are drawn out on purpose, and are hardly ever two.
_VOWELS = "وي"
_OTHERS = "لنرمسبتدفكقشجحزصط"
_RUN = re.compile(f"([{_NEVER_DOUBLE}{_LAUGHS}{_VOWELS}{_OTHERS}])\\1{{2,}}")
_RUNS = tuple(letter * 3 for letter in _NEVER_DOUBLE + _LAUGHS + _VOWELS + _OTHERS)
# لللاعب: the preposition before the article has swallowed its alef, and one lam more.
_LAM = "ل"
_THREE_LAMS = re.compile(f"(?<![{LETTERS}])[وف]?(?:[بك]?ا)?ل{{3}}(?!ل)(?=[{LETTERS}]{{2}})")
# A prefix before a word that begins with the same letter twice: و + ووتر, وس + ت + تتبع.
_AFTER_PREFIXES = re.compile("(?:[وفلس]{0,2}|[بك]?)[وفبكلستني]")

_LONGEST_WORD = 30
_MOST_RUNS = 3
# Costs of the lexicon: by how much (powers of ten) the best reading must be commoner than the next
# and than the word as it stands. Three letters are rather a slip from two than drawn out from one.
_CLEARLY, _CLEARLY_OVER_FOUND, _ONE_OF_THREE = 1.5, 2.0, 1.0
_WHY = "a letter repeated more often than its word has it"


def repeated_letters(text: str) -> Iterator[Edit]:
    """Edits that write a letter as often as its word has it."""
    if not any(run in text for run in _RUNS):
        return
    edits: dict[int, Edit] = {}
    for run in _RUN.finditer(text):
        found, start = run.group(), run.start()
        meant = _meant(text, run)
        if meant != found:
            edits[start] = Edit("repeated-letter", start, run.end(), found, meant, 0.98, _WHY)
    for lams in _THREE_LAMS.finditer(text):
        start, end = lams.end() - 3, lams.end()
        edits[start] = Edit("repeated-letter", start, end, _LAM * 3, _LAM * 2, 0.98, _WHY)
    for start in sorted(edits):
        yield edits[start]


def _meant(text: str, run: re.Match[str]) -> str:
    """What the run of one letter should be; itself where nobody knows."""
    start, end = _word_around(text, run.start(), run.end())
    found, letter = run.group(), run.group(1)
    if end - start == len(found):  # a sound, or a letter of a list
        return letter * 3 if letter in _LAUGHS else found
    if letter in _NEVER_DOUBLE:
        return letter
    if end - start <= 3 * _LONGEST_WORD:
        by_lexicon = _by_lexicon(text[start:end], run.start() - start)
        if by_lexicon:
            return by_lexicon
    # Before a final noon there are two in سوريين (Syrians) and one in حزين (sad).
    is_plural = text[run.end() : end] == "ن"
    drawn_out = letter in _VOWELS and len(found) > 3 and not is_plural
    return letter if drawn_out else found


def _word_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The letters on both sides, as far as a word may reach."""
    first, last = max(0, start - _LONGEST_WORD), min(len(text), end + _LONGEST_WORD)
    while start > first and _IS_LETTER.match(text, start - 1):
        start -= 1
    while end < last and _IS_LETTER.match(text, end):
        end += 1
    return start, end


@lru_cache(4096)
def _by_lexicon(word: str, place: int) -> str:
    """What the run at `place` is in the reading of `word` that is clearly the commonest, or ""."""
    runs = list(_RUN.finditer(word))
    if place == 0 or _AFTER_PREFIXES.fullmatch(word, 0, place + 1) or len(runs) > _MOST_RUNS:
        return ""
    number = [run.start() for run in runs].index(place)
    readings: list[tuple[float, str]] = []
    for chosen in product(*map(_choices, runs)):
        pieces: list[str] = []
        read, cost = 0, 0.0
        for run, (replacement, more) in zip(runs, chosen, strict=True):
            pieces += (word[read : run.start()], replacement)
            read = run.end()
            cost += more
        known = _cost("".join((*pieces, word[read:])))
        if known is not None:
            readings.append((known + cost, chosen[number][0]))
    readings.sort()
    others = [cost for cost, replacement in readings if replacement != readings[0][1]]
    as_found = _cost(word)
    if as_found is not None:
        others.append(as_found + _CLEARLY - _CLEARLY_OVER_FOUND)
    clearly = readings and all(readings[0][0] + _CLEARLY <= cost for cost in others)
    return readings[0][1] if clearly else ""


def _choices(run: re.Match[str]) -> tuple[tuple[str, float], ...]:
    """What the run may be, and what it costs to believe so."""
    letter = run.group(1)
    if letter in _NEVER_DOUBLE:
        return ((letter, 0.0),)
    return (letter, _ONE_OF_THREE if len(run.group()) == 3 else 0.0), (letter * 2, 0.0)


def _cost(word: str) -> float | None:
    return shipped_lexicon().cost(lexicon_key(word))
