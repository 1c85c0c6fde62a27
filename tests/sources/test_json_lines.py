"""JSON Lines as the world writes them: one bad line is one refusal, the others are read."""

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.reading_here import fields, read_bytes, reasons
from warraq.sources.json_lines import read_json_lines
from warraq.sources.opening import Meter, opened
from warraq.sources.record import Reading, Record, Refusal
from warraq.sources.refused import to_json

GOOD = '{"id": "1", "title": "هدوء في طرابلس"}'.encode()  # calm in Tripoli


def test_lines_with_bom_crlf_and_blank_ones(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + GOOD + b"\r\n\r\n  \n" + GOOD + b"\n\n" + GOOD
    items = read_bytes(tmp_path, "a.jsonl", data)
    assert fields(items) == [{"id": "1", "title": "هدوء في طرابلس"}] * 3
    assert [item.origin.line for item in items] == [1, 4, 6]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not-json"),
        (b'{"a": NaN}', "not-json"),
        (b'{"a": 1}{"b": 2}', "not-json"),
        (b'{"n": ' + b"9" * 5_000 + b"}", "invalid-field"),
        (b"[1, 2]", "not-an-object"),
        (b"null", "not-an-object"),
        (b'{"a":' * 100_000, "too-deep"),
        (b'{"a": "' + "طرابلس".encode("windows-1256") + b'"}', "not-utf8"),
        (b'{"a": "' + b"x" * 20_000 + b'"}', "too-large"),
        (b"\x00\xff\xfe\x80", "not-utf8"),
    ],
)
def test_a_hostile_line_costs_itself_alone(tmp_path: Path, line: bytes, reason: str) -> None:
    reading = Reading(payload_bytes=20_000 if reason == "too-large" else 8_000_000)
    items = read_bytes(tmp_path, "a.jsonl", GOOD + b"\n" + line + b"\n" + GOOD + b"\n", reading)
    assert reasons(items) == ["ok", reason, "ok"]
    assert [item.origin.line for item in items] == [1, 2, 3]
    refusal = items[1]
    assert isinstance(refusal, Refusal)
    assert isinstance(refusal.record, str)
    assert refusal.record


def test_a_line_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    data = GOOD + b"\n" + GOOD + b" \n"
    items = read_bytes(tmp_path, "a.jsonl", data, Reading(payload_bytes=len(GOOD)))
    assert reasons(items) == ["ok", "too-large"]


def test_a_huge_line_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1_000_000)
        file.write(b"\n" + GOOD)
    tracemalloc.start()
    with opened(str(path), Meter()) as stream:
        items = list(read_json_lines(stream, "a.jsonl", Reading(payload_bytes=1_000_000)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert reasons(items) == ["too-large", "ok"]
    assert "100,000,001 bytes" in items[0].detail  # type: ignore[union-attr]
    assert items[1].origin.line == 2
    assert peak < 6_000_000


def test_utf16_is_refused_once(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.jsonl", (GOOD.decode() + "\n").encode("utf-16") * 3)
    assert reasons(items) == ["not-utf8"]
    assert "UTF-16" in items[0].detail  # type: ignore[union-attr]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@settings(deadline=None)  # a busy machine is no fault of ours
@given(st.lists(st.dictionaries(st.text(), JSON, max_size=5), max_size=8))
def test_what_is_written_is_read(rows: list[dict[str, object]]) -> None:
    from io import BytesIO

    data = b"".join(to_json(row) + b"\n" for row in rows)
    items = list(read_json_lines(BytesIO(data), "-", Reading()))  # type: ignore[arg-type]
    assert fields(items) == rows


@settings(deadline=None)  # a busy machine is no fault of ours
@given(st.lists(st.binary().filter(lambda line: b"\n" not in line), max_size=8))
def test_no_bytes_raise(lines: list[bytes]) -> None:
    from io import BytesIO

    items = list(read_json_lines(BytesIO(b"\n".join(lines)), "-", Reading(payload_bytes=50)))
    assert len(items) <= len(lines)
    for item in items:
        json.dumps(item.fields if isinstance(item, Record) else item.record)
