"""All bad inputs, and the table of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.bad_inputs import dates, fields, no_json, numbers, pages, texts
from tests.bad_inputs.bad_input import BadInput

MODULES = {
    module.__name__.rpartition(".")[2]: module.inputs
    for module in (no_json, numbers, fields, dates, texts, pages)
}


def bad_inputs(module: str | None = None, *, huge: bool | None = None) -> Iterator[BadInput]:
    """Each once; of one module, or of all. huge: those that take seconds, the others, or both."""
    for name, inputs in MODULES.items():
        if module in (None, name):
            yield from (one for one in inputs() if huge in (None, one.huge))


def table(outcomes: Iterable[tuple[str, str]]) -> str:
    """Kind → outcome → how many, as Markdown, of (kind, outcome) each."""
    counted = Counter(outcomes)
    lines = ["| Kind | Outcome | Inputs |", "|---|---|---:|"]
    lines += [f"| {kind} | {outcome} | {n:,} |" for (kind, outcome), n in sorted(counted.items())]
    totals = Counter[str]()
    for (_, outcome), number in counted.items():
        totals[outcome] += number
    lines += [f"| all | {outcome} | {number:,} |" for outcome, number in sorted(totals.items())]
    lines.append(f"| all | | {totals.total():,} |")
    return "\n".join(lines) + "\n"
