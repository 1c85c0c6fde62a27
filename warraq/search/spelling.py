"""Did you mean: a misspelt query → what was probably meant, which the index has.

`warraq.search.readings` lists what each word may have been meant as. The index is asked once how
many articles hold each, and each beside its neighbours. Then the cheapest way through the query is
taken: what mistakes cost, what each word costs in the language and the index, and how well it goes
with the word before it. A suggestion is made only where that way is clearly cheaper than what was
typed, so that a rare name stays.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from warraq.search.readings import Reading, Readings, Typed, shipped_readings, typed_words
from warraq.text.letters import UNSEEN
from warraq.text.lexicon import lexicon_key
from warraq.text.normalize import fold

MOST_WORDS = 12
"""A longer query is left as it is: it was pasted, not typed."""
FEW_ARTICLES = 3
"""A word that so many articles have is hardly a mistake."""

_CLEARLY = 0.7
_SEEN_ONCE = 8.0  # what a word costs at most that an article has; it may be misspelt there, too
_SEEN, _IN_GOOD_STANDING = 0.5, 1.0  # taken off where one article has it, or three
_WORDS_OF_AN_ARTICLE = 200
_LEAST_ARTICLES = 1_000  # a smaller index says little about how common a word is
_AT_MOST_BESIDE = 3.0
_SHARE_OF_BESIDE = 5  # added to the articles with a word where shares of them are taken

Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Spelling:
    """Suggests other spellings. Safe to share between threads.

    ask: sends the body of a search to the index and returns the answer.
    """

    def __init__(self, ask: Ask, readings: Readings | None = None) -> None:
        self._ask = ask
        self._readings = readings or shipped_readings()

    def suggestion(
        self, typed: str, near: Iterable[str] = (), *, little_found: bool = False
    ) -> str | None:
        """`typed` with its misspelt words replaced, or None if it is as good as any other.

        near: words of articles that were found by a near spelling. little_found: whether what was
        typed found few articles or none. Everything but the words stays as it was typed. The index
        has each new word; only what is read on another keyboard layout need not be there. The index
        is asked once, or not at all if every word is in good standing.
        """
        words = typed_words(typed)
        if not 0 < len(words) <= MOST_WORDS:
            return None
        readings = self._readings.of(words, near, little_found=little_found)
        if all(reading.is_typed for reading in readings):
            return None
        seen = Seen.of(self._ask(_counting(readings, words)))
        weighed = [seen.weighed(reading, words) for reading in readings]
        best = self._cheapest(weighed, len(words), seen)
        as_typed = self._cheapest([one for one in weighed if one.is_typed], len(words), seen)
        if best.cost > as_typed.cost - _CLEARLY or not all(map(seen.has, best.readings)):
            return None
        return _replaced(typed, words, best.readings)

    def _cheapest(self, readings: Sequence[Reading], words: int, seen: Seen) -> Way:
        """The cheapest way through all words."""
        ways: list[list[Way]] = [[] for _ in range(words + 1)]
        ways[0] = [Way(0.0, ())]
        for reading in sorted(readings, key=lambda one: one.first):
            if before := ways[reading.first]:
                longer = (self._longer(way, reading, seen) for way in before)
                ways[reading.last].append(min(longer, key=_cost))
        return min(ways[words], key=_cost)

    def _longer(self, way: Way, reading: Reading, seen: Seen) -> Way:
        cost = way.cost + reading.meant.cost
        if way.readings:
            before = way.readings[-1]
            by_lexicon = self._readings.together(before.meant.text, reading.meant.text)
            cost -= max(by_lexicon, seen.together(before, reading))
        return Way(cost, (*way.readings, reading))


class Way(NamedTuple):
    """Readings one after another, and what they cost together."""

    cost: float
    readings: tuple[Reading, ...]


def _cost(way: Way) -> float:
    return way.cost


@dataclass(frozen=True, slots=True)
class Seen:
    """How many articles there are, and how many hold what was asked for, by its folded form.

    held: as it stands. in_stems: the same or with the same stem.
    """

    articles: int
    held: Mapping[str, int]
    in_stems: Mapping[str, int]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Seen:
        """Of the answer to `_counting`."""
        found: dict[str, dict[str, int]] = {"held": {}, "stems": {}}
        for name, bucket in answer["aggregations"]["counts"]["buckets"].items():
            kind, _, form = name.partition(" ")
            found[kind][form] = bucket["doc_count"]
        return cls(answer["hits"]["total"]["value"], found["held"], found["stems"])

    def has(self, reading: Reading) -> bool:
        """Whether some article holds what is read."""
        form = fold(reading.meant.text)
        known = reading.is_typed or reading.from_layout
        return known or self.held[form] > 0 or self.in_stems[form] > 0

    def weighed(self, reading: Reading, words: Sequence[Typed]) -> Reading:
        """The reading with what the index says of it."""
        form = fold(reading.meant.text)
        count = self.held.get(form)
        if count is None:
            return reading
        language = reading.meant.language
        mixed = self._mixed(language, count)
        if not reading.is_typed:
            language = mixed
        elif count >= FEW_ARTICLES:
            pairs = list(_pairs(words, reading.first, reading.meant.text))
            in_place = not pairs or any(self.held.get(fold(pair)) for pair in pairs)
            language = 0.0 if in_place else mixed - _IN_GOOD_STANDING
        elif count:
            language = min(language, _SEEN_ONCE) - _SEEN
        return replace(reading, meant=replace(reading.meant, language=language))

    def together(self, before: Reading, reading: Reading) -> float:
        """How many powers of ten likelier the second is after the first, by the index; 0 at least.

        Of articles with either word, the share that has them side by side.
        """
        pair = self.held.get(fold(f"{before.meant.text} {reading.meant.text}"), 0)
        if not pair:
            return 0.0
        likelier = []
        for one, other in ((before, reading), (reading, before)):
            articles = self.held.get(fold(one.meant.text), pair)
            share = pair / (articles + _SHARE_OF_BESIDE)
            likelier.append(other.meant.language + math.log10(share))
        return min(_AT_MOST_BESIDE, max(0.0, *likelier))

    def _mixed(self, language: float, count: int) -> float:
        """The cost of a word by the lexicon and by the articles that hold it, half each."""
        share = count / max(self.articles, _LEAST_ARTICLES)
        return -math.log10((10**-language + share / _WORDS_OF_AN_ARTICLE) / 2)


def _pairs(words: Sequence[Typed], place: int, text: str) -> Iterator[str]:
    """`text` in the place of a word, with the word before it and with the one behind it."""
    if place:
        yield f"{words[place - 1].key} {text}"
    if place + 1 < len(words):
        yield f"{text} {words[place + 1].key}"


def _counting(readings: Sequence[Reading], words: Sequence[Typed]) -> Mapping[str, Any]:
    """The request for how many articles hold each reading; the alias hides withdrawn ones."""
    others = [reading for reading in readings if not reading.is_typed]
    doubted = {place for other in others for place in range(other.first, other.last)}
    around = {place + step for place in doubted for step in (-1, 0, 1)}
    held = [reading.meant.text for reading in readings if reading.first in around]
    for reading in readings:
        if reading.first in doubted and reading.last == reading.first + 1:
            held += _pairs(words, reading.first, reading.meant.text)
    filters = {f"held {form}": _phrase(form, "title", "body") for form in map(fold, held)}
    filters |= {
        f"stems {form}": _phrase(form, "title.stem", "body.stem")
        for form in (fold(other.meant.text) for other in others)
    }
    return {
        "size": 0,
        "track_total_hits": True,
        "aggs": {"counts": {"filters": {"filters": filters}}},
    }


def _phrase(text: str, *fields: str) -> Mapping[str, Any]:
    return {"multi_match": {"query": text, "type": "phrase", "fields": list(fields)}}


def _replaced(typed: str, words: Sequence[Typed], way: Iterable[Reading]) -> str:
    """`typed` with the words that are read otherwise written anew."""
    pieces = []
    read = 0
    for reading in way:
        if not reading.is_typed:
            start, end = words[reading.first].start, words[reading.last - 1].end
            pieces += [typed[read:start], _dressed(typed[start:end], reading.meant.text)]
            read = end
    return "".join([*pieces, typed[read:]])


def _dressed(typed: str, meant: str) -> str:
    """`meant`, whose alefs are bare as in the lexicon, with the hamzas that were typed."""
    letters = "".join(letter for letter in typed if letter not in UNSEEN)
    key = lexicon_key(letters)
    written = list(meant)
    if len(key) == len(letters):
        matcher = SequenceMatcher(None, key, meant, autojunk=False)
        for at, place, length in matcher.get_matching_blocks():
            written[place : place + length] = letters[at : at + length]
    return "".join(written)
