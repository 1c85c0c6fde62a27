"""No secret is seen where it need not be: logs, errors, reprs, lists of processes, the image.

Each is looked for as it is, as part of an address and as HTTP carries it.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from pathlib import Path
from urllib.parse import quote

import psutil
import pytest

from config.celery import celery_settings
from config.paths import checkout_folder
from config.settings import load_settings
from stack import Stack
from tests.security.conftest import celery, warraq
from tests.stack.watching import family
from tests.waiting import wait_until
from tests.workers.conftest import Worker
from warraq.cli.index import administration
from warraq.inbox.connection import connect
from warraq.index.client import connect as connect_elasticsearch
from workers.app import make_app

# A wrong password is a secret all the same: one letter off the right one, or right elsewhere.
WRONG = "Qatr-al-Nada/7:%41@sirr#قطر"
KEY = b64encode(f"VuaCfGcBCdbkQm-e5aOx:{'ui2lp2axTNmsyakw9tvNnw'}".encode()).decode()


def forms(secret: str) -> set[str]:
    """How a secret may be written."""
    users = ("elastic", "kibana_system", "worker")
    basic = {b64encode(f"{user}:{secret}".encode()).decode() for user in users}
    found = {secret, quote(secret, safe=""), quote(secret), *basic, repr(secret)[1:-1]}
    if secret.endswith("=") or re.fullmatch(r"[A-Za-z0-9+/]{60}", secret):  # an API key
        found.add(b64decode(secret).decode().partition(":")[2])
    return found


def shown_in(text: str, secrets: list[str]) -> list[str]:
    return [form for secret in secrets for form in forms(secret) if form in text]


@pytest.fixture(scope="module")
def secrets(working_stack: Stack) -> list[str]:
    """All secrets of the stack: passwords and API keys."""
    found = [file.read_text().strip() for file in working_stack.secrets.iterdir()]
    assert len(found) >= 8
    assert all(len(secret) >= 32 for secret in found)
    return found


def test_a_shown_secret_would_be_found(secrets: list[str]) -> None:
    for secret in secrets:
        assert shown_in(f"redis://worker:{secret}@127.0.0.1", [secret])
    key = b64encode(b"12345678901234567890:" + b"x" * 22 + b"__").decode()
    assert shown_in("x" * 22 + "__", [key])


def test_no_log_or_file_but_the_secrets_own_holds_one(
    working_stack: Stack, secrets: list[str]
) -> None:
    holding = []
    looked_at = set()
    for file in working_stack.state.rglob("*"):
        # Data of the servers holds digests, and Elasticsearch's keystore is made to hold its first.
        private = {"secrets", "data", "elasticsearch.keystore", "redis-server"}
        if not file.is_file() or private.intersection(file.relative_to(working_stack.state).parts):
            continue
        looked_at.add(file.name)
        if shown_in(file.read_text(encoding="utf-8", errors="replace"), secrets):
            holding.append(file)
    assert {"worker1.log", "beat.log", "redis.log", "users.acl", "env", "warraq.log"} <= looked_at
    assert holding == []


def test_no_command_line_or_environment_of_a_process_holds_one(
    working_stack: Stack, secrets: list[str]
) -> None:
    names = {process.name() for process in family(working_stack)}
    assert {"redis-server", "java"} <= names
    for process in psutil.process_iter():
        try:
            line, environment = " ".join(process.cmdline()), process.environ()
        except psutil.Error:
            continue
        assert not shown_in(line, secrets)
        assert not shown_in(" ".join(environment.values()), secrets)


REACHED: dict[str, tuple[str, ...]] = {
    "status": ("status",),
    "where": ("where", "sahifa", "1"),
    "dead letters": ("dead", "list"),
    "search": ("search", "طرابلس"),
    "index": ("index", "status"),
    "health": ("health", "worker", "celery@nowhere"),
}
UNREACHABLE = {
    "WARRAQ_REDIS_URL": f"redis://worker:{quote(WRONG, safe='')}@127.0.0.1:1/0",
    "WARRAQ_ELASTICSEARCH_URL": "http://127.0.0.1:1",
}
WRONG_ONES = {
    "WARRAQ_REDIS_PASSWORD": WRONG,
    "WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD": WRONG,
    "WARRAQ_ELASTICSEARCH_SEARCH_KEY": KEY,
    "WARRAQ_ELASTICSEARCH_WORKER_KEY": KEY,
}
NO_ADDRESSES = {
    "WARRAQ_REDIS_URL": f"redis//worker:{WRONG}@nowhere:port",
    "WARRAQ_ELASTICSEARCH_URL": f"http://elastic:{WRONG}@nowhere:port",
}
PASSWORD_IN_ADDRESS = {"WARRAQ_ELASTICSEARCH_URL": f"http://elastic:{quote(WRONG)}@127.0.0.1:1"}


@pytest.mark.parametrize("command", REACHED.values(), ids=REACHED)
@pytest.mark.parametrize(
    "environment",
    [UNREACHABLE, WRONG_ONES, NO_ADDRESSES, PASSWORD_IN_ADDRESS],
    ids=["unreachable", "wrong", "no addresses", "password in the address"],
)
def test_no_command_that_fails_tells_one(
    working_stack: Stack, secrets: list[str], command: tuple[str, ...], environment: dict[str, str]
) -> None:
    done = warraq(*command, **environment)
    told = done.stdout + done.stderr
    assert "Traceback" not in told
    assert not shown_in(told, [*secrets, WRONG, KEY])


def test_warraq_up_tells_none_of_servers_elsewhere(working_stack: Stack, tmp_path: Path) -> None:
    for environment in (UNREACHABLE, NO_ADDRESSES, PASSWORD_IN_ADDRESS):
        for command in (("up",), ("env",), ("env", "--export")):
            done = warraq(*command, WARRAQ_STATE=str(tmp_path / "state"), **environment)
            assert not shown_in(done.stdout + done.stderr, [WRONG])


@pytest.mark.parametrize(
    "environment", [UNREACHABLE, WRONG_ONES, NO_ADDRESSES], ids=["unreachable", "wrong", "nothing"]
)
def test_no_celery_command_that_fails_tells_one(
    working_stack: Stack, secrets: list[str], environment: dict[str, str]
) -> None:
    for command in (
        ("report",),
        ("inspect", "ping", "--timeout", "1"),
        ("call", "warraq.maintain"),
    ):
        done = celery(*command, **environment)
        assert not shown_in(done.stdout + done.stderr, [*secrets, WRONG, KEY])


@pytest.mark.parametrize("environment", [UNREACHABLE, WRONG_ONES], ids=["unreachable", "wrong"])
def test_no_worker_that_cannot_log_in_logs_one(
    working_stack: Stack, secrets: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    worker = Worker("lost", tmp_path / "log", ["--concurrency", "1"], environment)
    try:
        wait_until(
            lambda: worker.process.poll() is not None or "onnect" in worker.log.read_text(), 120
        )
        line = " ".join(psutil.Process(worker.process.pid).cmdline())
        logged = worker.log.read_text()
    finally:
        worker.kill()
    assert "redis://worker:**@" in logged
    assert not shown_in(logged + line, [*secrets, WRONG, KEY])


def test_no_repr_shows_one(working_stack: Stack, secrets: list[str]) -> None:
    settings = load_settings()
    assert settings.redis_password is not None
    app = make_app(settings)
    key = settings.elasticsearch_search_key
    with connect_elasticsearch(settings.elasticsearch_url, api_key=key) as searcher:
        things = [
            settings, settings.model_dump(), settings.model_dump_json(), administration(settings),
            connect(settings.redis_login), connect(settings.redis_login).connection_pool, searcher,
            app, app.connection_for_write(), app.conf.humanize(), working_stack, settings.redis_url,
        ]  # fmt: skip
        for thing in things:
            assert not shown_in(f"{thing!r} {thing}", secrets)
    assert settings.redis_password.get_secret_value() in celery_settings(settings)["broker_url"]


def test_the_image_and_the_repository_take_none_in() -> None:
    root = checkout_folder()
    rules = (root / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert "*" in rules[:2]
    taken_in = {rule[1:] for rule in rules if rule.startswith("!")}
    assert taken_in == {
        "requirements.lock", "pyproject.toml", "README.md", "LICENSE", "config", "stack", "tasks",
        "warraq", "workers",
    }  # fmt: skip
    assert "/secrets/" in (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    dockerfile = (root / "Dockerfile").read_text(encoding="utf-8")
    assert not re.search(
        r"(?i)^(ARG|ENV)[^\n]*(password|secret|_key|token)", dockerfile, re.MULTILINE
    )
