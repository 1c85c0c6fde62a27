"""What could not be read or done on the way, told on standard error, a line each."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from warraq.cli.terminal import harmless
from warraq.sources.record import Origin


def place(origin: Origin) -> str:
    """Where in the input: news.jsonl:17."""
    file = "standard input" if origin.file == "-" else origin.file
    return file if origin.line is None else f"{file}:{origin.line}"


class Faults:
    """Tells of faults and remembers that there were some. command: in whose name."""

    def __init__(self, command: str) -> None:
        self.told = False
        self._command = command

    def tell(self, where: Origin, what: str) -> None:
        self._say(f"{place(where)}: {what}")

    @contextmanager
    def of_steps(self) -> Iterator[None]:
        """Tells of what the pipeline logs, such as a step that failed, without the traceback."""
        log = logging.getLogger("warraq")
        handler = _Handler(self._say)
        log.addHandler(handler)
        try:
            yield
        finally:
            log.removeHandler(handler)

    def _say(self, what: str) -> None:
        self.told = True
        sys.stderr.write(harmless(f"{self._command}: {what}") + "\n")


class _Handler(logging.Handler):
    def __init__(self, say: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        why = f": {type(error).__name__}: {error}"[:300] if error else ""
        self._say(record.getMessage() + why)
