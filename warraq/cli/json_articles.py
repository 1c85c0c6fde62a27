"""Articles in files of JSON Lines, in and out, for commands that need no server."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, TypeAlias

import typer

from warraq.cli.faults import Faults
from warraq.cli.terminal import harmless_json
from warraq.errors import WarraqError
from warraq.sources.json_lines import read_json_lines
from warraq.sources.opening import Meter, opened
from warraq.sources.record import Origin, Reading, Record, Refusal, Unreadable
from warraq.text.joins import SAFE

# In bytes: a body of ten million letters, each escaped as \uXXXX, and some more.
_READING = Reading(payload_bytes=100_000_000)

Files: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE",
        help="JSON Lines, also as .gz, .xz, .zst. None, or -: standard input.",
        show_default=False,
    ),
]
Columns: TypeAlias = Annotated[
    str,
    typer.Option(
        "--map",
        "-m",
        metavar="FIELD=COLUMN,…",
        help="Where fields have other names: body=content.",
        show_default=False,
    ),
]
StepsOff: TypeAlias = Annotated[
    str,
    typer.Option(
        envvar="WARRAQ_STEPS_OFF",
        metavar="STEP,…",
        help="Steps not to run, such as tatweel; or all. A wrong name lists them.",
        show_default=False,
    ),
]
Confidence: TypeAlias = Annotated[
    float,
    typer.Option(
        envvar="WARRAQ_JOINS_CONFIDENCE",
        min=0,
        max=1,
        help=f"How sure to be of joined words; {SAFE} where a false hit is worse than a "
        "missed one.",
    ),
]
Headings: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--run-in-headings",
        envvar="WARRAQ_RUN_IN_HEADINGS",
        help="Give headings that ran into the text their own lines; too often they are none.",
    ),
]


def names_of(steps_off: str) -> list[str]:
    """The names in a list with commas, as `WARRAQ_STEPS_OFF` has it."""
    return [name for name in steps_off.replace(" ", "").split(",") if name]


def read_records(
    files: Iterable[str], command: str, faults: Faults, reading: Reading = _READING
) -> Iterator[Record]:
    """Each line of `files` that is an object, in order, one at a time in memory."""
    for file in files:
        if file == "-" and sys.stdin.isatty():
            sys.stderr.write(f"{command}: reads articles from the keyboard; Ctrl-D ends them\n")
        try:
            with opened(file, Meter()) as stream:
                for item in read_json_lines(stream, file, reading):
                    if isinstance(item, Refusal):
                        faults.tell(item.origin, item.detail)
                    else:
                        yield item
        except Unreadable as error:
            faults.tell(Origin(file), error.detail.removeprefix(f"{file}: "))


def write_lines(lines: Iterable[tuple[Origin, Mapping[str, object]]], faults: Faults) -> None:
    """Each object as a line of JSON on standard output, at once. Raises WarraqError."""
    for origin, fields in lines:
        try:
            line = _line(fields)
        except (ValueError, RecursionError):
            faults.tell(origin, "a field that is passed on cannot be written as JSON")
            continue
        try:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        except OSError as error:
            if error.errno == errno.EPIPE:  # `| head`: typer ends quietly
                raise
            raise WarraqError(f"standard output: {error.strerror}") from error


def _line(fields: Mapping[str, object]) -> bytes:
    """Raises ValueError for numbers that JSON cannot hold, RecursionError."""
    dumped = json.dumps(fields, ensure_ascii=False, allow_nan=False)
    return harmless_json(dumped).encode() + b"\n"
