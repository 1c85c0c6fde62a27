"""Sentences in the manner of newspapers of all Arab countries, each with its dates marked by the
rules of `training/gold/README.md`; most were written before the grammar was looked at again.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.analysis.dates.marked import found_in, marked_in

_TABLE = Path(__file__).with_name("newspapers.tsv")


def _rows() -> list[dict[str, str]]:
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["sentence"])
def test_dates_are_found_as_readers_mark_them(row: dict[str, str]) -> None:
    published = date.fromisoformat(row["published"])
    assert found_in(row["sentence"], published) == marked_in(row["sentence"], row["days"])
