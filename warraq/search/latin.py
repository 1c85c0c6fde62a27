"""Arabic names typed in Latin letters: Haftar asks for حفتر, Tripoli for طرابلس.

A run of Latin words is taken for one name or several, and each of its words for those words of
names in the index that sound alike and are spelt nearly so. Which they are is asked of the index
itself, in one request: the commoner of two as near is the one that is meant. Names that are not
spelt after the Arabic one stand in tables. What is found so is searched for as if it had been
typed, beside the Latin letters themselves. `docs/decisions/0061-latin-letters.md` says why so.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, pairwise, product
from typing import Any, NamedTuple

from warraq.index.names import word_of, words_behind
from warraq.search.english import is_english
from warraq.search.ranking import Clause
from warraq.text.normalize import fold
from warraq.text.romanization import (
    arabic_names,
    distance,
    latin_keys,
    latin_readings,
)
from warraq.text.romanization.letters import latin_letters

Ask = Callable[[Clause], Mapping[str, Any]]
"""The body of a request → Elasticsearch's answer."""

_LATIN_WORD = re.compile(r"(?=.*[a-z\u00df-\u024f]{2})[a-z\u00df-\u024f'’‘ʿʾ`-]+", re.IGNORECASE)
_ACRONYM = re.compile("[A-Z]{2,4}")
_LEAST_LETTERS = 3
_LONGEST_EXONYM = 4  # words
_MOST_ASKED = 12  # words of one query
_LONGEST_KEYS = 900  # characters; Elasticsearch takes 1,000 in a regular expression
_MOST_TERMS = 200  # of the index, for one word

_NEAR, _LESS_NEAR = 0.1, 0.15
_LETTERS_OF_LESS_NEAR = 7
_OF_COMMONNESS = 0.01  # what e times as many articles are worth in distance
_WITHOUT_ARTICLE = 0.03
_WORSE_THAN_BEST = 0.04
_HALVED = 0.01  # by how much worse a spelling counts half
_MOST_SPELLINGS = 5
_MOST_WHOLE_SPELLINGS = 4
_SONS, _SON = frozenset(("bin", "ben", "ibn")), ("بن", "ابن")
_ARTICLES = frozenset(
    ("al", "el", "ul", "as", "es", "ar", "er", "an", "en", "at", "et", "ad", "ed", "az", "ash")
)


class Spelling(NamedTuple):
    """What a Latin word may be in Arabic. weight: how much it counts, beside others of the word."""

    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name. arabic: its spellings, likeliest first; none if it is Latin only."""

    latin: str
    arabic: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class LatinName:
    """A run of Latin words, as typed, and what was read in it; all its parts must be found."""

    typed: str
    parts: tuple[Part, ...]

    @property
    def arabic(self) -> tuple[str, ...]:
        """The likeliest whole spellings: خليفة حفتر."""
        each = [[one.text for one in part.arabic] or [part.latin] for part in self.parts]
        return tuple(map(" ".join, islice(_likeliest_first(each), _MOST_WHOLE_SPELLINGS)))


def _likeliest_first(each: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    ranked = product(*(enumerate(spellings[:3]) for spellings in each[:_MOST_ASKED]))
    bounded = sorted(islice(ranked, 729), key=lambda whole: sum(place for place, _ in whole))
    return [tuple(text for _, text in whole) for whole in bounded]


def runs(words: Iterable[str]) -> list[tuple[bool, tuple[str, ...]]]:
    """`words` in runs, each with whether its words may be names in Latin letters."""
    return [(latin, tuple(run)) for latin, run in groupby(words, _may_be_name)]


def _may_be_name(word: str) -> bool:
    return _LATIN_WORD.fullmatch(word) is not None


def read(words: Sequence[str], ask: Ask) -> tuple[tuple[str, ...], tuple[LatinName, ...]]:
    """What of `words` is left, and the names that were read in the others.

    Asks the index once if any word of them may be a name, else not at all.
    """
    left: list[str] = []
    readable: list[tuple[str, ...]] = []
    for is_latin, run in runs(words):
        for piece in _pieces(run) if is_latin else [run]:
            if is_latin and not _is_plain(piece):
                readable.append(piece)
            else:
                left += piece
    known = _known(readable, ask)
    names = []
    for piece in readable:
        name = _name(piece, known)
        if name is None:
            left += piece
        else:
            names.append(name)
    return tuple(left), tuple(names)


def _pieces(run: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A run parted at the names of several words that stand in the tables."""
    start = at = 0
    while at < len(run):
        for end in range(min(len(run), at + _LONGEST_EXONYM), at + 1, -1):
            if arabic_names(" ".join(run[at:end])):
                if start < at:
                    yield run[start:at]
                yield run[at:end]
                start = at = end
                break
        else:
            at += 1
    if start < at:
        yield run[start:]


def _is_plain(piece: tuple[str, ...]) -> bool:
    """Whether none of a piece is to be read: words of English, abbreviations."""
    if len(piece) > 1 and arabic_names(" ".join(piece)):
        return False
    letters = [latin_letters(word) for word in piece]
    return all(
        is_english(bare)
        or ((_ACRONYM.fullmatch(word) or len(bare) < _LEAST_LETTERS) and not arabic_names(word))
        for word, bare in zip(piece, letters, strict=True)
    )


