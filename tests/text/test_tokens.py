"""Tokens and sentences: exact offsets, and the borders a reader sees."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import NEWS
from warraq.text.letters import MARKS
from warraq.text.tokens import sentences, tokens


def words_of(text: str) -> list[str]:
    return [token.form for token in tokens(text)]


def sentences_of(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال: «نعم»، ثم مضى.", ["قال", "نعم", "ثم", "مضى"]),
        ("وُلِدَ الكاتبُ", ["وُلِدَ", "الكاتبُ"]),
        ("الرحمٰن", ["الرحمٰن"]),
        ("الجـــيش", ["الجـــيش"]),
        ("طرا\u200bبلس", ["طرا\u200bبلس"]),
        ("می\u200cشود", ["می\u200cشود"]),
        ("4.5 و1,25 و٢٫٥٪ و٣٬٠٠٠", ["4.5", "و1,25", "و٢٫٥", "و٣٬٠٠٠"]),
        ("U.N. don't l’Orient", ["U.N", "don't", "l’Orient"]),
        ("انتهى.ثم بدأ", ["انتهى", "ثم", "بدأ"]),
        ("الساعة 14:30", ["الساعة", "14", "30"]),
        ("1439هـ", ["1439هـ"]),
        ("قطر\u2063وتركيا\u2063معا", ["قطر", "وتركيا", "معا"]),  # the mark of lost spaces
        ("...؟! - «»", []),
        ("\u064e\u064f", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("جاء. ذهب! أين؟ هنا… نعم", ["جاء.", "ذهب!", "أين؟", "هنا…", "نعم"]),
        ("عنوان\nسطر أول. سطر ثان", ["عنوان", "سطر أول.", "سطر ثان"]),
        ("بلغ 4.5 أمتار.", ["بلغ 4.5 أمتار."]),
        ("قال: «نعم.» ثم مضى.", ["قال: «نعم.»", "ثم مضى."]),
        ('سأل: "أين؟!" ثم (مضى.) وعاد', ['سأل: "أين؟!"', "ثم (مضى.)", "وعاد"]),
        ("ماذا؟!! نعم...", ["ماذا؟!!", "نعم..."]),
        ("انتهى.وبدأ", ["انتهى.", "وبدأ"]),  # the space was lost
        ("انتهى؟وبدأ", ["انتهى؟", "وبدأ"]),
        ("على ام.تي.في وبي.بي.سي نيوز", ["على ام.تي.في وبي.بي.سي نيوز"]),  # MTV, BBC
        ("قال د. أحمد إنه بخير.", ["قال د. أحمد إنه بخير."]),  # Dr.
        ("قال د.أحمد وأ.د. سعيد ذلك.", ["قال د.أحمد وأ.د. سعيد ذلك."]),  # Dr., Prof. Dr.
        ("حضر م. خالد، وم. فهد.", ["حضر م. خالد، وم. فهد."]),  # engineers
        ("رحب به. ثم مضى.", ["رحب به.", "ثم مضى."]),  # "him" is no abbreviation
        ("ص. ب. 123 الرياض", ["ص. ب. 123 الرياض"]),  # PO box
        ("كتبت ج. ك. رولينغ كتابا.", ["كتبت ج. ك. رولينغ كتابا."]),
        ("عند 5 a.m. في U.N. مع Dr. Smith", ["عند 5 a.m. في U.N. مع Dr. Smith"]),
        ("ولد عام 1436هـ. ثم سافر.", ["ولد عام 1436هـ.", "ثم سافر."]),  # an era, not Dr.
        ("ولد عام 1436 هـ. ثم سافر.", ["ولد عام 1436 هـ.", "ثم سافر."]),
        ("كان ذلك في 2015م. وقال", ["كان ذلك في 2015م.", "وقال"]),
        ("1. الماء\n2. الخبز", ["1. الماء", "2. الخبز"]),  # a list
        ("اشترى. 1. ماء", ["اشترى.", "1. ماء"]),
        ("كان عددهم 20. وقال", ["كان عددهم 20.", "وقال"]),
        ("مجموعة أ.\nمجموعة ب.", ["مجموعة أ.", "مجموعة ب."]),
        ("(د. أحمد) حاضر", ["(د. أحمد) حاضر"]),
        ("قال «جئنا». ثم مضى", ["قال «جئنا».", "ثم مضى"]),
        ("سأل: «من؟»، فأجاب", ["سأل: «من؟»، فأجاب"]),
        ("سطر\rسطر\u2028سطر", ["سطر", "سطر", "سطر"]),
        ("  \n\n  ", []),
        ("", []),
        (" . ", ["."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences_of(text) == expected


@pytest.mark.parametrize("text", NEWS[:2])
def test_a_sentence_of_news_is_one_sentence(text: str) -> None:
    assert sentences_of(text) == [text]


TEXTS = st.text() | st.text(st.sampled_from("اب a1.,؟!'»\")\n \u064e\u200b\u00a0٫ـ"))


@given(TEXTS)
def test_spans_are_in_order_and_inside_the_text(text: str) -> None:
    for spans in (tokens(text), sentences(text)):
        assert all(0 <= one.start < one.end <= len(text) for one in spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_token_has_the_key_of_the_lexicon() -> None:
    """وُلِدَ أحمدُ: Ahmad was born."""
    assert [token.key for token in tokens("وُلِدَ أحمدُ")] == ["ولد", "احمد"]


@given(TEXTS)
def test_a_token_says_what_stands_at_its_place(text: str) -> None:
    assert all(text[one.start : one.end] == one.form for one in tokens(text))


@given(TEXTS)
def test_sentences_hold_everything_but_white_space(text: str) -> None:
    assert "".join("".join(sentences_of(text)).split()) == "".join(text.split())
    assert all(sentence == sentence.strip() for sentence in sentences_of(text))


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_word(text: str) -> None:
    inside = {index for one in tokens(text) for index in range(one.start, one.end)}
    assert all(
        index in inside
        for index, character in enumerate(text)
        if character.isalnum() and character not in MARKS
    )


@given(st.text(st.sampled_from("ا. ؟\n»")))
def test_no_word_is_in_two_sentences(text: str) -> None:
    ends = [sentence.end for sentence in sentences(text)]
    assert not any(one.start < border < one.end for one in tokens(text) for border in ends)
