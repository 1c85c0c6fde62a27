"""Articles to send under faults: real texts under varied ids and versions, each payload its own.

Every payload holds one NUL, which no index can carry. So the index keeps it whole, byte for byte,
in `original.payload`, and the oracle can compare what came out with what went in.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warraq.sources.opening import Meter, opened

DEMO = Path(__file__).parents[2] / "demo" / "articles.jsonl"
_LONGEST = 600  # characters of a body: what is tried here is delivery, not analysis
_FIRST_UPDATE_MS = 1_577_836_800_000  # the first of January 2020


@dataclass(frozen=True, slots=True)
class Article:
    """One payload. source, id: whose it is, None for what is no article and must end as a dead
    letter; version: where the sender gives one, else None (then the time of intake counts)."""

    payload: bytes
    source: str = ""
    id: str | None = None
    version: int | None = None


def texts(corpus: Path | None = None) -> list[tuple[str, str]]:
    """(title, beginning of the body) of each article in a JSON Lines file, or in the demo's.

    Those without a letter in their title are left out: rightly they may die as `empty`.
    """
    with opened(corpus or DEMO, Meter()) as lines:
        records = [json.loads(line) for line in lines]
    return [
        (title, (record.get("body") or record.get("content") or "")[:_LONGEST])
        for record in records
        if any(map(str.isalpha, title := record.get("title") or ""))
    ]


def article(
    source: str, identifier: str, version: int | None, text: tuple[str, str], **fields: Any
) -> Article:
    """An article by the contract. Sources whose name ends in `dated` count versions by time."""
    sent: dict[str, Any] = {"source": source, "id": identifier, **fields}
    if version is not None and source.endswith("dated"):
        version += _FIRST_UPDATE_MS
        sent["updated_at"] = datetime.fromtimestamp(version / 1000, UTC).isoformat()
    elif version is not None:
        sent["revision"] = version
    if not sent.get("deleted"):
        sent["title"], sent["body"] = text
    sent["extra"] = {"mark": f"\0{source} {identifier} {version}"}
    return Article(json.dumps(sent, ensure_ascii=False).encode(), source, identifier, version)


def stream_of(
    name: str, seed: int, stock: list[tuple[str, str]], *, known: int | None = None
) -> Iterator[Article]:
    """Articles without end: new ones, updates (some in the wrong order, some sent twice),
    tombstones, and now and then what is no article.

    known: sources keep to so many ids, and all further articles are updates of those, so that
    nothing needs to grow; None for new ids without end.
    """
    chance = random.Random(seed)
    sources = [f"{name}-counted", f"{name}-dated"]
    if known is None:
        sources.append(f"{name}-undated")
    number = 0
    while True:
        number += 1
        identifier = str(number % known if known else number)
        source = chance.choice(sources)
        text = chance.choice(stock)
        if source.endswith("undated"):
            yield article(source, identifier, None, text)
            continue
        base = 10 * number
        versions = [base]
        if chance.random() < 0.2:
            versions = chance.choice([[base, base + 1], [base + 1, base], [base, base]])
        for version in versions:
            withdrawn = {"deleted": True} if chance.random() < 0.05 else {}
            yield article(source, identifier, version, text, **withdrawn)
        if known is None and chance.random() < 0.005:
            yield Article(f'{{"no article": "{name} {number}"'.encode())
