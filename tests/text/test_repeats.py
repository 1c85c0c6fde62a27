"""Letters that are repeated: written as often as their word has them, where that is certain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.repair import repaired
from warraq.text.repeats import repeated_letters


def written(text: str) -> str:
    edited = repaired(text, {"repeated-letters": repeated_letters})
    assert edited.undone() == text
    return edited.text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        # Letters that no word has twice
        ("جدااااا", "جدا"),  # very
        ("ياااا ربااااه", "يا رباه"),  # oh Lord
        ("الآآآن", "الآن"),  # now
        ("رائعععع جداااا!", "رائع جدا!"),  # very splendid
        ("فراغغغغ", "فراغ"),  # emptiness
        ("إلىىىى متىىى", "إلى متى"),  # until when
        # Letters of which the lexicon knows how many
        ("طويييل", "طويل"),  # long
        ("كبيييييير", "كبير"),  # big
        ("المصرييين", "المصريين"),  # the Egyptians: a slip, for it has two of them
        ("المؤسسسات الافتتتاح عددد الممملكة", "المؤسسات الافتتاح عدد المملكة"),
        ("محمووود محممممد", "محمود محمد"),  # names
        ("حزيييييين", "حزين"),  # sad
        ("طوييييل جداااا", "طويل جدا"),
        # Vowels drawn out where it does not
        ("مبروووووكين", "مبروكين"), ("فلاااانوووووه", "فلانوه"),
        # Laughing
        ("ههههههههه يا رجل", "ههه يا رجل"), ("خخخخخ", "خخخ"),
        # The article after the preposition
        ("لللاعبين", "للاعبين"),  # for the players
        ("ولللجنة", "وللجنة"),  # and to the committee
        ("الللغة", "اللغة"),  # the language
        ("بالللون", "باللون"),  # in the colour
    ],
)  # fmt: skip
def test_a_letter_is_written_as_often_as_its_word_has_it(found: str, meant: str) -> None:
    assert written(found) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ممثل، تتتبع، بببغاء، مددنا، سببي، يهدد، اللغة، للاعب، الليل",  # by right
        "وووتر وووصل ووودستوك وستتتبع",  # prefixes before words that begin with two
        "قنتيييييين",  # one, before a noon, or two?
        "الجنسييين شبههه تقللل المممملكة",  # two words that are as common
        "نوووي قنترررس قنتووول",  # who knows
        "اا ااا ااااا ععع", "ههه", "وووووو يييي آآآآ ببب",  # sounds, letters of a list
        "لللي وللللا",
        "111 000 ...... !!! IIII aaaa وwwww",
        "هـــههه",
    ],
)  # fmt: skip
def test_what_may_be_meant_so_stays(text: str) -> None:
    assert written(text) == text


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_natural_text_is_untouched(text: str) -> None:
    assert written(text) == text


def test_every_edit_is_one_run() -> None:
    edits = list(repeated_letters("هذا رااائع جدااا"))
    assert [(edit.start, edit.original, edit.replacement) for edit in edits] == [
        (5, "ااا", "ا"), (13, "ااا", "ا"),
    ]  # fmt: skip
    assert {(edit.kind, bool(edit.reason)) for edit in edits} == {("repeated-letter", True)}


@given(st.text() | st.text(st.sampled_from("اوليعهخ نىـ1aسمب\u064e"), max_size=60))
def test_no_text_breaks_it_and_once_is_enough(text: str) -> None:
    assert written(written(text)) == written(text)


@given(st.lists(st.sampled_from("اوليعمب ")), st.integers(3, 200))
def test_however_long_a_word_is_drawn_out(letters: list[str], times: int) -> None:
    text = "".join(letter * times for letter in letters)
    assert len(written(text)) <= len(text)
