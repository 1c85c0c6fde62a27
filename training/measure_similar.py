"""Whether articles that are said to be alike are: what they have in common, against random ones.

    python -m training.measure_similar NEWS [--articles 200]

NEWS: JSON Lines, an article a line: source, url, title, content, date_extracted. Those of the
papers that ranking may be tuned on are put into a scratch index, on the Elasticsearch of the
settings. For some of them, the first five that are alike are compared with five at random: the
share that has a person or organization in common, and two keywords. Both are themselves asked for,
unless by words alone.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from elasticsearch import Elasticsearch

from config.settings import load_settings
from training.corpus import articles, body_of
from training.make_beir import TUNED_ON
from warraq.analysis.pipeline import Pipeline
from warraq.article import Contract, parse
from warraq.cli.opening_index import administration
from warraq.document import Document
from warraq.errors import Rejected
from warraq.index.lifecycle import Layout, create
from warraq.index.writer import IndexWriter, action
from warraq.search import Searcher, similar

SHOWN = 5
_BATCH = 100


def main() -> None:
    """Print the shares for words alone and with names, and for random articles."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("news", type=Path)
    arguments.add_argument("--articles", type=int, default=200)
    chosen = arguments.parse_args()
    with administration(load_settings()).connect() as client:
        layout = Layout(alias=f"measure-{uuid4().hex[:12]}")
        index, _ = create(client, layout)
        try:
            sources = dict(_filled(client, layout.alias, chosen.news))
            _measure(client, layout.alias, sources, chosen.articles)
        finally:
            client.indices.delete(index=index)


def _filled(client: Elasticsearch, alias: str, news: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    pipeline, writer = Pipeline(), IndexWriter(client, alias)
    batch = []
    for article in articles(news):
        if article["source"] not in TUNED_ON:
            continue
        made = {
            "source": article["source"],
            "url": article["url"],
            "title": article["title"],
            "body": body_of(article),
            "published_at": article["date_extracted"].replace(" ", "T"),
        }
        document = Document.begun(parse(json.dumps(made).encode(), Contract()), intake_ms=1)
        try:
            ready = action(pipeline.run(document))
        except Rejected:
            continue
        yield ready.id, json.loads(ready.source)
        batch.append(ready)
        if len(batch) == _BATCH:
            writer.write(batch)
            batch = []
    if batch:
        writer.write(batch)
    client.indices.refresh(index=alias)


def _measure(
    client: Elasticsearch, alias: str, sources: Mapping[str, Mapping[str, Any]], number: int
) -> None:
    drawn = random.Random(6).sample(sorted(sources), number)
    searcher = Searcher(client, alias)
    kinds = {"words and names": dict(similar.NAMED), "words alone": {}}
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, named in kinds.items():
        similar.NAMED.clear()
        similar.NAMED.update(named)
        found[kind] = [
            (name, hit.id) for name in drawn for hit in searcher.similar(name, size=SHOWN).hits
        ]
    rest = random.Random(7)
    found["random"] = [(name, rest.choice(sorted(sources))) for name in drawn for _ in range(SHOWN)]
    print(f"{len(sources):,} articles, {number} of them; {SHOWN} each")
    print(f"{'':16}   pairs  names  keywords")
    for kind, pairs in found.items():
        shares = [
            sum(test(sources[one], sources[other]) for one, other in pairs) / len(pairs)
            for test in (_share_a_name, _share_keywords)
        ]
        print(f"{kind:16} {len(pairs):7,}" + "".join(f"{share:8.2f}" for share in shares))


def _common(one: Mapping[str, Any], other: Mapping[str, Any], field: str) -> int:
    return len(set(one.get(field, ())) & set(other.get(field, ())))


def _share_a_name(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _common(one, other, "persons") + _common(one, other, "organizations") > 0


def _share_keywords(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _common(one, other, "keywords") > 1


if __name__ == "__main__":
    main()
