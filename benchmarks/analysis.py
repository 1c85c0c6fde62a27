"""Every step of the pipeline: words a second, its share of the time, and what memory they take.

    python -m benchmarks.analysis [FILE]

FILE is JSON Lines with title and body (or content), and published_at (or date_extracted); the
demonstration's articles by default. By processor time, in one process on one core, each step on
what those before it left; the second of two passes counts, in which most word types are known, as
in a worker that has run for a minute. Then processes are forked from one that has read nothing,
as Celery's pool does; each goes through all articles and says its proportional set size (Linux).
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.enqueue import SAMPLES
from benchmarks.first_sight import articles_of, sizes
from benchmarks.show import number
from warraq.analysis.language import is_arabic
from warraq.analysis.pipeline import STEPS
from warraq.article import Article, Received
from warraq.document import Document

GOAL_WORDS, GOAL_MEGABYTES = 30_000, 300


def seconds_of_steps(articles: Iterable[Article]) -> Mapping[str, float]:
    """Step → processor time on all `articles`."""
    seconds: dict[str, float] = defaultdict(float)
    for article in articles:
        document = Document.begun(Received(article, ()), 0)
        for step in STEPS:
            if step.arabic_only and not is_arabic(document):
                continue
            started = time.process_time()
            step.run(document)
            seconds[step.name] += time.process_time() - started
    return seconds


def _run_all(file: Path) -> None:
    seconds_of_steps(articles_of(file))


def main() -> None:
    """The command line, as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Times every step of the pipeline.")
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLES)
    options = parser.parse_args()
    run = partial(_run_all, options.file)
    alone, four = sizes(run, 1)[0], sizes(run, 4)
    articles = list(articles_of(options.file))
    words = sum(len(f"{one.title} {one.body}".split()) for one in articles)
    seconds_of_steps(articles)
    seconds = seconds_of_steps(articles)
    all_seconds = sum(seconds.values())

    table = Table("step", "words/s", "of the time", "goal", title=f"All steps, {words:,} words")
    for name, took in seconds.items():
        table.add_row(name, number(words / max(took, 1e-9)), f"{took / all_seconds:.1%}", "")
    table.add_row("all", number(words / all_seconds), "100.0%", f"{GOAL_WORDS:,}")
    table.add_row("memory of one process", f"{alone:.0f} MB", "", f"{GOAL_MEGABYTES} MB")
    table.add_row("memory of each further one", f"{(sum(four) - alone) / 3:.0f} MB", "", "")
    Console().print(table)


if __name__ == "__main__":
    main()
