"""What the tagger looks at: evidence about a word by itself, and about words side by side.

Names of features are strings; the tagger keeps one weight for each of them and each label. Those of
a word depend on the word alone, so that the tagger sums their weights once for each word type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from warraq.analysis.entities.gazetteer import PlaceMatch
from warraq.analysis.entities.words import BITS, CLASSES, Looked

BORDER = "|"
"""Stands for the key of a word before the first one and behind the last one of a sentence."""

_KINDS = (
    "kin", "acronym", "title", "head", "kindout", "kindin", "role2", "role", "say", "date",
    "single", "function",
)  # fmt: skip
"""Classes by which a word is called where it has several, the most telling first."""
_OWN_KIND = frozenset(
    ["بن", "ابن", "بنت", "ال", "ابو", "ابي", "ابا", "ام", "عبد", "في", "من", "الي", "علي", "ان"]
)
_LATIN = re.compile("[A-Za-z]")
_SMALL_CLASSES = tuple((name, BITS[name]) for name in CLASSES)


class Form(NamedTuple):
    """part: of speech, with a second one behind / where there are two. tag: of its likeliest
    reading, as `warraq.text.forms.TAGS`. has_pronoun: whether that ends in one.
    """

    part: str
    tag: str
    has_pronoun: bool


UNKNOWN_FORM = Form("?", "?", has_pronoun=False)


def cost_step(cost: float) -> str:
    """Common to unknown, as one letter a to g."""
    return "abcdefg"[min(6, max(0, int(cost - 2.5)))]


def kind(key: str, looked: Looked, form: Form, *, nationality: bool) -> str:  # noqa: PLR0911
    """One class for `key`, to be looked at together with the class of its neighbours."""
    if key == BORDER:
        return BORDER
    if key[:1].isdigit():
        return "9"
    if _LATIN.match(key):
        return "x"
    if looked.core in _OWN_KIND:
        return looked.core
    clitic = "+" if looked.proclitics else ""
    for name in _KINDS:
        if looked.classes & BITS[name]:
            return clitic + name
    if nationality:
        return clitic + "nat"
    name = "f" if looked.classes & BITS["first"] else ""
    name += "l" if looked.classes & BITS["family"] else ""
    article = "ال" if looked.core.startswith("ال") else ""
    return clitic + article + (name or form.part + ("'" if form.has_pronoun else ""))


class WordFeatures(NamedTuple):
    """shared: features that many words have, together; own: those that few have."""

    shared: tuple[str, ...]
    own: tuple[str, ...]


PLACES = ("", "<", ">", "<<", ">>")
"""Lead names of features: of the word itself, of those before and behind it, and beyond them."""
_REACH = dict.fromkeys(("w", "k", "c", "pos", BORDER), 2) | dict.fromkeys(
    ("d", "clitic", "C", "tag", "s2", "p1"), 1
)
"""How far off a word's features are seen, by what stands before "="; of others, 0."""


def at_place(names: WordFeatures, place: str) -> list[str]:
    """The features of a word for the label of the one from which it stands at `place`."""
    least = len(place)
    return [
        place + name
        for name in (*names.shared, *names.own)
        if _REACH.get(name.partition("=")[0], 0) >= least
    ]


def of_word(key: str, own_kind: str, looked: Looked, form: Form) -> WordFeatures:
    """Features of a word; `own_kind`: its `kind`. Which of them neighbours see says `_REACH`."""
    if key == BORDER:
        return WordFeatures((), (BORDER,))
    core = looked.core
    if own_kind == "9":
        return WordFeatures(("k=9", f"9{min(len(key), 5)}"), ())
    if own_kind == "x":
        first = "x^" if key[0].isupper() else "x_"
        return WordFeatures(("k=x", f"x{min(len(key), 5)}", first), (f"w={key}",))
    stem = core.removeprefix("ال")
    length = len(stem)
    shared = (
        f"k={own_kind}", f"c={looked.small_cluster}", f"clitic={key[: looked.proclitics]}",
        f"pos={form.part}", f"tag={form.tag}", *_class_names(looked.classes),
        "ال" if stem != core else "-",
    )  # fmt: skip
    own = [
        f"w={core}", f"d={looked.large_cluster}", f"cost={cost_step(looked.cost)}",
        f"n={min(len(core), 9)}", f"p1={stem[:1]}", f"s1={stem[-1:]}",
    ]  # fmt: skip
    own += [f"p{size}={stem[:size]}" for size in (2, 3) if length > size]
    own += [f"s{size}={stem[-size:]}" for size in (2, 3) if length > size]
    return WordFeatures(shared, tuple(own))


