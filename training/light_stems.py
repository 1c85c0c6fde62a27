"""Lucene's light stemmer for Arabic, to reckon with what an index makes of a word.

Larkey, Ballesteros and Connell 2002, "Improving stemming for Arabic information retrieval: light
stemming and co-occurrence analysis" (light10), as org.apache.lucene.analysis.ar.ArabicStemmer does
it; tests/index/test_stems.py compares them.
"""

from __future__ import annotations

from functools import lru_cache

_PREFIXES = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ي")


@lru_cache(1 << 16)
def light_stem(word: str) -> str:
    """The stem of a folded word."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) >= (4 if len(prefix) == 1 else len(prefix) + 2):
            word = word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 2:
            word = word[: -len(suffix)]
    return word
