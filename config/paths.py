"""Where Warraq keeps what it makes on this machine: the one home of these folders.

A checkout has its own state (servers' data, secrets, logs, process files), so that two clones never
meet; the cache of downloads is shared by all of them. As root both are system-wide, because
Elasticsearch then runs as an unprivileged user, who may not look into root's home.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

SYSTEM_STATE = Path("/var/lib/warraq")
SYSTEM_CACHE = Path("/var/cache/warraq")


def checkout_folder() -> Path:
    """The folder that holds this project: where `celery -A workers.app` is started."""
    return Path(__file__).resolve().parent.parent


def state_folder() -> Path:
    """The folder of this checkout's servers: `$WARRAQ_STATE`, else one of its own per checkout.

    Its name is the checkout's and eight hex digits of the sha256 of its path, so that it can be
    recognised and never collides. The folder need not exist yet.
    """
    if given := os.environ.get("WARRAQ_STATE"):
        return Path(given).expanduser().absolute()
    checkout = checkout_folder()
    digest = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:8]
    base = SYSTEM_STATE if os.geteuid() == 0 else platformdirs.user_state_path("warraq")
    return base / f"{checkout.name}-{digest}"


def cache_folder() -> Path:
    """Of downloads, kept by `make clean`: `$WARRAQ_CACHE`, else one for all checkouts."""
    if given := os.environ.get("WARRAQ_CACHE"):
        return Path(given).expanduser().absolute()
    return SYSTEM_CACHE if os.geteuid() == 0 else platformdirs.user_cache_path("warraq")


def env_file() -> Path:
    """The file of addresses and secret files that `warraq up` writes and every command reads."""
    return state_folder() / "env"
