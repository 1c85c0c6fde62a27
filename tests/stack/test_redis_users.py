"""Each Redis user may do what it is for, and is denied everything else: tried, not read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError, NoPermissionError, ResponseError
from redis.retry import Retry

from stack import Stack
from stack.credentials import redis_name
from stack.redis import RULES, SHARED_CONFIG

# Whatever a user may do, it may not do these.
DANGEROUS = (
    "FLUSHALL", "FLUSHDB", "KEYS *", "CONFIG GET *", "CONFIG SET appendonly no", "SHUTDOWN NOSAVE",
    "DEBUG SLEEP 0", "ACL LIST", "ACL WHOAMI", "MONITOR", "REPLICAOF 127.0.0.1 1", "SAVE", "BGSAVE",
    "CLIENT LIST", "CLIENT KILL TYPE normal", "SCRIPT FLUSH", "SCRIPT KILL", "MODULE LIST",
    "SWAPDB 0 1", "SELECT 1", "SCAN 0", "DBSIZE", "RANDOMKEY", "MIGRATE h 1 k 0 1", "SLOWLOG GET",
    "LATENCY RESET", "SORT warraq:list BY nosort GET other:*", "GET other", "SET other 1",
    "DEL other", "EVAL return(redis.call('get','other')) 0", "RENAME warraq:list other",
    "PUBLISH other 1", "SUBSCRIBE other", "PSUBSCRIBE *", "XADD other * article {}",
)  # fmt: skip
# What the workers do and a way in does not.
OF_WORKERS = (
    "XLEN warraq:articles", "XRANGE warraq:articles - +", "XREAD STREAMS warraq:articles 0",
    "XREADGROUP GROUP workers me STREAMS warraq:articles >", "XDEL warraq:articles 0-1",
    "XTRIM warraq:articles MAXLEN 0", "XACK warraq:articles workers 0-1", "DEL warraq:articles",
    "XGROUP DESTROY warraq:articles workers", "XADD warraq:dead * article {}",
    "XRANGE warraq:dead - +", "LRANGE warraq:list 0 -1", "LPOP warraq:list",
    "HGETALL warraq:counts", "EVAL return(1) 0", "LPUSH warraq.pull {}", "LPOP warraq.ingest",
    "LRANGE warraq.ingest 0 -1", "INFO",
)  # fmt: skip


# redis-py types each answer as everything that any version may say.
Logins = dict[str, Any]


@pytest.fixture(scope="module")
def logins(redis_stack: Stack) -> Iterator[Logins]:
    port = urlsplit(redis_stack.addresses().redis).port or 0
    clients = {
        user: redis.Redis(
            port=port,
            username=user,
            password=(redis_stack.secrets / redis_name(user)).read_text().strip(),
            socket_timeout=10,
        )
        for user in RULES
    }
    yield clients
    for client in clients.values():
        client.close()


def denied(client: Any, command: str) -> bool:
    try:
        client.execute_command(*command.split())
    except NoPermissionError:
        return True
    except ResponseError:
        return False
    return False


@pytest.mark.parametrize("user", [user for user in RULES if user != "default"])
@pytest.mark.parametrize("command", DANGEROUS)
def test_nobody_but_the_administrator_may(logins: Logins, user: str, command: str) -> None:
    if user == "worker" and command.startswith("EVAL"):
        # It may run scripts; what they touch is checked all the same.
        with pytest.raises(
            ResponseError, match=r"can't access at least one of the keys|NOPERM|perm"
        ):
            logins[user].execute_command(*command.split())
        return
    assert denied(logins[user], command)


@pytest.mark.parametrize("user", ["producer", "list-producer", "celery-producer"])
@pytest.mark.parametrize("command", OF_WORKERS)
def test_a_way_in_is_no_way_out(logins: Logins, user: str, command: str) -> None:
    assert denied(logins[user], command)


def test_the_producer_may_add_to_the_stream_and_nothing_else(
    logins: Logins,
) -> None:
    producer = logins["producer"]
    identifier = producer.xadd("warraq:articles", {"article": "{}"})
    assert producer.ping()
    for command in ("LPUSH warraq:list x", "LPUSH warraq.ingest x", "SMEMBERS _kombu.binding.x"):
        assert denied(producer, command)
    assert logins["worker"].xdel("warraq:articles", identifier) == 1


def test_the_list_producer_may_push_to_the_list_and_nothing_else(
    logins: Logins,
) -> None:
    pusher = logins["list-producer"]
    assert pusher.lpush("warraq:list", "{}") == 1
    assert pusher.rpush("warraq:list", "{}") == 2
    for command in (
        "XADD warraq:articles * article {}",
        "LPUSH warraq.ingest x",
        "LLEN warraq:list",
    ):
        assert denied(pusher, command)
    assert logins["worker"].delete("warraq:list") == 1


def test_the_celery_producer_sees_its_queue_alone(logins: Logins) -> None:
    sender = logins["celery-producer"]
    assert sender.llen("warraq.ingest") == 0
    for command in ("XADD warraq:articles * article {}", "LPUSH warraq:list x", "LLEN warraq.pull"):
        assert denied(sender, command)


def test_the_worker_keeps_warraqs_books(logins: Logins) -> None:
    worker = logins["worker"]
    identifier = worker.xadd("warraq:articles", {"article": "{}"})
    with suppress(ResponseError):  # the group is there already
        worker.xgroup_create("warraq:articles", "workers", id="0")
    read = worker.xreadgroup("workers", "me", {"warraq:articles": ">"}, count=10)
    assert read[0][1][-1][0] == identifier
    assert worker.xautoclaim("warraq:articles", "workers", "other", 0)
    script = worker.register_script("return redis.call('XACK', KEYS[1], 'workers', ARGV[1])")
    assert script(keys=["warraq:articles"], args=[identifier]) == 1
    assert worker.xdel("warraq:articles", identifier) == 1
    assert worker.memory_usage("warraq:articles")
    assert worker.info("persistence")["aof_enabled"] == 1
    worker.lpush("warraq:list", "x")
    assert worker.lmove("warraq:list", "warraq:list:moving") == b"x"
    worker.hincrby("warraq:counts", "indexed", 1)
    worker.set("warraq:pause", 1, px=1000)
    worker.delete("warraq:list:moving", "warraq:counts", "warraq:pause", "warraq:articles")


def test_the_administrator_may_all(logins: Logins) -> None:
    admin = logins["default"]
    assert admin.acl_whoami() == "default"
    assert admin.config_get("appendfsync") == {"appendfsync": "always"}
    assert admin.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert admin.config_get("bind") == {"bind": "127.0.0.1"}


def test_without_a_password_nobody_gets_in(redis_stack: Stack) -> None:
    port = urlsplit(redis_stack.addresses().redis).port or 0
    for username, password in ((None, None), ("default", "wrong"), ("producer", "")):
        with (
            _stranger(port, username, password) as stranger,
            pytest.raises(AuthenticationError),
        ):
            stranger.ping()


def _stranger(port: int, username: str | None, password: str | None) -> redis.Redis:
    return redis.Redis(
        port=port, username=username, password=password, retry=Retry(NoBackoff(), retries=0)
    )


def test_no_password_is_in_the_configuration_or_a_command_line(redis_stack: Stack) -> None:
    passwords = [file.read_text().strip() for file in redis_stack.secrets.iterdir()]
    assert len(passwords) == len(RULES) + 1
    assert all(len(password) == 32 for password in passwords)
    texts = [
        file.read_text(errors="replace")
        for folder in ("redis", "run", "logs")
        for file in (redis_stack.state / folder).glob("*")
        if file.suffix in {".acl", ".conf", ".json", ".log"}
    ]
    assert len(texts) > 3
    assert not any(password in text for password in passwords for text in texts)
    for file in redis_stack.secrets.iterdir():
        assert file.stat().st_mode & 0o077 == 0
    assert redis_stack.secrets.stat().st_mode & 0o077 == 0


def test_the_shared_configuration_names_no_place(redis_stack: Stack) -> None:
    """It serves docker-compose.yml too, which adds its own."""
    directives = {
        line.split()[0]
        for line in SHARED_CONFIG.read_text().splitlines()
        if line and not line.startswith("#")
    }
    assert directives.isdisjoint(
        {"bind", "port", "dir", "aclfile", "requirepass", "user", "include"}
    )


APPLICATION = """
import json, os, socket, sys
from celery import Celery
from kombu import Queue
app = Celery("tried", broker=os.environ["BROKER"], set_as_current=False)
app.conf.update(
    task_queues=[Queue("warraq.pull"), Queue("warraq.ingest"), Queue("warraq.maintenance")],
    task_default_queue="warraq.maintenance",
    task_routes={name: {"queue": name} for name in ("warraq.ingest", "warraq.pull")},
    task_ignore_result=True, task_acks_late=True, worker_send_task_events=True,
    broker_connection_retry_on_startup=True, worker_enable_remote_control=True,
    beat_schedule={"maintain": {"task": "warraq.maintain", "schedule": 0.5}},
)
def serve(name):
    @app.task(name=name)
    def task(*arguments):
        print(" ".join(map(str, ("did", name, *arguments))), flush=True)
