"""Which language an article is in: as the sender says, else as its text shows, else unknown."""

from __future__ import annotations

import pytest

from tests.analysis.test_pipeline import run


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ar", "أعلنت وزارة الصحة اليوم افتتاح مستشفى جديد في المدينة"),
        ("en", "The ministry of health opened a new hospital in the city today"),
        ("fr", "Le ministère de la Santé a ouvert un nouvel hôpital dans la ville"),
        ("fa", "وزارت بهداشت امروز از گشایش بیمارستان تازه‌ای در شهر خبر داد"),
        ("ur", "وزارت صحت نے آج شہر میں ایک نیا ہسپتال کھولنے کا اعلان کیا"),
    ],
)
def test_the_text_shows_its_language(language: str, title: str) -> None:
    assert run(title=title).language == language
    assert run(body=title).language == language
    assert run(body=f"<p>{title}</p>").language == language


@pytest.mark.parametrize(
    ("said", "language"), [("ar", "ar"), ("AR", "ar"), ("ar-LY", "ar"), ("ckb-Arab", "ckb")]
)
def test_what_the_sender_says_counts(said: str, language: str) -> None:
    assert run(title="An English title", language=said).language == language


@pytest.mark.parametrize("title", ["2018", "7 - 1", "١٢٣"])
def test_without_a_letter_it_is_unknown(title: str) -> None:
    assert run(title=title).language == "und"


def test_lines_and_hidden_characters_do_not_confuse_it() -> None:
    assert run(body="أعلنت\nوزارة\r\nالصحة\x00\u2028اليوم\u200f افتتاح\tمستشفى").language == "ar"
