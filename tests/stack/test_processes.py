"""Exactly those are stopped that were started, whatever became of them meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from stack.processes import LOG_BYTES, MARK, Identity, Processes
from tests.stack.watching import until

# A leader with a helper, as Elasticsearch's launcher has one; says when both are there.
FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print("child", child.pid, flush=True)
time.sleep(600)
"""
STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(600)
"""


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    (tmp_path / "logs").mkdir()
    ours = Processes(tmp_path / "run", tmp_path / "logs")
    yield ours
    ours.stop(ours.names(), 0)
    ours.sweep(0)


def start(processes: Processes, name: str, program: str) -> Identity:
    return processes.start(
        name, [sys.executable, "-c", program], cwd=Path("/"), environment=dict(os.environ)
    )


def said(processes: Processes, name: str, word: str) -> str:
    log = processes.logs / f"{name}.log"
    until(lambda: word in log.read_text())
    return log.read_text()


def test_a_process_has_a_session_of_its_own_and_is_stopped_with_its_helpers(
    processes: Processes,
) -> None:
    leader = start(processes, "family", FAMILY)
    child = Identity.of(int(said(processes, "family", "child").split()[1]))
    assert child is not None
    assert os.getsid(leader.pid) == leader.pid == os.getsid(child.pid)
    status = processes.status("family")
    assert status is not None
    assert status.alive
    assert processes.stop(["family"], 10) == []
    assert not leader.alive
    assert not child.alive
    assert processes.names() == []


def test_it_outlives_the_one_who_started_it(processes: Processes, tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from stack.processes import Processes;"
        "p = Processes(Path(sys.argv[1]) / 'run', Path(sys.argv[1]) / 'logs');"
        "p.start('sleeper', ['sleep', '600'], cwd=Path('/'), environment=dict(os.environ))"
    )
    subprocess.run([sys.executable, "-c", program, tmp_path], check=True)
    assert processes.identity("sleeper") is not None


def test_who_does_not_end_is_killed_after_the_grace(processes: Processes) -> None:
    leader = start(processes, "stubborn", STUBBORN)
    said(processes, "stubborn", "ready")
    begun = time.monotonic()
    assert processes.stop(["stubborn"], 0.5) == ["stubborn"]
    assert 0.4 < time.monotonic() - begun < 5
    assert not leader.alive


def test_a_number_that_was_given_to_another_process_is_left_alone(processes: Processes) -> None:
    leader = start(processes, "sleeper", "import time; time.sleep(600)")
    record = processes.folder / "sleeper.json"
    written = json.loads(record.read_text())
    boot, _, ticks = written["started"].rpartition(" ")
    earlier = f"{boot} {float(ticks) - 1000:.0f}".strip()
    with subprocess.Popen(["sleep", "600"]) as stranger:
        record.write_text(json.dumps({**written, "pid": stranger.pid, "started": earlier}))
        known, gone = processes.identity("sleeper"), processes.stop(["sleeper"], 0)
        survived = stranger.poll() is None
        stranger.kill()
    assert (known, gone, survived) == (None, [], True)
    record.write_text(json.dumps(written))
    processes.stop(["sleeper"], 5)
    assert not leader.alive


def test_what_a_killed_leader_left_behind_is_swept_away(processes: Processes) -> None:
    leader = start(processes, "family", FAMILY)
    child = Identity.of(int(said(processes, "family", "child").split()[1]))
    other = start(processes, "other", "import time; time.sleep(600)")
    assert child is not None
    leader.send(signal.SIGKILL)
    until(lambda: not leader.alive)
    assert child.alive
    processes.sweep(5)
    assert not child.alive
    assert other.alive


def test_an_orphan_without_any_record_is_swept_away(processes: Processes) -> None:
    leader = start(processes, "family", FAMILY)
    said(processes, "family", "child")
    (processes.folder / "family.json").unlink()
    processes.sweep(5)
    assert not leader.alive


def test_half_a_record_stops_nothing_and_harms_nothing(processes: Processes) -> None:
    leader = start(processes, "sleeper", "import time; time.sleep(600)")
    (processes.folder / "sleeper.json").write_text('{"pid": 1')
    assert processes.identity("sleeper") is None
    processes.sweep(5)
    assert not leader.alive


def test_one_that_ended_by_itself_is_shown_as_such(processes: Processes) -> None:
    leader = start(processes, "short", "print('done')")
    until(lambda: not leader.alive)
    status = processes.status("short")
    assert status is not None
    assert not status.alive
    assert status.log.read_text() == "done\n"


def test_what_was_started_carries_the_mark_of_its_stack(
    processes: Processes,
) -> None:
    leader = start(processes, "sleeper", "import time; time.sleep(600)")
    until(lambda: MARK in psutil.Process(leader.pid).environ())
    assert psutil.Process(leader.pid).environ()[MARK] == str(processes.folder)


def test_a_large_log_of_earlier_days_is_put_aside(processes: Processes) -> None:
    log = processes.logs / "short.log"
    with log.open("wb") as file:
        file.truncate(LOG_BYTES + 1)
    leader = start(processes, "short", "print('anew')")
    until(lambda: not leader.alive)
    assert log.read_text() == "anew\n"
    assert (processes.logs / "short.log.1").stat().st_size == LOG_BYTES + 1
