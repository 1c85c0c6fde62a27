"""`warraq enqueue` into a real Redis: what arrives, what is refused, and how it ends."""

import gzip
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from config.settings import Settings
from tests.own_redis import own_redis
from warraq.article import Contract, parse
from warraq.cli import app
from warraq.inbox import keys
from warraq.inbox.stream import Inbox
from warraq.sources.mapping import ArticleMapping
from warraq.sources.record import Origin, Record
from warraq.sources.refused import RefusedFile
from warraq.sources.sending import PIPELINE_ARTICLES, Sending

WARRAQ = str(Path(sys.executable).with_name("warraq"))


@pytest.fixture
def inbox(settings: Settings) -> Iterator[Inbox]:
    inbox = Inbox.connect(settings.redis_login, ca=settings.redis_ca)
    inbox.client.delete(keys.STREAM)
    yield inbox
    inbox.client.delete(keys.STREAM)
    inbox.client.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["enqueue", *arguments], input=stdin)


def arrived(inbox: Inbox) -> list[dict[str, Any]]:
    return [json.loads(entry[keys.ARTICLE_FIELD]) for _, entry in inbox.client.xrange(keys.STREAM)]


def refused(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "refused.jsonl").read_bytes().splitlines()]


def line(number: int = 1, **more: object) -> bytes:
    article = {"source": "ufuq", "id": str(number), "title": "هدوء", "body": "نص", **more}
    return json.dumps(article, ensure_ascii=False).encode() + b"\n"


def test_articles_arrive_in_order_and_as_text(inbox: Inbox, folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b"".join(line(number) for number in range(1_203)))
    result = run("a.jsonl")
    assert result.exit_code == 0, result.output
    assert "sent: 1,203 of 1,203 articles" in result.output
    assert [article["id"] for article in arrived(inbox)] == [str(number) for number in range(1_203)]
    raw = inbox.client.xrange(keys.STREAM, count=1)[0][1][keys.ARTICLE_FIELD]
    assert raw == line(0).replace(b'": ', b'":').replace(b', "', b',"').rstrip()
    assert not (folder / "refused.jsonl").exists()


def test_refused_records_go_to_a_file_with_the_reason(inbox: Inbox, folder: Path) -> None:
    record = {"source": "ufuq", "id": "2", "title": 7}
    (folder / "a.jsonl").write_bytes(
        line(1) + b"{\n\n" + json.dumps(record).encode() + b"\n" + line(3)
    )
    result = run("a.jsonl")
    assert result.exit_code == 1
    assert "sent: 2 of 4 articles" in result.output
    assert "refused: 2 (not-json 1, invalid-field 1); see refused.jsonl" in result.output
    assert [article["id"] for article in arrived(inbox)] == ["1", "3"]
    first, second = refused(folder)
    assert (first["file"], first["line"], first["reason"], first["record"]) == (
        "a.jsonl",
        2,
        "not-json",
        "{",
    )
    assert (second["line"], second["reason"], second["record"]) == (4, "invalid-field", record)
    assert second["detail"].startswith("title: ")


def test_refused_records_can_be_mended_and_sent(inbox: Inbox, folder: Path) -> None:
    run("-", stdin=line(1, title=7))
    mended = b"".join(
        json.dumps(one["record"] | {"title": "عنوان"}).encode() for one in refused(folder)
    )
    assert run("-", stdin=mended).exit_code == 0
    assert arrived(inbox)[0]["title"] == "عنوان"


def test_every_format_and_a_folder_of_them(inbox: Inbox, folder: Path) -> None:
    news = folder / "news"
    (news / "pages").mkdir(parents=True)
    (news / "a.jsonl.gz").write_bytes(gzip.compress(line(1)))
    (news / "b.json").write_bytes(b"[" + line(2) + b"," + line(3) + b"]")
    (news / "c.csv").write_text('id,title,views\n4,"أ\nب",10\n', encoding="utf-8")
    (news / "d.tsv").write_text("id\ttitle\n5\tعنوان\n", encoding="utf-8")
    (news / "e.txt").write_text("العنوان\nالنص", encoding="utf-8")
    paragraph = "<p>ساد هدوء حذر العاصمة طرابلس صباح اليوم بعد ليلة طويلة من الاشتباكات.</p>"
    (news / "pages" / "f.html").write_text(
        f"<html><head><meta charset=utf-8><title>خبر</title></head><body><article>{paragraph * 3}"
        "</article></body></html>",
        encoding="utf-8",
    )
    (news / "photo.jpg").touch()
    result = run("news", "--source", "ufuq", "--title-line")
    assert result.exit_code == 0, result.output
    assert "sent: 7 of 7 articles" in result.output
    assert "skipped: 1 files" in result.output
    articles = arrived(inbox)
    assert [article.get("id", "")[:1] for article in articles[:5]] == ["1", "2", "3", "4", "5"]
    assert articles[3] == {"id": "4", "title": "أ\nب", "source": "ufuq", "extra": {"views": "10"}}
    assert (articles[5]["title"], articles[5]["body"]) == ("العنوان", "النص")
    assert articles[6]["title"] == "خبر"


