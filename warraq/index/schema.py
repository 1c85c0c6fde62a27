"""The one home of every field and analyzer of the index.

A text is indexed in views: the same words made comparable in several ways, each a subfield with an
analyzer of its own. All views begin with the same folding, made from `warraq.text.letters`, so
Kibana and plain Elasticsearch queries fold exactly as `warraq.text.normalize.fold` does.

What an analysis step adds to an article needs one line in `FIELDS`; a new view one in `VIEWS`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from warraq.text.letters import DECOMPOSED_HAMZA, FOLDING

Mapping = dict[str, Any]

LONGEST_KEYWORD = 8_191
"""UTF-16 units; Lucene refuses a whole document for one term of more than 32,766 bytes."""
LONGEST_EXTRA = 9_000
"""The same for values in `extra`, whose terms begin with the path of keys, at most 4,005 bytes."""

_FOLDING, _EQUIVALENTS, _LIGHT_STEM = "warraq_folding", "warraq_equivalents", "warraq_light_stem"


@dataclass(frozen=True, slots=True)
class View:
    """One way to make the words of a text comparable.

    name: of the subfield; "" is the field itself. filters: token filters that come after folding
    and lower case. Searches add the equivalents before `filters`, on whole folded words.
    """

    name: str
    analyzer: str
    filters: tuple[str, ...] = ()

    @property
    def search_analyzer(self) -> str:
        return f"{self.analyzer}_search"


WORDS = View("", "warraq_folded")
VIEWS = (WORDS, View("stem", "warraq_stem", (_LIGHT_STEM,)))

_KEYWORD: Mapping = {"type": "keyword", "ignore_above": LONGEST_KEYWORD}
_KEPT: Mapping = {"type": "object", "enabled": False}  # in `_source` alone


def _text(*views: View) -> Mapping:
    """A text field whose first view is the field itself and the others its subfields."""

    def seen_as(view: View) -> Mapping:
        return {
            "type": "text",
            "analyzer": view.analyzer,
            "search_analyzer": view.search_analyzer,
        }

    field = seen_as(views[0])
    if subfields := {view.name: seen_as(view) for view in views[1:]}:
        field["fields"] = subfields
    return field


FIELDS: Mapping = {
    # Who it is
    "source": _KEYWORD,
    "article_id": _KEYWORD,
    "url": _KEYWORD,
    # What it says, repaired
    "title": _text(*VIEWS),
    "body": _text(*VIEWS),
    "byline": _text(WORDS),  # who wrote it, where, for whom: taken out of the body
    "boilerplate": {**_text(WORDS), "fields": {"keyword": _KEYWORD}},
    "author": {**_text(WORDS), "fields": {"keyword": _KEYWORD}},
    "section": _KEYWORD,
    "tags": _KEYWORD,
    "language": _KEYWORD,
    "extra": {"type": "flattened", "ignore_above": LONGEST_EXTRA},
    # When, and in which version
    "published_at": {"type": "date"},
    "updated_at": {"type": "date"},
    "received_at": {"type": "date"},
    "indexed_at": {"type": "date"},
    "revision": {"type": "long"},
    "version": {"type": "long"},
    "version_kind": _KEYWORD,
    "deleted": {"type": "boolean"},
    # What was done to it; spans count code points, so they are not for searching
    "original": _KEPT,
    "edits": _KEPT,
    "repairs": _KEYWORD,
    "failed_steps": _KEYWORD,
    "ignored_fields": _KEYWORD,
    # What the analysis found
    "word_count": {"type": "integer"},
    "sentence_count": {"type": "integer"},
    "reading_seconds": {"type": "integer"},
}

DEFAULT_FIELDS = (
    "title^3",
    "title.stem^2",
    "body^1.5",
    "body.stem",
    "byline",
    "author",
    "section",
    "tags",
    "source",
    "url",
)
"""Where Kibana's search box and a plain `simple_query_string` look, and how much each counts."""


def index_body(
    equivalents: Sequence[str], shards: int, replicas: int, refresh_seconds: int
) -> Mapping:
    """The body of a request that creates an index: settings and mappings.

    equivalents: lines in Solr's synonym format; blank ones and those with # first are passed over.
    """
    rules = equivalent_rules(equivalents)
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "refresh_interval": f"{refresh_seconds}s",
                "query": {"default_field": list(DEFAULT_FIELDS)},
            },
            "analysis": _analysis(rules),
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"schema": schema_digest(), "equivalents": equivalents_digest(rules)},
            "properties": FIELDS,
        },
    }


def equivalent_rules(lines: Iterable[str]) -> list[str]:
    """The rules among `lines`, without comments and blank lines."""
    stripped = (line.strip() for line in lines)
    return [line for line in stripped if line and not line.startswith("#")]


def schema_digest() -> str:
    """16 hex digits that change with every field and every analyzer that indexing uses.

    An index that carries another one in its mapping's `_meta` has to be reindexed.
    """
    return _digest([FIELDS, DEFAULT_FIELDS, _analysis([])])


def equivalents_digest(rules: Sequence[str]) -> str:
    """16 hex digits of the rules, which count for searches alone and need no reindexing."""
    return _digest(list(rules))


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _analysis(rules: Sequence[str]) -> Mapping:
    analyzers: Mapping = {}
    for view in VIEWS:
        analyzers[view.analyzer] = _analyzer(*view.filters)
        analyzers[view.search_analyzer] = _analyzer(
            *((_EQUIVALENTS,) if rules else ()), *view.filters
        )
    filters: Mapping = {_LIGHT_STEM: {"type": "stemmer", "language": "arabic"}}
    if rules:
        filters[_EQUIVALENTS] = {"type": "synonym_graph", "synonyms": list(rules)}
    return {
        "char_filter": {_FOLDING: {"type": "mapping", "mappings": folding_rules()}},
        "filter": filters,
        "analyzer": analyzers,
    }


def _analyzer(*filters: str) -> Mapping:
    return {
        "type": "custom",
        "char_filter": [_FOLDING],
        "tokenizer": "standard",
        "filter": ["lowercase", *filters],
    }


def folding_rules() -> list[str]:
    r"""The folding as rules of a `mapping` char filter: `\u0623=>\u0627` for أ → ا (alef).

    Everything is escaped, because blanks, `=>` and backslashes have a meaning in rules. The filter
    takes the longest rule that fits, so a hamza that was typed after its seat folds with it.
    """
    pairs = {
        pair: FOLDING.get(letter, letter) for pair, letter in DECOMPOSED_HAMZA.items()
    } | FOLDING
    return [f"{_escaped(spelling)}=>{_escaped(folded)}" for spelling, folded in pairs.items()]


def _escaped(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(
        f"\\u{units[place] << 8 | units[place + 1]:04x}" for place in range(0, len(units), 2)
    )
