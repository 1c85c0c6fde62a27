"""All that is fuzzed. `search`, which needs an Elasticsearch, is in tests/fuzz/search.py."""

from __future__ import annotations

from tests.fuzz import contract, files, queries, texts
from tests.fuzz.target import Target

TARGETS = {
    target.name: target
    for target in (
        Target(
            "payload",
            "any bytes are an article that is indexed and read back, or a refusal with a reason",
            contract.parse_payload,
            contract.payload_seeds,
        ),
        Target(
            "fields",
            "an article with any values in its fields is the same, or a refusal that names them",
            contract.parse_fields,
            contract.field_seeds,
            longest=1_000,
        ),
        Target(
            "repair",
            "every change to a text is an edit that leads back to the original",
            texts.repair,
            texts.text_seeds,
        ),
        Target(
            "analysis",
            "all steps succeed, find what stands there, twice the same, fit for the index",
            texts.analyse,
            texts.text_seeds,
        ),
        Target(
            "growth",
            "four times the text costs about four times the time",
            texts.grow,
            texts.grown_seeds,
            longest=160,
        ),
        Target(
            "query",
            "what is typed is a request, or a refusal that says which piece is at fault",
            queries.ask,
            queries.query_seeds,
            longest=2_100,
        ),
        Target(
            "options",
            "cursors, facets and beginnings of words are read or refused",
            queries.read_options,
            queries.option_seeds,
            longest=500,
        ),
        Target(
            "files",
            "a file is records and refusals, whatever its format says",
            files.read_file,
            files.file_seeds,
        ),
    )
}
