"""Arabic names typed in Latin letters: Haftar asks for حفتر, Tripoli for طرابلس.

A run of Latin words is taken for one name or several, and each of its words for those words of
names in the index that sound alike and are spelt nearly so. Which they are is asked of the index
itself, in one request: the commoner of two as near is the one that is meant. Names that are not
spelt after the Arabic one stand in tables. What is found so is searched for as if it had been
typed, beside the Latin letters themselves. `docs/decisions/0061-latin-letters.md` says why so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, pairwise, product
from typing import Any, NamedTuple

from warraq.index.names import word_of, words_behind
from warraq.search.ranking import Clause
from warraq.text.romanization import arabic_names, distance, latin_keys, latin_readings
from warraq.text.romanization.english import is_english
from warraq.text.romanization.letters import latin_letters
from warraq.text.romanization.meaning import Spelling, nearest
from warraq.text.romanization.names import ARABIC_ARTICLES

Ask = Callable[[Clause], Mapping[str, Any]]
"""The body of a request → Elasticsearch's answer."""

_LATIN_WORD = re.compile(r"(?=.*[a-z\u00df-\u024f]{2})[a-z\u00df-\u024f'’‘ʿʾ`-]+", re.IGNORECASE)
_ACRONYM = re.compile("[A-Z]{2,4}")
_LEAST_LETTERS = 3
_LONGEST_EXONYM = 4  # words
_MOST_ASKED = 24  # words of all readings of one query
_LONGEST_KEYS = 900  # characters; Elasticsearch takes 1,000 in a regular expression
_MOST_TERMS = 200  # of the index, for one word

_MOST_WHOLE_SPELLINGS = 4
_SONS, _SON = frozenset(("bin", "ben", "ibn")), ("بن", "ابن")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a name. arabic: its spellings, likeliest first; none if it is Latin only."""

    latin: str
    arabic: tuple[Spelling, ...] = ()


@dataclass(frozen=True, slots=True)
class LatinName:
    """A run of Latin words, as typed, and what was read in it; all its parts must be found.

    together: they must be found side by side, since they stand in quotation marks or are words of
    English: Daily Mail.
    """

    typed: str
    parts: tuple[Part, ...]
    together: bool = False

    @property
    def arabic(self) -> tuple[str, ...]:
        """The likeliest whole spellings: خليفة حفتر."""
        each = [[one.text for one in part.arabic] or [part.latin] for part in self.parts]
        return tuple(map(" ".join, islice(_likeliest_first(each), _MOST_WHOLE_SPELLINGS)))


def _likeliest_first(each: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    ranked = product(*(enumerate(spellings[:3]) for spellings in each))
    bounded = sorted(islice(ranked, 729), key=lambda whole: sum(place for place, _ in whole))
    return [tuple(text for _, text in whole) for whole in bounded]


def runs(words: Iterable[str]) -> list[tuple[bool, tuple[str, ...]]]:
    """`words` in runs, each with whether its words may be names in Latin letters."""
    return [(latin, tuple(run)) for latin, run in groupby(words, _may_be_name)]


def _may_be_name(word: str) -> bool:
    return _LATIN_WORD.fullmatch(word) is not None


@dataclass(frozen=True, slots=True)
class Read:
    """What was read in the words of a query.

    words: those that are no names. names: read in the others. names_of_texts: of texts besides
    the words, those that are a name.
    """

    words: tuple[str, ...]
    names: tuple[LatinName, ...] = ()
    names_of_texts: Mapping[str, LatinName] = field(default_factory=dict)


class _Heard(NamedTuple):
    """What of the index sounds like a Latin word.

    names: words of its names, with how many articles have each. latin: how many have the Latin one.
    """

    names: Mapping[str, int]
    latin: int


def read(words: Sequence[str], ask: Ask, texts: Iterable[str] = ()) -> Read:
    """The names among `words`, and each of `texts` that is one name; asks the index once if any
    may be one, else not at all.
    """
    left: list[str] = []
    readable: list[tuple[str, ...]] = []
    for is_latin, run in runs(words):
        for piece in _pieces(run) if is_latin else [run]:
            if is_latin and not _is_plain(piece):
                readable.append(piece)
            else:
                left += piece
    pieces = {text: tuple(text.split()) for text in texts}
    wholes = {
        text: piece
        for text, piece in pieces.items()
        if all(map(_may_be_name, piece)) and not _is_plain(piece)
    }
    heard = _heard([*readable, *wholes.values()], ask)
    names = []
    for piece in readable:
        name = _name(piece, heard)
        if name is None:
            left += piece
        else:
            names.append(name)
    of_texts = {text: name for text, piece in wholes.items() if (name := _name(piece, heard))}
    return Read(tuple(left), tuple(names), of_texts)


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


def _is_known(piece: tuple[str, ...]) -> bool:
    """Whether several words are one name of the tables."""
    return len(piece) > 1 and bool(arabic_names(" ".join(piece)))


def _is_title(piece: tuple[str, ...]) -> bool:
    """Whether words of English may be a name together: Daily Mail, General Motors."""
    return (
        len(piece) > 1
        and all(map(str.istitle, piece))
        and all(is_english(latin_letters(word)) for word in piece)
    )


def _is_plain(piece: tuple[str, ...]) -> bool:
    """Whether none of a piece is to be read: words of English, abbreviations."""
    if _is_known(piece) or _is_title(piece):
        return False
    letters = [latin_letters(word) for word in piece]
    return all(
        is_english(bare)
        or ((_ACRONYM.fullmatch(word) or len(bare) < _LEAST_LETTERS) and not arabic_names(word))
        for word, bare in zip(piece, letters, strict=True)
    )


def _heard(pieces: Iterable[tuple[str, ...]], ask: Ask) -> Mapping[str, _Heard]:
    """What sounds like each word of each reading of `pieces`."""
    typed = (" ".join(piece) for piece in pieces if len(piece) == 1 or not _is_known(piece))
    words = [word for name in typed for reading in latin_readings(name) for word in reading]
    different = list(dict.fromkeys(words))[:_MOST_ASKED]
    patterns = {word: words_behind(_keys(word)) for word in different}
    patterns = {word: pattern for word, pattern in patterns.items() if pattern}
    if not patterns:
        return {}
    latin = {
        word: {"multi_match": {"query": word, "fields": ["title", "body"]}} for word in patterns
    }
    sounds = [{"regexp": {"name_keys": pattern}} for pattern in patterns.values()]
    aggregations: Clause = {}
    for word, pattern in patterns.items():
        of_names = {"field": "name_keys", "include": pattern, "size": _MOST_TERMS}
        aggregations[f"names {word}"] = {"terms": of_names}
        aggregations[f"latin {word}"] = {"filter": latin[word]}
    found = ask(
        {
            "size": 0,
            "track_total_hits": False,
            "query": {"bool": {"filter": {"bool": {"should": [*sounds, *latin.values()]}}}},
            "aggs": aggregations,
        }
    )["aggregations"]
    return {
        word: _Heard(
            _counted(found[f"names {word}"]["buckets"]), found[f"latin {word}"]["doc_count"]
        )
        for word in patterns
    }


def _counted(buckets: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Words → articles; a word may stand behind several keys."""
    counts: defaultdict[str, int] = defaultdict(int)
    for bucket in buckets:
        word = word_of(bucket["key"])
        counts[word] = max(counts[word], bucket["doc_count"])
    return counts


