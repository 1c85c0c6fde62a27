"""Repairs: damage goes, everything else stays, and nothing that comes breaks them."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.letters import INVISIBLE, PRESENTATION_FORMS, TATWEEL
from warraq.text.repair import REPAIRS, repaired

DAMAGED = {
    # Letters by shape, as PDF files store them: "the Tripoli airport"
    "letters by shape": ("presentation-forms", "ﻣﻄﺎﺭ ﻃﺮﺍﺑﻠﺲ", "مطار طرابلس"),
    "some letters by shape": ("presentation-forms", "الﻼجئون", "اللاجئون"),
    "lam and alef in one": ("presentation-forms", "ﻷﻥ ﻻ ﺇﻻ", "لأن لا إلا"),
    "a word in one character": ("presentation-forms", "ﷲ ﷺ", "الله صلى الله عليه وسلم"),
    "vowel signs by shape": ("presentation-forms", "ﹶﹸﹷ", "َُ\u064e"),
    "a currency": ("presentation-forms", "5 ﷼", "5 ریال"),
    "ornate parentheses stay": ("presentation-forms", "﴿كلا﴾", "﴿كلا﴾"),
    "zero-width space": ("invisible-characters", "طرا\u200bبلس", "طرابلس"),
    "byte order mark": ("invisible-characters", "\ufeffطرابلس", "طرابلس"),
    "direction marks": ("invisible-characters", "\u200f(\u202bطرابلس\u202c)\u200e", "(طرابلس)"),
    "direction isolates": ("invisible-characters", "\u2067طرابلس\u2069", "طرابلس"),
    "soft hyphen": ("invisible-characters", "infor\u00admation", "information"),
    "joiner in a word": ("invisible-characters", "طرا\u200dبلس", "طرابلس"),
    "joiner behind a word": ("invisible-characters", "1439 ه\u200d.", "1439 ه."),
    "joiner before a word": ("invisible-characters", "a \u200d\u200dه", "a ه"),
    "joiner between hidden ones": ("invisible-characters", "ط\u200b\u200d\u200bر", "طر"),
    "joiner of emoji": ("invisible-characters", "👨\u200d👩", "👨\u200d👩"),
    "joiner of emoji, and a mark": ("invisible-characters", "👨\u200e\u200d👩", "👨\u200d👩"),
    "non-joiner of Persian": ("invisible-characters", "می\u200cشود", "می\u200cشود"),
    "stretched": ("tatweel", "الجـــيش الوطنـي", "الجيش الوطني"),
    "stretched under a vowel sign": ("tatweel", "مُحَـمَّـد", "مُحَمَّد"),
    "of the Hijra": ("tatweel", "1439هـ و1440 هـ.", "1439هـ و1440 هـ."),
    "a prefix before a number": ("tatweel", "بـ500 ولـ «الوطن»", "بـ500 ولـ «الوطن»"),
    "a line drawn with it": ("tatweel", "ـــــ\nنص\nـــــ", "ـــــ\nنص\nـــــ"),
    # One of each; their own test files have the rest.
    "an entity": ("html-entities", "&quot;نعم&quot;", '"نعم"'),
    "another keyboard": ("letters", "وزارة الخارجیة", "وزارة الخارجية"),
    "drawn out": ("repeated-letters", "جدااااا", "جدا"),
    "a sign twice": ("diacritics", "أيضاًً", "أيضاً"),
    "turned round": ("quotes", "في »ورشفانة«", "في «ورشفانة»"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "found", "meant"), DAMAGED.values(), ids=DAMAGED.keys())
def test_each_repair(name: str, found: str, meant: str) -> None:
    edited = repaired(found, {name: REPAIRS[name]})
    assert edited.text == meant
    assert edited.undone() == found


def test_all_repairs_together_on_a_title_with_everything() -> None:
    # "'clashes' south of Tripoli, and 'Aziziya'; fierce and far from the city": every fault at once
    found = (
        "&quot;Ø§Ø´ØªØ¨Ø§ÙƒØ§Øª&quot; ﺟﻨـــﻮﺏ طرا\u200bبـــلس و»العزيزية« "
        "عنيفة ً وبعیدة جدااااا عن المدینة"
    )
    edited = repaired(found)
    assert edited.text == '"اشتباكات" جنوب طرابلس و«العزيزية» عنيفةً وبعيدة جدا عن المدينة'
    assert edited.undone() == found
    assert {kind for edit in edited.edits for kind in edit.kind.split("+")} == {
        "mojibake", "html-entity", "presentation-form", "invisible-character", "tatweel",
        "foreign-letter", "repeated-letter", "diacritics", "quotation-mark",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("&#65259;&#65262;", "هو"),  # an entity of a letter by shape: "he"
        ("ن&rlm;ع&zwj;م", "نعم"),  # entities of what shows nothing
        ("&Oslash;&sect;&Ugrave;„", "ال"),  # misread, then written in entities
        ("جداا\u200bااا", "جدا"),  # drawn out, with something hidden in it
        ("جـــدااـــااا", "جدا"),
        ("وأضاف: &raquo;نعم&laquo;", "وأضاف: «نعم»"),
    ],
)
def test_a_repair_sees_what_those_before_it_left(found: str, meant: str) -> None:
    assert repaired(found).text == meant


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_undamaged_text_is_untouched(text: str) -> None:
    assert repaired(text).edits == ()


def test_undamaged_text_is_untouched_as_one_long_line() -> None:
    assert repaired(" ".join(NEWS + LOOKS_DAMAGED)).edits == ()


def test_what_would_be_many_times_as_long_stays_as_it_is() -> None:
    """One character may stand for 18 letters; half a million of them would fit into no index."""
    assert repaired("ﷺ" * 10_000).text == "ﷺ" * 10_000
    prayers = repaired("ﷺ " * 3_000 + "ﻃﺮﺍﺑﻠﺲ").text
    assert prayers.startswith("صلى الله عليه وسلم ")
    assert len(prayers) <= 2 * 6_010


def test_every_edit_says_why() -> None:
    for _, found, _ in DAMAGED.values():
        assert all(edit.reason and edit.confidence >= 0.9 for edit in repaired(found).edits)


CHARACTERS = st.sampled_from(
    [*"ابلهي \nabÃØÙÂ§Ù‚ظط،؟é👨ﻻﷲ", TATWEEL, *INVISIBLE, *"\u200d\u200c\u064e\ud800\x00",
     *"یکھةوأ«»“”()ّ\u064b\u0670Çáãí¡&#;", "&quot;", "&amp;", "اااا", "لل", "هههه", " ً", "جدا"]
)  # fmt: skip


@given(
    st.text()
    | st.lists(CHARACTERS).map("".join)
    | st.text(st.characters(categories=["Cs", "Cf", "Co", "Mn"]))
)
@example("\u200d" * 100)
def test_no_text_breaks_a_repair_and_every_repair_can_be_undone(text: str) -> None:
    edited = repaired(text)
    assert edited.undone() == edited.original == text


@given(st.lists(CHARACTERS).map("".join))
def test_nothing_that_hides_a_word_is_left(text: str) -> None:
    left = set(repaired(text).text)
    assert not left & INVISIBLE
    assert not left & PRESENTATION_FORMS


@given(st.lists(CHARACTERS).map("".join))
def test_each_repair_gives_sorted_edits_that_say_what_stands_in_the_text(text: str) -> None:
    for repair in REPAIRS.values():
        read = 0
        for edit in repair(text):
            assert edit.start >= read
            assert text[edit.start : edit.end] == edit.original != edit.replacement
            read = edit.end


@given(st.lists(CHARACTERS).map("".join))
def test_a_repaired_text_is_repaired_only_once(text: str) -> None:
    # These two undo what was done to a text several times over; a text can be made that was not.
    others = {name: REPAIRS[name] for name in REPAIRS if name not in {"mojibake", "html-entities"}}
    once = repaired(text, others).text
    assert repaired(once, others).text == once


HOSTILE = {
    "ampersands": "&", "half entities": "&amp", "entities": "&quot;", "encoded often": "&amp;amp;",
    "addresses": "http://www.&", "one letter": "ا", "laughing": "ه", "lams": "ل", "marks": "\u064e",
    "marks on a space": " \u064b", "marks on a letter": "ا \u064b\u0651", "shadda": "\u0651\u064e",
    "turned": "»", "pairs turned": "»ا« ", "all marks": "«”“»", "yehs": "ی", "Arabic": "الخارجیة ",
    "Persian": "است که ", "open brackets": "(ی", "tatweel": TATWEEL, "joiners": "\u200d",
    "hidden": "\u200b\u200d", "leads": "Ø", "misread": "Ø§", "misread 1256": "ظ", "cut": "Ø§Ù",
    "codepage": "Çá", "codepage words": "ÇáãÊ ", "codepage punctuation": "¡º¿", "controls": "\x85",
    "by shape": "ﻼ", "surrogates": "\ud800", "lines": "\n", "spaces": " ",
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_much_of_anything_is_soon_done(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    edited = repaired(f"نص {text} نص")
    assert time.process_time() - started < 10  # the square of it would take minutes
    assert edited.undone() == f"نص {text} نص"
