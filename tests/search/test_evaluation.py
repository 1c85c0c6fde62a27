"""Collections are read as they are, and scored as one reckons by hand."""

from __future__ import annotations

import sys
from math import log2
from pathlib import Path

import pytest

from warraq.errors import WarraqError
from warraq.search.evaluation.beir import Collection, Text, read, write
from warraq.search.evaluation.scores import differences, libraries, means, scores, trec_lines

SMALL = Collection(
    texts=(
        Text("a", "سوق العطارين", "عطور وبخور"),
        Text("b", "", "خبز\u2028وملح"),
        Text("c", "", ""),
    ),
    queries={"1": "أين العطور؟", "2": "الخبز"},
    grades={"1": {"a": 2, "c": 0}, "2": {"b": 1, "a": 1}},
)
"""The perfumers' market, perfumes and incense; bread and salt."""


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write(tmp_path / "new", SMALL)
    assert read(tmp_path / "new") == SMALL


def test_queries_without_an_answer_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, SMALL)
    with (tmp_path / "qrels" / "test.tsv").open("a", encoding="utf-8") as file:
        file.write("3\ta\t0\n")
    with (tmp_path / "queries.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"_id": "4", "text": "لا أحد"}\n\n')
    assert read(tmp_path) == SMALL


FAULTS = [
    ("corpus.jsonl", '{"_id": 7, "text": "x"}', "corpus.jsonl:1: _id should be text"),
    ("corpus.jsonl", "[]", "corpus.jsonl:1: is no JSON object"),
    ("corpus.jsonl", "{", "corpus.jsonl:1: is no JSON object"),
    ("corpus.jsonl", '{"_id": "a"}\n{"_id": "a"}', "two texts have the same _id"),
    ("queries.jsonl", '{"_id": "1"}', "queries.jsonl:1: text should be text"),
    ("queries.jsonl", '{"_id": "1", "text": "x"}', "no query has the _id '2'"),
    ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n1\ta", "test.tsv:2: should be query, text"),
    ("qrels/test.tsv", "1\ta\thigh", "test.tsv:1: should be query, text"),
    ("qrels/test.tsv", "query-id\tcorpus-id\tscore\n", "no query has an answer"),
    ("qrels/test.tsv", None, "test.tsv cannot be read"),
]


@pytest.mark.parametrize(("file", "content", "words"), FAULTS)
def test_a_fault_is_told_with_its_place(
    tmp_path: Path, file: str, content: str | None, words: str
) -> None:
    write(tmp_path, SMALL)
    if content is None:
        (tmp_path / file).unlink()
    else:
        (tmp_path / file).write_text(content, encoding="utf-8")
    with pytest.raises(WarraqError) as raised:
        read(tmp_path)
    assert words in str(raised.value)


def test_damage_to_a_text_depends_on_no_other_and_queries_stay() -> None:
    text = Text("x", "ولاية جندوبة في شمال تونس", "مدينة كبيرة في ولاية جندوبة " * 20)
    alone = Collection((text,), SMALL.queries, SMALL.grades).damaged("mixed", 3)
    beside = Collection((*SMALL.texts, text), SMALL.queries, SMALL.grades).damaged("mixed", 3)
    assert alone.texts[0] == beside.texts[-1] != text
    assert alone.queries == SMALL.queries
    assert alone != Collection((text,), SMALL.queries, SMALL.grades).damaged("mixed", 4)


GRADES = {"1": {"a": 1}, "2": {"a": 2, "b": 1}, "3": {"z": 1}}
FILLERS = [f"f{number}" for number in range(98)]


def test_scores_are_those_one_reckons_by_hand() -> None:
    found = scores(GRADES, {"1": ["x", "a"], "2": ["b", "a"]})  # nothing was found for 3
    second = 1 / log2(3)
    assert found["nDCG@10"] == pytest.approx(
        {"1": second, "2": (1 + 2 * second) / (2 + second), "3": 0}
    )
    assert found["MRR@10"] == pytest.approx({"1": 0.5, "2": 1, "3": 0})
    assert found["R@10"] == pytest.approx({"1": 1, "2": 1, "3": 0})
    assert means(found)["R@100"] == pytest.approx(2 / 3)


def test_places_count_not_names_and_each_measure_has_its_depth() -> None:
    """By trec_eval's rule for ties z would come first, whatever its place."""
    found = scores({"1": {"z": 1}}, {"1": [*FILLERS[:10], "z"]})
    assert (found["nDCG@10"]["1"], found["MRR@10"]["1"], found["R@10"]["1"]) == (0, 0, 0)
    assert found["R@100"]["1"] == 1
    assert scores({"1": {"z": 1}}, {"1": [*FILLERS, "y", "x", "z"]})["R@100"]["1"] == 0


def test_a_difference_comes_with_p_of_a_paired_t_test() -> None:
    """Differences 1, 1, 0: mean 2/3, t = 2, and with two degrees of freedom p = 0.1835."""
    grades = {query: {"a": 1} for query in "123"}
    ours = scores(grades, {query: ["a"] for query in grades})
    theirs = scores(grades, {"3": ["a"]})
    ahead = differences(ours, theirs)["R@10"]
    assert ahead.difference == pytest.approx(2 / 3)
    assert ahead.p == pytest.approx(0.1835, abs=1e-4)
    assert differences(theirs, ours)["R@10"].difference == pytest.approx(-2 / 3)
    assert differences(ours, ours)["nDCG@10"].p is None


def test_a_run_of_trec_keeps_the_order() -> None:
    assert list(trec_lines({"1": ["b", "a"]}, "warraq")) == [
        "1 Q0 b 1 2 warraq\n",
        "1 Q0 a 2 1 warraq\n",
    ]
    with pytest.raises(WarraqError, match="ids with spaces"):
        list(trec_lines({"1": ["two words"]}, "warraq"))


def test_without_the_extra_one_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(WarraqError, match=r"extra `evaluate` \(ir_measures is not here\)"):
        libraries()
