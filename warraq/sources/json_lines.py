"""JSON Lines: one JSON object a line, in UTF-8."""

from __future__ import annotations

import codecs
from typing import BinaryIO

from warraq.article import json_object
from warraq.errors import Rejected
from warraq.sources.record import Origin, Read, Reading, Record, Refusal, shown

_NOTHING = (b"", codecs.BOM_UTF8)


def read_json_lines(stream: BinaryIO, file: str, reading: Reading) -> Read:
    """Each line that is not blank; one longer than the limit is skipped without being held."""
    limit = reading.payload_bytes
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) > limit and not line.endswith(b"\n"):
            length = len(line) + _skip_line(stream)
            yield Refusal(
                Origin(file, number),
                "too-large",
                f"the line has {length:,} bytes; the limit is {limit:,}",
                shown(line),
            )
        elif line.strip() not in _NOTHING:
            yield _record(line, Origin(file, number))


def _record(line: bytes, origin: Origin) -> Record | Refusal:
    try:
        return Record(origin, json_object(line))
    except Rejected as refused:
        return Refusal(origin, refused.reason, refused.detail, shown(line.rstrip(), len(line)))


def _skip_line(stream: BinaryIO) -> int:
    """Reads up to the end of the line; returns how many bytes that were."""
    skipped = 0
    while piece := stream.readline(64 * 1024):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped
