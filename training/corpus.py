"""Texts to train on and to measure with, out of the files that people have them in.

A corpus is JSON Lines (plain, .gz or .xz) with `text`, or with `title` and `body` or `content`; or
one JSON document in the form of SQuAD, of which the contexts are read.
"""

from __future__ import annotations

import gzip
import json
import lzma
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from warraq.text.letters import LETTERS, MARKS_CLASS
from warraq.text.lexicon import lexicon_key

_OPENERS: dict[str, Callable[..., IO[str]]] = {".xz": lzma.open, ".gz": gzip.open}
_WORD_OR_BREAK = re.compile(f"[{LETTERS}{MARKS_CLASS}]+|[^\\s]|\\n")
_LETTER = re.compile(f"[{LETTERS}]")


def texts(file: Path) -> Iterator[str]:
    """The texts of a corpus, in order; of an article title and body with a line end between."""
    if file.suffix == ".json":
        for article in json.loads(file.read_text(encoding="utf-8"))["data"]:
            yield from (paragraph["context"] for paragraph in article["paragraphs"])
        return
    for article in articles(file):
        title, body = article.get("title") or "", body_of(article)
        yield f"{title}\n{body}" if title else body


def articles(file: Path) -> Iterator[dict[str, Any]]:
    """The objects of JSON Lines, in order."""
    with _OPENERS.get(file.suffix, open)(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def body_of(article: Mapping[str, Any]) -> str:
    return article.get("text") or article.get("body") or article.get("content") or ""


def runs(text: str) -> Iterator[list[str]]:
    """Words, as keys of the lexicon, that only spaces part: each run ends at any other sign."""
    run: list[str] = []
    for found in _WORD_OR_BREAK.findall(text):
        if _LETTER.search(found):
            run.append(lexicon_key(found))
        elif run:
            yield run
            run = []
    if run:
        yield run
