"""Workers and an index as in tests/workers, and commands as people run them."""

from __future__ import annotations

import os
import subprocess
import sys

from config.paths import checkout_folder
from tests.workers.conftest import inbox, prepared, start_worker

__all__ = ["inbox", "prepared", "start_worker"]

_WARRAQ = "from warraq.cli import main; main()"


def warraq(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `warraq ARGUMENTS` to its end, with `environment` besides that of the tests."""
    return subprocess.run(
        [sys.executable, "-c", _WARRAQ, *arguments],
        cwd=checkout_folder(),
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
