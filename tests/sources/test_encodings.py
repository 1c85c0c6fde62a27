"""Encodings: whatever encoding is said, a file that is not in it is refused, never a traceback."""

from __future__ import annotations

import encodings
import pkgutil
from pathlib import Path

import pytest

from tests.sources.reading_here import read_bytes, reasons
from warraq.sources.encodings import check_encoding
from warraq.sources.finding import Format
from warraq.sources.record import Reading


def _known() -> list[str]:
    """All encodings of text that this Python has."""
    known = []
    for module in pkgutil.iter_modules(encodings.__path__):
        try:
            known.append(check_encoding(module.name))
        except ValueError:
            continue
    return known


_CONTENTS = ("a,b\nخبر,نص\n".encode(), b"<p>\xff</p>", b"xn--\xff-9.a", b"a-\xd8\n-b-9999999999",
             b"+AAA-", b"\\N{x} \\x", bytes(range(256)))  # fmt: skip


@pytest.mark.parametrize("chosen", Format)
def test_no_encoding_that_can_be_said_ends_in_a_traceback(tmp_path: Path, chosen: Format) -> None:
    for encoding in _known():
        for content in _CONTENTS:
            items = read_bytes(tmp_path, "file", content, Reading(encoding=encoding), chosen)
            assert all(reasons(items)), encoding


@pytest.mark.parametrize("chosen", [Format.CSV, Format.TSV])
def test_utf_16_without_its_mark_is_refused(tmp_path: Path, chosen: Format) -> None:
    """Its decoder raises an error of its own, which is no UnicodeDecodeError (found by fuzzing)."""
    content = "a,b\nخبر,نص\n".encode("utf-16-le")
    items = read_bytes(tmp_path, "file", content, Reading(encoding="utf-16"), chosen)
    assert reasons(items) == ["wrong-encoding"]
