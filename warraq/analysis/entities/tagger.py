"""Tags names in a text: a linear-chain conditional random field over words.

The weights are trained by crfsuite (`training.make_entities`), but read and summed here: what a
word type adds to the scores is reckoned once and kept, and only words that may be in a name are
decoded, by the algorithm of Viterbi.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import NamedTuple

import marisa_trie

from warraq.analysis.entities import features
from warraq.analysis.entities.evidence import Evidence, WordType, sentence_bounds
from warraq.analysis.entities.gazetteer import PlaceMatch
from warraq.analysis.entities.heads import TaggedName, by_kind_words
from warraq.analysis.entities.words import offset_behind
from warraq.annotations import TextField

TYPES = ("LOC", "ORG", "PER")
LABELS = ("O", *(f"{place}-{type_}" for type_ in TYPES for place in "BI"))
STEPS = 64
"""A weight is kept in as many steps to one."""
WORDS, OTHERS = "word-features", "other-features"
"""Names of the files of weights."""
_MOST_WORD_TYPES = 20_000
_MOST_CONTEXTS = 1 << 15
_MOST_SHARED = 1 << 12
_NO_BEGIN, _NO_INSIDE = -5.0, -7.0
"""A name begins with no word whose score for it is not above the first, and goes on with none whose
score for it is not above the second."""

_NEVER = 20.0
_PARTS = frozenset(",:n.")
"""What no name goes on behind, as `features.gap` names it."""

Scores = Sequence[float]
"""Of each label but "no name", whose score is 0."""
_WIDTH = len(LABELS) - 1
_WORD_WIDTH = _WIDTH * len(features.PLACES)
_NO_WORD: Sequence[int] = [0] * _WORD_WIDTH
_LEAST_SCORES = [_NO_INSIDE] * _WIDTH
_NO_SCORES: Scores = array("f", bytes(4 * _WIDTH))


class NameSpan(NamedTuple):
    """Tokens [first, last) are a name at code points [start, end); type: one of `TYPES`."""

    first: int
    last: int
    start: int
    end: int
    type: str


class Weights:
    """What a training left: one weight for each feature and label, and for pairs of labels.

    `words.*`: of features of words, for each of the places from which a word is seen; `others.*`:
    of all other features. Raises OSError if `folder` holds none.
    """

    def __init__(self, folder: Path) -> None:
        self._words, self._word_values = _table(folder, WORDS)
        self._others, self._other_values = _table(folder, OTHERS)
        transitions = json.loads((folder / "transitions.json").read_text(encoding="utf-8"))
        self.transitions: dict[tuple[str, str], float] = {
            (before, behind): weight for before, behind, weight in transitions
        }
        self._shared: dict[tuple[str, ...], Sequence[int]] = {}

    def scores(self, names: Iterable[str]) -> Scores:
        """The sum of the weights of features that are not of words."""
        get, values = self._others.get, self._other_values
        rows = [
            values[number * _WIDTH : number * _WIDTH + _WIDTH]
            for number in map(get, names)
            if number is not None
        ]
        if not rows:
            return _NO_SCORES
        if len(rows) == 1:
            return array("f", [one / STEPS for one in rows[0]])
        return array("f", [sum(column) / STEPS for column in zip(*rows, strict=True)])

    def of_word(self, names: features.WordFeatures) -> list[Scores]:
        """What a word adds to scores from each of `features.PLACES`."""
        shared = self._shared.get(names.shared)
        if shared is None:
            if len(self._shared) >= _MOST_SHARED:
                self._shared.clear()
            shared = self._shared[names.shared] = self._sum(names.shared, ())
        total = self._sum(names.own, shared)
        return [
            array("f", [one / STEPS for one in total[at : at + _WIDTH]])
            for at in range(0, _WORD_WIDTH, _WIDTH)
        ]

    def _sum(self, names: Iterable[str], start: Sequence[int]) -> Sequence[int]:
        get, values = self._words.get, self._word_values
        rows: list[Sequence[int]] = [
            values[number * _WORD_WIDTH : number * _WORD_WIDTH + _WORD_WIDTH]
            for number in map(get, names)
            if number is not None
        ]
        if start:
            rows.append(start)
        return [sum(column) for column in zip(*rows, strict=True)] if rows else _NO_WORD


def _table(folder: Path, name: str) -> tuple[marisa_trie.Trie, array[int]]:
    file = folder / f"{name}.marisa"
    if not file.is_file():
        raise FileNotFoundError(f"there is no {file}")
    names = marisa_trie.Trie()
    names.mmap(str(file))
    return names, array("h", (folder / f"{name}.weights").read_bytes())


class _Scored:
    """A word type with what it adds to scores; `*_hope`: the most, to that of a beginning."""

    __slots__ = ("as_before", "as_behind", "as_two_before", "as_two_behind", "before_hope",
                 "behind_hope", "classes", "core", "here", "here_hope", "kind", "kind_number",
                 "proclitics")  # fmt: skip

    def __init__(self, type_: WordType, kind_number: int, weights: Weights) -> None:
        looked = type_.looked
        self.core, self.proclitics, self.classes = looked.core, looked.proclitics, looked.classes
        self.kind, self.kind_number = intern(type_.kind), kind_number
        (
            self.here,
            self.as_before,
            self.as_behind,
            self.as_two_before,
            self.as_two_behind,
        ) = weights.of_word(type_.features)
        if self.kind == "9":  # digits begin no name
            self.here = [score - _NEVER * (at % 2 == 0) for at, score in enumerate(self.here)]
        self.here_hope = max(self.here[::2])
        self.before_hope = max(self.as_before[::2])
        self.behind_hope = max(self.as_behind[::2])


@dataclass(slots=True)
class _Read:
    """A field on its way: gaps[n] stands before token n; lists: `Evidence.from_lists`.

    cuts: token → letters before the name of a place that begins there.
    scores: of the labels of each token, None where it is surely in no name.
    """

    types: list[_Scored]
    gaps: list[str]
    lists: dict[int, list[str]]
    cuts: dict[int, int]
    sentences: list[tuple[int, int]]
    scores: list[list[float] | None]
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
            at: (self.types[at].core, features.part_of_name(type_, at, first, last))
            for first, last, type_ in self.names()
            for at in range(first, last)
            if features.is_remembered(self.types[at].kind)
        }


class Tagger:
    """Finds names by the weights in `folder`. Raises OSError if there are none."""

    def __init__(self, evidence: Evidence, folder: Path) -> None:
        self.evidence = evidence
        self._weights = Weights(folder)
        self._types: dict[str, _Scored] = {}
        self._older_types: dict[str, _Scored] = {}
        self._kinds: dict[str, int] = {}
        self._kind_contexts: dict[int, tuple[Scores, float]] = {}
        self._gap_contexts: dict[tuple[str, str, str], tuple[Scores, float]] = {}
        self._said: dict[str, Scores] = {}
        self._border = self._scored(features.BORDER)
        self._ways = _Ways(self._weights.transitions)

    def spans(
        self, fields: Sequence[TextField], matches: Sequence[Sequence[PlaceMatch]]
    ) -> list[list[NameSpan]]:
        """The names in each of `fields` of an article, in order.

        matches: what the gazetteer of places finds in each. Each sentence is tagged by itself, and
        again if words of it are in names elsewhere in the article.
        """
        read = [self._read(*one) for one in zip(fields, matches, strict=True)]
        memory: dict[str, Counter[str]] = defaultdict(Counter)
        parts = []
        for one in read:
            for first, last in one.sentences:
                self._score(one, first, last)
                self._decode(one, first, last)
            parts.append(one.parts())
            for core, part in parts[-1].values():
                memory[core][part] += 1
        if memory:
            for one, own in zip(read, parts, strict=True):
                self._tag_again(one, own, memory)
        return [_spans(field, one) for field, one in zip(fields, read, strict=True)]

    def core(self, key: str) -> str:
        """The word of a token's key, folded, without what is peeled off."""
        return (self._types.get(key) or self._scored(key)).core

    def _read(self, field: TextField, matches: Sequence[PlaceMatch]) -> _Read:
        tokens, text = field.tokens, field.text
        get = self._types.get
        types = [get(token.key) or self._scored(token.key) for token in tokens]
        gaps = ["^"]
        end = tokens[0].end if tokens else 0
        for token in tokens[1:]:
            between = text[end : token.start]
            gaps.append("_" if between == " " else features.gap(between))
            end = token.end
        lists = self.evidence.from_lists(types, matches)
        number = len(tokens)
        cuts = {match.first: match.proclitics for match in matches}
        bounds = sentence_bounds(field)
        return _Read(types, gaps, lists, cuts, bounds, [None] * number, [0] * number)

    def _tag_again(
        self, read: _Read, own: dict[int, tuple[str, str]], memory: Mapping[str, Counter[str]]
    ) -> None:
        """Decodes the sentences of whose words `memory` knows anything from elsewhere."""
        types = read.types
        for first, last in read.sentences:
            touched: set[int] = set()
            for at in range(first, last):
                known = memory.get(types[at].core)
                if known is None:
                    continue
                own_part = own[at][1] if at in own else None
                parts = sorted(part for part, times in known.items() if times > (part == own_part))
                if parts:
                    touched.add(at)
                    names = features.of_memory(parts, types[at].kind)
                    said = [self._said.get(name) or self._say(name) for name in names]
                    scores = read.scores[at] or _LEAST_SCORES
                    read.scores[at] = [sum(column) for column in zip(scores, *said, strict=True)]
            if touched:
                self._decode(read, first, last, touched)

    def _score(self, read: _Read, first: int, last: int) -> None:
        """Sets the scores of one sentence."""
        types, gaps, lists, all_scores = read.types, read.gaps, read.lists, read.scores
        kind_contexts, gap_contexts, border = self._kind_contexts, self._gap_contexts, self._border
        two_before = before = border
        here = types[first]
        behind = types[first + 1] if first + 1 < last else border
        gap_before = "^"
        goes_on = False
        for at in range(first, last):
            two_behind = types[at + 2] if at + 2 < last else border
            gap_behind = gaps[at + 1] if at + 1 < last else "$"
            kinds = (before.kind_number << 20) + (here.kind_number << 10) + behind.kind_number
            of_kinds = kind_contexts.get(kinds) or self._of_kinds(kinds, before, here, behind)
            gap_key = (gap_before, here.kind, gap_behind)
            of_gaps = gap_contexts.get(gap_key) or self._of_gaps(gap_key)
            said = lists.get(at)
            if (
                said
                or goes_on
                or here.here_hope + before.before_hope + behind.behind_hope + of_kinds[1]
                + of_gaps[1] > _NO_BEGIN
            ):  # fmt: skip
                scores = [
                    a + b + c + d + e + f + g
                    for a, b, c, d, e, f, g in zip(
                        here.here, before.as_before, behind.as_behind, of_kinds[0], of_gaps[0],
                        two_before.as_two_before, two_behind.as_two_behind, strict=True,
                    )
                ]  # fmt: skip
                if gap_before[0] in _PARTS:
                    for at_inside in (1, 3, 5):
                        scores[at_inside] -= _NEVER
                if said:
                    for name in said:
                        more = self._said.get(name) or self._say(name)
                        scores = [a + b for a, b in zip(scores, more, strict=True)]
                goes_on = max(scores[::2]) > _NO_BEGIN or (
                    goes_on and max(scores[1::2]) > _NO_INSIDE
                )
                if goes_on:
                    all_scores[at] = scores
            two_before, before, here, behind = before, here, behind, two_behind
            gap_before = gap_behind

    def _of_kinds(
        self, key: int, before: _Scored, here: _Scored, behind: _Scored
    ) -> tuple[Scores, float]:
        """What the kinds of three words add, and the most they add to that of a beginning."""
        names = features.of_kinds(before.kind, here.kind, behind.kind)
        scores = self._weights.scores(names)
        if len(self._kind_contexts) >= _MOST_CONTEXTS:
            self._kind_contexts.clear()
        found = self._kind_contexts[key] = (scores, max(scores[::2]))
        return found

    def _of_gaps(self, key: tuple[str, str, str]) -> tuple[Scores, float]:
        """What a word's kind and the gaps around it add, and the most, to that of a beginning."""
        scores = self._weights.scores(features.of_gaps(*key))
        if len(self._gap_contexts) >= _MOST_CONTEXTS:
            self._gap_contexts.clear()
        found = self._gap_contexts[key] = (scores, max(scores[::2]))
        return found

    def _decode(
        self, read: _Read, first: int, last: int, touched: AbstractSet[int] = frozenset()
    ) -> None:
        """Sets the likeliest labels of a sentence, run by run of words that may be in names.

        touched: the tokens whose scores have changed, if it was decoded before.
        """
        labels, all_scores, likeliest = read.labels, read.scores, self._ways.likeliest
        run: list[list[float]] = []
        for at in range(first, last + 1):
            scores = all_scores[at] if at < last else None
            if scores is not None:
                run.append(scores)
            elif run:
                begin = at - len(run)
                if not touched or not touched.isdisjoint(range(begin, at)):
                    labels[begin:at] = likeliest(run)
                run = []

    def _scored(self, key: str) -> _Scored:
        found = self._older_types.get(key)
        if found is None:
            type_ = self.evidence.word_type(key)
            number = self._kinds.setdefault(type_.kind, len(self._kinds))
            found = _Scored(type_, number, self._weights)
        if len(self._types) >= _MOST_WORD_TYPES:  # so that common words are never all forgotten
            self._older_types = self._types.copy()
            self._types.clear()
        self._types[key] = found
        return found

    def _say(self, name: str) -> Scores:
        found = self._said[name] = self._weights.scores([name])
        return found


