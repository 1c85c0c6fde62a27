"""The analyzers fold as Python does, keep exact offsets, and find what means the same."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable, Iterator

import pytest
from elasticsearch import BadRequestError, Elasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warraq.index.analyzers import equivalent_rules, folding_rules
from warraq.index.lifecycle import Layout, create
from warraq.index.schema import (
    FIELDS,
    LONGEST_EXTRA,
    index_body,
    schema_digest,
)
from warraq.text.letters import DECOMPOSED_HAMZA, FOLDING, PART_MARK
from warraq.text.normalize import fold

EQUIVALENTS = ["# a comment", "", "أميركا, أمريكا, الولايات المتحدة", "البرلمان, مجلس النواب"]
_Token = tuple[str, int, int]

# The one character that folds in Python alone: the index keeps it, to part words at it.
_FOLDED_IN_BOTH = sorted(FOLDING.keys() - {PART_MARK})

# Python 3.11 knows Unicode 14, Java 21 Unicode 15: newer letters may have a lower case in one only.
_KNOWN = [
    character
    for character in map(chr, range(sys.maxunicode + 1))
    if unicodedata.category(character) not in ("Cs", "Cn") and character not in ("\0", PART_MARK)
]


@pytest.fixture(scope="module")
def index(admin: Elasticsearch) -> Iterator[str]:
    name = "try-schema"
    admin.indices.delete(index=name, ignore_unavailable=True)
    admin.indices.create(index=name, **index_body(EQUIVALENTS, 1, 0, 1))
    yield name
    admin.indices.delete(index=name)


@pytest.fixture(scope="module")
def folded(admin: Elasticsearch, index: str) -> Callable[[str], str]:
    """A whole text after folding and lower case, not cut into words."""

    def analyze(text: str) -> str:
        answer = admin.indices.analyze(
            index=index,
            char_filter=["warraq_folding"],
            tokenizer="keyword",
            filter=["lowercase"],
            text=text,
        )
        return "".join(token["token"] for token in answer["tokens"])

    return analyze


@pytest.fixture(scope="module")
def tokens(admin: Elasticsearch, index: str) -> Callable[..., list[_Token]]:
    def analyze(text: str, analyzer: str = "warraq_folded") -> list[_Token]:
        answer = admin.indices.analyze(index=index, analyzer=analyzer, text=text)
        return [(one["token"], one["start_offset"], one["end_offset"]) for one in answer["tokens"]]

    return analyze


def words(found: list[_Token]) -> list[str]:
    return [token for token, _, _ in found]


def test_every_character_of_the_table_folds_as_in_python(folded: Callable[[str], str]) -> None:
    spellings = [*_FOLDED_IN_BOTH, *DECOMPOSED_HAMZA]
    text = "|".join(f"x{spelling}y" for spelling in spellings)
    assert folded(text).split("|") == [fold(f"x{spelling}y") for spelling in spellings]


def test_every_other_character_folds_as_in_python(folded: Callable[[str], str]) -> None:
    for start in range(0, len(_KNOWN), 3_000):
        text = " ".join(_KNOWN[start : start + 3_000])
        assert folded(text) == fold(text)


_LETTERS = st.sampled_from(
    _FOLDED_IN_BOTH
    + list("ابتثجحخدذرزسشصضطظعغفقكلمنهوي \n.,،؛؟«»-/0123456789abcABC'’_@#İΣσςéßﬁ\u0654\u0655\\=>")
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(_LETTERS, min_size=1, max_size=80))
def test_any_text_folds_as_in_python(
    folded: Callable[[str], str], tokens: Callable[..., list[_Token]], admin: Elasticsearch,
    text: str
) -> None:  # fmt: skip
    assert folded(text) == fold(text)
    in_python = admin.indices.analyze(tokenizer="standard", text=fold(text))
    assert words(tokens(text)) == [token["token"] for token in in_python["tokens"]]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(_KNOWN), min_size=1, max_size=40))
def test_any_unicode_folds_as_in_python(folded: Callable[[str], str], text: str) -> None:
    assert folded(text) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في طرابلس أمس", [("في", 0, 2), ("طرابلس", 3, 9), ("امس", 10, 13)]),
        ("كِتَابٌ جديدٌ", [("كتاب", 0, 7), ("جديد", 8, 13)]),
        ("ـــكتـــاب!", [("كتاب", 3, 10)]),
        ("مسؤو\u0654ل", [("مسءءل", 0, 6)]),
        ("می‌خواهم", [("ميخواهم", 0, 8)]),  # "I want", with a zero-width non-joiner
        ("ﷲ أكبر", [("الله", 0, 1), ("اكبر", 2, 6)]),
        ("ﻻ ﺷﻲء", [("لا", 0, 1), ("شيء", 2, 5)]),
        ("عام ٢٠١٨", [("عام", 0, 3), ("2018", 4, 8)]),
    ],
)
def test_offsets_are_of_the_text_as_it_stands(
    tokens: Callable[..., list[_Token]], text: str, expected: list[_Token]
) -> None:
    assert tokens(text) == expected


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(st.sampled_from("أبتؤىيةهـًٌَُِّْٰ\u200fیکﻻﺷ٣"), min_size=1), min_size=1))
def test_a_words_offsets_enclose_that_word(
    tokens: Callable[..., list[_Token]], parts: list[str]
) -> None:
    """What a highlight marks folds to the word that matched."""
    text = " ".join(parts)
    for word, start, end in tokens(text):
        assert fold(text[start:end]) == word


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("الميليشيات", "الميلِيشياتُ"),  # the militias, vowelled
        ("اسامة", "أُسامه"),
        ("علي", "على"),
        ("مسئول", "مسؤول"),
        ("٢٠١٨", "2018"),
        ("أمريكا", "أميركا"),  # equivalents
        ("مجلس النواب", "البرلمان"),
        ("الكتاب", "كتاب"),  # stems
        ("بالمدينة", "المدينة"),
    ],
)
def test_what_people_type_finds_what_was_written(
    admin: Elasticsearch, index: str, typed: str, written: str
) -> None:
    """By the default fields, as Kibana's search box asks."""
    admin.index(index=index, id="1", document={"body": f"قال {written} اليوم"}, refresh=True)
    query = {"simple_query_string": {"query": f'"{typed}"'}}
    assert admin.search(index=index, query=query)["hits"]["total"]["value"] == 1


