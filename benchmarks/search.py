"""What a search costs inside Elasticsearch, and what an index costs on disk, in one run.

    python -m benchmarks.search FILE [--articles 10000] [--queries 50] [--rounds 3]

FILE is JSON Lines (plain, .gz, .xz) with title and body (or content). Its articles go through all
steps once and into an index of the product's, again and again under other ids until there are
enough; and into an index with one field of Elasticsearch's `arabic` analyzer. Both are merged.

Queries are titles, and one or two words of titles. Each is asked in several ways by turns. What it
takes is said in milliseconds of Elasticsearch's processor time, which other programs change
little, and as `took`, of which the best of the rounds counts for each query.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.exceptions import GeneralAvailabilityWarning
from elasticsearch.helpers import bulk
from rich.console import Console
from rich.table import Table

from benchmarks.ground import Ground, ground
from benchmarks.machine import this_machine
from benchmarks.show import number
from stack import Spoken
from training.corpus import articles, body_of
from warraq.analysis.pipeline import Pipeline
from warraq.article import Article, Received
from warraq.document import Document
from warraq.errors import Rejected
from warraq.index.documents import to_source, without_marks
from warraq.search.order import Sort, order_of
from warraq.search.query import Query, as_articles, parse
from warraq.search.request import Filters, Listing, Marks, Page, exact_request
from warraq.text.joins import JoinedWords

Request = dict[str, Any]
Source = dict[str, Any]

ARABIC = "search-arabic"
GOAL_MEDIAN, GOAL_P95, GOAL_SIZE = 8, 25, 2.5
_HITS = 10
_WARMING = 3  # rounds
_LEAST_SHARE = 0.02  # of the index of `arabic`: smaller fields are shown together
_PLAIN = {"properties": {"text": {"type": "text", "analyzer": "arabic"}}}


def without_highlight(request: Request) -> Request:
    return {name: part for name, part in request.items() if name != "highlight"}


def without_texts(request: Request) -> Request:
    return without_highlight(request) | {"_source": False}


def without_hits(request: Request) -> Request:
    return without_texts(request) | {"size": 0}


def marked_by_the_whole_query(request: Request) -> Request:
    """As Elasticsearch does by itself: every clause in every view is asked of every hit again."""
    fields = {name: {"matched_fields": [name, f"{name}.stem"]} for name in ("title", "body")}
    return request | {"highlight": request["highlight"] | {"fields": fields}}


WAYS: dict[str, Callable[[Request], Request]] = {
    "as the product asks": dict,
    "marked by the whole query": marked_by_the_whole_query,
    "without highlights": without_highlight,
    "without texts": without_texts,
    "without hits": without_hits,
}


@dataclass(slots=True)
class Costs:
    """Of one way to ask. took: query → milliseconds of each round; processor: of each round."""

    took: dict[str, list[int]] = field(default_factory=dict)
    processor: list[float] = field(default_factory=list)

    def quantile(self, share: float) -> float:
        best = sorted(min(times) for times in self.took.values())
        return best[min(len(best) - 1, int(share * len(best)))]


def sources(file: Path) -> Iterator[Source]:
    """What the product indexes of each article of `file`."""
    pipeline = Pipeline()
    for place, one in enumerate(articles(file)):
        article = Article(
            source="bench", id=str(place), title=one.get("title") or "", body=body_of(one)
        )
        try:
            document = pipeline.run(Document.begun(Received(article, ()), 1))
        except Rejected:
            continue
        yield to_source(document, datetime.now(UTC))


def copies(all_sources: Sequence[Source], count: int) -> Iterator[tuple[str, Source]]:
    """(id, source), `count` of them; no article comes twice within one of the index's blocks."""
    for place in range(count):
        source = all_sources[place % len(all_sources)]
        yield f"{place:064x}", source | {"article_id": str(place)}


def fill(client: Elasticsearch, index: str, documents: Iterator[tuple[str, Source]]) -> None:
    actions = ({"_index": index, "_id": name, "_source": source} for name, source in documents)
    patient = client.options(request_timeout=600)
    bulk(patient, actions, chunk_size=200)
    patient.indices.refresh(index=index)
    _wait_for_leases(patient, index)
    patient.indices.flush(index=index)
    patient.indices.forcemerge(index=index, max_num_segments=1)
    patient.indices.flush(index=index)
    patient.indices.refresh(index=index)


def _wait_for_leases(client: Elasticsearch, index: str) -> None:
    """Until what was written need no longer be kept for a replica.

    Before, Elasticsearch keeps a second whole source of each document of which fields are left out
    of `_source`. A merge after the next flush drops it, as merges do in an index that is in use.
    """
    while True:
        stats = client.indices.stats(index=index, level="shards")
        [shards] = [one["shards"] for one in stats["indices"].values()]
        copies = [copy for found in shards.values() for copy in found]
        if all(
            lease["retaining_seq_no"] > copy["seq_no"]["max_seq_no"]
            for copy in copies
            for lease in copy["retention_leases"]["leases"]
        ):
            return
        time.sleep(1)


