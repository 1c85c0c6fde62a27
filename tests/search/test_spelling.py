"""Did you mean, on a real index of small articles."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.search.shelf import Shelf
from warraq.search import BadQuery
from warraq.search.readings import typed_words

NEWS = (
    "قال الرئيس المصري في القاهرة إن البرلمان صوّت على الاتفاق النووي مع إيران.",
    "وصل الملك سلمان إلى الرياض، وزار وزير الصحة مستشفى الملك فيصل في مدينة جدة.",
    "خليفة حفتر في طرابلس وبنغازي. اجتماع مجلس الأمن والأمم المتحدة بشأن حلف nato.",
    "ارتفاع أسعار النفط والذهب في الأسواق العالمية، ومظاهرات في محافظة الطائف.",
)
"""Four pieces of news: Egypt and Iran; Saudi Arabia; Libya and the United Nations; prices."""


@pytest.fixture
def news(shelf: Shelf) -> Shelf:
    for text in NEWS:
        shelf.put(text)
    return shelf


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("طرابلص", "طرابلس"),  # Tripoli: a letter that sounds alike
        ("البرلامن", "البرلمان"),  # the parliament: swapped
        ("اليرلمان", "البرلمان"),  # a key beside
        ("مستشففى", "مستشفى"),  # a hospital: twice
        ("مستسفى", "مستشفى"),
        ("الريييس المصري", "الرئيس المصري"),  # the Egyptian president
        ("مضاهرات الطائف", "مظاهرات الطائف"),  # demonstrations
        ("اسعار النفظ", "اسعار النفط"),  # oil prices
        ("أسعارِ النـفـظ", "أسعارِ النفط"),
        ("الأمم المتحذة", "الأمم المتحدة"),
        ("الأمم المت حدة", "الأمم المتحدة"),
        ("الأممالمتحدة", "الأمم المتحدة"),
        ("'vhfgs", "طرابلس"),
        ("hgvdhq", "الرياض"),
        ("HGVDHQ", "الرياض"),
        ("hglg; sglhk", "الملك سلمان"),
        # The Egyptian president in Cairo, the parliament, nuclear
        ("hgvzds hglwvd td hgrhivm hgfvglhk hgk,,d", "الرئيس المصري في القاهرة البرلمان النووي"),
        ("ىشفخ", "nato"),
        ("الاتفاق النوي", "الاتفاق النووي"),  # the nuclear agreement, not the one of kernels
    ],
)
def test_what_was_meant_is_suggested(news: Shelf, typed: str, meant: str) -> None:
    assert news.search(typed).suggestion == meant


@pytest.mark.parametrize(
    "typed",
    [
        "حفتر",  # in the index
        "السنوسي",  # in the lexicon alone
        "الدبيبة",
        "المدينه",  # folds to what is there
        "ابوظبى",
        "Haftar",
        "Tripoli",
        "NATO",
        "al-Sarraj",
        "covid",
        "2018",
        "القاهرة والرياض",
        "مجلس النواب",
        "",
        "؟",
        "ا",
        "ط" * 1_000,
        "طرابلص " * 13,  # too long to have been typed
    ],
)
def test_nothing_is_suggested_for_what_is_right(news: Shelf, typed: str) -> None:
    assert news.search(typed).suggestion is None


def test_a_rare_name_is_no_common_word(shelf: Shelf) -> None:
    for _ in range(5):
        shelf.put("أعمال حفر في دفتر قديم.")  # digging, in an old notebook
    assert shelf.search("حفتر").suggestion is None


def test_only_what_an_article_has_is_suggested(shelf: Shelf) -> None:
    shelf.put("خبر قصير.")
    assert shelf.search("طرابلص").suggestion is None
    shelf.put("طرابلس", deleted=True)
    assert shelf.search("طرابلص").suggestion is None
    shelf.put("طرابلس")
    assert shelf.search("طرابلص").suggestion == "طرابلس"


def test_a_name_that_only_the_index_knows_is_suggested(shelf: Shelf) -> None:
    shelf.put("افتتح زبرقيان المعرض.")
    assert shelf.search("زبرقياان").suggestion == "زبرقيان"


def test_a_word_that_articles_have_is_no_mistake(shelf: Shelf) -> None:
    for _ in range(3):
        shelf.put("كتب طرابلص.")
    for _ in range(9):
        shelf.put("كتب طرابلس.")
    assert shelf.search("طرابلص").suggestion is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ('"طرابلص"', '"طرابلس"'),
        ('"حفتر في طرابلص" بنغازي', '"حفتر في طرابلس" بنغازي'),
        ("طرابلص -تونص", "طرابلس -تونص"),
        ("طرابلص source:تونص", "طرابلس source:تونص"),
        ("طرابلص =تونص", "طرابلس =تونص"),
        ("طرابلص تونص*", "طرابلس تونص*"),
        ("  طرابلص،  حفتر ", "  طرابلس،  حفتر "),
        ("طرابلص OR nato", "طرابلس OR nato"),
        ("طرابلص -«سوق تونص»", "طرابلس -«سوق تونص»"),
        ("طرابلص \u200f-تونص", "طرابلس \u200f-تونص"),  # a mark that Arabic keyboards leave
        ("طرا\u200cبلص، حفتر", "طرابلس، حفتر"),
    ],
)
def test_only_the_words_are_written_anew(news: Shelf, typed: str, meant: str) -> None:
    assert news.search(typed).suggestion == meant


def test_pages_behind_the_first_and_counts_have_none(news: Shelf) -> None:
    assert news.search("طرابلص", from_=10).suggestion is None
    assert news.search("طرابلص", size=0).suggestion is None


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("طرابلس، 2018 'vhfgs", ["طرابلس", "'vhfgs"]),
        ("-طرابلس =تونس place:مصر ليبي* حفتر", ["حفتر"]),
        ('place:"مصر العليا" حفتر', ["حفتر"]),
        ("طـرابلسَ", ["طرابلس"]),
        ("nato2018 x", ["nato2018", "x"]),
    ],
)
def test_words_that_may_be_replaced(typed: str, words: list[str]) -> None:
    assert [word.key for word in typed_words(typed)] == words


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text("طرابلصحفتنىة ـَ-\"*:=x',;1", max_size=40))
def test_whatever_is_typed_is_answered(shelf: Shelf, typed: str) -> None:
    with suppress(BadQuery):  # a prefix of one letter
        assert shelf.search(typed).suggestion != typed
