"""What must hold of the file readers: records and refusals, and then articles, whatever is read."""

from __future__ import annotations

import gzip
import json
import lzma
import tempfile
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import zstandard

from tests.fuzz.contract import CONTRACT, LONGEST_DETAIL
from tests.fuzz.samples import DEMO_ARTICLES
from tests.fuzz.target import within
from warraq.article import parse
from warraq.errors import Rejected
from warraq.sources.finding import Format, Found
from warraq.sources.mapping import ArticleMapping
from warraq.sources.opening import Meter
from warraq.sources.reading import read
from warraq.sources.record import Reading, Record, Refusal
from warraq.sources.refused import to_json
from warraq.sources.sending import as_sent

FORMATS = (*Format,)
LIMIT = 20_000
"""Of a record, in bytes: small, so that an input can pass it, too."""
_MOST_ITEMS = 10_000
_ENCODINGS = (None, None, None, "windows-1256", "utf-16", "iso-8859-6", "utf-7", "cp037")
_MAPPINGS = (
    ArticleMapping(source="sahifa"),
    ArticleMapping(zone=ZoneInfo("Asia/Riyadh")),
    ArticleMapping({"body": "text", "id": "title"}, "sahifa", ZoneInfo("Africa/Tripoli")),
)
_PACKERS: tuple[Callable[[bytes], bytes], ...] = (
    gzip.compress,
    lzma.compress,
    zstandard.compress,
)


def read_file(data: bytes) -> None:
    """One byte for the format and the packing, one for options; the rest is the file.

    Records that become articles of the contract, or refusals, told in a line each.
    """
    if len(data) < 2:
        return
    form, options, content = data[0], data[1], data[2:]
    chosen = FORMATS[form % len(FORMATS)]
    packing = form // len(FORMATS) % 5
    if packing in (1, 2, 3):
        content = _PACKERS[packing - 1](content)
        if options >= 192:  # cut off, as by a broken download
            content = content[: len(content) * (options - 192) // 64]
    reading = Reading(LIMIT, _ENCODINGS[options % len(_ENCODINGS)], bool(options & 8))
    mapping = _MAPPINGS[options // 16 % len(_MAPPINGS)]
    path = _folder() / "file"
    path.write_bytes(content)
    with within():
        outcomes = [_outcome(item, mapping) for item in _items(path, chosen, reading)]
    assert outcomes == [_outcome(item, mapping) for item in _items(path, chosen, reading)]


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="warraq-fuzz-"))


def _items(path: Path, chosen: Format, reading: Reading) -> list[Record | Refusal]:
    found = Found(str(path), chosen, path.stat().st_size, named=True)
    items: list[Record | Refusal] = []
    for item in read(found, reading, Meter()):
        items.append(item)
        assert len(items) <= _MOST_ITEMS, "more items than the file has bytes"
    return items


def _outcome(item: Record | Refusal, mapping: ArticleMapping) -> str:
    """What becomes of an item on its way into the inbox; told as the file of refusals would."""
    if isinstance(item, Record):
        try:
            payload = as_sent(mapping.payload(item))
            return parse(payload, CONTRACT).article.document_id
        except Rejected as why:
            item = Refusal(item.origin, why.reason, why.detail, item.fields)
    assert item.reason
    assert 0 < len(item.detail) <= LONGEST_DETAIL
    line = to_json({"detail": item.detail, "record": item.record, "line": item.origin.line})
    json.loads(line)
    return line.decode()


def file_seeds() -> Iterator[bytes]:
    articles = [
        {name: article[name] for name in ("source", "id", "title", "body") if name in article}
        for article in DEMO_ARTICLES[:6]
    ]
    short = [{**article, "body": article["body"][:80]} for article in articles]
    rows = ["source,id,title,text", *(f'a,{n},"{one["title"]}",نص' for n, one in enumerate(short))]
    page = (
        '<html><head><meta charset="utf-8"><title>خبر</title><meta property='
        '"article:published_time" content="2018-01-08T14:30:00+02:00"><script type='
        '"application/ld+json">{"@graph":[{"datePublished":"2018-01-08T14:30"}]}</script></head>'
        f"<body><article><h1>خبر</h1><p>{articles[0]['body'][:900]}</p></article></body></html>"
    )
    contents = {
        Format.JSON_LINES: "\n".join(json.dumps(one, ensure_ascii=False) for one in short),
        Format.JSON: json.dumps(short, ensure_ascii=False),
        Format.CSV: "\r\n".join(rows),
        Format.TSV: "\n".join(rows).replace(",", "\t"),
        Format.HTML: page,
        Format.TEXT: f"عنوان\n{articles[0]['body'][:300]}",
    }
    for number, chosen in enumerate(FORMATS):
        content = contents[chosen]
        for packing in range(4):
            yield bytes((number + packing * len(FORMATS), 0)) + content.encode()
        yield bytes((number + len(FORMATS), 220)) + content.encode()
        yield bytes((number, 3)) + content.encode("windows-1256", "replace")
        yield bytes((number, 0)) + content.encode("utf-16")
        for pack in _PACKERS:
            yield bytes((number + 4 * len(FORMATS), 0)) + pack(content.encode())
    yield bytes((2, 0)) + b"sep=;\n" + b'a;b\n"1;2\n3;4\n'
    yield bytes((0 + 4 * len(FORMATS), 0)) + zlib.compress(b"x")
