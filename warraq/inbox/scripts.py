"""The Lua scripts of `lua/`: what must not be torn apart by a crash runs in one piece in Redis."""

from __future__ import annotations

from importlib.resources import files

from warraq.inbox import keys


def script(name: str) -> str:
    """The text of `lua/<name>.lua`."""
    return (files("warraq.inbox") / "lua" / f"{name}.lua").read_text(encoding="utf-8")


def also_when_full(script: str) -> str:
    """`script`, which a Redis at its `maxmemory` lets finish, too.

    It refuses a script the first thing that it would write and wants memory for, and nothing behind
    a write that it allows. For what workers and operators move and note, since that makes room or
    takes next to none; never for what takes an article in.
    """
    return f"redis.call('DEL', '{keys.NOTHING}')\n{script}"
