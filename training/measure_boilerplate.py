"""What of an archive would be marked as boilerplate: `python -m training.measure_boilerplate FILE`.

FILE: JSON Lines (plain, .gz or .xz), an article a line in the order in which they came: source,
title, content or body, author, url or id; or `text` alone, as encyclopedias are kept, where hardly
anything should be marked. Two passes: as the articles came, when each knows of those
before it alone, and again with all that was learned, as `warraq index reindex --analyse` does.

Prints how much is marked, per source and reason, and every distinct passage for people to judge
(`--all`; else the most frequent). With `--headings`: the run-in headings, each between its
neighbours.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from training.corpus import articles, body_of
from warraq.analysis.pipeline import Pipeline
from warraq.article import Contract, parse
from warraq.document import Document
from warraq.errors import Rejected
from warraq.inbox.lines import ENOUGH
from warraq.text.boilerplate import Passage, Recurrable, boilerplate, recurrable
from warraq.text.headings import run_in_headings


class Seen:
    """Digest → articles that it was seen in, without bound: what Redis keeps, in memory."""

    def __init__(self) -> None:
        self._articles: dict[bytes, list[tuple[str, bytes]]] = defaultdict(list)

    def learn(self, article: str, found: Recurrable) -> None:
        for digest in found.digests:
            seen = self._articles[digest]
            if all(article != other and found.text != text for other, text in seen):
                seen.append((article, found.text))

    def recurring(self, found: Recurrable) -> frozenset[bytes]:
        return frozenset(one for one in found.digests if len(self._articles[one]) >= ENOUGH)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("file", type=Path)
    options.add_argument("--all", action="store_true", help="every passage, not the most frequent")
    options.add_argument("--no-author", action="store_true", help="as if none were sent")
    options.add_argument("--headings", action="store_true", help="run-in headings instead")
    given = options.parse_args()
    sources: dict[str, list[Document]] = defaultdict(list)
    for document in _documents(given.file, authors=not given.no_author):
        sources[document.article.source].append(document)
    for source, documents in sources.items():
        if given.headings:
            _tell_headings(source, documents)
            continue
        _tell(source, documents, most=None if given.all else 15)


def _documents(file: Path, *, authors: bool = True) -> Iterator[Document]:
    """The articles of `file` with every text step before boilerplate done."""
    pipeline = Pipeline()
    for number, record in enumerate(articles(file)):
        article = {
            "source": record.get("source") or file.name,
            "id": record.get("url") or record.get("id") or str(number),
            "title": record.get("title") or "",
            "body": body_of(record),
            "author": (record.get("author") if authors else None) or None,
        }
        try:
            yield pipeline.begin(Document.begun(parse(json.dumps(article).encode(), Contract()), 0))
        except Rejected:
            continue


def _tell(source: str, documents: list[Document], most: int | None) -> None:
    seen = Seen()
    print(f"\n{source}: {len(documents):,} articles")
    for name, learns in (("as they came", True), ("again, all learned", False)):
        reasons: Counter[str] = Counter()
        passages: Counter[tuple[str, str]] = Counter()
        marked = 0
        for document in documents:
            text = document.body.text
            found = recurrable(text)
            if learns:
                seen.learn(document.id, found)
            these = boilerplate(text, document.article.author or "", seen.recurring(found))
            marked += bool(these)
            reasons.update(f"{one.kind}: {one.reason}" for one in these)
            passages.update((_shown(text, one), one.reason) for one in these)
        print(f"  {name}: {marked:,} articles with a mark, {sum(passages.values()):,} marks")
        for reason, number in reasons.most_common():
            print(f"    {number:6,}  {reason}")
    print(f"  {len(passages):,} distinct passages:")
    for (words, reason), number in passages.most_common(most):
        print(f"    {number:5,}  {words}   [{reason}]")


def _tell_headings(source: str, documents: list[Document]) -> None:
    found = 0
    for document in documents:
        text = document.body.text
        edits = list(run_in_headings(text))
        for before, after in zip(edits[::2], edits[1::2], strict=True):
            left, right = text[before.start - 40 : before.start], text[after.end : after.end + 40]
            print(f"    …{left} ⏎ {text[before.end : after.start]} ⏎ {right}…")
            found += 1
    words = sum(len(document.body.text.split()) for document in documents)
    print(f"{source}: {found:,} run-in headings in {words:,} words")


def _shown(text: str, passage: Passage) -> str:
    return " ".join(text[passage.start : passage.end].split())


if __name__ == "__main__":
    main()
