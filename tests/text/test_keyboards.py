"""Persian and Urdu letters: written anew in Arabic words, kept in the words of their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.keyboards import keyboard_letters
from warraq.text.normalize import fold
from warraq.text.repair import repaired


def written(text: str) -> str:
    edited = repaired(text, {"letters": keyboard_letters})
    assert edited.undone() == text
    return edited.text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        # "the minister stressed that the talks go on"
        ("أکد الوزیر أن المحادثات مستمرة", "أكد الوزير أن المحادثات مستمرة"),
        ("وصلت الباخرة إلی المیناء", "وصلت الباخرة إلى الميناء"),
        ("عاد الفریق فی المساء إلی المدینة", "عاد الفريق في المساء إلى المدينة"),
        # A final yeh: a maksura where the word has one, else with its dots.
        ("التقی الوفد علی الحدود للمرة الأولی", "التقى الوفد على الحدود للمرة الأولى"),
        ("قال القاضی إن الموسیقی والمستشفی والكبری", "قال القاضي إن الموسيقى والمستشفى والكبرى"),
        ("أعلن المجلس البلدی عن المقهی الشعبی", "أعلن المجلس البلدي عن المقهى الشعبي"),
        ("كان شیئاً شخصیًا عند علیّ", "كان شيئاً شخصيًا عند عليّ"),
        # Heh and teh marbuta of Urdu keyboards, heh of Kurdish ones
        ("ھذا أول خبر عن الجامعۃ", "هذا أول خبر عن الجامعة"),
        ("في ہذه القرية كتب المهندس ملاحظاتە", "في هذه القرية كتب المهندس ملاحظاته"),
        ("عام 1440ھ انتهى البناء", "عام 1440ه انتهى البناء"),
        ("وزیر الخارجیة", "وزیر الخارجية"),  # one proof: only the word that has it
    ],
)
def test_arabic_words_are_written_with_arabic_letters(found: str, meant: str) -> None:
    assert written(found) == meant


@pytest.mark.parametrize(
    "text",
    [
        # Persian: "the newspaper wrote about the price of bread", "he said in an interview"
        "روزنامه درباره قیمت نان در تهران نوشت و مردم از گرانی شکایت کردند.",
        "او در گفتگو با خبرنگاران گفت که این طرح برای همه خوب است.",
        "کتاب خوبی بود", "دانشکده فنی", "علی کریمی", "رأی مردم", "می‌روم",
        "دادگاه بین المللی لاهه رأی خود را درباره این پرونده اعلام کرد",
        # Urdu: "the prime minister arrived in Lahore", Kurdish: "today the weather is cold"
        "وزیر اعظم کل لاہور پہنچے اور انہوں نے جلسہ عام سے خطاب کیا۔",
        "القاعدہ کے خلاف کارروائی", "الیکشن کمیشن کا اجلاس",
        "ئەمڕۆ هەوا ساردە و خەڵک لە ماڵەوەن", "کۆبوونەوەی ئەنجومەن",
    ],
)  # fmt: skip
def test_persian_urdu_and_kurdish_keep_their_letters(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        (
            "أصدرت دار النشر کتاب «بوستان سعدی» في المدینة (بالفارسية: بوستان سعدی)",
            "أصدرت دار النشر كتاب «بوستان سعدی» في المدينة (بالفارسية: بوستان سعدی)",
        ),
        ("كتب الشاعر علی الجدار: زندگی زیباست", "كتب الشاعر على الجدار: زندگی زیباست"),
        (
            "قال الرئیس إن الأزمة انتهت\nرئیس جمهور گفت که بحران تمام شد",
            "قال الرئيس إن الأزمة انتهت\nرئیس جمهور گفت که بحران تمام شد",
        ),
    ],
)
def test_a_quotation_in_another_language_keeps_its_own(found: str, meant: str) -> None:
    assert written(found) == meant


@pytest.mark.parametrize("word", ["ڤيتو", "پاريس", "چاي", "گوگل", "ژنرال", "ڭولف", "ڨفصة"])
def test_letters_for_sounds_of_their_own_stay_and_are_found_all_the_same(word: str) -> None:
    text = f"قال المندوب إن {word} كلمة شائعة في الصحافة"
    assert written(text) == text
    assert not set("پچژڤگڭڨ") & set(fold(word)) - {"ڭ"}


def test_an_edit_is_a_whole_word() -> None:
    edits = list(keyboard_letters("أعلنت الوزارة عن خطة الحکومة المحلیة"))
    assert [(edit.original, edit.replacement) for edit in edits] == [
        ("الحکومة", "الحكومة"), ("المحلیة", "المحلية"),
    ]  # fmt: skip
    assert {(edit.kind, bool(edit.reason)) for edit in edits} == {("foreign-letter", True)}


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_natural_text_is_untouched(text: str) -> None:
    assert written(text) == text


@given(st.text() | st.text(st.sampled_from("الکیہھةأفيكن گپ\u200c\u064b\n()«»:")))
def test_no_text_breaks_it_and_search_sees_no_difference(text: str) -> None:
    assert fold(written(text)) == fold(text)
