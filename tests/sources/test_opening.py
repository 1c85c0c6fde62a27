"""Packed files: told by their bytes, unpacked as a stream, and refused where they break off."""

import gzip
import io
import lzma
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from tests.sources.reading_here import fields, read_bytes, reasons
from warraq.sources.finding import Format, Found
from warraq.sources.opening import Meter, opened
from warraq.sources.reading import read
from warraq.sources.record import Reading, Refusal

LINES = b"".join(
    b'{"id": "%d", "body": "%s"}\n' % (n, os.urandom(40).hex().encode()) for n in range(9_000)
)
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("suffix", PACK)
def test_packed_files_are_read_and_counted(tmp_path: Path, suffix: str) -> None:
    data = PACK[suffix](LINES)
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(data)
    meter = Meter()
    items = list(read(Found(str(path), Format.JSON_LINES, 0, named=True), Reading(), meter))
    assert reasons(items) == ["ok"] * 9_000
    assert meter.bytes == len(data)


@pytest.mark.parametrize("suffix", PACK)
def test_several_parts_one_after_the_other(tmp_path: Path, suffix: str) -> None:
    pack = PACK[suffix]
    data = pack(b'{"id": 1}\n') + pack(b"") + pack(b'{"id": 2}')
    assert fields(read_bytes(tmp_path, f"a.jsonl{suffix}", data)) == [{"id": 1}, {"id": 2}]


@pytest.mark.parametrize("suffix", PACK)
def test_a_name_without_a_suffix_does_not_matter(tmp_path: Path, suffix: str) -> None:
    items = read_bytes(tmp_path, "dump", PACK[suffix](b'{"id": 1}'), chosen="jsonl")
    assert fields(items) == [{"id": 1}]


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("kept", [0.3, 0.9, -1])
def test_a_cut_archive_gives_what_came_before(tmp_path: Path, suffix: str, kept: float) -> None:
    data = PACK[suffix](LINES)
    cut = data[:-1] if kept < 0 else data[: int(len(data) * kept)]
    items = read_bytes(tmp_path, f"a.jsonl{suffix}", cut)
    assert reasons(items)[-1] == "broken-archive"
    assert len(items) > (9_000 * kept * 0.3 if suffix != ".xz" else 0)
    assert isinstance(items[-1], Refusal)
    assert "\n" not in items[-1].detail


@pytest.mark.parametrize("suffix", PACK)
def test_a_damaged_archive_is_one_refusal(tmp_path: Path, suffix: str) -> None:
    data = bytearray(PACK[suffix](LINES))
    for at in range(len(data) // 2, len(data) // 2 + 64):
        data[at] ^= 0xA5
    items = read_bytes(tmp_path, f"a.jsonl{suffix}", bytes(data))
    assert "broken-archive" in reasons(items)


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("data", [b"", b"plain text\n", b'{"id": 1}\n'])
def test_a_name_that_promises_too_much(tmp_path: Path, suffix: str, data: bytes) -> None:
    assert reasons(read_bytes(tmp_path, f"a.jsonl{suffix}", data)) == ["broken-archive"]


@pytest.mark.parametrize("suffix", PACK)
def test_an_archive_made_to_fill_the_memory_does_not(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(PACK[suffix](bytes(200_000_000)))
    tracemalloc.start()
    with opened(str(path), Meter()) as stream:
        size = sum(map(len, iter(lambda: stream.read(1_000_000), b"")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size == 200_000_000
    assert peak < 90_000_000


def test_a_file_that_may_not_be_read_or_is_gone(tmp_path: Path) -> None:
    gone = Found(str(tmp_path / "gone.jsonl"), Format.JSON_LINES, 0, named=True)
    items = list(read(gone, Reading(), Meter()))
    assert reasons(items) == ["unreadable-file"]
    folder = Found(str(tmp_path), Format.JSON_LINES, 0, named=True)
    assert reasons(list(read(folder, Reading(), Meter()))) == ["unreadable-file"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = io.TextIOWrapper(io.BytesIO(lzma.compress(b'{"id": 1}\n')))
    monkeypatch.setattr("sys.stdin", piped)
    items = list(read(Found("-", Format.JSON_LINES, 0, named=True), Reading(), Meter()))
    assert fields(items) == [{"id": 1}]
    assert items[0].origin.file == "-"
