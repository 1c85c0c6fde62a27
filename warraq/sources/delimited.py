"""CSV and TSV: a header line with the names of the columns, then one article a row.

Read strictly (RFC 4180, any line ends, line breaks in quotes): a row that is not well formed is
refused, and reading goes on with the line after its first one, so that a quote that is never closed
costs one row and not the rest of the file.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from typing import BinaryIO

from warraq.sources.encodings import HINT, encoding_of
from warraq.sources.record import Origin, Read, Reading, Record, Refusal, Unreadable

_DELIMITERS = ",;\t|"
_QUOTED = re.compile('"[^"]*"')
_DECLARED = re.compile(r"sep=(.)\s*", re.DOTALL)


def read_csv(stream: BinaryIO, file: str, reading: Reading) -> Read:
    """Rows separated by a comma, semicolon, tab or |, whichever the header line has most of."""
    return _read(stream, file, reading, None)


def read_tsv(stream: BinaryIO, file: str, reading: Reading) -> Read:
    """Rows separated by tabs."""
    return _read(stream, file, reading, "\t")


class _TooLongError(Exception):
    """A record is longer than the limit."""


class _Lines:
    """Physical lines for csv.reader, which remembers those of the record it is in."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self._text = text
        self._limit = limit
        self._again: deque[str] = deque()
        self._record: list[str] = []
        self._size = 0
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._text.readline(self._limit + 1)
        if not line:
            raise StopIteration
        self.number += 1
        self._record.append(line)
        self._size += len(line)
        if self._size > self._limit:
            raise _TooLongError
        return line

    def start_record(self) -> int:
        """From here on it is a new record; returns the number of its first line."""
        self._record, self._size = [], 0
        return self.number + 1

    def back_to_second_line(self) -> str:
        """Gives up the record: its lines but the first are read again. Returns the first."""
        first, others = self._record[0], self._record[1:]
        self._again.extendleft(reversed(others))
        self.number -= len(others)
        if len(first) > self._limit and not first.endswith(("\n", "\r")):
            while (piece := self._text.readline(64 * 1024)) and not piece.endswith(("\n", "\r")):
                pass
        return first

    def put_back(self, line: str) -> None:
        self._again.appendleft(line)
        self.number -= 1


def _read(stream: BinaryIO, file: str, reading: Reading, delimiter: str | None) -> Read:
    encoding = encoding_of(_start(stream), reading.encoding)
    # Wrong bytes come through as half surrogates, so that only their own row is refused.
    text = io.TextIOWrapper(stream, encoding, "surrogateescape", newline="")
    try:
        csv.field_size_limit(max(csv.field_size_limit(), reading.payload_bytes))
        lines = _Lines(text, reading.payload_bytes)
        rows = csv.reader(lines, delimiter=delimiter or _delimiter(lines), strict=True)
        yield from _rows(rows, lines, file, encoding)
    except UnicodeError as error:  # UTF-16 without its mark is no UnicodeDecodeError
        why = error.reason if isinstance(error, UnicodeDecodeError) else error
        raise Unreadable(
            "wrong-encoding", f"what follows is not {encoding} ({why}); {HINT}"
        ) from None
    finally:
        text.detach()


def _start(stream: BinaryIO) -> bytes:
    return stream.peek(4) if isinstance(stream, io.BufferedReader) else b""


def _delimiter(lines: _Lines) -> str:
    """The delimiter that Excel's first line `sep=;` declares, else the header's most frequent."""
    for line in lines:
        if declared := _DECLARED.fullmatch(line):
            return declared[1]
        if not line.isspace():
            lines.put_back(line)
            bare = _QUOTED.sub("", line)
            return max(_DELIMITERS, key=bare.count)
    return ","


def _rows(rows: Iterator[list[str]], lines: _Lines, file: str, encoding: str) -> Read:
    header: list[str] = []
    while True:
        origin = Origin(file, lines.start_record())
        try:
            row = next(rows, None)
        except (csv.Error, _TooLongError) as error:
            yield _broken(error, lines.back_to_second_line(), origin)
            continue
        if row is None:
            return
        if not any(map(str.strip, row)):
            continue
        if not header:
            header = _names(row, encoding)
        else:
            yield _record(header, row, origin, encoding)


def _names(row: list[str], encoding: str) -> list[str]:
    names = [name.strip() or f"column {number}" for number, name in enumerate(row, start=1)]
    if not _decoded(names):
        raise Unreadable("wrong-encoding", f"the header is not {encoding}; {HINT}")
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise Unreadable("bad-header", f"the header names twice: {', '.join(sorted(twice))}")
    return names


def _record(header: list[str], row: list[str], origin: Origin, encoding: str) -> Record | Refusal:
    if not _decoded(row):
        raw = ",".join(row).encode("utf-8", "surrogateescape")
        return Refusal(
            origin,
            "wrong-encoding",
            f"the row is not {encoding}; {HINT}",
            raw.decode("utf-8", "backslashreplace"),
        )
    if len(row) != len(header):
        return Refusal(
            origin,
            "wrong-columns",
            f"the row has {len(row)} columns, the header has {len(header)}",
            {"row": row},
        )
    return Record(origin, dict(zip(header, row, strict=True)), typed=False)


def _decoded(cells: list[str]) -> bool:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return False
    return True


def _broken(error: Exception, line: str, origin: Origin) -> Refusal:
    raw = line.encode("utf-8", "surrogateescape")[:100_000].decode("utf-8", "backslashreplace")
    if isinstance(error, _TooLongError):
        return Refusal(origin, "too-large", "the row is longer than the limit", raw[:1_000])
    if "unexpected end of data" in str(error):
        return Refusal(origin, "bad-row", "a quote that is opened here is never closed", raw)
    return Refusal(origin, "bad-row", f"the row is not well formed: {error}", raw)
