"""Ports on the loopback address."""

from __future__ import annotations

import socket
from collections.abc import Collection

import psutil

from stack.errors import StackError

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen on the port now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_free(besides: Collection[int] = ()) -> int:
    """A free port that the kernel picks, none of `besides`."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((LOOPBACK, 0))
            port: int = probe.getsockname()[1]
        if port not in besides:
            return port


def choose(wanted: int | None, usual: tuple[int, ...], setting: str) -> int:
    """The port to listen on.

    `wanted` is what the operator insists on (0 for any free one); without it the first free one of
    `usual` is taken, else any free one.

    Raises:
        StackError: the wanted port is taken, by whom, and what to do.
    """
    if wanted:
        if is_free(wanted):
            return wanted
        raise StackError(
            f"Port {wanted} on {LOOPBACK} is taken{_by_whom(wanted)}: "
            f"stop that, or set {setting} to another port, or to 0 for any free one."
        )
    candidates = () if wanted == 0 else usual
    return next((port for port in candidates if is_free(port)), None) or any_free(usual)


def _by_whom(port: int) -> str:
    """` by NAME, process N`, as far as this user may see it."""
    try:
        for connection in psutil.net_connections("tcp"):
            listens = connection.status == psutil.CONN_LISTEN
            if listens and connection.laddr and connection.laddr.port == port and connection.pid:
                return f" by {psutil.Process(connection.pid).name()}, process {connection.pid}"
    except psutil.Error:
        pass
    return ""
