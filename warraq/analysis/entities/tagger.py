"""Tags names in a text: a linear-chain conditional random field over words.

The weights are trained by crfsuite (`training.make_entities`), but read and summed here: what a
word type adds to the scores is reckoned once and kept, and only words that may be in a name are
decoded, by the algorithm of Viterbi.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from warraq.analysis.entities import features
from warraq.analysis.entities.boundaries import bounded
from warraq.analysis.entities.evidence import Evidence, behind_heads
from warraq.analysis.entities.gazetteer import PlaceMatch
from warraq.analysis.entities.heads import TaggedName, by_kind_words
from warraq.analysis.entities.lists import alike
from warraq.analysis.entities.viterbi import Ways
from warraq.analysis.entities.weights import (
    LABELS,
    NEVER,
    SCALE,
    WIDTH,
    Scores,
    Weights,
    WordScores,
    WordTypes,
)
from warraq.analysis.entities.words import offset_behind
from warraq.annotations import TextField

_MOST_CONTEXTS = 1 << 15
_NO_BEGIN, _NO_INSIDE = -5.0 * SCALE, -7.0 * SCALE
"""A name begins with no word whose score for it is not above the first, and goes on with none whose
score for it is not above the second."""
_LIKELY_PLACE = 0.5
_LEAST_SCORES = [_NO_INSIDE] * WIDTH


class NameSpan(NamedTuple):
    """Tokens [first, last) are a name at code points [start, end); type: one of `TYPES`."""

    first: int
    last: int
    start: int
    end: int
    type: str


@dataclass(slots=True)
class _Read:
    """A field on its way: gaps[n] stands before token n; lists: `Evidence.from_lists`; heads:
    `behind_heads`.

    cuts: token → letters before the name of a place that begins there. places: [first, last) tokens
    of names that mean a place more often than not.
    scores: of the labels of each token, None where it is surely in no name.
    """

    types: list[WordScores]
    gaps: list[str]
    lists: dict[int, list[str]]
    heads: dict[int, tuple[str, int]]
    cuts: dict[int, int]
    places: dict[int, int]
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
    """Finds names by the weights in `folder`. Raises OSError if there are none.

    common_words: whether there is a table of what they add to scores.
    """

    def __init__(self, evidence: Evidence, folder: Path, *, common_words: bool = True) -> None:
        self.evidence = evidence
        self._weights = Weights(folder)
        self._types = WordTypes(evidence, self._weights, folder if common_words else None)
        self._kind_contexts: dict[int, tuple[Scores, float]] = {}
        self._head_contexts: dict[tuple[str, int, str], tuple[Scores, float]] = {}
        self._gap_contexts: dict[tuple[str, str, str], tuple[Scores, float]] = {}
        self._said: dict[str, Scores] = {}
        self._border = self._types[features.BORDER]
        self._ways = Ways(self._weights.transitions)

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
        return self._types[key].core

    def _read(self, field: TextField, matches: Sequence[PlaceMatch]) -> _Read:
        tokens, text = field.tokens, field.text
        known = self._types
        types = [known[token.key] for token in tokens]
        gaps = ["^"]
        end = tokens[0].end if tokens else 0
        for token in tokens[1:]:
            between = text[end : token.start]
            gaps.append("_" if between == " " else features.gap(between))
            end = token.end
        lists = self.evidence.from_lists(types, matches)
        heads = behind_heads(types, gaps)
        number = len(tokens)
        cuts = {match.first: match.proclitics for match in matches}
        places = {match.first: match.last for match in matches if match.prior > _LIKELY_PLACE}
        bounds = field.sentence_bounds()
        unread: list[list[float] | None] = [None] * number
        return _Read(types, gaps, lists, heads, cuts, places, bounds, unread, [0] * number)

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
        heads = read.heads
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
            head = heads.get(at)
            of_head = self._of_head(head, here.kind) if head else None
            if (
                said
                or goes_on
                or here.here_hope + before.before_hope + behind.behind_hope + of_kinds[1]
                + of_gaps[1] + (of_head[1] if of_head else 0.0) > _NO_BEGIN
            ):  # fmt: skip
                scores = [
                    a + b + c + d + e + f + g
                    for a, b, c, d, e, f, g in zip(
                        here.here, before.as_before, behind.as_behind, of_kinds[0], of_gaps[0],
                        two_before.as_two_before, two_behind.as_two_behind, strict=True,
                    )
                ]  # fmt: skip
                if of_head:
                    scores = [a + b for a, b in zip(scores, of_head[0], strict=True)]
                if gap_before[0] in features.PARTS:
                    for at_inside in (1, 3, 5):
                        scores[at_inside] -= NEVER
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
        self, key: int, before: WordScores, here: WordScores, behind: WordScores
    ) -> tuple[Scores, float]:
        """What the kinds of three words add, and the most they add to that of a beginning."""
        names = features.of_kinds(before.kind, here.kind, behind.kind)
        scores = self._weights.scores(names)
        if len(self._kind_contexts) >= _MOST_CONTEXTS:
            self._kind_contexts.clear()
        found = self._kind_contexts[key] = (scores, max(scores[::2]))
        return found

    def _of_head(self, head: tuple[str, int], kind: str) -> tuple[Scores, float]:
        """What a head of an organization before a word of a kind adds, as `_of_kinds`."""
        key = (*head, kind)
        found = self._head_contexts.get(key)
        if found is None:
            scores = self._weights.scores(features.of_head(*head, kind))
            if len(self._head_contexts) >= _MOST_CONTEXTS:
                self._head_contexts.clear()
            found = self._head_contexts[key] = (scores, max(scores[::2]))
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

    def _say(self, name: str) -> Scores:
        found = self._said[name] = self._weights.scores([name])
        return found


def _spans(field: TextField, read: _Read) -> list[NameSpan]:
    tokens = field.tokens
    found = []
    cores = [one.core for one in read.types]
    marked = (TaggedName(*name) for name in read.names())
    names = alike(marked, read.places, cores, field)
    names = bounded(names, cores, field)
    kinds = [one.kind for one in read.types]
    for first, last, type_ in by_kind_words(names, cores, kinds, read.gaps):
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
