"""Collections in BEIR's form to fit the search with: `python -m training.make_beir …`.

    python -m training.make_beir xquad xquad.ar.json wiki-dev.jsonl.xz FOLDER
    python -m training.make_beir news news.jsonl.xz FOLDER

xquad: each question asks for its paragraph; paragraphs of the second file stand beside, which no
question asks for. news: each title asks for its body, out of the papers that may be tuned on; of
articles with the same body or the same title one is kept, or a title would have several answers.
Nothing of either may be committed: `warraq evaluate FOLDER` reads it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from training.corpus import articles, body_of, texts
from warraq.search.evaluation.beir import Collection, Text, write
from warraq.text.normalize import fold

TUNED_ON = frozenset({"alriyadh", "alyaum", "sabq", "arreyadi"})
"""Papers of SaudiNewsNet that may be read; the others are kept for the tests."""
_LEAST_PARAGRAPH = 200  # characters: about the shortest paragraph of XQuAD
_LEAST_TITLE = 2  # words


def of_xquad(xquad: Path, beside: Path | None) -> Collection:
    """Questions and their paragraphs, and the paragraphs of the corpus `beside`."""
    found: dict[str, Text] = {}
    queries: dict[str, str] = {}
    grades: dict[str, dict[str, int]] = {}
    for article in json.loads(xquad.read_text(encoding="utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            context = paragraph["context"]
            text = found.setdefault(context, Text(f"x{len(found)}", "", context))
            for question in paragraph["qas"]:
                queries[question["id"]] = question["question"]
                grades[question["id"]] = {text.id: 1}
    others = [] if beside is None else _paragraphs(beside)
    for number, paragraph in enumerate(others):
        found.setdefault(paragraph, Text(f"w{number}", "", paragraph))
    return Collection(tuple(found.values()), queries, grades)


def _paragraphs(corpus: Path) -> Iterator[str]:
    for text in texts(corpus):
        for line in text.splitlines():
            if len(line) >= _LEAST_PARAGRAPH:
                yield line


def of_news(news: Path) -> Collection:
    """Titles and their bodies."""
    found: list[Text] = []
    queries: dict[str, str] = {}
    seen: set[str] = set()
    for article in articles(news):
        if article["source"] not in TUNED_ON:
            continue
        title, body = article["title"].strip(), body_of(article).strip()
        keys = {_key(title), _key(body)}
        if len(title.split()) < _LEAST_TITLE or len(keys) < 2 or "" in keys or keys & seen:
            continue
        seen |= keys
        found.append(Text(f"n{len(found)}", "", body))
        queries[f"q{len(queries)}"] = title
    answers = zip(queries, found, strict=True)
    return Collection(tuple(found), queries, {query: {text.id: 1} for query, text in answers})


def readable_texts(news: Path) -> tuple[Text, ...]:
    """All articles of the papers that may be read, titles and bodies."""
    return tuple(
        Text(f"n{number}", article["title"], body_of(article))
        for number, article in enumerate(articles(news))
        if article["source"] in TUNED_ON
    )


def _key(text: str) -> str:
    """What copies of a text have in common: its letters and digits, folded."""
    return "".join(filter(str.isalnum, fold(text)))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind, files in (("xquad", ("xquad", "beside")), ("news", ("news",))):
        of_kind = kinds.add_parser(kind)
        for name in (*files, "folder"):
            of_kind.add_argument(name, type=Path)
    options = parser.parse_args()
    if options.kind == "xquad":
        collection = of_xquad(options.xquad, options.beside)
    else:
        collection = of_news(options.news)
    write(options.folder, collection)
    print(f"{len(collection.texts):,} texts, {len(collection.queries):,} queries")


if __name__ == "__main__":
    main()
