"""Reads a file as `warraq enqueue` does, for the tests of all formats."""

from __future__ import annotations

from pathlib import Path

from warraq.sources.finding import Format, Found, recognized
from warraq.sources.opening import Meter
from warraq.sources.reading import read
from warraq.sources.record import Reading, Record, Refusal


def read_bytes(
    folder: Path, name: str, data: bytes, reading: Reading | None = None, chosen: str | None = None
) -> list[Record | Refusal]:
    path = folder / name
    path.write_bytes(data)
    kind = Format(chosen) if chosen else recognized(name)
    return list(read(Found(str(path), kind, len(data), named=True), reading or Reading(), Meter()))


def fields(items: list[Record | Refusal]) -> list[dict[str, object]]:
    """The fields of each record; fails where there is a refusal."""
    assert all(isinstance(item, Record) for item in items), items
    return [dict(item.fields) for item in items if isinstance(item, Record)]


def reasons(items: list[Record | Refusal]) -> list[str]:
    """What became of each, in order: "ok", or the reason of the refusal."""
    return ["ok" if isinstance(item, Record) else item.reason for item in items]
