"""JSON files: arrays, single objects, and objects one after the other."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.reading_here import fields, read_bytes, reasons
from warraq.sources.record import Reading, Refusal

ROWS: list[dict[str, object]] = [
    {"id": "1", "title": "خبر"},
    {"id": "2", "body": "نص\nسطران"},
]  # news; two lines


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2, ensure_ascii=False),
        "\n ".join(json.dumps(row, indent=1) for row in ROWS),
        "".join(map(json.dumps, ROWS)),
        "\ufeff" + json.dumps(ROWS) + "\n\n",
    ],
)
def test_every_usual_shape(tmp_path: Path, text: str) -> None:
    assert fields(read_bytes(tmp_path, "a.json", text.encode())) == ROWS


def test_one_object_and_none(tmp_path: Path) -> None:
    assert fields(read_bytes(tmp_path, "a.json", b'{"id": 1}')) == [{"id": 1}]
    assert read_bytes(tmp_path, "a.json", b" [ ] ") == []
    assert read_bytes(tmp_path, "a.json", b"\n") == []


def test_values_that_are_no_objects_cost_themselves_alone(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.json", b'[{"id": 1}, 7, [], "x", {"id": 2}]')
    assert reasons(items) == ["ok", "not-an-object", "not-an-object", "not-an-object", "ok"]


def test_an_integer_too_long_for_python_costs_itself_alone(tmp_path: Path) -> None:
    content = b'[{"id": %s}, {"id": 2}]' % (b"9" * 5_000)
    assert reasons(read_bytes(tmp_path, "a.json", content)) == ["invalid-field", "ok"]


def test_lines_are_counted(tmp_path: Path) -> None:
    text = json.dumps([{"a": n, "b": n} for n in range(3)], indent=1)
    assert [item.origin.line for item in read_bytes(tmp_path, "a.json", text.encode())] == [
        2,
        6,
        10,
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[{"id": 1},\n{"id": ', 2),
        ('[{"id": 1}\n{"id": 2}]', 2),
        ('[{"id": 1}', 1),
        ("[{}\n, x]", 2),
    ],
)
def test_where_it_breaks_off_the_rest_is_one_refusal(tmp_path: Path, text: str, line: int) -> None:
    items = read_bytes(tmp_path, "a.json", text.encode())
    assert reasons(items) == ["ok", "not-json"]
    assert isinstance(items[-1], Refusal)
    assert f"line {line}:" in items[-1].detail


def test_a_value_over_the_limit_ends_the_file(tmp_path: Path) -> None:
    text = json.dumps([{"a": 1}, {"a": "x" * 3_000_000}])
    items = read_bytes(tmp_path, "a.json", text.encode(), Reading(payload_bytes=1_000_000))
    assert reasons(items) == ["ok", "not-json"]


def test_deep_and_not_utf8(tmp_path: Path) -> None:
    assert reasons(read_bytes(tmp_path, "a.json", b"[" * 200_000)) == ["not-json"]
    wrong = '["طرابلس"]'.encode("windows-1256")
    assert reasons(read_bytes(tmp_path, "a.json", wrong)) == ["not-utf8"]


def test_values_across_the_edges_of_the_window(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"n": n, "x": "ب" * (n * 37 % 9_000)} for n in range(400)]
    assert fields(read_bytes(tmp_path, "a.json", json.dumps(rows).encode())) == rows


@settings(deadline=None)  # a busy machine is no fault of ours
@given(st.lists(st.dictionaries(st.text(), st.integers() | st.text()), max_size=5), st.booleans())
def test_what_is_written_is_read(rows: list[dict[str, object]], pretty: bool) -> None:
    import io

    from warraq.sources.json_values import read_json

    text = json.dumps(rows, indent=2 if pretty else None)
    assert fields(list(read_json(io.BytesIO(text.encode()), "-", Reading()))) == rows
