"""The lexicon: what is common costs little, what belongs together attracts, what is not is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.lexicon import Lexicon, lexicon_key

LEXICON = Lexicon()


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("إلى", "الى"),  # to
        ("أُسامة", "اسامة"),  # Usama
        ("الجـــيش", "الجيش"),  # the army, stretched
        ("کتاب", "كتاب"),  # book, from a Persian keyboard
        ("مدرسة", "مدرسة"),  # school: teh marbuta ends words, so it is kept apart from heh
        ("مصطفى", "مصطفى"),  # Mustafa: alef maksura likewise
    ],
)
def test_a_key_keeps_what_tells_words_apart_and_drops_what_does_not(written: str, key: str) -> None:
    assert lexicon_key(written) == key


def test_common_words_cost_less_than_rare_ones() -> None:
    costs = [LEXICON.cost(lexicon_key(word)) for word in ("في", "طرابلس", "الميكانيكية")]
    assert None not in costs
    assert costs == sorted(costs)  # type: ignore[type-var]


def test_what_is_joined_for_sure_is_no_word() -> None:
    assert LEXICON.cost("مدينةطرابلس") is None  # "cityTripoli", although some corpus may have it
    assert "جنوبيطرابلس" not in LEXICON


def test_words_that_go_together_attract_each_other() -> None:
    assert LEXICON.association("الامم", "المتحدة") > 2  # the United Nations
    assert LEXICON.association("الامم", "طرابلس") < 0
    assert LEXICON.association("زقغفظ", "طرابلس") == 0


@given(st.text())
def test_any_text_may_be_asked_for(text: str) -> None:
    key = lexicon_key(text)
    cost = LEXICON.cost(key)
    assert (cost is not None) == (key in LEXICON)
    assert cost is None or cost >= 0
    assert LEXICON.spelling_cost(key) > 0
    assert LEXICON.association(key, "في") <= 10


def test_letters_in_the_order_of_words_cost_less_than_shuffled() -> None:
    assert LEXICON.spelling_cost("المستوطنون") < LEXICON.spelling_cost("نوملاوتسطن")


@given(st.text(alphabet="ابتجحدرسعفقكلمنهوية", min_size=2, max_size=12), st.data())
def test_the_cost_at_a_border_is_a_part_of_the_whole(word: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(word) - 1))
    assert 0 < LEXICON.border_cost(word, cut) <= LEXICON.spelling_cost(word) + 1e-9


def test_a_folder_without_a_lexicon_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"words\.marisa"):
        Lexicon(tmp_path)
