"""Which files are read: by name, in folders, and what is refused before anything is sent."""

import os
from pathlib import Path

import pytest

from warraq.sources.finding import Format, UsageError, Wanted, recognized


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", Format.JSON_LINES),
        ("A.NDJSON.GZ", Format.JSON_LINES),
        ("x/a.b.jsonl.xz", Format.JSON_LINES),
        ("a.json.zst", Format.JSON),
        ("a.csv", Format.CSV),
        ("a.tab", Format.TSV),
        ("صفحة.HTML", Format.HTML),
        ("000_c6.txt", Format.TEXT),
        ("a.gz", None),
        ("a.pdf", None),
        ("jsonl", None),
        (".gz", None),
    ],
)
def test_names_tell_formats(name: str, expected: Format | None) -> None:
    assert recognized(name) is expected


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in (
        "b/2.csv",
        "b/1.html",
        "a.jsonl",
        "c.txt",
        ".hidden.csv",
        ".git/x.csv",
        "b/photo.jpg",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "d.csv").symlink_to(tmp_path / "b" / "2.csv")
    refused = tmp_path / "refused.jsonl"
    refused.touch()
    wanted = Wanted([str(tmp_path)], leave_out=refused)
    found = [os.path.relpath(found.file, tmp_path) for found in wanted.files()]
    assert found == ["a.jsonl", "b/1.html", "b/2.csv", "c.txt", "d.csv"]
    survey = wanted.survey(has_source=True)
    assert (survey.files, survey.bytes, survey.skipped) == (5, 5, 1)


def test_a_chosen_format_is_that_of_all(tmp_path: Path) -> None:
    (tmp_path / "part-0001").write_text("{}", encoding="utf-8")
    found = list(Wanted([str(tmp_path), "-"], chosen=Format.JSON).files())
    assert [item.format for item in found] == [Format.JSON, Format.JSON]


def test_standard_input_is_json_lines() -> None:
    assert [item.format for item in Wanted(["-"]).files()] == [Format.JSON_LINES]


def test_what_cannot_be_read_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").touch()
    (tmp_path / "a.txt").touch()
    (tmp_path / "empty").mkdir()
    for paths, part in {
        str(tmp_path / "none.jsonl"): "No such file",
        str(tmp_path / "a.pdf"): "--format",
        str(tmp_path / "a.txt"): "--source",
        str(tmp_path / "empty"): "no readable files",
    }.items():
        with pytest.raises(UsageError, match=part) as caught:
            Wanted([paths]).survey(has_source=False)
        assert "\n" not in str(caught.value)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UsageError, match="1 of unknown formats"):
        Wanted([str(tmp_path)]).survey(has_source=True)
