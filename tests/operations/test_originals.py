"""An export holds every article as it was sent, and an import brings all of it back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings, load_settings
from stack import Stack
from tests.emptied import emptied
from tests.operations.conftest import warraq, without_index
from tests.own_redis import OwnRedis, own_redis
from warraq.cli.index import prepare_elasticsearch
from warraq.errors import WarraqError
from warraq.identity import document_id
from warraq.inbox import keys
from warraq.inbox.stream import Inbox
from warraq.index.originals import Originals
from warraq.operations.importing import send
from warraq.operations.originals import Restored

Deliver = Callable[[], dict[str, int]]

LONG_ADDRESS = "https://example.org/" + "x" * 600
SENT: list[dict[str, Any]] = [
    # "the Libyan government"; joined words are repaired, so the index holds another text
    {"source": "sahifa", "id": "1", "title": "الحكومة الليبية", "body": "في جنوبيطرابلس",
     "revision": 3},
    {"source": "sahifa", "id": "2", "title": "<b>خبر</b>", "body": "<p>نص &amp; نص</p>",
     "revision": 1, "author": "ليلى", "section": "ثقافة", "tags": ["أ", "ب"], "language": "ar-LY",
     "published_at": "2018-01-08T14:30:00+02:00", "extra": {"desk": {"city": "طرابلس"}, "n": 1.5}},
    {"source": "wakala", "url": LONG_ADDRESS, "title": "خبر", "updated_at": "2018-01-08"},
    {"source": "مدونة", "id": 7, "title": "خبر بلا نسخة"},  # "news without a version"
    {"source": "sahifa", "id": "4", "revision": 9, "deleted": True},
]  # fmt: skip
CLEANED = b'{"source": "sahifa", "id": "5", "title": "a\\u0000\\ud800b", "revision": 1}'


@pytest.fixture
def delivered(inbox: Inbox, deliver: Deliver) -> Inbox:
    inbox.add_many([json.dumps(one, ensure_ascii=False).encode() for one in SENT] + [CLEANED])
    assert deliver() == {"created": len(SENT) + 1}
    return inbox


def documents(client: Elasticsearch, settings: Settings) -> dict[str, tuple[int, Any]]:
    """Id → version and `_source`, but for the time at which it was indexed."""
    index = list(client.indices.get_alias(name=settings.alias))
    client.indices.refresh(index=index)
    hits = client.search(index=index, size=1_000, version=True)["hits"]["hits"]
    return {hit["_id"]: (hit["_version"], {**hit["_source"], "indexed_at": None}) for hit in hits}


def test_an_export_holds_what_was_sent(
    delivered: Inbox, client: Elasticsearch, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    assert warraq("export", str(file)).exit_code == 0
    head, *lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert (head["warraq_export"], head["documents"]) == (1, 6)
    articles = {line["id"]: line for line in lines}
    for sent in SENT:
        own_id = str(sent.get("id", sent.get("url")))
        exported = articles[document_id(sent["source"], own_id)]["article"]
        times = {"updated_at": "2018-01-08T00:00:00+00:00"} if "updated_at" in sent else {}
        assert exported == {**sent, **times, **({"id": own_id} if "id" in sent else {})}
    assert file.stat().st_mode & 0o077 == 0  # articles are for their owner alone


def test_bytes_that_had_to_be_cleaned_are_exported_as_they_came(
    delivered: Inbox, tmp_path: Path
) -> None:
    import base64

    file = tmp_path / "all.jsonl"
    warraq("export", str(file))
    payloads = [json.loads(line).get("payload") for line in file.read_text().splitlines()]
    assert [base64.b64decode(one) for one in payloads if one] == [CLEANED]


@pytest.mark.parametrize("suffix", ["jsonl", "jsonl.xz", "jsonl.gz", "jsonl.zst"])
def test_an_import_into_an_empty_cluster_brings_all_of_it_back(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, stack: Stack,
    tmp_path: Path, suffix: str,
) -> None:  # fmt: skip
    before = documents(client, settings)
    file = str(tmp_path / f"all.{suffix}")
    assert warraq("export", file).exit_code == 0
    without_index(client, settings)
    prepare_elasticsearch(settings, stack.secrets)
    emptied(delivered)
    done = warraq("import", file)
    assert (done.exit_code, done.output[:1]) == (0, "6"), done.output
    assert deliver() == {"created": 6}
    assert documents(client, settings) == before


def test_importing_twice_changes_nothing(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, tmp_path: Path
) -> None:
    before = documents(client, settings)
    file = str(tmp_path / "all.jsonl.xz")
    warraq("export", file)
    for _ in range(2):
        assert warraq("import", file).exit_code == 0
        assert deliver() == {"unchanged": 6}
    assert documents(client, settings) == before


def test_an_import_does_not_undo_what_came_since(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, tmp_path: Path
) -> None:
    file = str(tmp_path / "all.jsonl")
    warraq("export", file)
    newer = [{**SENT[0], "revision": 4}, {"source": "مدونة", "id": 7, "deleted": True}]
    delivered.add_many([json.dumps(one).encode() for one in newer])
    deliver()
    before = documents(client, settings)
    warraq("import", file)
    assert deliver() == {"unchanged": 4, "outdated": 2}
    assert documents(client, settings) == before


def test_what_is_not_whole_is_said_and_what_came_before_it_is_sent(
    delivered: Inbox, tmp_path: Path
) -> None:
    file = tmp_path / "all.jsonl"
    warraq("export", str(file))
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:-1]))
    cut = warraq("import", str(file))
    assert isinstance(cut.exception, WarraqError)
    assert "5 of 6" in str(cut.exception)
    place = next(n for n, line in enumerate(lines) if b'"revision":3' in line)
    lines[place] = lines[place].replace(b'"revision":3', b'"revision":4')
    file.write_bytes(b"".join(lines))
    damaged = warraq("import", str(file))
    assert f"line {place + 1}: the article is not the one it says" in str(damaged.exception)
    file.write_bytes(b'{"source": "sahifa", "id": "1", "title": "a"}\n')
    assert "no file of `warraq export`" in str(warraq("import", str(file)).exception)


HEAD = b'{"warraq_export": 1, "documents": 1}\n'


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"warraq_export": 1, "documents": 1e999}',
        HEAD + b'{"id": "x", "version": 1, "intake": 1e999, "article": {}}',
        HEAD + b'{"id": "x", "version": 1e999, "intake": 1, "article": {}}',
        HEAD + b'{"id": "x", "version": 1, "intake": 1, "article": ' + b"[" * 100_000,
    ],
)
def test_whatever_a_file_holds_it_is_refused_in_one_line(
    inbox: Inbox, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "all.jsonl"
    file.write_bytes(content)
    assert isinstance(warraq("import", str(file)).exception, WarraqError)
    assert inbox.client.xlen(keys.STREAM) == 0


def test_a_packed_file_that_is_cut_off_is_said(delivered: Inbox, tmp_path: Path) -> None:
    for suffix in ("xz", "gz", "zst"):
        file = tmp_path / f"all.jsonl.{suffix}"
        warraq("export", str(file))
        file.write_bytes(file.read_bytes()[:-20])
        cut = warraq("import", str(file))
        assert isinstance(cut.exception, WarraqError), suffix
        assert "broken" in str(cut.exception)


def test_an_export_that_fails_leaves_no_half_a_file(
    delivered: Inbox, client: Elasticsearch, settings: Settings, tmp_path: Path
) -> None:
    client.index(index=settings.alias, id="by-hand", document={"title": "a", "deleted": False})
    file = tmp_path / "all.jsonl"
    failed = warraq("export", str(file))
    assert "by-hand" in str(failed.exception)
    assert list(tmp_path.iterdir()) == []
    assert isinstance(warraq("export", str(tmp_path / "no" / "all.jsonl")).exception, WarraqError)


def test_a_part_of_the_index_that_goes_meanwhile_is_an_error_and_not_a_shorter_backup(
    inbox: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, stack: Stack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    without_index(client, settings)
    monkeypatch.setenv("WARRAQ_INDEX_SHARDS", "2")
    prepare_elasticsearch(load_settings(), stack.secrets)
    inbox.add_many(
        [json.dumps({"source": "sahifa", "id": one, "title": "a"}).encode() for one in range(60)]
    )
    assert deliver() == {"created": 60}
    index = f"{settings.alias}-000001"
    with closing(Originals(client, settings.alias)) as originals:
        assert originals.count == 60
        read = iter(originals)
        next(read)
        gone = {"index": index, "shard": 1, "node": "warraq-1", "allow_primary": True}
        client.cluster.reroute(commands=[{"cancel": gone}])
        client.cluster.health(index=index, wait_for_status="green", timeout="30s")
        with pytest.raises(WarraqError):
            list(read)


def test_what_would_come_back_otherwise_is_named_and_kept(
    delivered: Inbox, deliver: Deliver, client: Elasticsearch, settings: Settings, tmp_path: Path
) -> None:
    source = client.get(index=settings.alias, id=document_id("sahifa", "1"))["_source"]
    client.index(index=settings.alias, id="other", document=source)
    file = str(tmp_path / "all.jsonl")
    done = warraq("export", file)
    assert done.exit_code == 1
    assert "other" in done.output
    assert warraq("import", file).exit_code == 0


MARK = 100


def test_an_import_waits_for_workers_where_the_inbox_is_long(
    delivered: Inbox, settings: Settings, tmp_path: Path
) -> None:
    file = str(tmp_path / "all.jsonl")
    warraq("export", file)
    delivered.add_many([b"{}"] * MARK)
    command = [Path(sys.executable).with_name("warraq"), "import", file]
    running = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"WARRAQ_INBOX_ARTICLES": str(MARK)},
    )
    try:
        # It has nothing else to do, so only the long inbox can hold it up.
        with pytest.raises(subprocess.TimeoutExpired):
            running.wait(10)
        assert delivered.client.xlen(keys.STREAM) == MARK
        delivered.client.xtrim(keys.STREAM, maxlen=10, approximate=False)
        begun = time.monotonic()
        assert running.wait(60) == 0
        assert time.monotonic() - begun < 60
    finally:
        running.kill()
        running.wait()
        if running.stdout:
            running.stdout.close()
    assert delivered.client.xlen(keys.STREAM) == 16


class Crowded:
    """Others fill Redis when there was just room, and then make some."""

    def __init__(self, server: OwnRedis) -> None:
        self.server = server
        self.refusals: list[str] = []

    def wait(self) -> None:
        if not self.refusals:
            self.server.fill()

    def refused(self, why: str) -> None:
        self.refusals.append(why)
        self.server.empty()


def test_an_import_that_finds_redis_full_tries_again() -> None:
    with own_redis() as server:
        room = Crowded(server)
        assert send(server.inbox(), [Restored(1, b"{}", 1_000)], room) == 1
        assert len(room.refusals) == 1
        assert server.inbox().client.xlen(keys.STREAM) == 1
