"""Sentences of newspapers with their dates marked as the gold set marks them."""

from __future__ import annotations

import re
from datetime import date

from tests.analysis.dates.reading import read

_MARKED = re.compile(r"⟦([^⟧]*)⟧")


def found_in(sentence: str, published: date) -> list[tuple[str, str]]:
    """What is read in `sentence`, ⟦⟧ taken out."""
    return read(_MARKED.sub(r"\1", sentence), published)


def marked_in(sentence: str, days: str) -> list[tuple[str, str]]:
    """What ⟦⟧ marks, each with its `days`, of which spaces part one date from another."""
    return list(zip(_MARKED.findall(sentence), days.split(), strict=True))
