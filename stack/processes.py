"""Processes that outlive the command which started them, and ending exactly those again.

Each gets a session of its own and a record of its process id together with the moment it started:
a number alone is given to another process sooner or later. What a killed leader left behind is
recognised by its session and by a mark in its environment.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from stack.accounts import Account, run_as

MARK = "WARRAQ_STACK"  # in the environment of all we start: the folder of their records
LOG_BYTES = 20_000_000  # of a log, looked at when its process starts
_BOOT = Path("/proc/sys/kernel/random/boot_id")
_LOOK_EVERY = 0.05  # seconds


@dataclass(frozen=True, slots=True)
class Identity:
    """A process that is never confused with a later one of the same number."""

    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> Identity | None:
        """Of the running process `pid`; None where there is none or it has ended (a zombie)."""
        try:
            process = psutil.Process(pid)
            if process.status() == psutil.STATUS_ZOMBIE:
                return None
            return cls(pid, _started(process))
        except (psutil.Error, OSError):
            return None

    @property
    def alive(self) -> bool:
        return Identity.of(self.pid) == self

    def send(self, number: signal.Signals) -> None:
        """Signal the process if it is still the same."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


def _started(process: psutil.Process) -> str:
    """The start in the kernel's own ticks where it has them: clock corrections do not move them."""
    if _BOOT.exists():
        after_name = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        return f"{_BOOT.read_text().strip()} {after_name[19]}"
    return f"{process.create_time():.2f}"


@dataclass(frozen=True, slots=True)
class ProcessStatus:
    """One process of the stack, for people and tests; `seconds` is how long it has been running."""

    name: str
    pid: int
    alive: bool
    seconds: float
    log: Path


@dataclass(frozen=True, slots=True)
class _Record:
    pid: int
    started: str
    command: str
    log: str
    log_offset: int


@dataclass(frozen=True, slots=True)
class _Seen:
    identity: Identity
    session: int
    marked: bool


class Processes:
    """The processes recorded in `folder`, one file each, with their logs in `logs`."""

    def __init__(self, folder: Path, logs: Path) -> None:
        self.folder, self.logs = folder, logs

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        cwd: Path,
        environment: Mapping[str, str],
        account: Account | None = None,
    ) -> Identity:
        """Start `command` in a session of its own; its output is added to `<logs>/<name>.log`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self._roomy_log(name)
        with log.open("ab") as output:
            offset = output.tell()
            started = subprocess.Popen(
                command,
                cwd=cwd,
                env={**environment, MARK: str(self.folder)},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **run_as(account),
            )
        # Not waited for here: it shall outlive us. Python must not complain about that either.
        started.returncode = 0
        identity = Identity.of(started.pid) or Identity(started.pid, "ended at once")
        shown = " ".join(str(part) for part in command)
        record = _Record(identity.pid, identity.started, shown, str(log), offset)
        part = self._file(name).with_suffix(".part")
        part.write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")
        part.rename(self._file(name))
        return identity

    def _roomy_log(self, name: str) -> Path:
        """The log to add to; a large one of earlier days is put aside first, and only one kept."""
        log = self.logs / f"{name}.log"
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        return log

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _record(self, name: str) -> _Record | None:
        try:
            return _Record(**json.loads(self._file(name).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError):
            # Half a record says nothing sure about any process; the mark finds what is left.
            self._file(name).unlink(missing_ok=True)
            return None

    def log_offset(self, name: str) -> int:
        """The byte of its log at which the last start of that process begins."""
        record = self._record(name)
        return record.log_offset if record else 0

    def names(self) -> list[str]:
        """All that were started and not stopped, alive or not."""
        return sorted(file.stem for file in self.folder.glob("*.json"))

    def identity(self, name: str) -> Identity | None:
        """The process of that name, if it is alive and ours."""
        record = self._record(name)
        if record is None:
            return None
        identity = Identity(record.pid, record.started)
        return identity if identity.alive else None

    def status(self, name: str) -> ProcessStatus | None:
        """How it stands, also of one that ended by itself; None where none was started."""
        record = self._record(name)
        if record is None:
            return None
        alive = self.identity(name) is not None
        seconds = 0.0
        if alive:
            with suppress(psutil.Error):
                seconds = time.time() - psutil.Process(record.pid).create_time()
        return ProcessStatus(name, record.pid, alive, seconds, Path(record.log))

    def stop(self, names: Iterable[str], grace: float) -> list[str]:
        """End these: SIGTERM to each leader, after `grace` seconds SIGKILL to all of its session.

        Returns the names of those that had to be killed.
        """
        leaders = {name: self.identity(name) for name in names}
        sessions = {name: self._session(name) for name in leaders}
        for leader in leaders.values():
            if leader:
                leader.send(signal.SIGTERM)
        deadline = time.monotonic() + grace
        wait_for_end([leader for leader in leaders.values() if leader], grace)
        killed = []
        for name, members in sessions.items():
            leader = leaders[name]
            if leader and leader.alive:
                killed.append(name)
            end_all({*members, *self._session(name)}, deadline - time.monotonic())
            if leader:
                _forget(leader.pid)
            self._file(name).unlink(missing_ok=True)
        return killed

    def sweep(self, grace: float) -> None:
        """End what carries our mark and has no living leader: left behind by a kill or a crash."""
        leaders = {each.pid for name in self.names() if (each := self.identity(name))}
        orphans = [
            each.identity
            for each in self._all()
            if each.marked and not {each.session, each.identity.pid} & leaders
        ]
        end_all(orphans, grace)

    def _session(self, name: str) -> list[Identity]:
        """All processes in the session of that name, the leader's helpers included.

        While the leader lives its session is surely ours; afterwards only the mark tells.
        """
        record = self._record(name)
        if record is None:
            return []
        alive = self.identity(name) is not None
        return [
            each.identity
            for each in self._all()
            if each.session == record.pid and (alive or each.marked)
        ]

    def _all(self) -> list[_Seen]:
        """Every process that we may look at."""
        found = []
        for process in psutil.process_iter():
            try:
                marked = process.environ().get(MARK) == str(self.folder)
                session = os.getsid(process.pid)
            except (psutil.Error, OSError):
                continue  # gone meanwhile, or another user's
            if identity := Identity.of(process.pid):
                found.append(_Seen(identity, session, marked))
        return found


def end_all(processes: Iterable[Identity], grace: float) -> None:
    """SIGTERM to all that are alive, SIGKILL to those that are still so after `grace` seconds."""
    left = [each for each in processes if each.alive]
    for number, seconds in ((signal.SIGTERM, max(grace, 0.0)), (signal.SIGKILL, 10.0)):
        for each in left:
            each.send(number)
        wait_for_end(left, seconds)
        left = [each for each in left if each.alive]


def wait_for_end(processes: Iterable[Identity], seconds: float) -> bool:
    """Wait until all have ended; False where some have not after `seconds`."""
    deadline = time.monotonic() + seconds
    left = list(processes)
    while left:
        left = [each for each in left if each.alive]
        if left and time.monotonic() > deadline:
            return False
        if left:
            time.sleep(_LOOK_EVERY)
    return True


def _forget(pid: int) -> None:
    """Let the kernel drop an ended process that was our own child, where Python has not."""
    with suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
