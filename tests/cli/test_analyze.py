"""`warraq analyze` as people and programs run it. It needs no server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.text import Text
from typer.testing import CliRunner, Result

from warraq.analysis.pipeline import Pipeline
from warraq.article import Article, Received
from warraq.cli import app
from warraq.document import Document
from warraq.index.schema import FIELDS

ARTICLE = {
    "source": "sada",
    "id": "7",
    "title": "الجـــيش في طرا\u200bبلس",
    "body": "عاد الهدوء إلى المدينة يوم أمس. قال الوزير: «انتهى كل شيء».",
    "published_at": "2018-01-08T10:00:00+02:00",
}
"""The army in Tripoli: calm returned to the city yesterday. The minister said: "It is all over"."""


def run(*arguments: str, stdin: bytes = b"") -> Result:
    return CliRunner().invoke(app, ["analyze", *arguments], input=stdin)


def line(**fields: object) -> bytes:
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def analysed(*arguments: str, stdin: bytes = b"", code: int = 0) -> list[dict[str, Any]]:
    done = run(*arguments, stdin=stdin)
    assert done.exit_code == code, done.output
    return [json.loads(one) for one in done.stdout.splitlines()]


def test_an_article_comes_out_under_the_names_of_the_index() -> None:
    [out] = analysed(stdin=line(**ARTICLE))
    assert out.keys() - {"id"} <= FIELDS.keys()
    assert (out["title"], out["source"], out["article_id"]) == ("الجيش في طرابلس", "sada", "7")
    assert (out["language"], out["sentence_count"]) == ("ar", 2)
    assert out["id"] == Article(source="sada", id="7").document_id


def test_what_comes_out_is_what_the_workers_would_index() -> None:
    [out] = analysed(stdin=line(**ARTICLE))
    document = Pipeline().run(
        Document.begun(Received(Article.model_validate(ARTICLE)), intake_ms=0)
    )
    found = json.loads(json.dumps(document.fields, default=str))
    assert {name: out[name] for name in found} == found


def test_source_and_id_may_be_missing(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(b"\n" + line(title="خبر"))
    [out] = analysed(str(file))
    assert (out["source"], out["title"]) == ("file", "خبر")
    assert out["article_id"].endswith("news.jsonl:2")


def test_columns_of_other_names_are_mapped() -> None:
    [out] = analysed("--map", "body=content", stdin=line(content="نص الخبر"))
    assert out["body"] == "نص الخبر"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"{\n", "no JSON"),
        (line(title=7), "title"),
        (line(title=""), "neither title nor body"),
        (line(title="خبر", published_at="yesterday"), "ISO 8601"),
    ],
)
def test_a_line_that_is_no_article_hurts_no_other(bad: bytes, why: str) -> None:
    done = run(stdin=bad + line(**ARTICLE))
    assert done.exit_code == 1
    assert why in done.stderr
    assert "standard input:1" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_what_enqueue_refuses_is_refused_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARRAQ_BODY_CHARACTERS", "1000")
    monkeypatch.setenv("WARRAQ_PAYLOAD_BYTES", "10000")
    done = run(
        stdin=line(source="sada", id="8", body="نص " * 334)  # text, 1,002 characters
        + line(source="sada", id="9", title="خبر", extra={"long": "x" * 20_000})
        + line(source="sada", id="10", title="خبر", updated_at="never")
        + line(**ARTICLE)
    )
    assert done.exit_code == 1
    too_long, too_large, no_date = done.stderr.splitlines()
    assert too_long.startswith("warraq analyze: standard input:1: body")
    assert "1,000" in too_long
    assert too_large.startswith("warraq analyze: standard input:2: the line has 20,")
    assert no_date.startswith("warraq analyze: standard input:3: updated_at")
    [out] = [json.loads(one) for one in done.stdout.splitlines()]
    assert out["article_id"] == "7"


def test_a_zone_of_the_settings_counts_for_dates_without_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WARRAQ_TIMEZONE", "Asia/Riyadh")
    [out] = analysed(stdin=line(**ARTICLE | {"published_at": "2018-01-08T10:00:00"}))
    assert out["published_at"] == "2018-01-08T10:00:00+03:00"


def test_steps_can_be_switched_off() -> None:
    [out] = analysed("--steps-off", "tatweel", stdin=line(**ARTICLE))
    assert out["title"] == "الجـــيش في طرابلس"
    assert run("--steps-off", "tatwel").exit_code == 2
    needed = run("--steps-off", "tokens")
    assert needed.exit_code == 2
    assert "entities" in needed.stderr


def test_for_people_the_article_is_shown_with_what_was_found() -> None:
    done = run("--explain", stdin=line(**ARTICLE))
    assert done.exit_code == 0
    assert "الجيش في" in done.stdout
    assert "language" in done.stdout


LONG = ARTICLE | {
    "body": "قال الوزير سالم الفيتوري: «سنبني عشرات المحطات الجديدة في المدن الساحلية كلها، ونوفر "
    "آلاف فرص العمل لشباب البلاد في قطاعات النقل والخدمات والصيانة خلال السنوات الخمس المقبلة». "
    "وعاد الهدوء إلى المدينة كلها يوم أمس بعد أيام من التوتر. وغادر الوفد العاصمة مساء.",
}
"""The minister: "We shall build dozens of stations …". Calm returned to the city yesterday …"""


@pytest.mark.parametrize("width", [40, 80, 140])
def test_on_a_terminal_long_findings_are_wrapped_and_nothing_is_cut(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"FORCE_COLOR": "1", "TERM": "xterm", "COLUMNS": str(width)}.items():
        monkeypatch.setenv(name, value)
    [out] = analysed(stdin=line(**LONG))
    shown = Text.from_ansi(run("--explain", stdin=line(**LONG)).stdout).plain
    lines = shown.splitlines()
    assert max(map(cell_len, lines)) <= width
    for one in lines:  # a direction that is not given back would reach over the next line
        assert one.count("\u2068") == one.count("\u2069")
    rows = shown[shown.index("\nperson ") :].translate({0x2068: None, 0x2069: None}).split()
    [quotation] = out["quotations"]
    for words in (quotation["text"].split(), quotation["speaker"].split(), out["summary"].split()):
        starts = [at for at, word in enumerate(rows) if word == words[0]]
        assert any(rows[at : at + len(words)] == words for at in starts)
    assert "…" not in shown
