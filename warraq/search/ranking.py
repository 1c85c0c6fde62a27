"""What words and phrases ask for, and what an article that has them counts.

An article is looked at in several views: its words as folded by the index (`title`, `body`), and
their stems (`title.stem`, `body.stem`). In each view title and body count as one text, in which
the title weighs more (BM25F, Elasticsearch's `combined_fields`), so that one word may be in the
title and the other in the body. Whoever types a city means the articles from there, too, so the
byline is looked at with the body; names have no stems. Two fields more, `grams` and `opening`, only
say what comes first. The scores of all of them add up (docs/decisions/0059-ranking.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from warraq.index.analyzers import VIEWS
from warraq.index.documents import without_marks
from warraq.search.function_words import is_function_word
from warraq.text.compounds import joined_compounds
from warraq.text.normalize import fold

Clause = dict[str, Any]

VIEW_WEIGHTS = {"": 0.3, "stem": 1.0}
"""What the score of each view of `warraq.index.analyzers` counts."""
ORDER_WEIGHTS = {"grams": 0.6, "opening": 0.3}
"""The same of the fields that say nothing but which article comes first."""
TITLE_WEIGHT = 3
_FIELDS_OF_VIEWS = {"": ("title", "body", "byline"), "stem": ("title", "body")}
_VIEWS = tuple((view.name, VIEW_WEIGHTS[view.name]) for view in VIEWS)

FEWEST_OF_MANY = 2
MOST_WORDS = f"{FEWEST_OF_MANY}<{FEWEST_OF_MANY}"
"""How many of a query's words an article must have: one or two if no more are asked for, else two.
Questions and titles have words that no article on their subject has, and what has most of them
comes first anyway. Articles with fewer come behind all others (`some_words`)."""
MOST_GRAMS = "50%"
"""Or so many of the pieces of three letters of many words: these may all be spelt otherwise."""

# Near spellings: one letter may differ in words of four letters, two in words of eight.
_FUZZINESS = "AUTO:4,8"
_FUZZY_EXPANSIONS = 20
NEAR_WORDS = 8
"""A longer query has no near spellings: each word is many clauses there."""
LONGEST_ORDERED = 250
"""Characters of a query that count for the order, and of the longest that near spellings or some
words answer: Elasticsearch bounds the number of clauses, and each letter may be several (中)."""


def words(text: str) -> Clause:
    """Articles that have most of the words of `text`, best first."""
    content = content_words(text.split())
    enough = [
        _best_of(_in_view(view, reading, MOST_WORDS) for reading in _readings(" ".join(content)))
        for view, _ in _VIEWS
    ]
    if number_of(content) > FEWEST_OF_MANY:
        enough.append(_akin(" ".join(content)))
    return {"bool": {"filter": [_any_of(enough)], "should": _views(" ".join(content))}}


def some_words(text: str) -> Clause:
    """Articles that have one of the words of `text`, or words that are akin, best first."""
    content = " ".join(content_words(text.split()))
    enough = [*(_in_view(view, content) for view, _ in _VIEWS), _akin(content)]
    return {"bool": {"filter": [_any_of(enough)], "should": _views(content)}}


def by_view(text: str) -> dict[str, Clause]:
    """What orders what `some_words` finds, by view or field, each with its weight."""
    names = (*(view for view, _ in _VIEWS), *ORDER_WEIGHTS)
    return dict(zip(names, _views(" ".join(content_words(text.split()))), strict=True))


def content_words(words: Sequence[str]) -> list[str]:
    """`words` without those that say nothing of a subject (في in, هل whether), if others are left.

    They stand in all articles, so they would only count as words that are there.
    """
    content = [word for at, word in enumerate(words) if not is_function_word(words, at)]
    return content or list(words)


def number_of(words: Sequence[str]) -> int:
    """As the index counts them, for which عبد الله is one."""
    return len(joined_compounds(fold(" ".join(words))).split())


def _akin(text: str) -> Clause:
    """Articles with most of the pieces of the words of `text`."""
    begun = without_marks(text)[:LONGEST_ORDERED]
    return {"match": {"grams": {"query": begun, "minimum_should_match": MOST_GRAMS}}}


def _views(text: str) -> list[Clause]:
    """The sum of these orders what is found."""
    text = text[:LONGEST_ORDERED]
    views = [_best_of(_in_view(view, reading) for reading in _readings(text)) for view, _ in _VIEWS]
    order = [
        {"match": {field: {"query": without_marks(text), "boost": weight}}}
        for field, weight in ORDER_WEIGHTS.items()
    ]
    return [*views, *order]


def _in_view(view: str, text: str, most_words: str | None = None) -> Clause:
    asked: Clause = {
        "query": text,
        "fields": [f"{_seen(name, view)}^{counts}" for name, counts in _looked_at(view)],
        "boost": VIEW_WEIGHTS[view],
    }
    if most_words is not None:
        asked["minimum_should_match"] = most_words
    return {"combined_fields": asked}


def phrase(text: str) -> Clause:
    """Articles that have the words of `text` side by side."""
    return _any_of(
        _best_of(
            {
                "match_phrase": {
                    _seen(field, view): {"query": reading, "boost": weight * field_weight}
                }
            }
            for reading in _readings(text)
        )
        for view, weight in _VIEWS
        for field, field_weight in _looked_at(view)
    )


def near_words(words: Sequence[str]) -> Clause:
    """Articles that have most of the content words of `words`, or words spelt nearly so.

    By letters only, not by digits: 2018 is not 2019.
    """
    return {
        "bool": {
            "should": [_near_word(word) for word in content_words(words)],
            "minimum_should_match": MOST_WORDS,
        }
    }


def exactly(text: str) -> list[Clause]:
    """Clauses for articles with these very words side by side, not their stems, in any field."""
    return [
        {"match_phrase": {field: reading}}
        for reading in _readings(text)
        for field, _ in _looked_at("")
    ]


def looked_at() -> tuple[tuple[str, int], ...]:
    """(field, weight) of each field that is looked at by the words as typed."""
    return _looked_at("")


def _near_word(word: str) -> Clause:
    match: Clause = {"query": without_marks(word), "operator": "and"}
    if not re.search(r"\d", word):
        match |= {
            "fuzziness": _FUZZINESS,
            "prefix_length": 1,
            "max_expansions": _FUZZY_EXPANSIONS,
        }
    return _any_of({"match": {field: match}} for field in ("title", "body"))


def _readings(term: str) -> Iterable[str]:
    """What a term may mean: its words with parts are those parts, or they are what was typed.

    An article of which the steps thought otherwise has the whole word alone.
    """
    return dict.fromkeys((term, without_marks(term)))


def _best_of(clauses: Iterable[Clause]) -> Clause:
    """One clause for several readings: an article that fits both counts once."""
    found = list(clauses)
    return found[0] if len(found) == 1 else {"dis_max": {"queries": found}}


def _any_of(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def _looked_at(view: str) -> tuple[tuple[str, int], ...]:
    """(field, weight) of each field that a search looks at in `view`."""
    return tuple(
        (field, TITLE_WEIGHT if field == "title" else 1) for field in _FIELDS_OF_VIEWS[view]
    )


def _seen(field: str, view: str) -> str:
    return f"{field}.{view}" if view else field
