"""What may lie on Celery's queues: messages of Celery's protocol 2 in JSON, for tasks of ours.

Whoever can push to a queue can push anything. Celery and kombu end the worker at much of it, some
of it before it is noted anywhere, so that it is lost, and some for ever again. So each message is
checked here, whole, before they see it.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import uuid4

from kombu.utils.json import loads
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from warraq.errors import Rejected

STAGE = "celery"
# More than any article has. At some 500 the pickle that carries it to the pool ends the worker.
_MOST_LEVELS = 100


def _in_utc(value: object) -> object:
    """A time without a zone is in UTC, as Celery takes it. All are told in UTC, for Celery reads
    fewer ways to write a zone than Python, and drops what it cannot read or lead back."""
    if not isinstance(value, str):
        return value
    time = datetime.fromisoformat(value)
    if time.year < 1970:
        raise ValueError("is before 1970")
    try:
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except OverflowError:  # at the end of all years
        return datetime.max.replace(tzinfo=UTC)


Time = Annotated[AwareDatetime, BeforeValidator(_in_utc)]
Seconds = Annotated[float, Field(gt=0)]


def _text_or_nothing(value: object) -> object:
    return value.encode(errors="replace").decode() if isinstance(value, str) else None


Said = Annotated[str | None, BeforeValidator(_text_or_nothing)]
"""What is only shown to people."""


class _Part(BaseModel):
    """Fields that are not named here are left out: some mean something to Celery, and all of them
    would have to go through its pipes to the pool, nested as deeply as they may be."""

    model_config = ConfigDict(strict=True)


class _Headers(_Part):
    task: str
    id: str
    root_id: str | None = None
    parent_id: str | None = None
    group: str | None = None
    eta: Time | None = None
    expires: Time | None = None
    retries: Annotated[int, Field(ge=0)] | None = None
    timelimit: tuple[Seconds | None, Seconds | None] | None = Field(None, strict=False)
    # It could swell a few bytes to all of the memory.
    compression: None = None
    lang: Said = None
    origin: Said = None
    shadow: Said = None
    argsrepr: Said = None
    kwargsrepr: Said = None


class _DeliveryInfo(_Part):
    exchange: str = ""
    routing_key: str


class _Properties(_Part):
    delivery_tag: str
    delivery_info: _DeliveryInfo
    body_encoding: Literal["base64"] | None = None
    reply_to: str | None = None
    correlation_id: str | None = None
    priority: int | None = None


class _Message(_Part):
    body: str
    content_type: Literal["application/json"] = Field(alias="content-type")
    content_encoding: Literal["utf-8"] = Field(alias="content-encoding")
    headers: _Headers
    properties: _Properties


def ticket(task: str, queue: str, expires_seconds: float) -> bytes:
    """A message for `task` without arguments, as Celery writes it."""
    message = {
        "body": base64.b64encode(b"[[], {}, {}]").decode(),
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {
            "task": task,
            "id": str(uuid4()),
            "expires": (datetime.now(UTC) + timedelta(seconds=expires_seconds)).isoformat(),
        },
        "properties": {
            "delivery_tag": str(uuid4()),
            "delivery_info": {"exchange": "", "routing_key": queue},
            "body_encoding": "base64",
        },
    }
    return json.dumps(message).encode()


def is_plain_article(message: object) -> bool:
    """Whether somebody pushed an article itself, not a task that carries it; the intake contract
    judges it then, as any other."""
    return isinstance(message, dict) and "properties" not in message and "headers" not in message


def parsed(raw: bytes, most_bytes: int) -> Any:
    """The JSON of a queue, unread if it is larger than `most_bytes`. Raises Rejected."""
    if len(raw) > most_bytes:
        raise Rejected(STAGE, "too-large", f"it has {len(raw):,} bytes, {most_bytes:,} are read")
    try:
        return json.loads(raw)
    except RecursionError:
        raise Rejected(STAGE, "not-json", "the message is nested too deeply") from None
    except ValueError as error:
        raise Rejected(STAGE, "not-json", f"the message is no JSON: {error}") from None


def check(message: object, tasks: Mapping[str, Any], farthest: timedelta) -> dict[str, Any]:
    """Lets pass what a worker with these `tasks` understands, and of it what is named here.

    farthest: how far ahead a message may be dated; a worker keeps such a message in its memory.

    Raises:
        Rejected: stage "celery"; the detail names what is wrong, never the text of an article.
    """
    if not isinstance(message, dict):
        raise Rejected(STAGE, "not-a-message", "a message of Celery is a JSON object")
    try:
        checked = _Message.model_validate(message)
    except ValidationError as error:
        raise Rejected(STAGE, "not-a-message", _in_words(error)) from None
    headers = checked.headers
    # Celery's own (chains, chords, maps) fail without a store of results, and are acknowledged so.
    if headers.task not in tasks or headers.task.startswith("celery."):
        raise Rejected(STAGE, "unknown-task", f"no task of ours is called {headers.task[:200]!r}")
    _check_arguments(_arguments(checked), tasks[headers.task])
    if headers.eta is not None and headers.eta - datetime.now(UTC) > farthest:
        raise Rejected(
            STAGE,
            "too-far-ahead",
            f"it is to be run at {headers.eta.isoformat()}; "
            f"at most {farthest.total_seconds():.0f} seconds ahead are kept",
        )
    return checked.model_dump(mode="json", by_alias=True, exclude_none=True)


def _arguments(message: _Message) -> tuple[list[Any], dict[str, Any]]:
    try:
        body: str | bytes = message.body
        if message.properties.body_encoding is not None:
            body = base64.b64decode(message.body, validate=True)
        content = loads(body)  # type: ignore[no-untyped-call]
    except (binascii.Error, UnicodeError, json.JSONDecodeError, RecursionError) as error:
        detail = f"the body is no JSON: {str(error)[:200]}"
        raise Rejected(STAGE, "unreadable-body", detail) from None
    except Exception as error:  # noqa: BLE001  whatever it is, Celery would drop the message for it
        detail = f"the body holds what Celery's JSON cannot read: {type(error).__name__}"
        raise Rejected(STAGE, "unreadable-body", detail) from None
    if _nested_deeper(content, _MOST_LEVELS):
        detail = f"the body is nested deeper than {_MOST_LEVELS} levels"
        raise Rejected(STAGE, "unreadable-body", detail)
    match content:
        case [list() as args, dict() as kwargs, dict() | None]:
            return args, kwargs
    raise Rejected(
        STAGE, "unreadable-body", "the body is no [arguments, keyword arguments, callbacks]"
    )


def _nested_deeper(value: object, levels: int) -> bool:
    level = [value]
    for _ in range(levels):
        level = [
            inner
            for one in level
            if isinstance(one, list | dict)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def _check_arguments(arguments: tuple[list[Any], dict[str, Any]], task: Any) -> None:
    args, kwargs = arguments
    try:
        task.__header__(*args, **kwargs)
    except TypeError as error:
        raise Rejected(STAGE, "wrong-arguments", f"{task.name}: {str(error)[:200]}") from None


def _in_words(error: ValidationError) -> str:
    faults = error.errors(include_url=False, include_input=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in faults[:5])
