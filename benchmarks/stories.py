"""What it costs to find an article's story among many: time and memory of Redis.

    python -m benchmarks.stories [--most 1000000]

Signatures are simulated, of the greatest length: of every ten articles two are copies of one among
the last thousand, three of four bands and content words alike; one text in a thousand begins with
the same stock shingles, so that a few bands are shared by many. On a Redis of its own, with the
durability of production (every write on the disk before the answer); batches of 200. Printed at
each power of ten: the median time of an article
(looking up, grouping, noting; of it the script without the disk) in the last fifty batches, and
the memory of an article so far. Then
the same for a Redis as it is shipped, full: generations of `MOST_STORIES`; the slowest batch is the
one that drops the elder.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from struct import pack, unpack
from typing import Any

from rich.console import Console

from benchmarks.ground import ground
from stack import Spoken
from warraq.analysis.duplicates import (
    BAND_BYTES,
    BANDS,
    COUNT_BYTES,
    DIGEST_BYTES,
    HASH_BYTES,
    MOST_HASHES,
)
from warraq.article import Article, Received
from warraq.document import Document
from warraq.inbox.stories import MOST_STORIES, Stories
from warraq.inbox.stream import Inbox

_BATCH = 200
_LATE = 50  # batches of which the median is taken


def documents(count: int) -> Iterator[Document]:
    """Articles with nothing but an id and a signature."""
    chance = random.Random(1)
    late: list[bytes] = []
    stock = chance.randbytes(2 * BAND_BYTES)
    for number in range(count):
        received = Received(Article(source="bench", id=str(number)))
        document = Document.begun(received, intake_ms=0)
        if late and number % 5 == 0:
            document.signature = _copy(chance, chance.choice(late))
        else:
            bands = chance.randbytes(BANDS * BAND_BYTES)
            if number % 1_000 == 1:
                bands = stock + bands[len(stock) :]
            document.signature = chance.randbytes(DIGEST_BYTES) + bands + _content(chance, [])
            late = [*late[-999:], document.signature]
        yield document


_BANDS_END = DIGEST_BYTES + BANDS * BAND_BYTES


def _content(chance: random.Random, had: Sequence[int]) -> bytes:
    """As many content words as a signature holds: `had`, and others."""
    hashes = set(had)
    while len(hashes) < MOST_HASHES:
        hashes.add(chance.randrange(1 << 8 * HASH_BYTES))
    return pack(f">{1 + MOST_HASHES}H", MOST_HASHES, *sorted(hashes))


def _copy(chance: random.Random, signature: bytes) -> bytes:
    bands = bytearray(signature[DIGEST_BYTES:_BANDS_END])
    for band in chance.sample(range(BANDS), BANDS // 4):
        bands[band * BAND_BYTES : (band + 1) * BAND_BYTES] = chance.randbytes(BAND_BYTES)
    hashes = unpack(f">{MOST_HASHES}H", signature[_BANDS_END + COUNT_BYTES :])
    kept = chance.sample(hashes, MOST_HASHES * 3 // 4)
    return chance.randbytes(DIGEST_BYTES) + bytes(bands) + _content(chance, kept)


def run(inbox: Inbox, stories: Stories, count: int, console: Console) -> None:
    """Groups `count` articles and prints a line at each power of ten."""
    client: Any = inbox.client
    client.flushall()
    before = client.info("memory")["used_memory"]
    batch: list[Document] = []
    times: list[float] = []
    script: list[float] = []
    slowest, grouped, copies = 0.0, 0, 0
    for document in documents(count):
        batch.append(document)
        if len(batch) < _BATCH:
            continue
        began = time.perf_counter()
        stories.group(batch)
        times.append((time.perf_counter() - began) * 1e6 / _BATCH)
        script.append(_script_us(client))
        slowest = max(slowest, times[-1] * _BATCH / 1e3)
        copies += sum(one.fields["story_id"] != one.id for one in batch)
        grouped += len(batch)
        batch = []
        if grouped in (10_000, 100_000, 1_000_000) or grouped == count:
            memory = client.info("memory")["used_memory"] - before
            late_script = (script[-1] - script[-_LATE]) / (_BATCH * (_LATE - 1))
            console.print(
                f"{grouped:>9,} articles: {statistics.median(times[-_LATE:]):5.0f} µs an article, "
                f"{late_script:4.0f} of them the script's; "
                f"{memory / grouped:5.0f} bytes an article, {memory / 1e6:6.1f} MB; "
                f"{copies / grouped:.1%} found a story; slowest batch {slowest:,.0f} ms"
            )


def _script_us(client: Any) -> float:
    """What all scripts have taken so far, without the disk."""
    stats = client.info("commandstats")
    return float(sum(one["usec"] for name, one in stats.items() if "eval" in name))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--most", type=int, default=1_000_000, help="articles")
    options = parser.parse_args()
    console = Console(highlight=False)
    with ground(Spoken(console)) as servers:
        console.print(f"two generations that hold {options.most:,} articles")
        run(servers.inbox, Stories(servers.inbox, most=options.most // 2), options.most, console)
        console.print(f"as shipped: generations of {MOST_STORIES:,} stories")
        run(servers.inbox, Stories(servers.inbox), min(options.most, 400_000), console)


if __name__ == "__main__":
    main()
