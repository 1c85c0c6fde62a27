"""An index of its own for tests of search, with real articles put in by the real steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch

from config.settings import Settings
from warraq.analysis.encoder import Encoder
from warraq.analysis.pipeline import Pipeline, steps
from warraq.article import Contract, parse
from warraq.document import Document
from warraq.index.client import connect
from warraq.index.lifecycle import Layout, create
from warraq.index.schema import Vectors
from warraq.index.writer import IndexWriter, Written, action
from warraq.search import Hit, Results, Searcher
from warraq.search.query import QueryRepair
from warraq.text.edits import EditedText

EQUIVALENTS = ("الميليشيات, المليشيات", "البرلمان, مجلس النواب")  # militias; parliament


@dataclass(frozen=True, slots=True)
class Shelf:
    """`put` articles, then `search`."""

    client: Elasticsearch
    alias: str
    index: str
    _numbers: Iterator[int]
    pipeline: Pipeline = field(default_factory=Pipeline)
    repair: QueryRepair = EditedText
    encoder: Encoder | None = None

    def put(self, body: str = "", *, written: Written = "created", **fields: Any) -> Document:
        """One article, repaired, analysed and searchable; its source and id are made up if need be.

        written: what becomes of it. Returns it as it was indexed.
        """
        number = next(self._numbers)
        article = {"source": "shelf", "id": f"n{number}", "body": body, **fields}
        # Elasticsearch remembers the version of one that an earlier test had, and its deletion.
        document = Document.begun(
            parse(json.dumps(article).encode(), Contract()), intake_ms=2 * number
        )
        prepared = action(self.pipeline.run(document))
        assert IndexWriter(self.client, self.alias).write([prepared]) == [written]
        self.client.indices.refresh(index=self.alias)
        return document

    def empty(self) -> None:
        self.client.delete_by_query(
            index=self.index, query={"match_all": {}}, refresh=True, conflicts="proceed"
        )

    @property
    def searcher(self) -> Searcher:
        return Searcher(self.client, self.alias, repair=self.repair, encoder=self.encoder)

    def searcher_in(self, timezone: str, repair: QueryRepair = EditedText) -> Searcher:
        return Searcher(self.client, self.alias, timezone, repair)

    def search(self, text: str, **options: Any) -> Results:
        return self.searcher.search(text, **options)

    def found(self, text: str, **options: Any) -> list[str]:
        """Ids, best first, of the articles that `text` finds; without those that only come near."""
        return [hit.article_id for hit in full(self.search(text, **options))]


def full(results: Results) -> list[Hit]:
    """The hits that have what was typed."""
    return [hit for hit in results.hits if not (hit.near or hit.partial or hit.by_meaning)]


@contextmanager
def shelf_on(settings: Settings, encoder: Encoder | None = None) -> Iterator[Shelf]:
    client = connect(settings.elasticsearch_url, password=settings.elasticsearch_admin_password)
    vectors = Vectors(encoder.name, encoder.dimensions) if encoder is not None else None
    layout = Layout(f"shelf-{uuid4().hex[:12]}", equivalents=EQUIVALENTS, vectors=vectors)
    pipeline = Pipeline(steps(encoder=encoder))
    index, _ = create(client, layout)
    try:
        yield Shelf(client, layout.alias, index, count(1), pipeline, encoder=encoder)
    finally:
        client.indices.delete(index=index)
        client.close()
