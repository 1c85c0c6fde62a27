"""Why glue is repaired: the index's tokenizer keeps it as one token, and the parts are lost."""

from __future__ import annotations

import pytest
from elasticsearch import Elasticsearch

from warraq.text.edits import EditedText
from warraq.text.glue import glued_numbers, glued_punctuation
from warraq.text.normalize import fold

# Glued, and the words that people search for in it.
LOST = {
    "a year": ("عام2019", ["عام", "2019"]),
    "by so many": ("ب556", ["ب", "556"]),
    "by so many, with tatweel": ("بـ556", ["ب", "556"]),
    "and so many": ("و15", ["و", "15"]),
    "millimetres": ("8ملم", ["8", "ملم"]),
    "anno Domini": ("2015م", ["2015", "م"]),
    "sentences": ("العاصمة.وقال", ["العاصمة", "وقال"]),
    "a title": ("د.محمد", ["د", "محمد"]),
    "a speaker": ("الحمود:فايز", ["الحمود", "فايز"]),
    "an address": ("للجوازاتwww.a.example", ["للجوازات", "www.a.example"]),
}


@pytest.mark.parametrize(("glued", "parts"), LOST.values(), ids=LOST)
def test_glue_is_one_token_until_it_is_repaired(
    admin: Elasticsearch, glued: str, parts: list[str]
) -> None:
    def tokens(text: str) -> list[str]:
        answer = admin.indices.analyze(tokenizer="standard", text=fold(text))
        return [token["token"] for token in answer["tokens"]]

    edited = EditedText(glued).edited(glued_numbers(glued))
    edited = edited.edited(glued_punctuation(edited.text))
    assert tokens(glued) == [fold(glued)]
    assert tokens(edited.text) == [fold(part) for part in parts]
