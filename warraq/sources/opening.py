"""Opening a file for reading: unpacked if it is packed, and counted as it is read.

Whether a file is packed is told by its first bytes, so standard input and files with odd names work
too; a name that promises what the bytes do not keep is an error.
"""

from __future__ import annotations

import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import zstandard

from warraq.sources.record import Unreadable

PACKED = {".gz": "gzip", ".xz": "xz", ".zst": "zstd"}
_MAGIC = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\x00": "xz", b"\x28\xb5\x2f\xfd": "zstd"}
_BUFFER = 256 * 1024
# One block of zstd is at least 4 bytes and at most 128 KB unpacked; so much input bounds the output
# of one step to 16 MB even for an archive that was made to fill the memory.
_ZSTD_STEP = 512
_BROKEN = (EOFError, zlib.error, lzma.LZMAError, zstandard.ZstdError, gzip.BadGzipFile)


class Meter:
    """How many bytes of the files, as they lie on the disk, have been read."""

    __slots__ = ("bytes",)

    def __init__(self) -> None:
        self.bytes = 0


class _Source(Protocol):
    def read1(self, size: int = -1, /) -> bytes: ...


class _Bytes(io.RawIOBase):
    """A raw stream over a function that returns the next bytes, b"" at the end."""

    def __init__(self, following: Callable[[int], bytes]) -> None:
        self._following = following

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._following(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _counted(source: _Source, meter: Meter) -> Callable[[int], bytes]:
    def following(size: int) -> bytes:
        data = source.read1(size)
        meter.bytes += len(data)
        return data

    return following


def _unpacked(source: BinaryIO, packed: str, file: str) -> Callable[[int], bytes]:
    unpackers: dict[str, Callable[[BinaryIO], _Source]] = {
        "gzip": lambda packed: gzip.GzipFile(fileobj=packed, mode="rb"),
        "xz": lzma.LZMAFile,
        "zstd": _ZstdFrames,
    }
    following = unpackers[packed](source).read1

    def guarded(size: int) -> bytes:
        try:
            return following(size)
        except _BROKEN as error:
            raise Unreadable("broken-archive", f"{file}: broken {packed} file: {error}") from None

    return guarded


class _ZstdFrames:
    """zstd frames one after the other; unlike the library's own reader, it tells a cut-off file."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._decoder = zstandard.ZstdDecompressor().decompressobj()
        self._inside = False
        self._ready = memoryview(b"")

    def read1(self, size: int = -1, /) -> bytes:
        while not self._ready:
            packed = self._source.read(_ZSTD_STEP)
            if not packed:
                if self._inside:
                    raise EOFError("it ends before its end-of-stream marker")
                return b""
            self._ready = memoryview(self._step(packed))
        given, self._ready = self._ready[:size], self._ready[size:]
        return bytes(given)

    def _step(self, packed: bytes) -> bytes:
        parts = []
        while packed:
            parts.append(self._decoder.decompress(packed))
            self._inside = not self._decoder.eof
            packed = b""
            if self._decoder.eof:
                packed = self._decoder.unused_data
                self._decoder = zstandard.ZstdDecompressor().decompressobj()
        return b"".join(parts)


@contextmanager
def opened(file: str, meter: Meter) -> Iterator[io.BufferedReader]:
    """The unpacked bytes of `file` ("-": standard input), counted in `meter` as they lie there.

    Raises Unreadable at once or while reading: "unreadable-file" or "broken-archive".
    """
    try:
        with _bytes_of(file) as source:
            plain = io.BufferedReader(_Bytes(_counted(source, meter)), _BUFFER)
            start = plain.peek(8)
            packed = next((kind for magic, kind in _MAGIC.items() if start.startswith(magic)), None)
            promised = PACKED.get(Path(file).suffix.lower())
            if promised and packed != promised:
                raise Unreadable("broken-archive", f"{file}: this is no {promised} file")
            following = _unpacked(plain, packed, file) if packed else plain.read1
            yield io.BufferedReader(_Bytes(following), _BUFFER)
    except OSError as error:
        raise Unreadable("unreadable-file", f"{file}: {error.strerror or error}") from error


@contextmanager
def _bytes_of(file: str) -> Iterator[_Source]:
    if file == "-":
        yield cast("_Source", sys.stdin.buffer)
    else:
        with Path(file).open("rb") as source:
            yield source
