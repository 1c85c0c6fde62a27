"""Completion while typing: the beginning of what somebody types → names and words of titles.

Names are those that the analysis found (`persons`, `organizations`, `places`), counted by their
articles: any word of a name may be the one that was begun. Of titles, what was typed is taken with
up to three words that follow it. Elasticsearch is asked for both, and not its completion
suggester, which knows nothing of the alias and would bring back what was withdrawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from warraq.index.analyzers import WORDS
from warraq.index.documents import without_marks
from warraq.text.compounds import joined_compounds
from warraq.text.normalize import fold
from warraq.text.tokens import tokens

MOST_COMPLETIONS = 10
LONGEST_BEGINNING = 100
"""In characters; what is longer has no completions, and neither has what is shorter than two."""
_SHORTEST = 2
_LONGEST_NAME = 8  # words; of many short ones alike Lucene makes too large an automaton

_KINDS = {"person": "persons", "organization": "organizations", "place": "places"}
_TITLE, _TITLES_FIELD = "title", "title.whole"
_TITLES = 50
_MOST_FOLLOWING = 3
_MOST_ARTICLES = 100_000  # that each shard looks at
_ANY_WORD_OF_A_NAME = "(.* )?(ال)?"  # in Lucene's syntax; the article need not be typed
_SPELLINGS = 20  # names of the articles of one name; its own spellings are the commonest of them


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be wanted. kind: `person`, `organization`, `place` or `title`.

    count: of the articles that name it; of a title's words, among the newest titles that have them.
    """

    text: str
    kind: str
    count: int


def beginning_of(typed: str) -> str:
    """The words of what was typed, folded; "" if it is too short or too long to be completed."""
    words = " ".join(fold(word.form) for word in tokens(typed[: LONGEST_BEGINNING + 1]))
    return words if len(words) >= _SHORTEST and len(typed) <= LONGEST_BEGINNING else ""


def names_request(begun: str) -> Mapping[str, Any]:
    """The body of the search for names in which a word begins with `begun`.

    Without hits, so that Elasticsearch remembers the answer until the index changes. A name has no
    more than eight words, so nothing is looked for if there are more.
    """
    kinds = _KINDS if len(begun.split()) <= _LONGEST_NAME else {}
    return {
        "size": 0,
        "track_total_hits": False,
        "terminate_after": _MOST_ARTICLES,
        "aggs": {kind: _names_with(begun, field) for kind, field in kinds.items()},
    }


def titles_request(begun: str) -> Mapping[str, Any]:
    """The body of the search for the newest titles that have `begun` in them."""
    return {
        "size": _TITLES,
        "_source": False,
        "docvalue_fields": [_TITLES_FIELD],
        "query": {"match_phrase_prefix": {"title": {"query": begun, "analyzer": WORDS.analyzer}}},
        "sort": [{"published_at": {"order": "desc", "missing": "_last"}}],
        "track_total_hits": False,
    }


def _names_with(begun: str, field: str) -> Mapping[str, Any]:
    """The commonest folded names of a field in which a word begins so, with their spellings."""
    literally = "".join(
        letter if letter.isalnum() else " ?" if letter == " " else f"\\{letter}"
        for letter in joined_compounds(begun)
    )  # a compound that was begun with a space is without it in the index
    return {
        "terms": {
            "field": field,
            "include": f"{_ANY_WORD_OF_A_NAME}{literally}.*",
            "size": MOST_COMPLETIONS,
        },
        "aggs": {"spelt": {"terms": {"field": f"{field}.written", "size": _SPELLINGS}}},
    }


def completions(
    names: Mapping[str, Any], titles: Mapping[str, Any], begun: str, size: int
) -> tuple[Completion, ...]:
    """The best `size` of the answers to both requests, each folded text once.

    What begins as it was typed goes before names with that word inside, then the commonest.
    """
    whole = (hit.get("fields", {}).get(_TITLES_FIELD, [""])[0] for hit in titles["hits"]["hits"])
    found = [*_names(names), *_of_titles(map(without_marks, whole), begun)]
    start = _joined(begun)
    found.sort(key=lambda one: (not _joined(one.text).startswith(start), -one.count))
    best: dict[str, Completion] = {}
    for one in found:
        best.setdefault(_joined(one.text), one)
    return tuple(best.values())[:size]


def _names(answer: Mapping[str, Any]) -> Iterator[Completion]:
    """Each name in the spelling that most articles have."""
    for kind, found in answer.get("aggregations", {}).items():
        for bucket in found["buckets"]:
            name = _joined(bucket["key"])
            spelt = (one["key"] for one in bucket["spelt"]["buckets"])
            text = next((one for one in spelt if _joined(one) == name), bucket["key"])
            yield Completion(text, kind, bucket["doc_count"])


def _of_titles(titles: Iterable[str], typed: str) -> Iterator[Completion]:
    """What was typed with the words that follow it in `titles`.

    Of two that go on alike and are as common, the longer.
    """
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for title in titles:
        for found in set(_continued(title, typed)):
            spelt[fold(found)][found] += 1
    counts = {form: spellings.total() for form, spellings in spelt.items()}
    longest = {form for form in counts if not _goes_on(form, counts)}
    for form in longest:
        [(text, _)] = spelt[form].most_common(1)
        yield Completion(text, _TITLE, counts[form])


def _goes_on(form: str, counts: Mapping[str, int]) -> bool:
    return any(
        other.startswith(f"{form} ") and count >= counts[form] for other, count in counts.items()
    )


def _continued(title: str, typed: str) -> Iterator[str]:
    """Pieces of a title that begin with `typed`, and with one to three words more."""
    words = tokens(title)
    folded = [fold(word.form) for word in words]
    wanted = typed.split()
    for first in range(len(words) - len(wanted) + 1):
        last = first + len(wanted) - 1
        if folded[first:last] != wanted[:-1] or not folded[last].startswith(wanted[-1]):
            continue
        for end in range(last, min(len(words), last + 1 + _MOST_FOLLOWING)):
            if end > last and title[words[end - 1].end : words[end].start] != " ":
                break  # a sign between: the phrase ends there
            yield title[words[first].start : words[end].end]


def _joined(text: str) -> str:
    """What spellings of a name with and without spaces have in common."""
    return fold(text).replace(" ", "")
