"""The repairs of characters: words a second of each, and whether time grows with the text alone.

    python -m benchmarks.repairs [FILE] [--rounds 3] [--megabytes 10]

FILE is JSON Lines with title and body (or content); the demonstration's by default. Each repair
is timed on what those before it left, all together as an article meets them. Then all of them take
texts of 1 MB and of `--megabytes`: real ones, and shapes made to keep a careless pattern busy. For
time that grows with the text alone, the ratio is that of the sizes, or little over it.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.enqueue import SAMPLES
from benchmarks.show import number
from warraq.text.edits import EditedText
from warraq.text.repair import REPAIRS, repaired

_FIELDS = ("title", "body", "content")
_LEAST_WORDS = 200_000  # few articles are taken several times

SHAPES = {
    "one letter": "ا", "one mark": "\u064e", "marks on a letter": "ا\u064b\u0651",
    "marks on a space": "ا \u064b", "spaces": " ", "line ends": "\n", "stretching": "ا\u0640",
    "hidden": "\u200b\u200d", "letters by shape": "ﻼ", "ampersands": "&", "entities": "&quot;",
    "encoded often": "&amp;amp;", "addresses": "http://www.&", "turned marks": "»",
    "turned pairs": "»ا« ", "other keyboards": "الخارجیة ", "open brackets": "(ی",
    "misread": "Ø§", "half misread": "Ø§Ù", "misread lines": "Ø§Ø§\n",
    "windows-1256": "ÇáãÊ ", "its punctuation": "Çá¡", "lone surrogates": "\ud800",
}  # fmt: skip


def seconds(run: Callable[[], object]) -> float:
    """Processor time, which neighbours on the machine hardly change."""
    started = time.process_time()
    run()
    return time.process_time() - started


def words_a_second(texts: Sequence[str]) -> dict[str, float]:
    """Repair → words a second, each on what those before it left, and "all" together."""
    words = sum(len(text.split()) for text in texts)
    current = [EditedText(text) for text in texts]
    took = {}
    for name, repair in REPAIRS.items():
        started = time.process_time()
        current = [edited.edited(repair(edited.text)) for edited in current]
        took[name] = time.process_time() - started
    took["all"] = sum(took.values())
    return {name: words / max(spent, 1e-9) for name, spent in took.items()}


def of_size(piece: str, megabytes: float) -> str:
    """`piece` again and again, to so many megabytes of UTF-8."""
    times = megabytes * 1e6 / len(piece.encode("utf-8", "surrogatepass"))
    return (piece * math.ceil(times))[: round(times * len(piece))]


def main() -> None:
    """The command line, as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Times the repairs of characters.")
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabytes", type=float, default=10)
    options = parser.parse_args()
    articles = [json.loads(line) for line in options.file.read_text("utf-8").splitlines()]
    texts = [one[name] for one in articles for name in _FIELDS if one.get(name)]
    random.Random(1).shuffle(texts)  # or the first megabyte is of one paper, with its own faults
    real = "\n".join(texts)
    texts *= -(-_LEAST_WORDS // len(real.split()))
    console = Console()

    rates = Table("repair", "words/s", "µs/word", title="Each repair, median", title_justify="left")
    rounds = [words_a_second(texts) for _ in range(options.rounds)]
    for name in rounds[0]:
        rate = statistics.median(one[name] for one in rounds)
        rates.add_row(name, number(rate), f"{1e6 / rate:.3f}")
    console.print(rates)

    big = f"{options.megabytes:g} MB"
    growth = Table("text", "s for 1 MB", f"s for {big}", "ratio", title="All repairs on one text")
    for name, piece in {"real": f"{real}\n", **SHAPES}.items():
        small, large = (
            min(seconds(partial(repaired, of_size(piece, size))) for _ in range(2))
            for size in (1, options.megabytes)
        )
        growth.add_row(name, f"{small:.3f}", f"{large:.2f}", f"{large / max(small, 1e-6):.1f}")
    console.print(growth)


if __name__ == "__main__":
    main()
