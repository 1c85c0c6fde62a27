"""What the documentation points at is there: files, headings, make's targets, warraq's commands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from tests.docs.pages import ROOT, code_lines, pages, prose
from warraq.cli import app

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
_MAKE = re.compile(r"(?:^|[\s$;&|])make ([a-z][a-z-]*)")
_WARRAQ = re.compile(r"(?:^|[\s$;&|(])warraq ([a-z][^|;&)]*)")

PAGES = [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages()]
COMMANDS = typer.main.get_command(app)


def anchors(page: Path) -> set[str]:
    """The headings of `page` as addresses name them."""
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in _HEADING.findall(prose(page))
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_to_something(page: Path) -> None:
    for link in _LINK.findall(prose(page)):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{link}: no such heading"


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {name for line in code_lines(page) for name in _MAKE.findall(line)}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_every_command_and_option_of_warraq_that_is_named_exists(page: Path) -> None:
    for line in code_lines(page):
        for words in _WARRAQ.findall(line):
            check(words.split("  #")[0].split())


def check(words: list[str]) -> None:
    """Follows `words` down the commands; fails at the first that is none, or an unknown option."""
    command: Any = COMMANDS
    rest = iter(words)
    while hasattr(command, "get_command"):
        name = next(rest, None)
        if name is None or name == "…":  # the group itself is spoken of
            return
        # Without a context, which none of ours looks at.
        command = command.get_command(None, name)
        assert command is not None, f"warraq {' '.join(words)}: no command {name}"
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    for word in rest:
        option = word.partition("=")[0]
        if option == "--":
            return
        assert not option.startswith("--") or option in known, f"warraq {' '.join(words)}"


def test_the_list_of_decisions_names_them_all() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(_LINK.findall((folder / "README.md").read_text("utf-8")))
    assert listed == {file.name for file in folder.glob("[0-9]*.md")}
