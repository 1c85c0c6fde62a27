"""One plain line for whatever goes wrong on the way to Elasticsearch; secrets in none of them."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from pydantic import SecretStr

from config.settings import Settings
from stack.ports import any_free
from warraq.errors import Unavailable, WarraqError
from warraq.index.client import Administration, connect, elasticsearch_errors, wait_until_ready

SECRET = SecretStr("c2VjcmV0LWlkOnNlY3JldC1rZXk=")


def test_secrets_are_in_no_repr(server: Administration) -> None:
    with connect(server.url, api_key=SECRET, timeout_seconds=5) as client:
        for shown in (repr(client), repr(server), repr(client.transport)):
            assert SECRET.get_secret_value() not in shown
            assert server.password is not None
            assert server.password.get_secret_value() not in shown


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "no http or https URL"),
        ("localhost:9200", "no http or https URL"),
        ("ftp://localhost", "no http or https URL"),
        ("http://localhost:99999", "is no URL"),
        ("http://[::1", "is no URL"),
        ("https://elastic:hunter2@example.org", "holds a password"),
    ],
)
def test_an_address_that_makes_no_sense_is_refused(url: str, words: str) -> None:
    with pytest.raises(WarraqError, match=words) as caught:
        connect(url)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://h", "https://h/", "http://[::1]:9200", "https://h:9200/behind/a/proxy/"]
)
def test_usual_addresses_are_taken(url: str) -> None:
    connect(url, password=SecretStr("x")).close()


def test_an_arabic_password_is_a_password_like_any_other(
    admin: Elasticsearch, server: Administration
) -> None:
    name, password = "try-arabic", SecretStr("كلمة السرّ: نعم")
    admin.security.put_user(
        username=name, password=password.get_secret_value(), roles=["superuser"]
    )
    try:
        with connect(server.url, username=name, password=password) as client:
            assert client.security.authenticate()["username"] == name
    finally:
        admin.security.delete_user(username=name)


def test_a_key_that_cannot_be_one_is_refused_before_it_is_sent() -> None:
    with pytest.raises(WarraqError, match="letters that no key has") as caught:
        connect("http://h", api_key=SecretStr("مفتاح"))
    assert "مفتاح" not in str(caught.value)


def test_a_missing_authority_is_named(tmp_path: Path) -> None:
    with pytest.raises(WarraqError, match=r"ca\.pem"):
        connect("https://127.0.0.1:9200", ca=tmp_path / "ca.pem")


def _info(client: Elasticsearch) -> object:
    return client.info()


@pytest.mark.parametrize(
    ("change", "act", "kind", "words"),
    [
        ({"api_key": SECRET}, _info, Unavailable, "knows no such key or password"),
        ({}, _info, Unavailable, "knows no such key or password"),
        ({"admin": True}, lambda c: c.search(index="none"), WarraqError, r"404\): no such index"),
        ({"admin": True}, lambda c: c.indices.create(index="A"), WarraqError, "lowercase"),
    ],
)
def test_an_answer_becomes_one_plain_line(
    server: Administration, change: dict[str, object], act: Callable[[Elasticsearch], object],
    kind: type[WarraqError], words: str,
) -> None:  # fmt: skip
    if change.pop("admin", False):
        change["password"] = server.password
    with (
        connect(server.url, **change) as client,  # type: ignore[arg-type]
        pytest.raises(WarraqError, match=words) as caught,
        elasticsearch_errors(),
    ):
        act(client)
    assert type(caught.value) is kind
    assert "\n" not in str(caught.value)
    assert SECRET.get_secret_value() not in str(caught.value)


def test_a_server_that_is_away_is_unavailable_and_not_asked_twice() -> None:
    begun = time.monotonic()
    with (
        connect(f"http://127.0.0.1:{any_free()}") as client,
        pytest.raises(Unavailable, match="cannot be reached"),
        elasticsearch_errors(),
    ):
        client.info()
    assert time.monotonic() - begun < 2


def test_a_server_that_is_silent_is_unavailable_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        begun = time.monotonic()
        with (
            connect(f"http://127.0.0.1:{port}", timeout_seconds=0.3) as client,
            pytest.raises(Unavailable, match="did not answer in time"),
            elasticsearch_errors(),
        ):
            client.info()
    assert time.monotonic() - begun < 2


def test_https_to_a_server_that_speaks_none(server: Administration) -> None:
    with (
        connect(server.url.replace("http:", "https:")) as client,
        pytest.raises(Unavailable, match="no trusted connection"),
        elasticsearch_errors(),
    ):
        client.info()


def test_another_kind_of_server_is_unavailable(settings: Settings) -> None:
    """Redis, as when two addresses were mixed up."""
    with (
        connect(settings.redis_url.replace("redis:", "http:").removesuffix("/0")) as client,
        pytest.raises(Unavailable),
        elasticsearch_errors(),
    ):
        client.info()


def test_waiting_ends_when_elasticsearch_is_ready_or_patience_is(
    admin: Elasticsearch, server: Administration
) -> None:
    wait_until_ready(admin, patience_seconds=5)
    with (
        connect(f"http://127.0.0.1:{any_free()}") as away,
        pytest.raises(Unavailable, match=r"in vain: .* cannot be reached"),
    ):
        wait_until_ready(away, patience_seconds=0.5)
    with (
        connect(server.url, password=SecretStr("wrong")) as stranger,
        pytest.raises(Unavailable, match="knows no such"),
    ):
        wait_until_ready(stranger, patience_seconds=1)
