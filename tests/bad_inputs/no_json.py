"""What is no JSON object in UTF-8: cut off, of other formats, in other encodings."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import lzma
import pickle
import zipfile
import zlib
from collections.abc import Iterator

from tests.bad_inputs.bad_input import INDEXED, BadInput, as_json, fields_of

_ARTICLE = {
    "source": "sahifat-al-mina", "id": "4711", "title": "انقطاع المياه جنوب طرابلس",
    "body": "قال السكان إن \"المياه\" مقطوعة.", "tags": ["مياه"], "extra": {"page": 3},
}  # fmt: skip

_NOT_JSON = (
    "", " ", "\n", "{", "}", "[", "]", '"', ",", ":", "nul", "nulll", "True", "None",
    "undefined", "-",
    "+1", "01", ".5", "5.", "1e", "0x10", "1_000", "'a'", "{'source':'s','id':'1'}", "{source:1}",
    '{"source":"s","id":"1",}', '{"source":"s" "id":"1"}', '{"source":"s";"id":"1"}', '{"source"}',
    '{"source":}', '{,}', '{"a":1}}', '{"a":1}{"a":2}', '{"a":1}\n{"a":2}', '{"a":1},',
    '{"a":[1,]}',
    '{"a":[1 2]}', '{"a":"\\x41"}', '{"a":"\\u12"}', '{"a":"\\u12G4"}', '{"a":"\\"}',
    '{"a":"b\nc"}',
    '{"a":"b\tc"}', '{"a":"\x00"}', '{"a":"\x1f"}', '/* c */{"a":1}', '{"a":1} // c', '#{"a":1}',
    "{\u201csource\u201d:1}", "{«source»:1}", '\ufeff\ufeff{"a":1}', '\u200b{"a":1}', '{"a":1}\x00',
    "\x00", "\xa0{}", "source: s\nid: 1\n", "<article><id>1</id></article>", "id,source\n1,s\n",
    "<!DOCTYPE html><p>خبر</p>", "خبر عاجل من طرابلس", "(1, 2)", "{1: 2}", "b'{}'",
    "__import__('os')",
    '{"a":tru}', '{"a":TRUE}', '{"a":١}', '{"a":"b"', '{"a":1e5.5}', '{"a":--1}', '{"a":1،"b":2}',
    "source=s&id=1", "%7B%22a%22%3A1%7D", "&#123;&quot;a&quot;:1}", "${jndi:ldap://x/a}", "{{7*7}}",
)  # fmt: skip

_OTHER_VALUES = (
    "null", "true", "false", "0", "-0", "1", "1.5", "1e5", '""', '"خبر"',
    '"{\\"source\\":\\"s\\"}"',
    "[]", "[[]]", "[{}]", '["source","id"]', "[null]", '[{"source":"s","id":"1","title":"خبر"}]',
    "123456789012345678901234567890", "1e400", '"\\u0000"', '"\\ud800"', " [ ] ",
    "\n null \n", "[1,2,3]",
    "\ufeff[]", "\ufeffnull",
)  # fmt: skip


def inputs() -> Iterator[BadInput]:
    for text in _NOT_JSON:
        yield BadInput("no JSON", repr(text[:40]), text.encode(), "not-json")
    for text in _OTHER_VALUES:
        yield BadInput("JSON, but no object", text[:40], text.encode(), "not-an-object")
    yield from _cut_off()
    yield from _constants()
    yield from _other_formats()
    yield from _other_encodings()
    yield from _broken_utf8()
    yield from _without_payload()


def _cut_off() -> Iterator[BadInput]:
    """An article that breaks off, wherever it can; most cuts go through a letter."""
    whole = as_json(_ARTICLE)
    for length in range(2, len(whole) - 1, 2):
        raw = whole[:length]
        try:
            raw.decode()
        except UnicodeDecodeError:
            yield BadInput("cut off inside a letter", f"after {length} bytes", raw, "not-utf8")
        else:
            yield BadInput("cut off", f"after {length} bytes", raw, "not-json")


def _constants() -> Iterator[BadInput]:
    """What JavaScript and Python call numbers, and JSON does not."""
    for constant in ("NaN", "Infinity", "-Infinity"):
        for name in ("id", "revision", "title", "extra", "tags", "unknown"):
            value = {"extra": f'{{"a":{constant}}}', "tags": f"[{constant}]"}.get(name, constant)
            raw = f'{{"source":"s","id":"1","{name}":{value}}}'.encode()
            yield BadInput("NaN and Infinity", f"{constant} in {name}", raw, "not-json", constant)


def _other_formats() -> Iterator[BadInput]:
    plain = as_json(_ARTICLE)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("a.json", plain)
    formats = {
        "gzip": (gzip.compress(plain, mtime=0), "not-utf8"),
        "bzip2": (bz2.compress(plain), "not-utf8"),
        "xz": (lzma.compress(plain), "not-utf8"),
        "zlib": (zlib.compress(plain), "not-utf8"),
        "zip": (archive.getvalue(), "not-utf8"),
        "pickle": (pickle.dumps(_ARTICLE), "not-utf8"),
        "pickle of protocol 0": (pickle.dumps(_ARTICLE, 0), "not-json"),
        "base64": (base64.b64encode(plain), "not-json"),
        "MessagePack": (b"\x82\xa6source\xa1s\xa2id\xa11", "not-utf8"),
        "BSON": (b"\x16\x00\x00\x00\x02id\x00\x02\x00\x00\x001\x00\x00", "not-json"),
        "a PNG file": (b"\x89PNG\r\n\x1a\n" + bytes(40), "not-utf8"),
        "a PDF file": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not-utf8"),
        "bytes 0 to 255": (bytes(range(256)), "not-utf8"),
        "a thousand NULs": (bytes(1_000), "not-json"),
        "9 MB of spaces": (b" " * 9_000_000, "too-large"),
        "9 MB of an article": (as_json(_ARTICLE | {"body": "س" * 4_500_000}), "too-large"),
    }
    for name, (raw, reason) in formats.items():
        yield BadInput("another format", name, raw, reason)


def _other_encodings() -> Iterator[BadInput]:
    text = as_json(_ARTICLE).decode()
    for encoding in ("cp1256", "iso-8859-6", "mac-arabic", "cp720"):
        raw = text.encode(encoding)
        yield BadInput("another encoding", encoding, raw, "not-utf8", "byte")
    for encoding in ("utf-16", "utf-32"):
        yield BadInput("another encoding", encoding, text.encode(encoding), "not-utf8")
    # Without a mark they may be UTF-8 with a NUL behind each letter, until one letter is not.
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp037", "cp500"):
        ascii_only = as_json(_ARTICLE, escaped=True).decode().encode(encoding)
        reason = "not-utf8" if encoding.startswith("cp") else "not-json"
        yield BadInput("another encoding", f"{encoding}, ASCII only", ascii_only, reason)
    yield BadInput("another encoding", "utf-7", text.encode("utf-7"), "not-json")
    for name, mark in (("utf-8 with a mark", b"\xef\xbb\xbf"), ("white space first", b" \r\n\t ")):
        yield BadInput("another encoding", name, mark + as_json(fields_of()), INDEXED)


_BROKEN = {
    "a continuation byte alone": b"\x80",
    "a first byte alone": b"\xd8",
    "two of three bytes": b"\xe2\x80",
    "three of four bytes": b"\xf0\x9f\x98",
    "an overlong slash": b"\xc0\xaf",
    "an overlong NUL": b"\xc0\x80",
    "an overlong letter in three bytes": b"\xe0\x98\xb3",
    "half a surrogate pair": b"\xed\xa0\x80",
    "a pair as in CESU-8": b"\xed\xa0\xbd\xed\xb8\x80",
    "beyond U+10FFFF": b"\xf4\x90\x80\x80",
    "five bytes": b"\xf8\x88\x80\x80\x80",
    "six bytes": b"\xfc\x84\x80\x80\x80\x80",
    "FE FF": b"\xfe\xff",
    "FF": b"\xff",
    "a word of windows-1256": "طرابلس".encode("cp1256"),
}


def _broken_utf8() -> Iterator[BadInput]:
    for name, wrong in _BROKEN.items():
        for field in ("source", "title", "body", "a key"):
            fields = fields_of(**{"unknown" if field == "a key" else field: "نص #"})
            raw = as_json(fields)
            if field == "a key":
                raw = raw.replace(b"unknown", b"unk#own")
            broken = raw.replace(b"#", wrong, 1)
            yield BadInput("broken UTF-8", f"{name} in {field}", broken, "not-utf8", "is not UTF-8")


def _without_payload() -> Iterator[BadInput]:
    """Entries that were added without the field `article`."""
    entries: dict[str, dict[str, bytes]] = {
        "another field": {"body": b"{}"},
        "the field in capitals": {"ARTICLE": as_json(fields_of())},
        "an empty name": {"": b"x"},
        "a field that is no UTF-8": {"payload": b"\xff\xfe"},
        "many fields": {f"f{number}": b"x" for number in range(500)},
        "fields of one article": {"source": b"s", "id": b"1", "title": "خبر".encode()},
        "a name with a line end": {"article\n": b"{}"},
    }
    for name, entry in entries.items():
        yield BadInput(
            "an entry without `article`", name, b"", "no-article", "has no field", entry=entry
        )
