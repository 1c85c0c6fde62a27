"""`warraq evaluate` on a collection of our own: the demonstration's articles and questions to them.

The articles are those of demo/articles.jsonl, a third of them damaged as scrapers do;
tests/search/demo_queries.tsv asks for each story once, in other words than its title.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ir_measures
import pytest
from elasticsearch import Elasticsearch

from tests.docs.pages import ROOT
from warraq.cli import main
from warraq.search.evaluation.beir import Collection, Text, write
from warraq.search.evaluation.scores import MEASURES

# On clean articles, then `mixed`: at least so much. They only ever rise.
FLOORS: dict[str | None, dict[str, float]] = {
    None: {"nDCG@10": 0.98, "R@100": 0.99},
    "mixed": {"nDCG@10": 0.96, "R@100": 0.97},
}

Evaluate = Callable[..., str]


@pytest.fixture
def evaluate(
    client: Elasticsearch, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Evaluate:
    """Runs the command in this process: what it tells, then what it prints."""

    def run(*arguments: str, code: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["warraq", "evaluate", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        ended_with = ended.value.code or 0
        if isinstance(ended_with, str):  # Python writes it to stderr and exits with 1
            printed, ended_with = printed._replace(err=ended_with), 1
        assert ended_with == code, printed.err
        # Whatever happens, nothing is left behind.
        assert not client.indices.get(index="warraq-evaluate-*", allow_no_indices=True).body
        return printed.err + printed.out

    return run


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    articles = map(json.loads, (ROOT / "demo/articles.jsonl").read_bytes().splitlines())
    with (ROOT / "tests/search/demo_queries.tsv").open(encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file, delimiter="\t"))
    write(
        folder,
        Collection(
            texts=tuple(Text(one["id"], one["title"], one["body"]) for one in articles),
            queries={f"q{number}": one["query"] for number, one in enumerate(asked)},
            grades={
                f"q{number}": dict.fromkeys(one["articles"].split(), 1)
                for number, one in enumerate(asked)
            },
        ),
    )
    return folder


@pytest.mark.parametrize("damage", FLOORS)
def test_warraq_finds_at_least_so_much(evaluate: Evaluate, demo: Path, damage: str | None) -> None:
    arguments = ["--damage", damage] if damage else []
    report = json.loads(evaluate(str(demo), "--json", *arguments))
    assert list(report) == ["standard", "arabic", "warraq", "differences"]
    for name, floor in FLOORS[damage].items():
        assert report["warraq"][name] >= floor, name
    ahead = report["differences"]["warraq - arabic"]["nDCG@10"]
    assert ahead["difference"] == pytest.approx(
        report["warraq"]["nDCG@10"] - report["arabic"]["nDCG@10"]
    )
    assert 0 <= ahead["p"] <= 1
    assert report["warraq"]["ms"] <= report["warraq"]["ms_p95"]


def test_the_run_scores_as_the_table_says(evaluate: Evaluate, demo: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    report: dict[str, Any] = json.loads(evaluate(str(demo), "--json", "--run", str(run)))
    qrels = [
        ir_measures.Qrel(row["query-id"], row["corpus-id"], int(row["score"]))
        for row in csv.DictReader(
            (demo / "qrels/test.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
        )
    ]
    measure = ir_measures.nDCG @ 10
    scored = ir_measures.calc_aggregate([measure], qrels, ir_measures.read_trec_run(str(run)))
    assert scored[measure] == pytest.approx(report["warraq"]["nDCG@10"])


def test_people_get_a_table_and_are_told_what_was_refused(
    evaluate: Evaluate, tmp_path: Path
) -> None:
    """A text without a letter is none that Warraq would index, nor such a long query one."""
    texts = (
        Text("1", "", "سوق العطارين في فاس"),
        Text("2", "", "ميناء طرابلس"),
        Text("3", "", "…"),
    )
    queries = {"a": "العطارين", "b": "طرابلس " * 200, "c": "ميناء"}
    grades = {"a": {"1": 1}, "b": {"2": 1}, "c": {"2": 1}}
    write(tmp_path, Collection(texts, queries, grades))
    *refused, headline, _, header = (lines := evaluate(str(tmp_path)).splitlines())[:5]
    assert [line.split(":")[0] for line in refused] == [
        "warraq refused 1 of the texts, first 3",
        "warraq refused 1 of the queries, first b",
    ]
    assert headline == "3 queries, 3 texts"
    assert header.split() == [*MEASURES, "ms", "p95"]
    assert [line.split()[:5] for line in lines[5:8]] == [
        ["standard", "100.0", "100.0", "100.0", "100.0"],
        ["arabic", "100.0", "100.0", "100.0", "100.0"],
        ["warraq", "66.7", "66.7", "66.7", "66.7"],
    ]
    assert lines[12].split()[:3] == ["over", "arabic", "-33.3"]


WRONG = [
    (["--damage", "fire"], 2, "no damage is called fire"),
    ([], 1, "qrels/test.tsv cannot be read"),
]


@pytest.mark.parametrize(("arguments", "code", "words"), WRONG)
def test_what_is_wrong_is_said_in_a_line(
    evaluate: Evaluate, demo: Path, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    for name in ("corpus.jsonl", "queries.jsonl"):
        (tmp_path / name).write_bytes((demo / name).read_bytes())
    assert words in evaluate(str(tmp_path), *arguments, code=code)
