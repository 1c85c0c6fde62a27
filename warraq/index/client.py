"""The one way to Elasticsearch: a client that waits so long and not longer, and plain errors.

The client retries nothing by itself: what a failed request means is for the caller to decide, who
knows whether it may be sent again.
"""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elastic_transport.client_utils import DEFAULT
from elasticsearch import ApiError, AuthenticationException, Elasticsearch, UnsupportedProductError
from pydantic import SecretStr

from warraq.errors import Unavailable, WarraqError

ADMINISTRATOR = "elastic"

# The longest part of Elasticsearch's own words in one of ours, in characters.
_QUOTED = 500
_LOOK_EVERY, _LOGIN_PATIENCE = 0.3, 10.0  # seconds


def connect(
    url: str,
    *,
    api_key: SecretStr | None = None,
    password: SecretStr | None = None,
    username: str = ADMINISTRATOR,
    ca: Path | None = None,
    timeout_seconds: float = 30.0,
) -> Elasticsearch:
    """A client for the node at `url`; it connects with the first request.

    api_key: in the encoded form, base64 of id:key; it goes before a password. ca: the file of the
    certificate authority of an https:// address, where the system does not know it. Neither keys
    nor passwords are seen in the client's repr.

    Raises:
        WarraqError: the address makes no sense, holds a password, or the CA cannot be read.
    """
    address = _checked(url)
    if ca is not None and not ca.is_file():
        raise WarraqError(f"the certificate authority {ca} of Elasticsearch is no readable file")
    if api_key is not None and not may_be_a_key(api_key):
        raise WarraqError("the API key of Elasticsearch holds letters that no key has")
    return Elasticsearch(
        address,
        api_key=None if api_key is None else api_key.get_secret_value(),
        basic_auth=None if api_key is not None else _login(username, password),
        ca_certs=DEFAULT if ca is None else str(ca),
        request_timeout=timeout_seconds,
        max_retries=0,
        retry_on_timeout=False,
        retry_on_status=(),
    )


def may_be_a_key(api_key: SecretStr) -> bool:
    """Whether it can be sent at all: no header holds Arabic letters or line ends."""
    return re.fullmatch(r"[!-~]+", api_key.get_secret_value()) is not None


def _login(username: str, password: SecretStr | None) -> str | None:
    """As HTTP carries it, in UTF-8: given the two apart, the client takes ASCII alone."""
    if password is None:
        return None
    return b64encode(f"{username}:{password.get_secret_value()}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Administration:
    """Where Elasticsearch is, and the password of its user `elastic`; None where it asks none."""

    url: str
    password: SecretStr | None = None
    ca: Path | None = None
    timeout_seconds: float = 30.0

    def connect(self) -> Elasticsearch:
        """A client with all rights. Raises as the function `connect`."""
        return connect(
            self.url, password=self.password, ca=self.ca, timeout_seconds=self.timeout_seconds
        )


def _checked(url: str) -> str:
    """`url` with its port written out, as the client wants it."""
    wanted = "give one such as http://127.0.0.1:9200"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WarraqError(f"the address of Elasticsearch is no URL: {wanted}") from None
    if parts.username is not None or parts.password is not None:
        # It would be seen wherever the address is.
        raise WarraqError(
            "the address of Elasticsearch holds a password; give keys and passwords by their own "
            "settings"
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise WarraqError(f"the address of Elasticsearch is no http or https URL: {wanted}")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{host}:{port}{parts.path.rstrip('/')}"


def wait_until_ready(client: Elasticsearch, patience_seconds: float) -> None:
    """Wait until the node answers us and all primary shards are there.

    A refused login is waited for too, but not for long: a node that has just started refuses all
    of them until its index of users is open.

    Raises:
        Unavailable: it was not ready in time, or cannot be trusted; the message says what was last
            wrong.
    """
    begun = time.monotonic()
    while True:
        waited = time.monotonic() - begun
        try:
            with elasticsearch_errors():
                health = client.cluster.health(wait_for_status="yellow", timeout="1s")
            if not health["timed_out"]:
                return
            ailment = Unavailable("Elasticsearch has not found all its primary shards")
        except Unavailable as error:
            ailment = error
            if isinstance(error.__cause__, AuthenticationException) and waited > _LOGIN_PATIENCE:
                raise
            if isinstance(error.__cause__, TlsError):  # no certificate becomes true by waiting
                raise
        if waited > patience_seconds:
            raise Unavailable(f"waited {waited:.0f} s in vain: {ailment}")
        time.sleep(_LOOK_EVERY)


@contextmanager
def elasticsearch_errors() -> Iterator[None]:
    """Turn what Elasticsearch and its client raise into one plain line.

    Raises:
        Unavailable: it is away, overloaded, or does not know or does not let us.
        WarraqError: it refused what was asked.
    """
    try:
        yield
    except UnsupportedProductError:
        raise WarraqError("the server at that address is no Elasticsearch") from None
    except ApiError as error:
        raise in_plain_words(error) from error
    except TransportError as error:
        raise _unreachable(error) from error


def in_plain_words(error: ApiError) -> WarraqError:
    """What an answer of Elasticsearch that is an error means to us."""
    status = error.status_code
    words = reason(error)
    if status == 401:
        return Unavailable(
            f"Elasticsearch knows no such key or password; `warraq setup` renews keys: {words}"
        )
    if status == 403:
        return Unavailable(f"Elasticsearch does not allow this to our key or user: {words}")
    if status == 429 or status >= 500:
        return Unavailable(f"Elasticsearch is overloaded or not ready ({status}): {words}")
    return WarraqError(f"Elasticsearch refused ({status}): {words}")


def reason(error: ApiError) -> str:
    """The cause that Elasticsearch names, in one line."""
    body = error.body
    described = body.get("error", body) if isinstance(body, dict) else body
    if isinstance(described, dict):
        cause = described.get("caused_by") or {}
        reasons = [described.get("reason"), cause.get("reason")]
        described = ": ".join(str(one) for one in reasons if one) or error.message
    return " ".join(str(described or error.message).split())[:_QUOTED]


def _unreachable(error: TransportError) -> WarraqError:
    if isinstance(error, TlsError):
        return Unavailable(
            "no trusted connection to Elasticsearch: does it speak https there, and is "
            f"WARRAQ_ELASTICSEARCH_CA the authority of its certificate? {_one_line(error)}"
        )
    if isinstance(error, ConnectionTimeout):
        return Unavailable(f"Elasticsearch did not answer in time: {_one_line(error)}")
    return Unavailable(f"Elasticsearch cannot be reached: {_one_line(error)}")


def _one_line(error: TransportError) -> str:
    return " ".join(str(error.message).split())[:_QUOTED]
