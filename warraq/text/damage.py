"""Texts damaged on purpose, as scrapers, keyboards and old encodings do it.

To train and to measure with: what `warraq.text.repair`, `warraq.text.joins` and the folding of the
index undo. All chance comes from the generator that is passed in, so the same seed damages alike.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise

from warraq.text.letters import LETTERS, MARKS_CLASS, PRESENTATION_FORMS, TATWEEL

Damage = Callable[[str, random.Random], str]

_BESIDE = LETTERS + MARKS_CLASS
_WORD = re.compile(f"[{_BESIDE}]+")
_WORD_BEFORE = re.compile(f"[{_BESIDE}]+$")
_LONGEST = 30
_SPACE_BETWEEN_WORDS = re.compile(f"(?<=[{_BESIDE}]) (?=[{LETTERS}])")

_SHARE = 0.3
"""Of the words, or numbers, that a kind of damage meets where it is alone."""
_MIXED_SHARE, _MIXED_JOINS = 0.1, 0.02
"""The same where all kinds come together, and the share of spaces that are lost then."""

_VOWELS = "\u064e\u064f\u0650\u0652"  # fatha, damma, kasra, sukun
_HIDDEN = "\u200b\u200c\u200d\u200e\u200f\u00ad\ufeff"
_ROWS_OF_DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
_DIGIT_VALUES = {digit: int(digit) for row in _ROWS_OF_DIGITS for digit in row}
_NUMBER = re.compile(f"[{''.join(_ROWS_OF_DIGITS)}]+")
_PERSIAN = str.maketrans("يىك", "ییک")
_BARE_ALEF = str.maketrans("أإآ", "ااا")
_OTHER_ENDING = {"ة": "ه", "ى": "ي", "ي": "ى"}


def damaged(text: str, kind: str, chance: random.Random) -> str:
    """`text` with the damage that `KINDS` has under `kind`. Raises KeyError for another name."""
    return KINDS[kind](text, chance)


def without_spaces(
    text: str, share: float, chance: random.Random, *, pairs: int = 0
) -> tuple[str, list[int]]:
    """`text` without `share` (0 to 1) of the spaces between Arabic words.

    pairs: of so many pairs of words that recur in the text every space goes, for some scrapers
    lose the same space each time. Returns the damaged text and the offsets in it where a space is
    missing, sorted.
    """
    always = _of_recurring_pairs(text, pairs, chance) if pairs else frozenset()
    pieces: list[str] = []
    lost: list[int] = []
    read = length = 0
    for space in _SPACE_BETWEEN_WORDS.finditer(text):
        if space.start() in always or chance.random() < share:
            pieces.append(text[read : space.start()])
            length += space.start() - read
            lost.append(length)
            read = space.end()
    pieces.append(text[read:])
    return "".join(pieces), lost


def _of_recurring_pairs(text: str, number: int, chance: random.Random) -> frozenset[int]:
    """The offsets of all spaces in `number` pairs of neighbours that recur."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for space in _SPACE_BETWEEN_WORDS.finditer(text):
        left = _WORD_BEFORE.search(text, max(0, space.start() - _LONGEST), space.start())
        right = _WORD.match(text, space.end())
        if left and right:
            found[f"{left.group()} {right.group()}"].append(space.start())
    recurring = [places for places in found.values() if len(places) > 1]
    chosen = chance.sample(recurring, min(number, len(recurring)))
    return frozenset(place for places in chosen for place in places)


def _joined(share: float) -> Damage:
    return lambda text, chance: without_spaces(text, share, chance)[0]


def _some(what: re.Pattern[str], change: Damage, share: float) -> Damage:
    """Damage to `share` of the places that `what` finds."""

    def damage(text: str, chance: random.Random) -> str:
        return what.sub(
            lambda found: (
                change(found.group(), chance) if chance.random() < share else found.group()
            ),
            text,
        )

    return damage


def _stretched(word: str, chance: random.Random) -> str:
    """Drawn out at one place where a letter joins the next: كتاب → كتـــاب."""
    places = [
        at
        for at, (letter, following) in enumerate(pairwise(word), start=1)
        if _joins_on(letter) and "final" in _FORMS.get(following, ())
    ]
    if not places:
        return word
    place = chance.choice(places)
    return f"{word[:place]}{TATWEEL * chance.randint(1, 3)}{word[place:]}"