def test_equivalents_count_for_searches_alone(tokens: Callable[..., list[_Token]]) -> None:
    assert words(tokens("أميركا")) == ["اميركا"]
    assert "امريكا" in words(tokens("أميركا", "warraq_folded_search"))
    # Deputies, led back to deputy.
    assert fold("نائب") in words(tokens("البرلمان", "warraq_stem_search"))


NAME_FIELDS = ("persons", "organizations", "places", "speakers", "keywords")


@pytest.mark.parametrize("field", NAME_FIELDS)
@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("باراك اوباما", "باراك أوباما"),
        ("باراك أوباما", "باراك اوباما"),
        ("مكه المكرمه", "مكة المكرمة"),
        ("علي الحسيني", "على الحسينى"),
        ("عبد الله الثاني", "عبدالله الثاني"),
        ("عبدالله الثاني", "عبد الله الثاني"),
        ("أبو ظبي", "أبوظبي"),
        ("مُحَمَّد", "محمـــد"),
        ("nato", "NATO"),
    ],
)
def test_a_filter_finds_a_name_in_any_spelling(
    admin: Elasticsearch, index: str, field: str, asked: str, written: str
) -> None:
    admin.index(index=index, id="1", document={field: [written]}, refresh=True)

    def hits(name: str) -> int:
        query = {"bool": {"filter": [{"term": {name: asked}}, {"ids": {"values": ["1"]}}]}}
        return int(admin.search(index=index, query=query)["hits"]["total"]["value"])

    assert (hits(field), hits(f"{field}.written")) == (1, 0)


