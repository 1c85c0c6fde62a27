"""A small Maven repository on this machine that really answers range requests, and misbehaves."""

from __future__ import annotations

import hashlib
import io
import random
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread

from stack.elasticsearch_bundle import COORDINATES, FOLDER_IN_ARCHIVE


@dataclass(frozen=True)
class Bundle:
    """An archive laid out as the real one, with a manifest of some of its files."""

    archive: bytes
    files: dict[str, bytes]
    manifest: Path


def make_bundle(folder: Path, *, large: int = 3_000_000) -> Bundle:
    """Stored and packed files, some far apart, with others between that nobody asked for."""
    source = random.Random(7)
    files = {
        "lib/packed.txt": b"".join(b"%d line of text\n" % number for number in range(20_000)),
        "lib/stored.jar": source.randbytes(200_000),
        "lib/large.jar": source.randbytes(large),
        "modules/one/plugin.jar": source.randbytes(50_000),
        "config/empty": b"",
        "config/log4j2.properties": b"status = error\n",
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("sonarqube/unwanted.jar", source.randbytes(300_000))
        for path, content in files.items():
            packed = zipfile.ZIP_DEFLATED if path.endswith(".txt") else zipfile.ZIP_STORED
            archive.writestr(FOLDER_IN_ARCHIVE + path, content, compress_type=packed)
            archive.writestr(f"between/{path}", source.randbytes(100_000))
    manifest = folder / "test.manifest"
    manifest.write_text(
        "# a test's own\n"
        + "".join(
            f"{hashlib.sha256(content).hexdigest()} {len(content)} {path}\n"
            for path, content in files.items()
        )
    )
    return Bundle(buffer.getvalue(), files, manifest)


@dataclass
class Behaviour:
    """How the server treats requests; what it was asked for is noted."""

    archive: bytes
    cut_after: int | None = None
    """Close the connection after so many bytes of each answer, but for the archive's directory."""
    cuts: int = 1_000_000
    """How many answers are cut before it behaves."""
    status: int | None = None
    """Answer this to everything, `failures` times."""
    failures: int = 1_000_000
    ranges: bool = True
    asked: list[tuple[int, int]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def bytes_asked(self) -> int:
        return sum(end - start for start, end in self.asked)


@contextmanager
def repository(behaviour: Behaviour) -> Iterator[str]:
    """The address of a repository that holds the archive, while the block runs."""
    group, name, version = COORDINATES
    path = f"/maven/{group.replace('.', '/')}/{name}/{version}/{name}-{version}.zip"

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            with behaviour.lock:
                failing = behaviour.status is not None and behaviour.failures > 0
                behaviour.failures -= failing
            if failing or self.path != path:
                self.send_error(behaviour.status if failing and behaviour.status else 404)
                return
            archive = behaviour.archive
            asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
            if not asked or not behaviour.ranges:
                self.send_response(200)
                self.send_header("Content-Length", str(len(archive)))
                self.end_headers()
                return
            first, last = asked.groups()
            start = int(first) if first else len(archive) - int(last)
            end = min(int(last) + 1, len(archive)) if first and last else len(archive)
            self.answer_range(archive, max(start, 0), end, whole=not first)

        def answer_range(self, archive: bytes, start: int, end: int, *, whole: bool) -> None:
            with behaviour.lock:
                behaviour.asked.append((start, end))
                cut = behaviour.cut_after if behaviour.cuts > 0 and not whole else None
                cutting = cut is not None and cut < end - start
                behaviour.cuts -= cutting
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(archive)}")
            self.send_header("Content-Length", str(end - start))
            self.end_headers()
            self.wfile.write(archive[start : start + cut if cutting and cut else end])
            if cutting:
                self.close_connection = True

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/maven"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
