"""Lemmas and roots: each word led back to what a dictionary lists it under.

    وضواحيها (and its suburbs) → ضاحية, وتستميت (and she fights to the death) → استمات

The readings of most words were compiled beforehand (`warraq.text.forms`), ranked by
how likely they are without context; where several are, their neighbours decide. What the tables lack is
guessed (`warraq.analysis.morphology.unknown`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from warraq.text.forms import ALEFS, TAGS, Packed, Tables, tag_of
from warraq.analysis.morphology.unknown import guess, known_rest
from warraq.document import Document
from warraq.text.lexicon import lexicon_key, shipped_lexicon
from warraq.text.letters import LETTERS
from warraq.text.tokens import Token


class Reading(NamedTuple):
    """One way to read a word.

    lemma: masculine singular of an adjective, singular of a noun, past tense ("he did") of a verb;
    a name as it stands. part: noun, adj, verb, name, number, particle or pronoun. stem: the word
    without clitics, as it stands. share: how likely it is among the readings of its word, 0 to 1.
    """

    lemma: str
    root: str | None
    part: str
    stem: str
    share: float


class _Word(NamedTuple):
    """All that is known of a word: its readings, the tag of each, and what it is as a neighbour."""

    readings: tuple[Reading, ...]
    tags: tuple[int, ...]
    neighbour: int
    sure: bool


CLOSE = 0.35
"""A second reading at least this likely is also indexed."""
_SURE = 0.97
_NOTHING = _Word((), (), 0, sure=True)
_ARABIC = re.compile(f"[{LETTERS}]")
_WITHOUT_MARKS = re.compile(f"[^{LETTERS}]+")
_CONTENT = frozenset({"noun", "adj", "verb", "name", "number"})
# Writers leave out a hamza (factor where the word has a bare alef) more often than they add one.
_HAMZA_LEFT_OUT = 0.7
_HAMZA_ADDED = 0.03
_BORDER, _OTHER = len(TAGS), len(TAGS) + 1  # neighbours that are no word of the tables
_FIRST_WORD = _OTHER + 1

# Opened at import, so that the processes of a pool share them.
_tables = Tables()
_lexicon = shipped_lexicon()


def readings(form: str) -> tuple[Reading, ...]:
    """The readings of a word by itself, likeliest first; none of what is no Arabic word.

    Vowel signs, tatweel and left-out hamzas do not matter; a written hamza decides (أنفاق tunnels,
    إنفاق spending).
    """
    return _word(form).readings


def lemma(form: str) -> str:
    """The likeliest lemma of a word by itself; the word where it has none."""
    found = _word(form).readings
    return found[0].lemma if found else form


def root(form: str) -> str | None:
    """The root of the likeliest reading, in letters without hamza seats (سءل); None if unknown."""
    found = _word(form).readings
    return found[0].root if found else None


@lru_cache(maxsize=1 << 17)
def _word(form: str) -> _Word:
    if not _ARABIC.search(form):
        return _NOTHING._replace(neighbour=_OTHER)
    key, letters = lexicon_key(form), _WITHOUT_MARKS.sub("", form)
    found = list(_known(key, letters)) or list(_unknown(key, letters))
    weights = [reading.share for reading, _ in found]
    total = sum(weights)
    found = [(one._replace(share=one.share / total), tag) for one, tag in found]
    found.sort(key=lambda one: -one[0].share)
    lemmas: dict[str, float] = {}
    for one, _ in found:
        lemmas[one.lemma] = lemmas.get(one.lemma, 0.0) + one.share
    likely = max(lemmas, key=lambda one: lemmas[one])
    found.sort(key=lambda one: one[0].lemma != likely)
    own = _tables.words_of_their_own.get(key)
    return _Word(
        tuple(one for one, _ in found),
        tuple(tag for _, tag in found),
        found[0][1] if own is None else _FIRST_WORD + own,
        sure=lemmas[likely] >= _SURE,
    )


def _known(key: str, letters: str) -> Iterator[tuple[Reading, int]]:
    for packed in _tables.read(key):
        share = packed.share * _spelled(letters[packed.before : packed.before + 1], packed)
        yield _reading(packed, key, letters, packed.before, packed.behind, share)


def _spelled(first: str, packed: Packed) -> float:
    written = ALEFS.find(first)
    if written < 0 or written == packed.alef:
        return 1.0
    return _HAMZA_ADDED if written else _HAMZA_LEFT_OUT


def _unknown(key: str, letters: str) -> Iterator[tuple[Reading, int]]:
    if rest := known_rest(key, _tables):
        before, behind = rest
        for packed in _tables.read(key[before : len(key) - behind]):
            more = (packed.before + before, packed.behind + behind)
            yield _reading(packed, key, letters, *more, packed.share)
        return
    name = guess(key, _lexicon)
    end = len(letters) - name.behind
    stem = letters[name.before : end]
    spelled = stem if lexicon_key(stem) == name.lemma else name.lemma
    if name.before and spelled == name.lemma and lexicon_key(letters[name.before :]) != key:
        spelled = _respelled(name.lemma, letters)
    tag = tag_of(name.part, 0, key[: name.before], name.behind)
    yield Reading(spelled, None, name.part, stem, 1.0), tag


def _respelled(lemma: str, letters: str) -> str:
    """`lemma` with the hamzas of the word it was cut out of."""
    at = lexicon_key(letters).find(lemma)
    return letters[at : at + len(lemma)] if at >= 0 else lemma


def _reading(
    packed: Packed, key: str, letters: str, before: int, behind: int, share: float
) -> tuple[Reading, int]:
    lexeme = _tables.lexemes[packed.lexeme]
    stem = letters[before : len(letters) - behind]
    tag = tag_of(lexeme.part, packed.tense, key[:before], behind)
    return Reading(lexeme.lemma, lexeme.root, lexeme.part, stem, share), tag


def read_tokens(tokens: Sequence[Token]) -> list[tuple[Reading, ...]]:
    """The readings of each token in its place, likeliest first; none of numbers and foreign words.

    Of a word that is ambiguous by itself, the words before and behind it tell which of its readings
    fits: a verb stands after لم (did not), a noun after في (in). Words with other signs than a
    space between them are no neighbours.
    """
    words = [_word(token.form) for token in tokens]
    found: list[tuple[Reading, ...]] = []
    for at, word in enumerate(words):
        if word.sure:
            found.append(word.readings)
            continue
        before = after = _BORDER
        if at and tokens[at - 1].end + 1 == tokens[at].start:
            before = words[at - 1].neighbour
        if at + 1 < len(words) and tokens[at].end + 1 == tokens[at + 1].start:
            after = words[at + 1].neighbour
        found.append(_in_place(word, before, after))
    return found


@lru_cache(maxsize=1 << 17)
def _in_place(word: _Word, before: int, after: int) -> tuple[Reading, ...]:
    left, right = _tables.left[before], _tables.right[after]
    weights = [
        one.share * left[tag] * right[tag]
        for one, tag in zip(word.readings, word.tags, strict=True)
    ]
    total = sum(weights)
    lemmas: dict[str, float] = {}
    for one, weight in zip(word.readings, weights, strict=True):
        lemmas[one.lemma] = lemmas.get(one.lemma, 0.0) + weight
    ranked = sorted(
        zip(word.readings, weights, strict=True), key=lambda one: (-lemmas[one[0].lemma], -one[1])
    )
    return tuple(one._replace(share=weight / total) for one, weight in ranked)


def find_lemmas(document: Document) -> None:
    """Sets the fields `lemmas` and `roots`: sorted, each once, of the content words of all fields.

    Of a word in doubt (a second lemma at least `CLOSE`) both are set: a search had better find it.
    """
    lemmas: set[str] = set()
    roots: set[str] = set()
    for field in document.text_fields:
        for one in set(_content(read_tokens(field.tokens))):
            lemmas.add(one.lemma)
            if one.root:
                roots.add(one.root)
    document.fields["lemmas"] = sorted(lemmas)
    document.fields["roots"] = sorted(roots)


def _content(found: Iterable[tuple[Reading, ...]]) -> Iterator[Reading]:
    for ranked in found:
        if not ranked:
            continue
        first = ranked[0]
        if first.part in _CONTENT:
            yield first
        for second in ranked[1:]:
            if second.share < CLOSE:
                continue
            if second.lemma != first.lemma and second.part in _CONTENT:
                yield second
