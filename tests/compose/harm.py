"""What can happen to a worker container: killed with articles in hand, or frozen."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import redis

from tests.compose.deployment import Deployment


def kill_a_busy_worker(
    deployed: Deployment, kill: Callable[[dict[str, Any]], None], but: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Kill the first worker seen with articles in hand; it, with how many as `held`."""
    spared = {each["Id"] for each in but}
    workers = [
        each
        for each in deployed.containers("worker")
        if each["Id"] not in spared and each["State"]["Status"] == "running"
    ]
    client = deployed.redis("worker")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        for worker in workers:
            # Looked at while it cannot move, so that it surely dies with them in hand.
            if in_hand(client, worker) and freeze(worker) and (held := in_hand(client, worker)):
                kill(worker)
                return [worker | {"held": held}]
            thaw(worker)
    return []


def in_hand(client: redis.Redis, worker: dict[str, Any]) -> int:
    """How many articles this worker has taken and not yet settled."""
    mine = worker["Config"]["Hostname"]
    return sum(number for consumer, number in pending(client) if mine in consumer)


def freeze(worker: dict[str, Any]) -> bool:
    """Stop all its processes where they are."""
    for process in processes(worker):
        os.kill(process, signal.SIGSTOP)
    return True


def thaw(worker: dict[str, Any]) -> None:
    """Let them go on."""
    for process in processes(worker):
        os.kill(process, signal.SIGCONT)


def kill_at_once(worker: dict[str, Any]) -> None:
    """SIGKILL to the first process of a container, which ends all of it."""
    os.kill(processes(worker)[0], signal.SIGKILL)


def kill_for_good(deployed: Deployment, worker: dict[str, Any]) -> None:
    """SIGKILL by the engine, which then knows that it is not to be started again."""
    deployed.engine.podman("kill", "--signal=KILL", worker["Id"])


def pending(client: redis.Redis) -> list[tuple[str, int]]:
    """(consumer, entries in its hands) of every consumer that has some."""
    try:
        summary: Any = client.xpending("warraq:articles", "workers")
    except redis.ResponseError:  # no group yet
        return []
    return [(each["name"], int(each["pending"])) for each in summary["consumers"]]


def processes(container: dict[str, Any]) -> list[int]:
    """The processes of a running container as this machine numbers them, the first one first."""
    found = [int(container["State"]["Pid"])]
    for each in found:  # grows while we go through it
        try:
            children = Path(f"/proc/{each}/task/{each}/children").read_text(encoding="ascii")
        except OSError:  # ended meanwhile
            continue
        found += map(int, children.split())
    return found
