"""Whom the servers run as: the present user, or, started by root, an unprivileged one."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from stack.errors import StackError


class RunAs(TypedDict):
    """The arguments of `subprocess.Popen` that change the user; None keeps the present one."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user by numbers; `name` for people."""

    name: str
    uid: int
    gid: int


def run_as(account: Account | None) -> RunAs:
    """For `subprocess.Popen(..., **run_as(account))`."""
    if account is None:
        return {"user": None, "group": None, "extra_groups": None}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def server_account(wanted: str | None) -> Account | None:
    """The account of the servers: None for the present user, who is not root.

    Root's servers run as `wanted`, else as `nobody`.

    Raises:
        StackError: the wanted account does not exist or is root.
    """
    if os.geteuid() != 0:
        return None
    name = wanted or "nobody"
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        raise StackError(
            f"There is no user {name} to run Elasticsearch as, and it refuses to run as root: "
            "set WARRAQ_STACK_USER to an unprivileged user."
        ) from None
    if entry.pw_uid == 0:
        raise StackError(
            f"Elasticsearch refuses to run as {name}: set WARRAQ_STACK_USER to another user."
        )
    return Account(name, entry.pw_uid, entry.pw_gid)


def make_private(folder: Path, account: Account | None) -> None:
    """Make `folder` that belongs to the account and is closed to everyone else."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account:
        os.chown(folder, account.uid, account.gid)


def write_private(file: Path, text: str, account: Account | None = None) -> None:
    """Write a file that only the account (None: the present user) may read, in one step."""
    part = file.with_name(file.name + ".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        handle.write(text)
        if account:
            os.fchown(handle.fileno(), account.uid, account.gid)
    part.rename(file)


def must_reach(folder: Path, account: Account, setting: str) -> None:
    """Make sure that the account may enter `folder` through all that lies above it.

    Raises:
        StackError: a folder on the way is closed to it; `setting` names the way elsewhere.
    """
    for each in (folder, *folder.parents):
        found = each.stat()
        needed = 0o100 if found.st_uid == account.uid else 0o001
        if found.st_gid == account.gid and needed == 0o001:
            needed = 0o010
        if not found.st_mode & needed:
            raise StackError(
                f"{each} is closed to the user {account.name}, whom the servers run as: "
                f"set {setting} to a folder that is open to it, or unset it."
            )
