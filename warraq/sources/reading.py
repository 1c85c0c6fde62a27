"""Any file → records: opens it, takes the reader of its format, ends well where it breaks off."""

from __future__ import annotations

import codecs
import io

from warraq.sources.delimited import read_csv, read_tsv
from warraq.sources.finding import Format, Found
from warraq.sources.json_lines import read_json_lines
from warraq.sources.json_values import read_json
from warraq.sources.opening import Meter, opened
from warraq.sources.plain_text import read_text
from warraq.sources.record import Origin, Read, Reader, Reading, Refusal, Unreadable
from warraq.sources.web_page import read_html

READERS: dict[Format, Reader] = {
    Format.JSON_LINES: read_json_lines,
    Format.JSON: read_json,
    Format.CSV: read_csv,
    Format.TSV: read_tsv,
    Format.HTML: read_html,
    Format.TEXT: read_text,
}


def read(found: Found, reading: Reading, meter: Meter) -> Read:
    """The records of one file; what cannot be read of it is one last refusal, no exception."""
    if found.format is None:
        raise ValueError(f"{found.file}: its format is unknown")
    origin = Origin(found.file)
    try:
        with opened(found.file, meter) as stream:
            if found.format in (Format.JSON, Format.JSON_LINES):
                _insist_on_utf8(stream)
            for item in READERS[found.format](stream, found.file, reading):
                origin = item.origin
                yield item
    except Unreadable as error:
        yield Refusal(origin, error.reason, error.detail)


def _insist_on_utf8(stream: io.BufferedReader) -> None:
    if stream.peek(2).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Unreadable(
            "not-utf8", "the file is in UTF-16; JSON is read in UTF-8: convert it first"
        )
