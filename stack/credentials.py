"""The generated passwords of one state folder, each in a file of its own that only we may read."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from stack import redis
from stack.accounts import make_private, write_private

ELASTIC = "elastic-password"


def redis_name(user: str) -> str:
    """The file of a Redis user's password."""
    return f"redis-{'admin' if user == 'default' else user}-password"


def ensure(folder: Path) -> dict[str, str]:
    """All passwords by file name; those that are not there yet are generated (192 bits each)."""
    make_private(folder, None)
    names = [ELASTIC, *(redis_name(user) for user in redis.RULES)]
    return {name: _ensure_one(folder / name) for name in names}


def _ensure_one(file: Path) -> str:
    if file.exists() and (known := file.read_text(encoding="utf-8").strip()):
        return known
    password = secrets.token_urlsafe(24)
    write_private(file, password + "\n")
    return password


def of_redis(passwords: Mapping[str, str]) -> dict[str, str]:
    """Those of Redis, by user."""
    return {user: passwords[redis_name(user)] for user in redis.RULES}
