"""The page on faults: every test it names exists, every fault test is named."""

from __future__ import annotations

import ast
import re

from tests.docs.pages import ROOT

FAULTS = ROOT / "tests" / "faults"
# Not of the product: the oracle's own, and those that run for long.
ELSEWHERE = {"test_oracle.py", "test_torture.py", "test_soak.py"}


def _named() -> set[tuple[str, str]]:
    page = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return {
        (file, test)
        for test, file in re.findall(r"\[(test_\w+)\]\(\.\./tests/faults/(\w+\.py)\)", page)
    }


def _there() -> set[tuple[str, str]]:
    return {
        (file.name, part.name)
        for file in FAULTS.glob("test_*.py")
        if file.name not in ELSEWHERE
        for part in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(part, ast.FunctionDef) and part.name.startswith("test_")
    }


def test_the_page_names_exactly_the_tests_that_there_are() -> None:
    assert _named() == _there()
