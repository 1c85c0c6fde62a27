"""Fuzzes one target in this process until the time is over: `python -m tests.fuzz.fuzzer NAME …`.

A finding ends nothing: it is kept in a file, once for each line of code that it came from, and
fuzzing goes on. Only what cannot be caught (a crash of the interpreter, a hang, memory) ends it,
and then libFuzzer keeps the input.
"""

from __future__ import annotations

import argparse
import hashlib
import logging
import random
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import atheris

# Before anything imports Warraq: only what is imported here is watched for new code.
with atheris.instrument_imports(include=["warraq"]):
    from tests.fuzz.targets import TARGETS
from tests.fuzz.mutation import mutated
from tests.fuzz.target import Target

_HANGS_SECONDS = 60
_MEGABYTES = 2_000


class Watched:
    """A target that keeps what it finds in files of `folder` and goes on."""

    def __init__(self, target: Target, folder: Path) -> None:
        self._target = target
        self._folder = folder
        self._known: set[str] = set()

    def __call__(self, data: bytes) -> None:
        try:
            self._target.run(data)
        except Exception as error:  # noqa: BLE001  whatever is raised is what we look for
            place = _place(error)
            if place not in self._known:
                self._known.add(place)
                self._keep(data, place)

    def _keep(self, data: bytes, place: str) -> None:
        name = hashlib.sha256(data).hexdigest()[:12]
        (self._folder / name).write_bytes(data)
        (self._folder / f"{name}.txt").write_text(f"{place}\n{traceback.format_exc()}")
        sys.stderr.write(f"FINDING {self._target.name} {name} {place}\n{traceback.format_exc()}\n")


def _place(error: Exception) -> str:
    """Where it came from: the innermost line of ours, and the kind of error."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/warraq/" in f.filename or "/tests/fuzz/" in f.filename]
    last = (ours or frames)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"


def _mutator(longest: int) -> Callable[[bytes, int, int], bytes]:
    def mutate(data: bytes, most: int, seed: int) -> bytes:
        """Half of the time whole letters and words; otherwise bytes, as libFuzzer does."""
        chance = random.Random(seed)
        if chance.random() < 0.5:
            return bytes(atheris.Mutate(data, min(most, longest)))
        head = chance.choice((0, 0, 1, 2))  # in some targets the first bytes choose
        text = data[head:].decode("utf-8", "surrogateescape")
        return (data[:head] + mutated(text, chance).encode("utf-8", "surrogateescape"))[:most]

    return mutate


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    target = TARGETS[asked.target]
    corpus, found = asked.folder / "corpus", asked.folder / "found"
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    # A step that fails is a finding by itself; its traceback need not be logged each time.
    logging.disable(logging.CRITICAL)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={asked.seconds}",
            f"-timeout={_HANGS_SECONDS}",
            f"-report_slow_units={_HANGS_SECONDS}",
            f"-rss_limit_mb={_MEGABYTES}",
            f"-max_len={target.longest}",
            f"-artifact_prefix={found}/ended-",
            "-print_final_stats=1",
            str(corpus),
        ],
        Watched(target, found),
        custom_mutator=_mutator(target.longest),
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
