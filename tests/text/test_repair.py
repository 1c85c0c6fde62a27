"""Repairs: damage goes, everything else stays, and nothing that comes breaks them."""

from __future__ import annotations

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
}  # fmt: skip


@pytest.mark.parametrize(("name", "found", "meant"), DAMAGED.values(), ids=DAMAGED.keys())
def test_each_repair(name: str, found: str, meant: str) -> None:
    edited = repaired(found, {name: REPAIRS[name]})
    assert edited.text == meant
    assert edited.undone() == found


def test_all_repairs_together_on_a_title_with_everything() -> None:
    # "clashes south of Tripoli": misread UTF-8, letters by shape, hidden characters, stretching
    found = "\u200fØ§Ø´ØªØ¨Ø§ÙƒØ§Øª ﺟﻨـــﻮﺏ طرا\u200bبـــلس"
    edited = repaired(found.removeprefix("\u200f"))
    assert edited.text == "اشتباكات جنوب طرابلس"
    assert edited.undone() == found.removeprefix("\u200f")
    assert {kind for edit in edited.edits for kind in edit.kind.split("+")} == {
        "mojibake", "presentation-form", "invisible-character", "tatweel",
    }  # fmt: skip


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_undamaged_text_is_untouched(text: str) -> None:
    assert repaired(text).edits == ()


def test_undamaged_text_is_untouched_as_one_long_line() -> None:
    assert repaired(" ".join(NEWS + LOOKS_DAMAGED)).edits == ()


def test_every_edit_says_why() -> None:
    for _, found, _ in DAMAGED.values():
        assert all(edit.reason and edit.confidence == 1 for edit in repaired(found).edits)


CHARACTERS = st.sampled_from(
    [*"ابلهي \nabÃØÙÂ§Ù‚ظط،؟é👨ﻻﷲ", TATWEEL, *INVISIBLE, *"\u200d\u200c\u064e\ud800\x00"]
)  # fmt: skip


@given(
    st.text() | st.text(CHARACTERS) | st.text(st.characters(categories=["Cs", "Cf", "Co", "Mn"]))
)
@example("\u200d" * 100)
def test_no_text_breaks_a_repair_and_every_repair_can_be_undone(text: str) -> None:
    edited = repaired(text)
    assert edited.undone() == edited.original == text


@given(st.text(CHARACTERS))
def test_nothing_that_hides_a_word_is_left(text: str) -> None:
    left = set(repaired(text).text)
    assert not left & INVISIBLE
    assert not left & PRESENTATION_FORMS


@given(st.text(CHARACTERS))
def test_a_repaired_text_is_repaired_only_once(text: str) -> None:
    without_mojibake = {name: REPAIRS[name] for name in REPAIRS if name != "mojibake"}
    once = repaired(text, without_mojibake).text
    assert repaired(once, without_mojibake).text == once
