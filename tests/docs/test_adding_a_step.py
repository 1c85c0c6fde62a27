"""docs/adding-a-step.md, followed to the letter in a copy of the project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, blocks

PAGE = ROOT / "docs" / "adding-a-step.md"
PIPELINE, SCHEMA = Path("warraq/analysis/pipeline.py"), Path("warraq/index/schema.py")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with the page's step in it, added where the page says."""
    copy = tmp_path_factory.mktemp("project")
    for part in ("warraq", "config", "stack", "tests", "pyproject.toml"):
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / part)
    step, imported, line, field, test = blocks(PAGE, "python")
    (copy / "warraq" / "analysis" / "questions.py").write_text(step, "utf-8")
    (copy / "tests" / "analysis" / "test_questions.py").write_text(test, "utf-8")
    _insert(copy / PIPELINE, "from warraq.analysis.measures import measure\n", imported)
    before, after, _ = line.splitlines(keepends=True)
    _insert(copy / PIPELINE, before, after)
    before, after, _ = field.splitlines(keepends=True)
    _insert(copy / SCHEMA, before, after)
    return copy


def _insert(file: Path, before: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, before + new), "utf-8")


def python(project: Path, *arguments: str, stdin: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=project, input=stdin, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_its_table_of_tests_passes(project: Path) -> None:
    said = python(project, "-m", "pytest", "-q", "tests/analysis/test_questions.py")
    assert "6 passed" in said


def test_what_it_finds_comes_out_under_its_field(project: Path) -> None:
    article = json.dumps({"title": "هل تعود السكك الحديدية؟"})  # Will the railways return?
    code = "from warraq.cli import main; main()"
    said = python(project, "-c", code, "analyze", stdin=article)
    assert json.loads(said)["title_asks"] is True


def test_the_index_has_the_field_and_is_another_one(project: Path) -> None:
    code = "from warraq.index import schema; print(schema.FIELDS.get('title_asks'), end=' ')"
    digest = "print(schema.schema_digest())"
    kind, _, with_it = python(project, "-c", f"{code}; {digest}").rpartition(" ")
    nothing, _, without = python(ROOT, "-c", f"{code}; {digest}").rpartition(" ")
    assert (kind, nothing) == ("{'type': 'boolean'}", "None")
    assert with_it != without
