"""Real workers, whose Elasticsearch is away: they start, wait for it, and stop when told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from stack import Stack, StackError
from tests.stack.watching import family, until


@pytest.fixture
def stack(redis_stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_URL", "http://127.0.0.1:1")
    yield redis_stack
    redis_stack.start_workers(0)


def names(stack: Stack) -> dict[str, int]:
    return {each.name: each.pid for each in stack.processes() if each.alive}


def test_their_number_is_adjusted_and_other_settings_start_them_anew(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis = names(stack)
    stack.start_workers(2)
    two = names(stack)
    assert set(two) == {"redis", "worker1", "worker2", "beat"}
    os.kill(two["worker1"], signal.SIGKILL)
    until(lambda: "worker1" not in names(stack))
    stack.start_workers(2)
    again = names(stack)
    assert again["worker2"] == two["worker2"]
    assert again["worker1"] != two["worker1"]
    monkeypatch.setenv("WARRAQ_BATCH_ARTICLES", "50")
    stack.start_workers(1)
    anew = names(stack)
    assert set(anew) == {"redis", "worker1", "beat"}
    assert set(anew.values()) & set(again.values()) == {redis["redis"]}, "other settings"
    stack.start_workers(0)
    assert names(stack) == redis
    assert {process.name() for process in family(stack)} == {"redis-server"}


def test_one_that_does_not_start_says_why(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARRAQ_BATCH_ARTICLES", "lots")
    with pytest.raises(StackError, match=r"^worker1 did not start: .*Its log: /.*worker1\.log$"):
        stack.start_workers(1)
