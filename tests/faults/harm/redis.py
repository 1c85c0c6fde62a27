"""What happens to Redis: killed, frozen, full, its group gone, its file torn, its clock moved."""

from __future__ import annotations

import signal
import time
from contextlib import suppress

import redis

from tests.faults.site import LEASE_SECONDS, Site
from tests.waiting import wait_until
from warraq.inbox import keys

_HOUR = 3600
# Of an XADD, as a crash in the middle of a write leaves it.
_HALF_A_COMMAND = b"*5\r\n$4\r\nXADD\r\n$15\r\nwarraq:articles\r\n$1\r\n*\r\n$7\r\narti"


def kill_syncing_always(site: Site) -> None:
    """SIGKILL, and a start on what is on the disk; from then on each write is synced."""
    site.redis_server.kill()
    site.redis_server.start_syncing("always")


def kill_syncing_every_second(site: Site) -> None:
    """SIGKILL while the disk is synced once a second."""
    site.redis.config_set("appendfsync", "everysec")
    time.sleep(0.5)  # of writes under that rule
    site.redis_server.kill()
    site.redis_server.start_syncing("everysec")
    site.redis.config_set("appendfsync", "always")


def freeze(site: Site, seconds: float = LEASE_SECONDS + 1) -> None:
    """SIGSTOP: connections stand, nothing is answered."""
    site.redis_server.send(signal.SIGSTOP)
    time.sleep(seconds)
    site.redis_server.send(signal.SIGCONT)


def end_all_connections(site: Site) -> None:
    """CLIENT KILL of every client and every subscriber, over and over."""
    for _ in range(20):
        for kind in ("normal", "pubsub"):
            with suppress(redis.ConnectionError):
                site.redis.execute_command("CLIENT", "KILL", "TYPE", kind)
        time.sleep(0.05)


def fill_the_memory(site: Site, seconds: float = 2.0) -> None:
    """Less memory allowed than is in use: every write that needs some is refused."""
    site.redis.config_set("maxmemory", 1)
    time.sleep(seconds)
    site.redis.config_set("maxmemory", 0)


def delete_the_group(site: Site) -> None:
    """XGROUP DESTROY: Redis forgets who has what in hand."""
    site.redis.xgroup_destroy(keys.STREAM, keys.GROUP)


def tear_the_append_only_file(site: Site) -> None:
    """SIGKILL, and the file ends in the middle of a command."""
    site.redis_server.kill()
    with site.redis_server.append_only_file.open("ab") as file:
        file.write(_HALF_A_COMMAND)
    site.redis_server.start_syncing()


def put_the_clock_forward(site: Site) -> None:
    """An hour ahead for a while, then right again."""
    _move_the_clock(site, _HOUR)


def put_the_clock_back(site: Site) -> None:
    """An hour behind for a while, then right again."""
    _move_the_clock(site, -_HOUR)


def _move_the_clock(site: Site, ahead: int) -> None:
    for offset in (ahead, 0):
        set_the_clock(site, offset)
        time.sleep(LEASE_SECONDS / 2)  # of work under that clock


def set_the_clock(site: Site, ahead: int) -> None:
    """From here on it is `ahead` seconds before the true time."""
    site.redis_server.set_clock(ahead)
    wait_until(lambda: abs(float(site.redis.time()[0]) - time.time() - ahead) < 60)
