"""The oracle's book: what was sent, and what of it was acknowledged, by article and version."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256

from tests.faults.articles import Article

ArticleKey = tuple[str, str]
"""Source and the article's own id."""


def digest(payload: bytes) -> bytes:
    return sha256(payload).digest()


@dataclass(slots=True)
class Sent:
    """All that was sent of one article. digests: of its payloads, by version; both hold what was
    sent and never answered, too, for that may have arrived. newest: version that was acknowledged.
    """

    digests: dict[int | None, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    newest: int = -1


class Ledger:
    """Kept by producers while they send; safe between threads.

    articles: by source and id. good: stream ids of acknowledged articles. bad: stream id → digest
    of what was acknowledged and is no article.
    """

    def __init__(self) -> None:
        self.articles: dict[ArticleKey, Sent] = {}
        self.good: set[str] = set()
        self.bad: dict[str, bytes] = {}
        self.refused = 0
        self._lock = threading.Lock()

    def sending(self, article: Article) -> None:
        """Before it is sent: an answer may get lost on its way, and the article be there."""
        if article.id is None:
            return
        with self._lock:
            sent = self.articles.setdefault((article.source, article.id), Sent())
            sent.digests[article.version].add(digest(article.payload))

    def acknowledged(self, article: Article, entry: str) -> None:
        """Redis has answered with a stream id: from here on there is a promise."""
        with self._lock:
            if article.id is None:
                self.bad[entry] = digest(article.payload)
                return
            self.good.add(entry)
            sent = self.articles[article.source, article.id]
            intake = int(entry.partition("-")[0])
            sent.newest = max(sent.newest, intake if article.version is None else article.version)

    def was_refused(self, number: int) -> None:
        """So many were sent and not answered with an id: nothing is promised of them."""
        with self._lock:
            self.refused += number

    @property
    def promised(self) -> int:
        """How many articles (not versions) were acknowledged at least once."""
        return sum(1 for sent in self.articles.values() if sent.newest >= 0)
