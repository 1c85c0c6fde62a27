"""Landforms that have no name, and those that are named by a word like an adjective."""

from __future__ import annotations

import pytest

from tests.analysis.test_pipeline import run
from warraq.analysis.entities.landforms import is_described


@pytest.mark.parametrize(
    "place",
    [
        "بحر هائج",  # a rough sea
        "بحر هادئ",  # a calm sea
        "نهر جاف",  # a dry river
        "نهر عميق",
        "جبل مرتفع",  # a high mountain
        "جبل شاهق",
        "واد سحيق",  # a deep valley
        "شاطئ مهجور",  # a deserted beach
        "شاطئ رملي",
        "جزيرة نائية",  # a remote island
        "بحيرة مالحة",
        "صحراء قاحلة",
        "غابة كثيفة",
        "ساحل صخري",
        "بحر مضطرب",
    ],
)
def test_a_landform_with_an_adjective_is_described(place: str) -> None:
    assert is_described(place)


@pytest.mark.parametrize(
    "place",
    [
        "بحر العرب", "بحر قزوين", "البحر الأحمر", "البحر الهائج", "جبل محسن", "جبل عامل",
        "جبل طارق", "نهر النيل", "نهر دجلة", "جزيرة فرسان", "بحيرة ناصر", "بحيرة فيكتوريا",
        "جبل لبنان", "خليج سرت", "وادي حنيفة", "وادي سوف", "تل أبيض", "جبل أحد",
        "هضبة الجولان", "سهل نينوى", "جبل", "بحر", "حي سعيد", "مدينة جديدة",
        "بحر البلطيق الهائج",
    ],
)  # fmt: skip
def test_a_name_is_none(place: str) -> None:
    assert not is_described(place)


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("غرق القارب في بحر هائج قبالة السواحل الليبية قرب صبراتة.", ["صبراتة"]),
        ("سبحوا في نهر عميق قبل أن يبلغوا نهر الفرات.", ["نهر الفرات"]),
        ("تقع القرية على جبل مرتفع يطل على البحر الأحمر.", ["البحر الأحمر"]),
        ("وصل السياح إلى جزيرة جربة التونسية أمس.", ["جربة"]),  # Djerba; also "mangy"
    ],
)
def test_only_names_are_places(body: str, places: list[str]) -> None:
    assert run(body=body).fields["places"] == places
