"""`warraq repair` as people and programs run it. It needs no server."""

from __future__ import annotations

import gzip
import json
import lzma
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from tests.docs.pages import ROOT
from warraq.analysis.pipeline import Step
from warraq.cli import app
from warraq.cli import repair as command
from warraq.document import Document
from warraq.text.edits import Edit
from warraq.text.letters import PART_MARK

WARRAQ = str(Path(sys.executable).with_name("warraq"))
ARTICLE = {"id": "7", "title": "الجـــيش في طرا\u200bبلس", "body": "عاد الهـــدوء.\nﻗﺎﻝ الوزير"}
"""The army in Tripoli: Calm has returned. The minister said"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["repair", *arguments], input=stdin)


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def repaired(*arguments: str, stdin: bytes = b"", code: int = 0) -> list[dict[str, Any]]:
    done = run(*arguments, stdin=stdin)
    assert done.exit_code == code, done.output
    return [json.loads(one) for one in done.stdout.splitlines()]


def applied(original: str, edits: Sequence[dict[str, Any]]) -> str:
    """What a program makes of a field with the edits of it alone."""
    pieces, read = [], 0
    for edit in edits:
        assert original[edit["start"] : edit["end"]] == edit["original"]
        pieces += [original[read : edit["start"]], edit["replacement"]]
        read = edit["end"]
    return "".join(pieces) + original[read:]


def test_an_article_comes_out_repaired_with_its_edits() -> None:
    [out] = repaired(stdin=line(**ARTICLE))
    assert list(out) == ["id", "title", "body", "edits"]
    assert out["title"] == "الجيش في طرابلس"
    assert out["body"] == "عاد الهدوء.\nقال الوزير"
    assert out["edits"][0] == {
        "field": "title",
        "kind": "tatweel",
        "start": 3,
        "end": 6,
        "original": "ـــ",
        "replacement": "",
        "confidence": 1.0,
        "reason": "stretches the word",
    }
    assert [(edit["field"], edit["kind"]) for edit in out["edits"]] == [
        ("title", "tatweel"),
        ("title", "invisible-character"),
        ("body", "tatweel"),
        ("body", "presentation-form"),
    ]
    for name in ("title", "body"):
        own = [edit for edit in out["edits"] if edit["field"] == name]
        assert applied(ARTICLE[name], own) == out[name]


def test_joined_words_come_out_parted_and_boilerplate_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def part(document: Document) -> None:
        document.title = document.title.edited(
            [Edit("joined-words", 5, 5, "", PART_MARK, 0.97311111, "two known words")]
        )
        document.body = document.body.edited(
            [
                Edit("boilerplate", 8, 20, document.body.text[8:20], "", 0.9, "leads elsewhere"),
            ]
        )

    monkeypatch.setattr(command, "_chosen_steps", lambda *_: [Step("joined-words", part)])
    [out] = repaired(stdin=line(title="جنوبيطرابلس", body="عبدالله\nتابعونا على…"))
    assert out["title"] == "جنوبي طرابلس"  # south of Tripoli
    assert out["body"] == "عبدالله\nتابعونا على…"  # a name; follow us on…
    [edit] = out["edits"]
    assert (edit["original"], edit["replacement"], edit["confidence"]) == ("", " ", 0.9731)
    [cut] = out["boilerplate"]
    assert (cut["field"], cut["kind"], cut["original"]) == ("body", "boilerplate", "تابعونا على…")


def test_spans_of_html_count_the_text_that_comes_with_it() -> None:
    [out] = repaired(stdin=line(body="<p>عاد الهـــدوء</p><p>أمس</p>"))
    assert out["extracted"] == "عاد الهـــدوء\n\nأمس"
    assert applied(out["extracted"], out["edits"]) == out["body"] == "عاد الهدوء\n\nأمس"


def test_other_fields_pass_through_and_missing_ones_are_empty() -> None:
    given = {"source": "sada", "title": None, "extra": {"a": [1.5, None]}, "edits": ["old"]}
    [out] = repaired(stdin=line(**given))
    assert out == {
        "id": None,
        "title": "",
        "body": "",
        "edits": [],
        "source": "sada",
        "extra": {"a": [1.5, None]},
    }


def test_fields_may_have_other_names() -> None:
    stdin = line(url="u", headline="الجـــيش", content="الجـــيش", x=1)
    [out] = repaired("--map", "title=headline,body=content,id=url", stdin=stdin)
    assert (out["id"], out["title"], out["body"]) == ("u", "الجيش", "الجيش")
    assert out.keys() == {"id", "title", "body", "edits", "url", "x"}
    assert "no field of an article" in run("--map", "text=x").stderr


def test_bad_lines_are_told_of_and_hurt_no_other(folder: Path) -> None:
    bad = [
        b"{",
        b'["no object"]',
        b'{"title": 7}',
        b'{"id": [1]}',
        b'{"body": {"a": 1}}',
        b'{"title": "\xff"}',
        b'{"n": 1e999}',
        b"[" * 200_000,
        b'{"n": NaN}',
    ]
    good = [line(id=number) for number in range(len(bad) + 1)]
    (folder / "a.jsonl").write_bytes(
        b"".join(one + wrong + b"\n" for one, wrong in zip(good, bad, strict=False)) + good[-1]
    )
    done = run("a.jsonl")
    assert done.exit_code == 1
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == list(range(len(good)))
    told = done.stderr.splitlines()
    assert [one.split(": ")[1] for one in told] == [f"a.jsonl:{2 * n + 2}" for n in range(len(bad))]
    assert told[0].startswith("warraq repair: a.jsonl:2: the payload is no JSON: ")
    assert told[2].endswith("title: should be text")
    assert told[3].endswith("id: should be text or a whole number")


def test_files_come_in_order_packed_or_not_and_one_that_is_missing_hurts_no_other(
    folder: Path,
) -> None:
    (folder / "a.jsonl").write_bytes(line(id=1))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(line(id=2)))
    (folder / "c.jsonl.xz").write_bytes(lzma.compress(line(id=3)))
    (folder / "d.jsonl.zst").write_bytes(zstandard.compress(line(id=4)))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(line(id=5))[:-9])
    done = run(
        "a.jsonl", "none.jsonl", ".", "b.jsonl.gz", "cut.jsonl.gz", "-", "d.jsonl.zst",
        "c.jsonl.xz", stdin=line(id=6),
    )  # fmt: skip
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == [1, 2, 5, 6, 4, 3]
    assert done.exit_code == 1
    told = done.stderr.splitlines()
    assert told[:2] == [
        "warraq repair: none.jsonl: No such file or directory",
        "warraq repair: .: Is a directory",
    ]
    assert told[2].startswith("warraq repair: cut.jsonl.gz: broken gzip file")


def test_blank_lines_byte_order_mark_and_windows_line_ends() -> None:
    stdin = b"\xef\xbb\xbf" + line(id=1).replace(b"\n", b"\r\n") + b"\r\n  \n\n" + b'{"id": 2}'
    assert [out["id"] for out in repaired(stdin=stdin)] == [1, 2]
    assert repaired(stdin=b"") == repaired(stdin=b"\xef\xbb\xbf\r\n") == []


def test_no_character_is_lost_and_none_breaks_a_line() -> None:
    odd = "a\x00b\ud800c\u2028d\u0085e\x7f\udc00f"
    done = run(stdin=json.dumps({"title": odd, "body": odd}).encode())
    assert done.exit_code == 0
    assert len(done.stdout.splitlines()) == 1
    out = json.loads(done.stdout)
    assert (out["title"], out["body"]) == (odd, odd)


def test_a_body_of_ten_megabytes(folder: Path) -> None:
    paragraph = "عاد الهـــدوء إلى جنوب العاصمة، ﻗﺎﻝ الوزير أمس.\n"
    body = paragraph * (10_000_000 // len(paragraph.encode()))
    (folder / "a.jsonl").write_bytes(line(id=1, body=body) + line(id=2))
    first, second = repaired("a.jsonl")
    assert second["id"] == 2
    assert applied(body, first["edits"]) == first["body"]
    started = time.monotonic()
    assert run("--explain", "a.jsonl").stdout.count("\n") < 300
    assert time.monotonic() - started < 60


def test_steps_are_switched_off_by_the_names_that_the_setting_takes() -> None:
    stdin = line(title="الجـــيش طرا\u200bبلس")
    assert (
        repaired("--steps-off", "tatweel, language", stdin=stdin)[0]["title"] == "الجـــيش طرابلس"
    )
    assert repaired("--steps-off", "all", stdin=stdin)[0]["edits"] == []
    by_setting = CliRunner().invoke(
        app, ["repair"], input=stdin, env={"WARRAQ_STEPS_OFF": "tatweel"}
    )
    assert json.loads(by_setting.stdout)["title"] == "الجـــيش طرابلس"
    wrong = run("--steps-off", "tatwil")
    assert wrong.exit_code == 2
    assert "no step is called tatwil" in re.sub(r"[│\s]+", " ", wrong.stderr)


def test_joined_words_are_parted_only_where_that_is_sure_enough() -> None:
    stdin = line(title="اشتباكات جنوبيطرابلس")  # clashes south of Tripoli
    [edit] = repaired(stdin=stdin)[0]["edits"]
    assert edit["kind"] == "joined-words"
    sure = edit["confidence"]
    assert repaired("--confidence", str(sure - 0.001), stdin=stdin)[0]["edits"] == [edit]
    assert repaired("--confidence", "1", stdin=stdin)[0]["edits"] == []
    env = {"WARRAQ_JOINS_CONFIDENCE": "1"}
    assert (
        json.loads(CliRunner().invoke(app, ["repair"], input=stdin, env=env).stdout)["edits"] == []
    )
    assert run("--confidence", "2").exit_code == 2


def test_a_step_that_raises_is_told_of_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: Document) -> None:
        raise OverflowError("too much")

    monkeypatch.setattr(command, "_chosen_steps", lambda *_: [Step("tatweel", fail)])
    done = run(stdin=line(id=1, title="الجـــيش"))
    assert done.stderr == (
        "warraq repair: step tatweel failed on standard input:1: OverflowError: too much\n"
    )
    assert done.exit_code == 1
    assert json.loads(done.stdout)["title"] == "الجـــيش"


def test_people_see_what_was_changed_and_why() -> None:
    shown = run("--explain", stdin=line(**ARTICLE, source="sada") + line(id="8", title="هدوء"))
    hidden = "shows nothing, hides the word"
    assert shown.stdout.splitlines() == [
        "sada · 7",
        "*الجيش* في *طرابلس*",
        "عاد *الهدوء.*",
        "*قال* الوزير",
        "  tatweel  1.00  \u2068الجـــيش\u2069 → \u2068الجيش\u2069  stretches the word",
        f"  invisible-character  1.00  \u2068طرا▯بلس\u2069 → \u2068طرابلس\u2069  {hidden}",
        "  tatweel  1.00  \u2068الهـــدوء.\u2069 → \u2068الهدوء.\u2069  stretches the word",
        "  presentation-form  1.00  \u2068ﻗﺎﻝ\u2069 → \u2068قال\u2069  letters stored by shape",
        "",
        "1 of 2 articles changed: tatweel 2, invisible-character 1, presentation-form 1",
    ]


def test_the_same_change_is_told_once_and_a_long_line_is_cut_around_its_changes() -> None:
    body = "كلمة " * 300 + "الجـــيش " + "كلمة " * 300 + "الجـــيش"
    shown = run("--explain", stdin=line(id="1", body=body)).stdout.splitlines()
    assert shown[2:4] == [
        "… " + "كلمة " * 19 + "*الجيش*" + " كلمة" * 19 + " …",
        "… " + "كلمة " * 19 + "*الجيش*",
    ]
    assert shown[4].endswith("\u2068الجيش\u2069 ×2  stretches the word")


def test_an_article_sends_no_commands_to_the_terminal() -> None:
    shown = run("--explain", stdin=line(id="\x1b[2J", title="\x9b2J \u202e الجـــيش\x07\nنص"))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown.stdout)


def test_a_terminal_is_asked_to_detect_directions_and_left_as_it_was() -> None:
    shown = on_a_terminal([WARRAQ, "repair", "--explain"], line(**ARTICLE))
    assert shown.startswith(b"\x1b[?2501h")
    assert b"\x1b[?2501l" in shown
    assert "الجيش".encode() in shown
    assert b"*" not in shown


def test_a_change_is_one_line_of_a_narrow_terminal() -> None:
    long = line(id=1, title="ﻓﻴﻀﺎﻥ ﺍﻟﻨﻴﻞ ﺍﻷﺯﺭﻕ ﻳﻬﺪﻡ ﺳﺒﻌﻤﺌﺔ ﻣﻨﺰﻝ ﻓﻲ ﺳﻨﺎﺭ")
    shown = on_a_terminal([WARRAQ, "repair", "--explain"], long, columns=60).decode()
    [change] = [one for one in shown.splitlines() if "presentation-form" in one and "→" in one]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", change)
    assert cell_len(plain) <= 60
    assert plain.count("\u2068") == plain.count("\u2069") == 2


def on_a_terminal(words: list[str], stdin: bytes, columns: int = 100) -> bytes:
    """What a command writes to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    process.communicate(stdin)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65_536)
        except OSError:  # so Linux tells that the other end is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return shown


