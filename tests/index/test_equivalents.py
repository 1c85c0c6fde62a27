"""Equivalents are changed in an index that is there, and searches know them at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from config.settings import Settings
from tests.index.conftest import article
from warraq.cli.opening_index import layout as made_from
from warraq.errors import WarraqError
from warraq.index.analyzers import equivalent_rules
from warraq.index.equivalents import Change, known, renew
from warraq.index.lifecycle import Layout, create
from warraq.text.normalize import fold

PARLIAMENT = "البرلمان, مجلس النواب"  # the parliament, the house of representatives
AMERICA = "أميركا, أمريكا"
CORONA = "كورونا, كوفيد"


@pytest.fixture
def index(admin: Elasticsearch, layout: Layout) -> str:
    """With AMERICA and PARLIAMENT as its rules, and two articles."""
    name, _ = create(admin, layout)
    for number, title in enumerate(("لقاح كوفيد", "مجلس النواب"), start=1):
        document = article(number, 1, title=title)
        admin.index(index=name, id=str(number), document=document, refresh=True)
    return name


def found(admin: Elasticsearch, index: str, word: str) -> list[str]:
    hits = admin.search(index=index, query={"match": {"title.stem": word}})["hits"]["hits"]
    return [hit["_id"] for hit in hits]


@pytest.mark.parametrize(
    ("lines", "change", "corona", "parliament"),
    [
        ((AMERICA, PARLIAMENT), Change(2), [], ["2"]),
        (("# more", "", AMERICA, PARLIAMENT, CORONA), Change(3, added=1), ["1"], ["2"]),
        ((CORONA,), Change(1, added=1, removed=2), ["1"], []),
        ((PARLIAMENT, AMERICA), Change(2), [], ["2"]),  # another order
        ((), Change(0, removed=2), [], []),
    ],
)
def test_searches_know_the_new_rules_and_no_others(
    admin: Elasticsearch,
    index: str,
    lines: tuple[str, ...],
    change: Change,
    corona: list[str],
    parliament: list[str],
) -> None:
    assert renew(admin, index, lines) == change
    assert found(admin, index, "كورونا") == corona
    assert found(admin, index, "البرلمان") == parliament
    assert renew(admin, index, lines) == Change(change.known)


def test_a_change_right_after_another_is_in_use_as_well(admin: Elasticsearch, index: str) -> None:
    for _ in range(3):
        renew(admin, index, (AMERICA,))
        assert found(admin, index, "كورونا") == []
        renew(admin, index, (CORONA,))
        assert found(admin, index, "كورونا") == ["1"]


def test_rules_with_compounds_know_both_their_spellings(admin: Elasticsearch, index: str) -> None:
    for number, title in ((3, "أبوظبي"), (4, "أبو ظبي"), (5, "عاصمة الإمارات")):
        document = article(number, 1, title=title)
        admin.index(index=index, id=str(number), document=document, refresh=True)
    renew(admin, index, ("عاصمة الإمارات, أبو ظبي",))  # the capital of the Emirates
    assert sorted(found(admin, index, "عاصمة الإمارات")) == ["3", "4", "5"]


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("a => b => c", "more than one explicit mapping"),
        ("!, ؟", "completely eliminated"),
        ("وحده", "two terms or more"),  # alone
        ("كورونا,, كوفيد", "two terms or more"),
        ("كورونا, ", "two terms or more"),
        ("=> كوفيد", "two terms or more"),
    ],
)
def test_a_bad_rule_is_named_by_its_line_and_changes_nothing(
    admin: Elasticsearch, index: str, rule: str, why: str
) -> None:
    before = known(admin, index)
    # The third line says one word in two spellings, which is no rule to Elasticsearch.
    lines = ("# corona", CORONA, "عبدالله, عبد الله", f"  {rule}", PARLIAMENT)
    with pytest.raises(WarraqError, match=rf"^line 4 of the equivalents is no rule \(.*{why}"):
        renew(admin, index, lines)
    assert known(admin, index) == before
    assert found(admin, index, "البرلمان") == ["2"]


def test_an_index_of_other_making_has_no_place_for_them(
    admin: Elasticsearch, layout: Layout
) -> None:
    admin.indices.create(index=f"{layout.alias}-mine")
    assert renew(admin, f"{layout.alias}-mine", (CORONA,)) is None


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(296), "296 equivalents, as before"),
        (Change(1_300, 5, 2), "1,300 equivalents: 5 new, 2 taken away"),
    ],
)
def test_a_change_in_words(change: Change, words: str) -> None:
    assert str(change) == words


def test_in_the_curated_list_a_term_stands_once_and_in_one_spelling() -> None:
    lines = made_from(Settings(alias="any")).equivalents
    terms = [
        fold(term.strip())
        for rule in equivalent_rules(lines)
        for term in rule.split("=>")[0].split(",")
    ]
    assert [term for term, number in Counter(terms).items() if number > 1] == []
    assert len(terms) > 700


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("كورونا", "كوفيد"),
        ("كوفيد", "كوفيد 19"),
        ("البرلمان الإسرائيلي", "الكنيست"),
        ("المملكة المغربية", "المغرب"),
        ("السوفياتي", "السوفيتي"),
        ("ضربة جزاء", "ركلة جزاء"),
        ("نيو يورك", "نيويورك"),
        ("حلف الأطلسي", "الناتو"),
        ("PKK", "حزب العمال الكردستاني"),
    ],
)
def test_the_curated_list_in_use(
    admin: Elasticsearch, curated: str, asked: str, written: str
) -> None:
    admin.index(
        index=curated, id="asked", document=article(1, 1, title=f"قال {written} أمس"), refresh=True
    )
    query = {"match": {"title": {"query": asked, "operator": "and"}}}
    assert admin.count(index=curated, query=query)["count"] == 1


@pytest.fixture(scope="module")
def curated(admin: Elasticsearch) -> Iterator[str]:
    """An index with the curated list."""
    layout = made_from(Settings(alias="try-curated"))
    name, _ = create(admin, layout)
    yield name
    admin.indices.delete(index=name)
