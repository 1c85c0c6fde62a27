"""Only a message that Celery and we understand passes; what is wrong with another is said."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from celery import Celery
from kombu.transport.memory import Transport

from warraq.errors import Rejected
from workers import messages

Change = Callable[[dict[str, Any]], Any]
FARTHEST = timedelta(minutes=3)


@pytest.fixture(scope="module")
def app() -> Celery:
    made = Celery("sender", broker="memory://", set_as_current=False)

    @made.task(name="ingest")
    def ingest(article: dict[str, Any]) -> None:
        """Takes one argument."""

    made.conf.task_default_queue = "q"
    return made


def sent(app: Celery, **options: Any) -> dict[str, Any]:
    """A message as a real Celery client writes it."""
    app.send_task("ingest", [{"source": "sahifa"}], **options)
    with app.connection_for_read() as connection:
        channel = connection.default_channel
        assert isinstance(connection.transport, Transport)
        message: dict[str, Any] = channel._get("q")
    return json.loads(json.dumps(message))


def refusal(app: Celery, message: object) -> str:
    with pytest.raises(Rejected) as caught:
        messages.check(message, app.tasks, FARTHEST)
    assert caught.value.stage == "celery"
    assert caught.value.detail
    return caught.value.reason


def body(content: object) -> str:
    return base64.b64encode(json.dumps(content).encode()).decode()


def nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"countdown": 60},
        {"eta": datetime.now(UTC) + timedelta(seconds=9)},
        {"expires": 60},
        {"expires": datetime.now(UTC)},
        {"priority": 3},
        {"retries": 7},
        {"time_limit": 30, "soft_time_limit": 20},
        {"headers": {"anything": [1, {"of": "theirs"}]}},
        {"link": None, "correlation_id": "x", "reply_to": "y", "shadow": "z"},
        {"root_id": "r", "parent_id": "p", "group_id": "g", "argsrepr": "…"},
    ],
)
def test_what_a_celery_client_sends_passes(app: Celery, options: dict[str, Any]) -> None:
    messages.check(sent(app, **options), app.tasks, FARTHEST)


def test_of_a_message_only_what_is_known_passes(app: Celery) -> None:
    message = sent(app, countdown=60, time_limit=30)
    odd = {"is_eager": True, "stamps": 5, "x": nested(900), "retries": None, "argsrepr": "\ud800"}
    passed = messages.check(
        message | {"headers": message["headers"] | odd, "y": 1}, app.tasks, FARTHEST
    )
    assert passed.keys() == {
        "body", "content-type", "content-encoding", "headers", "properties",
    }  # fmt: skip
    assert passed["headers"].keys() == {
        "task", "id", "root_id", "eta", "timelimit", "lang", "origin", "argsrepr", "kwargsrepr",
    }  # fmt: skip
    assert passed["headers"]["timelimit"] == [30, None]
    assert passed["body"] == message["body"]


def test_times_are_told_so_that_celery_can_read_them(app: Celery) -> None:
    message = sent(app)
    message["headers"] |= {"eta": "2018-01-08T14:30:00+01:30:15", "expires": "2100-01-08 14:30"}
    passed = messages.check(message, app.tasks, FARTHEST)["headers"]
    assert (passed["eta"], passed["expires"]) == ("2018-01-08T12:59:45Z", "2100-01-08T14:30:00Z")


WRONG: list[tuple[str, Change]] = [
    ("not-a-message", lambda _: []),
    ("not-a-message", lambda _: None),
    ("not-a-message", lambda _: 7),
    ("not-a-message", lambda _: {"properties": 1}),
    ("not-a-message", lambda m: m | {"body": {"a": 1}}),
    ("not-a-message", lambda m: m | {"headers": None}),
    ("not-a-message", lambda m: m | {"properties": {}}),
    ("not-a-message", lambda m: m | {"content-type": "application/x-python-serialize"}),
    ("not-a-message", lambda m: m | {"content-type": "application/x-yaml"}),
    ("not-a-message", lambda m: m | {"content-encoding": "utf-9"}),
    ("not-a-message", lambda m: m | {"content-encoding": ["utf-8"]}),
    *(
        ("not-a-message", lambda m, h=headers: m | {"headers": m["headers"] | h})
        for headers in (
            {"id": ["unhashable"]}, {"id": None}, {"task": {}}, {"eta": "tomorrow"},
            {"eta": 10**30}, {"eta": ["x"]}, {"eta": "0001-01-01T00:00:00+14:00"},
            {"expires": "never"}, {"retries": "many"},
            {"timelimit": "long"}, {"timelimit": [-1, None]}, {"timelimit": [1]},
            {"compression": "zlib"}, {"group": 1}, {"retries": -1},
        )
    ),
    *(
        ("not-a-message", lambda m, p=properties: m | {"properties": m["properties"] | p})
        for properties in (
            {"delivery_tag": 1}, {"delivery_tag": None}, {"delivery_info": None},
            {"delivery_info": {}}, {"body_encoding": "rot13"}, {"priority": "high"},
        )
    ),
    ("unreadable-body", lambda m: m | {"body": "~~~"}),
    ("unreadable-body", lambda m: m | {"body": base64.b64encode(b"\x80\x04pickle").decode()}),
    ("unreadable-body", lambda m: m | {"body": base64.b64encode(b"[" * 100_000).decode()}),
    *(
        ("unreadable-body", lambda m, v=value: m | {"body": body([[v], {}, {}])})
        for value in (
            {"__type__": "of the next release", "__value__": 1},
            {"__type__": [], "__value__": 1},
            {"__type__": "uuid", "__value__": "x"},
            {"__type__": "decimal", "__value__": "much"},
        )
    ),
    ("unreadable-body", lambda m: m | {"body": body([[nested(100)], {}, {}])}),
    ("unreadable-body", lambda m: m | {"body": body({"a": 1})}),
    ("unreadable-body", lambda m: m | {"body": body({"source": "sahifa", "id": 1})}),
    ("unreadable-body", lambda m: m | {"body": body([])}),
    ("unreadable-body", lambda m: m | {"body": body(["abc", {}, {}])}),
    ("unreadable-body", lambda m: m | {"body": body([[], [], {}])}),
    ("wrong-arguments", lambda m: m | {"body": body([[], {}, {}])}),
    ("wrong-arguments", lambda m: m | {"body": body([[1, 2], {}, {}])}),
    ("wrong-arguments", lambda m: m | {"body": body([[], {"artcle": 1}, {}])}),
    ("unknown-task", lambda m: m | {"headers": m["headers"] | {"task": "os.system"}}),
    ("unknown-task", lambda m: m | {"headers": m["headers"] | {"task": "celery.chain"}}),
    ("too-far-ahead", lambda m: m | {"headers": m["headers"] | {"eta": "9999-12-31T23:59:59"}}),
    (
        "too-far-ahead",
        lambda m: m | {"headers": m["headers"] | {"eta": "9999-12-31T23:59:59.999999-23:59"}},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "change"), WRONG)
def test_what_celery_would_stumble_over_is_refused(
    app: Celery, reason: str, change: Change
) -> None:
    assert refusal(app, change(sent(app))) == reason


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, "مرحبا".encode("cp1256")])
def test_what_is_no_json_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(Rejected, match="not-json"):
        messages.parsed(raw, 1_000_000)


def test_no_text_of_an_article_is_told_in_the_detail(app: Celery) -> None:
    secret = "سر"  # a secret
    message = sent(app) | {"body": {"body": secret}, "headers": {"id": [secret]}}
    with pytest.raises(Rejected) as caught:
        messages.check(message, app.tasks, FARTHEST)
    assert secret not in caught.value.detail


def test_an_article_without_a_task_is_told_from_a_broken_message(app: Celery) -> None:
    assert messages.is_plain_article({"source": "sahifa", "id": 1, "body": "خبر"})
    assert messages.is_plain_article({"a": 1})
    assert not messages.is_plain_article(sent(app))
    assert not messages.is_plain_article(sent(app) | {"properties": None})
    assert not messages.is_plain_article(["خبر"])


def test_a_ticket_of_ours_passes(app: Celery) -> None:
    @app.task(name="pull", shared=False)
    def pull() -> None:
        """Takes no arguments."""

    messages.check(json.loads(messages.ticket("pull", "q", 60)), app.tasks, FARTHEST)
