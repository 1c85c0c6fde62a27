"""Producers: threads that send articles and keep the ledger; a refusal is no reason to stop."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self

import redis

from tests.faults.articles import Article
from tests.faults.ledger import Ledger
from warraq.inbox import keys

_AT_ONCE = 50
_AFTER_REFUSAL = 0.1  # seconds


def send(client: redis.Redis, articles: list[Article], ledger: Ledger) -> bool:
    """One round trip of XADDs, each answered for itself; whether all were acknowledged."""
    for article in articles:
        ledger.sending(article)
    pipeline = client.pipeline(transaction=False)
    for article in articles:
        pipeline.xadd(keys.STREAM, {"article": article.payload})
    try:
        answers = pipeline.execute(raise_on_error=False)
    except redis.RedisError:  # the connection broke: what has arrived nobody knows
        ledger.was_refused(len(articles))
        return False
    refused = 0
    for article, answer in zip(articles, answers, strict=True):
        if isinstance(answer, bytes):
            ledger.acknowledged(article, answer.decode())
        else:
            refused += 1
    ledger.was_refused(refused)
    return not refused


class Producer:
    """A thread that sends `articles` while the inbox is no fuller than `most`; sends again what
    was refused, as a careful sender does. `rate`: articles a second, None for all it can."""

    def __init__(
        self,
        client: redis.Redis,
        articles: Iterator[Article],
        ledger: Ledger,
        *,
        backlog: Callable[[], int],
        most: int,
        rate: float | None = None,
    ) -> None:
        self._client, self._articles, self._ledger = client, articles, ledger
        self._backlog, self._most, self._rate = backlog, most, rate
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="producer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _run(self) -> None:
        due = time.monotonic()
        while not self._done.is_set():
            if self._rate is not None:
                due += _AT_ONCE / self._rate
                self._done.wait(max(0.0, due - time.monotonic()))
            elif self._is_full():
                self._done.wait(_AFTER_REFUSAL)
                continue
            some = list(itertools.islice(self._articles, _AT_ONCE))
            while not send(self._client, some, self._ledger) and not self._done.is_set():
                self._done.wait(_AFTER_REFUSAL)

    def _is_full(self) -> bool:
        try:
            return self._backlog() > self._most
        except redis.RedisError:
            return False  # then sending is what is to be tried