def _vowelled(word: str, chance: random.Random) -> str:
    """A vowel sign behind each letter; which one does not matter to a search."""
    return re.sub(f"[{LETTERS}](?![{MARKS_CLASS}])", lambda m: m[0] + chance.choice(_VOWELS), word)


def _respelt(word: str, _: random.Random) -> str:
    """As half of the press writes it: alef without hamza, ه for ة, ى and ي at the end changed."""
    bare = word.translate(_BARE_ALEF)
    return bare[:-1] + _OTHER_ENDING.get(bare[-1], bare[-1])


def _persian(word: str, _: random.Random) -> str:
    """Typed on a Persian keyboard: كتابي → کتابی."""
    return word.translate(_PERSIAN)


def _other_digits(number: str, chance: random.Random) -> str:
    """In another of the three rows: 2018 → ٢٠١٨ or ۲۰۱۸."""
    row = chance.choice([row for row in _ROWS_OF_DIGITS if number[0] not in row])
    return "".join(row[_DIGIT_VALUES[digit]] for digit in number)


def _hiding(word: str, chance: random.Random) -> str:
    """One character that shows nothing, inside the word."""
    if len(word) < 2:
        return word
    place = chance.randrange(1, len(word))
    return word[:place] + chance.choice(_HIDDEN) + word[place:]


def _forms() -> dict[str, dict[str, str]]:
    """Letter, or lam with alef → position in the word → its presentation form, out of Unicode."""
    forms: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for character in sorted(PRESENTATION_FORMS):
        position, *codes = unicodedata.decomposition(character).split()
        letters = "".join(chr(int(code, 16)) for code in codes)
        if len(letters) == 1 or _LAM_ALEF.fullmatch(letters):
            forms[letters][position.strip("<>")] = character
    return dict(forms)


_LAM_ALEF = re.compile("ل[اأإآ]")
_FORMS = _forms()
_UNIT = re.compile(f"({_LAM_ALEF.pattern}|[{LETTERS}])([{MARKS_CLASS}]*)")


def _joins_on(letters: str) -> bool:
    """Whether it joins what follows: it has a form for the beginning of a word."""
    return "initial" in _FORMS.get(letters, ())


def _in_shapes(word: str, _: random.Random) -> str:
    """The letters stored by shape, as old layout programs do: لجنة → ﻟﺠﻨﺔ."""
    units = [(unit[1], unit[2]) for unit in _UNIT.finditer(word)]
    shaped = []
    for number, (letters, marks) in enumerate(units):
        forms = _FORMS.get(letters, {})
        before = number > 0 and _joins_on(units[number - 1][0]) and "final" in forms
        following = units[number + 1][0] if number + 1 < len(units) else ""
        after = _joins_on(letters) and "final" in _FORMS.get(following, ())
        position = {
            (True, True): "medial",
            (True, False): "final",
            (False, True): "initial",
            (False, False): "isolated",
        }[before, after]
        shaped.append(forms.get(position, letters) + marks)
    return "".join(shaped)


# Name → what it is done to, and how. In the order in which `mixed` does them: words that have been
# stretched, shaped or parted by hidden characters are no words to the others any more.
_CHANGES: dict[str, tuple[re.Pattern[str], Damage]] = {
    "spelling": (_WORD, _respelt),
    "persian": (_WORD, _persian),
    "digits": (_NUMBER, _other_digits),
    "harakat": (_WORD, _vowelled),
    "tatweel": (_WORD, _stretched),
    "presentation": (_WORD, _in_shapes),
    "zero-width": (_WORD, _hiding),
}


def _mixed(text: str, chance: random.Random) -> str:
    text = _joined(_MIXED_JOINS)(text, chance)
    for what, change in _CHANGES.values():
        text = _some(what, change, _MIXED_SHARE)(text, chance)
    return text


KINDS: dict[str, Damage] = {
    "join2%": _joined(0.02),
    "join5%": _joined(0.05),
    **{name: _some(what, change, _SHARE) for name, (what, change) in _CHANGES.items()},
    "mixed": _mixed,
}
"""Every kind by its name: a share of the spaces between words lost, or three words, or numbers, of
ten changed; `mixed` loses 2 % of the spaces and does all others to one word of ten each."""
