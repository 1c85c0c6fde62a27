"""The text steps alone, in this process: words a second through each of them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.corpus import Prepared
from warraq.analysis.pipeline import STEPS
from warraq.article import Contract, parse
from warraq.document import Document


def words_a_second(documents: Sequence[Prepared]) -> dict[str, float]:
    """Step → words a second, each step on what those before it have left, and "all" together."""
    begun = [
        Document.begun(parse(one.payload, Contract()), one.intake_ms, one.payload)
        for one in documents
    ]
    seconds = {}
    for step in STEPS:
        started = time.perf_counter()
        for document in begun:
            step.run(document)
        seconds[step.name] = time.perf_counter() - started
    words = sum(len(field.tokens) for document in begun for field in document.text_fields)
    return {name: words / took for name, took in seconds.items()} | {
        "all": words / sum(seconds.values())
    }
