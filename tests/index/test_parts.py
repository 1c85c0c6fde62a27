"""Words with parts, on a real Elasticsearch: what is indexed, and what searches make of them.

In the tables | is the mark that nobody sees.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from warraq.index.schema import index_body
from warraq.text.compounds import FOLDED_PATTERN
from warraq.text.letters import PART_MARK
from warraq.text.normalize import fold

EQUIVALENTS = [
    "أميركا, الولايات المتحدة",
    "عبدالله, عبد الله",  # equal already, by the table of compounds
    "بنك أبوظبي الوطني, نيبل",
    "السيد نصرالله => أمين حزب الله",
]
_Token = tuple[str, int, int, int]  # word, start, end, position


@pytest.fixture(scope="module")
def index(admin: Elasticsearch) -> Iterator[str]:
    name = "try-parts"
    admin.indices.delete(index=name, ignore_unavailable=True)
    admin.indices.create(index=name, **index_body(EQUIVALENTS, 1, 0, 1))
    yield name
    admin.indices.delete(index=name)


@pytest.fixture(scope="module")
def tokens(admin: Elasticsearch, index: str) -> Callable[..., list[_Token]]:
    def analyze(text: str, analyzer: str = "warraq_folded") -> list[_Token]:
        answer = admin.indices.analyze(index=index, analyzer=analyzer, text=marked(text))
        return [
            (one["token"], one["start_offset"], one["end_offset"], one["position"])
            for one in answer["tokens"]
        ]

    return analyze


def marked(text: str) -> str:
    return text.replace("|", PART_MARK)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "في جنوبي|طرابلس أمس",
            [
                ("في", 0, 2, 0),
                ("جنوبيطرابلس", 3, 15, 1),
                ("جنوبي", 3, 8, 1),
                ("طرابلس", 9, 15, 2),
                ("امس", 16, 19, 3),
            ],
        ),
        (
            "قطر|وتركيا|معا.",
            [
                ("قطروتركيامعا", 0, 14, 0),
                ("قطر", 0, 3, 0),
                ("وتركيا", 4, 10, 1),
                ("معا", 11, 14, 2),
            ],
        ),
        ("4.5|مليون", [("4.5مليون", 0, 9, 0), ("4.5", 0, 3, 0), ("مليون", 4, 9, 1)]),
        # A mark with nothing on one side parts nothing.
        ("| طرابلس| |", [("طرابلس", 2, 8, 0)]),
    ],
)
def test_a_word_with_marks_is_indexed_whole_and_in_parts(
    tokens: Callable[..., list[_Token]], text: str, expected: list[_Token]
) -> None:
    assert tokens(text) == expected


def test_parts_are_stemmed_as_words_are(tokens: Callable[..., list[_Token]]) -> None:
    apart = [word for word, *_ in tokens("الجنوبي والليبيون", "warraq_stem")]
    assert [word for word, *_ in tokens("الجنوبي|والليبيون", "warraq_stem")][1:] == apart


def test_without_marks_every_word_stays_as_the_tokenizer_gives_it(
    tokens: Callable[..., list[_Token]], admin: Elasticsearch
) -> None:
    text = "4.5 و٣٬٠٠٠ U.N. don't l’Orient a_b c:d 😀 👍🏽 #️⃣ ٪ كوفيد-19 عبدالله iPhone6S 中文"
    plain = admin.indices.analyze(tokenizer="standard", text=fold(text))
    assert [word for word, *_ in tokens(text)] == [one["token"] for one in plain["tokens"]]


_WORDS = st.sampled_from(["طرابلس", "جنوبي", "قطر", "و", "4.5", "U.N", "don't", "a_b", "أُسامة"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_WORDS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_positions_are_those_of_the_same_text_with_spaces(
    tokens: Callable[..., list[_Token]], text: list[list[str]]
) -> None:
    """So phrases match over any joins, and a field is no longer for them."""
    joined = tokens(" ".join("|".join(word) for word in text))
    apart = tokens(" ".join(" ".join(word) for word in text))
    whole = {(fold("".join(word)), len(word)) for word in text if len(word) > 1}
    places = {(word, position) for word, *_, position in joined}
    assert {(word, position) for word, *_, position in apart} <= places
    assert {word for word, _ in places} == {word for word, *_ in apart} | {w for w, _ in whole}
    assert max(place for _, place in places) == apart[-1][3]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["طرابلس", "جنوبي", "قطر", "وتركيا"]), min_size=2, max_size=4))
def test_offsets_are_exactly_those_of_the_parts(
    tokens: Callable[..., list[_Token]], parts: list[str]
) -> None:
    text = "|".join(parts)
    assert [text[start:end] for _, start, end, _ in tokens(text)] == [text, *parts]


@pytest.fixture(scope="module")
def searched(admin: Elasticsearch, index: str) -> Callable[[str], str]:
    """A whole query as the search analyzers see it before it is cut into words."""

    def analyze(text: str) -> str:
        answer = admin.indices.analyze(
            index=index,
            char_filter=["warraq_folding", "warraq_compounds"],
            tokenizer="keyword",
            text=text,
        )
        return "".join(one["token"] for one in answer["tokens"]).replace("\u2064", "|")

    return analyze


_PIECES = "عبد الله أبو بكر إن شاء لا سيما شك بن علي الدين نور ال و ل . م 7 x ُ"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*_PIECES.split(), " ", " ", PART_MARK])).map("".join))
def test_compounds_are_the_same_in_java_and_in_python(
    searched: Callable[[str], str], text: str
) -> None:
    folded = fold(text.replace(PART_MARK, "\x01")).replace("\x01", PART_MARK)
    assert searched(text) == re.sub(FOLDED_PATTERN, r"\g<1>|\g<2>", folded)


_ARTICLES = {
    "lost": "وقعت اشتباكات في جنوبي|طرابلس أمس",
    "kept": "وقعت اشتباكات في جنوبي طرابلس أمس",
    "missed": "وقعت اشتباكات في جنوبيطرابلس أمس",
    "three": "أعلنت قطر|وتركيا|معا ذلك",
    "joined": "زار عبدالله السراج المدينة",
    "apart": "زار عبد الله السراج المدينة",
    "other": "زار عبد الرحمن المدينة بحمد الله",
    "bank": "ربح بنك أبوظبي الوطني كثيرا",
    "bank apart": "ربح بنك أبو ظبي الوطني كثيرا",
    "short": "ربح نيبل كثيرا",
    "party": "خطب أمين حزبالله",
}


@pytest.fixture(scope="module")
def found(admin: Elasticsearch, index: str) -> Callable[[dict[str, Any]], set[str]]:
    for name, body in _ARTICLES.items():
        admin.index(index=index, id=name, document={"body": marked(body), "author": "عبدالله بدر"})
    admin.indices.refresh(index=index)

    def search(query: dict[str, Any]) -> set[str]:
        return {
            hit["_id"] for hit in admin.search(index=index, query=query, size=50)["hits"]["hits"]
        }

    return search


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("طرابلس", {"lost", "kept"}),
        ("جنوبيطرابلس", {"lost", "missed"}),
        ('"جنوبي طرابلس"', {"lost", "kept"}),
        ('"طرابلس أمس"', {"lost", "kept"}),
        ('"في جنوبي"', {"lost", "kept"}),
        ('"في جنوبي طرابلس أمس"', {"lost", "kept"}),
        ('"في جنوبيطرابلس"', {"lost", "missed"}),
        # An index keeps no lengths of words in places, so the whole word ends where its first part
        # does. The mark in a query, pasted or put there by Warraq's own search, asks for parts.
        ('"جنوبيطرابلس أمس"', {"missed"}),
        ('"في جنوبي|طرابلس أمس"', {"lost", "kept"}),
        ("قطر", {"three"}),
        ("وتركيا", {"three"}),
        ('"قطر وتركيا"', {"three"}),
        ('"وتركيا معا ذلك"', {"three"}),
        ('"أعلنت قطر وتركيا معا ذلك"', {"three"}),
        ('"أعلنت قطر|وتركيا|معا ذلك"', {"three"}),
        ("body:عبدالله", set()),  # no syntax of this kind of query
        ('"عبدالله السراج"', {"joined", "apart"}),
        ('"عبد الله السراج"', {"joined", "apart"}),
        ('"زار عبدالله السراج المدينة"', {"joined", "apart"}),
        ('"زار عبد الله السراج المدينة"', {"joined", "apart"}),
        # Equivalents with compounds in them
        ("نيبل", {"bank", "bank apart", "short"}),
        ('"بنك أبوظبي الوطني"', {"bank", "bank apart", "short"}),
        ('"ربح بنك أبو ظبي الوطني كثيرا"', {"bank", "bank apart", "short"}),
        ('"السيد نصر الله"', {"party"}),
        ('"السيد نصرالله"', {"party"}),
    ],
)
def test_what_kibana_finds(
    found: Callable[[dict[str, Any]], set[str]], typed: str, expected: set[str]
) -> None:
    query = {"query": marked(typed), "fields": ["body"], "default_operator": "and"}
    assert found({"simple_query_string": query}) == expected


@pytest.mark.parametrize("typed", ["عبدالله", "عبد الله"])
def test_a_match_of_either_spelling_finds_both(
    found: Callable[[dict[str, Any]], set[str]], typed: str
) -> None:
    assert found({"match": {"body": {"query": typed, "operator": "and"}}}) == {"joined", "apart"}
    assert found({"match": {"author": {"query": typed, "operator": "and"}}}) == set(_ARTICLES)


def test_the_whole_word_is_there_for_queries_that_are_not_analysed(
    found: Callable[[dict[str, Any]], set[str]],
) -> None:
    assert found({"prefix": {"body": "جنوبيطر"}}) == {"lost", "missed"}
    assert found({"fuzzy": {"body": "جنوبيطرابلص"}}) == {"lost", "missed"}
    assert found({"wildcard": {"body": "عبدال*"}}) == {"joined"}


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(
        st.lists(st.sampled_from(_PIECES.split()), min_size=1, max_size=3).map("".join), min_size=1
    )
)
def test_whatever_is_written_is_found_by_itself(
    admin: Elasticsearch, index: str, words: list[str]
) -> None:
    """However many compounds a search thinks to see in it."""
    text = " ".join(words)
    assume(any(map(str.isalpha, text)))
    admin.index(index=index, id="itself", document={"body": f"قال {text} ثم"}, refresh=True)
    for query in ({"match_phrase": {"body": text}}, {"match_phrase": {"body": f"قال {text} ثم"}}):
        filtered = {"bool": {"must": query, "filter": {"ids": {"values": ["itself"]}}}}
        assert admin.count(index=index, query=filtered)["count"] == 1
