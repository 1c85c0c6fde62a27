"""The file of what was refused: one refusal a line, with the record to mend and send again.

{"file": …, "line": …, "reason": …, "detail": …, "record": …}: `jq -c .record` gives the records.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from warraq.sources.record import Refusal


class RefusedFile:
    """Made only when the first refusal comes; a file that is already there is replaced then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._file is not None:
            # A disk that is full has been told of by flush(), and closing would tell it again.
            with suppress(OSError):
                self._file.close()

    def write(self, refusal: Refusal) -> None:
        """Raises OSError where the file cannot be written."""
        if self._file is None:
            self._file = self.path.open("wb")
        line = {
            "file": refusal.origin.file,
            "line": refusal.origin.line,
            "reason": refusal.reason,
            "detail": refusal.detail,
            "record": refusal.record,
        }
        self._file.write(to_json(line) + b"\n")

    def flush(self) -> None:
        """Hands what was written to the disk. Raises OSError where that cannot be."""
        if self._file is not None:
            self._file.flush()


def to_json(value: object) -> bytes:
    """Compact JSON in UTF-8; half surrogate pairs, which UTF-8 cannot carry, stay \\u escapes."""
    try:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode()
