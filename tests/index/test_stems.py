"""Stems led back to those of their lemmas: the rules, and what they make of words in an index."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from training.light_stems import light_stem
from training.make_stems import KEPT
from warraq.index.analyzers import lemma_rules
from warraq.index.schema import index_body
from warraq.text.lexicon import shipped_lexicon
from warraq.text.normalize import fold


@pytest.fixture(scope="module")
def index(admin: Elasticsearch) -> Iterator[str]:
    name = "try-stems"
    admin.indices.delete(index=name, ignore_unavailable=True)
    admin.indices.create(index=name, **index_body([], 1, 0, 1))
    yield name
    admin.indices.delete(index=name)


def stems(admin: Elasticsearch, index: str, text: str) -> list[str]:
    answer = admin.indices.analyze(index=index, analyzer="warraq_stem", text=text)
    return [one["token"] for one in answer["tokens"]]


def test_our_light_stemmer_is_elasticsearchs(admin: Elasticsearch) -> None:
    """On words of the lexicon, common and rare."""
    words = sorted({fold(key) for key in shipped_lexicon().keys()})  # noqa: SIM118 (it is no dict)
    drawn = random.Random(6).sample(words, 6_000)
    arabic: dict[str, Any] = {"type": "stemmer", "language": "arabic"}
    for start in range(0, len(drawn), 2_000):
        some = drawn[start : start + 2_000]
        answer = admin.indices.analyze(tokenizer="whitespace", filter=[arabic], text=" ".join(some))
        theirs = [one["token"] for one in answer["tokens"]]
        assert [light_stem(word) for word in some] == theirs


def test_the_rules_that_ship_are_as_many_as_were_kept_and_lead_each_stem_to_one() -> None:
    led = [stem for rule in lemma_rules() for stem in rule.partition(" => ")[0].split(", ")]
    lemmas = [rule.partition(" => ")[2] for rule in lemma_rules()]
    assert len(led) <= KEPT
    assert len(set(led)) == len(led)
    assert len(set(lemmas)) == len(lemmas)
    assert all(stem and stem == fold(stem) for stem in (*led, *lemmas))


def test_a_rule_stands_for_what_the_stemmer_makes_of_words() -> None:
    """Else it would never be met."""
    led = [stem for rule in lemma_rules() for stem in rule.partition(" => ")[0].split(", ")]
    made = {light_stem(fold(key)) for key in shipped_lexicon().keys()}  # noqa: SIM118
    assert set(led) <= made


MEET = [
    ("صندوق", "صناديق"),  # a box, boxes
    ("صندوق", "والصناديق"),
    ("سعر", "أسعار"),  # price
    ("شارع", "الشوارع"),  # street
    ("وزير", "وزراء"),  # minister
    ("طبيب", "الأطباء"),  # physician
    ("سلاح", "أسلحة"),  # weapon
    ("يكتب", "كتبت"),  # he writes, she wrote
    ("قال", "يقول"),  # said, says
    ("استقال", "يستقيل"),  # resigned, resigns
    ("كتاب", "وكتبهم"),  # a book, and their books
]
APART = [
    ("كتب", "كتاب"),  # he wrote, or books: the verb is the commoner
    ("طرابلس", "طرطوس"),  # Tripoli, Tartus
    ("قال", "استقال"),
]


@pytest.mark.parametrize(("one", "other"), MEET)
def test_forms_of_a_word_have_one_stem(
    admin: Elasticsearch, index: str, one: str, other: str
) -> None:
    assert stems(admin, index, one) == stems(admin, index, other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_have_another(admin: Elasticsearch, index: str, one: str, other: str) -> None:
    assert stems(admin, index, one) != stems(admin, index, other)


@pytest.mark.parametrize(("typed", "written"), MEET)
def test_forms_find_each_other_by_the_default_fields(
    admin: Elasticsearch, index: str, typed: str, written: str
) -> None:
    for asked, stands in ((typed, written), (written, typed)):
        admin.index(index=index, id="1", document={"body": f"خبر {stands} هنا"}, refresh=True)
        query = {"simple_query_string": {"query": asked}}
        assert admin.search(index=index, query=query)["hits"]["total"]["value"] == 1
