"""The evidence of a text, token by token: its words, and what lists say of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from warraq.analysis.entities import features
from warraq.analysis.entities.gazetteer import Gazetteer, PlaceMatch
from warraq.analysis.entities.phrases import LISTS, Phrases
from warraq.analysis.entities.words import BITS, Looked, Words
from warraq.text.forms import TAGS, Tables, shipped_forms

_NOTHING = Looked(features.BORDER, 0, 0, 0, 0, 0.0)
_STARTS = tuple(zip(LISTS, (BITS["wikiorg"], BITS["wikiper"]), strict=True))


_SURE_PLACE = 0.3
_REACH = 6
"""How many words behind the head of an organization are told so."""
_HEADS = BITS["head"]
_SECOND_PART = 0.15
"""The share from which a word's second part of speech is told."""


class WordType(NamedTuple):
    """A word wherever it stands; kind: `features.kind`."""

    looked: Looked
    kind: str
    features: features.WordFeatures


class Classed(Protocol):
    """A word whose core and classes are known."""

    @property
    def core(self) -> str: ...
    @property
    def classes(self) -> int: ...


class Evidence:
    """Looks words up."""

    def __init__(
        self, words: Words, phrases: Phrases, gazetteer: Gazetteer, forms: Tables | None = None
    ) -> None:
        self.words, self.phrases, self.gazetteer = words, phrases, gazetteer
        self.forms = forms or shipped_forms()

    def word_type(self, key: str) -> WordType:
        """Of a token's key, or of `features.BORDER`."""
        if key == features.BORDER:
            looked, form, nationality = _NOTHING, features.UNKNOWN_FORM, False
        else:
            match = self.gazetteer.lookup([key], 0)
            cut = match.proclitics if match and match.prior >= _SURE_PLACE else None
            looked = self.words.looked(key, cut)
            # ليبيا is a country; that ليبياً (a Libyan) is written so as well tells nothing.
            is_country = cut is not None and key.endswith("يا")
            nationality = not is_country and self.gazetteer.nationality(key) is not None
            form = self._form(key)
        kind = features.kind(key, looked, form, nationality=nationality)
        return WordType(looked, kind, features.of_word(key, kind, looked, form))

    def _form(self, key: str) -> features.Form:
        """What the lexicon of forms says of `key` without its context."""
        readings = self.forms.read(key)
        if not readings:
            return features.UNKNOWN_FORM
        lexemes = self.forms.lexemes
        shares: dict[str, float] = {}
        for one in readings:
            part = lexemes[one.lexeme].part
            shares[part] = shares.get(part, 0.0) + one.share
        part = max(shares, key=shares.__getitem__)
        if len(shares) > 1:
            del shares[part]
            other = max(shares, key=shares.__getitem__)
            if shares[other] >= _SECOND_PART:
                part = f"{part}/{other}"
        return features.Form(part, TAGS[readings[0].tag], readings[0].behind > 0)

    def from_lists(
        self, found: Sequence[Classed], matches: Sequence[PlaceMatch]
    ) -> dict[int, list[str]]:
        """Token → features out of the lists of places and of phrases, where they say anything."""
        said: dict[int, list[str]] = {}
        for at, place in features.of_places(matches).items():
            said.setdefault(at, []).extend(features.of_place(place))
        cores = [looked.core for looked in found]
        for letter, starts in _STARTS:
            after = 0
            for at, looked in enumerate(found):
                if at < after or not looked.classes & starts:
                    continue
                length = self.phrases.longest(letter, cores, at)
                for inside in range(at, at + length):
                    where = "S" if length == 1 else "B" if inside == at else "I"
                    name = f"{letter}{where}{min(length, 3)}"
                    said.setdefault(inside, []).extend(features.of_phrase(name))
                after = at + length
        return said


def behind_heads(found: Sequence[Classed], gaps: Sequence[str]) -> dict[int, tuple[str, int]]:
    """Token → the head of an organization before it, and how many words before, at most `_REACH`.

    gaps[n] stands before token n; none that no name goes on behind is between them.
    """
    told: dict[int, tuple[str, int]] = {}
    head, head_at = "", -_REACH - 1
    for at, looked in enumerate(found):
        if gaps[at][0] in features.PARTS:
            head_at = -_REACH - 1
        if at - head_at <= _REACH:
            told[at] = (head, at - head_at)
        if looked.classes & _HEADS:
            head, head_at = looked.core, at
    return told
