"""Delivery: batches from the inbox through the steps into the index, each article settled alone.

The promise is kept here. An entry is acknowledged only after Elasticsearch has said yes to its
document, or after its dead letter is written; in every other case it stays in the stream. While
Elasticsearch works on one batch the next is made ready, in this one process.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog

from warraq.analysis.pipeline import Pipeline
from warraq.article import Article, Contract, Received, parse
from warraq.document import Document
from warraq.errors import Rejected, Unavailable
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.lines import RecurringLines
from warraq.inbox.stories import Stories
from warraq.inbox.stream import Entry, Inbox
from warraq.index.writer import Action, IndexWriter, action

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Bounds:
    """batch_articles, batch_bytes: of one batch. lease_seconds: see `Settings`.
    max_deliveries: an article that was in hand when its worker died so often is poison."""

    batch_articles: int = 200
    batch_bytes: int = 2_000_000
    lease_seconds: float = 15
    max_deliveries: int = 3

    @property
    def lease_ms(self) -> int:
        return int(self.lease_seconds * 1000)


@dataclass(slots=True)
class Report:
    """What one run of a delivery did: outcome → number of articles; `unavailable` says why it
    stopped early, if a server was away."""

    outcomes: Counter[str] = field(default_factory=Counter)
    batches: int = 0
    unavailable: str | None = None

    def add(self, other: Report) -> None:
        self.outcomes += other.outcomes
        self.batches += other.batches
        self.unavailable = other.unavailable or self.unavailable


@dataclass(slots=True)
class _Batch:
    """Entries whose documents are ready to be sent."""

    entries: list[Entry] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    identities: list[tuple[str, str]] = field(default_factory=list)
    size: int = 0

    def add(self, entry: Entry, ready: Action, identity: tuple[str, str]) -> None:
        self.entries.append(entry)
        self.actions.append(ready)
        self.identities.append(identity)
        self.size += ready.size


class _Lease:
    """Renews the leases on what is in hand, from a thread, as long as the process gets on.

    A step that hangs in C code holds the interpreter, so the lease runs out and another worker
    takes over: just what is wanted.
    """

    def __init__(self, inbox: Inbox, consumer: str, seconds: float) -> None:
        self._inbox, self._consumer, self._seconds = inbox, consumer, seconds
        self._in_hand: set[str] = set()
        self._lock = threading.Lock()
        self._done = threading.Event()

    def hold(self, entries: Sequence[Entry]) -> None:
        with self._lock:
            self._in_hand.update(entry.id for entry in entries)

    def let_go(self, entries: Sequence[Entry]) -> None:
        with self._lock:
            self._in_hand.difference_update(entry.id for entry in entries)

    @contextmanager
    def renewing(self) -> Iterator[None]:
        self._done.clear()
        thread = threading.Thread(target=self._renew, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._done.set()
            thread.join()

    def _renew(self) -> None:
        while not self._done.wait(self._seconds / 3):
            with self._lock:
                ids = tuple(self._in_hand)
            try:
                if ids:
                    self._inbox.renew(self._consumer, ids)
            except Unavailable as error:
                _log.warning("lease not renewed", why=str(error))


class Delivery:
    """One consumer of the inbox: a process that pulls, works and writes.

    consumer: its name in the group, unique among living processes. process: name under which its
    progress is shown.
    """

    def __init__(
        self,
        inbox: Inbox,
        writer: IndexWriter,
        pipeline: Pipeline,
        *,
        consumer: str,
        process: str,
        contract: Contract | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._inbox = inbox
        self._writer = writer
        self._pipeline = pipeline
        self._consumer = consumer
        self._process = process
        self._contract = contract or Contract()
        self._bounds = bounds or Bounds()
        self._heartbeats = Heartbeats(inbox)
        self._lines = RecurringLines(inbox)
        self._stories = Stories(inbox)
        self._lease = _Lease(inbox, consumer, self._bounds.lease_seconds)
        self._version_kinds: dict[str, str] = {}

    def run(self, seconds: float) -> Report:
        """Delivers batches until the inbox is empty, `seconds` are over or a server is away."""
        report = Report()
        with ThreadPoolExecutor(1, "bulk") as sender, self._lease.renewing():
            try:
                self._inbox.move_list(self._bounds.batch_articles, self._bounds.batch_bytes)
                self._deliver(sender, time.monotonic() + seconds, report)
            except Unavailable as error:
                report.unavailable = str(error)
        if report.unavailable is not None:
            _log.warning("delivery paused", why=report.unavailable)
        return report

    def _deliver(self, sender: ThreadPoolExecutor, ends: float, report: Report) -> None:
        sending: Future[Report] | None = None
        batch = _Batch()
        more = True
        while more:
            entries = self._next_entries() if time.monotonic() < ends else []
            more = bool(entries)
            self._make_ready(entries, batch, report)
            if more and entries[0].deliveries > 1 and self._has_room(batch):
                # What a dead worker left comes one by one, but need not be sent so.
                continue
            if sending is not None:
                report.add(sending.result())
                sending = None
            if report.unavailable is not None:
                self._give_back(batch.entries, report)
                return
            if batch.entries:
                sending = sender.submit(self._send, batch)
                batch = _Batch()
        if sending is not None:
            report.add(sending.result())

    def _has_room(self, batch: _Batch) -> bool:
        bounds = self._bounds
        return len(batch.entries) < bounds.batch_articles and batch.size < bounds.batch_bytes

    def _next_entries(self) -> list[Entry]:
        """What others left behind comes first, then new entries."""
        bounds = self._bounds
        claimed = self._inbox.claim(
            self._consumer, bounds.lease_ms, bounds.batch_articles, bounds.batch_bytes
        )
        return claimed or self._inbox.take(
            self._consumer, bounds.batch_articles, bounds.batch_bytes
        )

    def _make_ready(self, entries: Sequence[Entry], batch: _Batch, report: Report) -> None:
        """Runs the steps; what can never be indexed goes to the dead letters at once."""
        self._lease.hold(entries)
        begun = list(self._begun(list(self._parsed(entries, report)), report))
        self._learn(document for _, document in begun)
        finished = list(self._finished(begun, report))
        self._stories.group(document for _, document in finished)
        for entry, document in finished:
            batch.add(entry, action(document), _identity(document.article))
            if entry.deliveries > 1:
                self._inbox.forgive(self._consumer, entry)

    def _begun(
        self, parsed: Sequence[tuple[Entry, Received]], report: Report
    ) -> Iterator[tuple[Entry, Document]]:
        """The documents of `parsed`, as far as one can get without knowing of the others."""
        kinds = self._kinds_of_versions(received for _, received in parsed)
        for entry, received in parsed:
            try:
                self._refuse_poison(entry)
                _refuse_mixed_versions(received, kinds)
                document = Document.begun(received, entry.intake_ms, entry.payload)
                yield entry, self._pipeline.begin(document)
            except Rejected as why:
                self._bury(entry, why, report, _identity(received.article))

    def _finished(
        self, begun: Iterable[tuple[Entry, Document]], report: Report
    ) -> Iterator[tuple[Entry, Document]]:
        for entry, document in begun:
            try:
                yield entry, self._pipeline.finish(document)
            except Rejected as why:
                self._bury(entry, why, report, _identity(document.article))

    def _learn(self, documents: Iterable[Document]) -> None:
        """What recurs in the sources of `documents`; an article is never held up for it."""
        try:
            self._lines.learn(documents)
        except Exception as error:  # noqa: BLE001  no fault there is a reason to hold an article
            _log.warning("recurring lines not learned", why=str(error) or repr(error))

    def _parsed(self, entries: Sequence[Entry], report: Report) -> Iterator[tuple[Entry, Received]]:
        for entry in entries:
            try:
                yield entry, self._received(entry)
            except Rejected as why:
                self._bury(entry, why, report, why.identity)

    def _received(self, entry: Entry) -> Received:
        if entry.payload is None:
            raise Rejected("parse", "no-article", "the stream entry has no field `article`")
        return parse(entry.payload, self._contract)

    def _refuse_poison(self, entry: Entry) -> None:
        """Parsing is bounded and cannot kill; what comes after it may, and then says so."""
        if entry.deliveries > self._bounds.max_deliveries:
            raise Rejected(
                "delivery",
                "poison",
                f"its worker died or hung {self._bounds.max_deliveries} times while it was in hand",
            )

    def _kinds_of_versions(self, batch: Iterable[Received]) -> Mapping[str, str]:
        """Source → the kind of version it uses; Redis is asked about sources not yet known, and
        again about a mix, since an operator may have allowed it meanwhile."""
        wanted: dict[str, str] = {}
        for one in batch:
            source, kind = one.article.source, one.article.version_kind
            if self._version_kinds.get(source) != kind:
                wanted.setdefault(source, kind)
        if wanted:
            self._version_kinds |= self._inbox.version_kinds(wanted)
        return self._version_kinds

    def _send(self, batch: _Batch) -> Report:
        """Writes a batch and settles each of its entries by its own outcome."""
        report = Report(batches=1)
        outcomes = self._writer.write(batch.actions)
        done: dict[str, str] = {}
        held: list[Entry] = []
        for entry, identity, outcome in zip(batch.entries, batch.identities, outcomes, strict=True):
            if isinstance(outcome, Unavailable):
                held.append(entry)
                report.unavailable = str(outcome)
            elif isinstance(outcome, Rejected):
                self._bury(entry, outcome, report, identity)
            else:
                done[entry.id] = outcome
                report.outcomes[outcome] += 1
        self._inbox.settle(done)
        self._lease.let_go(batch.entries)
        if held:
            self._give_back(held, report)
            self._heartbeats.pause(report.unavailable or "")
        else:
            self._heartbeats.beat(self._process, progress=True)
        return report

    def _give_back(self, entries: Sequence[Entry], report: Report) -> None:
        """A server is away: `entries` are anyone's again, and this was no attempt at them."""
        self._lease.let_go(entries)
        self._inbox.release(self._consumer, self._bounds.lease_ms, entries)
        report.outcomes["held"] += len(entries)

    def _bury(
        self,
        entry: Entry,
        why: Rejected,
        report: Report,
        identity: tuple[str, str] | None = None,
    ) -> None:
        self._inbox.bury(entry, why, identity)
        self._lease.let_go([entry])
        report.outcomes["dead"] += 1
        _log.warning("dead letter", entry=entry.id, stage=why.stage, reason=why.reason)


def _identity(article: Article) -> tuple[str, str]:
    return article.source, article.own_id


def _refuse_mixed_versions(received: Received, kinds: Mapping[str, str]) -> None:
    article = received.article
    begun = kinds.get(article.source, article.version_kind)
    if begun != article.version_kind:
        raise Rejected(
            "parse",
            "mixed-versions",
            f"source {article.source!r} orders its versions by {begun}, this article by "
            f"{article.version_kind}; their numbers do not compare",
        )
