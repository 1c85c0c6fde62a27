"""`warraq status`, `where`, `dead` and `health` say where every article is."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from elasticsearch import Elasticsearch
from pydantic import ValidationError
from typer.testing import CliRunner, Result

from config.settings import Settings, load_settings
from stack import Stack
from tests.emptied import emptied
from warraq.analysis.pipeline import Pipeline
from warraq.cli import app
from warraq.cli.index import prepare_elasticsearch
from warraq.cli.opening_index import layout, open_index
from warraq.delivery import Delivery
from warraq.errors import WarraqError
from warraq.inbox import keys
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox
from warraq.index.client import connect
from warraq.index.condition import IndexCondition, IndexView
from warraq.index.lifecycle import status as versions
from warraq.index.writer import IndexWriter
from warraq.operations.standing import standing
from workers.tickets import ticket_office

GOOD = '{"source": "sahifa", "id": "1", "title": "خبر", "url": "https://example.org/a"}'
WITHDRAWN = '{"source": "sahifa", "id": "2", "deleted": true}'
BAD = '{"source": "sahifa", "id": "3", "body": "", "title": ""}'


def warraq(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def status() -> dict[str, object]:
    return dict(json.loads(warraq("status", "--json").output))


@pytest.fixture
def client(stack: Stack, settings: Settings) -> Iterator[Elasticsearch]:
    """Elasticsearch with an index that is new."""
    with connect(
        settings.elasticsearch_url, password=settings.elasticsearch_admin_password
    ) as client:
        for version in versions(client, layout(settings)):
            client.indices.delete(index=version.name)
        prepare_elasticsearch(settings, stack.secrets)
        yield client


@pytest.fixture
def inbox(settings: Settings, client: Elasticsearch) -> Inbox:
    return emptied(Inbox.connect(settings.redis_login))


@pytest.fixture
def delivered(inbox: Inbox, client: Elasticsearch, settings: Settings) -> Inbox:
    """One article indexed, one withdrawn, one dead."""
    inbox.add_many([GOOD.encode(), WITHDRAWN.encode(), BAD.encode()])
    writer = IndexWriter(client, settings.alias)
    Delivery(inbox, writer, Pipeline(), consumer="c", process="w@test").run(10)
    return inbox


def test_the_counts_add_up(delivered: Inbox) -> None:
    told = status()
    assert told["ended"] == {
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "outdated": 0,
        "dead": 1,
        "replayed": 0,
        "pruned": 0,
    }
    index = told["index"]
    assert isinstance(index, dict)
    assert (index["articles"], index["tombstones"]) == (1, 1)
    assert (index["name"], index["health"]) == ("articles-000001", "green")
    assert index["size"] > 1_000
    assert told["dead_letters"] == {"now": 1, "by_reason": {"empty": 1}}
    assert told["adds_up"] is True
    assert "the counts add up" in warraq("status").output


def test_in_a_pipe_no_line_is_folded(delivered: Inbox) -> None:
    (versions,) = (
        line for line in warraq("status").output.splitlines() if line.startswith("versions")
    )
    assert "; schema " in versions


def test_counts_that_do_not_add_up_are_said(
    delivered: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.refresh(index=settings.alias)
    client.delete_by_query(
        index=f"{settings.alias}-000001", query={"term": {"deleted": False}}, refresh=True
    )
    assert status()["adds_up"] is False


def test_without_an_index_status_says_what_elasticsearch_says(
    delivered: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.delete(index=f"{settings.alias}-000001")
    done = warraq("status")
    assert done.exit_code == 0
    assert settings.alias in done.output  # in brackets, as the path of the request


def test_while_articles_wait_nothing_is_said_of_adding_up(delivered: Inbox) -> None:
    delivered.add_many([GOOD.encode()])
    told = status()
    assert told["adds_up"] is None
    assert told["inbox"]["waiting"] == 1  # type: ignore[index]


def test_an_article_that_ends_amid_the_look_is_no_sign_of_an_index_made_anew(
    delivered: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    class Busy(IndexView):
        """Workers are at it while one looks."""

        def condition(self) -> IndexCondition:
            delivered.add_many([b'{"source": "sahifa", "id": "4", "title": "a"}'])
            writer = IndexWriter(client, settings.alias)
            Delivery(delivered, writer, Pipeline(), consumer="c", process="w@test").run(10)
            return super().condition()

    with open_index(load_settings()) as index:
        busy = Busy(index.alias, index.wanted_schema, index.searching, index.administering)
        assert standing(delivered, busy).adds_up is None
        assert standing(delivered, index).adds_up is True


def test_where_tells_of_each_article(delivered: Inbox) -> None:
    assert warraq("where", "sahifa", "1").output.startswith("indexed: version ")
    assert "articles-000001" in warraq("where", "sahifa", "1").output
    assert "withdrawn" in warraq("where", "sahifa", "2").output
    assert warraq("where", "sahifa", "3").output.startswith("dead: empty: ")
    delivered.client.lpush(keys.LIST, '{"source": "sahifa", "id": "4", "title": "a"}')
    delivered.add_many([b'{"source": "sahifa", "id": "5", "title": "a"}', b"junk"])
    assert warraq("where", "sahifa", "4").output == f"waiting: {keys.LIST}\n"
    assert warraq("where", "sahifa", "5").output.startswith("waiting: ")
    unknown = warraq("where", "sahifa", "6")
    assert unknown.output.startswith("unknown")
    assert unknown.exit_code == 1


def test_where_takes_any_spelling_of_an_address(delivered: Inbox) -> None:
    delivered.add_many([b'{"source": "s", "url": "http://example.org/b/?utm_source=x"}'])
    assert warraq("where", "s", "https://EXAMPLE.org/b").output.startswith("waiting")


def test_where_takes_what_only_begins_like_an_address_for_an_id(delivered: Inbox) -> None:
    for own_id in ("http://", "https://exa mple.org/x", "http://[", "http://example.org:x/"):
        done = warraq("where", "s", own_id)
        assert (done.exit_code, done.output[:7]) == (1, "unknown"), done.exception
    delivered.add_many([b'{"source": "s", "id": "http://", "title": "a"}'])
    assert warraq("where", "s", "http://").output.startswith("waiting")


def test_dead_letters_are_listed_shown_replayed_and_dropped(delivered: Inbox) -> None:
    listed = warraq("dead", "list").output
    assert "sahifa 3" in listed
    assert "1  empty" in listed
    identifier = listed.split()[0]
    shown = json.loads(warraq("dead", "show", identifier).output)
    assert shown["payload"] == BAD
    assert (shown["stage"], shown["reason"], shown["attempts"]) == ("text", "empty", 1)
    assert warraq("dead", "replay", "--reason", "empty").output == "1 sent again\n"
    assert delivered.counts().waiting == 1
    assert warraq("dead", "drop", identifier).output == "0 of 1 dropped\n"
    assert isinstance(warraq("dead", "show", identifier).exception, WarraqError)
    assert isinstance(warraq("dead", "replay").exception, WarraqError)


def test_a_letter_cannot_steer_the_terminal(inbox: Inbox, delivered: Inbox) -> None:
    inbox.client.xadd(keys.DEAD, {"payload": "x", "reason": "r", "detail": "\x1b[2Jgone"})
    assert "\x1b" not in warraq("dead", "list").output


def test_a_worker_is_healthy_while_it_gets_on_or_has_nothing_to_do(delivered: Inbox) -> None:
    assert warraq("health", "worker", "w@test").exit_code == 0
    assert isinstance(warraq("health", "worker", "other@test").exception, WarraqError)


def test_a_worker_that_lives_but_does_nothing_is_not_healthy(delivered: Inbox) -> None:
    long_ago = f"{delivered.client.time()[0] - 1_000}"
    delivered.client.hset(keys.HEARTBEATS, "w@test progress", long_ago)
    old = f"{int(long_ago) * 1000}-0"
    delivered.client.delete(keys.STREAM)
    delivered.client.xadd(keys.STREAM, {"article": GOOD}, id=old)
    delivered.open()
    stuck = warraq("health", "worker", "w@test")
    assert isinstance(stuck.exception, WarraqError)
    assert "done nothing" in str(stuck.exception)
    Heartbeats(delivered).pause("Elasticsearch is away")
    assert warraq("health", "worker", "w@test").exit_code == 0
    delivered.client.delete(keys.PAUSE)  # it is over, and it waits again for an answer
    assert warraq("health", "worker", "w@test").exit_code == 0


def test_a_worker_that_never_got_on_is_given_as_much_time_as_any(
    delivered: Inbox, settings: Settings
) -> None:
    ticket_office(settings).wanted("new@test", 1, 1)  # its first look
    now = delivered.client.time()[0]
    delivered.client.delete(keys.STREAM)
    delivered.client.xadd(keys.STREAM, {"article": GOOD}, id=f"{(now - 1_000) * 1000}-0")
    delivered.open()
    assert warraq("health", "worker", "new@test").exit_code == 0
    delivered.client.hset(keys.HEARTBEATS, "new@test progress", now - 1_000)
    assert isinstance(warraq("health", "worker", "new@test").exception, WarraqError)
    delivered.client.hdel(keys.HEARTBEATS, "new@test progress")
    assert isinstance(warraq("health", "worker", "new@test").exception, WarraqError)


def test_a_worker_that_buries_all_that_comes_gets_on(
    inbox: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    inbox.add_many([BAD.encode()] * 3)
    writer = IndexWriter(client, settings.alias)
    Delivery(inbox, writer, Pipeline(), consumer="c", process="w@test").run(10)
    assert Heartbeats(inbox).all()["w@test"].progress is not None


def test_beat_is_healthy_while_it_sends(inbox: Inbox) -> None:
    assert isinstance(warraq("health", "beat").exception, WarraqError)
    Heartbeats(inbox).beat("beat", progress=True)
    assert warraq("health", "beat").exit_code == 0


def test_a_refused_article_is_found_by_its_source_and_id(
    inbox: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    inbox.add_many(
        [
            b'{"source": "bad", "id": 1, "published_at": "8/1/2018"}',
            b'{"source": "bad", "url": "http://example.org/a/", "title": 7}',
            b'{"source": 7, "id": []}',
        ]
    )
    writer = IndexWriter(client, settings.alias)
    Delivery(inbox, writer, Pipeline(), consumer="c", process="w@test").run(10)
    assert warraq("where", "bad", "1").output.startswith("dead: invalid-field: published_at")
    assert warraq("where", "bad", "https://example.org/a").output.startswith("dead: ")
    assert warraq("dead", "list", "--source", "bad").output.count("invalid-field") == 3
    assert "(unreadable)" in warraq("dead", "list").output


def test_an_answer_that_was_lost_in_a_crash_still_adds_up(delivered: Inbox) -> None:
    delivered.client.hincrby(keys.COUNTS, "created", -1)
    delivered.client.hincrby(keys.COUNTS, "unchanged", 1)
    assert status()["adds_up"] is True


def test_nothing_is_dropped_if_one_id_is_none(delivered: Inbox) -> None:
    identifier = warraq("dead", "list").output.split()[0]
    assert isinstance(warraq("dead", "drop", identifier, "foo").exception, WarraqError)
    assert delivered.counts().dead == 1


def test_an_address_of_redis_that_is_none_is_one_plain_line(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    for address in ("foo", "redis://127.0.0.1:notaport/0"):
        monkeypatch.setenv("WARRAQ_REDIS_URL", address)
        answer = warraq("dead", "list")
        assert answer.exit_code == 1
        assert "Traceback" not in answer.output
        assert isinstance(answer.exception, (WarraqError, ValidationError))


def test_versions_are_told_and_whether_the_index_fits(
    delivered: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    versions = status()["versions"]
    assert isinstance(versions, dict)
    assert versions["elasticsearch"].startswith("9.")
    assert versions["redis"] == delivered.client.info("server")["redis_version"]
    assert versions["schema"] == versions["index schema"]
    client.indices.put_mapping(index=settings.alias, meta={"schema": "of-another"})
    assert status()["versions"]["index schema"] == "of-another"  # type: ignore[index]
    assert "of-another" in warraq("status").output


def test_without_the_administrators_password_what_may_not_be_seen_is_not_known(
    delivered: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_ADMIN_PASSWORD_FILE", "/nowhere")
    told = status()
    versions, index = told["versions"], told["index"]
    assert isinstance(versions, dict)
    assert isinstance(index, dict)
    assert (versions["elasticsearch"], versions["index schema"]) == (None, None)
    assert (index["articles"], index["health"]) == (1, "green")


def test_rates_are_told_once_samples_are_there(delivered: Inbox) -> None:
    assert status()["rates"] == {"last_minute": None, "last_ten_minutes": None}
    assert "not known" in warraq("status").output
    now = float(delivered.client.time()[0])
    sample = {"at": now - 60, "ended": 0, "again": 0, "left": 0}
    delivered.client.lpush(keys.SAMPLES, json.dumps(sample))
    rate = status()["rates"]["last_minute"]  # type: ignore[index]
    assert 60 <= rate["seconds"] < 120
    assert round(rate["ended"] * rate["seconds"]) == 3
    assert "came in the last" in warraq("status").output


def test_what_the_index_holds_can_be_accepted_as_right(
    delivered: Inbox, client: Elasticsearch, settings: Settings
) -> None:
    client.indices.refresh(index=settings.alias)
    client.delete_by_query(
        index=f"{settings.alias}-000001", query={"term": {"deleted": False}}, refresh=True
    )
    assert status()["adds_up"] is False
    assert "the counts add up" in warraq("status", "--accept").output
    assert status()["adds_up"] is True


def test_what_is_accepted_has_not_come_in_the_last_minute(delivered: Inbox) -> None:
    delivered.client.delete(keys.COUNTS)  # as if Redis had lost its data
    sample = {"at": float(delivered.client.time()[0]) - 60, "ended": 0, "again": 0, "left": 0}
    delivered.client.lpush(keys.SAMPLES, json.dumps(sample))
    assert warraq("status", "--accept").exit_code == 0
    assert status()["rates"] == {"last_minute": None, "last_ten_minutes": None}


def test_watching_goes_on_until_it_is_interrupted(delivered: Inbox) -> None:
    command = [Path(sys.executable).with_name("warraq"), "status", "--watch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            assert next(line for line in running.stdout if "in the index" in line)
            assert running.poll() is None
            running.send_signal(signal.SIGINT)
            assert running.wait(30) == 0
        finally:
            running.kill()


@pytest.mark.parametrize(("command", "code"), [("status", 1), ("doctor", 2)])
def test_an_option_of_the_stack_that_makes_no_sense_is_one_plain_line(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch, command: str, code: int
) -> None:
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_HEAP", "much")
    done = warraq(command)
    assert done.exit_code == code
    assert done.stderr.startswith("warraq: WARRAQ_ELASTICSEARCH_HEAP='much' is no heap size")


@pytest.mark.parametrize("command", ["status", "metrics"])
def test_what_looks_every_minute_fills_no_log_of_refusals(
    delivered: Inbox, stack: Stack, settings: Settings, command: str
) -> None:
    """Redis keeps the last 128, for whoever asks who tried what."""
    password = (stack.secrets / "redis-admin-password").read_text().strip()
    with redis.Redis.from_url(settings.redis_url, username="default", password=password) as admin:
        admin.acl_log_reset()
        assert warraq(command).exit_code == 0
        assert "config" not in str(admin.acl_log())
