"""`warraq dead`: found, counted, exported, sent again and dropped."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.own_redis import OwnRedis, own_redis
from warraq.cli import app
from warraq.cli.dead import summed_up
from warraq.errors import Rejected, WarraqError
from warraq.inbox import keys
from warraq.inbox.dead_letters import DeadLetters
from warraq.inbox.stream import Inbox

WARRAQ = str(Path(sys.executable).with_name("warraq"))
CP1256 = "مرحبا".encode("cp1256")
PRETTY = b'{\n  "source": "sahifa",\r\n  "id": "2",\n  "revision": 9007199254740993\n}'


def warraq(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def told(*arguments: str) -> str:
    """What a command says that has to succeed."""
    answer = warraq("dead", *arguments)
    assert answer.exit_code == 0, answer.exception
    return answer.output


def error(*arguments: str) -> str:
    answer = warraq("dead", *arguments)
    assert isinstance(answer.exception, WarraqError), answer.output
    return str(answer.exception)


@pytest.fixture
def dead(inbox: Inbox) -> Inbox:
    """Three dead letters: no UTF-8, pretty JSON without text, and one of another source."""
    inbox.add_many([CP1256, PRETTY, b'{"source": "wakala"}'])
    first, second, third = inbox.take("a", 10, 10**6)
    inbox.bury(first, Rejected("parse", "not-utf8", "byte 0 is not UTF-8"))
    inbox.bury(second, Rejected("text", "empty", "no text"), ("sahifa", "2"))
    inbox.bury(third, Rejected("parse", "invalid-field", "id: missing"), ("wakala", ""))
    return inbox


def test_list_filters_and_counts(dead: Inbox) -> None:
    assert len(told("list").splitlines()) == 6
    assert "sahifa 2: no text" in told("list", "--stage", "text")
    assert "not-utf8" not in told("list", "--stage", "text")
    assert told("list", "--source", "wakala", "-n", "0") == "       1  invalid-field\n"
    assert "not-utf8" in told("list", "--since", "1h")
    assert told("list", "--until", "1h") == "no dead letter was found\n"
    assert "is no time" in error("list", "--since", "yesterday")


def test_list_as_json_counts_by_reason_stage_and_source(dead: Inbox) -> None:
    listed = json.loads(told("list", "--json", "--limit", "1"))
    assert listed["total"] == 3
    assert listed["died_again"] == 0
    assert listed["by_reason"] == {"not-utf8": 1, "empty": 1, "invalid-field": 1}
    assert listed["by_stage"] == {"parse": 2, "text": 1}
    assert listed["by_source"] == {"": 1, "sahifa": 1, "wakala": 1}
    (letter,) = listed["letters"]
    assert (letter["reason"], letter["bytes"]) == ("not-utf8", len(CP1256))
    assert "payload" not in letter


def test_a_letter_that_died_again_is_marked(dead: Inbox) -> None:
    assert told("replay", "--reason", "empty") == "1 sent again\n"
    (entry,) = dead.take("a", 1, 10**6)
    dead.bury(entry, Rejected("text", "empty", "no text"), ("sahifa", "2"))
    assert "no text (died again, replay 1)" in told("list")
    assert "1  of these died again after a replay" in told("list")
    assert json.loads(told("list", "--json"))["died_again"] == 1


def exported(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_export_keeps_every_payload_byte_for_byte(dead: Inbox, tmp_path: Path) -> None:
    first, second, third = exported(told("export"))
    assert base64.b64decode(first["payload_base64"]) == CP1256
    assert second["payload"].encode() == PRETTY
    assert (second["stage"], second["source"], second["article_id"]) == ("text", "sahifa", "2")
    assert third["entry"].partition("-")[0].isdigit()
    file = tmp_path / "letters.jsonl"
    assert told("export", str(file), "--stage", "parse") == f"2 dead letters in {file}\n"
    assert exported(file.read_text()) == [first, third]
    assert list(tmp_path.iterdir()) == [file]
    assert file.stat().st_mode & 0o077 == 0
    assert dead.counts().dead == 3


def test_exported_payloads_can_be_mended_and_enqueued(dead: Inbox, tmp_path: Path) -> None:
    told("export", str(tmp_path / "a.jsonl"), "--payloads", "--reason", "empty")
    (line,) = (tmp_path / "a.jsonl").read_bytes().splitlines()
    mended = line.replace(b"}", '"title": "خبر"}'.encode()).replace(b"993 ", b"993, ")
    refused = str(tmp_path / "refused.jsonl")
    assert warraq("enqueue", "-", "--refused", refused, stdin=mended).exit_code == 0
    (entry,) = dead.take("a", 10, 10**6)
    assert json.loads(entry.payload or b"") == {
        "source": "sahifa",
        "id": "2",
        "revision": 9007199254740993,
        "title": "خبر",
    }


def test_an_export_that_cannot_be_written_is_one_plain_line(dead: Inbox, tmp_path: Path) -> None:
    assert "No such file" in error("export", str(tmp_path / "none" / "a.jsonl"))
    assert not list(tmp_path.iterdir())
    (tmp_path / "file").touch()
    assert "Not a directory" in error("export", str(tmp_path / "file" / "a.jsonl"))
    if not Path("/dev/full").exists():
        pytest.fail("this test needs /dev/full")
    with Path("/dev/full").open("wb") as full:
        command = [WARRAQ, "dead", "export"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"warraq: standard output: No space left on device; 0 letters")
    assert len(done.stderr.splitlines()) == 1


def test_a_reader_that_leaves_ends_an_export_quietly(dead: Inbox) -> None:
    adding = dead.client.pipeline(transaction=True)
    for _ in range(2_000):
        adding.xadd(keys.DEAD, {"payload": b"x" * 1_000, "reason": "empty"})
    adding.execute()
    command = f"{WARRAQ} dead export | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


def test_nothing_is_done_where_it_is_not_clear_what_is_meant(dead: Inbox) -> None:
    for command in ("replay", "drop"):
        assert error(command).startswith("say which: ids, or --reason")
        assert error(command, "1-1", "--all").startswith("say which")
        assert "is no id of a dead letter" in error(command, "1-1", "x")
    assert dead.counts().dead == 3


def test_dropping_many_wants_a_yes(dead: Inbox) -> None:
    assert error("drop", "--stage", "parse").startswith("this would delete 2 dead letters")
    assert dead.counts().dead == 3
    assert told("drop", "--stage", "parse", "--yes") == "2 dropped\n"
    assert [letter.reason for letter in DeadLetters(dead)] == ["empty"]
    assert told("drop", "--all", "--yes") == "1 dropped\n"


def test_replay_by_filters_and_by_id(dead: Inbox) -> None:
    identifier = told("list", "--reason", "empty").split()[0]
    assert told("replay", identifier, identifier) == "1 of 2 sent again\n"
    assert told("replay", "--since", "1h", "--stage", "parse") == "2 sent again\n"
    assert told("replay", "--all") == "0 sent again\n"
    assert dead.counts().waiting == 3


def test_letters_with_control_characters_steer_no_terminal(dead: Inbox) -> None:
    nasty = {"payload": "\x9b2J\u2028", "reason": "\x1b[2J", "source": "\x1b]0;x\x07"}
    dead.client.xadd(keys.DEAD, nasty)
    for command in (("list",), ("list", "--json"), ("export",)):
        assert not {"\x1b", "\x9b", "\x07", "\u2028"} & set(told(*command))


@pytest.fixture
def own() -> Any:
    with own_redis() as server:
        server.inbox().open()
        yield server


def test_a_redis_that_goes_away_amid_a_replay_is_told_with_how_far_it_got(
    own: OwnRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = own.inbox()
    adding = inbox.client.pipeline(transaction=True)
    for _ in range(1_500):
        adding.xadd(keys.DEAD, {"payload": b"{", "reason": "not-json"})
    adding.execute()
    letters = DeadLetters(inbox)
    pages = letters.replay_all()
    assert next(pages) == 500
    own.kill()
    with pytest.raises(WarraqError, match="0 sent again, then: Redis does not answer"):
        summed_up(pages, "sent again")
    own.start()
    assert sum(letters.replay_all()) == 1_000
    assert inbox.counts().waiting == 1_500
