"""A run for people and programs: the table in the terminal, JSON, and a plot as SVG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import pyplot as plt
from rich.console import Console
from rich.table import Table

from benchmarks.lines import ALONE, CEILING, NAIVE, OF_CEILING, WITH_STEPS, Line
from benchmarks.measured import Rounds

_COLOURS = {
    "elasticsearch": "#8fb8de",
    "pool": "#2a5d84",
    "client": "#2a5d84",
    "worker": "#e0a458",
    "redis": "#c8553d",
}
_WORDS = {"pool": "pool processes", "client": "the client", "worker": "Celery's main process"}


def number(value: float) -> str:
    """With as many digits as say something."""
    if value >= 1e6:
        return f"{value / 1e6:,.1f} M"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def print_table(lines: Sequence[Line], title: str, console: Console) -> None:
    """Medians, with the lowest and the highest round."""
    table = Table(title=title, title_justify="left")
    table.add_column("what", no_wrap=True)
    for heading in ("median", "lowest", "highest"):
        table.add_column(heading, justify="right", no_wrap=True)
    for heading in ("unit", "goal", ""):
        table.add_column(heading, no_wrap=True)
    for line in lines:
        goal = "" if line.goal is None else f"{line.bound} {line.goal:,g}"
        table.add_row(
            line.what,
            *map(number, (line.median, min(line.rounds), max(line.rounds))),
            line.unit,
            goal,
            line.verdict,
            style="bold red" if line.verdict == "short of it" else None,
        )
    console.print(table)


def write_json(file: Path, facts: dict[str, Any], lines: Sequence[Line], rounds: Rounds) -> None:
    """Everything that was measured, and on what."""
    told = {
        **facts,
        "lines": [
            {**asdict(line), "median": line.median, "verdict": line.verdict} for line in lines
        ],
        "measured": [{**asdict(one), "rate": one.rate} for one in rounds.all],
    }
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def write_plot(file: Path, rounds: Rounds, title: str) -> None:
    """Left: articles a second, a dot a round. Right: where the processor time goes."""
    mpl.rcParams.update({"svg.hashsalt": "warraq", "font.size": 9})
    sides = [NAIVE, *reversed(WITH_STEPS), *reversed(ALONE), CEILING]
    figure, (rates, processor) = plt.subplots(1, 2, figsize=(11, 3.6), sharey=True)
    figure.suptitle(title, x=0.01, ha="left", fontsize=10)
    _draw_rates(rates, rounds, sides)
    _draw_processor(processor, rounds, [side for side in sides if side != NAIVE])
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def _draw_rates(axes: Any, rounds: Rounds, sides: Sequence[str]) -> None:
    medians = {line.what: line.median for line in (Line(s, "", rounds.rates(s)) for s in sides)}
    axes.barh(sides, [medians[side] for side in sides], color="#8fb8de")
    for side in sides:
        axes.plot(rounds.rates(side), [side] * len(rounds.of(side)), "o", color="#2a5d84", ms=3)
    goal = OF_CEILING * medians[CEILING]
    axes.axvline(goal, color="#c8553d", linestyle="--", linewidth=1)
    axes.set_title(f"articles/s (dashed: {OF_CEILING:g} of the ceiling)", fontsize=9)


def _draw_processor(axes: Any, rounds: Rounds, sides: Sequence[str]) -> None:
    named: set[str] = set()
    for side in sides:
        left = 0.0
        for part, colour in _COLOURS.items():
            if part not in rounds.of(side)[0].cpu_ms:
                continue
            width = Line(part, "", rounds.cpu_ms(side, part)).median
            label = None if part in named else _WORDS.get(part, part.capitalize())
            axes.barh(side, width, left=left, color=colour, label=label)
            named.add(part)
            left += width
    axes.set_title("processor time, ms an article (naive way: see the JSON)", fontsize=9)
    axes.legend(fontsize=8, frameon=False)
