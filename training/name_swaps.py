"""Other names in the place of those in a tagged text, so that a model learns what stands around."""

from __future__ import annotations

import random
import re

from training.name_lists import NameLists
from training.tagged_corpus import Tag, TaggedText
from warraq.analysis.entities.gazetteer import shipped_gazetteer
from warraq.text.normalize import fold

_SHARE = 0.7
"""Of the names, so many are replaced."""
_BYLINES = 0.3
"""Of the articles, so many get a byline."""
_DIGITS, _DECIMALS = 0.7, 0.15
"""Of the number words outside of names, so many become digits; of these, so many with a point."""
_LEAST_PRIOR = 0.4
_UNKNOWN_PLACES = 5
_PARTICLES = frozenset(
    "بن ابن بنت آل أبو أبي أبا أم عبد ولد دي فان فون الله الدين".split()  # noqa: SIM905
)


class Pools:
    """The names to choose from, of one word where a name has one."""

    def __init__(self, lists: NameLists) -> None:
        self.first = [one for one in lists.first if " " not in one]
        self.family = [one for one in lists.family if " " not in one]
        self.single_organizations = [one for one in lists.organizations if " " not in one]
        self.single_organizations += lists.maybe_organizations
        self.organizations: dict[str, list[str]] = {}
        for one in lists.organizations:
            if " " in one:
                self.organizations.setdefault(fold(one.split()[0]), []).append(one)
        known = [name for name in shipped_gazetteer().names() if _is_likely(name.split())]
        # Mostly places that the gazetteer knows: a model must learn to trust it.
        self.places = [*known, *lists.places[: len(known) // _UNKNOWN_PLACES]]
        self.classes = lists.classes


def _is_likely(words: list[str]) -> bool:
    match = shipped_gazetteer().lookup(words, 0)
    return match is not None and match.last == len(words) <= 2 and match.prior > _LEAST_PRIOR


def swapped(article: TaggedText, pools: Pools, chance: random.Random) -> TaggedText:
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
            new = _other(name, tag.type, pools, chosen, chance)
        if before[-1:] == "ل" and not before[-2:-1].isalpha() and new.startswith("ال"):
            new = new[1:]
        pieces += (before, new)
        length += len(before)
        tags.append(Tag(length, length + len(new), tag.type))
        length += len(new)
        read = tag.end
    pieces.append(article.text[read:])
    other = TaggedText("".join(pieces), tuple(tags))
    other = with_digits(other, chance)
    return with_byline(other, pools, chance) if chance.random() < _BYLINES else other


def tag_text(article: TaggedText, tag: Tag) -> str:
    """What stands at `tag`."""
    return article.text[tag.start : tag.end]


def _other(
    name: str, type_: str, pools: Pools, chosen: dict[str, str], chance: random.Random
) -> str:
    if type_ == "PER":
        return _other_person(name, pools, chosen, chance)
    found = chosen.get(name)
    if found is None:
        found = chosen[name] = _other_of_its_head(name, type_, pools, chance)
    return found


def _other_person(name: str, pools: Pools, chosen: dict[str, str], chance: random.Random) -> str:
    words = name.split()
    for at, word in enumerate(words):
        if word in _PARTICLES:
            continue
        if word not in chosen:
            is_last = at == len(words) - 1 and (len(words) > 1 or word.startswith("ال"))
            chosen[word] = chance.choice(pools.family if is_last else pools.first)
        words[at] = chosen[word]
    return " ".join(words)


def _other_of_its_head(name: str, type_: str, pools: Pools, chance: random.Random) -> str:
    words = name.split()
    if len(words) == 1:
        pool = pools.single_organizations if type_ == "ORG" else pools.places
        return chance.choice(pool) if pool else name
    if type_ == "ORG":
        others = pools.organizations.get(fold(words[0]), ())
        return chance.choice(others) if len(others) > 3 else name
    if len(words) == 2 and {"kindin"} & pools.classes.get(fold(words[0]), set()):
        pool = pools.places
        return f"{words[0]} {chance.choice(pool)}" if pool else name
    return name


_NUMBER_WORD = re.compile(
    r"(?<!\w)(?:ثلاث|أربع|خمس|ست|سبع|ثمان|ثماني|تسع|عشر|عشرين|ثلاثين|أربعين|خمسين|ستين|سبعين|ثمانين"
    r"|تسعين|مئة|مئتي|مئتين|ألف|ألفي|ألفين)ة?"
    r"(?: و(?:عشرين|ثلاثين|أربعين|خمسين|ستين|سبعين|ثمانين|تسعين|مئة))?(?!\w)"
)


def with_digits(article: TaggedText, chance: random.Random) -> TaggedText:
    """`article` with digits for some of the number words outside of names."""
    pieces: list[str] = []
    read = 0
    shifts: list[tuple[int, int]] = []
    for match in _NUMBER_WORD.finditer(article.text):
        in_name = any(tag.start < match.end() and match.start() < tag.end for tag in article.tags)
        if in_name or chance.random() > _DIGITS:
            continue
        digits = str(chance.choice((chance.randint(2, 99), chance.randint(100, 9999), 2015)))
        if chance.random() < _DECIMALS:
            digits = f"{digits}.{chance.randint(1, 9)}"
        pieces += (article.text[read : match.start()], digits)
        read = match.end()
        shifts.append((read, len(digits) - len(match.group())))
    pieces.append(article.text[read:])
    tags = []
    for tag in article.tags:
        shift = sum(by for behind, by in shifts if behind <= tag.start)
        tags.append(Tag(tag.start + shift, tag.end + shift, tag.type))
    return TaggedText("".join(pieces), tuple(tags))


_AGENCIES = ("سبق", "واس", "وكالات", "الوكالات", "رويترز", "أ ف ب", "الرياضي", "متابعات")
_DASHES = (" - ", " ـ ", " – ", "-", ": ", "، ", " / ")
_BEHIND = ("\n", "  ", "   ", " : ", ": ", " - ")


def with_byline(article: TaggedText, pools: Pools, chance: random.Random) -> TaggedText:
    """`article` with what papers put at the beginning of a text: who wrote it, and where."""
    title, _, body = article.text.partition("\n")
    if not body:
        return article
    reporters = [
        (f"{chance.choice(pools.first)} {chance.choice(pools.family)}", "PER")
        for _ in range(chance.choice((1, 1, 1, 2)))
    ]
    agency = chance.choice(_AGENCIES)
    city = (chance.choice(pools.places), "LOC")
    first = reporters if chance.random() < 0.7 else [(agency, "ORG" if agency != "متابعات" else "")]
    pieces: list[tuple[str, str]] = []
    for number, name in enumerate(first):
        pieces += [name] if not number else [(chance.choice((" و", "، ", " - ")), ""), name]
    dash = (chance.choice(_DASHES), "")
    order = [*pieces, dash, city] if chance.random() < 0.75 else [city, dash, *pieces]
    at = len(title) + 1
    new, made = "", []
    for text, type_ in (*order, (chance.choice(_BEHIND), "")):
        if type_:
            made.append(Tag(at + len(new), at + len(new) + len(text), type_))
        new += text
    moved = [
        tag if tag.start < at else Tag(tag.start + len(new), tag.end + len(new), tag.type)
        for tag in article.tags
    ]
    return TaggedText(f"{title}\n{new}{body}", tuple(sorted((*moved, *made))))
