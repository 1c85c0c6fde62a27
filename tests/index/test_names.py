"""What of an article's names Latin letters ask for."""

from __future__ import annotations

import pytest

from warraq.index.names import name_keys, word_of


@pytest.mark.parametrize(
    ("fields", "terms"),
    [
        ({}, []),
        ({"persons": ["خليفة حفتر"]}, ["HFTR حفتر", "XLFa خليفة"]),
        ({"places": ["طرابلس"], "persons": ["طرابلس"]}, ["TRBLS طرابلس"]),
        ({"persons": ["بن علي"]}, ["ALi علي", "BN بن", "BNLi بن علي"]),
        ({"persons": ["«حفتـر»"]}, ["HFTR حفتر"]),
        ({"organizations": ["داعش", "هيئة دعم المتقاعدين"]}, ["DC داعش"]),  # ISIS, a society
        ({"persons": ["X-Rays", "…"]}, []),
    ],
)
def test_words_of_names_stand_behind_their_keys(
    fields: dict[str, list[str]], terms: list[str]
) -> None:
    assert name_keys(fields) == terms


def test_a_word_comes_back_from_its_term() -> None:
    assert word_of("BNLi بن علي") == "بن علي"
