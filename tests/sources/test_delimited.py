"""CSV and TSV: quoting, line ends, encodings, and rows that are not well formed."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.reading_here import fields, read_bytes, reasons
from warraq.sources.delimited import read_csv
from warraq.sources.record import Reading, Record, Refusal

WANTED = [
    {"id": "1", "title": "هدوء, حذر", "body": "سطر\nوسطر"},
    {"id": "2", "title": 'قال "نعم"', "body": ""},
]
TEXT = (
    'id,title,body\n1,"هدوء, حذر","سطر\nوسطر"\n2,"قال ""نعم""",\n'  # a careful calm; he said "yes"
)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_quotes_line_breaks_and_marks(tmp_path: Path, ends: str, encoding: str) -> None:
    items = read_bytes(tmp_path, "a.csv", TEXT.replace("\n", ends).encode(encoding))
    assert [
        {name: str(value).replace("\r\n", "\n") for name, value in row.items()}
        for row in fields(items)
    ] == WANTED
    assert [item.origin.line for item in items] == [2, 4]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_header_tells_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    text = f'"a,b"{delimiter}c{delimiter}d\n1{delimiter}2{delimiter}3\n'
    assert fields(read_bytes(tmp_path, "a.csv", text.encode())) == [
        {"a,b": "1", "c": "2", "d": "3"}
    ]


def test_excel_declares_its_delimiter_and_tsv_needs_none(tmp_path: Path) -> None:
    assert fields(read_bytes(tmp_path, "a.csv", b"sep=;\r\na;b,c\r\n1;2\r\n")) == [
        {"a": "1", "b,c": "2"}
    ]
    assert fields(read_bytes(tmp_path, "a.tsv", b"a,b,c\td\n1\t2\n")) == [{"a,b,c": "1", "d": "2"}]


def test_blank_rows_and_nameless_columns(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.csv", b"\n\na, ,b\n\n1,2,3\n,,\n4,5,6")
    assert fields(items) == [
        {"a": "1", "column 2": "2", "b": "3"},
        {"a": "4", "column 2": "5", "b": "6"},
    ]
    assert [item.origin.line for item in items] == [5, 7]


def test_only_a_header_or_nothing(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "a.csv", b"id,title\n") == []
    assert read_bytes(tmp_path, "a.csv", b"") == []


def test_a_row_of_another_length_is_refused(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.csv", b"a,b\n1,2\n1,2,3\n1\n3,4\n")
    assert reasons(items) == ["ok", "wrong-columns", "wrong-columns", "ok"]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    rows = "".join(f"{number},text\n" for number in range(1_000))
    items = read_bytes(tmp_path, "a.csv", f'a,b\n1,2\n7,"open\n{rows}'.encode())
    assert reasons(items) == ["ok", "bad-row", *["ok"] * 1_000]
    assert isinstance(items[1], Refusal)
    assert items[1].origin.line == 3
    assert "never closed" in items[1].detail


def test_letters_after_a_closing_quote_cost_one_row(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.csv", 'a,b\n1,"قال "نعم" ثم"\n3,4\n'.encode())
    assert reasons(items) == ["bad-row", "ok"]
    assert items[1].origin.line == 3


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_row_over_the_limit_is_refused(tmp_path: Path, quote: str) -> None:
    data = f"a,b\n1,{quote}{'x' * 3_000_000}{quote}\n3,4\n"
    items = read_bytes(tmp_path, "a.csv", data.encode(), Reading(payload_bytes=1_000_000))
    assert reasons(items) == ["too-large", "ok"]
    assert items[1].origin.line == 3


def test_a_body_longer_than_the_library_allows(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.csv", b"a,b\n1," + b"x" * 400_000)
    assert len(str(fields(items)[0]["b"])) == 400_000


def test_another_encoding_is_refused_with_the_way_out(tmp_path: Path) -> None:
    data = "id,title\n1,طرابلس\n2,plain\n".encode("windows-1256")
    items = read_bytes(tmp_path, "a.csv", data)
    assert reasons(items) == ["wrong-encoding", "ok"]
    assert isinstance(items[0], Refusal)
    assert "--encoding" in items[0].detail
    known = read_bytes(tmp_path, "a.csv", data, Reading(encoding="windows-1256"))
    assert fields(known)[0] == {"id": "1", "title": "طرابلس"}


def test_another_encoding_in_the_header_refuses_the_file(tmp_path: Path) -> None:
    data = "رقم,عنوان\n1,2\n".encode("windows-1256")  # number, title
    assert reasons(read_bytes(tmp_path, "a.csv", data)) == ["wrong-encoding"]


def test_a_cut_utf16_file(tmp_path: Path) -> None:
    data = "id,title\n1,خبر\n".encode("utf-16")[:-1]
    assert reasons(read_bytes(tmp_path, "a.csv", data))[-1] == "wrong-encoding"


def test_a_header_that_names_twice(tmp_path: Path) -> None:
    items = read_bytes(tmp_path, "a.csv", b"id,id,title\n1,2,3\n")
    assert reasons(items) == ["bad-header"]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@settings(deadline=None)  # a busy machine is no fault of ours
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=10), st.sampled_from(",;\t|"))
def test_what_is_written_is_read(rows: list[list[str]], delimiter: str) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([["id", "title", "body"], *rows])
    items = list(read_csv(io.BytesIO(text.getvalue().encode()), "-", Reading()))
    expected = [row for row in rows if any(map(str.strip, row))]
    assert [list(row.values()) for row in fields(items)] == expected


@settings(deadline=None)  # a busy machine is no fault of ours
@given(st.binary(max_size=200))
def test_no_bytes_raise(data: bytes) -> None:
    for item in read_csv(io.BytesIO(b"a,b\n" + data), "-", Reading(payload_bytes=50)):
        assert isinstance(item, Record | Refusal)
