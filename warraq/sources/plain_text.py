"""Plain text: one article a file."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from warraq.sources.encodings import HINT, encoding_of, misfit
from warraq.sources.record import Origin, Read, Reading, Record, Refusal, shown
from warraq.sources.whole_file import named, read_whole


def read_text(stream: BinaryIO, file: str, reading: Reading) -> Read:
    """The whole file as one record; its id is the beginning of the sha256 of the text in UTF-8."""
    raw = read_whole(stream, file, reading)
    if isinstance(raw, Refusal):
        yield raw
        return
    encoding = encoding_of(raw, reading.encoding)
    try:
        text = raw.decode(encoding)
    except UnicodeError as error:
        detail = f"{misfit(error, encoding)}; {HINT}"
        yield Refusal(Origin(file), "wrong-encoding", detail, shown(raw))
        return
    if not text.strip():
        yield Refusal(Origin(file), "empty", "the file holds no text")
        return
    fields: dict[str, object] = {"id": content_id(text), "body": text, **named(file)}
    if reading.title_line:
        title, _, body = text.lstrip().partition("\n")
        fields |= {"title": title.strip(), "body": body.lstrip("\r\n")}
    yield Record(Origin(file), fields)


def content_id(text: str) -> str:
    """32 hex digits that follow from the text alone, whatever encoding it was stored in."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
