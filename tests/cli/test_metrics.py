"""`warraq metrics` prints what Prometheus can read, whatever is away."""

from __future__ import annotations

import pytest
from elasticsearch import Elasticsearch
from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics
from prometheus_client.parser import text_string_to_metric_families as older_text
from typer.testing import CliRunner

from config.settings import Settings
from stack import Stack
from tests.own_redis import own_redis
from warraq.cli import app
from warraq.cli.index import prepare_elasticsearch
from warraq.inbox import keys
from warraq.inbox.heartbeats import Heartbeats
from warraq.inbox.stream import Inbox

Samples = dict[tuple[str, tuple[str, ...]], float]


def printed() -> str:
    done = CliRunner().invoke(app, ["metrics"])
    assert done.exit_code == 0
    return done.stdout


def samples(text: str) -> Samples:
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in openmetrics(text)
        for sample in family.samples
    }


def test_what_it_prints_is_openmetrics_with_all_that_alarms_need(
    inbox: Inbox, settings: Settings, stack: Stack
) -> None:
    prepare_elasticsearch(settings, stack.secrets)
    inbox.add_many([b"{}", b"{}"])
    inbox.client.xadd(keys.DEAD, {"reason": "empty", "payload": "{}"})
    inbox.client.hset(keys.COUNTS, mapping={"created": 4, "dead": 1})
    Heartbeats(inbox).beat("w@test", progress=True)
    found = samples(printed())
    assert found["warraq_up", ("redis",)] == found["warraq_up", ("elasticsearch",)] == 1
    assert found["warraq_inbox_waiting", ()] == 2
    assert found["warraq_inbox_oldest_seconds", ()] > 0
    assert found["warraq_articles_ended_total", ("created",)] == 4
    assert found["warraq_dead_letters", ("empty",)] == 1
    assert found["warraq_process_seen_seconds", ("w@test",)] < 60
    assert found["warraq_index_health", ("green",)] == found["warraq_index_readable", ()] == 1
    assert found["warraq_paused", ()] == 0
    assert any(name == "warraq_version" for name, _ in found)


@pytest.mark.parametrize(
    ("setting", "value"),
    [("min-replicas-to-write", 1),  # refuses all writes, as with a disk that is full
     ("maxmemory", 1)],
)  # fmt: skip
def test_a_redis_that_takes_no_writes_is_looked_at_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, setting: str, value: int
) -> None:
    with own_redis() as server:
        server.inbox().client.xadd(keys.DEAD, {"reason": "empty", "payload": "{}"})
        server.admin.config_set(setting, value)
        monkeypatch.setenv("WARRAQ_REDIS_URL", server.url())
        monkeypatch.setenv("WARRAQ_REDIS_USERNAME", "")
        monkeypatch.setenv("WARRAQ_REDIS_PASSWORD_FILE", "")
        found = samples(printed())
        assert found["warraq_up", ("redis",)] == 1
        assert found["warraq_dead_letters", ("empty",)] == 1


def test_an_elasticsearch_that_lacks_the_alias_is_up_for_all_that(
    inbox: Inbox, settings: Settings, stack: Stack, client: Elasticsearch
) -> None:
    prepare_elasticsearch(settings, stack.secrets)
    client.indices.delete_alias(index="*", name=settings.alias)
    try:
        found = samples(printed())
        assert found["warraq_up", ("elasticsearch",)] == 1
        assert found["warraq_index_readable", ()] == 0
        assert not any(name == "warraq_index_health" for name, _ in found)
    finally:
        prepare_elasticsearch(settings, stack.secrets)


def test_the_textfile_collector_can_read_it_too(inbox: Inbox) -> None:
    """It reads the older format, whose parser ends at a type that it does not know."""
    text = printed()
    types = {line.split()[3] for line in text.splitlines() if line.startswith("# TYPE")}
    assert types <= {"gauge", "counter"}
    assert any(family.name == "warraq_inbox_waiting" for family in older_text(text))


def test_a_server_that_is_away_is_told_of_and_not_an_error(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_ELASTICSEARCH_URL", "http://127.0.0.1:1")
    found = samples(printed())
    assert found["warraq_up", ("elasticsearch",)] == 0
    assert found["warraq_inbox_waiting", ()] == 0
    monkeypatch.setenv("WARRAQ_REDIS_URL", "redis://127.0.0.1:1/0")
    assert samples(printed()) == {("warraq_up", ("redis",)): 0}
