"""Names of an article: a surname alone is its person, الوزارة the ministry that was just named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from warraq.analysis.quotations.words import TITLES
from warraq.annotations import Entity
from warraq.text.normalize import fold

STRIPPED = " \t\n\u00a0«»\"“”„‟'‘’()[]،,؛;:.-–ـ"
_FOLDED_TITLES = frozenset(map(fold, TITLES))
_ARTICLE = "ال"


class Names:
    """The persons and bodies of an article.

    field: the name of the field that offsets count; bodies of the other one stand before it.
    """

    def __init__(self, field: str, entities: Sequence[Entity]) -> None:
        self._persons: dict[str, str | None] = {}
        self._bodies: dict[str, list[tuple[int, str]]] = {}
        for name in dict.fromkeys(one.name for one in entities if one.type == "person"):
            self._add_person(name)
        for one in entities:
            if one.type == "organization":
                place = one.start if one.field == field else -1
                kind = (fold(one.name).split() or [""])[0]
                self._bodies.setdefault(kind, []).append((place, one.name))
        for places in self._bodies.values():
            places.sort()

    def _add_person(self, name: str) -> None:
        """The last part of a name stands for the person, unless two have it."""
        for part in fold(name).split()[-1:]:
            known = self._persons.setdefault(part, name)
            if known is not None and not _is_short_for(name, known):
                self._persons[part] = name if _is_short_for(known, name) else None

    def of(self, entity: Entity) -> str:
        """Its canonical name; that of the whole name if it is a surname."""
        words = fold(entity.name).split()
        whole = self._persons.get(words[-1]) if entity.type == "person" and words else None
        return whole if whole and len(_untitled(words)) == 1 else entity.name

    def canonical(self, phrase: str, offset: int) -> str | None:
        """Who a noun phrase at `offset` means, as it stands if no name of the article does."""
        bare = phrase.strip(STRIPPED)
        words = _untitled(fold(bare).split())
        if not words:
            return None
        if len(words) > 1:
            return phrase
        person = self._persons.get(words[0])
        if person is not None:
            return person
        kind = words[0].removeprefix(_ARTICLE)
        return (self._body(kind, offset) if kind != words[0] else None) or bare

    def _body(self, kind: str, offset: int) -> str | None:
        places = self._bodies.get(kind, [])
        before = bisect_left(places, (offset, ""))
        return places[before - 1][1] if before else None


def _untitled(words: list[str]) -> list[str]:
    first = 0
    while first < len(words) - 1 and words[first] in _FOLDED_TITLES:
        first += 1
    return words[first:]


def _is_short_for(one: str, other: str) -> bool:
    """Whether all parts of a name are parts of the other."""
    return set(_untitled(fold(one).split())) <= set(fold(other).split())
