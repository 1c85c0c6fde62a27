"""Texts with names marked in them: our own in `tagged/`, others' by labels in `labels/`.

In ours names stand as `[PER خليفة حفتر]`, `[ORG …]`, `[LOC …]`, one paragraph a line; a blank line
parts articles. Marks do not nest, and clitics stand before them (ب[LOC طرابلس]). Labels are places
in the articles of a corpus, which is not in the project.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from training.corpus import texts

FOLDER = Path(__file__).parent / "tagged"
LABELS = Path(__file__).parent / "labels"
_MARK = re.compile(r"\[(PER|ORG|LOC) ([^][]*)\]")


class Tag(NamedTuple):
    """A name at [start, end) in code points; type: "PER", "ORG" or "LOC"."""

    start: int
    end: int
    type: str


class TaggedText(NamedTuple):
    """An article without its marks, and what they said, in order."""

    text: str
    tags: tuple[Tag, ...]


def without_marks(marked: str) -> TaggedText:
    """Takes the marks out. Raises ValueError for a bracket that is none of ours."""
    pieces: list[str] = []
    tags: list[Tag] = []
    read = length = 0
    for match in _MARK.finditer(marked):
        before = marked[read : match.start()]
        pieces += (before, match[2])
        length += len(before)
        tags.append(Tag(length, length + len(match[2]), match[1]))
        length += len(match[2])
        read = match.end()
    pieces.append(marked[read:])
    text = "".join(pieces)
    if "[PER" in text or "[ORG" in text or "[LOC" in text:
        raise ValueError(f"a mark that does not close, or nests: {text[:80]}")
    return TaggedText(text, tuple(tags))


def tagged_texts(file: Path) -> Iterator[TaggedText]:
    """The articles of a file, in order. Raises ValueError as `without_marks`."""
    for article in re.split(r"\n\s*\n", file.read_text(encoding="utf-8")):
        if article.strip():
            yield without_marks(article.strip())


def labelled_texts(labels: Path, corpus: Path) -> Iterator[TaggedText]:
    """The paragraphs of `corpus` in which readers marked names, in order.

    labels: a table with `article`, the number of a text in the corpus, `start` and `end`, the
    paragraph's place in it, and `names`, as "PER:0-12", from the beginning of the paragraph.
    """
    articles = list(texts(corpus))
    with labels.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            paragraph = articles[int(row["article"])][int(row["start"]) : int(row["end"])]
            yield TaggedText(paragraph, tuple(map(_tag, row["names"].split())))


def _tag(written: str) -> Tag:
    type_, _, place = written.partition(":")
    start, _, end = place.partition("-")
    return Tag(int(start), int(end), type_)
