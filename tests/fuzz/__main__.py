"""Fuzzes the targets one after the other: `python -m tests.fuzz --minutes 10 [TARGET …]`.

Ends with a table: target, inputs tried, edges of the code reached, findings. Corpora stay in
`.fuzz/`, so the next run goes on where this one ended.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.fuzz.targets import TARGETS

_STATE = Path(".fuzz")
# "#70522	DONE   cov: 120 ft: 339 corp: 84/3kb lim: 4096 exec/s: 3525 rss: 64Mb"
_REACHED = re.compile(r"^#(\d+)\s.*cov: (\d+) ft: (\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """tried: inputs. edges: of the code, as atheris counts them. found: files of findings."""

    tried: int
    edges: int
    found: list[Path]
    ended: bool


def fuzzed(name: str, seconds: int, state: Path) -> Fuzzed:
    """Fuzzes one target in a process of its own, whose words go to a file `log`."""
    folder = state / name
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "log"
    command = [sys.executable, "-m", "tests.fuzz.fuzzer", name]
    with log.open("wb") as output:
        ended = subprocess.run(
            [*command, f"--seconds={seconds}", f"--folder={folder}"],
            stdout=output, stderr=output, check=False,
        )  # fmt: skip
    reached = _REACHED.findall(log.read_text("utf-8", "replace"))
    tried, edges, _ = map(int, reached[-1]) if reached else (0, 0, 0)
    found = sorted(one for one in (folder / "found").glob("*") if one.suffix != ".txt")
    return Fuzzed(tried, edges, found, ended.returncode == 0)


def main() -> int:
    """0 where all held, 1 where there are findings, 2 where there can be no fuzzing here."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=10, help="for each target")
    asked = parser.parse_args()
    if unknown := set(asked.targets) - TARGETS.keys():
        parser.error(f"no target is called {', '.join(unknown)}; there are: {', '.join(TARGETS)}")
    if find_spec("atheris") is None:
        sys.stderr.write("fuzzing needs atheris, which there is for Linux on x86-64 alone\n")
        return 2
    everything_held = True
    sys.stdout.write(f"{'target':10} {'inputs':>10} {'edges':>7}  findings\n")
    for name in asked.targets or TARGETS:
        one = fuzzed(name, round(asked.minutes * 60), _STATE)
        words = " ".join(map(str, one.found)) or ("none" if one.ended else "it ended early")
        sys.stdout.write(f"{name:10} {one.tried:10,} {one.edges:7,}  {words}\n")
        sys.stdout.flush()
        everything_held &= one.ended and not one.found
    return 0 if everything_held else 1


if __name__ == "__main__":
    sys.exit(main())
