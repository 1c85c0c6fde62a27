"""An Elasticsearch that does not keep up: the real one behind a door that says no, or nothing.

The door stands in the network: what it lets pass goes to the real server and comes back as it is.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

_TOO_MANY = b'{"error":{"type":"es_rejected_execution_exception","reason":"busy"},"status":429}'
_BROKEN = b'{"error":{"type":"null_pointer_exception","reason":"null"},"status":500}'


class Door(ThreadingHTTPServer):
    """most_bytes: larger requests are answered with 429, as by a server short of memory.
    never: requests with these bytes in them are answered never. breaks: those with these bytes are
    answered with 500. shut: none is answered."""

    daemon_threads = True

    def __init__(self, server: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.real = urlsplit(server).netloc
        self.most_bytes: int | None = None
        self.never: bytes | None = None
        self.breaks: bytes | None = None
        self.shut = False
        self.sizes: list[int] = []
        """Bytes of the requests that passed."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Door

    def _pass_on(self) -> None:
        door = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if door.shut or (door.never is not None and door.never in body):
            time.sleep(60)  # longer than any client here waits
            return
        headers = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}
        if door.breaks is not None and door.breaks in body:
            self._answer(500, headers, _BROKEN)
            return
        if door.most_bytes is not None and len(body) > door.most_bytes:
            self._answer(429, headers, _TOO_MANY)
            return
        real = http.client.HTTPConnection(door.real, timeout=60)
        real.request(self.command, self.path, body, dict(self.headers))
        answer = real.getresponse()
        content = answer.read()
        real.close()
        door.sizes.append(len(body))
        self._answer(answer.status, dict(answer.getheaders()), content)

    do_GET = do_POST = do_PUT = do_HEAD = _pass_on  # noqa: N815  names of the standard library

    def _answer(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        kept = ("content-type", "content-encoding", "x-elastic-product")
        for name, value in headers.items():
            if name.lower() in kept:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def door_before(server: str) -> Iterator[Door]:
    """A door before the Elasticsearch at `server`."""
    with Door(server) as door:
        threading.Thread(target=door.serve_forever, daemon=True).start()
        try:
            yield door
        finally:
            door.shutdown()
