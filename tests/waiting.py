"""Waiting for a condition, never for luck."""

from __future__ import annotations

import time
from collections.abc import Callable


def wait_until(condition: Callable[[], bool], seconds: float = 30, every: float = 0.05) -> None:
    """Returns as soon as `condition` holds; fails when `seconds` have passed without it."""
    ends = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < ends, f"not within {seconds} s: {condition}"
        time.sleep(every)
