from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.search import BadQuery, Query, parse
from warraq.search.query import LONGEST_QUERY, QueryRepair, as_articles
from warraq.text.edits import EditedText
from warraq.text.joins import JoinedWords
from warraq.text.letters import PART_MARK


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("طرابلس السراج", Query(words=("طرابلس", "السراج"))),
        ('"الجيش الليبي" طرابلس', Query(words=("طرابلس",), phrases=("الجيش الليبي",))),
        ("«الجيش الليبي»", Query(phrases=("الجيش الليبي",))),
        ("»الجيش الليبي«", Query(phrases=("الجيش الليبي",))),
        ("“الجيش  الليبي”", Query(phrases=("الجيش الليبي",))),
        ('قال"الجيش الليبي"اليوم', Query(words=("قال", "اليوم"), phrases=("الجيش الليبي",))),
        ("طرابلس -تونس", Query(words=("طرابلس",), without=("تونس",))),
        ("طرابلس \u2212تونس", Query(words=("طرابلس",), without=("تونس",))),
        ("\u200f-تونس طرابلس", Query(words=("طرابلس",), without=("تونس",))),
        ('طرابلس -"سوق الأسهم"', Query(words=("طرابلس",), without=("سوق الأسهم",))),
        ("طرابلس طرابلس", Query(words=("طرابلس",))),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("كوفيد-19", Query(words=("كوفيد-19",))),
        ("طرابلس - بنغازي", Query(words=("طرابلس", "بنغازي"))),
        ('الجيش "الليبي', Query(words=("الجيش", "الليبي"))),
        ("title:طرابلس", Query(words=("title:طرابلس",))),
        ("(x OR *) AND y~2", Query(words=("(x", "OR", "AND", "y~2"))),
        ('{"query": {"match_all": {}}}', Query(phrases=("query", "match_all"))),
        ("طرا\x00بلس\x1b[2J", Query(words=("طرا", "بلس", "[2J"))),
        ("طرابلس\udc80", Query(words=("طرابلس",))),
    ],
)
def test_everything_else_is_text(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", " \t\n", "؟!…", '""', "«»", "-", '-""', "ـ", "\u064b", "😀", "-تونس"]
)
def test_what_no_article_could_have_asks_for_nothing(typed: str) -> None:
    assert parse(typed).asks_for_nothing


def test_too_long_a_query_is_refused_in_words() -> None:
    assert parse("ا" * LONGEST_QUERY).words
    with pytest.raises(BadQuery, match="10,000 characters; 1,000 are the most"):
        parse("ا" * 10_000)


@given(
    st.text(alphabet=st.characters(), max_size=LONGEST_QUERY),
    st.sampled_from([EditedText, as_articles(JoinedWords())]),
)
def test_no_text_is_an_error(typed: str, repair: QueryRepair) -> None:
    query = parse(typed, repair)
    for term in (*query.words, *query.phrases, *query.without):
        term.encode("utf-8")
        assert term.strip() == term != ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("جنوبيطرابلس", Query(words=(f"جنوبي{PART_MARK}طرابلس",))),  # south of Tripoli
        ("عام2019", Query(words=("عام", "2019"))),  # the year 2019
        ("-عام2019 طرابلس", Query(words=("طرابلس",), without=("عام 2019",))),
        ('"في عام2019"', Query(phrases=("في عام 2019",))),
        ("جداااااا", Query(words=("جدا",))),  # very
        ('-"سوق الأسهم" طرابلس', Query(words=("طرابلس",), without=("سوق الأسهم",))),
        ("عبدالله", Query(words=("عبدالله",))),
    ],
)
def test_what_was_typed_is_repaired_as_articles_are(typed: str, meant: Query) -> None:
    assert parse(typed, as_articles(JoinedWords())) == meant