@cache
def _class_names(classes: int) -> tuple[str, ...]:
    return tuple(f"C={name}" for name, bit in _SMALL_CLASSES if classes & bit)


def of_kinds(before: str, here: str, behind: str) -> list[str]:
    """Features of a word's kind together with its neighbours'."""
    return [f"kk={before}|{here}", f"kn={here}|{behind}", f"kkn={before}|{here}|{behind}"]


def of_gaps(before: str, here: str, behind: str) -> list[str]:
    """Features of what stands between words: `before` and `behind` as `gap` names them."""
    found = [f"g={before}", f"h={behind}", f"gk={before}|{here}", f"hk={here}|{behind}"]
    if before != "_" and behind != "_":
        found.append(f"gh={before}|{behind}")
    return found


_GAPS = tuple(zip('\n«»"“”():،,-–/', 'nqQ"qQ():,,--/', strict=True))
"""Signs between words, and what stands for them in the name of a gap."""


PARTS = frozenset(",:n.")
"""What no name goes on behind, as the first letter of what `gap` names it."""


def gap(between: str) -> str:
    """What parts two words, as a short name: "_" is a space alone."""
    if between == " ":
        return "_"
    return "".join(name for sign, name in _GAPS if sign in between)[:3] or (
        "_" if between.isspace() else "." if between else "="
    )


def of_places(matches: Sequence[PlaceMatch]) -> dict[int, str]:
    """Token → what the gazetteer of places says of it, as one name."""
    found: dict[int, str] = {}
    for match in matches:
        prior = "abcd"[(match.prior >= 0.05) + (match.prior >= 0.3) + (match.prior >= 0.7)]
        place = match.places[0]
        size = "0" if not place.population else "1" if place.population < 100_000 else "2"
        for at in range(match.first, match.last):
            where = "B" if at == match.first else "I"
            if match.last - match.first == 1:
                where = "S"
            found[at] = f"{where}{prior}|{place.kind}|{size}"
    return found


def of_place(said: str) -> list[str]:
    """Features out of what `of_places` says of a token."""
    where_prior, place_kind, size = said.split("|")
    return [
        f"P={where_prior}", f"P={where_prior[0]}", f"PK={where_prior}{place_kind}",
        f"PS={where_prior}{size}",
    ]  # fmt: skip


def of_head(head: str, distance: int, own_kind: str) -> list[str]:
    """Features of a word that stands `distance` words behind the head of an organization, with no
    comma, colon or end of a line between them."""
    return [f"H={head}|{distance}", f"HK={distance}|{own_kind}", f"HH={head}|{own_kind}"]


def of_phrase(said: str) -> list[str]:
    """Features of a token inside a phrase of a list: `said` is its list, place and length."""
    return [f"L={said}", f"L={said[:2]}"]


_FORGETTABLE = frozenset(
    {"function", "+function", "9", "في", "من", "الي", "علي", "ان", "بن", "ابن"}
)


def is_remembered(own_kind: str) -> bool:
    """Whether a word of this kind tells anything by being in a name elsewhere."""
    return own_kind not in _FORGETTABLE


def part_of_name(type_: str, at: int, first: int, last: int) -> str:
    """What token `at` is of the name [first, last): its type, and s single, f first, i inner or
    l last."""
    if last - first == 1:
        return type_ + "s"
    return type_ + ("f" if at == first else "l" if at == last - 1 else "i")


def of_memory(parts: Iterable[str], own_kind: str) -> list[str]:
    """Features of a word that is in names elsewhere in the article; `parts`: `part_of_name`."""
    return [name for part in parts for name in (f"D={part}", f"DK={part}|{own_kind}")]
