"""What an article names is never fetched: no page, no picture, no entity of its XML."""

from __future__ import annotations

import ast
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import pytest

from config.paths import checkout_folder
from config.settings import Settings
from tests.security.conftest import warraq
from tests.waiting import wait_until
from tests.workers.conftest import Worker
from warraq.inbox.stream import Inbox

StartWorker = Callable[..., Worker]

PAGE = """<?xml version="1.0"?>
<!DOCTYPE html [<!ENTITY outside SYSTEM "{url}/entity"> <!ENTITY % all SYSTEM "{url}/dtd"> %all;]>
<html><head><title>وصول الباخرة</title><base href="{url}/"><link rel="canonical" href="{url}/x">
<link rel="stylesheet" href="{url}/style.css"><meta http-equiv="refresh" content="0; url={url}/go">
<script src="{url}/code.js"></script></head><body><h1>وصول الباخرة إلى طرابلس</h1>
<p>وصلت الباخرة إلى ميناء طرابلس صباح الخميس &outside; <img src="{url}/picture.png"> ثم غادرت.</p>
<iframe src="{url}/frame"></iframe><object data="{url}/thing"></object>
<a href="{url}/more">المزيد</a>
</body></html>"""
PARTS = ("warraq", "tasks", "workers")
# Modules that can speak to the world by themselves.
CLIENTS = {
    "requests", "urllib3", "urllib.request", "http.client", "httpx", "aiohttp", "socket",
    "ftplib", "smtplib", "imaplib", "poplib", "nntplib", "telnetlib", "xmlrpc", "asyncio", "pycurl",
    "trafilatura.downloads", "trafilatura.feeds", "trafilatura.sitemaps", "trafilatura.spider",
    "socketserver", "subprocess", "webbrowser", "tornado", "remotezip",
}  # fmt: skip
CALLS = {"fetch_url", "fetch_response", "urlopen", "urlretrieve", "create_connection"}


@pytest.fixture
def trap() -> Iterator[socket.socket]:
    """A server that articles point to."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listener:
        listener.setblocking(False)
        yield listener


def visitors(trap: socket.socket) -> int:
    count = 0
    while True:
        try:
            visitor, _ = trap.accept()
        except BlockingIOError:
            return count
        visitor.close()
        count += 1


def url_of(trap: socket.socket) -> str:
    return f"http://127.0.0.1:{trap.getsockname()[1]}"


def article(url: str, number: int, **fields: object) -> bytes:
    basis = {
        "source": "sahifa",
        "id": str(number),
        "url": f"{url}/{number}",
        "title": "وصول الباخرة",
    }
    return json.dumps({**basis, **fields}).encode()


def test_the_trap_catches_who_comes(trap: socket.socket) -> None:
    assert visitors(trap) == 0
    socket.create_connection(trap.getsockname()).close()
    wait_until(lambda: visitors(trap) == 1)


def test_a_worker_connects_to_the_two_servers_and_nowhere_else(
    inbox: Inbox, prepared: Settings, start_worker: StartWorker, trap: socket.socket
) -> None:
    worker = start_worker()
    url = url_of(trap)
    sent = [
        article(url, 1, body=f"وصلت الباخرة. المزيد على {url}/more و{url}/x.png"),
        article(url, 2, body=PAGE.format(url=url)),
        article(url, 3, body=PAGE.format(url=url), body_format="html"),
        article(url, 4, body=f'<img src="{url}/a" onerror="x()"><p>وصلت <b>الباخرة</b></p>'),
        article(url, 5, id=f"{url}/id", author=f"{url}/author", section=f"{url}/section"),
        f'{{"$ref": "{url}/schema", "source": "{url}", "id": 6, "title": "خبر"}}'.encode(),
    ]
    inbox.add_many(sent)
    seen: set[tuple[str, int]] = set()

    def ended() -> bool:
        seen.update(connections(worker.process.pid))
        return sum(inbox.counts().ended.values()) == len(sent)

    wait_until(ended, seconds=120)
    assert inbox.counts().ended.get("created", 0) >= 4
    servers = {
        (urlsplit(server).hostname, urlsplit(server).port)
        for server in (prepared.redis_url, prepared.elasticsearch_url)
    }
    assert seen == servers
    assert visitors(trap) == 0


def connections(pid: int) -> Iterator[tuple[str, int]]:
    """Where a process and its children are connected to."""
    worker = psutil.Process(pid)
    for process in (worker, *worker.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            yield from (tuple(c.raddr) for c in process.net_connections("inet") if c.raddr)


def test_reading_a_page_from_a_file_fetches_nothing_that_it_names(
    inbox: Inbox, prepared: Settings, trap: socket.socket, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE.format(url=url_of(trap)), encoding="utf-8")
    sent = warraq("enqueue", "--source", "sahifa", str(page))
    assert sent.returncode == 0, sent.stderr
    assert inbox.counts().waiting == 1
    assert visitors(trap) == 0


def test_no_part_of_warraq_can_speak_to_the_world_by_itself() -> None:
    """Its two clients are Redis' and Elasticsearch's; `stack`, which downloads, stands apart."""
    root = checkout_folder()
    files = [file for part in PARTS for file in root.glob(f"{part}/**/*.py")]
    assert len(files) > 150
    assert [(str(file), name) for file in files for name in reaching_out(file)] == []


def test_reaching_out_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text("import urllib.request as r\nfrom trafilatura import downloads\nr.urlopen(1)")
    found = {"urllib.request", "trafilatura.downloads", "urlopen"}
    assert set(reaching_out(file)) == found


def reaching_out(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for name in names_of(node):
            if name in CALLS or any(f"{name}.".startswith(f"{client}.") for client in CLIENTS):
                yield name


def names_of(node: ast.AST) -> Iterator[str]:
    """What a statement imports, and the names that are used."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield node.module or ""
        yield from (f"{node.module}.{alias.name}" for alias in node.names)
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.Attribute):
        yield node.attr
    elif isinstance(node, ast.Name):
        yield node.id
