"""What happens to workers: killed, frozen, asked to stop."""

from __future__ import annotations

import os
import signal
import time

from tests.faults.site import LEASE_SECONDS, PATIENCE, Site
from tests.waiting import wait_until
from tests.workers.conftest import Worker

_WITHOUT_GRACE = 0.2  # seconds


def kill_a_pool_process(site: Site) -> None:
    """SIGKILL to a pool process; its worker makes a new one."""
    worker = busy_worker(site)
    for pid in worker.children():
        os.kill(pid, signal.SIGKILL)


def kill_a_worker(site: Site) -> None:
    """SIGKILL to a worker with its pool, as a machine that loses power."""
    worker = busy_worker(site)
    worker.kill()
    site.replace(worker)


def freeze_a_worker(site: Site) -> None:
    """SIGSTOP until others have taken over what it had, then SIGCONT: it goes on with it."""
    worker = busy_worker(site)
    os.killpg(worker.process.pid, signal.SIGSTOP)
    time.sleep(LEASE_SECONDS + 1)
    os.killpg(worker.process.pid, signal.SIGCONT)


def stop_a_worker(site: Site) -> None:
    """SIGTERM, and all the time that it needs."""
    worker = busy_worker(site)
    worker.process.send_signal(signal.SIGTERM)
    site.replace(worker)
    worker.process.wait(PATIENCE)
    worker.kill()


def stop_a_worker_without_grace(site: Site) -> None:
    """SIGTERM, and SIGKILL a moment later."""
    worker = busy_worker(site)
    worker.process.send_signal(signal.SIGTERM)
    time.sleep(_WITHOUT_GRACE)
    worker.kill()
    site.replace(worker)


def busy_worker(site: Site) -> Worker:
    """A worker that has entries in its hands, which is waited for."""
    found: list[Worker] = []

    def look() -> bool:
        holders = site.holders()
        found[:] = [
            one for one in site.workers if one.name in holders and one.process.poll() is None
        ]
        return bool(found)

    wait_until(look, PATIENCE, every=0.01)
    return found[0]
