"""What every file format is read into: a record with its origin, or a refusal with its reason.

A reader is a function `(stream, file, reading) -> Iterator[Record | Refusal]`. It never raises for
what stands in the file: one bad line is one refusal, and the lines after it are read on. Only where
nothing more can be read (a broken archive, a broken disk) it raises `Unreadable`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias

from warraq.errors import WarraqError


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record came from. file: its path, "-" for standard input; line: from 1, or None."""

    file: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Fields under the names that the file gives them.

    typed: the values have types, as in JSON; otherwise every value is text, as in CSV.
    """

    origin: Origin
    fields: Mapping[str, object]
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """What could not become an article.

    reason: a short slug to count by; detail: one sentence for people; record: what was read, as
    fields or as text, or None where there is nothing to show.
    """

    origin: Origin
    reason: str
    detail: str
    record: Mapping[str, object] | str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read.

    payload_bytes: nothing longer is held in memory as one record.
    encoding: of text, CSV and HTML files; None: as the file says, else UTF-8.
    title_line: the first line of a plain-text file is its title.
    """

    payload_bytes: int = 8_000_000
    encoding: str | None = None
    title_line: bool = False


Read: TypeAlias = Iterator[Record | Refusal]
Reader: TypeAlias = Callable[[BinaryIO, str, Reading], Read]


class Unreadable(WarraqError):
    """The rest of a file cannot be read. reason, detail: as in Refusal."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def shown(raw: bytes, most: int = 1_000) -> str:
    """The beginning of bytes that could not be read, as text: wrong bytes as \\xNN."""
    return raw[:most].decode("utf-8", "backslashreplace")