class _Ways:
    """Viterbi's algorithm over the transitions between labels; an I follows its B or I alone."""

    def __init__(self, transitions: dict[tuple[str, str], float]) -> None:
        def weights(behind: str) -> tuple[float, ...]:
            return tuple(transitions.get((before, behind), 0.0) for before in LABELS)

        # Relative to the way from no name to none, so that words in no name cost nothing.
        usual = transitions.get(("O", "O"), 0.0)
        self._to = {label: tuple(one - usual for one in weights(label)) for label in LABELS}

        leave = max(self._to["O"][1:])
        self._enter = max(self._to[LABELS[at]][0] for at in (1, 3, 5)) + leave
        self._go_on = max(max(self._to[LABELS[at]][1:]) for at in (2, 4, 6))
        self._again = max(max(self._to[LABELS[at]][1:]) for at in (1, 3, 5))

    def _most(self, run: Sequence[Sequence[float]]) -> float:
        """What names in the run may gain over none at the most."""
        begin, gain = -1e9, 0.0
        for scores in run:
            begin = max(begin, scores[0], scores[2], scores[4])
            inside = max(scores[1], scores[3], scores[5]) + self._go_on
            other = max(scores[0], scores[2], scores[4]) + self._again
            gain += max(0.0, inside, other)
        return begin + self._enter + gain

    def likeliest(self, run: Sequence[Sequence[float]]) -> list[int]:
        """The labels of a run of words before and behind which there is no name."""
        if self._most(run) <= 0:
            return [0] * len(run)
        to = self._to
        none = to["O"]
        begins = [(label, to[LABELS[label]]) for label in (1, 3, 5)]
        insides = [
            (label, to[LABELS[label]][label - 1], to[LABELS[label]][label]) for label in (2, 4, 6)
        ]
        best = [0.0, *[-1e9] * _WIDTH]
        came: list[list[int]] = []
        for scores in run:
            sources = [0] * (_WIDTH + 1)
            reached = [0.0] * (_WIDTH + 1)
            ways = [a + b for a, b in zip(best, none, strict=True)]
            reached[0] = top = max(ways)
            sources[0] = ways.index(top)
            for label, weights in begins:
                ways = [a + b for a, b in zip(best, weights, strict=True)]
                top = max(ways)
                reached[label] = top + scores[label - 1]
                sources[label] = ways.index(top)
            for label, from_begin, from_inside in insides:
                begun, gone_on = best[label - 1] + from_begin, best[label] + from_inside
                if begun > gone_on:
                    reached[label], sources[label] = begun + scores[label - 1], label - 1
                else:
                    reached[label], sources[label] = gone_on + scores[label - 1], label
            best = reached
            came.append(sources)
        ways = [a + b for a, b in zip(best, none, strict=True)]
        label = ways.index(max(ways))
        labels = []
        for sources in reversed(came):
            labels.append(label)
            label = sources[label]
        labels.reverse()
        return labels


def _spans(field: TextField, read: _Read) -> list[NameSpan]:
    tokens = field.tokens
    found = []
    cores = [one.core for one in read.types]
    names = (TaggedName(*name) for name in read.names())
    for first, last, type_ in by_kind_words(names, cores, read.gaps):
        token = tokens[first]
        letters = read.cuts.get(first) if type_ == "LOC" else None
        if letters is None:
            letters = read.types[first].proclitics
        start = token.start + offset_behind(token.form, letters)
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
