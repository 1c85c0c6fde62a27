"""docs/analysis.md: the output that it shows is what the command prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.docs.pages import ROOT, blocks
from warraq.analysis.pipeline import STEPS, TEXT_STEPS
from warraq.cli import app

PAGE = ROOT / "docs" / "analysis.md"


def test_the_output_is_what_the_command_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [article, *_] = blocks(PAGE, "json")
    [shown, *_] = blocks(PAGE, "text")
    Path("article.jsonl").write_text(article, "utf-8")
    command, _, expected = shown.partition("\n")
    done = CliRunner().invoke(app, command.split()[2:])
    printed = done.stdout.translate(dict.fromkeys((0x2068, 0x2069)))  # marks that show nothing
    assert [line.rstrip() for line in printed.strip().splitlines()] == expected.splitlines()


def test_every_step_is_named() -> None:
    text = PAGE.read_text("utf-8")
    assert [step.name for step in STEPS[len(TEXT_STEPS) :] if step.name not in text] == []
