"""Lemmas and roots: each word led back to what a dictionary lists it under.

    وضواحيها (and its suburbs) → ضاحية, وتستميت (and she fights to the death) → استمات

The readings of most words were compiled beforehand (`warraq.text.forms`), ranked by how likely they
are without context; where several are, their neighbours decide. What the tables lack is guessed
(`warraq.analysis.morphology.unknown`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from warraq.analysis.morphology.unknown import guess, known_rest
from warraq.annotations import TextField
from warraq.document import Document
from warraq.text.forms import (
    BORDER,
    DIGITS,
    FIRST_WORD,
    OTHER,
    alef,
    shipped_forms,
    tag_of,
)
from warraq.text.letters import LETTERS, UNSEEN
from warraq.text.lexicon import lexicon_key, shipped_lexicon
from warraq.text.tokens import Token


class Reading(NamedTuple):
    """One way to read a word.

    lemma: masculine singular of an adjective, singular of a noun, past tense ("he did") of a verb;
    a name as it stands. root: in letters without hamza seats (سءل), None if unknown. part: noun,
    adj, verb, name, number, particle or pronoun. stem: the word without clitics, as it stands.
    """

    lemma: str
    root: str | None
    part: str
    stem: str


class _Ranked(NamedTuple):
    """Readings, likeliest first; `second`: the first with another lemma, if it is close."""

    readings: tuple[Reading, ...]
    second: Reading | None


class _Word(NamedTuple):
    """All that is known of a word by itself; weights and tags are those of `ranked.readings`.

    neighbour: what it is to the words beside it. sure: whether they can change nothing.
    """

    ranked: _Ranked
    weights: tuple[float, ...]
    tags: tuple[int, ...]
    neighbour: int
    sure: bool


CLOSE = 0.35
"""A second reading at least this likely is also indexed."""
_SURE = 0.97
_REMEMBERED = 1 << 15  # words, each with about a kilobyte
_UNREAD = _Ranked((), None)
_ARABIC = re.compile(f"[{LETTERS}]")
_UNSEEN = str.maketrans(dict.fromkeys(UNSEEN))
_CONTENT = frozenset({"noun", "adj", "verb", "name", "number"})
# Writers leave out a hamza (factor where the word has a bare alef) more often than they add one.
_HAMZA_LEFT_OUT = 0.7
_HAMZA_ADDED = 0.03

# Opened at import, so that the processes of a pool share them.
_tables = shipped_forms()
_lexicon = shipped_lexicon()


def readings(form: str) -> tuple[Reading, ...]:
    """The readings of a word by itself, likeliest first; none of what is no Arabic word.

    Vowel signs, tatweel and left-out hamzas do not matter; a written hamza decides (أنفاق tunnels,
    إنفاق spending).
    """
    return _word(form).ranked.readings


def lemma(form: str) -> str:
    """The likeliest lemma of a word by itself; the word where it has none."""
    found = readings(form)
    return found[0].lemma if found else form


def root(form: str) -> str | None:
    """The root of the likeliest reading of a word by itself; None if unknown."""
    found = readings(form)
    return found[0].root if found else None


def read_tokens(tokens: Sequence[Token]) -> list[tuple[Reading, ...]]:
    """The readings of each token in its place, likeliest first; none of numbers and foreign words.

    Of a word that is ambiguous by itself, the words before and behind it tell which of its readings
    fits: a verb stands after لم (did not), a noun after في (in). Words with other signs than a
    space between them are no neighbours.
    """
    return [ranked.readings for ranked in _read(tokens)]


def looked_up_by(tokens: Sequence[Token]) -> list[tuple[Reading, ...]]:
    """By which readings each token is looked up: none, the likeliest, or two of it in doubt.

    Particles, pronouns, numbers in digits and foreign words have none.
    """
    return [
        tuple(
            one
            for one in (*ranked.readings[:1], ranked.second)
            if one is not None and one.part in _CONTENT
        )
        for ranked in _read(tokens)
    ]


def _read(tokens: Sequence[Token]) -> Iterator[_Ranked]:
    words = [_word(token.form) for token in tokens]
    for at, word in enumerate(words):
        if word.sure:
            yield word.ranked
            continue
        before = after = BORDER
        if at and tokens[at - 1].end + 1 == tokens[at].start:
            before = words[at - 1].neighbour
        if at + 1 < len(words) and tokens[at].end + 1 == tokens[at + 1].start:
            after = words[at + 1].neighbour
        yield _in_place(tokens[at].form, before, after)


@lru_cache(_REMEMBERED)
def _in_place(form: str, before: int, after: int) -> _Ranked:
    word = _word(form)
    left, right = _tables.left[before], _tables.right[after]
    weights = [
        weight * left[tag] * right[tag] for weight, tag in zip(word.weights, word.tags, strict=True)
    ]
    found = word.ranked.readings
    order, second = _rank(found, weights)
    return _Ranked(tuple([found[at] for at in order]), second)


def _rank(found: Sequence[Reading], weights: Sequence[float]) -> tuple[list[int], Reading | None]:
    """The order of `found`, those of the likeliest lemma first, and the second lemma if close."""
    lemmas: dict[str, float] = {}
    for one, weight in zip(found, weights, strict=True):
        lemmas[one.lemma] = lemmas.get(one.lemma, 0.0) + weight
    keys = [(-lemmas[one.lemma], -weight) for one, weight in zip(found, weights, strict=True)]
    order = sorted(range(len(found)), key=keys.__getitem__)
    first = found[order[0]].lemma
    close = CLOSE * sum(weights)
    for at in order[1:]:
        if found[at].lemma != first:
            return order, found[at] if lemmas[found[at].lemma] >= close else None
    return order, None


@lru_cache(_REMEMBERED)
def _word(form: str) -> _Word:
    if not _ARABIC.search(form):
        return _Word(_UNREAD, (), (), DIGITS if form.isdigit() else OTHER, sure=True)
    key = lexicon_key(form)
    letters = form if len(form) == len(key) else form.translate(_UNSEEN)
    found, weights, tags = _known(key, letters) or _unknown(key, letters)
    own = _tables.words_of_their_own.get(key)
    if len(found) == 1:
        neighbour = tags[0] if own is None else FIRST_WORD + own
        return _Word(_Ranked(tuple(found), None), (1.0,), tuple(tags), neighbour, sure=True)
    order, second = _rank(found, weights)
    ranked = _Ranked(tuple([found[at] for at in order]), second)
    first = ranked.readings[0].lemma
    likely = sum(weight for one, weight in zip(found, weights, strict=True) if one.lemma == first)
    return _Word(
        ranked,
        tuple([weights[at] for at in order]),
        tuple([tags[at] for at in order]),
        tags[order[0]] if own is None else FIRST_WORD + own,
        sure=likely >= _SURE * sum(weights),
    )


_Found = tuple[list[Reading], list[float], list[int]]
"""Readings, their weights and their tags."""


def _known(key: str, letters: str, before: int = 0, behind: int = 0) -> _Found | None:
    """The readings in the tables of a word between `before` and `behind` letters of clitics."""
    end = len(letters)
    packed = _tables.read(key[before : end - behind])
    if not packed:
        return None
    found, weights, tags = [], [], []
    for number, inner, outer, spelled, share, tag in packed:
        lexeme = _tables.lexemes[number]
        start = before + inner
        stem = letters[start : end - behind - outer]
        written = alef(stem)
        if written < 0 or written == spelled:
            weights.append(share)
        else:
            weights.append(share * (_HAMZA_ADDED if written else _HAMZA_LEFT_OUT))
        found.append(Reading(lexeme.lemma, lexeme.root, lexeme.part, stem))
        tags.append(tag)
    return found, weights, tags


def _unknown(key: str, letters: str) -> _Found:
    if rest := known_rest(key, _tables):
        return _known(key, letters, *rest) or ([], [], [])
    name = guess(key, _lexicon)
    stem = letters[name.before : len(letters) - name.behind]
    at = key.find(name.lemma)  # its hamzas are those of the word, unless an ending was put on
    lemma = letters[at : at + len(name.lemma)] if at >= 0 else name.lemma
    tag = tag_of(name.part, 0, key[: name.before], name.behind)
    return [Reading(lemma, None, name.part, stem or letters)], [1.0], [tag]


def find_lemmas(document: Document) -> None:
    """Sets the fields `lemmas` and `roots`, as `lemmas_and_roots` finds them.

    Of a word inside a person's name that an earlier step has found, the word as it stands is set
    as a lemma, too.
    """
    lemmas, roots = lemmas_and_roots(document.text_fields)
    names = {
        word
        for entity in document.entities
        if entity.type == "person"
        for word in entity.text.translate(_UNSEEN).split()
        if _ARABIC.search(word)
    }
    document.fields["lemmas"] = sorted(lemmas | names)
    document.fields["roots"] = sorted(roots)


def lemmas_and_roots(fields: Iterable[TextField]) -> tuple[set[str], set[str]]:
    """Those that the words of `fields` are looked up by."""
    found: set[Reading] = set()
    for field in fields:
        found.update(*looked_up_by(field.tokens))
    return {one.lemma for one in found}, {one.root for one in found if one.root}
