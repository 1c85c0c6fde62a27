"""Plain text: one article a file, its id from the text."""

import hashlib
from pathlib import Path

from tests.sources.reading_here import fields, read_bytes, reasons
from warraq.sources.record import Reading, Refusal

TEXT = "أعلنت قوات الجيش ضربة جوية\r\n\r\nفي ضواحي طرابلس.\r\n"  # the army announced an air strike


def test_the_whole_file_is_the_body(tmp_path: Path) -> None:
    assert fields(read_bytes(tmp_path, "a.txt", TEXT.encode())) == [
        {
            "id": hashlib.sha256(TEXT.encode()).hexdigest()[:32],
            "body": TEXT,
            "extra": {"file": "a.txt"},
        }
    ]


def test_the_first_line_may_be_the_title(tmp_path: Path) -> None:
    item = fields(read_bytes(tmp_path, "a.txt", TEXT.encode(), Reading(title_line=True)))[0]
    assert item["title"] == "أعلنت قوات الجيش ضربة جوية"
    assert item["body"] == "في ضواحي طرابلس.\r\n"
    assert item["id"] == hashlib.sha256(TEXT.encode()).hexdigest()[:32]


def test_the_id_does_not_depend_on_the_encoding(tmp_path: Path) -> None:
    readings = {"utf-8": None, "utf-8-sig": None, "utf-16": None, "windows-1256": "windows-1256"}
    found = [
        fields(read_bytes(tmp_path, "a.txt", TEXT.encode(encoding), Reading(encoding=said)))[0]
        for encoding, said in readings.items()
    ]
    assert found == [found[0]] * 4


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    wrong = read_bytes(tmp_path, "a.txt", TEXT.encode("windows-1256"))
    assert reasons(wrong) == ["wrong-encoding"]
    assert isinstance(wrong[0], Refusal)
    assert "--encoding" in wrong[0].detail
    assert reasons(read_bytes(tmp_path, "a.txt", b" \n\n")) == ["empty"]
    assert reasons(read_bytes(tmp_path, "a.txt", b"")) == ["empty"]
    small = Reading(payload_bytes=10)
    assert reasons(read_bytes(tmp_path, "a.txt", TEXT.encode(), small)) == ["too-large"]