def _keys(word: str) -> list[str]:
    """The likeliest keys of a Latin word, as many as one regular expression takes."""
    kept, length = [], 0
    for key in latin_keys(word):
        length += len(key) + 1
        if length > _LONGEST_KEYS:
            break
        kept.append(key)
    return kept


def _name(piece: tuple[str, ...], heard: Mapping[str, _Heard]) -> LatinName | None:
    """What `piece` is read as, by the reading of which most parts are found, and nearest."""
    typed = " ".join(piece)
    readings_of_words = latin_readings(typed)
    of_table = arabic_names(typed)
    if of_table and readings_of_words and len(readings_of_words[0]) > 1:
        return LatinName(typed, (Part(typed, tuple(map(Spelling, of_table))),))
    articled = _articled(typed)

    def part(word: str) -> Part:
        names, latin = heard.get(word, _Heard({}, 0))
        known = _of_table(word)
        spellings = nearest(word, names, known, itself=latin, has_article=word in articled)
        return Part(word, spellings)

    readings = [tuple(map(part, reading)) for reading in readings_of_words]
    best = min(readings, key=_badness, default=())
    if _is_title(piece):
        is_name = bool(best) and all(part.arabic for part in best)
        return LatinName(typed, best, together=True) if is_name else None
    return LatinName(typed, best) if any(part.arabic for part in best) else None


def _of_table(word: str) -> tuple[str, ...]:
    return _SON if word in _SONS else arabic_names(word)


def _articled(typed: str) -> set[str]:
    """The words of a name that were typed with an article: sarraj of al-Sarraj."""
    words = list(map(latin_letters, re.split(r"[\s\-'’]+", typed)))
    return {word for article, word in pairwise(words) if article in ARABIC_ARTICLES}


def _badness(reading: tuple[Part, ...]) -> tuple[int, float]:
    """How many parts are not found, then how far those are that are."""
    far = [distance(part.latin, part.arabic[0].text) for part in reading if part.arabic]
    return sum(not part.arabic for part in reading), sum(far) / len(far) if far else 1.0
