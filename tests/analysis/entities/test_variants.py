"""Which names of an article are one, and which must stay two."""

from __future__ import annotations

import time

import pytest

from warraq.analysis.entities.variants import is_alias, merged_organizations, merged_persons

HEADS = frozenset({"نادي", "حركه", "وزاره", "الجيش", "شركه", "مجلس"})


@pytest.mark.parametrize(
    ("names", "short", "full"),
    [
        (["خليفة حفتر", "حفتر"], "حفتر", "خليفة حفتر"),  # the last name alone
        (["سالم الدوسري", "سالم"], "سالم", "سالم الدوسري"),  # the first name alone
        (["عبد الله السالم", "عبدالله السالم"], "عبد الله السالم", "عبد الله السالم"),
        (
            ["فيصل بن بندر", "فيصل بن بندر بن عبدالعزيز"],
            "فيصل بن بندر",
            "فيصل بن بندر بن عبدالعزيز",
        ),
        (["أسامة المسلم", "اسامه المسلم"], "اسامه المسلم", "أسامة المسلم"),  # spellings
        (["ليلى مراد", "ليلي مراد"], "ليلي مراد", "ليلى مراد"),
        (["أحمد السراج", "سراج"], "سراج", "أحمد السراج"),  # without the article
    ],
)
def test_variants_of_a_person_become_the_fullest_name(
    names: list[str], short: str, full: str
) -> None:
    assert merged_persons(names)[short] == full


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        # Two persons of one last name: it belongs to neither.
        (["خالد العتيبي", "ماجد العتيبي", "العتيبي"], "العتيبي"),
        (["محمد علي", "محمد صالح", "محمد"], "محمد"),
        (["محمد علي", "علي محمد"], "علي محمد"),  # the words are the same, the names are not
        (["حفتر", "السراج"], "حفتر"),
        (["خالد بن عبدالعزيز الفالح", "عبدالعزيز"], "عبدالعزيز"),  # his father's name
    ],
)
def test_what_may_be_two_persons_stays_apart(names: list[str], apart: str) -> None:
    assert merged_persons(names)[apart] == apart


@pytest.mark.parametrize(
    ("names", "short", "full"),
    [
        (["نادي الهلال", "الهلال"], "الهلال", "نادي الهلال"),
        (["حركة حماس", "حماس"], "حماس", "حركة حماس"),
        (["القيادة الأميركية", "القيادة الأمريكية"], "القيادة الأمريكية", "القيادة الأميركية"),
        (["حكومة الوفاق", "حكومة الوفاق الوطني"], "حكومة الوفاق", "حكومة الوفاق الوطني"),
        (["أرامكو السعودية", "أرامكو"], "أرامكو", "أرامكو السعودية"),
        (["هيئة الصحه", "هيئة الصحة"], "هيئة الصحه", "هيئة الصحه"),
    ],
)
def test_variants_of_an_organization_become_the_fullest_name(
    names: list[str], short: str, full: str
) -> None:
    assert merged_organizations(names, {}, HEADS)[short] == full


@pytest.mark.parametrize(
    ("names", "apart"),
    [
        (["الاتحاد", "الاتحاد السعودي لكرة القدم"], "الاتحاد"),  # a club, and a federation
        (["الهلال", "الهلال الأحمر"], "الهلال"),  # a club, and the Red Crescent
        (["الجيش", "الجيش الحر"], "الجيش"),
        (["وزارة الصحة", "وزارة النقل"], "وزارة الصحة"),
        (["مجلس الأهلي", "الأهلي"], "الأهلي"),  # a club's board, and the club
        (["الاتحاد الأوروبي", "الاتحاد الأوروبي على اليونان"], "الاتحاد الأوروبي"),  # one too long
        # The short name of two.
        (["حركة النهضة", "نادي النهضة", "النهضة"], "النهضة"),
    ],
)
def test_what_may_be_two_organizations_stays_apart(names: list[str], apart: str) -> None:
    assert merged_organizations(names, {}, HEADS)[apart] == apart


def test_an_alias_becomes_the_name_that_it_was_given_behind() -> None:
    names = ["القيادة الأميركية في إفريقيا", "أفريكوم"]
    found = merged_organizations(names, {"أفريكوم": names[0]}, HEADS)
    assert found == {names[0]: names[0], "أفريكوم": names[0]}


def test_aliases_that_name_each_other_end() -> None:
    found = merged_organizations(["أب ج", "دال"], {"دال": "أب ج", "أب ج": "دال"}, HEADS)
    assert set(found) == {"أب ج", "دال"}


@pytest.mark.parametrize(
    ("before", "between", "behind", "alias"),
    [
        ("القيادة العسكرية الأميركية في إفريقيا", " «", "أفريكوم", True),
        ("منظمة الأغذية والزراعة", " (", "الفاو", True),
        ("منظمة الأغذية والزراعة", " و", "الفاو", False),
        ("الهلال", " (", "النصر", False),  # as short as the other: two clubs
        ("نادي الهلال", " «", "نادي", False),  # a part of it
    ],
)
def test_another_name_stands_in_brackets_behind(
    before: str, between: str, behind: str, alias: bool
) -> None:
    assert is_alias(before, between, behind) is alias


def test_time_grows_with_the_number_of_names() -> None:
    """Two full names of each of very many persons, and as many companies of one group."""
    numbers = range(20_000)
    persons = [f"محمد ابن{one} {family}" for one in numbers for family in ("صالح", f"آل{one} صالح")]
    organizations = ["شركة الكهرباء", *(f"شركة الكهرباء فرع{one}" for one in numbers)]
    begun = time.process_time()
    assert len(set(merged_persons(persons).values())) == len(numbers)
    assert len(set(merged_organizations(organizations, {}, HEADS).values())) == len(organizations)
    assert time.process_time() - begun < 10  # seconds; comparing all with all takes hours
