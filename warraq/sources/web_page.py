"""HTML pages: one article a file, as trafilatura finds it. Nothing is ever fetched."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from urllib.parse import urlsplit

from resiliparse.parse.encoding import map_encoding_to_html5
from resiliparse.parse.html import HTMLTree

from warraq.sources.encodings import HINT, encoding_of, misfit
from warraq.sources.plain_text import content_id
from warraq.sources.record import Origin, Read, Reading, Record, Refusal, shown
from warraq.sources.whole_file import named, read_whole

# Without a handler these two write their remarks to the terminal, over our own lines.
for _talker in ("trafilatura", "htmldate"):
    logging.getLogger(_talker).addHandler(logging.NullHandler())

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]{1,40})""", re.IGNORECASE)
_FULL_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_MOMENTS = {
    "published_at": ("article:published_time", "datePublished"),
    "updated_at": ("article:modified_time", "dateModified"),
}
# The head of a page; a charset declared later is too late for a browser, too.
_HEAD_BYTES = 4_096


def read_html(stream: BinaryIO, file: str, reading: Reading) -> Read:
    """The page as one record: title, body, author, dates, url, section and tags, where found."""
    raw = read_whole(stream, file, reading)
    if isinstance(raw, Refusal):
        yield raw
        return
    encoding, errors = _encoding(raw, reading)
    try:
        html = raw.decode(encoding, errors)
    except UnicodeError as error:
        detail = f"{misfit(error, encoding)}, and the page declares none; {HINT}"
        yield Refusal(Origin(file), "wrong-encoding", detail, shown(raw))
        return
    yield _record(html, file)


def _encoding(raw: bytes, reading: Reading) -> tuple[str, str]:
    """The page's encoding, and what is done with wrong bytes: where it is known, as in browsers."""
    marked = encoding_of(raw, reading.encoding)
    if reading.encoding or marked != "utf-8":
        return marked, "replace"
    declared = _CHARSET.search(raw[:_HEAD_BYTES])
    if declared is None:
        return marked, "strict"
    name = declared[1].decode("ascii", "replace")
    return str(map_encoding_to_html5(name) or marked), "replace"


def _record(html: str, file: str) -> Record | Refusal:
    # Here, because it takes a quarter of a second, which no other command should wait for.
    from trafilatura import bare_extraction  # noqa: PLC0415

    try:
        found = bare_extraction(html, with_metadata=True, include_comments=False)
        moments = dict(_moments(html))
    except (RecursionError, ValueError, AttributeError, TypeError) as error:
        detail = f"the page cannot be taken apart: {type(error).__name__}"
        return Refusal(Origin(file), "bad-html", detail, html)
    page = found.as_dict() if found is not None and not isinstance(found, dict) else found
    if not page or not (page.get("text") or "").strip():
        return Refusal(Origin(file), "no-text", "no text of an article was found on the page", html)
    title = _one_line(page.get("title"))
    fields: dict[str, object] = {
        "title": title,
        "body": _without_title(page["text"], title),
        "author": _one_line(page.get("author")),
        "section": _one_line(next(iter(page.get("categories") or ()), None)),
        "tags": _tags(page.get("tags") or ()),
        "published_at": page.get("date"),
        **moments,
        **named(file),
        "description": page.get("description"),
        "sitename": page.get("sitename"),
    }
    url = page.get("url")
    if url and urlsplit(url).scheme in ("http", "https"):
        fields |= {"url": url, "source": urlsplit(url).hostname}
    else:
        fields["id"] = content_id(page["text"])
    return Record(Origin(file), {name: value for name, value in fields.items() if value})


def _one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def _tags(listed: Iterable[str]) -> list[str]:
    """trafilatura gives the page's keywords as it found them, so "a, b، c" is one of its tags."""
    tags = (" ".join(tag.split()) for text in listed for tag in re.split("[,،;؛]", text))
    return list(dict.fromkeys(filter(None, tags)))


def _without_title(text: str, title: str | None) -> str:
    """The body does not begin with the headline a second time."""
    first, _, rest = text.partition("\n")
    return rest if title and rest and _one_line(first) == title else text


def _moments(html: str) -> Iterator[tuple[str, str]]:
    """Declared dates with their time of day; trafilatura gives the day alone."""
    document = HTMLTree.parse(html).document
    declared: dict[str | None, object] = {}
    if document is None:
        return
    for meta in document.query_selector_all("meta[property]"):
        declared.setdefault(meta.getattr("property"), meta.getattr("content"))
    for script in document.query_selector_all('script[type="application/ld+json"]'):
        for name, value in _linked_data(script.text or ""):
            declared.setdefault(name, value)
    for target, names in _MOMENTS.items():
        for name in names:
            moment = declared.get(name)
            if isinstance(moment, str) and _FULL_MOMENT.match(moment.strip()):
                yield target, moment.strip()
                break


def _linked_data(text: str) -> Iterator[tuple[str, object]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    graph = data.get("@graph", data) if isinstance(data, dict) else data
    for node in graph if isinstance(graph, list) else [graph]:
        if isinstance(node, dict):
            yield from node.items()
