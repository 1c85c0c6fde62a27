"""Names in Latin letters as Elasticsearch is asked for them: what a search and an article may have.

`warraq.search.latin` reads an Arabic name in Latin letters that were typed; here is what articles
are found by it, and the other way about, articles that spell in Latin letters what was typed in
Arabic ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from warraq.search import ranking
from warraq.search.latin import LatinName, Part
from warraq.search.ranking import Clause
from warraq.text.romanization import latin_names
from warraq.text.romanization.meaning import Spelling
from warraq.text.romanization.patterns import latin_pattern

_MOST_WORDS_OF_NAMES = 3
_IN_LATIN = 0.5  # behind the articles that have the Arabic name
_LATIN_ITSELF = 2.0
_WITH_CLITIC = 2.0  # the score of a name that stands nowhere without one, about a third
_SIDE_BY_SIDE = 20.0
_NAME_FIELDS = [f"title^{ranking.TITLE_WEIGHT}", "body", "byline"]
_BEFORE_ALL = ("و", "ب", "ل", "ف", "ك", "وب", "ول")
_BEFORE_BARE = ("ال", "وال", "بال", "لل")


def name(read: LatinName, *, loosely: bool = False) -> Clause:
    """Articles that have a name in Arabic, or in Latin letters as it was typed.

    loosely: of a name in several parts, half of them at least.
    """
    if read.together:
        together = [_side_by_side(read, field) for field in ("title", "body")]
        return {"dis_max": {"queries": [ranking.phrase(read.typed), *together]}}
    latin: Clause = {"bool": {"must": [ranking.phrase(read.typed)], "boost": _LATIN_ITSELF}}
    several = len(read.parts) > 1
    wanted = (len(read.parts) + 1) // 2 if loosely else len(read.parts)
    arabic: Clause = {
        "bool": {
            "must": [
                {
                    "bool": {
                        "should": [_part(part, or_latin=several) for part in read.parts],
                        "minimum_should_match": wanted,
                    }
                }
            ]
        }
    }
    if several:
        arabic["bool"]["should"] = [_side_by_side(read, field) for field in ("title", "body")]
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


def _side_by_side(read: LatinName, field: str) -> Clause:
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
        for place, part in enumerate(read.parts)
    ]
    return {
        "intervals": {
            field: {
                "all_of": {"intervals": parts, "ordered": True, "max_gaps": 1},
                "boost": _SIDE_BY_SIDE,
            }
        }
    }


def in_latin(words: Sequence[str]) -> Clause | None:
    """Articles that have `words`, at least one of them as a name in Latin letters.

    None if there are too many words for a name, or none that Latin letters spell recognizably.
    """
    spelt = [_latin_spellings(word) for word in words]
    if len(words) > _MOST_WORDS_OF_NAMES or not any(spelt):
        return None
    each = [
        {"bool": {"should": [*in_letters, *([] if len(words) == 1 else ranking.exactly(word))]}}
        for word, in_letters in zip(words, spelt, strict=True)
    ]
    return {"constant_score": {"filter": {"bool": {"must": each}}, "boost": _IN_LATIN}}


def _latin_spellings(word: str) -> list[Clause]:
    pattern = latin_pattern(word)
    found: list[Clause] = []
    if pattern is not None:
        found += ({"regexp": {field: pattern}} for field in ("title", "body"))
    for name in latin_names(word):
        found += ranking.exactly(name)
    return found