for name in ("warraq.ingest", "warraq.pull", "warraq.maintain"):
    serve(name)
"""


def test_celery_works_as_these_users(redis_stack: Stack, logins: Logins, tmp_path: Path) -> None:
    """A worker and beat as `worker`, with remote control and events; a client as its producer."""
    (tmp_path / "tried.py").write_text(APPLICATION)
    port = urlsplit(redis_stack.addresses().redis).port

    def environment(user: str) -> dict[str, str]:
        password = (redis_stack.secrets / redis_name(user)).read_text().strip()
        return {**os.environ, "BROKER": f"redis://{user}:{password}@127.0.0.1:{port}/0"}

    def client(user: str, program: str) -> str:
        return subprocess.run(
            [sys.executable, "-c", f"from tried import *\n{program}"],
            cwd=tmp_path, env=environment(user), capture_output=True, text=True, check=False,
            timeout=60,
        ).stdout.strip()  # fmt: skip

    logins["default"].acl_log_reset()
    celery = [sys.executable, "-m", "celery", "-A", "tried"]
    log = (tmp_path / "log").open("w+")
    commands = (
        ["worker", "--concurrency", "1", "--events", "-n", "tried@%h", "--loglevel", "INFO"],
        ["beat", "--schedule", str(tmp_path / "schedule"), "--pidfile="],
    )
    running = [
        subprocess.Popen(
            [*celery, *command],
            cwd=tmp_path, env=environment("worker"), stdout=log, stderr=subprocess.STDOUT,
        )
        for command in commands
    ]  # fmt: skip
    try:
        _until_logged(tmp_path / "log", " ready.")
        assert client("celery-producer", "print(app.send_task('warraq.ingest', args=[7]))")
        assert client("worker", "print(app.send_task('warraq.pull', args=[8], priority=3))")
        for done in ("did warraq.ingest 7", "did warraq.pull 8", "did warraq.maintain"):
            _until_logged(tmp_path / "log", done)
        answer = client("worker", "print(json.dumps(app.control.inspect(timeout=2).ping()))")
        assert list(json.loads(answer).values()) == [{"ok": "pong"}]
        seen = client(
            "worker",
            "seen = []\n"
            "with app.connection() as connection:\n"
            "    handlers = {'*': lambda event: seen.append(event['type'])}\n"
            "    receiver = app.events.Receiver(connection, handlers=handlers)\n"
            "    receiver.capture(limit=4, timeout=10, wakeup=True)\n"
            "print(len(seen))",
        )
        assert int(seen) >= 1
        sent = client(
            "celery-producer", "print(app.send_task('warraq.pull', args=[9], retry=False))"
        )
        assert sent == "", "a producer of articles may send no tickets"
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(30)
        log.close()
    refused = [(each["username"], each["object"]) for each in logins["default"].acl_log(100)]
    # redis-py asks each server for notices of maintenance, which only Redis Enterprise has.
    assert {each for each in refused if each[1] != "client"} <= {
        ("celery-producer", f"warraq.pull{suffix}") for suffix in ("", *"\x06\x16")
    } | {("celery-producer", f"warraq.pull\x06\x16{step}") for step in (3, 6, 9)}


def _until_logged(log: Path, word: str) -> None:
    deadline = time.monotonic() + 30
    while word not in log.read_text():
        assert time.monotonic() < deadline, f"never saw {word!r} in {log.read_text()[-3000:]}"
        time.sleep(0.05)
