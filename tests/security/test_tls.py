"""TLS to both servers: with the right authority all works, with any other proof nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme
from celery import Celery
from kombu.exceptions import OperationalError

from config.celery import INGEST, celery_settings
from config.settings import Settings
from tests.security.conftest import warraq
from tests.security.tls_proxy import TlsProxy
from tests.waiting import wait_until
from tests.workers.conftest import Worker
from warraq.inbox.stream import Inbox

StartWorker = Callable[..., Worker]
HOST = "localhost"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Servers:
    """Both servers behind TLS, and the settings of a client who trusts `authority`."""

    redis: TlsProxy
    elasticsearch: TlsProxy
    environment: dict[str, str]

    @property
    def settings(self) -> Settings:
        return Settings(
            **{name.removeprefix("WARRAQ_").lower(): v for name, v in self.environment.items()}
        )

    @property
    def untouched(self) -> bool:
        """Whether nobody sent anything that a stranger on the wire could read."""
        return not (self.redis.plain or self.elasticsearch.plain)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


Serve = Callable[..., Servers]


@pytest.fixture
def serve(prepared: Settings, tmp_path: Path) -> Iterator[Serve]:
    """Puts TLS with a certificate in front of the servers of the test run."""
    proxies: list[TlsProxy] = []

    def in_front(certificate: trustme.LeafCert, trusted: trustme.CA | None) -> Servers:
        of_redis, of_elasticsearch = (
            TlsProxy(urlsplit(url).port or 0, certificate)
            for url in (prepared.redis_url, prepared.elasticsearch_url)
        )
        proxies.extend((of_redis, of_elasticsearch))
        environment = {
            "WARRAQ_REDIS_URL": f"rediss://{HOST}:{of_redis.port}/0",
            "WARRAQ_ELASTICSEARCH_URL": f"https://{HOST}:{of_elasticsearch.port}",
        }
        if trusted is not None:
            trusted.cert_pem.write_to_path(tmp_path / "authority.pem")
            environment |= {
                f"WARRAQ_{server}_CA": str(tmp_path / "authority.pem")
                for server in ("REDIS", "ELASTICSEARCH")
            }
        return Servers(of_redis, of_elasticsearch, environment)

    yield in_front
    for proxy in proxies:
        proxy.close()


def celery_client(settings: Settings) -> Celery:
    client = Celery("tls", set_as_current=False)
    client.conf.update(celery_settings(settings))
    return client


def test_with_the_right_authority_an_article_goes_all_the_way(
    authority: trustme.CA, serve: Serve, prepared: Settings, inbox: Inbox,
    start_worker: StartWorker, tmp_path: Path,
) -> None:  # fmt: skip
    """By file and by Celery, through a worker, into the index and out of a search."""
    servers = serve(authority.issue_cert(HOST), authority)
    start_worker("tls", **servers.environment)
    articles = tmp_path / "articles.jsonl"
    articles.write_text(
        json.dumps({"source": "sahifa", "id": "1", "title": "وصول الباخرة إلى طرابلس"}) + "\n"
    )
    sent = warraq("enqueue", str(articles), **servers.environment)
    assert sent.returncode == 0, sent.stderr
    login = {"redis_username": prepared.redis_username, "redis_password": prepared.redis_password}
    with celery_client(servers.settings.model_copy(update=login)) as client:
        client.send_task(
            "warraq.ingest",
            [{"source": "sahifa", "id": "2", "title": "مغادرة الباخرة طرابلس"}],
            queue=INGEST,
        )
    wait_until(lambda: inbox.counts().ended == {"created": 2}, seconds=60)
    told = warraq("status", "--json", **servers.environment)
    assert json.loads(told.stdout)["index"]["articles"] == 2, told.stderr
    found = warraq("search", "--json", "طرابلس", **servers.environment)
    assert json.loads(found.stdout)["total"] == 2, found.stderr
    made = warraq("setup", "--keys-to", str(tmp_path / "keys"), **servers.environment)
    assert made.returncode == 0, made.stderr
    assert servers.redis.served > 3
    assert servers.elasticsearch.served > 2
    assert servers.untouched


FALSE = {
    "another authority's": lambda ca: (trustme.CA().issue_cert(HOST), ca),
    "one that has expired": lambda ca: (ca.issue_cert(HOST, not_after=YESTERDAY), ca),
    "of another host": lambda ca: (ca.issue_cert("elsewhere.example"), ca),
    "of an authority that nobody named": lambda ca: (ca.issue_cert(HOST), None),
}


@pytest.mark.parametrize("false", FALSE.values(), ids=FALSE)
def test_with_a_false_certificate_nothing_is_sent_and_one_line_says_why(
    authority: trustme.CA, serve: Serve, inbox: Inbox, prepared: Settings, tmp_path: Path,
    false: Callable[[trustme.CA], tuple[trustme.LeafCert, trustme.CA | None]],
) -> None:  # fmt: skip
    certificate, trusted = false(authority)
    servers = serve(certificate, trusted)
    articles = tmp_path / "articles.jsonl"
    articles.write_text('{"source": "sahifa", "id": "1", "title": "خبر"}\n', encoding="utf-8")
    for server, command in (
        ("Redis", ("enqueue", str(articles))),
        ("Elasticsearch", ("search", "طرابلس")),
        ("Elasticsearch", ("setup", "--keys-to", str(tmp_path / "keys"))),
    ):
        done = warraq(*command, **servers.environment)
        assert done.returncode != 0
        [line] = done.stderr.splitlines()
        assert line.startswith(("warraq: ", "warraq enqueue: "))
        assert f"no trusted connection to {server}" in line
        assert f"WARRAQ_{server.upper()}_CA" in line
        assert "certificate verify failed" in line
    assert servers.redis.refused > 0
    assert servers.elasticsearch.refused > 0
    assert servers.redis.served == servers.elasticsearch.served == 0
    assert servers.untouched
    assert inbox.counts().waiting == 0


@pytest.mark.parametrize("false", FALSE.values(), ids=FALSE)
def test_celery_speaks_to_no_broker_with_a_false_certificate(
    authority: trustme.CA, serve: Serve,
    false: Callable[[trustme.CA], tuple[trustme.LeafCert, trustme.CA | None]],
) -> None:  # fmt: skip
    """Left to itself, kombu takes every certificate where no authority is named."""
    certificate, trusted = false(authority)
    servers = serve(certificate, trusted)
    with (
        celery_client(servers.settings) as client,
        pytest.raises(OperationalError, match="certificate verify failed"),
    ):
        client.send_task("warraq.ingest", [{}], queue=INGEST, retry=False)
    assert servers.redis.served == 0
    assert servers.redis.refused > 0
    assert servers.untouched


# A Redis without TLS waits for the rest of a command where a handshake waits for an answer.
@pytest.mark.parametrize(
    ("what", "why"),
    [("redis", "Redis does not answer"), ("elasticsearch", "no trusted connection to Elastic")],
)
def test_a_server_without_tls_is_not_spoken_to(
    authority: trustme.CA, serve: Serve, prepared: Settings, what: str, why: str
) -> None:
    """Where TLS is asked for, no command falls back to what the server speaks."""
    servers = serve(authority.issue_cert(HOST), authority)
    plain = urlsplit(getattr(prepared, f"{what}_url")).port
    scheme = {"redis": "rediss", "elasticsearch": "https"}[what]
    url = {f"WARRAQ_{what.upper()}_URL": f"{scheme}://{HOST}:{plain}"}
    done = warraq("where", "sahifa", "1", **servers.environment | url)
    assert done.returncode == 1
    [line] = done.stderr.splitlines()
    assert why in line
