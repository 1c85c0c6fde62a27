"""From an article to edits: a mark wherever two words stand together whose space was lost."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from warraq.text.edits import Edit
from warraq.text.joins.decision import Decision
from warraq.text.joins.evidence import (
    Surroundings,
    as_one_word,
    context,
    first_look,
    gain,
    spelling,
)
from warraq.text.joins.segmentations import (
    Segmentation,
    cuts_a_compound,
    proven_cuts,
    segmentations,
)
from warraq.text.letters import LETTERS, MARKS, MARKS_CLASS, PART_MARK
from warraq.text.lexicon import Lexicon, lexicon_key, shipped_lexicon

MODEL = Path(__file__).parent.parent.parent / "data" / "joins" / "model.json"

RECOMMENDED = 0.6
"""The least confidence by default; see the figures in docs/repair.md."""
SAFE = 0.85
"""For archives where a false hit is worse than a missed one."""

_AMBIGUOUS = 0.5
"""Where another segmentation is as sure as this, too, nobody knows where the space was."""
_COMMON = 6.6
"""A word at this cost or below, about once in four million, is no candidate: it is a word."""
_COMMON_WITH_HAMZA = 4.5
"""The same where an alef inside has a hamza, which keys lack: يعتقدأن is not يعتقدان."""
_HAMZA_INSIDE = re.compile("..[^وفبلك][أآ]|[^وفبلكاس].*إ")
_SHORTEST, _LONGEST = 4, 30
_GAIN_OF_JOINED = 1.5
"""From so many powers of ten on, a token looks joined for what it says of its article."""
_TYPES_KEPT = 32_768
# In an article of more than a few tokens: so large a share of words that are unknown and do not
# look joined either is verse or dialect, of words with letters like پ and گ another language.
_FEW_TOKENS = 20
_MOST_UNKNOWN = 0.35
_MOST_FOREIGN = 0.1

_TOKEN = re.compile(f"[{LETTERS}{MARKS_CLASS}]+")
_ARABIC = re.compile(f"[\u0621-\u063a\u0641-\u064aٱ{MARKS_CLASS}]+")
_MARKS = dict.fromkeys(map(ord, MARKS))
_SPACES = f" \t\u00a0{PART_MARK}"
_QUOTES = frozenset("\"'«»“”‘’()[]")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A segmentation that deserves a look in its context. evidence: all but the context's."""

    segmentation: Segmentation
    cuts: tuple[int, ...]  # as offsets into the token
    evidence: tuple[float, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class _Type:
    """A word type: its key, whether the lexicon lacks it, and how it may be read as several."""

    key: str
    is_unknown: bool
    is_foreign: bool = False  # holds a letter that Arabic does not write with
    readings: tuple[_Reading, ...] = ()
    looks_joined: bool = False


@dataclass(frozen=True, slots=True)
class _Article:
    """How many tokens, how many of them look joined, how often each key and pair of keys stands."""

    tokens: int
    joined: int
    counts: Counter[str]
    pairs: set[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A token that may be several words. rows: the evidence for each of `readings`."""

    start: int
    token: str
    segmentations: tuple[Segmentation, ...]
    cuts: tuple[tuple[int, ...], ...]
    rows: tuple[tuple[float, ...], ...]


class JoinedWords:
    """Finds joined words, if sure of them by at least `confidence` (0 to 1).

    lexicon and model are read once, memory-mapped where they are large; safe to share.
    """

    def __init__(
        self,
        confidence: float = RECOMMENDED,
        *,
        lexicon: Lexicon | None = None,
        model: Path | None = MODEL,
    ) -> None:
        self.confidence = confidence
        self._lexicon = lexicon or shipped_lexicon()
        self._decision = Decision(model) if model else None
        self._type = lru_cache(_TYPES_KEPT)(self._new_type)

    def at(self, confidence: float) -> JoinedWords:
        """The same finder, as sure as `confidence`; both share what they have read."""
        other = copy(self)
        other.confidence = confidence
        return other

    def edits(self, *texts: str) -> tuple[list[Edit], ...]:
        """For each of the texts of one article (title, body) its edits of kind `joined-words`.

        They insert `PART_MARK` where a space was lost; the letters stay as they are.
        """
        return tuple(
            [edit for candidate in candidates for edit in self._decided(candidate)]
            for candidates in self.candidates(*texts)
        )

    def forget(self) -> None:
        """Forgets the word types it has seen, as if it had just been made."""
        self._type.cache_clear()

    def candidates(self, *texts: str) -> tuple[list[Candidate], ...]:
        """For each of the texts of one article the tokens that may be several words."""
        found = [list(_TOKEN.finditer(text)) for text in texts]
        types = [[self._type_of(match.group()) for match in matches] for matches in found]
        every = [one for of_text in types for one in of_text]
        if not any(one.readings for one in every) or not _is_known_language(every):
            return tuple([] for _ in texts)
        article = _Article(
            len(every),
            sum(one.looks_joined for one in every),
            Counter(one.key for one in every),
            {
                (one.key, next_one.key)
                for of_text in types
                for one, next_one in itertools.pairwise(of_text)
            },
        )
        return tuple(
            list(self._in_context(text, matches, of_text, article))
            for text, matches, of_text in zip(texts, found, types, strict=True)
        )

    def _type_of(self, token: str) -> _Type:
        if len(token) > 3 * _LONGEST:  # with marks on each letter; not worth a place in the cache
            return _Type("", is_unknown=True)
        return self._type(token)

    def _new_type(self, token: str) -> _Type:
        key = lexicon_key(token)
        cost = self._lexicon.cost(key)
        is_unknown = cost is None
        if not _ARABIC.fullmatch(token):
            return _Type(key, is_unknown, is_foreign=True)
        if not _SHORTEST <= len(key) <= _LONGEST:
            return _Type(key, is_unknown)
        proven = proven_cuts(token, len(key))
        common = _COMMON_WITH_HAMZA if _HAMZA_INSIDE.search(token) else _COMMON
        if cost is not None and cost < common and not proven:
            return _Type(key, is_unknown)
        readings = tuple(self._readings(token, key, proven))
        looks_joined = any(reading.gain > _GAIN_OF_JOINED for reading in readings)
        return _Type(key, is_unknown, readings=readings, looks_joined=looks_joined)

    def _readings(self, token: str, key: str, proven: frozenset[int]) -> Iterator[_Reading]:
        found = segmentations(self._lexicon, key, proven)
        letters = token.translate(_MARKS)
        looks = [
            first_look(self._lexicon, letters, key, found, number) for number in range(len(found))
        ]
        worth = [
            (one, look)
            for one, look in zip(found, looks, strict=True)
            if self._decision is None or self._decision.is_worth_a_second_look(look)
        ]
        if not worth:
            return
        word = as_one_word(self._lexicon, key)
        for one, look in worth:
            if not cuts_a_compound(one):
                more = spelling(self._lexicon, key, word, one)
                cuts = _in_token(token, one.cuts)
                yield _Reading(one, cuts, (*look, *more), gain(self._lexicon, key, one))

    def _in_context(
        self,
        text: str,
        matches: Sequence[re.Match[str]],
        types: Sequence[_Type],
        article: _Article,
    ) -> Iterator[Candidate]:
        for number, (match, one) in enumerate(zip(matches, types, strict=True)):
            if not one.readings or _is_held(text, match):
                continue
            start, end = match.span()
            left = right = None
            if number and not text[matches[number - 1].end() : start].strip(_SPACES):
                left = types[number - 1].key
            if number + 1 < len(types) and not text[end : matches[number + 1].start()].strip(
                _SPACES
            ):
                right = types[number + 1].key
            is_quoted = text[start - 1 : start] in _QUOTES and text[end : end + 1] in _QUOTES
            others = 100 * (article.joined - one.looks_joined) / article.tokens
            around = Surroundings(left, right, article.counts, article.pairs, is_quoted, others)
            yield Candidate(
                start,
                match.group(),
                tuple(reading.segmentation for reading in one.readings),
                tuple(reading.cuts for reading in one.readings),
                tuple(
                    (
                        *reading.evidence,
                        *context(
                            self._lexicon, one.key, reading.segmentation, reading.gain, around
                        ),
                    )
                    for reading in one.readings
                ),
            )

    def _decided(self, candidate: Candidate) -> Iterator[Edit]:
        decision = self._decision
        if decision is None:
            return
        sure = [decision.confidence(row) for row in candidate.rows]
        best = max(range(len(sure)), key=sure.__getitem__)
        others = (one for number, one in enumerate(sure) if number != best)
        if sure[best] < self.confidence or max(others, default=0.0) > _AMBIGUOUS:
            return
        parts = _parts(candidate.token, candidate.cuts[best])
        reason = f"no known word; {' + '.join(parts)} are"
        for cut in candidate.cuts[best]:
            at = candidate.start + cut
            yield Edit("joined-words", at, at, "", PART_MARK, round(sure[best], 3), reason)


def _is_known_language(types: Sequence[_Type]) -> bool:
    """Whether the lexicon knows enough of an article to tell what is no word in it."""
    unknown = sum(one.is_unknown and not one.looks_joined for one in types)
    foreign = sum(one.is_foreign for one in types)
    return len(types) < _FEW_TOKENS or (
        unknown <= _MOST_UNKNOWN * len(types) and foreign <= _MOST_FOREIGN * len(types)
    )


def _parts(token: str, cuts: Sequence[int]) -> list[str]:
    ends = (*cuts, len(token))
    return [token[start:end] for start, end in zip((0, *cuts), ends, strict=True)]


def _in_token(token: str, cuts: Sequence[int]) -> tuple[int, ...]:
    """Offsets into the key → into the token, behind the vowel signs of the letter before."""
    if not any(character in MARKS for character in token):
        return tuple(cuts)
    letters = [place for place, character in enumerate(token) if character not in MARKS]
    return tuple(letters[cut] for cut in cuts)


def _is_held(text: str, match: re.Match[str]) -> bool:
    """Whether the token is a part that was marked before, or runs into a number: شخصاو20."""
    start, end = match.span()
    after = text[end : end + 1]
    return text[start - 1 : start] == PART_MARK or after == PART_MARK or after.isdigit()
