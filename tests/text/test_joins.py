"""Joined words: found where the space was lost, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.text.edits import EditedText
from warraq.text.joins import RECOMMENDED, SAFE, JoinedWords
from warraq.text.joins.segmentations import proven_cuts, segmentations
from warraq.text.letters import PART_MARK
from warraq.text.lexicon import Lexicon

LEXICON = Lexicon()
JOINS = JoinedWords()


def parted(text: str, joins: JoinedWords = JOINS) -> str:
    (edits,) = joins.edits(text)
    return EditedText(text).edited(edits).text.replace(PART_MARK, "|")


JOINED = {
    "after a joining letter": "تجددت الاشتباكات جنوبي|طرابلس مساء أمس",  # clashes south of Tripoli
    "after a letter that stands apart": "وقعت قطر|وتركيا اتفاقية جديدة",  # Qatar and Turkey
    "after teh marbuta": "زار الوفد مدينة|بنغازي أمس",  # the city of Benghazi
    "after alef maksura": "سافر الوزير إلى|القاهرة يوم الأحد",  # to Cairo
    "after tanwin": "كان الحضور كبيراً|جدا في الحفل",  # very large
    "tanwin before its alef": "زاد السعر كثيرًا|جدا هذا العام",
    "before a hamza that begins words": "قال المتحدث إن الحكومة قالت|إن الاتفاق قائم",  # said that
    "a function word first": "عاد من|المدرسة إلى البيت",  # from school
    "the article inside": "أعلن وزير|الخارجية موقف بلاده",  # the foreign minister
    "three words": "اجتمع رئيس|مجلس|الوزراء مع الوفد",  # the prime minister
    "with vowel signs": "عقدَ رئيسُ|الحكومةِ مؤتمراً",  # the head of government
}


@pytest.mark.parametrize("expected", JOINED.values(), ids=JOINED)
def test_lost_spaces_are_found_at_their_place(expected: str) -> None:
    assert parted(expected.replace("|", "")) == expected


WORDS = {
    "names of several parts": "قال عبدالله وعبدالرحمن وعبدالمحسن في أبوظبي",
    "foreign names": "سجل باتنهاوزن هدفين وزار كامبريدجشير ومونتكالم",
    "fa and a verb": "يأتي العيد فيتوتر الناس فيتنافسون ثم فيستريحون",  # so that people are tense
    "the dual": "قال اللاعبان المصابان إنهما سيعودان",  # the two injured players
    "words with many affixes": "وسيستخدمونها فاستقبلتهما أفنلزمكموها وليستكتبوهم",
    "plurals of feminine nouns": "المستشفيات والاستراتيجيات والديمقراطيات",
    "Persian": "این کتاب‌ها را می‌خوانم و به خانه برمی‌گردم",
    "short words": "ما لا من في عن يا",
    "numbers and signs": "12:30 #طرابلس_الآن @user http://a.example/x",
}


@pytest.mark.parametrize("text", WORDS.values(), ids=WORDS)
def test_what_is_one_word_is_left_alone(text: str) -> None:
    assert parted(text) == text


def test_the_same_space_may_be_lost_each_time() -> None:
    text = "وقعت اشتباكات في قطر|وتركيا. وقالت قطر|وتركيا إنها. ثم أضافت قطر|وتركيا أن"
    assert parted(text.replace("|", "")) == text


def test_what_runs_into_a_number_is_left_alone() -> None:
    text = "قتل 15 شخصاو20 طفلا"  # 15 people and 20 children died
    assert parted(text) == text


def test_another_language_is_left_alone() -> None:
    # They said that the owner of the house had gone to the city and might be back by evening.
    persian = "گفتند که صاحبخانه چند روز پیش از این با پسرش به شهر رفته و شاید امروز غروب برگردد "
    assert parted(persian * 3) == persian * 3


def test_a_text_that_lost_every_third_space_is_still_read() -> None:
    text = (
        "قالت وزارة|الخارجية إن الوفد وصل|إلى العاصمة طرابلس|أمس والتقى رئيس|الحكومة وعددا|من "
        "الوزراء في|مقر المجلس|وبحث معهم الأوضاع|الأمنية في جنوب|البلاد وسبل|دعم الاستقرار"
    )
    found = parted(text.replace("|", ""))
    assert found.count("|") >= 8
    assert set(found.split()) - set(text.split()) <= {
        word.replace("|", "") for word in text.split()
    }


def test_a_recurring_word_is_a_name() -> None:
    once = "التقى الوفد مع مارزوسردينيا في المعرض"
    often = f"{once}. مارزوسردينيا جديد. وقالت مارزوسردينيا إن مارزوسردينيا تبيع الجبن"
    assert PART_MARK not in parted(often)


def test_the_title_bears_witness_for_the_body() -> None:
    title, body = "مقتل قيادي في درعا", "أعلن عن مقتلقيادي في المدينة"  # death of a commander
    in_title, in_body = JOINS.edits(title, body)
    assert in_title == []
    assert [edit.start for edit in in_body] == [body.index("قيادي")]


def test_an_edit_says_what_it_found_and_how_sure_it_is() -> None:
    text = "تجددت الاشتباكات جنوبيطرابلس مساء أمس"
    ((edit,),) = JOINS.edits(text)
    assert (edit.kind, edit.original, edit.replacement) == ("joined-words", "", PART_MARK)
    assert text[: edit.start].endswith("جنوبي")
    assert "جنوبي + طرابلس" in edit.reason
    assert RECOMMENDED <= edit.confidence <= 1


def test_what_was_marked_is_not_marked_again() -> None:
    marked = parted("تجددت الاشتباكات جنوبيطرابلس مساء أمس").replace("|", PART_MARK)
    assert JOINS.edits(marked) == ([],)


def test_a_finder_that_has_to_be_surer_finds_no_more() -> None:
    text = " ".join(expected.replace("|", "") for expected in JOINED.values())
    safe = {edit.start for edit in JOINS.at(SAFE).edits(text)[0]}
    daring = {edit.start for edit in JOINS.at(0.3).edits(text)[0]}
    assert safe <= {edit.start for edit in JOINS.edits(text)[0]} <= daring
    assert JOINS.at(1.0).edits(text) == ([],)


@given(st.text())
def test_no_text_breaks_it_and_no_letter_is_lost(text: str) -> None:
    (edits,) = JOINS.edits(text)
    edited = EditedText(text).edited(edits)
    assert edited.undone() == text
    assert all(edit.original == "" and edit.replacement == PART_MARK for edit in edits)


@given(st.lists(st.sampled_from(["طرابلس", "جنوبي", "في", "من", "مدينة", "ً", "ا", "إلى", " "])))
def test_chains_of_known_words_break_nothing(words: list[str]) -> None:
    text = "".join(words)
    assert parted(text).replace("|", "") == text


@pytest.mark.parametrize(
    ("token", "cuts"),
    [
        ("مدينةطرابلس", {5}),
        ("مدينة", set()),
        ("علىالأرض", {3}),
        ("شرحاًلفكرة", {4}),
        ("شرحًالفكرة", {4}),
        ("حديثٌطويل", {4}),
        ("إلىمدينةطرابلس", {3, 8}),
        ("وأضافتإن", {6}),  # and she added that
        ("والإعلام", set()),  # and the media
        ("المرحلةالإعدادية", {7}),  # preparatory stage: the article belongs to what follows
    ],
)
def test_letters_that_end_or_begin_words_prove_a_cut(token: str, cuts: set[int]) -> None:
    key_length = sum(character.isalpha() for character in token)
    assert proven_cuts(token, key_length) == cuts


def test_segmentations_are_chains_of_known_words_the_cheapest_first() -> None:
    found = segmentations(LEXICON, "جنوبيطرابلس")
    assert found[0].parts == ("جنوبي", "طرابلس")
    assert found[0].cuts == (5,)
    assert [one.cost for one in found] == sorted(one.cost for one in found)
    assert all("".join(one.parts) == "جنوبيطرابلس" for one in found)


def test_no_segmentation_misses_a_proven_cut() -> None:
    found = segmentations(LEXICON, "مدينةطرابلس", frozenset({5}))
    assert found
    assert all(5 in one.cuts for one in found)
