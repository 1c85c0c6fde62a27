"""Sends bad inputs through the real inbox, delivery and index among innocent neighbours."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from tests.bad_inputs.bad_input import INDEXED, BadInput
from warraq.analysis.pipeline import Pipeline
from warraq.article import Contract, parse
from warraq.delivery import Delivery
from warraq.document import Document
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.letter import DeadLetter
from warraq.inbox.stream import Inbox
from warraq.index.documents import without_marks
from warraq.index.schema import UNSTORED
from warraq.index.writer import IndexWriter, action

BATCH, BATCH_BYTES = 45, 20_000_000
"""Of bad inputs that are sent at once."""
INNOCENTS = 5
_SECONDS = 600
_CONTRACT = Contract()
_DEMO = Path(__file__).parents[2] / "demo" / "articles.jsonl"
_PLAIN = [
    article
    for article in map(json.loads, _DEMO.read_text("utf-8").splitlines())
    if "<" not in article["body"]
]
_numbers = count(1)


@dataclass(slots=True)
class Tried:
    """What became of one. outcome: as in `BadInput`. faults: what should have been otherwise."""

    one: BadInput
    outcome: str = "lost"
    detail: str = ""
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Try:
    """Everything that is needed to send inputs. inbox: empty. alias: of an index of its own."""

    inbox: Inbox
    client: Elasticsearch
    alias: str

    def all(self, inputs: Iterable[BadInput]) -> Iterator[Tried]:
        """Each of `inputs` with its outcome, in their order."""
        batch: list[BadInput] = []
        for one in inputs:
            if len(batch) == BATCH or sum(len(b.raw) for b in batch) > BATCH_BYTES:
                yield from self._batch(batch)
                batch = []
            batch.append(one)
        yield from self._batch(batch)

    def _batch(self, inputs: list[BadInput]) -> Iterator[Tried]:
        innocents = dict(islice(_innocents(), INNOCENTS))
        every = max(1, len(inputs) // INNOCENTS)
        entries: list[str] = []
        waiting = iter(innocents.values())
        for number, one in enumerate(inputs):
            if number % every == 0:
                self.inbox.add_many([article for article in (next(waiting, None),) if article])
            entries.append(self._send(one))
        self.inbox.add_many(list(waiting))
        delivery = Delivery(
            self.inbox, IndexWriter(self.client, self.alias), Pipeline(),
            consumer="bad-inputs", process="bad-inputs",
        )  # fmt: skip
        report = delivery.run(_SECONDS)
        left = self.inbox.counts()
        assert (left.waiting, left.in_hand, report.unavailable) == (0, 0, None)
        assert report.outcomes.total() == len(inputs) + len(innocents), report
        letters = {letter.entry: letter for letter in DeadLetters(self.inbox)}
        self._check_innocents(innocents)
        for one, entry in zip(inputs, entries, strict=True):
            yield self._tried(one, letters.pop(entry, None))
        assert not letters, "these died as well"
        self.inbox.client.delete(keys.DEAD)

    def _send(self, one: BadInput) -> str:
        if not one.entry:
            return self.inbox.add_many([one.raw])[0]
        fields: Any = one.entry
        return bytes(self.inbox.client.xadd(keys.STREAM, fields)).decode()

    def _check_innocents(self, innocents: Mapping[str, bytes]) -> None:
        """They are as they would be if they had come alone."""
        for identifier, payload in innocents.items():
            alone = Pipeline().run(Document.begun(parse(payload, _CONTRACT), 1))
            found = self._stored(identifier)
            assert found is not None, "an innocent neighbour is not there"
            assert _lasting(found) == _lasting(json.loads(action(alone).source))

    def _tried(self, one: BadInput, letter: DeadLetter | None) -> Tried:
        tried = Tried(one)
        if letter is not None:
            tried.outcome, tried.detail = letter.reason, letter.detail
            tried.faults += _of_letter(one, letter)
        if one.outcome == INDEXED:
            received = parse(one.raw, _CONTRACT) if letter is None else None
            found = self._stored(received.article.document_id) if received else None
            if received is not None and found is not None:
                tried.outcome = INDEXED
                tried.faults += _of_document(one, Document.begun(received, 1, one.raw), found)
        if tried.outcome != one.outcome:
            tried.faults.append(f"{tried.outcome} instead of {one.outcome}: {tried.detail}")
        return tried

    def _stored(self, identifier: str) -> dict[str, Any] | None:
        answer = self.client.options(ignore_status=404).get(index=self.alias, id=identifier)
        return dict(answer["_source"]) if answer.get("found") else None


def _lasting(source: Mapping[str, Any]) -> dict[str, Any]:
    """A document without what depends on when it came, and on what came before, and without what
    Elasticsearch does not give back."""
    passing = ("indexed_at", "received_at", "version", "story_id", *UNSTORED)
    return {name: value for name, value in source.items() if name not in passing}


def _innocents() -> Iterator[tuple[str, bytes]]:
    """Document id and payload of good articles, each from a source that has no other."""
    for article in cycle(_PLAIN):
        sent = article | {"source": f"innocent-{next(_numbers)}"}
        payload = json.dumps(sent, ensure_ascii=False).encode()
        yield parse(payload, _CONTRACT).article.document_id, payload


def _of_letter(one: BadInput, letter: DeadLetter) -> Iterator[str]:
    if one.says not in letter.detail:
        yield f"the reason does not speak of {one.says!r}: {letter.detail}"
    if not letter.detail or "\n" in letter.detail or "Traceback" in letter.detail:
        yield f"the reason is no sentence: {letter.detail!r}"
    kept = one.raw
    if one.entry:
        fields = {name: value.decode(errors="replace") for name, value in one.entry.items()}
        kept = json.dumps(fields, ensure_ascii=False).encode()
    if letter.payload != kept:
        yield "the dead letter does not keep the payload as it came"
    if letter.attempts != 1:
        yield f"it took {letter.attempts} deliveries"


def _of_document(one: BadInput, sent: Document, found: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the document `found` of what was `sent`."""
    if steps := found.get("failed_steps"):
        yield f"steps failed: {', '.join(steps)}"
    original = found.get("original", {})
    for name, text in (("title", sent.title.original), ("body", sent.body.original)):
        kept = original.get("html") if name == "body" else None
        if kept is None:
            kept = original.get(name, without_marks(found.get(name, "")))
        if kept != text:
            yield f"the {name} is not kept as it came"
    if sent.payload is not None and base64.b64decode(original.get("payload", "")) != one.raw:
        yield "the payload is not kept as it came"
    if tuple(found.get("ignored_fields", ())) != sent.ignored:
        yield "the unknown fields are not named"
    for name, expected in (("title", one.title), ("body", one.body)):
        if expected is not None and found.get(name) != expected:
            yield f"the {name} is {found.get(name)!r}, not {expected!r}"
