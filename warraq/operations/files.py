"""Files that an operator has written: whole or not there, and closed to others."""

from __future__ import annotations

import gzip
import lzma
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO, Any

import zstandard


@contextmanager
def written(file: str) -> Iterator[IO[bytes]]:
    """`file` to write to ("-": standard output), packed if its name ends so.

    It gets its name once it is whole, and is for its owner alone. Raises OSError.
    """
    if file == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(file)
    part = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as raw:
            with _packing(raw, path.suffix.lower()) as stream:
                yield stream
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def _packing(raw: IO[bytes], suffix: str) -> AbstractContextManager[Any]:
    if suffix == ".xz":
        return lzma.open(raw, "wb", preset=2)
    if suffix == ".gz":
        return gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6)
    if suffix == ".zst":
        return zstandard.ZstdCompressor().stream_writer(raw, closefd=False)
    return nullcontext(raw)