def _known(pieces: Iterable[tuple[str, ...]], ask: Ask) -> Mapping[str, Mapping[str, int]]:
    """Latin words → words of names in the index that share a key, and how many articles have them.

    Of the words of all readings of `pieces`.
    """
    asked = [
        word
        for piece in pieces
        if len(piece) == 1 or not arabic_names(" ".join(piece))
        for reading in latin_readings(" ".join(piece))
        for word in reading
    ]
    patterns = {
        word: words_behind(_keys(word))
        for word in dict.fromkeys(asked[: _MOST_ASKED * 3])
        if _keys(word)
    }
    if not patterns:
        return {}
    answer = ask(
        {
            "size": 0,
            "track_total_hits": False,
            "query": {
                "bool": {
                    "filter": {
                        "bool": {
                            "should": [{"regexp": {"name_keys": p}} for p in patterns.values()]
                        }
                    }
                }
            },
            "aggs": {
                word: {"terms": {"field": "name_keys", "include": p, "size": _MOST_TERMS}}
                for word, p in patterns.items()
            },
        }
    )
    found: dict[str, dict[str, int]] = {}
    for word in patterns:
        counts: defaultdict[str, int] = defaultdict(int)
        for bucket in answer["aggregations"][word]["buckets"]:
            spelt = word_of(bucket["key"])
            counts[spelt] = max(counts[spelt], bucket["doc_count"])
        found[word] = counts
    return found


def _keys(word: str) -> list[str]:
    """The likeliest keys of a Latin word, as many as one regular expression takes."""
    kept, length = [], 0
    for key in latin_keys(word):
        length += len(key) + 1
        if length > _LONGEST_KEYS:
            break
        kept.append(key)
    return kept


def _name(piece: tuple[str, ...], known: Mapping[str, Mapping[str, int]]) -> LatinName | None:
    """What `piece` is read as, by the reading of which most parts are found, and nearest."""
    typed = " ".join(piece)
    readings_of_words = latin_readings(typed)
    of_table = arabic_names(typed)
    if of_table and readings_of_words and len(readings_of_words[0]) > 1:
        return LatinName(typed, (Part(typed, tuple(map(Spelling, of_table))),))
    articled = _articled(typed)
    readings = [
        tuple(
            Part(
                word,
                nearest(word, known.get(word, {}), _of_table(word), has_article=word in articled),
            )
            for word in reading
        )
        for reading in readings_of_words
    ]
    best = min(readings, key=_badness, default=())
    return LatinName(typed, best) if any(part.arabic for part in best) else None


def _of_table(word: str) -> tuple[str, ...]:
    return _SON if word in _SONS else arabic_names(word)


def _articled(typed: str) -> set[str]:
    """The words of a name that were typed with an article: sarraj of al-Sarraj."""
    words = list(map(latin_letters, re.split(r"[\s\-'’]+", typed)))
    return {word for article, word in pairwise(words) if article in _ARTICLES}


def _badness(reading: tuple[Part, ...]) -> tuple[int, float]:
    """How many parts are not found, then how far those are that are."""
    far = [distance(part.latin, part.arabic[0].text) for part in reading if part.arabic]
    return sum(not part.arabic for part in reading), sum(far) / len(far) if far else 1.0


def nearest(
    latin: str, counts: Mapping[str, int], known: Iterable[str] = (), *, has_article: bool = False
) -> tuple[Spelling, ...]:
    """Those of the words in `counts` that `latin` is likeliest to mean, likeliest first.

    counts: how many articles have each. known: Arabic names that it is known to stand for.
    has_article: it was typed with one, which `latin` has not.
    """
    spelt: dict[str, str] = {}
    numbers: defaultdict[str, int] = defaultdict(int)
    for word, count in sorted(counts.items(), key=lambda one: -one[1]):
        spelt.setdefault(fold(word), word)
        numbers[fold(word)] += count
    far = {
        folded: min(distance(latin, form) for form in _as_spoken(word))
        + (_WITHOUT_ARTICLE if has_article and not word.startswith("ال") else 0)
        for folded, word in spelt.items()
    }
    for name in known:
        spelt.setdefault(name, name)
        far[name] = 0.0
    limit = _NEAR
    if min(far.values(), default=1.0) > _NEAR and len(latin) >= _LETTERS_OF_LESS_NEAR:
        limit = _LESS_NEAR
    worse = {
        word: far[word] - _OF_COMMONNESS * math.log(max(numbers[word], 1))
        for word in far
        if far[word] <= limit
    }
    best = min(worse.values(), default=0.0)
    kept = sorted(
        (word for word in worse if worse[word] <= best + _WORSE_THAN_BEST), key=worse.__getitem__
    )
    return tuple(
        Spelling(spelt[word], round(0.5 ** ((worse[word] - best) / _HALVED), 3))
        for word in kept[:_MOST_SPELLINGS]
    )


def _as_spoken(word: str) -> tuple[str, ...]:
    """`word`, and with its last letter as it may sound: عيسى (Issa), حياة (Hayat)."""
    last = {"ى": "ا", "ة": "ت"}.get(word[-1])
    return (word, word[:-1] + last) if last else (word,)
