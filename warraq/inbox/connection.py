"""The connection to Redis, and what its errors mean to us."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from redis.backoff import ExponentialWithJitterBackoff
from redis.retry import Retry

from warraq.errors import NoRoom, Unavailable, WarraqError

SOCKET_SECONDS = 10

# Answers of a server that is in no state to write just now: a replica, a disk that is full, a long
# script. All pass.
_PASSING = (
    redis.ReadOnlyError,
    redis.exceptions.MasterDownError,
)
_PASSING_CODES = ("MISCONF", "BUSY ", "NOREPLICAS", "READONLY", "MASTERDOWN")
_FULL = "command not allowed when used memory"
# In front of what a script was told Redis 6.2 puts its place, and later ones put theirs behind it.
_IN_SCRIPT = re.compile(r"^.*@user_script:\s*\d+: -?", re.DOTALL)

# redis-py types its answers for text and bytes clients at once, so nothing can be said of them
# without a cast each; ours are typed where `Inbox` gives them on.
RedisClient = Any


def connect(url: str, ca: Path | None = None) -> RedisClient:
    """A client of the server at `url` (redis:// or rediss://, user and password in it).

    Lost connections are tried again a few times by the client; answers come as bytes.
    """
    tls = {"ssl_ca_certs": str(ca)} if ca is not None else {}
    try:
        return redis.Redis.from_url(
            url,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            health_check_interval=15,
            retry=Retry(ExponentialWithJitterBackoff(base=0.05, cap=1), retries=3),
            **tls,
        )
    except ValueError as error:
        # Not the address itself: a password may stand in it.
        raise WarraqError(
            "the address of Redis is no URL: give one such as redis://127.0.0.1:6379/0"
        ) from error


@contextmanager
def redis_errors() -> Iterator[None]:
    """Redis' errors as ours: a server that cannot be used just now is `Unavailable`."""
    try:
        yield
    except (redis.AuthenticationError, redis.exceptions.NoPermissionError) as error:
        raise WarraqError(f"Redis refuses this user: {_answer(error)}") from error
    except (redis.ConnectionError, redis.TimeoutError) as error:
        if (refusal := _of_tls(error)) is not None:
            raise Unavailable(
                "no trusted connection to Redis: does it speak TLS there, and is WARRAQ_REDIS_CA "
                f"the authority of its certificate? {refusal}"
            ) from error
        raise Unavailable(f"Redis does not answer: {error}") from error
    except redis.ResponseError as error:
        answer = _IN_SCRIPT.sub("", _answer(error))
        if _FULL in answer:
            raise NoRoom(f"Redis is full and takes nothing: {answer}") from error
        # The client takes the code off the answers that it has a class for.
        if isinstance(error, _PASSING) or answer.startswith(_PASSING_CODES):
            raise Unavailable(f"Redis takes no writes just now: {answer}") from error
        raise WarraqError(f"Redis says: {answer}") from error


def _answer(error: redis.RedisError) -> str:
    """What Redis says. In a pipeline the client puts the command, an article's text, before it."""
    return str(error).rpartition(" of pipeline caused error: ")[2]


def _of_tls(error: BaseException | None) -> str | None:
    """What TLS itself found wrong, if that is why there is no connection."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return " ".join(str(error).split())
        error = error.__cause__ or error.__context__
    return None
