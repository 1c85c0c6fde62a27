"""The words of an article's names under what Latin letters ask for them by.

In the field `name_keys`, each as `HFTR حفتر`: what stands behind a key are the spellings that the
articles have, so that a search learns from one aggregation which names Haftar may be, and how many
articles have each (`warraq.search.latin`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from warraq.text.romanization import words_by_key

NAME_FIELDS = ("persons", "organizations", "places")
LONGEST_KEY = 40
_WORDS_OF_PROPER_NAMES = 2  # what organizations with longer names are called are common nouns
_MOST_WORDS = 1_000  # of one article: a list of graduates has hundreds


def name_keys(fields: Mapping[str, Any]) -> list[str]:
    """The terms of an article, sorted. fields: its annotations, names among them."""
    found: dict[str, None] = {}
    for field in NAME_FIELDS:
        for name in fields.get(field) or ():
            if field == "organizations" and len(name.split()) > _WORDS_OF_PROPER_NAMES:
                continue
            for key, word in words_by_key(name):
                if len(key) <= LONGEST_KEY and len(found) < _MOST_WORDS:
                    found[f"{key} {word}"] = None
    return sorted(found)


def words_behind(keys: Iterable[str]) -> str:
    """A regular expression of Lucene for the terms of any of `keys`; empty if there are none."""
    alternatives = "|".join(keys)
    return f"({alternatives}) .+" if alternatives else ""


def word_of(term: str) -> str:
    """`HFTR حفتر` → حفتر."""
    return term.split(" ", 1)[1]
