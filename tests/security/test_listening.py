"""Nothing that Warraq starts can be reached from another machine."""

from __future__ import annotations

import ipaddress
import socket

import psutil

from stack import Stack
from tests.stack.watching import family


def test_no_process_of_the_whole_stack_listens_beyond_loopback(working_stack: Stack) -> None:
    """Read from /proc/net of every process, workers and beat included; UDP sockets count too."""
    processes = family(working_stack)
    words = " ".join(word for process in processes for word in process.cmdline())
    for part in ("redis-server", "java", " worker ", " beat "):
        assert part in words
    open_to = [
        (process.name(), *connection.laddr)
        for process in processes
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN or connection.type == socket.SOCK_DGRAM
    ]
    assert len(open_to) >= 3, "Redis, and two of Elasticsearch"
    assert [each for each in open_to if not _is_loopback(each[1])] == []
    workers = [process for process in processes if "celery" in process.cmdline()]
    assert {process.pid for process in workers}.isdisjoint(
        process.pid
        for process in processes
        if any(each.status == psutil.CONN_LISTEN for each in process.net_connections("inet"))
    )


def _is_loopback(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_loopback