def test_columns_zone_and_source(inbox: Inbox, folder: Path) -> None:
    row = {"url": "http://a.example/1", "date": "2015-07-21 02:51:32", "content": "نص", "views": 7}
    (folder / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    options = ("--map", "body=content,published_at=date", "-m", "id=url", "--source", "ufuq")
    result = run("a.jsonl", *options, "--timezone", "Asia/Riyadh")
    assert result.exit_code == 0, result.output
    assert arrived(inbox) == [
        {
            "url": "http://a.example/1",
            "body": "نص",
            "published_at": "2015-07-21T02:51:32+03:00",
            "id": "http://a.example/1",
            "source": "ufuq",
            "extra": {"views": 7},
        }
    ]


def test_a_mapped_column_that_nobody_has_is_said(inbox: Inbox, folder: Path) -> None:
    result = run("-", "--map", "author=writer", stdin=line(1))
    assert result.exit_code == 0
    assert "warning: no record has a column writer" in result.output


def test_half_surrogates_and_nul_arrive_and_can_be_parsed(inbox: Inbox, folder: Path) -> None:
    body = r'{"source": "s", "id": "1", "body": "a\ud800b\u0000c", "k\udfff": 1}'
    assert run("-", stdin=body.encode()).exit_code == 0
    raw = inbox.client.xrange(keys.STREAM)[0][1][keys.ARTICLE_FIELD]
    received = parse(raw, Contract())
    assert received.cleaned
    assert received.article.body == "a\ufffdbc"


def test_another_encoding(inbox: Inbox, folder: Path) -> None:
    (folder / "a.csv").write_bytes("source,id,title\nufuq,1,طرابلس\n".encode("windows-1256"))
    result = run("a.csv")
    assert result.exit_code == 1
    assert "wrong-encoding 1" in result.output
    assert run("a.csv", "--encoding", "windows-1256").exit_code == 0
    assert arrived(inbox)[0]["title"] == "طرابلس"


def test_a_broken_archive_is_one_line_and_the_next_file_is_read(inbox: Inbox, folder: Path) -> None:
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(line(1) * 9_000)[:-10])
    (folder / "b.jsonl").write_bytes(line(2))
    result = run("a.jsonl.gz", "b.jsonl")
    assert result.exit_code == 1
    assert "refused: 1 (broken-archive 1)" in result.output
    assert arrived(inbox)[-1]["id"] == "2"
    assert refused(folder)[0]["file"] == "a.jsonl.gz"


def test_dry_run_limit_and_quiet(inbox: Inbox, folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b"".join(line(number) for number in range(1_000)) + b"{")
    result = run("a.jsonl", "--dry-run")
    assert result.exit_code == 1
    assert "valid (a dry run: nothing was sent): 1,000 of 1,001" in result.output
    assert inbox.client.xlen(keys.STREAM) == 0
    result = run("a.jsonl", "--limit", "7", "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    assert inbox.client.xlen(keys.STREAM) == 7


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["none.jsonl"], "No such file"),
        (["empty"], "no readable files"),
        (["a.pdf"], "--format"),
        (["a.txt"], "--source"),
        (["a.jsonl", "--map", "text=content"], "no field of an article"),
        (["a.jsonl", "--timezone", "Mars/Olympus"], "no time zone"),
        (["a.jsonl", "--encoding", "klingon"], "no known encoding"),
        (["a.jsonl", "--refused", "a.jsonl"], "--refused"),
        (["a.jsonl", "--format", "xml"], "xml"),
        ([], "PATH"),
    ],
)
def test_called_wrongly(inbox: Inbox, folder: Path, arguments: list[str], part: str) -> None:
    (folder / "empty").mkdir()
    for name in ("a.pdf", "a.txt"):
        (folder / name).touch()
    (folder / "a.jsonl").write_bytes(line(1))
    result = run(*arguments)
    assert result.exit_code == 2
    assert part in " ".join(result.output.replace("│", "").split())
    assert inbox.client.xlen(keys.STREAM) == 0
    assert (folder / "a.jsonl").read_bytes() == line(1)


