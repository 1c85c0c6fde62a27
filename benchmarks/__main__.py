"""`make bench`: delivery against its ceiling and against the naive way, in one run.

    python -m benchmarks [--quick] [--rounds 3] [--articles FILE [--map body=content,…]]

What each line means, and what cannot be read from it: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks import enqueue
from benchmarks.ceiling import TUNINGS, Tuning, ceiling
from benchmarks.corpus import begun, payloads_of, prepared, sample_payloads
from benchmarks.delivered import delivered
from benchmarks.ground import HEAP, Ground, ground
from benchmarks.lines import ALONE, CEILING, NAIVE, WITH_STEPS, lines_of
from benchmarks.machine import this_machine
from benchmarks.measured import Measured, Rounds
from benchmarks.naive import naive
from benchmarks.show import number, print_table, write_json, write_plot
from benchmarks.steps import words_a_second
from stack import Spoken
from warraq.inbox.lines import RecurringLines
from warraq.sources.mapping import ArticleMapping, parse_map

RESULTS = Path(__file__).with_name("results")
NAIVE_PART = 8  # one article in so many goes the naive way, which would take all day
ENQUEUE_ARTICLES = 18_000  # the file is sent again until there are so many
STEP_ARTICLES = 1_000
_WIDTH = 130  # of the table where there is no terminal


class Run:
    """The sides on one ground, and what has been measured of them."""

    def __init__(self, ground: Ground, payloads: list[bytes], console: Console) -> None:
        self._ground, self._payloads, self._console = ground, payloads, console
        self._alone = prepared(payloads)
        self._known = begun(payloads)
        ground.clear()
        lines = RecurringLines(ground.inbox)
        lines.learn(self._known)
        self._with_steps = prepared(payloads, lines)
        self.rounds = Rounds()
        self.enqueued: list[float] = []
        self.steps: list[dict[str, float]] = []

    def tune(self, tunings: tuple[Tuning, ...]) -> Tuning:
        """The quickest way to call `parallel_bulk` here. Each is tried once, in a warm server."""
        ceiling(self._ground, self._alone, tunings[0], "warming")
        tried = {one: ceiling(self._ground, self._alone, one, str(one)) for one in tunings}
        for measured in tried.values():
            self._say(measured)
        return max(tried, key=lambda one: tried[one].rate)

    def round(self, tuning: Tuning, *, backwards: bool) -> None:
        """Each side once. Servers go on getting warm, so no side may always be the last."""
        for measure in reversed(self._sides(tuning)) if backwards else self._sides(tuning):
            measured = measure()
            self.rounds.all.append(measured)
            self._say(measured)
        self.enqueued.append(self._enqueue())
        self.steps.append(words_a_second(self._with_steps[:STEP_ARTICLES]))

    def _sides(self, tuning: Tuning) -> list[Callable[[], Measured]]:
        few = self._alone[: max(100, len(self._alone) // NAIVE_PART)]
        return [
            partial(ceiling, self._ground, self._alone, tuning, CEILING),
            *(
                partial(
                    delivered,
                    self._ground,
                    self._with_steps if names is WITH_STEPS else self._alone,
                    processes=processes,
                    steps=names is WITH_STEPS,
                    known=self._known if names is WITH_STEPS else [],
                    name=names[processes - 1],
                )
                for names in (ALONE, WITH_STEPS)
                for processes in (2, 1)
            ),
            partial(naive, self._ground, few, processes=2, name=NAIVE),
        ]

    def _enqueue(self) -> float:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            file = folder / "articles.jsonl"
            file.write_bytes(b"".join(payload + b"\n" for payload in self._payloads))
            files = [str(file)] * max(1, ENQUEUE_ARTICLES // len(self._payloads))
            mapping = ArticleMapping()
            return enqueue.timed(
                self._ground.inbox,
                lambda: enqueue.enqueue(self._ground.inbox, files, mapping, folder),
            )

    def _say(self, measured: Measured) -> None:
        self._console.print(f"  {measured.side}: {number(measured.rate)} articles/s")


def main() -> None:
    """Runs all sides, prints the table and writes JSON and plot into benchmarks/results/."""
    options = _options()
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=_WIDTH)
    machine = this_machine()
    payloads = (
        payloads_of(options.articles, ArticleMapping(parse_map(options.map)), options.count)
        if options.articles
        else sample_payloads(options.count)
    )
    if not payloads:
        raise SystemExit(f"{options.articles}: not one valid article; see --map")
    with ground(Spoken(console)) as servers:
        run = Run(servers, payloads, console)
        tuning = run.tune(TUNINGS[:1] if options.quick else TUNINGS)
        for number_of_round in range(1, options.rounds + 1):
            console.print(f"round {number_of_round} of {options.rounds}")
            run.round(tuning, backwards=number_of_round % 2 == 0)
    facts: dict[str, Any] = {
        **machine,
        "articles": len(payloads),
        "bytes_an_article": round(sum(map(len, payloads)) / len(payloads)),
        "corpus": Path(options.articles).name if options.articles else "demo/articles.jsonl, mixed",
        "elasticsearch_heap": HEAP,
        "ceiling": f"parallel_bulk, {tuning}",
    }
    lines = lines_of(run.rounds, run.enqueued, run.steps)
    RESULTS.mkdir(exist_ok=True)
    title = _title(facts, options.rounds)
    print_table(lines, title, console)
    name = "quick" if options.quick else "bench"
    write_json(RESULTS / f"{name}.json", facts, lines, run.rounds)
    write_plot(RESULTS / f"{name}.svg", run.rounds, title)
    if options.quick:
        console.print("A smoke run: so few articles in cold servers say nothing about speed.")
    console.print(f"All figures: {name}.json and {name}.svg in benchmarks/results/")


def _title(facts: dict[str, Any], rounds: int) -> str:
    return (
        f"{facts['articles']:,} articles of {facts['bytes_an_article']:,} bytes, {rounds} rounds; "
        f"{facts['cores']} cores ({facts['processor']}), load {facts['load']} before, "
        f"{facts['date']}; {facts['ceiling']}"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", metavar="FILE", help="your own, as of warraq enqueue")
    parser.add_argument("--map", default="", help="as of warraq enqueue")
    parser.add_argument("--count", type=int, metavar="N", help="articles a round; 6,000")
    parser.add_argument("--rounds", type=int, metavar="N", help="3")
    parser.add_argument("--quick", action="store_true", help="only to see that it runs: 400, 1")
    options = parser.parse_args()
    options.count = options.count or (400 if options.quick else 6_000)
    options.rounds = options.rounds or (1 if options.quick else 3)
    return options


if __name__ == "__main__":
    main()
