"""Windows-1256 read as Latin-1: restored where all of it reads as Arabic, else untouched."""

from __future__ import annotations

import ftfy.bad_codecs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.text.samples import LOOKS_DAMAGED, NEWS
from warraq.text.codepage import misread_windows_1256
from warraq.text.mojibake import mojibake
from warraq.text.repair import repaired

ftfy.bad_codecs.ok()

WESTERN = ("latin-1", "sloppy-windows-1252", "sloppy-windows-1254", "iso-8859-15")


def misread(text: str, encoding: str = "latin-1") -> str:
    return text.encode("windows-1256").decode(encoding)


def restored(text: str) -> str:
    edited = repaired(text, {"mojibake": mojibake})
    assert edited.undone() == text
    return edited.text


IN_WINDOWS_1256 = tuple(
    text
    for text in NEWS
    if text == text.encode("windows-1256", errors="replace").decode("windows-1256")
)


@pytest.mark.parametrize("text", IN_WINDOWS_1256)
@pytest.mark.parametrize("encoding", WESTERN[:2])
def test_misread_news_comes_back_exactly(text: str, encoding: str) -> None:
    assert restored(misread(text, encoding)) == text


@pytest.mark.parametrize(
    "text", ["الأمم المتحدة", "الرياض", "من أين لك هذا؟", "عاد، ثم مضى إلى عدن"]
)
def test_a_title_is_enough_where_it_has_the_article_or_a_common_word(text: str) -> None:
    assert restored(misread(text)) == text


def test_it_may_have_been_misread_a_second_time() -> None:
    text = IN_WINDOWS_1256[0]
    assert restored(misread(text).encode("utf-8").decode("sloppy-windows-1252")) == text


@pytest.mark.parametrize(
    "text",
    [
        "شركة Société Générale في المغرب، وفروعها، (SG) 2015 م",  # Latin words among the Arabic
        "أعلنت Microsoft، و Google¤ عن اتفاق في الرياض",
        "«نعم» – قال المتحدث… “لا” ثم مضى إلى الباب",
    ],
)
def test_latin_words_and_punctuation_come_back_too(text: str) -> None:
    assert restored(misread(text, "sloppy-windows-1252")) == text


def test_a_line_in_sound_arabic_or_french_stays_beside_misread_ones() -> None:
    sound = "نص سليم\nL'ÉTÉ à la plage, ça va, déjà vu – Ô toi"
    assert restored(f"{misread(NEWS[0])}\n{sound}") == f"{NEWS[0]}\n{sound}"


@pytest.mark.parametrize(
    "text",
    [
        *NEWS, *LOOKS_DAMAGED,
        "ÀÂÇÉÈÊËÎÏÔÙÛÜŸ àâçéèêëîïôùûüÿ", "ÄÖÜ äöü ß", "ÆØÅ æøå", "ÁÉÍÓÚÝÞÆÖÐ áéíóúýþæöð", "ÇĞİÖŞÜ",
        "ÇÁÉÍÓÚÂÊÔÃÕÀÜ", "Çá ÇáÇá", "ÇáÈ", "São Paulo, Açaí, AÇÃO, NÃO, ÇA", "Á á Ó é",
        "Çatalhöyük, Iğdır, Çiğdem Öz", "¿Qué? ¡Sí! Nº 1ª España – CAÑÓN – ÑANDÚ",
        "Hæ, þú ert á ísnum", "ÍSLAND ER EYJA Í NORÐUR-ATLANTSHAFI", "Đà Nẵng, Thừa Thiên Huế",
        "Èsrãá Ämêr", "ÇÇÇÇÇÇÇÇÇÇ ÇáÇÇÇÇ", "",
    ],
)  # fmt: skip
def test_other_languages_are_untouched(text: str) -> None:
    assert list(misread_windows_1256(text)) == []
    assert list(misread_windows_1256(" ".join([text] * 20))) == []


# "Yesterday the government announced a new plan for the roads and bridges of the capital" and the
# like; read as windows-1256 these are letters of Arabic as well, but no Arabic.
OTHERS = {
    "koi8-r": "Вчера правительство объявило новый план развития дорог и мостов столицы",
    "windows-1251": "Вчера правительство объявило новый план развития дорог и мостов столицы",
    "iso-8859-5": "Вчера правительство объявило новый план развития дорог и мостов столицы",
    "iso-8859-7": "Η κυβέρνηση ανακοίνωσε χθες νέο σχέδιο για τους δρόμους της πρωτεύουσας",
    "windows-1255": "הממשלה הודיעה אתמול על תוכנית חדשה לכבישים ולגשרים של הבירה",
    "gbk": "政府昨天宣布了首都道路和桥梁的新计划，轻工业部门表示欢迎",
    "big5": "政府昨天宣布了首都道路和橋樑的新計畫，輕工業部門表示歡迎",
    "euc-jp": "政府は昨日、首都の道路と橋の新しい計画を発表した",
    "euc-kr": "정부는 어제 수도의 도로와 다리에 대한 새 계획을 발표했다",
    "tis-620": "รัฐบาลประกาศแผนใหม่สำหรับถนนและสะพานของเมืองหลวงเมื่อวานนี้",
}


@pytest.mark.parametrize("encoding", OTHERS)
def test_other_misread_alphabets_are_untouched(encoding: str) -> None:
    text = OTHERS[encoding].encode(encoding).decode("latin-1")
    for found in (text, text.upper(), f"Ç á {text}", "\n".join([text] * 20)):
        assert list(misread_windows_1256(found)) == []


def test_every_edit_says_why() -> None:
    edits = list(misread_windows_1256(misread("الأمم المتحدة")))
    assert [edit.replacement for edit in edits] == ["الأمم", "المتحدة"]
    assert {edit.kind for edit in edits} == {"mojibake"}
    assert all("windows-1256" in edit.reason and 0.9 < edit.confidence < 1 for edit in edits)


@given(st.text() | st.text(st.sampled_from("ÇáãÊÍÏÉÝí íà¡\x85\x9dé a2\n")))
def test_no_text_breaks_it(text: str) -> None:
    edited = repaired(text, {"mojibake": misread_windows_1256})
    assert edited.undone() == text
    assert repaired(edited.text, {"mojibake": misread_windows_1256}).text == edited.text
