"""Redis is killed, frozen, full, and forgets: what it has acknowledged is not lost."""

from __future__ import annotations

import pytest

from tests.faults.conftest import Sending
from tests.faults.harm import Fault, redis, workers
from tests.faults.injecting import inject
from tests.faults.site import Site
from tests.waiting import wait_until
from warraq.inbox.connection import SOCKET_SECONDS
from warraq.inbox.heartbeats import Heartbeats


@pytest.mark.parametrize(
    "kill", [redis.kill_syncing_always, redis.kill_syncing_every_second], ids=["always", "everysec"]
)
def test_what_a_killed_redis_has_acknowledged_is_kept(
    site: Site, sending: Sending, kill: Fault
) -> None:
    for _ in range(3):
        sending.send(400)
        inject(kill, site)
    sending.must_be_all_right()


def test_a_worker_alone_goes_on_after_its_subscriptions_were_ended(
    site: Site, sending: Sending
) -> None:
    """Nobody else is there to wake it up, were it to wait for a word of others."""
    for worker in site.workers[1:]:
        worker.kill()
        site.workers.remove(worker)
    site.redis.execute_command("CLIENT", "KILL", "TYPE", "pubsub")
    sending.send(200)
    site.drain()
    assert site.workers[0].process.poll() is None
    site.start_worker(wait=False)
    sending.must_be_all_right()


def test_half_a_command_at_the_end_of_the_file_hinders_no_start(
    site: Site, sending: Sending
) -> None:
    sending.send(600)
    inject(redis.tear_the_append_only_file, site)
    sending.must_be_all_right()


def test_work_goes_on_after_a_frozen_redis(site: Site, sending: Sending) -> None:
    """For longer than anyone waits for its answer."""
    sending.send(600)
    inject(lambda site: redis.freeze(site, SOCKET_SECONDS + 2), site)
    sending.must_be_all_right()


def test_work_goes_on_after_all_connections_were_ended_over_and_over(
    site: Site, sending: Sending
) -> None:
    sending.send(1_000)
    inject(redis.end_all_connections, site)
    sending.must_be_all_right()


def test_a_full_redis_refuses_senders_and_keeps_what_it_has(site: Site, sending: Sending) -> None:
    sending.send(500)
    refused = []

    def fill(site: Site) -> None:
        site.redis.config_set("maxmemory", 1)
        refused.append(not sending.try_to_send(10))
        redis.fill_the_memory(site)

    inject(fill, site)
    assert refused == [True]
    sending.must_be_all_right()


def test_a_deleted_group_is_made_again_and_nothing_is_lost(site: Site, sending: Sending) -> None:
    sending.send(1_000)
    wait_until(lambda: bool(site.in_hand()), every=0.01)
    inject(redis.delete_the_group, site)
    sending.must_be_all_right()


def test_articles_flow_again_after_all_of_redis_was_deleted(site: Site, sending: Sending) -> None:
    """What was in it is gone, whoever acknowledged it; what comes afterwards is not."""
    site.redis.flushall()
    sending.send(200)
    sending.must_be_all_right()


def test_what_a_worker_had_that_died_under_a_wrong_clock_is_taken_over(
    site: Site, sending: Sending
) -> None:
    """Its lease was given while the clock was an hour ahead, and must not last an hour more."""
    redis.set_the_clock(site, 3600)
    sending.send(1_000)
    workers.kill_a_worker(site)
    redis.set_the_clock(site, 0)
    sending.must_be_all_right()


def test_a_pause_that_began_under_a_wrong_clock_ends_in_time(site: Site, sending: Sending) -> None:
    redis.set_the_clock(site, 3600)
    sending.send(50)
    with site.before_elasticsearch.swallowing_answers():
        wait_until(lambda: Heartbeats(site.inbox).paused() is not None)
        redis.set_the_clock(site, 0)
    sending.must_be_all_right()


@pytest.mark.parametrize("move", [redis.put_the_clock_forward, redis.put_the_clock_back])
def test_a_jump_of_the_clock_of_redis_loses_and_delays_nothing(
    site: Site, sending: Sending, move: Fault
) -> None:
    sending.send(1_000)
    inject(move, site)
    sending.must_be_all_right()
