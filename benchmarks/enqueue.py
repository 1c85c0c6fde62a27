"""`warraq enqueue` from JSON Lines against the bare inbox, in one run on one machine.

    python -m benchmarks.enqueue [FILE] [--map body=content,…] [--rounds 5]

All sides end in the same Redis (its own, with Warraq's redis.conf: appendfsync always) and send
the same bytes in pipelines of the same length. "pipeline" is XADD as any client would pipeline it;
"bare" is Inbox.add_many, which wraps the pipeline in a transaction, so that Redis syncs it once;
both have the payloads ready in memory. "enqueue" unpacks the file, reads its lines, maps, validates
and then adds them. Rounds take turns, so that all meet the same weather; medians are printed.
"""

from __future__ import annotations

import argparse
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stack.ports import LOOPBACK, any_free
from stack.redis import RULES, answers, configure
from warraq.article import Contract
from warraq.inbox import keys
from warraq.inbox.stream import Inbox
from warraq.sources.finding import Wanted
from warraq.sources.mapping import ArticleMapping, parse_map
from warraq.sources.opening import Meter
from warraq.sources.reading import read
from warraq.sources.record import Reading
from warraq.sources.refused import RefusedFile
from warraq.sources.sending import PIPELINE_ARTICLES, Sending

GOAL = 5_000
SAMPLES = Path(__file__).parents[1] / "demo" / "articles.jsonl"


@dataclass(slots=True)
class Ready:
    """An inbox that only keeps what it is given: the payloads for the bare side."""

    payloads: list[bytes]

    def add_many(self, payloads: Sequence[bytes], /) -> list[str]:
        self.payloads += payloads
        return [""] * len(payloads)


@contextmanager
def own_redis(folder: Path) -> Iterator[Inbox]:
    """An inbox on a Redis of its own that ends with the block."""
    port, password = any_free(), secrets.token_hex(16)
    command = configure(folder, port, dict.fromkeys(RULES, password), None)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log)
    try:
        while not answers(port):
            if server.poll() is not None:
                sys.exit((folder / "log").read_text(encoding="utf-8"))
        yield Inbox.connect(f"redis://worker:{password}@{LOOPBACK}:{port}/0")
    finally:
        server.terminate()
        server.wait()


def timed(inbox: Inbox, work: Callable[[], int]) -> float:
    """Articles a second of `work`, which returns how many it sent, into an empty stream."""
    inbox.client.unlink(keys.STREAM)
    started = time.perf_counter()
    sent = work()
    return sent / (time.perf_counter() - started)


def pipeline(inbox: Inbox, payloads: list[bytes]) -> int:
    """Adds payloads that are ready, without a transaction."""
    for at in range(0, len(payloads), PIPELINE_ARTICLES):
        adding = inbox.client.pipeline(transaction=False)
        for payload in payloads[at : at + PIPELINE_ARTICLES]:
            adding.xadd(keys.STREAM, {keys.ARTICLE_FIELD: payload})
        adding.execute()
    return len(payloads)


def bare(inbox: Inbox, payloads: list[bytes]) -> int:
    """Adds payloads that are ready."""
    for at in range(0, len(payloads), PIPELINE_ARTICLES):
        inbox.add_many(payloads[at : at + PIPELINE_ARTICLES])
    return len(payloads)


def enqueue(inbox: Inbox | Ready, files: list[str], mapping: ArticleMapping, folder: Path) -> int:
    """What the command does, without its terminal; returns how many were sent."""
    with RefusedFile(folder / "refused.jsonl") as refused:
        sending = Sending(inbox, mapping, Contract(), refused)
        for found in Wanted(files).files():
            for item in read(found, Reading(), Meter()):
                sending.take(item)
        sending.flush()
    return sending.tally.sent


def main() -> None:
    """Prints the table; exit code 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", default=str(SAMPLES), help="JSON Lines")
    parser.add_argument("--map", default="", help="as of warraq enqueue")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=19_000, help="the file is sent again")
    options = parser.parse_args()
    mapping = ArticleMapping(parse_map(options.map))
    with tempfile.TemporaryDirectory() as name, own_redis(Path(name)) as inbox:
        folder, ready = Path(name), Ready([])
        once = enqueue(ready, [options.file], mapping, folder)
        if once == 0:
            sys.exit(f"{options.file}: not one valid article; see --map")
        times = max(1, round(options.articles / once))
        files, payloads = [options.file] * times, ready.payloads * times
        rates: dict[str, list[float]] = {"pipeline": [], "bare": [], "enqueue": []}
        for _ in range(options.rounds):
            rates["pipeline"].append(timed(inbox, lambda: pipeline(inbox, payloads)))
            rates["bare"].append(timed(inbox, lambda: bare(inbox, payloads)))
            rates["enqueue"].append(timed(inbox, lambda: enqueue(inbox, files, mapping, folder)))
    size = sum(map(len, ready.payloads)) / once
    print(f"{len(payloads):,} articles of {size:,.0f} bytes, {options.rounds} rounds, medians")
    medians = {side: statistics.median(found) for side, found in rates.items()}
    for side, found in rates.items():
        span = f"{min(found):,.0f} to {max(found):,.0f}"
        print(f"  {side:8} {medians[side]:8,.0f} articles/s  ({span})")
    for side in ("pipeline", "bare"):
        print(f"  enqueue / {side}: {medians['enqueue'] / medians[side]:.2f}")
    reached = medians["enqueue"] >= GOAL
    print(f"  goal: {GOAL:,} articles/s: {'reached' if reached else 'short of it'}")
    sys.exit(not reached)


if __name__ == "__main__":
    main()
