"""The query language on a real index: what it finds, what it marks, and that nothing breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from config.settings import Settings
from tests.search.shelf import Shelf, shelf_on
from tests.search.typed import TYPED
from warraq.search import BadQuery, as_articles
from warraq.text.joins import JoinedWords


def marked(shelf: Shelf, typed: str) -> list[list[str]]:
    return [
        [piece for passage in hit.passages for piece, is_marked in passage.pieces() if is_marked]
        for hit in shelf.search(typed).hits
    ]


@pytest.mark.parametrize("typed", ["طرابلس أو بنغازي", "طرابلس OR بنغازي", "طرابلس | بنغازي"])
def test_one_of_two_is_enough(shelf: Shelf, typed: str) -> None:
    places = ("ميناء طرابلس", "ميناء بنغازي", "ميناء سبها")
    tripoli, benghazi, _ = [shelf.put(body).article.own_id for body in places]
    assert set(shelf.found(typed)) == {tripoli, benghazi}
    assert set(shelf.found(f"ميناء {typed}")) == {tripoli, benghazi}
    assert sorted(marked(shelf, typed)) == [["بنغازي"], ["طرابلس"]]


@pytest.mark.parametrize(
    ("typed", "written", "is_found"),
    [
        ("مسدس*", "مسدسات", True),  # pistols
        ("مسدس*", "المسدسات", True),
        ("مسدس*", "وللمسدسات", True),
        ("مُسدس*", "مسدساً", True),
        ("مسدس*", "سداسي", False),
        ("عد*", "بعد", False),
        ("افريك*", "أفريكوم", True),
        ("أفريك*", "افريكوم", True),
        ("طرا*", "جنوبيطرابلس", True),
        ("٢٠*", "2018", True),
    ],
)
def test_a_star_stands_for_the_rest_of_a_word(
    shelf: Shelf, typed: str, written: str, is_found: bool
) -> None:
    put = shelf.put(f"خبر {written} هنا.")
    assert shelf.found(typed) == ([put.article.own_id] if is_found else [])
    assert marked(shelf, typed) == ([[_part(written)]] if is_found else [])
    assert bool(shelf.found(f"خبر -{typed}")) is not is_found


def _part(written: str) -> str:
    return written.removeprefix("جنوبي")


@pytest.mark.parametrize(
    ("typed", "written", "is_found"),
    [
        ("=علي", "علي", True),
        ("=علي", "على", False),
        ("=علي", "عَليٌّ", True),
        ("=علي", "ﻋﻠﻲ", True),
        ("=علي", "عـلـي", True),
        ("=علي", "علیٰ", True),
        ("=أحمد", "احمد", False),
        ("=أحمد", "ا\u0654حمد", True),
        ("=مدرسة", "مدرسه", False),
        ("=كتاب", "الكتاب", False),
        ("=الميليشيات", "المليشيات", False),  # equivalents of each other
        ("=طرابلس", "جنوبيطرابلس", True),
        ("=2018", "٢٠١٨", True),
        ('="على متن"', "على متن", True),
        ('="على متن"', "علي متن", False),
        ('="على متن"', "متن على", False),
        ('="جنوبي طرابلس"', "جنوبيطرابلس", True),
    ],
)
def test_an_equals_sign_asks_for_the_very_letters(
    shelf: Shelf, typed: str, written: str, is_found: bool
) -> None:
    put = shelf.put(f"خبر {written} هنا.")
    assert shelf.found(typed) == ([put.article.own_id] if is_found else [])
    if is_found:
        assert "".join(marked(shelf, typed)[0]).replace(" ", "") in written.replace(" ", "")
    assert bool(shelf.found(f"خبر -{typed}")) is not is_found


HAFTAR = {
    "id": "haftar",
    "title": "لقاء في طرابلس",
    "body": (
        "قال رئيس الوزراء فائز السراج إن قوات خليفة حفتر انسحبت من مدينة بنغازي في 8 يناير 2018، "
        "وقرأ الطلاب كتبهم. ونفت وزارة الداخلية الليبية الخبر."
    ),
    "source": "sada-al-sahil",
    "author": "سالم العبيدي",
    "section": "أخبار محلية",
    "tags": ["ليبيا", "سياسة"],
    "published_at": "2018-01-09T10:00:00Z",
}
"""PM al-Sarraj said Haftar's forces withdrew from Benghazi; the students read their books."""
OTHER = {
    "id": "other",
    "title": "Festival in Marseille",
    "body": "The festival opened on Monday with a concert in the old harbour of the city.",
    "source": "quotidien",
    "published_at": "2019-05-01T10:00:00Z",
}


