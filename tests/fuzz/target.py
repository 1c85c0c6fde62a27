"""Target: one thing to be fuzzed, and what must hold whatever it is given."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

SECONDS = 2.0
"""Of CPU, for any input of a target; ordinary ones take some milliseconds."""


@dataclass(frozen=True, slots=True)
class Target:
    """name: of its folder of findings. promise: what must hold, in a sentence.

    run: tries one input; whatever it raises is a finding. seeds: inputs to begin with.
    longest: in bytes.
    """

    name: str
    promise: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 4096


@contextmanager
def within(seconds: float = SECONDS) -> Iterator[None]:
    """Fails where the block takes more CPU than that; a busy machine is no fault."""
    began = time.process_time()
    yield
    took = time.process_time() - began
    assert took <= seconds, f"took {took:.1f} seconds of CPU, {seconds:g} are the most"
