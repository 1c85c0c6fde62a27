"""Tags names in a text: a linear-chain conditional random field over words.

The weights are trained by crfsuite (`training.make_entities`), but read and summed here: what a
word type adds to the scores is reckoned once and kept, and only words that may be in a name are
decoded, by the algorithm of Viterbi.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from warraq.analysis.entities import features
from warraq.analysis.entities.evidence import Evidence, WordType, sentence_bounds
from warraq.analysis.entities.gazetteer import PlaceMatch
from warraq.analysis.entities.words import offset_behind
from warraq.annotations import TextField

TYPES = ("LOC", "ORG", "PER")
LABELS = ("O", *(f"{place}-{type_}" for type_ in TYPES for place in "BI"))
STEPS = 64
"""A weight is kept in as many steps to one."""
BEFORE, BEHIND, TWO_BEFORE, TWO_BEHIND = "<", ">", "<<", ">>"
"""Lead the names of features of neighbouring words."""
_MOST_WORD_TYPES = 1 << 15
_MOST_CONTEXTS = 1 << 16
_SURELY_NONE = -7.0
"""A word is in no name where no label can come nearer to "no name" than this."""

_NEVER = 20.0

Scores = Sequence[float]
"""Of each label but "no name", whose score is 0."""
_NO_SCORES: Scores = array("f", bytes(4 * (len(LABELS) - 1)))


class NameSpan(NamedTuple):
    """Tokens [first, last) are a name at code points [start, end); type: one of `TYPES`."""

    first: int
    last: int
    start: int
    end: int
    type: str


class Weights:
    """What a training left: one weight for each feature and label, and for pairs of labels.

    Raises OSError if `folder` holds none.
    """

    def __init__(self, folder: Path) -> None:
        self._names = marisa_trie.Trie()
        file = folder / "features.marisa"
        if not file.is_file():
            raise FileNotFoundError(f"there is no {file}")
        self._names.mmap(str(file))
        self._values = array("h", (folder / "features.weights").read_bytes())
        transitions = json.loads((folder / "transitions.json").read_text(encoding="utf-8"))
        self.transitions: dict[tuple[str, str], float] = {
            (before, behind): weight for before, behind, weight in transitions
        }

    def scores(self, names: Iterable[str]) -> Scores:
        """The sum of the weights of the features `names`."""
        width = len(LABELS) - 1
        total = [0] * width
        known = False
        for name in names:
            number = self._names.get(name)
            if number is not None:
                known = True
                at = number * width
                total = [a + b for a, b in zip(total, self._values[at : at + width], strict=True)]
        if not known:
            return _NO_SCORES
        return array("f", [one / STEPS for one in total])


class _Scored:
    """A word type with what it adds to scores; `*_hope`: the most it adds to any of them."""

    __slots__ = ("as_before", "as_behind", "as_two_before", "as_two_behind", "before_hope",
                 "behind_hope", "here", "here_hope", "kind", "looked")  # fmt: skip

    def __init__(self, type_: WordType, weights: Weights) -> None:
        self.looked, self.kind = type_.looked, type_.kind
        self.here = weights.scores(type_.here)
        if self.kind == "9":  # digits begin no name
            self.here = [score - _NEVER * (at % 2 == 0) for at, score in enumerate(self.here)]
        self.as_before = weights.scores(BEFORE + name for name in type_.beside)
        self.as_behind = weights.scores(BEHIND + name for name in type_.beside)
        self.as_two_before = weights.scores(TWO_BEFORE + name for name in type_.beyond)
        self.as_two_behind = weights.scores(TWO_BEHIND + name for name in type_.beyond)
        self.here_hope = max(self.here)
        self.before_hope = max(self.as_before)
        self.behind_hope = max(self.as_behind)


@dataclass(slots=True)
class _Read:
    """A field on its way: gaps[n] stands behind token n; lists: `Evidence.from_lists`."""

    types: list[_Scored]
    gaps: list[str]
    lists: dict[int, list[str]]
    sentences: list[tuple[int, int]]
    labels: list[int]

    def names(self) -> Iterator[tuple[int, int, str]]:
        """[first, last) tokens and type of each name that is labelled."""
        labels = self.labels
        at, number = 0, len(labels)
        while at < number:
            label = labels[at]
            first, at = at, at + 1
            if label:
                inside = label + (label & 1)  # of B-LOC, 1, I-LOC, 2
                while at < number and labels[at] == inside:
                    at += 1
                yield first, at, LABELS[label][2:]

    def parts(self) -> dict[int, tuple[str, str]]:
        """Token of a name → its core, and which part of which type it is."""
        return {
            at: (self.types[at].looked.core, features.part_of_name(type_, at, first, last))
            for first, last, type_ in self.names()
            for at in range(first, last)
        }


class Tagger:
    """Finds names by the weights in `folder`. Raises OSError if there are none."""

    def __init__(self, evidence: Evidence, folder: Path) -> None:
        self.evidence = evidence
        self._weights = Weights(folder)
        self._types: dict[str, _Scored] = {}
        self._contexts: dict[tuple[str, ...], tuple[Scores, float]] = {}
        self._said: dict[str, Scores] = {}
        self._border = self._scored(features.BORDER)
        number = range(len(LABELS))
        self._from = [
            [
                (before, self._weights.transitions.get((LABELS[before], LABELS[behind]), 0.0))
                for before in number
                if LABELS[behind][0] != "I" or LABELS[before][1:] == LABELS[behind][1:]
            ]
            for behind in number
        ]
        self._begin = [dict(ways).get(0, -1e9) for ways in self._from]
        self._end = [dict(self._from[0])[before] for before in number]

    def spans(
        self, fields: Sequence[TextField], matches: Sequence[Sequence[PlaceMatch]]
    ) -> list[list[NameSpan]]:
        """The names in each of `fields` of an article, in order.

        matches: what the gazetteer of places finds in each. Each sentence is tagged by itself, and
        again if words of it are in names elsewhere in the article.
        """
        read = [self._read(*one) for one in zip(fields, matches, strict=True)]
        memory: dict[str, list[str]] = {}
        for one in read:
            for first, last in one.sentences:
                self._tag(one, first, last)
            for at, (core, part) in one.parts().items():
                memory.setdefault(core, []).append(part)
        if memory:
            for one in read:
                self._tag_again(one, memory)
        return [_spans(field, one) for field, one in zip(fields, read, strict=True)]

    def _read(self, field: TextField, matches: Sequence[PlaceMatch]) -> _Read:
        tokens, text = field.tokens, field.text
        types = [self._types.get(token.key) or self._scored(token.key) for token in tokens]
        gaps = [features.gap(text[one.end : two.start]) for one, two in pairwise(tokens)]
        lists = self.evidence.from_lists([one.looked for one in types], matches)
        return _Read(types, gaps, lists, sentence_bounds(field), [0] * len(tokens))

    def _tag_again(self, read: _Read, memory: dict[str, list[str]]) -> None:
        own = read.parts()
        types, lists = read.types, read.lists
        again: list[tuple[int, int]] = []
        for first, last in read.sentences:
            known = False
            for at in range(first, last):
                parts = memory.get(types[at].looked.core)
                if parts is None:
                    continue
                if at in own:
                    parts = parts.copy()
                    parts.remove(own[at][1])
                if parts:
                    known = True
                    names = features.of_memory(sorted(set(parts)), types[at].kind)
                    lists[at] = [*lists.get(at, ()), *names]
            if known:
                again.append((first, last))
        for first, last in again:
            read.labels[first:last] = [0] * (last - first)
            self._tag(read, first, last)

    def core(self, key: str) -> str:
        """The word of a token's key, folded, without what is peeled off."""
        return (self._types.get(key) or self._scored(key)).looked.core

    def _tag(self, read: _Read, first: int, last: int) -> None:
        """Sets the labels of one sentence."""
        types, gaps, lists, labels = read.types, read.gaps, read.lists, read.labels
        border = self._border
        padded = [border, border, *types[first:last], border, border]
        run: list[list[float]] = []
        gap_before = "^"
        for at in range(first, last):
            place = at - first + 2
            before, here, behind = padded[place - 1], padded[place], padded[place + 1]
            gap_behind = gaps[at] if at + 1 < last else "$"
            context, hope = self._context(before.kind, here.kind, behind.kind, gap_before, gap_behind)
            gap_before = gap_behind
            said = lists.get(at)
            if (
                not said
                and here.here_hope + before.before_hope + behind.behind_hope + hope < _SURELY_NONE
            ):
                if run:
                    self._decode(run, at, labels)
                    run = []
                continue
            shares = [here.here, before.as_before, behind.as_behind, context,
                      padded[place - 2].as_two_before, padded[place + 2].as_two_behind]  # fmt: skip
            if said:
                shares += [self._said.get(name) or self._say(name) for name in said]
            run.append([0.0, *map(sum, zip(*shares, strict=True))])
        if run:
            self._decode(run, last, labels)

    def _context(self, *context: str) -> tuple[Scores, float]:
        """What the kinds of three words and the gaps between them add, and the most it adds."""
        found = self._contexts.get(context)
        if found is None:
            before, here, behind, gap_before, gap_behind = context
            scores = self._weights.scores(
                [*features.of_kinds(before, here, behind),
                 *features.of_gaps(gap_before, here, gap_behind)]
            )  # fmt: skip
            if len(self._contexts) >= _MOST_CONTEXTS:
                self._contexts.clear()
            found = self._contexts[context] = (scores, max(scores))
        return found

    def _decode(self, run: Sequence[Sequence[float]], end: int, labels: list[int]) -> None:
        """Sets the likeliest labels of a run of words that ends before token `end`."""
        best = [score + way for score, way in zip(run[0], self._begin, strict=True)]
        behind: list[list[int]] = []
        for scores in run[1:]:
            came: list[int] = []
            reached: list[float] = []
            for label, ways in enumerate(self._from):
                top, source = -1e18, 0
                for before, weight in ways:
                    if best[before] + weight > top:
                        top, source = best[before] + weight, before
                came.append(source)
                reached.append(top + scores[label])
            behind.append(came)
            best = reached
        last = [score + way for score, way in zip(best, self._end, strict=True)]
        label = last.index(max(last))
        for at, came in zip(range(end - 1, end - len(run), -1), reversed(behind), strict=True):
            labels[at] = label
            label = came[label]
        labels[end - len(run)] = label

    def _scored(self, key: str) -> _Scored:
        if len(self._types) >= _MOST_WORD_TYPES:
            self._types.clear()
        found = self._types[key] = _Scored(self.evidence.word_type(key), self._weights)
        return found

    def _say(self, name: str) -> Scores:
        found = self._said[name] = self._weights.scores([name])
        return found


def _spans(field: TextField, read: _Read) -> list[NameSpan]:
    tokens = field.tokens
    found = []
    for first, last, type_ in read.names():
        token = tokens[first]
        start = token.start + offset_behind(token.form, read.types[first].looked.proclitics)
        end = _with_its_bracket(field.text, start, tokens[last - 1].end)
        found.append(NameSpan(first, last, start, end, type_))
    return found


_CLOSED_BY = {"«": "»", "(": ")", "“": "”", '"': '"'}


def _with_its_bracket(text: str, start: int, end: int) -> int:
    """`end`, behind the bracket or quotation mark that closes one inside: صحيفة «الأيام»."""
    name = text[start:end]
    for opening, closing in _CLOSED_BY.items():
        if opening in name and text.startswith(closing, end):
            opened = name.count(opening) % 2 if opening == closing else closing not in name
            if opened:
                return end + 1
    return end
