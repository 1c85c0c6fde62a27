"""How likely a name means a place: counted in a corpus by the words that it stands behind.

A name that is often preceded by مدينة, محافظة (city of, province of) or في, إلى (in, to), measured
against how often it stands anywhere, is a place; جديدة (new; a town in Yemen) is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from warraq.analysis.entities.gazetteer import LONGEST, peeled
from warraq.text.lexicon import lexicon_key
from warraq.text.tokens import tokens


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(lexicon_key, words.split()))


# Right behind these stands the name of a place …
_KIND_WORDS = _keys(
    """مدينة محافظة ولاية قرية بلدة جزيرة إمارة قضاء دولة جمهورية مملكة عاصمة ناحية إقليم مقاطعة
    بلدية بلدتي مدينتي محافظتي سلطنة ضاحية مدن شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط
    مطار ميناء دوقية نهر بحيرة بلاد"""
)
# … behind these often.
_PREPOSITIONS = _keys("في من إلى الى بين نحو قرب داخل خارج عبر حول باتجاه لدى أهل سكان")
# Beside these the name of a person.
_OF_PERSONS = _keys(
    """بن ابن أبو ابو أبي آل محمد أحمد علي عبد عبدالله حسن حسين الشيخ الإمام السيد الملك الأمير
    الدكتور القديس السلطان الرئيس"""
)
_CLITIC_OF_PLACE = re.compile("و?ب")


@dataclass(slots=True)
class Seen:
    """Of one name: how often anywhere, behind a kind word, behind a preposition, by a person."""

    anywhere: int = 0
    behind_kind: int = 0
    behind_preposition: int = 0
    by_person: int = 0


@dataclass(slots=True)
class Counted:
    names: dict[str, Seen] = field(default_factory=dict)
    spellings: Counter[str] = field(default_factory=Counter)


def count(texts: Iterable[str], names: Mapping[str, object]) -> Counted:
    """Reads `texts` for `names` (keys joined by spaces), the longest ones from the left."""
    firsts: dict[str, int] = {}
    for name in names:
        words = name.split(" ")
        firsts[words[0]] = max(firsts.get(words[0], 0), len(words))
    counted = Counted()
    for text in texts:
        stream = tokens(text)
        keys = [token.key for token in stream]
        place = 0
        while place < len(keys):
            found = _longest(keys, place, firsts, names)
            if found is None:
                place += 1
                continue
            proclitics, name, last = found
            seen = counted.names.setdefault(name, Seen())
            form = text[stream[place].start : stream[last - 1].end]
            if not proclitics:
                counted.spellings[form] += 1
            _note(seen, keys, place, last, keys[place][:proclitics])
            place = last
    return counted


def _longest(
    keys: list[str], place: int, firsts: Mapping[str, int], names: Mapping[str, object]
) -> tuple[int, str, int] | None:
    best: tuple[int, str, int] | None = None
    for proclitics, word in peeled(keys[place]):
        for length in range(min(firsts.get(word, 0), LONGEST, len(keys) - place), 0, -1):
            name = " ".join([word, *keys[place + 1 : place + length]])
            if name in names and (best is None or place + length > best[2]):
                best = (proclitics, name, place + length)
    return best


def _note(seen: Seen, keys: list[str], first: int, last: int, clitic: str) -> None:
    seen.anywhere += 1
    before = keys[first - 1] if first else ""
    bare = before[1:] if before[:1] in "وبلف" and before[1:] in _KIND_WORDS else before
    behind = keys[last] if last < len(keys) else ""
    if behind in _OF_PERSONS or before in _OF_PERSONS:
        seen.by_person += 1
    elif not clitic and bare in _KIND_WORDS:
        seen.behind_kind += 1
    elif _CLITIC_OF_PLACE.match(clitic) or (not clitic and before in _PREPOSITIONS):
        seen.behind_preposition += 1
