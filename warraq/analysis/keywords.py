"""The step `keywords`: the few words and phrases that say what an article is about.

A term counts for what it is rarer elsewhere than here: its occurrences, of which those in the title
and the first sentence count more, times how many powers of ten its words are rarer in any text than
one in a thousand (the idea of keyness against a reference corpus; the shipped lexicon is ours).
Names of entities are terms as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log2
from operator import itemgetter

from warraq.analysis.terms import Word, cost, occurrences, words
from warraq.annotations import DateMention, Entity, Quantity, TextField
from warraq.document import Document
from warraq.text.lexicon import lexicon_key, shipped_lexicon
from warraq.text.normalize import fold

_IN_TITLE = 2.5  # times an occurrence
_IN_LEAD = 1.5
_COMMON = 3.0  # a cost: what is no rarer tells nothing
_RAREST = 5.5  # a cost: what is rarer is as likely a misspelling
_FOR_EACH_WORD = 0.35  # what a phrase gains
_FOR_A_NAME = 1.2
_ASSOCIATED = 1.5  # powers of ten
_WITHIN = 0.6  # of its occurrences: a term that so often is a part of another is none
_LEAST_OF_BEST = 0.12
# Words of the article → keywords at most.
_MOST = ((20, 3), (60, 5), (150, 7))
_MOST_OF_ALL = 10
_MOST_PERSONS = 3
_LONGEST_NAME = 6  # words
_SHORT = 200  # words: in so short an article, what is said once may be what it is about

_SCORE = itemgetter(0)
_lexicon = shipped_lexicon()

Span = tuple[int, int]


@dataclass(slots=True)
class _Term:
    """A candidate. name: the type of its entity. weight: of its occurrences, by their place."""

    groups: tuple[str, ...]
    words: Sequence[Word] = ()
    name: str | None = None
    count: int = 0
    weight: float = 0.0
    leading: bool = False
    surfaces: dict[str, int] = field(default_factory=dict)

    def add(self, surface: str, weight: float) -> None:
        self.count += 1
        self.weight += weight
        self.leading |= weight > 1
        self.surfaces[surface] = self.surfaces.get(surface, 0) + 1

    def score(self) -> float:
        costs = map(cost, self.words) if self.words else map(_cost, self.shown.split())
        rarity = [max(0.0, min(one, _RAREST) - _COMMON) for one in costs]
        mean = sum(rarity) / len(rarity)
        phrase = 1 + _FOR_EACH_WORD * (len(rarity) - 1)
        return log2(1 + self.weight) * mean * phrase * (_FOR_A_NAME if self.name else 1)

    @property
    def shown(self) -> str:
        """The commonest form; of equals the longest, which is the one with the article."""
        return max(self.surfaces, key=lambda form: (self.surfaces[form], len(form)))


def find_keywords(document: Document) -> None:
    """Sets the field `keywords`: at most ten, the most telling first."""
    document.fields["keywords"] = keywords(
        document.text_fields, document.entities, document.dates, document.quantities
    )


def keywords(
    fields: Sequence[TextField],
    entities: Sequence[Entity] = (),
    dates: Sequence[DateMention] = (),
    quantities: Sequence[Quantity] = (),
) -> list[str]:
    """The keywords of an article; none where nothing is said often, in the title or first."""
    total = sum(len(one.tokens) for one in fields)
    terms = [*_names(fields, entities), *_nouns(fields, [*entities, *dates, *quantities])]
    terms = [term for term in terms if _told(term, total)]
    ranked = sorted(
        ((term.score(), term) for term in _without_parts(terms)), key=_SCORE, reverse=True
    )
    chosen: list[_Term] = []
    most = next((most for words, most in _MOST if total < words), _MOST_OF_ALL)
    for score, term in ranked:
        if len(chosen) == most or score <= _LEAST_OF_BEST * ranked[0][0]:
            break
        persons = sum(one.name == "person" for one in chosen)
        if term.name == "person" and persons == _MOST_PERSONS:
            continue
        if not any(_alike(term, other) for other in chosen):
            chosen.append(term)
    return [term.shown for term in chosen]


def _told(term: _Term, total: int) -> bool:
    """Whether it is said often enough, or in the title or first."""
    if term.count > 1:
        return True
    if term.name:
        return term.leading or total < _SHORT
    if len(term.groups) == 1 or not term.leading:
        return term.leading and total < _SHORT
    before, word = next(iter(term.surfaces)).split(" ")[-2:]
    return _lexicon.association(lexicon_key(before), lexicon_key(word)) >= _ASSOCIATED


def _names(fields: Sequence[TextField], entities: Sequence[Entity]) -> list[_Term]:
    lead = _lead(fields)
    terms: dict[str, _Term] = {}
    for entity in entities:
        if entity.name.count(" ") >= _LONGEST_NAME:
            continue
        if entity.name not in terms:
            parts = entity.name.split()
            groups = tuple(fold(part).removeprefix("ال") for part in parts)
            terms[entity.name] = _Term(groups, (), entity.type)
        place = _IN_TITLE if entity.field == "title" else _IN_LEAD if entity.end <= lead else 1
        terms[entity.name].add(entity.name, place)
    return [term for term in terms.values() if term.groups]


def _cost(word: str) -> float:
    found = _lexicon.cost(lexicon_key(word))
    return _RAREST if found is None else found


def _lead(fields: Sequence[TextField]) -> int:
    """Where the first sentence of the body ends."""
    return next((one.sentences[0].end for one in fields if one.name == "body" and one.sentences), 0)


def _nouns(
    fields: Sequence[TextField], taken: Sequence[Entity | DateMention | Quantity]
) -> list[_Term]:
    """The terms of which something is said twice, in the title or in the first sentence."""
    lead = _lead(fields)
    found = [_free(text, [span for span in taken if span.field == text.name]) for text in fields]
    leading = [
        len(text.tokens)
        if text.name == "title"
        else bisect_right(text.tokens, lead, key=lambda token: token.end)
        for text in fields
    ]
    counts = Counter(word.group for one in found for word in one if word is not None)
    heads = {group for group, count in counts.items() if count > 1}
    for one, first in zip(found, leading, strict=True):
        heads.update(word.group for word in one[:first] if word is not None)
    terms: dict[tuple[str, ...], _Term] = {}
    for text, one, first in zip(fields, found, leading, strict=True):
        in_lead = _IN_TITLE if text.name == "title" else _IN_LEAD
        for term in occurrences(text, one, heads):
            known = terms.get(term.groups)
            if known is None:
                known = terms[term.groups] = _Term(term.groups, term.words)
            known.add(term.surface, in_lead if term.first < first else 1)
    return list(terms.values())


def _free(text: TextField, taken: Sequence[Entity | DateMention | Quantity]) -> list[Word | None]:
    """The words of `text`, None for those inside of the spans that are `taken`."""
    found = words(text.tokens)
    for span in taken:
        at = bisect_right(text.tokens, span.start, key=lambda token: token.end)
        while at < len(text.tokens) and text.tokens[at].start < span.end:
            found[at] = None
            at += 1
    return found


def _without_parts(terms: Sequence[_Term]) -> list[_Term]:
    """`terms` without those that mostly stand inside of a longer one."""
    within: Counter[tuple[str, ...]] = Counter()
    for term in terms:
        if len(term.groups) > 1 and not term.name:
            for length in range(1, len(term.groups)):
                for first in range(len(term.groups) - length + 1):
                    part = term.groups[first : first + length]
                    within[part] = max(within[part], term.count)
    return [term for term in terms if within[term.groups] <= _WITHIN * term.count]


def _alike(term: _Term, other: _Term) -> bool:
    shared = len({*term.groups} & {*other.groups})
    return shared > 0 and 2 * shared >= min(len(term.groups), len(other.groups))
