"""HTML entities: those that HTML knows are written as characters, all else stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.entities import html_entities
from warraq.text.html import html_to_text
from warraq.text.repair import repaired


def decoded(text: str) -> str:
    edited = repaired(text, {"html-entities": html_entities})
    assert edited.undone() == text
    return edited.text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("قال &quot;نعم&quot; ثم مضى", 'قال "نعم" ثم مضى'),  # "he said yes and left"
        ("&laquo;نعم&raquo;&nbsp;قال", "«نعم» قال"),
        ("&#1606;&#1593;&#1605;", "نعم"),
        ("&#x646;&#X639;&#x0645;", "نعم"),
        ("Sidgwick &amp; Jackson وR&amp;D", "Sidgwick & Jackson وR&D"),
        ("&amp;quot;نعم&amp;amp;quot;", '"نعم"'),
        ("&amp;#1606;&#38;#1593;&#x26;#1605;", "نعم"),
        ("5 &lt; 6 &gt; 4", "5 < 6 > 4"),
        ("&lt;b&gt;نص&lt;/b&gt;", "<b>نص</b>"),  # a reader was meant to see the tags
        ("1990 &ndash; 1995&hellip; &rsquo;90", "1990 – 1995… ’90"),
        ("&#151; &#8212;", "— —"),  # windows-1252 by number, as browsers take it
        ("نعم&#13;&#10;لا", "نعم\n\nلا"),
        ("&period;&comma;&lpar;&rpar;", ".,()"),  # names of HTML 5, as PHP writes them
        ("&rlm;نعم&zwnj;", "\u200fنعم\u200c"),
        ("&quot;&unknown;&quot;", '"&unknown;"'),
        ("&amp;unknown;", "&unknown;"),
    ],
)
def test_entities_are_written_as_characters(found: str, meant: str) -> None:
    assert decoded(found) == meant


@pytest.mark.parametrize(
    "text",
    [
        "AT&T; و«AT&T» وR&D; وQ&A;",
        "إيه تي&تي; لشراء", "a & b; c&d", "&;", "&&;;", "&#;", "&#x;", "&# 5;", "&quot", "&nbsp",
        "black&in;white&it;",  # signs of mathematics in HTML 5, and words
        "&#0; &#1; &#8; &#x7f; &#x81; &#xd800; &#xfffe; &#x110000; &#9999999; &#57344;",
        "https://news.example/?a=1&copy;=2&reg;=3",
    ],
)  # fmt: skip
def test_what_is_no_entity_stays(text: str) -> None:
    assert decoded(text) == text


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("https://news.example/?a=1&amp;b=2&amp;amp;c=3", "https://news.example/?a=1&b=2&c=3"),
        ("&quot;https://news.example/&quot;", '"https://news.example/"'),
        ("www.news.example?x&amp;copy;=1&nbsp;نعم", "www.news.example?x&copy;=1 نعم"),
    ],
)
def test_in_an_address_only_its_ampersands_are_decoded(found: str, meant: str) -> None:
    assert decoded(found) == meant


def test_text_of_pages_that_were_encoded_twice_is_decoded_after_their_tags_are_gone() -> None:
    assert decoded(html_to_text("<p>&amp;quot;نعم&amp;quot;</p>")) == '"نعم"'


def test_misread_text_that_was_written_in_entities_comes_back() -> None:
    # PHP wrote pages so when it took their UTF-8 for Latin-1; &nbsp; is half of a letter then.
    found = "&Oslash;&sect;&Ugrave;„&Ugrave;&dagger;&Oslash;&sect;&Oslash;&sup3; &Atilde;&nbsp;"
    assert repaired(found).text == "الناس à"


def test_an_edit_covers_neighbouring_entities() -> None:
    (edit,) = html_entities("نص &#1606;&#1593;&#1605; نص")
    assert (edit.kind, edit.start, edit.original) == ("html-entity", 3, "&#1606;&#1593;&#1605;")
    assert edit.reason


@pytest.mark.parametrize("text", NEWS + LOOKS_DAMAGED)
def test_natural_text_is_untouched(text: str) -> None:
    assert list(html_entities(text)) == []


PIECES = st.sampled_from(
    ["&", "&amp;", "amp;", "&quot;", "#38;", "&#38;", "&#", "1606", ";", "x", "نعم", " ", "www.",
     "https://", "&nbsp;", "&lt;", "&#0;", "&#xd800;", "\u0660", "<", "Ø§"]
)  # fmt: skip


@given(st.text() | st.lists(PIECES).map("".join))
def test_no_text_breaks_it_and_no_control_is_made(text: str) -> None:
    made = set(decoded(text)) - set(text)
    assert not {char for char in made if unicodedata.category(char) in {"Cc", "Cs"}} - {"\n", "\t"}
