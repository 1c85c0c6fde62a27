"""What goes wrong on a machine, in one plain line that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StackError(Exception):
    """Its message is one line for the person at the keyboard: what is wrong and what to do."""


# EFBIG: a limit on file size (`ulimit -f`) says the same to a user as a full disk: no room here.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_IN_THE_WAY = frozenset({errno.ENOTDIR, errno.EEXIST})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextmanager
def writing_to(folder: Path, setting: str) -> Iterator[None]:
    """Turn a failed write below `folder` into a `StackError`; `setting` names the way elsewhere.

    Raises:
        StackError: no room is left, or the folder may not be written.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise StackError(
                f"No room left to write in {folder}: free some disk space, "
                f"or set {setting} to a folder on another disk."
            ) from error
        if error.errno in _NOT_ALLOWED:
            raise StackError(
                f"{error.filename or folder} may not be written by this user: "
                f"correct its owner, or set {setting} to a folder of yours."
            ) from error
        if error.errno in _IN_THE_WAY:
            raise StackError(
                f"{error.filename or folder} is no folder or lies below a file: "
                f"move that file away, or set {setting} to another folder."
            ) from error
        raise
