"""Runs docker-compose.yml for real, all services but Kibana: `python -m tests.compose.run`.

Four workers, 2,000 articles, one worker killed while it has articles in hand, one frozen; then
`down` in the middle of work and `up` again. Prints one line a check and ends with exit code 1 if
any failed. Needs root and Debian; everything it starts it also removes (images stay cached).
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from config.paths import cache_folder
from stack.locks import exclusive
from tests.compose import scenario
from tests.compose.deployment import deployment
from tests.compose.engine import CannotRun, running_engine
from tests.compose.images import build_all


@dataclass(slots=True)
class Checks:
    """Prints what is checked, counts what held."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)

    def say(self, line: str) -> None:
        """A line of progress."""
        print(f"[{time.monotonic() - self.started:6.1f} s] {line}", flush=True)

    def check(self, name: str, held: bool, found: object = "") -> bool:
        """Count one check; `found` tells what was seen."""
        detail = f": {found}" if found != "" else ""
        self.say(f"{'PASS' if held else 'FAIL'}  {name}{detail}")
        if held:
            self.passed += 1
        else:
            self.failed.append(name)
        return held


def main() -> int:
    """Run the scenario; returns the exit code."""
    # So that a terminated run cleans up, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    checks = Checks()
    home = cache_folder() / "compose"
    home.mkdir(parents=True, exist_ok=True)
    waiting: Callable[[], None] = lambda: checks.say("Another compose test runs; waiting for it")  # noqa: E731
    try:
        with exclusive(home / "lock", waiting), running_engine(home) as engine:
            build_all(engine, checks.say)
            with deployment(engine) as deployed:
                try:
                    scenario.play(deployed, checks)
                except Exception:
                    print(deployed.compose("logs", "--tail=40").stdout)
                    raise
                if checks.failed:
                    print(deployed.compose("logs", "--tail=40").stdout)
            left = engine.containers("warraq-compose-test")
            volumes = engine.podman("volume", "ls", "--quiet").split()
            checks.check("nothing is left behind", not left and not volumes, volumes or "")
    except CannotRun as error:
        checks.say(str(error))
        return 2
    print(f"{checks.passed} passed, {len(checks.failed)} failed")
    for name in checks.failed:
        print(f"  failed: {name}")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
