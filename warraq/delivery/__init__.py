"""Delivery: batches from the inbox through the steps into the index, each article settled alone.

The promise is kept here. An entry is acknowledged only after Elasticsearch has said yes to its
document, or after its dead letter is written; in every other case it stays in the stream. While
Elasticsearch works on one batch the next is made ready, in this one process.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import structlog

from warraq.analysis.pipeline import Pipeline
from warraq.article import Article, Contract, Received, parse
from warraq.delivery.batch import Batch, Bounds, Report
from warraq.delivery.lease import Lease
from warraq.delivery.pace import Pace, Suspects
from warraq.document import Document
from warraq.errors import Overloaded, Rejected, Unavailable, WarraqError
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.lines import RecurringLines
from warraq.inbox.stories import Stories
from warraq.inbox.stream import Entry, Inbox
from warraq.index.writer import IndexWriter, action

_log = structlog.get_logger(__name__)


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
        bounds = self._bounds
        self._lease = Lease(inbox, consumer, bounds.lease_seconds, bounds.article_seconds)
        self._pace = Pace(bounds.batch_articles, bounds.batch_bytes, bounds.slow_seconds)
        self._suspects = Suspects()

    def run(self, seconds: float) -> Report:
        """Delivers batches until the inbox is empty, `seconds` are over or a server is away."""
        report = Report()
        with self._lease.renewing():
            try:
                with ThreadPoolExecutor(1, "bulk") as sender:
                    self._inbox.move_list(self._bounds.batch_articles, self._bounds.batch_bytes)
                    self._deliver(sender, time.monotonic() + seconds, report)
                if report.outcomes["dead"] and report.unavailable is None:
                    # Of dead letters alone there is no batch to send.
                    self._heartbeats.beat(self._process, progress=True)
            except Unavailable as error:
                report.unavailable = str(error)
            except WarraqError:
                # Redis answers and refuses: nobody died of what is in hand. Not anyone's at once,
                # for it will go on to refuse.
                self._inbox.release(self._consumer, 0, self._lease.held)
                raise
        if report.unavailable is not None:
            _log.warning("delivery paused", why=report.unavailable)
        return report

    def _deliver(self, sender: ThreadPoolExecutor, ends: float, report: Report) -> None:
        sending: Future[Report] | None = None
        for batch in self._batches(ends, report):
            if sending is not None:
                report.add(sending.result())
                sending = None
            if report.unavailable is not None:
                self._give_back(batch.entries, report)
            elif batch.entries:
                sending = sender.submit(self._send, batch)
        if sending is not None:
            report.add(sending.result())

    def _batches(self, ends: float, report: Report) -> Iterator[Batch]:
        """Batches that are ready, until the inbox is empty, the time is over or a server away."""
        batch = Batch()
        while (
            report.unavailable is None
            and time.monotonic() < ends
            and (entries := self._next_entries())
        ):
            alone = self._suspects.is_one(entries[0].id) or (
                entries[0].deliveries > 1 and not self._pace.full
            )
            ready = self._made_ready(entries, report)
            if alone and batch.entries:
                yield batch
                batch = Batch()
            batch.join(ready)
            # What a dead worker left comes one by one, but need not be sent so.
            if alone or entries[0].deliveries == 1 or not self._has_room(batch):
                yield batch
                batch = Batch()
        yield batch

    def _has_room(self, batch: Batch) -> bool:
        return len(batch.entries) < self._pace.articles and batch.size < self._pace.size

    def _next_entries(self) -> list[Entry]:
        """What others left behind comes first, then new entries."""
        most, size = self._pace.articles, self._pace.size
        claimed = self._inbox.claim(self._consumer, self._bounds.lease_ms, most, size)
        return claimed or self._inbox.take(self._consumer, most, size)

    def _made_ready(self, entries: Sequence[Entry], report: Report) -> Batch:
        """Runs the steps; what can never be indexed goes to the dead letters at once."""
        self._lease.hold(entries)
        begun: list[tuple[Entry, Document]] = []
        for entry, received in self._parsed(entries, report):
            with self._alone(entry, _identity(received.article), report):
                self._refuse_poison(entry)
                document = Document.begun(received, entry.intake_ms, entry.payload)
                begun.append((entry, self._pipeline.begin(document)))
        self._learn(document for _, document in begun)
        finished: list[tuple[Entry, Document]] = []
        for entry, document in begun:
            with self._alone(entry, _identity(document.article), report):
                finished.append((entry, self._pipeline.finish(document)))
        # Only now, for what has died on the way decides nothing for its source.
        kinds = self._kinds_of_versions(document.article for _, document in finished)
        alike: list[tuple[Entry, Document]] = []
        for entry, document in finished:
            with self._alone(entry, _identity(document.article), report):
                _refuse_mixed_versions(document.article, kinds)
                alike.append((entry, document))
        self._group(document for _, document in alike)
        batch = Batch()
        for entry, document in alike:
            with self._alone(entry, _identity(document.article), report):
                batch.add(entry, action(document), _identity(document.article))
                if entry.deliveries > 1:
                    self._inbox.forgive(self._consumer, entry)
        return batch

    @contextmanager
    def _alone(
        self, entry: Entry, identity: tuple[str, str] | None, report: Report
    ) -> Iterator[None]:
        """Whatever goes wrong within it is the affair of this one article.

        identity: source and the article's own id; None where they are not read yet.
        """
        try:
            with self._lease.at_work_on(entry):
                yield
        except Rejected as why:
            self._bury(entry, why, report, identity or why.identity)
        except (WarraqError, MemoryError):  # of a server, or of this process
            raise
        except Exception as error:  # noqa: BLE001  it is told, in the log and in the dead letter
            _log.exception("an article met a fault of ours", entry=entry.id)
            detail = f"a fault of Warraq itself: {type(error).__name__}: {error}"
            self._bury(entry, Rejected("delivery", "fault", detail), report, identity)

    def _learn(self, documents: Iterable[Document]) -> None:
        """What recurs in the sources of `documents`; an article is never held up for it."""
        try:
            self._lines.learn(documents)
        except Exception as error:  # noqa: BLE001  no fault there is a reason to hold an article
            _log.warning("recurring lines not learned", why=str(error) or repr(error))

    def _group(self, documents: Iterable[Document]) -> None:
        """Finds the stories of `documents`; a fault there leaves them without."""
        try:
            self._stories.group(documents)
        except Unavailable:
            raise
        except Exception as error:  # noqa: BLE001  as above
            _log.warning("articles are left without story", why=str(error) or repr(error))

    def _parsed(self, entries: Sequence[Entry], report: Report) -> list[tuple[Entry, Received]]:
        parsed: list[tuple[Entry, Received]] = []
        for entry in entries:
            with self._alone(entry, None, report):
                parsed.append((entry, self._received(entry)))
        return parsed

    def _received(self, entry: Entry) -> Received:
        if entry.payload is None:
            raise Rejected("parse", "no-article", "the stream entry has no field `article`")
        try:
            return parse(entry.payload, self._contract)
        except MemoryError:
            self._refuse_poison(entry)
            raise

    def _refuse_poison(self, entry: Entry) -> None:
        """Parsing is bounded and cannot kill; what comes after it may, and then says so."""
        if entry.deliveries > self._bounds.max_deliveries:
            raise Rejected(
                "delivery",
                "poison",
                f"its worker died or hung {self._bounds.max_deliveries} times while it was in hand",
            )

    def _kinds_of_versions(self, batch: Iterable[Article]) -> Mapping[str, str]:
        """Source → the kind of version it uses; asked each time, for an operator may change it."""
        wanted: dict[str, str] = {}
        for article in batch:
            wanted.setdefault(article.source, article.version_kind)
        return self._inbox.version_kinds(wanted) if wanted else {}

    def _send(self, batch: Batch) -> Report:
        """Writes a batch and settles each of its entries by its own outcome."""
        report = Report(batches=1)
        begun = time.monotonic()
        outcomes = self._writer.write(batch.actions)
        self._pace.note(outcomes, time.monotonic() - begun)
        done: dict[str, str] = {}
        held: list[Entry] = []
        for entry, identity, outcome in zip(batch.entries, batch.identities, outcomes, strict=True):
            if isinstance(outcome, Overloaded) and len(batch.entries) == 1:
                self._set_aside(entry, identity, outcome, report)
            elif isinstance(outcome, Unavailable):
                if isinstance(outcome, Overloaded) and entry.deliveries > 1:
                    # It was set aside before: with others it is never told from an outage.
                    self._suspects.again(entry.id)
                held.append(entry)
                report.unavailable = str(outcome)
            elif isinstance(outcome, Rejected):
                self._bury(entry, outcome, report, identity)
            else:
                done[entry.id] = outcome
                report.outcomes[outcome] += 1
        self._inbox.settle(done)
        self._suspects.settled(done)
        self._lease.let_go(batch.entries)
        self._give_back(held, report)
        if report.unavailable is not None:
            self._heartbeats.pause(report.unavailable)
        else:
            self._heartbeats.beat(self._process, progress=True)
        return report

    def _set_aside(
        self, entry: Entry, identity: tuple[str, str], why: Overloaded, report: Report
    ) -> None:
        """Elasticsearch did not take this one article: others go first, for as long as a lease.

        If it took them, and then again not this one, the article itself may be too much for it,
        and the attempt counts. In an outage nothing is taken, so nothing counts.
        """
        counts = self._suspects.again(entry.id)
        if counts and entry.deliveries >= self._bounds.max_deliveries:
            detail = f"sent alone Elasticsearch did not take it, while it took others: {why}"
            self._bury(entry, Rejected("index", "overloads-index", detail), report, identity)
            return
        attempts = entry.deliveries if counts else max(1, entry.deliveries - 1)
        # Not 0, so that it is claimed alone.
        self._inbox.release(self._consumer, 0, [replace(entry, deliveries=attempts + 1)])
        report.outcomes["held"] += 1
        if not counts:
            report.unavailable = str(why)

    def _give_back(self, entries: Sequence[Entry], report: Report) -> None:
        """A server is away: `entries` are anyone's again, and this was no attempt at them."""
        if entries:
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
        """Makes `entry` a dead letter. Where that cannot be written the entry stays as it is, to
        be tried again after its lease, and the others of its batch go on."""
        self._lease.let_go([entry])
        try:
            self._inbox.bury(entry, why, identity)
        except WarraqError as error:
            report.outcomes["held"] += 1
            _log.error("no dead letter could be written", entry=entry.id, why=str(error))
            if not isinstance(error, Unavailable):  # Redis answers: nobody died of this attempt
                self._inbox.forgive(self._consumer, entry)
            return
        report.outcomes["dead"] += 1
        _log.warning("dead letter", entry=entry.id, stage=why.stage, reason=why.reason)


def _identity(article: Article) -> tuple[str, str]:
    return article.source, article.own_id


def _refuse_mixed_versions(article: Article, kinds: Mapping[str, str]) -> None:
    begun = kinds[article.source]
    if begun != article.version_kind:
        raise Rejected(
            "parse",
            "mixed-versions",
            f"source {article.source!r} orders its versions by {begun}, this article by "
            f"{article.version_kind}; their numbers do not compare",
        )
