"""The one home of every field of the index.

A text is indexed in views, the same words made comparable in several ways; `warraq.index.analyzers`
says how. What an analysis step adds to an article needs one line in `FIELDS`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warraq.index.analyzers import (
    EXACT,
    GRAMS,
    NAMES,
    OPENING,
    VIEWS,
    WORDS,
    View,
    analysis,
    synonyms,
)

Mapping = dict[str, Any]

LONGEST_KEYWORD = 8_191
"""UTF-16 units; Lucene refuses a whole document for one term of more than 32,766 bytes."""
LONGEST_EXTRA = 9_000
"""The same for values in `extra`, whose terms begin with the path of keys, at most 4,005 bytes."""

_KEYWORD: Mapping = {"type": "keyword", "ignore_above": LONGEST_KEYWORD}
# Filters take any spelling, of articles and of who asks; `written` is for people to read in facets.
# `words`, in order and of one name alone, are what is asked for by parts of a name.
_IN_WORDS: Mapping = {
    "type": "text",
    "analyzer": WORDS.analyzer,
    "search_analyzer": WORDS.search_analyzer,
    "norms": False,
}
_NAME: Mapping = {
    **_KEYWORD,
    "normalizer": NAMES,
    # To be counted and shown: filters take the name itself. Not indexed, it is a column alone.
    "fields": {"written": {**_KEYWORD, "index": False}, "words": _IN_WORDS},
}
_LABEL: Mapping = {**_KEYWORD, "fields": {"words": _IN_WORDS}}
# To be found, not to be sorted or counted by: the column would be larger than the list of words.
_FOUND: Mapping = {**_KEYWORD, "doc_values": False}
_KEPT: Mapping = {"type": "object", "enabled": False}  # in `_source` alone
_SPAN: Mapping = {  # inside nested objects, where nothing can be left out of the mapping
    "field": {"type": "keyword", "index": False, "doc_values": False},
    "start": {"type": "integer", "index": False, "doc_values": False},
    "end": {"type": "integer", "index": False, "doc_values": False},
}


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


def _searched(**subfields: Mapping) -> Mapping:
    """A text in all views, and by its very letters: which words it has, as small as can be."""
    field = _text(*VIEWS)
    field["fields"][EXACT.name] = {
        "type": "text",
        "analyzer": EXACT.analyzer,
        "search_analyzer": EXACT.search_analyzer,
        "index_options": "docs",
        "norms": False,
    }
    field["fields"] |= subfields
    field["copy_to"] = [GRAMS.name, OPENING.name]
    return field


FIELDS: Mapping = {
    # Who it is
    "source": _KEYWORD,
    "article_id": _KEYWORD,
    "url": _KEYWORD,
    # What it says, repaired
    "title": _searched(whole={**_KEYWORD, "index": False}),  # in one piece, for completions
    "body": _searched(),
    "grams": {**_text(GRAMS), "index_options": "freqs"},  # nobody asks for a phrase in it
    "opening": _text(OPENING),
    "byline": _text(WORDS),  # who wrote it, where, for whom: taken out of the body
    "boilerplate": {**_text(WORDS), "fields": {"keyword": _KEYWORD}},
    "author": {**_text(WORDS), "fields": {"keyword": _KEYWORD}},
    "section": _LABEL,
    "tags": _LABEL,
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
    # What the analysis found: what people filter, count and read by
    "word_count": {"type": "integer"},
    "sentence_count": {"type": "integer"},
    "reading_seconds": {"type": "integer"},
    "languages": _KEYWORD,
    "variety": _KEYWORD,
    "dialect_share": {"type": "float"},
    "dialect_region": _KEYWORD,
    "lemmas": _FOUND,
    "roots": _FOUND,
    "persons": _NAME,
    "organizations": _NAME,
    "places": _NAME,
    "name_keys": _KEYWORD,  # to be met from Latin letters, see `warraq.index.names`
    "countries": _KEYWORD,
    "locations": {"type": "geo_point"},
    "mentions": {"type": "date_range", "format": "strict_date"},
    "quantities": {
        "type": "nested",
        "properties": {
            **_SPAN,
            "text": {"type": "keyword", "index": False, "doc_values": False},
            "value": {"type": "double"},
            "kind": _KEYWORD,
            "unit": _KEYWORD,
            "of": _KEYWORD,
        },
    },
    "quotations": {
        "type": "nested",
        "properties": {
            **_SPAN,
            "text": _text(WORDS),
            "speaker": _NAME,
            "verb": _KEYWORD,
            "direct": {"type": "boolean"},
        },
    },
    "speakers": _NAME,
    "keywords": _NAME,
    "summary": _text(WORDS),
    "story_id": _KEYWORD,
    "text_digest": _KEYWORD,
    # … and where in the text it found that
    "entities": _KEPT,
    "dates": _KEPT,
}


@dataclass(frozen=True, slots=True)
class Vectors:
    """What the optional field `vector` holds. encoder: name of what makes the vectors."""

    encoder: str
    dimensions: int


def fields(vectors: Vectors | None = None) -> Mapping:
    """All fields: those of every index, and `vector` if there is to be one."""
    if vectors is None:
        return FIELDS
    # A byte a dimension is searched, the whole numbers stay on disk. All that Elasticsearch would
    # add by itself is written out, so that drift shows; so does another encoder, by its name.
    return FIELDS | {
        "vector": {
            "type": "dense_vector",
            "dims": vectors.dimensions,
            "index": True,
            "similarity": "cosine",
            "index_options": {"type": "int8_hnsw", "m": 16, "ef_construction": 100},
            "meta": {"encoder": vectors.encoder},
        }
    }


UNSTORED = ("lemmas", "roots", "name_keys")
"""Found by, and left out of `_source`, of which they would be a quarter: all of it follows from the
rest, and `warraq.index.documents.with_unstored` makes it anew where documents are copied."""

DEFAULT_FIELDS = (
    "title",
    "title.stem^3",
    "body^.3",
    "body.stem",
    "opening^.3",
    "byline",
    "author",
    "section",
    "tags",
    "source",
    "url",
)
"""Where Kibana's search box and a plain `simple_query_string` look, and how much each counts.

Not in `grams`, where an article is found that has three letters of a word.
"""


def index_body(
    equivalents: Sequence[str],
    shards: int,
    replicas: int,
    refresh_seconds: int,
    vectors: Vectors | None = None,
) -> Mapping:
    """The body of a request that creates an index: settings and mappings.

    equivalents: lines in Solr's synonym format; blank ones and those with # first are passed over.
    vectors: of the dense view, if there is one.
    """
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "refresh_interval": f"{refresh_seconds}s",
                # Two thirds of an index are `_source`: this more than halves them.
                "codec": "best_compression",
                "query": {"default_field": list(DEFAULT_FIELDS)},
            },
            "analysis": analysis(synonyms(equivalents)),
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": {"schema": schema_digest(vectors)},
            "_source": {"excludes": list(UNSTORED)},
            "properties": fields(vectors),
        },
    }


def schema_digest(vectors: Vectors | None = None) -> str:
    """16 hex digits that change with every field and every analyzer that indexing uses.

    An index that carries another one in its mapping's `_meta` has to be reindexed.
    """
    # Without equivalents: they count for searches alone and can be changed where they are.
    asked = [fields(vectors), UNSTORED, DEFAULT_FIELDS, analysis([])]
    text = json.dumps(asked, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
