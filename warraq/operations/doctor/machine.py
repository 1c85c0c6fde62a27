"""Whether others on this machine or in the network can get at what is not theirs."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from warraq.errors import WarraqError
from warraq.operations.doctor.findings import Finding, Group, Site, error, warning

_OTHERS = 0o007
# A container's mounts: with the modes that they have outside, where others cannot get to them.
_MOUNTED = Path("/run/secrets")
_PORTS = {"http": 9200, "https": 9200, "redis": 6379, "rediss": 6379}


def secrets(site: Site) -> Iterator[Finding]:
    for file in site.secret_files:
        try:
            mode = file.stat().st_mode
        except FileNotFoundError:
            continue  # what needs it says so
        except OSError as why:
            raise WarraqError(f"{file}: {why.strerror}") from why
        if mode & _OTHERS and not file.is_relative_to(_MOUNTED):
            yield error(f"{file} is open to everybody on this machine", f"chmod o= {file}")


def listening(site: Site) -> Iterator[Finding]:
    """Of servers that are spoken to over loopback: whether the network can speak to them, too."""
    ours = {
        urlsplit(address).port or _PORTS.get(urlsplit(address).scheme, 0)
        for address in site.addresses
        if _is_loopback(urlsplit(address).hostname or "")
    }
    try:
        sockets = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        raise WarraqError("this system tells only root which ports are open") from None
    processes = {child for pid in site.processes for child in _with_children(pid)}
    open_to_all = {
        (one.laddr.port, one.laddr.ip)
        for one in sockets
        if one.status == psutil.CONN_LISTEN
        and one.laddr
        and (one.laddr.port in ours or one.pid in processes)
        and not _is_loopback(one.laddr.ip)
    }
    for port, ip in sorted(open_to_all):
        yield warning(
            f"port {port} is open to the network (on {ip})",
            "bind it to 127.0.0.1, or see that only who must can reach it and that it speaks TLS",
        )


def _with_children(pid: int) -> set[int]:
    try:
        return {pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))}
    except psutil.NoSuchProcess:
        return set()


def _is_loopback(host: str) -> bool:
    try:
        # Java's sockets are of IPv6 throughout: ::ffff:127.0.0.1.
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost"
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


GROUP = Group("machine", None, (secrets, listening))
