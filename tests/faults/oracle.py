"""The oracle: is every acknowledged article where it must be, once, whole and at its newest?

It reads the index and the dead letters as they are at the end, knows what was promised from the
ledger, and believes no counter of the product.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from tests.faults.ledger import ArticleKey, Ledger, digest
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.stream import Inbox

_READ = ["source", "article_id", "version", "original.payload"]


@dataclass(slots=True)
class Verdict:
    """What was found wrong, each a list of what is concerned; all are empty when all is well.

    lost: promised and not in the index. doubled: more than one document, or more than one dead
    letter of one entry. stale: older in the index than what was acknowledged. altered: another
    payload than was sent. wrongly_dead: a good article's dead letter. never_buried: what is no
    article, acknowledged and without its dead letter.
    """

    lost: list[object] = field(default_factory=list)
    doubled: list[object] = field(default_factory=list)
    stale: list[object] = field(default_factory=list)
    altered: list[object] = field(default_factory=list)
    wrongly_dead: list[object] = field(default_factory=list)
    never_buried: list[object] = field(default_factory=list)

    @property
    def wrong(self) -> dict[str, str]:
        """What is not empty: how many, and the first few of them."""
        found = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: f"{len(all_)}: {all_[:3]}" for name, all_ in found.items() if all_}


def judge(ledger: Ledger, inbox: Inbox, client: Elasticsearch, alias: str) -> Verdict:
    """Holds what is in the index and in the dead letters against the ledger.

    The inbox must be empty; what other ledgers sent is passed over.
    """
    verdict = Verdict()
    _judge_index(ledger, client, alias, verdict)
    _judge_dead_letters(ledger, inbox, verdict)
    return verdict


def _judge_index(ledger: Ledger, client: Elasticsearch, alias: str, verdict: Verdict) -> None:
    found: Counter[ArticleKey] = Counter()
    for source in _documents(client, alias, sorted({source for source, _ in ledger.articles})):
        key = source["source"], source["article_id"]
        sent = ledger.articles.get(key)
        if sent is None:
            verdict.altered.append(key)
            continue
        found[key] += 1
        if source["version"] < sent.newest:
            verdict.stale.append((key, source["version"], sent.newest))
        sent_as = sent.digests.get(source["version"], sent.digests.get(None, set()))
        payload = base64.b64decode(source.get("original", {}).get("payload", ""))
        if digest(payload) not in sent_as:
            verdict.altered.append((key, source["version"]))
    verdict.doubled += [key for key, number in found.items() if number > 1]
    verdict.lost += [
        key for key, sent in ledger.articles.items() if sent.newest >= 0 and not found[key]
    ]


def _documents(client: Elasticsearch, alias: str, sources: list[str]) -> Iterator[dict[str, Any]]:
    """Of all versions of the index and not by the alias, which hides tombstones."""
    client.indices.refresh(index=f"{alias}-*")
    query = {"query": {"terms": {"source": sources}}, "_source": _READ}
    for hit in scan(client, index=f"{alias}-*", query=query, size=2_000, request_timeout=120):
        yield hit["_source"]


def _judge_dead_letters(ledger: Ledger, inbox: Inbox, verdict: Verdict) -> None:
    buried: Counter[str] = Counter()
    for letter in DeadLetters(inbox):
        if letter.entry in ledger.good or (letter.source, letter.article_id) in ledger.articles:
            verdict.wrongly_dead.append((letter.entry, letter.reason))
        elif letter.entry in ledger.bad:
            buried[letter.entry] += 1
            if digest(letter.payload) != ledger.bad[letter.entry]:
                verdict.altered.append(letter.entry)
    verdict.doubled += [entry for entry, number in buried.items() if number > 1]
    verdict.never_buried += [entry for entry in ledger.bad if not buried[entry]]