@pytest.fixture(scope="module")
def filled(settings: Settings) -> Iterator[Shelf]:
    with shelf_on(settings) as shelf:
        for article in (HAFTAR, OTHER):
            shelf.put(**article)
        yield shelf


@pytest.mark.parametrize(
    "typed",
    [
        "title:طرابلس",
        "title:وطرابلس",
        "person:حفتر",
        "شخص:حفتر",
        'person:"خليفة حفتر"',
        'person:"خليفه حفتر"',
        'organization:"وزارة الداخلية"',
        "place:بنغازي",
        "country:ليبيا",
        "country:Libya",
        "country:LY",
        "speaker:السراج",
        "source:sada-al-sahil",
        "author:العبيدي",
        'section:"اخبار محلية"',
        "tag:ليبيا",
        "lang:ar",
        "date:2018",
        "date:٢٠١٨-٠١-٠٩",
        "date:..2018-01-09",
        "تاريخ:2018-01-01..2018-01-31",
        "mentions:2018-01-08",
        "mentions:2018-01",
        "lemma:كتاب",
        "lemma:الكتب",
        "root:كتب",
        "root:قرأ",
    ],
)
def test_fields_find_the_one_article_and_leave_it_out(filled: Shelf, typed: str) -> None:
    assert filled.found(typed) == ["haftar"]
    assert filled.found(f"date:2000.. -{typed}") == ["other"]
    assert set(filled.found(f"{typed} OR source:quotidien")) == {"haftar", "other"}


@pytest.mark.parametrize(
    "typed",
    [
        'person:"خليفة السراج"',  # a word of each of two persons
        "person:ليبيا",
        "date:2018-01-10..2018-12",
        "mentions:2018-01-07",
        "country:TN",
        "lemma:سفينة",
        "source:sada",
    ],
)
def test_fields_do_not_find_what_they_should_not(filled: Shelf, typed: str) -> None:
    assert filled.found(typed) == []


def test_the_words_of_a_field_that_the_text_has_are_marked(filled: Shelf) -> None:
    assert marked(filled, "person:حفتر") == [["حفتر"]]
    assert marked(filled, 'place:"بنغازي" "قوات خليفة"') == [["قوات خليفة", "بنغازي"]]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lemma:كتاب", ["كتب", "كتبهم"]),  # a book: books, their books
        ("lemma:وبكتبهم", ["كتب", "كتبهم"]),
        ("lemma:كتاب OR lemma:طالب", ["الطلاب", "كتب", "كتبهم"]),  # a student: the students
        ("root:كتب", ["كتب", "المكتبة", "كتبهم"]),  # the library as well
        ("lemma:كتاب المكتبة", ["كتب", "المكتبة", "كتبهم"]),
    ],
)
def test_forms_of_a_lemma_and_words_of_a_root_are_marked(
    shelf: Shelf, typed: str, found: list[str]
) -> None:
    shelf.put("قرأ الطلاب أربعة كتب جديدة في المكتبة، ثم أعادوا كتبهم.")
    assert marked(shelf, typed) == [found]


def test_a_word_of_a_lemma_is_marked_whole_where_its_parts_are_too(shelf: Shelf) -> None:
    shelf.put("وقعت اشتباكات في جنوبيطرابلس أمس، وقرأ الطلاب كتبهم.", title="كتبـهم")
    [hit] = shelf.search("lemma:كتاب طرابلس").hits
    assert marked(shelf, "lemma:كتاب طرابلس") == [["طرابلس", "كتبهم"]]
    assert [hit.title[start:end] for start, end in hit.title_marks] == ["كتبـهم"]


