"""The Lua scripts of `lua/`: what must not be torn apart by a crash runs in one piece in Redis."""

from __future__ import annotations

from importlib.resources import files


def script(name: str) -> str:
    """The text of `lua/<name>.lua`."""
    return (files("warraq.inbox") / "lua" / f"{name}.lua").read_text(encoding="utf-8")