@pytest.mark.parametrize("explain", [[], ["--explain"]])
def test_a_closed_pipe_is_quiet(folder: Path, explain: list[str]) -> None:
    (folder / "a.jsonl").write_bytes(line(**ARTICLE) * 2_000)
    with subprocess.Popen(
        [WARRAQ, "repair", "a.jsonl", *explain], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_an_interrupt_is_quiet() -> None:
    with subprocess.Popen(
        [WARRAQ, "repair"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Tests that run in the background of a shell inherit that this signal is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(line(id=1))
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read() == b""


def test_a_full_disk_is_one_plain_line(folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(line(**ARTICLE))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [WARRAQ, "repair", "a.jsonl"], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr == b"warraq: standard output: No space left on device\n"


def test_lines_come_out_as_they_go_in() -> None:
    with subprocess.Popen(
        [WARRAQ, "repair"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(line(id=number))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == number
        process.stdin.close()
    assert process.returncode == 0


ANY_TEXT = st.text(st.characters()) | st.sampled_from(["<p>الجـــيش</p>", "Ø§Ù„ ﷲ", "طـ\u2063ر"])


@given(st.lists(st.tuples(ANY_TEXT, ANY_TEXT), max_size=4))
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_comes_the_edits_lead_from_one_text_to_the_other(
    articles: list[tuple[str, str]],
) -> None:
    stdin = b"".join(
        json.dumps({"id": number, "title": title, "body": body}).encode() + b"\n"
        for number, (title, body) in enumerate(articles)
    )
    done = run(stdin=stdin)
    out = [json.loads(one) for one in done.stdout.split("\n")[:-1]]
    assert [one["id"] for one in out] == list(range(len(articles)))
    for one, (title, body) in zip(out, articles, strict=True):
        for name, original in (("title", title), ("body", one.get("extracted", body))):
            own = [edit for edit in one["edits"] if edit["field"] == name]
            assert applied(original, own) == one[name]
    assert run("--explain", stdin=stdin).exception is None or done.exit_code


def test_the_demonstration_articles_come_out_whole() -> None:
    out = repaired(str(ROOT / "demo" / "articles.jsonl"))
    assert len(out) == 77
