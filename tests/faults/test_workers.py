"""Workers die, freeze and are asked to stop in the middle of their work: nothing is lost."""

from __future__ import annotations

import os
import signal
import time

from tests.faults.conftest import Sending
from tests.faults.harm import workers
from tests.faults.injecting import inject
from tests.faults.site import PATIENCE, Site
from tests.waiting import wait_until

IN_GRACE = 45.0  # seconds, the stop_grace_period of docker-compose.yml
DEFAULT_LEASE = "15"


def test_a_pool_process_killed_in_mid_batch_loses_nothing(site: Site, sending: Sending) -> None:
    sending.send(1_000)
    for _ in range(3):
        inject(workers.kill_a_pool_process, site)
        sending.send(300)
    sending.must_be_all_right()


def test_workers_killed_over_and_over_lose_nothing(site: Site, sending: Sending) -> None:
    for _ in range(4):
        sending.send(400)
        inject(workers.kill_a_worker, site)
    sending.must_be_all_right()


def test_a_worker_frozen_with_articles_in_hand_and_then_killed_loses_nothing(
    site: Site, sending: Sending
) -> None:
    sending.send(500)
    worker = workers.busy_worker(site)
    os.killpg(worker.process.pid, signal.SIGSTOP)
    sending.send(500)
    worker.kill()
    site.replace(worker)
    sending.must_be_all_right()


def test_a_worker_that_wakes_up_when_others_have_done_its_work_does_no_harm(
    site: Site, sending: Sending
) -> None:
    sending.send(1_000)
    inject(workers.freeze_a_worker, site)
    sending.must_be_all_right()


def test_a_worker_asked_to_stop_in_mid_batch_ends_in_its_grace(
    site: Site, sending: Sending
) -> None:
    sending.send(1_500)
    worker = workers.busy_worker(site)
    asked = time.monotonic()
    worker.process.send_signal(signal.SIGTERM)
    assert worker.process.wait(PATIENCE) == 0
    assert time.monotonic() - asked < IN_GRACE
    assert worker.name not in site.holders()
    site.replace(worker)
    sending.must_be_all_right()


def test_a_worker_killed_before_its_grace_is_over_loses_nothing(
    site: Site, sending: Sending
) -> None:
    sending.send(1_000)
    inject(workers.stop_a_worker_without_grace, site)
    sending.must_be_all_right()


def test_what_came_while_no_worker_was_there_is_worked_off(site: Site, sending: Sending) -> None:
    for worker in list(site.workers):
        worker.kill()
        site.workers.remove(worker)
    sending.send(500)
    assert site.waiting() >= 500
    for _ in range(2):
        site.start_worker(wait=False)
    sending.must_be_all_right()


def test_at_the_default_lease_work_goes_on_within_30_seconds(site: Site, sending: Sending) -> None:
    killed = site.start_worker(WARRAQ_LEASE_SECONDS=DEFAULT_LEASE)
    sending.send(1_500)
    wait_until(lambda: killed.name in site.holders(), PATIENCE, every=0.01)
    killed.kill()
    site.workers.remove(killed)
    held = set(site.in_hand())
    died = time.monotonic()
    wait_until(lambda: not held & set(site.in_hand()), PATIENCE)
    assert time.monotonic() - died < 30
    sending.must_be_all_right()
