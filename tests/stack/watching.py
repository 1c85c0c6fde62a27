"""Looking at processes, and waiting for what shall become of them."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil

from stack import Stack
from stack.processes import MARK


def family(stack: Stack) -> list[psutil.Process]:
    """All processes that carry this stack's mark."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(stack.state / "run"):
                found.append(process)
        except psutil.Error:
            continue
    return [each for each in found if each.is_running() and each.status() != "zombie"]


def until(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)
