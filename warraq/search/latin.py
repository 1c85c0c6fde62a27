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
from itertools import groupby, islice, product
from typing import Any, NamedTuple

from warraq.index.names import word_of, words_behind
from warraq.search import ranking
from warraq.search.english import is_english
from warraq.search.ranking import Clause
from warraq.text.normalize import fold
from warraq.text.romanization import arabic_names, distance, latin_keys, latin_readings
from warraq.text.romanization.letters import latin_letters

Ask = Callable[[Clause], Mapping[str, Any]]
"""The body of a request → Elasticsearch's answer."""

_LATIN_WORD = re.compile(r"[a-z\u00df-\u024f'’‘ʿʾ`-]*[a-z\u00df-\u024f]{2}['’‘ʿʾ`-]*", re.I)
_ACRONYM = re.compile("[A-Z]{2,4}")
_LEAST_LETTERS = 3
_LONGEST_EXONYM = 4  # words
_MOST_ASKED = 12  # words of one query
_LONGEST_KEYS = 900  # characters; Elasticsearch takes 1,000 in a regular expression
_MOST_TERMS = 200  # of the index, for one word

_NEAR, _LESS_NEAR = 0.1, 0.2
_LETTERS_OF_LESS_NEAR = 6
_OF_COMMONNESS = 0.01  # what e times as many articles are worth in distance
_WORSE_THAN_BEST = 0.04
_HALVED = 0.01  # by how much worse a spelling counts half
_MOST_SPELLINGS = 5
_MOST_WHOLE_SPELLINGS = 4
_LATIN_ITSELF = 2.0
_WITH_CLITIC = 2.0  # the score of a name that stands nowhere without one, about a third
_SIDE_BY_SIDE = 20.0
_NAME_FIELDS = [f"title^{ranking.TITLE_WEIGHT}", "body", "byline"]
_BEFORE_ALL = ("و", "ب", "ل", "ف", "ك", "وب", "ول")
_BEFORE_BARE = ("ال", "وال", "بال", "لل")


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
    """A run parted at the names that stand in the tables."""
    start = at = 0
    while at < len(run):
        for end in range(min(len(run), at + _LONGEST_EXONYM), at, -1):
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
        or (_ACRONYM.fullmatch(word) or len(bare) < _LEAST_LETTERS) and not arabic_names(word)
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
    patterns = {word: words_behind(_keys(word)) for word in dict.fromkeys(asked[:_MOST_ASKED * 3]) if _keys(word)}
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
    of_table = arabic_names(typed)
    by_table = tuple(map(Spelling, of_table))
    if by_table and len(piece) > 1:
        return LatinName(typed, (Part(typed, by_table),))
    readings = [
        tuple(Part(word, nearest(word, known.get(word, {}), of_table)) for word in reading)
        for reading in latin_readings(typed)
    ]
    best = min(readings, key=_badness, default=())
    return LatinName(typed, best) if any(part.arabic for part in best) else None


def _badness(reading: tuple[Part, ...]) -> tuple[int, float]:
    """How many parts are not found, then how far those are that are."""
    far = [distance(part.latin, part.arabic[0].text) for part in reading if part.arabic]
    return sum(not part.arabic for part in reading), sum(far) / len(far) if far else 1.0


def nearest(
    latin: str, counts: Mapping[str, int], known: Iterable[str] = ()
) -> tuple[Spelling, ...]:
    """Those of the words in `counts` that `latin` is likeliest to mean, likeliest first.

    counts: how many articles have each. known: Arabic names that it is known to stand for.
    """
    spelt: dict[str, str] = {}
    numbers: defaultdict[str, int] = defaultdict(int)
    for word, count in sorted(counts.items(), key=lambda one: -one[1]):
        spelt.setdefault(fold(word), word)
        numbers[fold(word)] += count
    far = {folded: distance(latin, word) for folded, word in spelt.items()}
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


def clause(name: LatinName) -> Clause:
    """Articles that have a name in Arabic, or in Latin letters as it was typed."""
    latin: Clause = {"bool": {"must": [ranking.phrase(name.typed)], "boost": _LATIN_ITSELF}}
    several = len(name.parts) > 1
    arabic: Clause = {
        "bool": {"must": [_part(part, or_latin=several) for part in name.parts]}
    }
    if several:
        arabic["bool"]["should"] = [_side_by_side(name, field) for field in ("title", "body")]
    return {"dis_max": {"queries": [latin, arabic]}}


def _part(part: Part, *, or_latin: bool) -> Clause:
    asked = [_spelling(one) for one in part.arabic]
    if or_latin or not asked:
        asked.append(ranking.words(part.latin))
    return {"dis_max": {"queries": asked}}


def _spelling(spelling: Spelling) -> Clause:
    """Articles with this very word, not with others of its stem, or with و or ب written onto it."""
    if " " in spelling.text:
        return {"bool": {"must": [ranking.phrase(spelling.text)], "boost": spelling.weight}}
    written = {
        "multi_match": {"query": " ".join(_with_clitics(spelling.text)), "fields": _NAME_FIELDS}
    }
    return {
        "bool": {
            "should": [
                {"combined_fields": {"query": spelling.text, "fields": _NAME_FIELDS}},
                {"constant_score": {"filter": written, "boost": _WITH_CLITIC}},
            ],
            "minimum_should_match": 1,
            "boost": spelling.weight,
        }
    }


def _with_clitics(word: str) -> list[str]:
    """What `word` may be written as: والسراج, للسراج."""
    if word.startswith("ال"):
        return [before + word for before in _BEFORE_ALL] + [
            before + word[1:] for before in ("ل", "ول", "فل")
        ]
    return [before + word for before in _BEFORE_ALL + _BEFORE_BARE]


def _side_by_side(name: LatinName, field: str) -> Clause:
    """The parts of a name in their order, in any of their spellings, one word between at most."""
    parts = [
        {
            "any_of": {
                "intervals": [
                    {"match": {"query": spelt, "ordered": True, "max_gaps": 0}}
                    for text in ([one.text for one in part.arabic] or [part.latin])
                    for spelt in ([text] if place or " " in text else [text, *_with_clitics(text)])
                ]
            }
        }
        for place, part in enumerate(name.parts)
    ]
    return {
        "intervals": {
            field: {
                "all_of": {"intervals": parts, "ordered": True, "max_gaps": 1},
                "boost": _SIDE_BY_SIDE,
            }
        }
    }
