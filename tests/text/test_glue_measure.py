"""The measure of the glue repairs counts what it says."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from training.measure_glue import Measured, main, measure, texts

# "He said in 2019. The minister (62) is leaving, and 5 people are": only و on its figure is glued.
TEXT = "قال في عام 2019. الوزير (62 عاماً) سيغادر، و5 أشخاص معه."


def test_every_space_beside_a_figure_or_mark_comes_back() -> None:
    measured = Measured()
    measure(TEXT, 1.0, random.Random(1), measured)
    assert measured.removed == {"letter 0": 1, ". letter": 1, "letter (": 1, "0 letter": 2,
                                ") letter": 1, "، letter": 1}  # fmt: skip
    assert measured.restored == measured.removed
    assert measured.misplaced == 0


def test_what_was_glued_before_is_told_apart() -> None:
    measured = Measured()
    measure(TEXT, 0.0, random.Random(1), measured)
    assert not measured.removed
    assert len(measured.natural) == 1
    assert "و⟪⟫5 أشخاص" in measured.natural[0]


def test_it_reads_articles_and_reports(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text(json.dumps({"title": "عنوان", "body": TEXT, "id": 1}), encoding="utf-8")
    assert list(texts(articles)) == [f"عنوان\n{TEXT}"]
    arguments = ["measure_glue", str(articles), "--share", "1", "--show", "5"]
    monkeypatch.setattr("sys.argv", arguments)
    main()
    told = capsys.readouterr().out
    assert "7 spaces removed, 7 restored (1.000), 0 misplaced; 1 in the text as it came" in told
    assert "glued-number" in told
