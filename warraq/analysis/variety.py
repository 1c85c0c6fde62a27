"""Standard Arabic or dialect: by words that standard Arabic does not have.

Each sentence is weighed by itself. One marker makes a short sentence dialectal (مش عارف, "I don't
know"); a longer one takes more of them, for standard text quotes a word and has words that look
like one: مو (Mo), دي (di), شو (show). The table is `warraq/data/languages/dialect-words.tsv`.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from warraq.annotations import TextField
from warraq.document import Document
from warraq.text.lexicon import lexicon_key, shipped_lexicon
from warraq.text.tokens import Token

FOLDER = Path(__file__).parent.parent / "data" / "languages"

_LEAST = 0.8  # in a sentence of a few words …
_WORDS_TO_ONE = 9  # … and so many words more take one marker more
_MIXED = 0.1  # shares of words
_DIALECT = 0.5
_SURE_OF_REGION = 1.5  # of markers, and
_TIMES_THE_NEXT = 2

# Negation around the verb: ماينفعش (it won't do), ماتخافش (don't be afraid).
_NEGATED = re.compile(r"[وف]?ما?[يتن]\w{2,}ش")
_NOT_NEGATED = frozenset({"متوحش", "منقوش", "منعش", "ميش", "متعطش", "مناقش", "مينيش", "متعش"})
# This: هالسنة (this year), هالناس (these people).
_THIS = re.compile(r"هال(\w{3,})")
_COMMON = 4.5  # a cost
_FOLLOWS_SHOW = frozenset({"توك", "ريالتي", "رود"})
_QUOTES = "\"'«»“”‘’()"


class Marker(NamedTuple):
    """How surely a word is dialectal, 0 to 1, and where it is said; nowhere in particular: ()."""

    weight: float
    regions: tuple[str, ...]


class Variety(NamedTuple):
    """share: of the words, those in dialectal sentences. region: None unless sure."""

    share: float
    region: str | None

    @property
    def name(self) -> str:
        """Either "msa" (Modern Standard Arabic), "mixed" or "dialect"."""
        if self.share < _MIXED:
            return "msa"
        return "mixed" if self.share < _DIALECT else "dialect"


def detect_variety(document: Document) -> None:
    """Sets the fields `variety` and `dialect_share`, and `dialect_region` where it is sure."""
    found = variety(document.text_fields)
    if found is None:
        return
    document.fields["variety"] = found.name
    document.fields["dialect_share"] = round(found.share, 3)
    if found.region and found.name != "msa":
        document.fields["dialect_region"] = found.region


def variety(fields: Sequence[TextField]) -> Variety | None:
    """That of all `fields` together; None if they hold no word."""
    words = dialectal = 0
    regions: Counter[str] = Counter()
    for field in fields:
        words += len(field.tokens)
        for sentence in _with_markers(field):
            if sum(one.weight for one in sentence.markers) >= _needed(sentence.words):
                dialectal += sentence.words
                for one in sentence.markers:
                    for region in one.regions:
                        regions[region] += one.weight / len(one.regions) ** 0.5
    if not words:
        return None
    return Variety(dialectal / words, _region(regions))


def _needed(words: int) -> float:
    return max(_LEAST, words / _WORDS_TO_ONE)


def _region(regions: Counter[str]) -> str | None:
    ranked = [*regions.most_common(2), ("", 0.0), ("", 0.0)]
    first, second = ranked[0], ranked[1]
    sure = first[1] >= _SURE_OF_REGION and first[1] >= _TIMES_THE_NEXT * second[1]
    return first[0] if sure else None


class _Sentence(NamedTuple):
    words: int
    markers: list[Marker]


def _with_markers(field: TextField) -> list[_Sentence]:
    """The sentences of `field` that hold a marker."""
    found: list[_Sentence] = []
    tokens = field.tokens
    for first, last in field.sentence_bounds():
        markers = [
            one
            for at in range(first, last)
            if (one := marker(tokens[at].key)) and not _quoted(field.text, tokens, at)
        ]
        if markers:
            found.append(_Sentence(last - first, markers))
    return found


def _quoted(text: str, tokens: Sequence[Token], at: int) -> bool:
    """Whether the word stands alone between quotation marks, or is the English "show"."""
    token = tokens[at]
    before, after = text[max(token.start - 1, 0) : token.start], text[token.end : token.end + 1]
    if before and after and before in _QUOTES and after in _QUOTES:
        return True
    return at > 0 and token.key == "شو" and tokens[at - 1].key in _FOLLOWS_SHOW


def _table() -> dict[str, Marker]:
    table: dict[str, Marker] = {}
    with (FOLDER / "dialect-words.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            regions = tuple(filter(None, row["regions"].split(",")))
            for word in map(lexicon_key, row["words"].split()):
                known = table.get(word, Marker(0.0, ()))
                weight = max(known.weight, float(row["weight"]))
                table[word] = Marker(weight, known.regions + regions)
    return table


_MARKERS = _table()
_lexicon = shipped_lexicon()


@lru_cache(maxsize=1 << 15)
def marker(key: str) -> Marker | None:
    """What the token key `key` tells of a dialect, also behind و (and); None if nothing."""
    found = _MARKERS.get(key)
    if found is None and key.startswith("و"):
        found = _MARKERS.get(key[1:])
    if found is not None:
        return found
    if _NEGATED.fullmatch(key) and key not in _NOT_NEGATED and key not in _lexicon:
        return Marker(0.8, ("egypt", "maghreb"))
    if (this := _THIS.fullmatch(key)) and _common(this[1]) and not _common(key):
        return Marker(0.8, ("levant", "gulf", "iraq"))
    return None


def _common(key: str) -> bool:
    cost = _lexicon.cost(key)
    return cost is not None and cost < _COMMON
