"""UTF-8 that was read as another encoding comes back exactly; what only looks like it stays."""

from __future__ import annotations

import ftfy.bad_codecs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.html import html_to_text
from warraq.text.mojibake import is_misread, mojibake
from warraq.text.repair import repaired

ftfy.bad_codecs.ok()

ENCODINGS = ("latin-1", "sloppy-windows-1252", "windows-1256")
ONLY_MOJIBAKE = {"mojibake": mojibake}


def misread(text: str, *encodings: str) -> str:
    """`text` after its UTF-8 was read as each of `encodings` in turn."""
    for encoding in encodings:
        text = text.encode("utf-8").decode(encoding)
    return text


def restored(text: str) -> str:
    return repaired(text, ONLY_MOJIBAKE).text


@pytest.mark.parametrize("text", NEWS)
@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_misread_news_comes_back_exactly(text: str, encoding: str, times: int) -> None:
    assert restored(misread(text, *[encoding] * times)) == text


@pytest.mark.parametrize("first", ENCODINGS)
@pytest.mark.parametrize("second", ENCODINGS)
def test_two_different_misreadings_come_back(first: str, second: str) -> None:
    text = " ".join(NEWS)
    assert restored(misread(text, first, second)) == text


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("times", [1, 2])
def test_misread_news_in_html_comes_back_exactly(encoding: str, times: int) -> None:
    # Lines that end in م and ي: half of the letter is white space to Unicode, though not to HTML.
    text = "بدأ المؤتمر اليوم\nوحضره ممثل الإقليم، علي\nعام ٢٠٢٠"
    misread_lines = misread(text, *[encoding] * times).split("\n")
    html = "".join(f"<p>{line}</p>" for line in misread_lines)
    assert restored(html_to_text(html)).split("\n\n") == text.split("\n")


WORDS = st.text(
    st.characters(min_codepoint=0x620, max_codepoint=0x6D3) | st.sampled_from("“”…–é😀\u200f"),
    min_size=2,
)


@given(WORDS, st.sampled_from(ENCODINGS))
@example("مم", "latin-1")
def test_any_misread_word_of_two_letters_or_more_comes_back(word: str, encoding: str) -> None:
    misread_word = misread(word, encoding)
    if is_misread(misread_word):  # a word of "…–é" alone gives no evidence in windows-1256
        assert restored(misread_word) == word


@given(st.text(st.characters(min_codepoint=0x620, max_codepoint=0x63F), min_size=2))
def test_arabic_letters_are_evidence_enough(word: str) -> None:
    for encoding in ENCODINGS:
        assert is_misread(misread(word, encoding))


def test_edits_cover_the_misread_words_alone() -> None:
    text = f"قال Müller: {misread('الجنوب', 'windows-1252')} آمن"
    (edit,) = mojibake(text)
    assert (edit.kind, edit.original, edit.replacement) == (
        "mojibake",
        misread("الجنوب", "sloppy-windows-1252"),
        "الجنوب",
    )
    assert edit.reason == "UTF-8 that was read as windows-1252 or Latin-1"
    assert text[edit.start : edit.end] == edit.original


@pytest.mark.parametrize("punctuation", ["({})", '"{}"', "{}.", "{},", "<{}>", "[{}]:", "{}/{}"])
def test_ascii_punctuation_around_a_misread_word_stays(punctuation: str) -> None:
    assert restored(punctuation.replace("{}", misread("حفتر", "sloppy-windows-1252"))) == (
        punctuation.replace("{}", "حفتر")
    )


def test_one_line_may_be_misread_and_the_next_not() -> None:
    text = f"سليم\n{misread('معطوب', 'windows-1252')}\n{misread('معطوب', 'windows-1256')}\nحفظ"
    assert restored(text) == "سليم\nمعطوب\nمعطوب\nحفظ"


def test_two_misreadings_on_one_line() -> None:
    text = f"{misread('معطوب', 'windows-1252')} {misread('معطوب', 'windows-1256')}"
    assert restored(text) == "معطوب معطوب"


def test_a_broken_word_hides_no_other_misreading_of_its_line() -> None:
    broken = misread("معطوب", "sloppy-windows-1252") + "é"
    assert restored(f"{broken} {misread('معطوب', 'windows-1256')}") == f"{broken} معطوب"


def test_a_word_cut_in_the_middle_of_a_letter_stays_as_it_came() -> None:
    whole = misread("الجنوب", "sloppy-windows-1252")
    assert restored(f"{whole} {whole[:-1]}") == f"الجنوب {whole[:-1]}"


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_natural_text_is_untouched(text: str) -> None:
    assert list(mojibake(text)) == []


@given(
    st.lists(
        st.text(st.sampled_from("ابحفيلمنوأآظطعغ"), min_size=1, max_size=6).flatmap(
            lambda word: st.sampled_from(["{}", "{}،", "{}؛", "{}؟", "«{}»", "«{}»،", "«{}؟»"]).map(
                lambda around: around.replace("{}", word)
            )
        ),
        max_size=20,
    )
)
def test_words_that_end_in_a_lead_byte_of_windows_1256_are_untouched(words: list[str]) -> None:
    text = " ".join(words)
    assert list(mojibake(text)) == []


@given(st.text(st.sampled_from("ØÃÂÙÚÐÅ«»–…“”°£§ éaا،")))
def test_whatever_is_restored_was_utf8_byte_for_byte(text: str) -> None:
    for edit in mojibake(text):
        assert len(edit.replacement) < len(edit.original)
        assert edit.replacement.encode("utf-8")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    edited = repaired(text, ONLY_MOJIBAKE)
    assert edited.undone() == text