def test_names_are_counted_in_one_spelling_and_shown_as_written(
    admin: Elasticsearch, index: str
) -> None:
    admin.index(index=index, id="n1", document={"speakers": ["مسؤول"]})  # an official
    admin.index(index=index, id="n2", document={"speakers": ["مسئول"]}, refresh=True)

    def facet(field: str) -> dict[str, int]:
        found = admin.search(
            index=index,
            size=0,
            query={"prefix": {"speakers": "مس"}},
            aggs={"all": {"terms": {"field": field}}},
        )["aggregations"]["all"]["buckets"]
        return {bucket["key"]: bucket["doc_count"] for bucket in found}

    assert facet("speakers") == {fold("مسؤول"): 2}
    assert facet("speakers.written") == {"مسؤول": 1, "مسئول": 1}


@pytest.mark.parametrize("asked", ["*اوباما*", "*أوباما*"])
def test_a_part_of_a_name_is_asked_for_with_asterisks(
    admin: Elasticsearch, index: str, asked: str
) -> None:
    """As Kibana asks: `persons : *اوباما*`."""
    admin.index(index=index, id="o", document={"persons": ["باراك أوباما"]}, refresh=True)
    for query in (
        {"query_string": {"fields": ["persons"], "query": asked}},
        {"wildcard": {"persons": asked}},
    ):
        of_it = {"bool": {"filter": [query, {"ids": {"values": ["o"]}}]}}
        assert admin.search(index=index, query=of_it)["hits"]["total"]["value"] == 1


def test_who_speaks_is_found_in_any_spelling_too(admin: Elasticsearch, index: str) -> None:
    quotation = {"text": "لن نرفع الضرائب", "speaker": "هاني الراشدى"}  # "no taxes will be raised"
    admin.index(index=index, id="q", document={"quotations": [quotation]}, refresh=True)
    term = {"term": {"quotations.speaker": "هانى الراشدي"}}
    query = {"nested": {"path": "quotations", "query": term}}
    assert admin.search(index=index, query=query)["hits"]["total"]["value"] == 1


def test_an_index_answers_with_the_fields_that_it_was_given(
    admin: Elasticsearch, index: str
) -> None:
    mapping = admin.indices.get_mapping(index=index)[index]["mappings"]
    assert mapping["properties"] == FIELDS
    assert mapping["dynamic"] == "strict"


def test_an_unknown_field_is_refused(admin: Elasticsearch, index: str) -> None:
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        admin.index(index=index, document={"surprise": 1})


def test_the_largest_values_of_the_contract_are_taken(admin: Elasticsearch, index: str) -> None:
    extra: dict[str, object] = {"ع" * 200: "خ" * LONGEST_EXTRA, "long": "😀" * 10_000, ".": None}
    for _ in range(4):
        extra = {"😀" * 200: extra}
    document = {
        "source": "ع" * 200,
        "article_id": "%D8%B9" * 8_000,
        "url": "https://x/" + "ع" * 4_000,
        "tags": ["ع" * 200] * 100,
        "title": "ع" * 2_000,
        "body": "ع" * 500_000,
        "extra": extra,
        "published_at": "1500-01-01T00:00:00+03:06:52",
        "revision": 2**63 - 1,
        "edits": [{"field": "body", "start": 0, "end": 1}, {"field": 3}],
        "original": {"body": "", "payload": "AAAA"},
    }
    assert admin.index(index=index, document=document)["result"] == "created"


def test_rules_are_escaped_so_that_no_character_has_a_meaning() -> None:
    assert "\\u0623=>\\u0627" in folding_rules()
    assert all(rule.isascii() and " " not in rule for rule in folding_rules())


def test_the_digest_changes_with_what_it_stands_for_alone() -> None:
    body = index_body(EQUIVALENTS, 1, 0, 1)
    assert body["mappings"]["_meta"]["schema"] == schema_digest()
    assert index_body([], 3, 1, 5)["mappings"]["_meta"]["schema"] == schema_digest()
    assert equivalent_rules(["# no", " ", " a, b "]) == ["a, b"]


def test_the_curated_equivalents_are_accepted(admin: Elasticsearch, layout: Layout) -> None:
    from config.settings import Settings
    from warraq.cli.opening_index import layout as made_from

    curated = made_from(Settings(alias=layout.alias))
    assert create(admin, curated) == (f"{layout.alias}-000001", True)
