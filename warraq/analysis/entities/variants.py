"""Merges the names of an article: المشير خليفة حفتر and حفتر are one person (Khalifa Haftar).

Pure functions on names as they stand. What is not sure is left apart: a last name that two persons
of the article bear belongs to neither.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from warraq.text.normalize import fold

_PARTICLES = frozenset({"بن", "ابن", "بنت", "ال"})
_JOINED = re.compile(r"\b(عبد|ابو|ابي|ابا|ام) (?=\w)")
_WORD = re.compile(r"\w+")
# Adjectives that papers spell in several ways, folded.
_SPELLINGS = (("اميركي", "امريكي"), ("اميركا", "امريكا"), ("فريقيا", "فريقي"), ("اوروب", "اورب"),
              ("سوفييت", "سوفيت"), ("اسيوي", "اسيوي"))  # fmt: skip
_SHORTEST_OF_A_PHRASE = 2
_LONGEST_ALIAS = 3
# Kinds of what is a part of the organization named behind them: مجلس الأهلي is not الأهلي (a club).
_OF_A_PART = frozenset(fold("مجلس إدارة لجنة هيئة رئاسة مكتب فرع قسم رابطة جمهور أمانة").split())
# Words with which a sentence goes on behind a name: الاتحاد الأوروبي على (the EU on …).
_IN_NO_NAME = frozenset(fold("على إلى عن مع بين منذ خلال لصالح").split())
Name = tuple[str, ...]


@lru_cache(1 << 14)
def folded_name(text: str) -> Name:
    """The words by which two spellings of a name are compared."""
    folded = fold(text)
    for one, other in _SPELLINGS:
        folded = folded.replace(one, other)
    return tuple(_WORD.findall(_JOINED.sub(r"\1", folded)))


def merged_persons(names: Sequence[str]) -> dict[str, str]:
    """Name as it stands → the fullest name of the same person among `names`."""
    words = {name: _bare(folded_name(name)) for name in names}
    often = Counter(words.values())
    full = sorted((one for one in often if len(one) > 1), key=lambda one: (-len(one), one))
    owner: dict[Name, Name] = {}
    leaders = _Leaders()
    for one in full:
        leader = leaders.of_short_form(one)
        owner[one] = leader or one
        if leader is None:
            leaders.add(one)
    for one in often:
        if len(one) == 1:
            owner[one] = leaders.of_word(one[0]) or one
    return _best_spelling(names, {name: owner.get(words[name], words[name]) for name in names})


def merged_organizations(
    names: Sequence[str], aliases: Mapping[str, str], heads: frozenset[str]
) -> dict[str, str]:
    """Name as it stands → the fullest name of the same organization.

    aliases: short name → the name that it was given behind, in brackets or quotation marks.
    heads: folded words that say what kind of organization it is (نادي, club).
    """
    words = {name: folded_name(name) for name in names}
    known = list(dict.fromkeys(words.values()))
    owner: dict[Name, Name] = {one: one for one in known}
    ordered = sorted(known)
    behind_head: defaultdict[Name, list[Name]] = defaultdict(list)
    for one in known:
        if one and one[0] in heads and one[0] not in _OF_A_PART:
            behind_head[one[1:]].append(one)
    for one in known:
        longer = [*behind_head.get(one, ()), *_going_on(one, ordered, heads)]
        if longer and all(_is_short_for(a, b, heads) or a == b or _is_short_for(b, a, heads)
                          for a in longer for b in longer):  # fmt: skip
            owner[one] = max(longer, key=len)
    for short, long in aliases.items():
        if words.get(short) and words.get(long):
            owner[words[short]] = owner[words[long]]
    return _best_spelling(names, {name: _root(owner, words[name]) for name in names})


def is_alias(before: str, between: str, behind: str) -> bool:
    """Whether `behind` is given as another name of `before`, by what stands between the two.

    القيادة العسكرية الأميركية في إفريقيا «أفريكوم» (the US Africa Command, AFRICOM).
    """
    if between.strip() not in {"(", "«", '"', "“", "(«", '("', "- «", "، «", "[", "‹"}:
        return False
    one, two = folded_name(before), folded_name(behind)
    return len(two) <= _LONGEST_ALIAS and len(one) > len(two) and one[: len(two)] != two


def _root(owner: Mapping[Name, Name], one: Name) -> Name:
    for _ in range(4):  # an alias of a short name of a longer one; never in a circle for long
        above = owner.get(one, one)
        if above == one:
            break
        one = above
    return one


def _bare(words: Name) -> Name:
    return tuple(word for word in words if word not in _PARTICLES) or words


class _Leaders:
    """The fullest names of persons, by their words: an article may hold thousands of them."""

    def __init__(self) -> None:
        self._by_word: defaultdict[str, list[Name]] = defaultdict(list)
        self._by_last: defaultdict[str, list[Name]] = defaultdict(list)

    def add(self, name: Name) -> None:
        for word in dict.fromkeys(name):
            self._by_word[word].append(name)
        self._by_last[name[-1].removeprefix("ال")].append(name)

    def of_short_form(self, one: Name) -> Name | None:
        """The only name that `one` may be short for."""
        rarest = min((self._by_word.get(word, ()) for word in one), key=len)
        return _only(leader for leader in rarest if _may_be_short_for(one, leader))

    def of_word(self, word: str) -> Name | None:
        """The only person whom a single word may mean: by last name, else by the first.

        Those between are the names of the person's fathers.
        """
        by_last = self._by_last.get(word.removeprefix("ال"), [])
        return _only(by_last or (one for one in self._by_word.get(word, []) if one[0] == word))


def _only(names: Iterable[Name]) -> Name | None:
    """The name, if there is just one."""
    found = iter(names)
    first = next(found, None)
    return first if next(found, None) is None else None


def _may_be_short_for(one: Name, other: Name) -> bool:
    """The words of a person's name stand in `other` in their order, and the first ones are one."""
    if one[0] != other[0]:
        return False
    rest = iter(other)
    return all(word in rest for word in one)


def _is_short_for(one: Name, other: Name, heads: frozenset[str]) -> bool:
    """`other` is `one` with its kind before it, or with more behind it."""
    if len(other) <= len(one):
        return False
    if other[0] in heads and other[1:] == one:
        return other[0] not in _OF_A_PART
    goes_on = other[: len(one)] == one and other[len(one)] not in _IN_NO_NAME
    return goes_on and _tells(one, heads)


def _tells(one: Name, heads: frozenset[str]) -> bool:
    """Whether a name can be known by beginning with `one`."""
    return len(one) >= _SHORTEST_OF_A_PHRASE or not (one[0] in heads or one[0].startswith("ال"))


def _going_on(one: Name, ordered: Sequence[Name], heads: frozenset[str]) -> list[Name]:
    """Those of the names `ordered` that begin with `one` and have more behind it."""
    found: list[Name] = []
    if one and _tells(one, heads):
        for at in range(bisect_right(ordered, one), len(ordered)):
            if ordered[at][: len(one)] != one:
                break
            if ordered[at][len(one)] not in _IN_NO_NAME:
                found.append(ordered[at])
    return found


def _best_spelling(names: Sequence[str], owners: Mapping[str, Name]) -> dict[str, str]:
    """Of each group the spelling of its fullest name that occurs most often."""
    often = Counter(names)
    best: dict[Name, str] = {}
    for name in dict.fromkeys(names):
        group = owners[name]
        rank = (len(folded_name(name)), often[name])
        held = best.get(group)
        if held is None or rank > (len(folded_name(held)), often[held]):
            best[group] = name
    return {name: best[owners[name]] for name in dict.fromkeys(names)}
