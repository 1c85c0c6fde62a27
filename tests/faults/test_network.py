"""Answers come late or not at all: what was written twice is there once."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Sending
from tests.faults.harm import Fault, name, network, tickets, workers
from tests.faults.injecting import inject
from tests.faults.site import ALIAS, PATIENCE, Site
from tests.waiting import wait_until


@pytest.mark.parametrize(
    "slow", [network.slow_answers_of_redis, network.slow_answers_of_elasticsearch], ids=name
)
def test_slow_answers_lose_nothing(site: Site, sending: Sending, slow: Fault) -> None:
    sending.send(600)
    inject(slow, site)
    sending.must_be_all_right()


def test_a_batch_written_without_an_answer_is_there_once(site: Site, sending: Sending) -> None:
    """Elasticsearch obeys, and the worker waits in vain."""
    sending.send(600)
    inject(network.drop_answers_of_elasticsearch, site)
    sending.must_be_all_right()


def test_what_redis_did_without_an_answer_is_done_once(site: Site, sending: Sending) -> None:
    sending.send(600)
    inject(network.drop_answers_of_redis, site)
    sending.must_be_all_right()


def test_a_worker_killed_between_index_and_acknowledgement_makes_no_second_document(
    site: Site, sending: Sending
) -> None:
    before = documents(site)
    with site.before_elasticsearch.swallowing_answers():
        sending.send(200)
        wait_until(lambda: documents(site) > before, PATIENCE)
        # What is no article is buried without Elasticsearch.
        assert site.waiting() >= len(sending.ledger.good), "none may be acknowledged unanswered"
        for worker in list(site.workers):
            worker.kill()
            site.workers.remove(worker)
    for _ in range(2):
        site.start_worker(wait=False)
    sending.must_be_all_right()
    assert int(site.redis.hget("warraq:counts", "unchanged") or 0) > 0


def test_lost_and_doubled_tickets_change_nothing(site: Site, sending: Sending) -> None:
    sending.send(1_000)
    inject(tickets.lose_tickets, site)
    inject(tickets.double_tickets, site)
    sending.must_be_all_right()


def test_an_entry_in_two_workers_hands_is_one_document(site: Site, sending: Sending) -> None:
    sending.send(1_500)
    for _ in range(3):
        workers.busy_worker(site)
        inject(tickets.give_entries_to_two_workers, site)
    sending.must_be_all_right()


def documents(site: Site) -> int:
    site.elasticsearch.indices.refresh(index=f"{ALIAS}-000001")
    return int(site.elasticsearch.count(index=f"{ALIAS}-000001")["count"])
