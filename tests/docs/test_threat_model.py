"""Every countermeasure of the threat model names tests that are there."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def threats() -> list[str]:
    """The rows of the table of threats."""
    table = PAGE.partition("## Threats")[2].partition("\n## ")[0]
    return [line for line in table.splitlines() if line.startswith("| ")][1:]


def test_every_threat_names_a_test() -> None:
    assert len(threats()) > 15
    assert [row for row in threats() if not _TEST.search(row)] == []


def test_every_test_that_is_named_exists() -> None:
    named = _TEST.findall(PAGE)
    assert len(named) == PAGE.count("::")
    for file, test in named:
        source = (ROOT / file).read_text(encoding="utf-8")
        assert re.search(rf"^ *def {test}\(", source, re.MULTILINE), f"{file}::{test}"