def test_no_redis_is_one_plain_line(
    settings: Settings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WARRAQ_REDIS_URL", "redis://127.0.0.1:1/0")
    result = run("-", stdin=line(1))
    assert result.exit_code == 3
    assert ": 0 sent" in result.stderr
    assert ".:" not in result.stderr
    assert "Traceback" not in result.output
    assert len(result.stderr.splitlines()) == 1


def test_the_refused_file_on_a_full_disk_is_one_plain_line(inbox: Inbox, folder: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.fail("this test needs /dev/full")
    result = run("-", "--refused", "/dev/full", stdin=line(1) + b"{\n" * 5_000)
    assert result.exit_code == 3
    assert "No space left" in result.stderr


def started(*arguments: str, **more: Any) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([WARRAQ, "enqueue", *arguments], stderr=subprocess.PIPE, **more)


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


def test_ctrl_c_says_how_many_were_sent(inbox: Inbox, folder: Path) -> None:
    with started("-", stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        assert process.stdout is not None
        process.stdin.write(b"".join(line(number) for number in range(PIPELINE_ARTICLES + 100)))
        process.stdin.flush()
        until(lambda: inbox.client.xlen(keys.STREAM) == PIPELINE_ARTICLES)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait() == 130
        summary = process.stdout.read().decode()
    assert (
        f"interrupted: {PIPELINE_ARTICLES} sent, the last from - line {PIPELINE_ARTICLES}" in said
    )
    assert "Traceback" not in said
    assert f"sent: {PIPELINE_ARTICLES} of" in summary
    assert inbox.client.xlen(keys.STREAM) == PIPELINE_ARTICLES


def test_an_interrupt_lets_what_is_on_its_way_arrive(inbox: Inbox, folder: Path) -> None:
    with RefusedFile(folder / "refused.jsonl") as file:
        sending = Sending(inbox, ArticleMapping(), Contract(), file)
        for number in range(10):
            sending.take(Record(Origin("-", number), {"source": "s", "id": str(number)}))
        sending.stop_after_flight = True
        with pytest.raises(KeyboardInterrupt):
            sending.flush()
    assert (sending.tally.sent, sending.in_flight) == (10, 0)
    assert inbox.client.xlen(keys.STREAM) == 10


def test_a_terminal_sees_progress(inbox: Inbox, folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b"".join(line(number) for number in range(5_000)))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [WARRAQ, "enqueue", "a.jsonl"],
        stderr=theirs,
        stdout=subprocess.PIPE,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    drawn = b""
    try:
        while piece := os.read(ours, 65_536):
            drawn += piece
    except OSError:  # so Linux says that the other end of a terminal is closed
        pass
    os.close(ours)
    assert process.stdout is not None
    assert b"sent: 5,000 of 5,000" in process.stdout.read()
    process.stdout.close()
    assert process.wait() == 0
    assert b"a.jsonl" in drawn
    assert b"articles" in drawn


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> int:
    """A mark that a pipeline and a half of articles reaches."""
    number = PIPELINE_ARTICLES + 100
    monkeypatch.setenv("WARRAQ_INBOX_ARTICLES", str(number))
    return number


def test_a_full_inbox_is_waited_for_and_nothing_is_lost_or_doubled(
    inbox: Inbox, folder: Path, mark: int
) -> None:
    inbox.open()
    number = PIPELINE_ARTICLES * 4
    (folder / "a.jsonl").write_bytes(b"".join(line(one) for one in range(number)))
    with started("a.jsonl", stdout=subprocess.PIPE, cwd=folder) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        said = process.stderr.readline().decode()
        full = PIPELINE_ARTICLES * 2
        assert f"waiting for workers to make room (warraq status): the inbox holds {full:,}" in said
        assert f"its mark is at {mark}" in said
        assert inbox.client.xlen(keys.STREAM) == full
        assert process.poll() is None
        ids = []
        while len(ids) < number:
            entries = inbox.take("worker", 100, 10**6)
            inbox.settle({entry.id: "created" for entry in entries})
            ids += [json.loads(entry.payload or b"")["id"] for entry in entries]
        rest = process.stderr.read().decode()
        assert process.wait() == 0
        assert f"sent: {number:,} of {number:,} articles" in process.stdout.read().decode()
    assert "there is room again after" in rest
    assert ids == [str(one) for one in range(number)]


def test_waiting_for_room_can_be_interrupted(inbox: Inbox, folder: Path, mark: int) -> None:
    (folder / "a.jsonl").write_bytes(b"".join(line(one) for one in range(mark * 3)))
    with started("a.jsonl", cwd=folder, stdout=subprocess.DEVNULL) as process:
        assert process.stderr is not None
        assert "waiting for workers" in process.stderr.readline().decode()
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
        assert process.wait() == 130
    assert f"interrupted: {PIPELINE_ARTICLES * 2:,} sent" in said
    assert "not known" not in said
    assert inbox.client.xlen(keys.STREAM) == PIPELINE_ARTICLES * 2


def test_no_wait_stops_with_a_code_of_its_own_and_can_be_resumed_exactly(
    inbox: Inbox, folder: Path, mark: int
) -> None:
    lines = [line(one) for one in range(mark * 3)]
    lines[3] = lines[PIPELINE_ARTICLES * 2 + 7] = b"{\n"
    (folder / "a.jsonl").write_bytes(b"".join(lines))
    sent: list[str] = []
    command = ["a.jsonl", "--no-wait"]
    codes = []
    while True:
        result = run(*command)
        codes.append(result.exit_code)
        sent += [article["id"] for article in arrived(inbox)]
        inbox.client.delete(keys.STREAM)
        if result.exit_code != 4:
            break
        (said,) = result.stderr.splitlines()
        assert "its mark is at 600" in said
        assert f"{PIPELINE_ARTICLES * 2:,} sent, the last from a.jsonl line" in said
        command = ["a.jsonl", "--no-wait", "--skip", said.split("--skip ")[1].split()[0]]
    assert codes == [4, 1]
    broken = {3, PIPELINE_ARTICLES * 2 + 7}
    assert sent == [str(one) for one in range(mark * 3) if one not in broken]


def test_a_redis_that_is_full_is_waited_for(folder: Path) -> None:
    with own_redis() as own:
        own.fill()
        environment = os.environ | {"WARRAQ_REDIS_URL": own.url(), "WARRAQ_INBOX_ARTICLES": "9"}
        (folder / "a.jsonl").write_bytes(line(1))
        with started("a.jsonl", env=environment, stdout=subprocess.DEVNULL) as process:
            assert process.stderr is not None
            assert "waiting for workers to make room" in process.stderr.readline().decode()
            own.empty()
            assert process.wait() == 0
        assert own.inbox().counts().waiting == 1


def test_an_inbox_that_refuses_while_its_marks_are_not_reached_is_tried_again(
    folder: Path,
) -> None:
    with own_redis() as own, RefusedFile(folder / "refused.jsonl") as file:
        inbox = own.inbox()
        own.fill()
        tried: list[str] = []

        class Marks:
            """None: it is Redis that refuses, and at the second time the operator has mended it."""

            def wait(self) -> None:
                if len(tried) == 2:
                    own.empty()

            def refused(self, why: str) -> None:
                tried.append(why)

        sending = Sending(inbox, ArticleMapping(), Contract(), file, Marks())
        sending.take(Record(Origin("-", 1), {"source": "s", "id": "1"}))
        sending.flush()
        assert len(tried) == 2
        assert "Redis is full" in tried[0]
        assert (sending.tally.sent, inbox.counts().waiting) == (1, 1)


def test_skip_passes_over_records(inbox: Inbox, folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(line(1) + b"{\n")
    (folder / "b.jsonl").write_bytes(line(2) + line(3) + line(4))
    result = run("a.jsonl", "b.jsonl", "--skip", "3", "--limit", "1")
    assert (result.exit_code, [article["id"] for article in arrived(inbox)]) == (0, ["3"])


@pytest.mark.parametrize(
    ("setting", "value"),
    [("WARRAQ_REDIS_URL", "nonsense"), ("WARRAQ_INBOX_ARTICLES", "many"),
     ("WARRAQ_REDIS_URL", "redis://h:1/0?ssl_cert_reqs=none")],
)  # fmt: skip
def test_settings_with_which_nothing_can_be_sent_are_no_refused_records(
    folder: Path, monkeypatch: pytest.MonkeyPatch, setting: str, value: str
) -> None:
    (folder / "a.jsonl").write_bytes(line(1))
    monkeypatch.setenv(setting, value)
    assert run("a.jsonl").exit_code == 2
