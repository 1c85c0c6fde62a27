"""The file of `warraq export`: JSON Lines, one article each, below one line about the file.

{"warraq_export": 1, "alias": "articles", "made_at": "2026-…", "documents": 2}
{"id": "…", "version": 3, "intake": 1512345678901, "article": {"source": "…", …}}
{"id": "…", "version": 1, "intake": 1512345678902, "payload": "<base64 of the bytes as sent>"}
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from warraq.article import Contract, parse
from warraq.errors import Rejected, WarraqError
from warraq.index.originals import Original, Originals
from warraq.operations.files import written
from warraq.sources.opening import Meter, opened
from warraq.sources.record import Unreadable

FORMAT = 1
_HEAD = "warraq_export"
_LONGEST_LINE = 128 * 2**20  # bytes; a payload of WARRAQ_PAYLOAD_BYTES in base64 is 86 million
# What reading a line raises that holds something else: any JSON, or none.
_DAMAGED = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
# Bounds are for senders; what was let in once is let in again, and judged by the workers.
_ANY = Contract(payload_bytes=2**31, body_characters=2**31)


@dataclass(frozen=True, slots=True)
class Exported:
    """documents: written. doubtful: ids of those among them that would come back as another
    document or version, because somebody wrote them into the index by hand."""

    documents: int
    doubtful: tuple[str, ...]


def export(
    originals: Originals,
    alias: str,
    file: str,
    report: Callable[[int, int], None] = lambda _done, _all: None,
) -> Exported:
    """Writes all of `originals` to `file` ("-": standard output), packed if its name says so.

    The file gets its name once it is whole; it is for its owner alone. report: is told how many
    are written, and of how many.

    Raises:
        WarraqError: the file cannot be written, or as `Originals`. Unavailable: as `Originals`.
    """
    head = {
        _HEAD: FORMAT,
        "alias": alias,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "documents": originals.count,
    }
    doubtful, done = [], 0
    try:
        with written(file) as stream:
            stream.write(_line(head))
            for original in originals:
                record = _as_record(original)
                if not _comes_back(original):
                    doubtful.append(original.id)
                    record["doubtful"] = True
                stream.write(_line(record))
                done += 1
                report(done, originals.count)
    except OSError as error:
        raise WarraqError(f"{file} cannot be written: {error.strerror or error}") from error
    return Exported(done, tuple(doubtful))


@dataclass(frozen=True, slots=True)
class Restored:
    """One article of a file. line: where it stands; the other fields as in `Original`."""

    line: int
    payload: bytes
    intake_ms: int


class ExportFile:
    """An export being read. documents: how many it says that it holds."""

    def __init__(self, lines: Iterator[bytes], name: str) -> None:
        self._lines, self._name = lines, name
        try:
            head = json.loads(next(lines, b""))
            self.documents = int(head["documents"])
            version = head[_HEAD]
        except _DAMAGED:
            raise WarraqError(f"{name} is no file of `warraq export`") from None
        if version != FORMAT:
            raise WarraqError(f"{name} has format {version}; this Warraq reads {FORMAT}")

    def __iter__(self) -> Iterator[Restored]:
        """Its articles. Raises WarraqError at a line that is damaged, and where lines are missing;
        what came before it is good."""
        count = 0
        for count, line in enumerate(self._lines, start=1):
            yield _restored(line, count + 1, self._name)
        if count != self.documents:
            raise WarraqError(
                f"{self._name} is not whole: it has {count:,} of {self.documents:,} articles"
            )


@contextmanager
def reading(file: str, meter: Meter) -> Iterator[ExportFile]:
    """Opens an export ("-": standard input), packed or not; `meter` counts what was read of it.

    Raises:
        WarraqError: it cannot be read, is broken, or is no export.
    """
    try:
        with opened(file, meter) as stream:
            yield ExportFile(_lines(stream, file), file)
    except Unreadable as error:
        raise WarraqError(f"{error.detail}") from error


def _lines(stream: IO[bytes], file: str) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise WarraqError(f"{file} has a line of more than {_LONGEST_LINE:,} bytes")
        yield line


def _restored(line: bytes, number: int, name: str) -> Restored:
    try:
        record = json.loads(line)
        given = record.get("payload")
        payload = base64.b64decode(given) if given is not None else _json(record["article"])
        restored = Restored(number, payload, int(record["intake"]))
        identity = (record["id"], int(record["version"]))
    except _DAMAGED:
        raise WarraqError(f"{name}, line {number:,}: this is no article of an export") from None
    if "doubtful" not in record and identity != _identity(payload, restored.intake_ms):
        raise WarraqError(f"{name}, line {number:,}: the article is not the one it says")
    return restored


def _identity(payload: bytes, intake_ms: int) -> tuple[str, int] | None:
    """The id and version that a document of this payload gets; None if it is no article."""
    try:
        article = parse(payload, _ANY).article
    except Rejected:
        return None
    return article.document_id, article.version(intake_ms)


def _comes_back(original: Original) -> bool:
    return _identity(original.payload, original.intake_ms) == (original.id, original.version)


def _as_record(original: Original) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": original.id,
        "version": original.version,
        "intake": original.intake_ms,
    }
    if original.exact:
        return record | {"payload": base64.b64encode(original.payload).decode("ascii")}
    return record | {"article": json.loads(original.payload)}


def _line(record: dict[str, Any]) -> bytes:
    return _json(record) + b"\n"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
