"""Reading some members of a large zip archive on a web server, without fetching the rest.

The archive's directory says where each member starts; members that lie next to each other are then
fetched with one range request. A broken connection goes on at the byte where it broke.
"""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event
from urllib.parse import urlsplit

import requests
from remotezip import RangeNotSupported, RemoteIOError, RemoteZip
from urllib3.exceptions import HTTPError

from stack.errors import StackError

ATTEMPTS = 5  # in a row without a single byte
CHUNK = 256 * 1024
DIRECTORY_GUESS = 256 * 1024  # bytes at the end of the archive that surely hold its directory
TIMEOUT = (10, 30)  # seconds to connect, seconds of silence
SPAN = 8 * 1024 * 1024  # of one request, unless one member alone is larger
GAP = 64 * 1024  # unwanted bytes between members that are cheaper to read than to ask again
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})


class Interrupted(Exception):
    """The transfer was told to stop."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive; `start` and `end` are the bytes of the archive it takes."""

    path: str
    start: int
    end: int
    packed: int
    size: int
    deflated: bool


@dataclass(frozen=True, slots=True)
class Span:
    """Members that are fetched with one request, in the archive's order."""

    members: tuple[Member, ...]

    @property
    def start(self) -> int:
        return self.members[0].start

    @property
    def end(self) -> int:
        return self.members[-1].end


def read_directory(url: str) -> dict[str, Member]:
    """All files of the archive at `url` by their path.

    Raises:
        StackError: no network, no such archive, or a server without range requests.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with _closing_session() as session:
                return _members(
                    RemoteZip(
                        url,
                        initial_buffer_size=DIRECTORY_GUESS,
                        session=session,
                        timeout=TIMEOUT,
                    )
                )
        except RangeNotSupported as error:
            raise StackError(_no_ranges(url)) from error
        except (RemoteIOError, requests.RequestException, HTTPError) as error:
            _give_up_if_final(error, url)
            if attempt == ATTEMPTS:
                raise StackError(_unreachable(url, error)) from error
            Event().wait(_pause(attempt))
        except zipfile.BadZipFile as error:
            raise StackError(
                f"What {server_of(url)} sends is no zip archive: "
                "look at WARRAQ_MAVEN_REPOSITORY and at proxies between."
            ) from error
    raise AssertionError


@contextmanager
def _closing_session() -> Iterator[requests.Session]:
    """A session that closes every answer, also those that remotezip drops when it refuses them."""
    answers: list[requests.Response] = []
    with requests.Session() as session:
        session.hooks["response"].append(lambda answer, **_: answers.append(answer))
        try:
            yield session
        finally:
            for answer in answers:
                answer.close()


def _members(archive: RemoteZip) -> dict[str, Member]:
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    ends = [info.header_offset for info in infos[1:]] + [archive.start_dir]
    return {
        info.filename: Member(
            path=info.filename,
            start=info.header_offset,
            end=end,
            packed=info.compress_size,
            size=info.file_size,
            deflated=info.compress_type == zipfile.ZIP_DEFLATED,
        )
        for info, end in zip(infos, ends, strict=True)
        if not info.is_dir()
    }


def spans(members: Iterable[Member]) -> list[Span]:
    """Group members that lie close together into requests of a bounded size."""
    groups: list[list[Member]] = []
    for member in sorted(members, key=lambda each: each.start):
        near = groups and member.start - groups[-1][-1].end <= GAP
        if near and member.end - groups[-1][0].start <= SPAN:
            groups[-1].append(member)
        else:
            groups.append([member])
    return [Span(tuple(group)) for group in groups]


class SpanReader:
    """The bytes of one span, in order, over as many connections as it takes."""

    def __init__(self, session: requests.Session, url: str, span: Span, stop: Event) -> None:
        self._chunks = _stream(session, url, span, stop)
        self._position = span.start
        self._rest = b""

    def unpacked(self, member: Member) -> Iterator[bytes]:
        """The contents of `member`, which must come after those already read."""
        self._skip(member.start - self._position)
        header = b"".join(self._take(_LOCAL_HEADER.size))
        signature, name, extra = _LOCAL_HEADER.unpack(header)
        if signature != b"PK\x03\x04":
            raise StackError(f"{member.path} is not where the archive's directory says: try again.")
        self._skip(name + extra)
        if not member.deflated:
            yield from self._take(member.packed)
            return
        unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
        for chunk in self._take(member.packed):
            yield unpacker.decompress(chunk)
        yield unpacker.flush()

    def _skip(self, count: int) -> None:
        for _ in self._take(count):
            pass

    def _take(self, count: int) -> Iterator[bytes]:
        self._position += count
        while count:
            chunk = self._rest or next(self._chunks)
            self._rest = chunk[count:]
            yield chunk[:count]
            count -= min(count, len(chunk))


def _stream(session: requests.Session, url: str, span: Span, stop: Event) -> Iterator[bytes]:
    """The span's bytes; reconnects where it broke, with growing pauses while nothing comes."""
    position, fruitless = span.start, 0
    failure: Exception = ConnectionError("the connection ended early")
    while position < span.end:
        if stop.is_set():
            raise Interrupted
        if fruitless == ATTEMPTS:
            raise StackError(_unreachable(url, failure))
        if fruitless:
            stop.wait(_pause(fruitless))
        fruitless += 1
        try:
            for chunk in _chunks(session, url, position, span.end):
                position += len(chunk)
                fruitless = 0
                yield chunk
                if stop.is_set():
                    raise Interrupted
        except (requests.RequestException, HTTPError) as error:
            _give_up_if_final(error, url)
            failure = error


def _chunks(session: requests.Session, url: str, start: int, end: int) -> Iterator[bytes]:
    headers = {"Range": f"bytes={start}-{end - 1}", "Accept-Encoding": "identity"}
    with session.get(url, headers=headers, stream=True, timeout=TIMEOUT) as response:
        response.raise_for_status()
        if not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            raise StackError(_no_ranges(url))
        left = end - start
        # read1 hands over what has come; a plain read would drop it when the connection breaks.
        while left and (chunk := response.raw.read1(min(CHUNK, left), decode_content=False)):
            yield chunk
            left -= len(chunk)


def _give_up_if_final(error: Exception, url: str) -> None:
    """Raise for answers that will not change by asking again."""
    response = getattr(error, "response", None)
    # remotezip keeps only the text of what requests raised, and that as its cause's context.
    if response is None:
        response = getattr(error.__context__, "response", None)
    if response is None or response.status_code in _TRANSIENT:
        return
    raise StackError(
        f"{server_of(url)} answers {response.status_code} {response.reason}: "
        "set WARRAQ_MAVEN_REPOSITORY to a Maven repository or mirror that has this artifact."
    ) from error


def _pause(failures: int) -> float:
    """Seconds before the next attempt: half a second, then doubling, with jitter."""
    return 0.5 * 2.0 ** (failures - 1) * random.uniform(0.75, 1.25)  # noqa: S311 - no secret


def server_of(url: str) -> str:
    """The server's name, for people: never the login that the address of a mirror may hold."""
    return urlsplit(url).hostname or "the repository"


def _unreachable(url: str, error: Exception) -> str:
    return (
        f"No answer from {server_of(url)} ({type(error).__name__}): look at the network and proxy "
        "(HTTPS_PROXY), or set WARRAQ_MAVEN_REPOSITORY to a mirror you reach; "
        "then run the same command again, it goes on where it stopped."
    )


def _no_ranges(url: str) -> str:
    return (
        f"{server_of(url)} does not answer range requests: "
        "set WARRAQ_MAVEN_REPOSITORY to a Maven repository or mirror that does."
    )
