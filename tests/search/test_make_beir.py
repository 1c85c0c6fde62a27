"""The collections that weights are fitted on hold what they are said to hold."""

from __future__ import annotations

import json
from pathlib import Path

from training.make_beir import of_news, of_xquad
from warraq.search.evaluation.beir import Text

LONG = "عاد المزارعون إلى زراعة البن في المدرجات بعد أن هجروها عشرين سنة. " * 4
"""The farmers went back to growing coffee on the terraces that they had left for twenty years."""


def test_each_question_asks_for_its_paragraph_and_others_stand_beside(tmp_path: Path) -> None:
    questions = [{"id": "q1", "question": "من عاد؟"}, {"id": "q2", "question": "ماذا زرعوا؟"}]
    paragraphs = [
        {"context": "عاد المزارعون.", "qas": questions[:1]},
        {"context": "زرعوا البن.", "qas": questions[1:]},
    ]
    xquad, beside = tmp_path / "xquad.json", tmp_path / "beside.jsonl"
    xquad.write_text(json.dumps({"data": [{"paragraphs": paragraphs}]}), encoding="utf-8")
    beside.write_text(json.dumps({"text": f"عنوان\n{LONG}"}), encoding="utf-8")
    collection = of_xquad(xquad, beside)
    assert collection.texts == (
        Text("x0", "", "عاد المزارعون."),
        Text("x1", "", "زرعوا البن."),
        Text("w0", "", LONG),
    )
    assert collection.queries == {"q1": "من عاد؟", "q2": "ماذا زرعوا؟"}
    assert collection.grades == {"q1": {"x0": 1}, "q2": {"x1": 1}}


NEWS = [  # source, title, body, whether it is taken
    ("sabq", "عودة البن إلى حراز", "زرع المزارعون البن.", True),
    ("alriyadh", "البنّ يعود إلى حراز", "زَرع المُزارعون البن", False),  # the same body, vowelled
    ("alyaum", "عودة البن إلى حراز", "نص آخر تماماً.", False),  # the same title
    ("arreyadi", "خبر", "عنوانه كلمة واحدة.", False),  # a title of one word
    ("another", "ميناء طرابلس يعمل", "عاد الميناء إلى العمل.", False),  # kept for the tests
    ("arreyadi", "الهلال يفوز بالكأس", "فاز الهلال أمس.", True),
    ("sabq", "بلا نص يذكر", "  ", False),
]


def test_each_title_asks_for_its_article_and_copies_are_left_out(tmp_path: Path) -> None:
    news = tmp_path / "news.jsonl"
    lines = (
        json.dumps({"source": source, "title": title, "content": body})
        for source, title, body, _ in NEWS
    )
    news.write_text("\n".join(lines), encoding="utf-8")
    collection = of_news(news)
    taken = [(title, body) for _, title, body, is_taken in NEWS if is_taken]
    assert [text.text for text in collection.texts] == [body for _, body in taken]
    assert list(collection.queries.values()) == [title for title, _ in taken]
    assert collection.grades == {"q0": {"n0": 1}, "q1": {"n1": 1}}
