"""Kind words that belong to a name, and those that do not make one."""

from __future__ import annotations

import itertools
from functools import cache

import pytest

from warraq.analysis.entities.evidence import Evidence
from warraq.analysis.entities.features import gap
from warraq.analysis.entities.gazetteer import shipped_gazetteer
from warraq.analysis.entities.heads import TaggedName, by_kind_words
from warraq.analysis.entities.phrases import Phrases
from warraq.analysis.entities.words import FOLDER, Words
from warraq.text.normalize import fold
from warraq.text.tokens import tokens


def names(text: str, *tagged: tuple[int, int, str]) -> list[tuple[int, int, str]]:
    found = tokens(text)
    gaps = ["^", *(gap(text[a.end : b.start]) for a, b in itertools.pairwise(found))]
    cores = [fold(token.key) for token in found]
    kinds = [evidence().word_type(token.key).kind for token in found]
    marked = [TaggedName(*one) for one in tagged]
    return [tuple(one) for one in by_kind_words(marked, cores, kinds, gaps)]


@cache
def evidence() -> Evidence:
    return Evidence(Words(), Phrases(FOLDER / "phrases.marisa"), shipped_gazetteer())


@pytest.mark.parametrize(
    ("text", "tagged", "wanted"),
    [
        ("نشرت صحيفة «الأيام» خبرا", (2, 3, "ORG"), (1, 3, "ORG")),  # behind a quotation mark
        ("واصل فريق الهلال تدريبه", (2, 3, "ORG"), (1, 3, "ORG")),
        ("فاز منتخب إسبانيا أمس", (2, 3, "LOC"), (1, 3, "ORG")),  # a team, no country
        ("سافر إلى إسبانيا أمس", (2, 3, "LOC"), (2, 3, "LOC")),
        ("قال مدرب الهلال أمس", (2, 3, "ORG"), (2, 3, "ORG")),  # a person's kind
        ("فازت الشركة، أرامكو", (2, 3, "ORG"), (2, 3, "ORG")),  # a comma between
        ("زار مركز محمد بن نايف أمس", (2, 5, "PER"), (1, 5, "ORG")),  # called after a person
        ("زار الوزير محمد بن نايف أمس", (2, 5, "PER"), (2, 5, "PER")),
    ],
)
def test_a_kind_word_belongs_to_the_name_behind_it(
    text: str, tagged: tuple[int, int, str], wanted: tuple[int, int, str]
) -> None:
    assert names(text, tagged) == [wanted]


@pytest.mark.parametrize(
    ("text", "tagged", "wanted"),
    [
        ("فاز نادي الهلال السعودي أمس", (1, 4, "ORG"), (1, 3, "ORG")),
        ("فاز الهلال السعودي أمس", (1, 3, "ORG"), (1, 2, "ORG")),
        ("نشرت صحيفة «الأيام» البحرينية خبرا", (2, 4, "ORG"), (1, 3, "ORG")),
        ("فاز المنتخب السعودي أمس", (1, 3, "ORG"), (1, 3, "ORG")),  # its name
        ("أعلنت الخارجية السعودية أمس", (1, 3, "ORG"), (1, 3, "ORG")),
        ("أعلن الاتحاد السعودي أمس", (1, 3, "ORG"), (1, 3, "ORG")),  # the federation, or a club
        ("فاز النادي الأهلي السعودي أمس", (1, 4, "ORG"), (1, 4, "ORG")),
    ],
)
def test_the_country_of_a_club_or_paper_is_no_part_of_its_name(
    text: str, tagged: tuple[int, int, str], wanted: tuple[int, int, str]
) -> None:
    assert names(text, tagged) == [wanted]


def test_a_kind_word_alone_is_no_name() -> None:
    assert names("قال الجيش إن القوات تقدمت", (1, 2, "ORG"), (3, 4, "ORG")) == []


@pytest.mark.parametrize(
    ("text", "person", "is_one"),
    [
        ("أحرز كأس الأمير فيصل بن فهد أمس", (3, 6, "PER"), False),  # won the cup of Prince …
        ("تصدر دوري عبداللطيف جميل أمس", (2, 4, "PER"), False),  # leads the league of …
        ("نال جائزة الملك فيصل العالمية", (3, 4, "PER"), False),
        ("مسابقة الشيخ جاسم للقرآن", (2, 3, "PER"), False),
        ("رعى الأمير فيصل بن فهد الحفل", (2, 5, "PER"), True),
        ("تسلم الكأس الأمير فيصل", (3, 4, "PER"), True),  # the prince received the cup
        ("سلم كأس البطولة، الأمير فيصل", (4, 5, "PER"), True),
        ("فيلم بطولة محمود المليجي", (2, 4, "PER"), True),  # starring …
        ("الأمير فيصل", (1, 2, "PER"), True),
    ],
)
def test_a_person_whom_a_cup_is_called_after_is_none(
    text: str, person: tuple[int, int, str], is_one: bool
) -> None:
    assert names(text, person) == [person] * is_one


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("دفعت الكتيبة «166» مشاة تعزيزات", (1, 3, "ORG")),
        ("دفعت الكتيبة 166 تعزيزات", (1, 3, "ORG")),
        ("أعلن اللواء «التاسع ترهونة» تقدمه", (1, 4, "ORG")),
    ],
)
def test_a_number_or_a_quoted_name_makes_a_unit(text: str, unit: tuple[int, int, str]) -> None:
    assert names(text) == [unit]
    assert names(text, (unit[1] - 1, unit[1], "LOC")) == [unit]  # what is inside it goes


@pytest.mark.parametrize(
    "text", ["قال اللواء أحمد المسماري", "اللواء", "قال اللواء: «لن نتراجع أبدا عن هذا الطريق»"]
)
def test_a_rank_is_no_unit(text: str) -> None:
    assert names(text) == []


def test_of_a_unit_inside_a_unit_only_the_outer_one_is_a_name() -> None:
    assert names("أعلن لواء «الكتيبة 166» تقدمه") == [(1, 4, "ORG")]