def test_days_are_those_of_the_zone_that_one_asks_in(shelf: Shelf) -> None:
    shelf.put("طرابلس", id="late", published_at="2018-01-07T23:30:00Z")
    there = shelf.searcher_in("Africa/Tripoli")
    assert [hit.article_id for hit in there.search("date:2018-01-08").hits] == ["late"]
    assert there.search("date:2018-01-07").hits == ()


@pytest.mark.parametrize("typed", ["عشرين ألف", "20 ألف", "20000", "٢٠٬٠٠٠", "۲۰ ألف"])
@pytest.mark.parametrize(
    "written", ["عشرين ألف", "عشرون ألف", "20 ألف", "20000", "٢٠٬٠٠٠", "20,000"]
)
def test_a_number_is_found_however_it_is_written(shelf: Shelf, typed: str, written: str) -> None:
    put = shelf.put(f"صودر {written} مسدس في الميناء.")
    shelf.put("صودر 30 مسدساً في الميناء، و20 سيارة.")
    shelf.put("ألف كتاب.")
    # Of عشرين ألف مسدس two words are enough, as of any three; but what has the number comes first.
    assert shelf.found(f"{typed} مسدس")[0] == put.article.own_id
    assert shelf.found(typed) == [put.article.own_id]


def test_what_was_typed_comes_before_the_same_number_said_otherwise(shelf: Shelf) -> None:
    other = shelf.put("صودر عشرون ألف مسدس في الميناء.").article.own_id
    typed = shelf.put("صودر 20000 مسدس في الميناء.").article.own_id
    assert shelf.found("20000 مسدس") == [typed, other]


def test_of_many_words_nothing_has_to_be_there(shelf: Shelf) -> None:
    put = shelf.put("شرطة المدينة تصادر في الميناء مسدسا كبيرا قديما.")
    title = "شرطة المدينة تصادر «مسدسا قديما» في الميناء: 20 ألفا | بوابة"
    assert shelf.found(title) == [put.article.own_id]


def test_a_phrase_among_many_words_comes_first(shelf: Shelf) -> None:
    apart = shelf.put("زار وفد كبير اليوم سوق المدينة وفيه العطارين.").article.own_id
    together = shelf.put("زار وفد كبير اليوم المدينة وفيه سوق العطارين.").article.own_id
    assert shelf.found("زار وفد كبير اليوم «سوق العطارين» المدينة") == [together, apart]


def test_near_spellings_keep_to_what_is_required(shelf: Shelf) -> None:
    shelf.put("في طرابلس مطار.", id="near", source="a")
    shelf.put("في طرابلس مطار.", id="elsewhere", source="b")
    assert [hit.article_id for hit in shelf.search("طرابلص source:a").hits] == ["near"]
    assert [hit.article_id for hit in shelf.search("طرابلص -source:b").hits] == ["near"]


@hypothesis_settings(max_examples=150)
@given(typed=st.one_of(TYPED, st.text(max_size=40)), is_repaired=st.booleans())
def test_whatever_is_typed_is_answered_or_refused_in_words(
    filled: Shelf, typed: str, is_repaired: bool
) -> None:
    repair = as_articles(JoinedWords()) if is_repaired else filled.repair
    with suppress(BadQuery):
        filled.searcher_in("UTC", repair).search(typed)


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(f"{letter}{other}*" for letter in "ابتثجح" for other in "لمنهو")[:999],
        " ".join(f'="{number} كلمة"' for number in range(32)),
        " ".join(f"person:{number}" for number in range(32)),
        " OR ".join(f"lemma:ك{number}" for number in range(32)),
        " ".join(f'"{number} ألف"' for number in range(32)),
        " ".join(f"-{number}*" for number in range(10, 42)),
        "مليون " * 160,
        " OR ".join(f'"Tripoli Haftar{letter}"' for letter in "abcdefghijklmnopqrstuvwxyz"),
        "ليبي*" + " 1" * 490,
        "ا" * 990 + "*",
    ],
)
def test_the_most_that_can_be_asked_is_answered(filled: Shelf, typed: str) -> None:
    filled.search(typed)
