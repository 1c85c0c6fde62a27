"""How much memory this machine has."""

from __future__ import annotations

from pathlib import Path

import psutil

_CGROUP_LIMITS = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)


def megabytes_of_memory() -> int:
    """In MB of 2**20 bytes. A container's limit counts as its memory."""
    memory: int = psutil.virtual_memory().total
    for limit in _CGROUP_LIMITS:
        try:
            memory = min(memory, int(limit.read_text()))
        except (OSError, ValueError):
            continue  # no such file here, or `max`
    return memory // 2**20
