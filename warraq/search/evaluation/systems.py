"""What is compared: Warraq as it is, and a plain index with an analyzer of Elasticsearch.

Each is a scratch index that is filled, asked, and removed whatever happens. Warraq's has the real
schema and is filled and asked by what fills and asks the real one: the intake contract, the steps,
the writer, the searcher. Only what workers learn of a source in Redis (lines that recur, stories)
is not there, since a collection has no sources.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol
from uuid import uuid4

from elasticsearch import Elasticsearch

from warraq.analysis.encoder import Encoder
from warraq.analysis.pipeline import Pipeline
from warraq.article import Contract, parse
from warraq.document import Document
from warraq.errors import Rejected, Unavailable, WarraqError
from warraq.index.client import elasticsearch_errors
from warraq.index.lifecycle import Layout, create
from warraq.index.writer import IndexWriter, action
from warraq.search.evaluation.beir import Text
from warraq.search.query import QueryRepair
from warraq.search.results import Results
from warraq.search.searcher import Searcher

_SOURCE = "evaluate"
_BATCH = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """ids: of texts, best first. took_ms: inside Elasticsearch."""

    ids: tuple[str, ...]
    took_ms: int


class System(Protocol):
    """Something that has been filled with texts and can be asked.

    refused: texts that it would not have, by id, each with the reason.
    """

    @property
    def refused(self) -> dict[str, str]: ...
    def ask(self, query: str, size: int) -> Answer:
        """The best `size` texts. Raises BadQuery where it does not take such a query."""
        ...


@dataclass(frozen=True, slots=True)
class Plain:
    """One field with title and text, one `match` query, BM25 as it is by default."""

    client: Elasticsearch
    index: str
    refused: dict[str, str] = field(default_factory=dict)

    def ask(self, query: str, size: int) -> Answer:
        with elasticsearch_errors():
            answer = self.client.search(
                index=self.index, query={"match": {"text": query}}, size=size, source=False
            )
        return Answer(tuple(hit["_id"] for hit in answer["hits"]["hits"]), answer["took"])


@contextmanager
def plain(client: Elasticsearch, analyzer: str, texts: Sequence[Text]) -> Iterator[Plain]:
    """A plain index of `texts` with a built-in analyzer, such as `standard` or `arabic`."""
    system = Plain(client, _scratch_name())
    with elasticsearch_errors():
        client.indices.create(
            index=system.index,
            settings={"number_of_shards": 1, "number_of_replicas": 0},
            mappings={"properties": {"text": {"type": "text", "analyzer": analyzer}}},
        )
    with _removed(client, system.index):
        for batch in _batches(texts):
            _fill(system, batch)
        with elasticsearch_errors():
            client.indices.refresh(index=system.index)
        yield system


def _fill(system: Plain, texts: Iterable[Text]) -> None:
    lines: list[dict[str, Any]] = []
    for text in texts:
        lines += [{"index": {"_id": text.id}}, {"text": f"{text.title}\n{text.text}"}]
    with elasticsearch_errors():
        answer = system.client.bulk(index=system.index, operations=lines)
    for item in answer["items"]:
        if "error" in item["index"]:
            raise WarraqError(f"{item['index']['_id']}: {item['index']['error']['reason']}")


@dataclass(frozen=True, slots=True)
class Installation:
    """How Warraq is set up: what of its settings tells what is found.

    repair: of what is typed; see `warraq.search.query.as_articles`. timezone: an IANA name.
    encoder: of the dense view, if there is one; the same as of pipeline and layout.
    """

    layout: Layout
    pipeline: Pipeline
    contract: Contract
    repair: QueryRepair
    timezone: str
    encoder: Encoder | None = None


@contextmanager
def warraq(
    client: Elasticsearch,
    set_up: Installation,
    texts: Sequence[Text],
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[Warraq]:
    """Warraq on an index of `texts`, under an alias of its own."""
    layout = replace(set_up.layout, alias=_scratch_name())
    index, _ = create(client, layout)
    with _removed(client, index):
        system = Warraq(client, replace(set_up, layout=layout))
        for number, batch in enumerate(_batches(texts)):
            system.write(batch)
            progress(min((number + 1) * _BATCH, len(texts)), len(texts))
        with elasticsearch_errors():
            client.indices.refresh(index=index)
        yield system


@dataclass(frozen=True, slots=True)
class Warraq:
    """The product, in an index of its own."""

    client: Elasticsearch
    set_up: Installation
    refused: dict[str, str] = field(default_factory=dict)

    def write(self, texts: Iterable[Text]) -> None:
        """Brings `texts` in as workers bring a batch in; what they would bury is `refused`."""
        ready = []
        for text in texts:
            try:
                ready.append((text.id, action(self.set_up.pipeline.run(self._begun(text)))))
            except Rejected as why:
                self.refused[text.id] = why.detail
        writer = IndexWriter(self.client, self._alias)
        outcomes = writer.write([one for _, one in ready])
        for (text_id, _), outcome in zip(ready, outcomes, strict=True):
            if isinstance(outcome, Unavailable):
                raise outcome
            if isinstance(outcome, Rejected):
                self.refused[text_id] = outcome.detail

    def _begun(self, text: Text) -> Document:
        article = {"source": _SOURCE, "id": text.id, "title": text.title, "body": text.text}
        return Document.begun(
            parse(json.dumps(article).encode(), self.set_up.contract), intake_ms=0
        )

    def ask(self, query: str, size: int) -> Answer:
        results = self.search(query, size)
        return Answer(tuple(hit.article_id for hit in results.hits), results.took_ms)

    def search(self, query: str, size: int) -> Results:
        """As `ask`, with all that a search gives back."""
        set_up = self.set_up
        searcher = Searcher(
            self.client, self._alias, set_up.timezone, set_up.repair, set_up.encoder
        )
        return searcher.search(query, size=size)

    @property
    def _alias(self) -> str:
        return self.set_up.layout.alias


def _batches(texts: Sequence[Text]) -> Iterator[Sequence[Text]]:
    return (texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH))


def _scratch_name() -> str:
    return f"warraq-evaluate-{uuid4().hex[:12]}"


@contextmanager
def _removed(client: Elasticsearch, index: str) -> Iterator[None]:
    """Takes the index away at the end, Ctrl-C included."""
    try:
        yield
    finally:
        with elasticsearch_errors():
            client.indices.delete(index=index)
