"""A small TCP proxy before a server: it can be slow, swallow answers, and cut every connection."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_CHUNK = 64 * 1024


class Proxy:
    """Forwards a port of its own to port `target` of this machine, in a thread of its own.

    delay: seconds by which each piece of an answer comes later.
    """

    def __init__(self, target: int) -> None:
        self.target = target
        self.port = 0
        self.delay = 0.0
        self._swallows = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._serving = threading.Event()
        self._thread = threading.Thread(target=self._run, name="proxy", daemon=True)
        self._thread.start()
        self._serving.wait()

    @contextmanager
    def slow(self, seconds: float) -> Iterator[None]:
        """Every answer comes so much later."""
        self.delay = seconds
        try:
            yield
        finally:
            self.delay = 0.0

    @contextmanager
    def swallowing_answers(self) -> Iterator[None]:
        """Requests arrive and are obeyed; no answer comes back, and in the end connections break,
        for TCP loses nothing in the middle of a connection that goes on."""
        self._swallows = True
        try:
            yield
        finally:
            self.cut()
            self._swallows = False

    def cut(self) -> None:
        """Ends every connection at once."""
        done = threading.Event()
        self._loop.call_soon_threadsafe(self._abort_all, done)
        done.wait()

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _abort_all(self, done: threading.Event) -> None:
        for writer in self._writers:
            writer.transport.abort()
        done.set()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._connected, "127.0.0.1", 0)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._serving.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _connected(
        self, from_client: asyncio.StreamReader, to_client: asyncio.StreamWriter
    ) -> None:
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            to_client.transport.abort()
            return
        both = {to_client, to_server}
        self._writers |= both
        answers = asyncio.ensure_future(self._answers(from_server, to_client))
        try:
            while data := await from_client.read(_CHUNK):
                to_server.write(data)
                await to_server.drain()
        except (OSError, asyncio.CancelledError):
            pass  # either side broke, or all is to end
        finally:
            answers.cancel()
            self._writers -= both
            for writer in both:
                writer.transport.abort()

    async def _answers(
        self, from_server: asyncio.StreamReader, to_client: asyncio.StreamWriter
    ) -> None:
        try:
            while data := await from_server.read(_CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if not self._swallows:
                    to_client.write(data)
                    await to_client.drain()
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            to_client.transport.abort()
