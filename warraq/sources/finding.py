"""Which files there are to read, and what format each one has."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from warraq.errors import WarraqError
from warraq.sources.opening import PACKED


class Format(StrEnum):
    """What `--format` takes."""

    JSON_LINES = "jsonl"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    HTML = "html"
    TEXT = "text"


_SUFFIXES = {
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".tsv": Format.TSV,
    ".tab": Format.TSV,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
}
SUFFIXES = tuple(_SUFFIXES)


class UsageError(WarraqError):
    """The user asked for what cannot be done; nothing has been read or sent."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read. file: its path, "-" for standard input; format: None where unknown.

    bytes: its size on the disk, 0 where it has none (a pipe). named: asked for by its own name,
    not found in a folder.
    """

    file: str
    format: Format | None
    bytes: int
    named: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the user asked to read: walked twice, so that no list of files has to be held.

    chosen: the format of all of them, whatever their names tell. leave_out: a file that is ours.
    limit: of records.
    """

    paths: Sequence[str]
    chosen: Format | None = None
    leave_out: Path | None = None
    limit: int | None = None

    def files(self) -> Iterator[Found]:
        """Those of a known format. Raises OSError where a path cannot be read."""
        return (found for found in self._all() if found.format is not None)

    def _all(self) -> Iterator[Found]:
        return find(self.paths, self.chosen, self.leave_out)

    def survey(self, *, has_source: bool) -> Survey:
        """Looks at everything before anything is sent. Raises UsageError, naming the file at fault.

        has_source: a source was given for all; plain text has no other.
        """
        files = total = skipped = 0
        try:
            for found in self._all():
                if found.format is None and found.named:
                    raise UsageError(
                        f"{found.file}: its name tells no format; give --format "
                        f"{'|'.join(Format)}, or one of the names *{' *'.join(SUFFIXES)}"
                    )
                if found.format is None:
                    skipped += 1
                    continue
                if found.format is Format.TEXT and not has_source:
                    raise UsageError(
                        f"{found.file}: plain text names no source; give --source NAME"
                    )
                files += 1
                total += found.bytes
        except OSError as error:
            raise UsageError(f"{error.filename}: {error.strerror}") from None
        if files == 0:
            raise UsageError(
                f"no readable files in {', '.join(self.paths)}"
                + (f" ({skipped:,} of unknown formats)" if skipped else "")
            )
        return Survey(files, total, skipped)


@dataclass(frozen=True, slots=True)
class Survey:
    """How much there is to read. bytes: on the disk; skipped: files of unknown formats."""

    files: int
    bytes: int
    skipped: int


def recognized(file: str) -> Format | None:
    """The format that a file's name tells: news.jsonl.xz is JSON Lines."""
    name = Path(file)
    if name.suffix.lower() in PACKED:
        name = name.with_suffix("")
    return _SUFFIXES.get(name.suffix.lower())


def find(
    paths: Sequence[str], chosen: Format | None, leave_out: Path | None = None
) -> Iterator[Found]:
    """The files under `paths` in their order; those of a folder sorted by name, folders within.

    chosen: the format of all of them, whatever their names; in a folder, files of unknown names are
    then read too. Hidden files and folders in folders, and the file `leave_out`, are not there.
    Raises OSError where a path or a folder cannot be read.
    """
    for path in paths:
        if path == "-":
            yield Found("-", chosen or Format.JSON_LINES, 0, named=True)
        elif Path(path).is_dir():
            for file in _files_in(path):
                if leave_out is None or not _same(file, leave_out):
                    yield _found(file, chosen, named=False)
        else:
            yield _found(path, chosen, named=True)


def _found(file: str, chosen: Format | None, *, named: bool) -> Found:
    return Found(file, chosen or recognized(file), Path(file).stat().st_size, named)


def _files_in(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        if entry.name.startswith("."):
            continue
        # A link to a folder may lead back to where we are.
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in(entry.path)
        elif entry.is_file():
            yield entry.path


def _same(file: str, other: Path) -> bool:
    return other.exists() and Path(file).samefile(other)
