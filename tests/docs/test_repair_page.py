"""docs/repair.md says what the repairs do: its examples, its steps, its code, its output."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.docs.pages import ROOT, blocks
from warraq.analysis.as_read import AsRead, as_read
from warraq.analysis.pipeline import TEXT_STEPS
from warraq.article import Article
from warraq.cli import app
from warraq.document import Document
from warraq.text.edits import EditedText

PAGE = ROOT / "docs" / "repair.md"
TEXT = PAGE.read_text("utf-8")
_ROW = re.compile(r"^\| `([\w-]+)` \| `(.*?)` \| `(.*?)` \|", re.MULTILINE)
_CODE = re.compile(r"`([^`\n]+)`")


def section(heading: str) -> str:
    return TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def read(body: str) -> AsRead:
    article = Article(source="s", id="1", body=body)
    return as_read(Document(article, "1", 0, 0, EditedText(""), EditedText(body)))


EXAMPLES = _ROW.findall(section("What is repaired"))
UNTOUCHED = [
    example
    for row in section("What is never touched").splitlines()
    if row.startswith("| ")
    for example in _CODE.findall(row)
]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 12
    assert len(UNTOUCHED) > 20


@pytest.mark.parametrize(("kind", "stood", "reads"), EXAMPLES)
def test_what_is_repaired(kind: str, stood: str, reads: str) -> None:
    found = read(stood.replace(r"\u200b", "\u200b"))
    assert found.body.text == reads
    assert {one.edit.kind for one in found.edits()} == {kind}


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_is_never_touched(text: str) -> None:
    assert read(text).body.edits == ()
    assert read(f"وقال: {text} أمس.").body.edits == ()


def test_the_steps_are_named_in_their_order() -> None:
    listed = TEXT.partition("<!-- steps -->")[2].partition("<!-- /steps -->")[0]
    assert _CODE.findall(listed) == [step.name for step in TEXT_STEPS]


def test_the_code_gives_the_original_back() -> None:
    [code] = blocks(PAGE, "python")[:1]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  our own page
    for _, stood, _ in EXAMPLES:
        done = CliRunner().invoke(app, ["repair"], input=json.dumps({"body": stood}).encode())
        out = json.loads(done.stdout)
        assert names["undone"](out["body"], out["edits"]) == stood


def test_the_output_is_what_the_command_prints() -> None:
    [shown] = blocks(PAGE, "text")[:1]
    article = {
        "source": "sada",
        "id": "7",
        "title": "اشتباكات جنوبيطرابلس",
        "body": "قال شاهد إن الجـــيش عاد إلى العاصمة.وأضاف: «الطريق مفتوح».",
    }
    done = CliRunner().invoke(app, ["repair", "--explain"], input=json.dumps(article).encode())
    assert re.sub("[\u2068\u2069]", "", done.stdout) == shown.partition("\n")[2]
