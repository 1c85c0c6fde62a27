"""Other names in the place of those in a tagged text, so that a model learns what stands around."""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from training.name_lists import NameLists
from training.tagged_corpus import Tag, TaggedText
from warraq.text.normalize import fold

_SHARE = 0.7
"""Of the names, so many are replaced."""
_PARTICLES = frozenset("بن ابن بنت آل أبو أبي أبا أم عبد ولد دي فان فون الله الدين".split())


def swapped(article: TaggedText, lists: NameLists, chance: random.Random) -> TaggedText:
    """`article` with other names, the same ones wherever a name recurs in it."""
    pieces: list[str] = []
    tags: list[Tag] = []
    chosen: dict[str, str] = {}
    kept = {fold(tag_text(article, tag)) for tag in article.tags if chance.random() > _SHARE}
    read = length = 0
    for tag in article.tags:
        before = article.text[read : tag.start]
        name = tag_text(article, tag)
        follows_lam = before[-1:] == "ل" and not before[-2:-1].isalpha() and name[:1] == "ل"
        if follows_lam:
            name = "ا" + name
        new = name
        if fold(name) not in kept:
            new = _other(name, tag.type, lists, chosen, chance)
        if before[-1:] == "ل" and not before[-2:-1].isalpha() and new.startswith("ال"):
            new = new[1:]
        pieces += (before, new)
        length += len(before)
        tags.append(Tag(length, length + len(new), tag.type))
        length += len(new)
        read = tag.end
    pieces.append(article.text[read:])
    return TaggedText("".join(pieces), tuple(tags))


def tag_text(article: TaggedText, tag: Tag) -> str:
    """What stands at `tag`."""
    return article.text[tag.start : tag.end]


def _other(
    name: str, type_: str, lists: NameLists, chosen: dict[str, str], chance: random.Random
) -> str:
    if type_ == "PER":
        return _other_person(name, lists, chosen, chance)
    found = chosen.get(name)
    if found is None:
        found = chosen[name] = _other_of_its_head(name, type_, lists, chance)
    return found


def _other_person(
    name: str, lists: NameLists, chosen: dict[str, str], chance: random.Random
) -> str:
    words = name.split()
    for at, word in enumerate(words):
        if word in _PARTICLES:
            continue
        if word not in chosen:
            is_last = at == len(words) - 1 and (len(words) > 1 or word.startswith("ال"))
            chosen[word] = chance.choice(_pool(lists, "family" if is_last else "first"))
        words[at] = chosen[word]
    return " ".join(words)


def _other_of_its_head(name: str, type_: str, lists: NameLists, chance: random.Random) -> str:
    words = name.split()
    if len(words) == 1:
        pool = _single_organizations(lists) if type_ == "ORG" else _places(lists)
        return chance.choice(pool) if pool else name
    if type_ == "ORG":
        others = _organizations_by_head(lists).get(fold(words[0]), ())
        return chance.choice(others) if len(others) > 3 else name
    if len(words) == 2 and {"kindin"} & lists.classes.get(fold(words[0]), set()):
        pool = _places(lists)
        return f"{words[0]} {chance.choice(pool)}" if pool else name
    return name


_made: dict[tuple[int, str], Any] = {}


def _pool(lists: NameLists, which: str) -> list[str]:
    key = (id(lists), which)
    if key not in _made:
        _made[key] = [one for one in getattr(lists, which) if len(one.split()) == 1]
    return list(_made[key]) if False else _made[key]


def _single_organizations(lists: NameLists) -> list[str]:
    key = (id(lists), "single")
    if key not in _made:
        _made[key] = [one for one in lists.organizations if len(one.split()) == 1]
    return _made[key]


def _organizations_by_head(lists: NameLists) -> dict[str, list[str]]:
    key = (id(lists), "heads")
    if key not in _made:
        heads: dict[str, list[str]] = {}
        for one in lists.organizations:
            if len(one.split()) > 1:
                heads.setdefault(fold(one.split()[0]), []).append(one)
        _made[key] = heads
    return _made[key]


def _places(lists: NameLists) -> list[str]:
    return lists.places
