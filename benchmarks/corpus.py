"""The articles of a run, and the documents that must come of them.

An article's time of intake is fixed here and carried in its stream entry, as a replay carries it,
so that whoever writes an article, in whatever round, writes the same document.
"""

from __future__ import annotations

import hashlib
import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.enqueue import SAMPLES, Ready, enqueue
from warraq.analysis.pipeline import Pipeline
from warraq.article import Contract, parse
from warraq.document import Document
from warraq.errors import Rejected
from warraq.inbox.lines import RecurringLines
from warraq.index.documents import to_source
from warraq.sources.mapping import ArticleMapping

INTAKE_MS = 1_700_000_000_000
_NOT_COMPARED = {"indexed_at", "story_id"}
_PARAGRAPHS = (1, 17)  # of the samples, in one article: 3.6 KB in the mean, from 0.5 to 8


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article, and the document that it becomes: `source` without `indexed_at`."""

    payload: bytes
    intake_ms: int
    id: str
    version: int
    source: dict[str, Any]


def sample_payloads(count: int) -> list[bytes]:
    """`count` articles from the demonstration's, under new ids, of shuffled paragraphs.

    They do not name their language, so that the step which detects it has something to do.
    """
    samples = [json.loads(line) for line in SAMPLES.read_text("utf-8").splitlines()]
    paragraphs = [part for one in samples for part in one["body"].split("\n") if part.strip()]
    for one in samples:
        one.pop("language", None)
    chance = random.Random(1)
    return [
        json.dumps(
            {
                **chance.choice(samples),
                "id": f"bench-{number}",
                "url": f"https://example.org/bench/{number}",
                "body": "\n\n".join(chance.choices(paragraphs, k=chance.randint(*_PARAGRAPHS))),
            },
            ensure_ascii=False,
        ).encode()
        for number in range(count)
    ]


def payloads_of(file: str, mapping: ArticleMapping, count: int) -> list[bytes]:
    """The first `count` valid articles of `file`, each id once, as `warraq enqueue` sends them."""
    ready = Ready([])
    with tempfile.TemporaryDirectory() as folder:
        enqueue(ready, [file], mapping, Path(folder))
    newest = {parse(payload, Contract()).article.document_id: payload for payload in ready.payloads}
    return list(newest.values())[:count]


def prepared(payloads: Sequence[bytes], lines: RecurringLines | None = None) -> list[Prepared]:
    """What becomes of `payloads`; empty articles are left out.

    lines: knows what recurs in them (`begun`). Without it no text step runs.
    """
    return list(_prepared(payloads, lines))


def begun(payloads: Sequence[bytes]) -> list[Document]:
    """The articles of `payloads` up to where lines are looked for that recur.

    When lines have been learned from all of them before the clock runs, then what is made of an
    article does not depend on which came first.
    """
    return list(_begun(payloads, Pipeline()))


def _begun(payloads: Sequence[bytes], pipeline: Pipeline) -> Iterator[Document]:
    for number, payload in enumerate(payloads):
        received = parse(payload, Contract())
        yield pipeline.begin(Document.begun(received, INTAKE_MS + number, payload))


def _prepared(payloads: Sequence[bytes], lines: RecurringLines | None) -> Iterator[Prepared]:
    pipeline = Pipeline(off=("all",) if lines is None else ())
    for payload, document in zip(payloads, _begun(payloads, pipeline), strict=True):
        if lines is not None:
            lines.learn([document])
        try:
            pipeline.finish(document)
        except Rejected:
            continue
        source = to_source(document, indexed_at=datetime.now(UTC))
        del source["indexed_at"]
        yield Prepared(payload, document.intake_ms, document.id, document.version, source)


def digest(documents: Iterator[tuple[str, int, dict[str, Any]]]) -> str:
    """16 hex digits over (id, version, source) of each of `documents`, in any order, without what
    depends on when, and beside which others, an article came."""
    lines = []
    for name, version, source in documents:
        told = {key: value for key, value in source.items() if key not in _NOT_COMPARED}
        text = json.dumps([name, version, told], sort_keys=True, ensure_ascii=True)
        lines.append(hashlib.sha256(text.encode()).digest())
    return hashlib.sha256(b"".join(sorted(lines))).hexdigest()[:16]


def digest_of(documents: Sequence[Prepared]) -> str:
    """The digest that an index of exactly `documents` has."""
    # As it comes back from Elasticsearch: without Python's tuples.
    told = json.loads(json.dumps([one.source for one in documents]))
    return digest(
        (one.id, one.version, source) for one, source in zip(documents, told, strict=True)
    )
