"""Formats with one article a file: reading it whole, within the limit."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from warraq.sources.record import Origin, Reading, Refusal, shown


def read_whole(stream: BinaryIO, file: str, reading: Reading) -> bytes | Refusal:
    """All bytes of the file, or the refusal of one that is longer than a payload may be."""
    limit = reading.payload_bytes
    raw = stream.read(limit + 1)
    if len(raw) <= limit:
        return raw
    return Refusal(Origin(file), "too-large", f"the file has more than {limit:,} bytes", shown(raw))


def named(file: str) -> dict[str, object]:
    """The file's name, without its folders, for `extra`: by it people find the file again."""
    return {} if file == "-" else {"extra": {"file": Path(file).name[:1_000]}}
