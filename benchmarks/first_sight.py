"""All text steps together: words a second, how soon they are ready, and what memory they take.

    python -m benchmarks.first_sight [FILE]

FILE is JSON Lines with title and body (or content); the demonstration's by default. Three passes in
one process on one core, by processor time: with all that was learned of word types thrown away
before each article, with them kept from an empty start, and once more with all of them known. Then
processes are forked from one that has read nothing yet, as Celery's pool does; each goes through
all articles, and says its proportional set size (Linux): shared pages count in equal parts.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.enqueue import SAMPLES
from benchmarks.show import number
from warraq.analysis.pipeline import Pipeline, text_steps
from warraq.article import Article, Received
from warraq.document import Document
from warraq.errors import Rejected
from warraq.text.joins import JoinedWords

_LEAST_WORDS = 200_000
_START = "import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"


def megabytes() -> float:
    """The proportional set size of this process."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def articles_of(file: Path) -> Iterator[Article]:
    """The articles of a file, one at a time."""
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            one = json.loads(line)
            body = one.get("body") or one.get("content") or ""
            moment = one.get("published_at") or one.get("date_extracted")
            yield Article(
                source="a",
                id=str(number),
                title=one.get("title") or "",
                body=body,
                published_at=moment,
            )


def run(
    articles: Iterable[Article], joins: JoinedWords, before_each: Callable[[], None] | None = None
) -> float:
    """Processor time of the text steps on all `articles`."""
    pipeline = Pipeline(text_steps(joins=joins))
    started = time.process_time()
    for article in articles:
        if before_each:
            before_each()
        with suppress(Rejected):  # nothing but a picture
            pipeline.run(Document.begun(Received(article, ()), 0))
    return time.process_time() - started


_joins = JoinedWords()
_together: Any = None


def _in_pool(work: Callable[[], object]) -> float:
    work()
    _together.wait()  # all are measured while all are there
    return megabytes()


def _run_text_steps(file: Path) -> None:
    run(articles_of(file), _joins)


def _begin(together: Any) -> None:
    global _together  # noqa: PLW0603  forked processes inherit it; it cannot be sent
    _together = together


def sizes(work: Callable[[], object], processes: int) -> list[float]:
    """Proportional set sizes of so many processes that share what can be shared, after `work`."""
    context = get_context("fork")
    gc.freeze()  # as workers do
    together = context.Barrier(processes)
    with context.Pool(processes, initializer=_begin, initargs=(together,)) as pool:
        return pool.map(_in_pool, [work] * processes, chunksize=1)


def seconds_to_import(module: str) -> float:
    """In a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-c", _START.format(module=module)],
        capture_output=True, check=True, text=True, env=os.environ,
    )  # fmt: skip
    return float(answer.stdout)


def main() -> None:
    """The command line, as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Times all text steps together.")
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLES)
    options = parser.parse_args()
    work = partial(_run_text_steps, options.file)
    alone = sizes(work, 1)[0]
    four = sizes(work, 4)
    articles = list(articles_of(options.file))
    words = sum(len(f"{one.title} {one.body}".split()) for one in articles)
    articles *= -(-_LEAST_WORDS // words)
    words = sum(len(f"{one.title} {one.body}".split()) for one in articles)
    joins = JoinedWords()
    fresh = words / run(articles, joins, joins.forget)
    joins.forget()
    from_empty = words / run(articles, joins)
    known = words / run(articles, joins)
    start = min(seconds_to_import("warraq.analysis.pipeline") for _ in range(3))

    table = Table("what", "measured", "goal", title=f"All text steps, {words:,} words")
    table.add_row("words/s, nothing known before each article", number(fresh), "60,000")
    table.add_row("words/s, nothing known at the start", number(from_empty), "")
    table.add_row("words/s, all word types known", number(known), "150,000")
    table.add_row("ready after", f"{start:.2f} s", "0.5 s")
    table.add_row("memory of one process", f"{alone:.0f} MB", "150 MB")
    table.add_row("memory of each further one", f"{(sum(four) - alone) / 3:.0f} MB", "40 MB")
    Console().print(table)


if __name__ == "__main__":
    main()
