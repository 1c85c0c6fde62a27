"""Poison: an article that kills, hangs or swells its process harms nobody else for long."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from config.settings import Settings
from tests.waiting import wait_until
from tests.workers.conftest import StartWorker, administrator
from warraq.identity import document_id
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.stream import Inbox

APP = "tests.workers.poisonous"
SWIFT = {"WARRAQ_LEASE_SECONDS": "1", "WARRAQ_ARTICLE_SECONDS": "4"}
PATIENCE = 120


def payload(name: str, section: str = "news") -> bytes:
    body = "وصلت الباخرة إلى ميناء طرابلس صباح الخميس."  # the steamer arrived in Tripoli's harbour
    return json.dumps({"source": "sahifa", "id": name, "section": section, "body": body}).encode()


def innocents(number: int) -> list[bytes]:
    return [payload(f"good {n}") for n in range(number)]


def ended(inbox: Inbox, indexed: int, dead: int) -> bool:
    """Whether so many have ended so. What a process wrote that was killed before it could say so
    is there already at the next try, and counts as unchanged."""
    counts = inbox.counts().ended
    written = counts.get("created", 0) + counts.get("unchanged", 0)
    return (written, counts.get("dead", 0)) == (indexed, dead)


def stored(settings: Settings, name: str) -> dict[str, Any]:
    with administrator(settings) as client:
        found = client.get(index=settings.alias, id=document_id("sahifa", name))
        return dict(found["_source"])


def fresh_article_flows(inbox: Inbox, created: int, dead: int) -> None:
    inbox.add_many([payload("fresh")])
    wait_until(lambda: ended(inbox, created + 1, dead), seconds=PATIENCE)


@pytest.mark.parametrize("deed", ["kill", "crash", "hang_in_c", "hang_in_python"])
def test_what_ends_or_stops_its_process_is_a_dead_letter_after_three_and_the_others_are_indexed(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker, deed: str
) -> None:
    worker = start_worker("w", "--concurrency", "2", app=APP, **SWIFT)
    good = innocents(60)
    inbox.add_many([*good[:30], payload("poison", deed), *good[30:]])
    wait_until(lambda: ended(inbox, 60, 1), seconds=PATIENCE)
    (letter,) = DeadLetters(inbox)
    assert (letter.stage, letter.reason, letter.article_id) == ("delivery", "poison", "poison")
    assert letter.payload == payload("poison", deed)
    fresh_article_flows(inbox, 60, 1)
    assert worker.process.poll() is None


def test_three_killers_of_a_thousand_articles_die_alone(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    start_worker("w", "--concurrency", "2", app=APP, **SWIFT)
    articles = innocents(997)
    for number, place in enumerate((0, 500, 999)):
        articles.insert(place, payload(f"killer {number}", "kill"))
    inbox.add_many(articles)
    wait_until(lambda: ended(inbox, 997, 3), seconds=PATIENCE)
    assert {letter.reason for letter in DeadLetters(inbox)} == {"poison"}


def test_a_process_that_hangs_is_replaced_long_before_celerys_time_limit(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    worker = start_worker("w", app=APP, **SWIFT)
    (before,) = worker.children()
    inbox.add_many([payload("poison", "hang_in_c")])
    wait_until(lambda: inbox.counts().in_hand == 1, every=0.01)
    begun = time.monotonic()
    wait_until(lambda: before not in worker.children(), every=0.01)
    assert time.monotonic() - begun < 15
    # Where it hung is in the log.
    wait_until(lambda: "in hang_in_c" in worker.log.read_text())


def test_a_step_that_takes_all_memory_is_refused_it_and_the_article_indexed_without(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    worker = start_worker(app=APP, WARRAQ_MAX_MEMORY_MEGABYTES="300")
    inbox.add_many([payload("a"), payload("hog", "grow"), payload("b")])
    largest = 0

    def done() -> bool:
        nonlocal largest
        largest = max(largest, *(_megabytes(pid) for pid in worker.children()), 0)
        return ended(inbox, 3, 0)

    wait_until(done, seconds=PATIENCE, every=0.01)
    assert stored(prepared, "hog")["failed_steps"] == ["poison"]
    assert largest < 2 * 300
    fresh_article_flows(inbox, 3, 0)


@pytest.mark.parametrize(("deed", "created"), [("fail", 3), ("spoil", 2)])
def test_a_step_with_a_fault_harms_its_own_article_alone(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker, deed: str, created: int
) -> None:
    worker = start_worker(app=APP)
    (process,) = worker.children()
    inbox.add_many([payload("a"), payload("poison", deed), payload("b")])
    wait_until(lambda: ended(inbox, created, 3 - created), seconds=PATIENCE)
    if deed == "fail":
        assert stored(prepared, "poison")["failed_steps"] == ["poison"]
    else:
        (letter,) = DeadLetters(inbox)
        assert (letter.reason, letter.attempts) == ("fault", 1)
        assert "PydanticSerializationError" in letter.detail
    assert worker.children() == [process]


def test_a_worker_is_recycled_by_memory_and_by_tasks_and_loses_nothing(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker
) -> None:
    worker = start_worker(
        "w", "--concurrency", "1", "--max-tasks-per-child", "3",
        WARRAQ_MAX_MEMORY_MEGABYTES="100", WARRAQ_PULL_SECONDS="0.2", WARRAQ_BATCH_ARTICLES="20",
    )  # fmt: skip
    seen: set[int] = set()

    def done() -> bool:
        seen.update(worker.children())
        return ended(inbox, 1_500, 0)

    inbox.add_many(innocents(1_500))
    wait_until(done, seconds=PATIENCE, every=0.01)
    assert len(seen) > 3


def _megabytes(pid: int) -> int:
    """Its largest resident size; 0 if it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    sizes = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(sizes[0].split()[1]) // 1024 if sizes else 0
