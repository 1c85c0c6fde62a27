"""Names of places in all spellings, with clitics; words that only look like them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.analysis.entities.gazetteer import Gazetteer, PlaceMatch, shipped_gazetteer
from warraq.text.tokens import tokens


def keys(text: str) -> list[str]:
    return [token.key for token in tokens(text)]


def first(text: str) -> PlaceMatch | None:
    return next(iter(shipped_gazetteer().matches(keys(text))), None)


@pytest.mark.parametrize(
    ("text", "name", "country", "proclitics"),
    [
        ("أميركا", "الولايات المتحدة", "US", 0),
        ("أمريكا", "الولايات المتحدة", "US", 0),
        ("امريكا", "الولايات المتحدة", "US", 0),
        ("الولايات المتحدة الأمريكية", "الولايات المتحدة", "US", 0),
        ("هولندا", "هولندا", "NL", 0),
        ("هولاندا", "هولندا", "NL", 0),
        ("سوريّة", "سوريا", "SY", 0),  # with a vowel sign
        ("مكه المكرمه", "مكة المكرمة", "SA", 0),  # ه for ة
        ("دبى", "دبي", "AE", 0),  # ى for ي
        ("أبوظبي", "أبوظبي", "AE", 0),
        ("أبو ظبي", "أبوظبي", "AE", 0),
        ("شيكاجو", "شيكاغو", "US", 0),  # as Egypt writes it
        ("بيونج يانج", "بيونغ يانغ", "KP", 0),
        ("حفر الباطن", "حفر الباطن", "SA", 0),
        ("كوريا الشمالية", "كوريا الشمالية", "KP", 0),
        ("وبطرابلس", "طرابلس", "LY", 2),  # and in Tripoli
        ("بالقاهرة", "القاهرة", "EG", 1),
        ("للرياض", "الرياض", "SA", 1),  # to Riyadh: the span begins at its second letter
        ("وللرياض", "الرياض", "SA", 2),
        ("بكين", "بكين", "CN", 0),  # the ب belongs to it
        ("وهران", "وهران", "DZ", 0),  # the و too
        ("البحر الأحمر", "البحر الأحمر", None, 0),
        ("الشرق الأوسط", "الشرق الأوسط", None, 0),
        ("مضيق هرمز", "مضيق هرمز", None, 0),
    ],
)
def test_a_place_is_known_in_every_spelling(
    text: str, name: str, country: str | None, proclitics: int
) -> None:
    match = first(text)
    assert match is not None
    assert (match.places[0].name, match.places[0].country) == (name, country)
    assert (match.proclitics, match.first, match.last) == (proclitics, 0, len(keys(text)))
    assert match.prior > 0.5


@pytest.mark.parametrize(
    "word",
    [
        "جديدة",  # new; a town in Yemen
        "الجديدة",  # the new; El Jadida
        "الخميس",  # Thursday
        "الكرامة",  # dignity
        "البلاد",  # the country
        "العين",  # the eye; Al Ain
        "صور",  # pictures; Tyre
        "بحر",  # sea
        "حسن",
        "سعيد",
        "عالية",  # high; Aley
        "كان",  # was; Cannes
        "مالي",  # financial; Mali
        "الداخلية",  # of the interior
        "خبر",  # news; Khobar
        "كيف",  # how; Kyiv
        "مدينة",  # city
        "فقط",
        "بعد",
        "لجنة",
        "بلاتر",  # Blatter, not "in Latur"
    ],
)
def test_a_word_that_hardly_ever_means_a_place_is_held_back(word: str) -> None:
    match = first(word)
    assert match is None or match.prior < 0.35


def test_the_longest_name_wins_and_none_lies_in_another() -> None:
    found = shipped_gazetteer().matches(keys("من كوريا الجنوبية إلى جنوب أفريقيا"))
    assert [match.places[0].country for match in found] == ["KR", "ZA"]


def test_names_begin_behind_their_kind_word() -> None:
    match = first("مدينة غزة")
    assert match is not None
    assert (match.first, match.last) == (1, 2)


@pytest.mark.parametrize(
    ("text", "place", "proclitics"),
    [
        ("الرياض وجدة", "جدة", 1),  # Riyadh and Jeddah
        ("إلى وجدة", "وجدة", 0),  # to Oujda
    ],
)
def test_a_letter_is_a_clitic_or_not_by_what_stands_before(
    text: str, place: str, proclitics: int
) -> None:
    match = shipped_gazetteer().matches(keys(text))[-1]
    assert (match.places[0].name, match.proclitics) == (place, proclitics)


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("سعودي", "SA"),
        ("السعودية", "SA"),
        ("الأميركية", "US"),
        ("الأمريكيون", "US"),
        ("وللمصريين", "EG"),
        ("الأتراك", "TR"),
        ("القطريه", "QA"),
        ("كتاب", None),
        ("", None),
    ],
)
def test_adjectives_and_peoples_have_a_country(word: str, country: str | None) -> None:
    found = [shipped_gazetteer().nationality(key) for key in keys(word)]
    assert found == ([country] if word else [])


def test_every_place_is_whole() -> None:
    match = first("القدس")
    assert match is not None
    (place,) = match.places  # ours goes before what GeoNames says
    assert (place.country, place.kind) == ("PS", "city")
    assert place.latitude == pytest.approx(31.78, abs=0.1)
    assert place.longitude == pytest.approx(35.23, abs=0.1)
    assert place.population > 100_000


def test_no_gazetteer_is_an_error_that_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"names\.marisa"):
        Gazetteer(tmp_path)


_WORDS = ["و", "ب", "لل", "في", "الرياض", "وجدة", "كوريا", "الشمالية", "8", "،"]


@given(st.text() | st.lists(st.sampled_from(_WORDS)).map(" ".join))
def test_any_text_has_matches_in_order(text: str) -> None:
    stream = keys(text)
    found = shipped_gazetteer().matches(stream)
    assert all(one.last <= two.first for one, two in pairwise(found))
    assert all(0 <= one.first < one.last <= len(stream) and one.places for one in found)
    assert all(0 <= one.proclitics < len(stream[one.first]) for one in found)
