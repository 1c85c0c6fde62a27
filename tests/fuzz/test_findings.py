"""What fuzzing found stays mended; seeds and some thousand mutations of them hold in every run."""

from __future__ import annotations

import random
from itertools import cycle, islice
from pathlib import Path

import pytest

from tests.fuzz.__main__ import fuzzed
from tests.fuzz.mutation import mutated
from tests.fuzz.target import Target, within
from tests.fuzz.targets import TARGETS

_FINDINGS = sorted((Path(__file__).parent / "findings").glob("*/*.bin"))
# So many that a run takes seconds: growth and analysis are the slow ones.
_MUTATIONS = {"growth": 3, "analysis": 40, "repair": 100, "files": 150, "query": 150}


@pytest.mark.parametrize("finding", _FINDINGS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_was_found_holds(finding: Path) -> None:
    TARGETS[finding.parent.name].run(finding.read_bytes())


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
def test_mutated_seeds_hold(target: Target) -> None:
    chance = random.Random(7)
    number = _MUTATIONS.get(target.name, 1_000)
    seeds = list(target.seeds())
    chance.shuffle(seeds)
    for seed in islice(cycle(seeds), number):
        text = mutated(seed.decode("utf-8", "surrogateescape"), chance)
        target.run(text.encode("utf-8", "surrogateescape")[: target.longest])


def test_what_takes_too_long_is_told() -> None:
    with pytest.raises(AssertionError, match="seconds of CPU"), within(0.01):
        sum(number * number for number in range(10**6))


def test_the_fuzzer_reaches_code_and_keeps_one_finding_for_a_line(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="there is none for this machine")
    from tests.fuzz.fuzzer import Watched

    def fails(data: bytes) -> None:
        assert not data.startswith(b"{"), "a planted fault"

    watched = Watched(Target("planted", "none", fails, list), tmp_path)
    for data in (b"{1", b"[", b"{2"):
        watched(data)
    assert len([path for path in tmp_path.iterdir() if path.suffix != ".txt"]) == 1
    reached = fuzzed("options", 2, tmp_path)
    assert (reached.found, reached.ended) == ([], True)
    assert reached.tried > 100
    assert reached.edges > 10
