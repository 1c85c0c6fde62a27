"""Completions of what was begun, on a real index."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.settings import Settings
from tests.search.shelf import Shelf
from warraq.index.access import SEARCH, ensure_keys
from warraq.search import BadQuery, Completion, Searcher

ABU_DHABI = "وصل الوزير إلى أبوظبي أمس."
"""The minister arrived in Abu Dhabi yesterday."""
HAFTAR = "قال المشير خليفة حفتر إن القوات وصلت إلى بنغازي."
"""Field Marshal Khalifa Haftar said that the forces had arrived in Benghazi."""


def texts(shelf: Shelf, typed: str) -> list[str]:
    return [found.text for found in shelf.searcher.complete(typed)]


@pytest.mark.parametrize("typed", ["ابوظ", "أبوظ", "أبو ظ", "أَبُوظ", "  أبوظ", "ابو ظبى", "أبوظبي"])
def test_a_place_is_completed_in_every_spelling(shelf: Shelf, typed: str) -> None:
    for _ in range(2):
        shelf.put(ABU_DHABI)
    assert Completion("أبوظبي", "place", 2) in shelf.searcher.complete(typed)


@pytest.mark.parametrize("typed", ["خلي", "خليفة حف", "حفت", "حفتر"])
def test_any_word_of_a_name_may_be_begun(shelf: Shelf, typed: str) -> None:
    shelf.put(HAFTAR)
    assert Completion("خليفة حفتر", "person", 1) in shelf.searcher.complete(typed)


def test_a_name_is_shown_as_most_articles_write_it(shelf: Shelf) -> None:
    for spelling in ("باراك أوباما", "باراك أوباما", "باراك اوباما"):
        shelf.put(f"قال الرئيس {spelling} ذلك.")
    assert shelf.searcher.complete("باراك ا")[0] == Completion("باراك أوباما", "person", 3)


def test_titles_go_on_as_often_as_they_do(shelf: Shelf) -> None:
    shelf.put("نص.", title="انقطاع الكهرباء عن الأحياء الشمالية")  # a power cut
    shelf.put("نص.", title="انقطاع الكهرباء عن المدينة القديمة")
    shelf.put("نص.", title="سبب انقطاع المياه")
    found = shelf.searcher.complete("انقطاع ال")
    assert found[0] == Completion("انقطاع الكهرباء عن", "title", 2)
    assert "انقطاع المياه" in [one.text for one in found]
    assert "انقطاع الكهرباء" not in [one.text for one in found]  # what goes on alike is longer


def test_a_phrase_of_a_title_ends_at_a_sign(shelf: Shelf) -> None:
    shelf.put("نص.", title="انقطاع الكهرباء: السبب غير معروف")
    assert texts(shelf, "انقطا") == ["انقطاع الكهرباء"]


def test_what_begins_as_it_was_typed_goes_first(shelf: Shelf) -> None:
    for _ in range(2):
        shelf.put(HAFTAR)
    shelf.put("نص.", title="حفتري الهوى")
    found = texts(shelf, "حفت")
    assert found.index("حفتري الهوى") < found.index("خليفة حفتر")


def test_withdrawn_articles_do_not_show_through(shelf: Shelf) -> None:
    shelf.put(HAFTAR, title="انقطاع الكهرباء", deleted=True)
    assert texts(shelf, "حفت") == texts(shelf, "انقطا") == []


def test_there_are_as_many_as_were_asked_for_at_most(shelf: Shelf) -> None:
    for number in range(15):
        shelf.put("نص.", title=f"مباراة رقم{number}")
    assert len(shelf.searcher.complete("مبار")) == 10
    assert len(shelf.searcher.complete("مبار", size=3)) == 3
    for size in (-1, 11):
        with pytest.raises(BadQuery):
            shelf.searcher.complete("مبار", size=size)


@pytest.mark.parametrize(
    "typed", ["", "ا", " ", "؟", "(", "ا" * 101, "😀", "\ud800", "\u202e\u200f"]
)
def test_too_little_and_too_much_have_none(shelf: Shelf, typed: str) -> None:
    shelf.put("ابا ااا", title="ا" * 120)
    assert texts(shelf, typed) == []


@hypothesis_settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40))
def test_whatever_is_typed_is_answered(shelf: Shelf, typed: str) -> None:
    assert len(shelf.searcher.complete(typed)) <= 10


@pytest.mark.parametrize(
    "typed", [".*", "[ا-ي]+", "u.s", "don't", "a|b", "اب*", '"اب', "<1-9>", "~ab"]
)
def test_signs_are_no_regular_expression(shelf: Shelf, typed: str) -> None:
    shelf.put(HAFTAR)
    assert texts(shelf, typed) == []


@pytest.mark.parametrize("word", ["في", "ال", "ا", "a", "ابن"])
def test_a_word_over_and_over_is_answered(shelf: Shelf, word: str) -> None:
    shelf.put(HAFTAR)
    for times in (8, 9, 20, 33):
        assert texts(shelf, f"{word} " * times) == []


def test_the_key_for_searching_is_enough(shelf: Shelf, settings: Settings, tmp_path: Path) -> None:
    shelf.put(HAFTAR)
    ensure_keys(shelf.client, shelf.alias, tmp_path)
    key = (tmp_path / SEARCH.file).read_text().strip()
    with Searcher.connect(settings.elasticsearch_url, api_key=key, alias=shelf.alias) as searcher:
        assert [found.text for found in searcher.complete("خليفة")] == ["خليفة حفتر"]
        assert searcher.search("حفطر").suggestion == "حفتر"
