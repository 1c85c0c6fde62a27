"""How long an article is: words and sentences of its body, and the time to read it."""

from __future__ import annotations

import pytest

from tests.analysis.test_pipeline import run


@pytest.mark.parametrize(
    ("body", "word_count", "sentence_count", "reading_seconds"),
    [
        ("", 0, 0, 0),
        ("خبر", 1, 1, 0),
        ("وُلِدَ الكاتبُ عام 1936. كتب كثيراً!", 6, 2, 2),
        ("كلمة " * 181, 181, 1, 60),
        ("<p>كلمة</p>" * 905, 905, 905, 300),
    ],
)
def test_measures(body: str, word_count: int, sentence_count: int, reading_seconds: int) -> None:
    fields = run(body=body).fields
    assert fields["word_count"] == word_count
    assert fields["sentence_count"] == sentence_count
    assert fields["reading_seconds"] == reading_seconds
