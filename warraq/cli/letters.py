"""Dead letters as people and programs read them, and into a file."""

from __future__ import annotations

import base64
import errno
import json
from collections.abc import Callable, Iterable
from typing import IO, Any

from warraq.cli.moments import iso
from warraq.cli.terminal import harmless, harmless_json
from warraq.errors import WarraqError
from warraq.inbox.letter import DeadLetter, Head
from warraq.operations.files import written


def in_a_line(head: Head) -> str:
    """For people: id, reason, whose it is, what was wrong."""
    who = f"{head.source} {head.article_id}".strip() or "(unreadable)"
    again = f" (died again, replay {head.replays})" if head.replays else ""
    return harmless(f"{head.id}  {head.reason:<14} {who}: {head.detail}{again}")


def described(head: Head) -> dict[str, Any]:
    """All that is known of a dead letter, but its payload."""
    return {
        "id": head.id,
        "stage": head.stage,
        "reason": head.reason,
        "detail": head.detail,
        "source": head.source,
        "article_id": head.article_id,
        "entry": head.entry,
        "attempts": head.attempts,
        "replays": head.replays,
        "enqueued_at": iso(head.intake_ms),
        "died_at": iso(head.died_ms),
        "bytes": head.size,
    }


def as_line(letter: DeadLetter) -> bytes:
    """One line of JSON from which the payload comes back byte for byte."""
    try:
        payload = {"payload": letter.payload.decode()}
    except UnicodeDecodeError:
        payload = {"payload_base64": base64.b64encode(letter.payload).decode()}
    dumped = json.dumps(described(letter) | payload, ensure_ascii=False)
    return harmless_json(dumped).encode() + b"\n"


def payload_line(letter: DeadLetter) -> bytes:
    """The payload on one line: in JSON a line end is nothing but space."""
    return letter.payload.replace(b"\r", b" ").replace(b"\n", b" ") + b"\n"


def export(letters: Iterable[DeadLetter], file: str, as_line: Callable[[DeadLetter], bytes]) -> int:
    """Writes `letters` into `file` (-: standard output); returns how many.

    A file appears under its name only when it is whole, and is for its owner alone. Raises
    WarraqError, and BrokenPipeError where the reader of standard output has gone.
    """
    try:
        with written(file) as output:
            return _write(letters, output, as_line, "standard output" if file == "-" else file)
    except OSError as error:
        if error.errno == errno.EPIPE:  # `| head`: typer ends quietly
            raise
        raise WarraqError(f"{file}: {error.strerror or error}") from error


def _write(
    letters: Iterable[DeadLetter],
    output: IO[bytes],
    as_line: Callable[[DeadLetter], bytes],
    name: str,
) -> int:
    number = 0
    try:
        for letter in letters:
            output.write(as_line(letter))
            # At once, so that a reader that has gone is noticed, and who reads along sees it.
            output.flush()
            number += 1
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        raise WarraqError(f"{name}: {error.strerror}; {number:,} letters were written") from error
    except WarraqError as error:
        raise type(error)(f"{number:,} letters were written, then: {error}") from error
    return number