def sizes(client: Elasticsearch, index: str) -> dict[str, int]:
    """Field → bytes on disk; all of them under ""."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeneralAvailabilityWarning)  # not yet for good, but exact
        answer = client.options(request_timeout=600).indices.disk_usage(
            index=index, run_expensive_tasks=True
        )
    [told] = [told for name, told in answer.items() if name != "_shards"]
    fields = {name: one["total_in_bytes"] for name, one in told["fields"].items()}
    return fields | {"": told["store_size_in_bytes"]}


def queries_of(all_sources: Sequence[Source], count: int) -> dict[str, list[str]]:
    chance = random.Random(1)
    titles = [without_marks(one.get("title", "")) for one in all_sources]
    chosen = chance.sample([one for one in titles if len(one.split()) > 3], count)
    words = [
        " ".join(chance.sample(one.split(), chance.randint(1, 2)))
        for one in chance.sample([one for one in titles if len(one.split()) > 1], count)
    ]
    return {"titles": chosen, "one or two words": words}


def costs(ground: Ground, queries: Sequence[str], rounds: int) -> dict[str, Costs]:
    """Way to ask → what it costs. The first rounds are not counted: they warm the server."""
    repair = as_articles(JoinedWords())
    marks = Marks.unguessable("0" * 16, Query())
    listing = Listing(Page(_HITS), order_of(Sort.RELEVANCE))
    asked = {q: exact_request(parse(q, repair), Filters(), listing, marks) for q in queries}
    found = {name: Costs() for name in WAYS}
    for turn in range(-_WARMING, rounds):
        for name, way in WAYS.items():
            before = ground.server_cpu()["elasticsearch"]
            for query, request in asked.items():
                answer = ground.client.search(index=ground.settings.alias, body=way(request))
                if turn >= 0:
                    found[name].took.setdefault(query, []).append(answer["took"])
            spent = ground.server_cpu()["elasticsearch"] - before
            if turn >= 0:
                found[name].processor.append(1000 * spent / len(asked))
    return found


def print_costs(console: Console, kind: str, found: dict[str, Costs]) -> None:
    least = statistics.median(found["without hits"].processor)
    table = Table(title=f"{kind}, {_HITS} hits", title_justify="left")
    for heading in ("asked", "processor ms", "× without hits", "took median", "took p95"):
        table.add_column(heading, justify="left" if heading == "asked" else "right")
    for name, one in found.items():
        processor = statistics.median(one.processor)
        table.add_row(
            name,
            number(processor),
            number(processor / max(least, 1e-9)),
            number(one.quantile(0.5)),
            number(one.quantile(0.95)),
        )
    table.caption = f"goal of `took`: median {GOAL_MEDIAN}, p95 {GOAL_P95}"
    console.print(table)


def print_sizes(console: Console, ours: dict[str, int], plain: dict[str, int]) -> None:
    table = Table(title="bytes on disk, × the index of `arabic`", title_justify="left")
    table.add_column("field")
    table.add_column("Warraq", justify="right")
    table.add_column("arabic", justify="right")
    whole = plain[""]
    shown = sorted(
        {
            name
            for fields in (ours, plain)
            for name in fields
            if fields[name] / whole > _LEAST_SHARE
        },
        key=lambda name: -ours.get(name, 0),
    )
    for name in shown:
        cells = [
            f"{fields[name] / whole:.3f}" if name in fields else "" for fields in (ours, plain)
        ]
        table.add_row(name or f"all (goal: at most {GOAL_SIZE})", *cells)
    rest = sum(size for name, size in ours.items() if name not in shown)
    table.add_row("smaller ones", f"{rest / whole:.3f}", "")
    console.print(table)


def main() -> None:
    """The command line, as the module's docstring says."""
    parser = argparse.ArgumentParser(description="Times searches and weighs indices.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=None, help="articles to read of FILE")
    options = parser.parse_args()
    console = Console()
    with ground(Spoken(console)) as place:
        console.print(json.dumps(this_machine()))
        read = list(islice(sources(options.file), options.most))
        place.fresh_index()
        fill(place.client, place.settings.alias, copies(read, options.articles))
        place.client.indices.create(index=ARABIC, mappings=_PLAIN)
        plain = (
            (name, {"text": without_marks(f"{one.get('title', '')}\n{one.get('body', '')}")})
            for name, one in copies(read, options.articles)
        )
        fill(place.client, ARABIC, plain)
        print_sizes(console, sizes(place.client, place.settings.alias), sizes(place.client, ARABIC))
        for kind, queries in queries_of(read, options.queries).items():
            print_costs(console, kind, costs(place, queries, options.rounds))


if __name__ == "__main__":
    main()
