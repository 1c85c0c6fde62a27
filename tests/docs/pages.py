"""The pages of documentation of this checkout, and the code in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from config.paths import checkout_folder

ROOT = checkout_folder()
# Made or fetched, not written here.
_NOT_OURS = {"node_modules", "build", "dist", "secrets"}

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"(?:^ {4}.*\n)+", re.MULTILINE)
_INLINE = re.compile(r"`([^`\n]+)`")


def pages() -> list[Path]:
    """Every Markdown file of the project."""
    return sorted(
        page
        for page in ROOT.rglob("*.md")
        if not any(
            part.startswith(".") or part in _NOT_OURS for part in page.relative_to(ROOT).parts
        )
    )


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of `page` in that language, in order."""
    return [code for name, code in _FENCED.findall(page.read_text("utf-8")) if name == language]


def prose(page: Path) -> str:
    """`page` without its fenced blocks."""
    return _FENCED.sub("", page.read_text("utf-8"))


def code_lines(page: Path) -> Iterator[str]:
    """Each line of code in `page`: fenced, indented or inline."""
    for _, code in _FENCED.findall(page.read_text("utf-8")):
        yield from code.replace("\\\n", " ").splitlines()
    rest = prose(page)
    for block in _INDENTED.findall(rest):
        yield from block.splitlines()
    yield from _INLINE.findall(rest)
