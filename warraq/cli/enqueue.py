"""`warraq enqueue PATH…`: articles from files into the inbox, validated, summed up at the end."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path
from types import FrameType
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from config.settings import load_settings
from warraq.cli.beginning import or_exit
from warraq.cli.contract import contract_of
from warraq.cli.opening import open_inbox
from warraq.cli.patience import Patience
from warraq.errors import NoRoom, WarraqError
from warraq.sources.encodings import check_encoding
from warraq.sources.finding import Format, Survey, UsageError, Wanted
from warraq.sources.mapping import ArticleMapping, parse_map
from warraq.sources.opening import Meter
from warraq.sources.reading import read
from warraq.sources.record import Reading
from warraq.sources.refused import RefusedFile
from warraq.sources.sending import Sending

SOME_REFUSED, CALLED_WRONGLY, UNAVAILABLE, NO_ROOM, INTERRUPTED = 1, 2, 3, 4, 130
"""Exit codes beside 0, all sent."""

_Value = TypeVar("_Value")


def enqueue(  # noqa: PLR0913 (an option each)
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH…", help="Files, folders with all below, or - for stdin."),
    ],
    *,
    chosen: Annotated[
        Format | None,
        typer.Option("--format", "-f", help="Of all files; else each name tells. Of -: jsonl."),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            "-m",
            metavar="FIELD=COLUMN,…",
            help="Fields of an article from columns of other names: body=content,url=link. "
            "Columns that fill no field are kept in `extra`.",
        ),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", "-s", help="Of all articles, whatever the files say.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(metavar="ZONE", help="Of dates that name none: Asia/Riyadh.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Of CSV, text and HTML files: windows-1256. Else UTF-8.")
    ] = None,
    title_line: Annotated[
        bool, typer.Option("--title-line", help="The first line of a text file is its title.")
    ] = False,
    refused: Annotated[
        Path, typer.Option(metavar="FILE", help="Where refused records go, with the reasons.")
    ] = Path("refused.jsonl"),
    skip: Annotated[
        int, typer.Option(min=0, help="Pass over so many records, which an earlier run has sent.")
    ] = 0,
    limit: Annotated[int | None, typer.Option(min=1, help="Stop after so many records.")] = None,
    no_wait: Annotated[
        bool, typer.Option("--no-wait", help="Where the inbox is full, stop with exit code 4.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Validate all, send nothing.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress, no summary.")] = False,
) -> None:
    """Send articles from files into the inbox; sending one twice does no harm.

    JSON Lines, JSON, CSV, TSV, HTML pages and plain text; also as .gz, .xz, .zst.
    While the inbox is full (WARRAQ_INBOX_ARTICLES) it waits.

    Exit code: 0 all sent, 1 some refused, 2 called or set wrongly, 3 the inbox or a
    disk is not available, 4 the inbox is full (--no-wait), 130 interrupted.
    """
    mapping = ArticleMapping(
        _checked(parse_map, ",".join(columns or ())),
        source,
        _checked(_zone, timezone) if timezone else None,
    )
    encoding = _checked(check_encoding, encoding) if encoding else None
    wanted = Wanted(paths, chosen, leave_out=refused, limit=limit)
    try:
        survey = wanted.survey(has_source=source is not None or "source" in mapping.columns)
        _insist_on_other_file(refused, paths)
    except UsageError as error:
        raise typer.BadParameter(str(error)) from None
    with or_exit(CALLED_WRONGLY):
        settings = load_settings()
        inbox = None if dry_run else open_inbox(settings)
    started = time.monotonic()
    with RefusedFile(refused) as refused_file:
        room = None
        if inbox is not None:
            room = Patience(inbox, settings.inbox_articles, _say_error, waits=not no_wait)
        sending = Sending(inbox, mapping, contract_of(settings), refused_file, room)
        reading = Reading(settings.payload_bytes, encoding, title_line)
        code = _send(sending, wanted, survey, reading, skip=skip, quiet=quiet)
    if not quiet:
        for line in _summary(sending, survey, refused, time.monotonic() - started, dry_run=dry_run):
            typer.echo(line)
    raise typer.Exit(code)


def _send(
    sending: Sending,
    wanted: Wanted,
    survey: Survey,
    reading: Reading,
    *,
    skip: int,
    quiet: bool,
) -> int:
    """Sends everything; returns the exit code."""
    try:
        with _interruptible(sending), _progress(survey, quiet=quiet) as show:
            _pass_on(sending, wanted, reading, show, skip=skip)
    except KeyboardInterrupt:
        _say_error(_how_far("interrupted", sending, skip))
        return INTERRUPTED
    except NoRoom as error:
        _say_error(_how_far(str(error), sending, skip))
        return NO_ROOM
    except WarraqError as error:
        _say_error(_how_far(str(error), sending, skip))
        return UNAVAILABLE
    except OSError as error:
        _say_error(_how_far(f"{error.filename or 'disk'}: {error.strerror}", sending, skip))
        return UNAVAILABLE
    return SOME_REFUSED if sending.tally.refused else 0


def _pass_on(
    sending: Sending,
    wanted: Wanted,
    reading: Reading,
    show: Callable[[str, int, int], None],
    *,
    skip: int,
) -> None:
    meter = Meter()
    for found in wanted.files():
        for item in read(found, reading, meter):
            if skip:
                skip -= 1
                continue
            sending.take(item)
            show(found.file, meter.bytes, sending.taken)
            if sending.taken == wanted.limit:
                return sending.flush()
    return sending.flush()


def _how_far(what: str, sending: Sending, skipped: int) -> str:
    last = sending.tally.last_sent
    words = f"{what.removesuffix('.')}: {sending.tally.sent:,} sent"
    if last is not None:
        words += f", the last from {last.file}" + (f" line {last.line:,}" if last.line else "")
    if sending.in_flight:
        words += f"; whether {sending.in_flight:,} more arrived is not known"
    words += "; to send all again does no harm"
    if sending.tally.done:
        words += f", and with --skip {skipped + sending.tally.done} the same command goes on there"
    return words


def _summary(
    sending: Sending, survey: Survey, refused: Path, seconds: float, *, dry_run: bool
) -> Iterator[str]:
    tally = sending.tally
    rate = f"{tally.read / seconds:,.0f} a second" if seconds > 0 else "at once"
    done = "valid (a dry run: nothing was sent)" if dry_run else "sent"
    yield f"{done}: {tally.sent:,} of {tally.read:,} articles in {seconds:.1f} s, {rate}"
    if tally.refused:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in tally.refused.most_common())
        yield f"refused: {tally.refused.total():,} ({reasons}); see {refused}"
    if survey.skipped:
        yield f"skipped: {survey.skipped:,} files whose names tell no format"
    if sending.unseen_columns and tally.read:
        yield f"warning: no record has a column {', '.join(sorted(sending.unseen_columns))} (--map)"


@contextmanager
def _interruptible(sending: Sending) -> Iterator[None]:
    """Ctrl-C lets a pipeline on its way arrive, so that the count is true; a second does not."""
    asked = False

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked or not sending.in_flight:
            raise KeyboardInterrupt
        asked = sending.stop_after_flight = True

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(survey: Survey, *, quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """A function to call with file, bytes and records so far: on a terminal it draws a bar."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield lambda _file, _bytes, _records: None
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[records]:,} articles"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=survey.bytes or None, records=0)
        due = 0.0

        def show(file: str, read_bytes: int, records: int) -> None:
            nonlocal due
            if (now := time.monotonic()) >= due:
                due = now + 0.1
                name = "standard input" if file == "-" else Path(file).name
                progress.update(task, completed=read_bytes, records=records, description=name)

        yield show


def _checked(check: Callable[[str], _Value], text: str) -> _Value:
    try:
        return check(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone such as Asia/Riyadh") from None


def _insist_on_other_file(refused: Path, paths: list[str]) -> None:
    for path in paths:
        if path != "-" and refused.exists() and refused.samefile(path):
            raise UsageError(f"{path} would be read and written at once; give another --refused")


def _say_error(line: str) -> None:
    sys.stderr.write(f"warraq enqueue: {line}\n")
