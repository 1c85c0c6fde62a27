"""Persons, organizations and places in sentences; what must be found, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warraq.analysis.entities.finding import entities, find_entities
from warraq.annotations import TextField
from warraq.article import Article, Received
from warraq.document import Document
from warraq.text.tokens import sentences, tokens


def field(text: str, name: str = "body") -> TextField:
    return TextField(name, text, tokens(text), sentences(text))


def names(text: str, type_: str) -> list[str]:
    return [one.name for one in entities([field(text)]) if one.type == type_]


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        # The prime minister X received the minister Y in his office.
        ("استقبل رئيس الوزراء مصطفى مدبولي وزير الصحة خالد عبد الغفار في مكتبه.",
         ["مصطفى مدبولي", "خالد عبد الغفار"]),
        ("قال المشير خليفة حفتر إن قواته تتقدم، وأضاف حفتر أن العملية مستمرة.",
         ["خليفة حفتر", "خليفة حفتر"]),
        ("التقى صاحب السمو الملكي الأمير فيصل بن بندر بن عبدالعزيز أمير منطقة الرياض الوفد.",
         ["فيصل بن بندر بن عبدالعزيز"]),
        ("وأوضح المتحدث باسم الشرطة العقيد فواز الميمان أن التحقيق جار.", ["فواز الميمان"]),
        # Titles alone are no names.
        ("استقبل خادم الحرمين الشريفين في قصره رئيس مجلس الوزراء ووزير الداخلية.", []),
        ("كان الشاب سعيدا بما أنجزه، وبقي الأمل كبيرا.", []),
    ],
)  # fmt: skip
def test_persons(text: str, persons: list[str]) -> None:
    assert names(text, "person") == persons


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        ("أعلنت وزارة الداخلية أمس القبض على خمسة متهمين.", ["وزارة الداخلية"]),
        ("فاز نادي الهلال على ضيفه بهدفين.", ["نادي الهلال"]),
        ("وقعت شركة أرامكو السعودية اتفاقية جديدة.", ["شركة أرامكو السعودية"]),
        ("دعا مجلس الأمن الدولي الأطراف إلى وقف القتال.", ["مجلس الأمن الدولي"]),
        ("قالت القوات الموالية لحكومة الوفاق إنها تقدمت.", ["حكومة الوفاق"]),
    ],
)  # fmt: skip
def test_organizations(text: str, organizations: list[str]) -> None:
    found = names(text, "organization")
    assert [name for name in organizations if name in found] == organizations


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("وصل الوفد إلى طرابلس قادما من تركيا ثم غادر إلى ليبيا.", ["طرابلس", "تركيا", "ليبيا"]),
        ("تقام المباراة بالرياض وتنقل إلى جدة.", ["الرياض", "جدة"]),  # clitics are peeled
        ("سافر إلى لندن وباريس ثم كندا.", ["لندن", "باريس", "كندا"]),  # letters that are none
        # False friends: new, Thursday, dignity, the country.
        ("هذه خطوة جديدة أعلنها مساء الخميس حفظا للكرامة في البلاد.", []),
    ],
)
def test_places(text: str, places: list[str]) -> None:
    assert names(text, "place") == places


def test_spans_are_of_the_text_without_clitics() -> None:
    text = "وبطرابلس وقعت أحداث، ثم انتقل إلى الرياض."
    for one in entities([field(text)]):
        assert text[one.start : one.end] == one.text
    assert [one.text for one in entities([field(text)])] == ["طرابلس", "الرياض"]


def test_an_alias_in_quotation_marks_has_the_long_name() -> None:
    text = "أعلنت القيادة العسكرية الأميركية في إفريقيا «أفريكوم» إجلاء مجموعة من القوات."
    found = [one for one in entities([field(text)]) if one.type == "organization"]
    assert {one.name for one in found} == {"القيادة العسكرية الأميركية في إفريقيا"}
    assert [one.text for one in found][-1] == "أفريكوم"


def test_title_and_body_are_one_article_and_the_title_comes_first() -> None:
    fields = [
        field("حفتر يلتقي السفير في طرابلس", "title"),
        field("التقى المشير خليفة حفتر أمس السفير.", "body"),
    ]
    found = entities(fields)
    assert [one.field for one in found] == sorted((one.field for one in found), reverse=True)
    assert {one.name for one in found if one.type == "person"} == {"خليفة حفتر"}


def test_the_index_gets_each_name_once() -> None:
    article = Article(source="s", id="1", title="طرابلس", body="في طرابلس وفي ليبيا.")
    document = Document.begun(Received(article), intake_ms=0)
    document.text_fields = (field("طرابلس", "title"), field("في طرابلس وفي ليبيا."))
    find_entities(document)
    assert document.fields["places"] == ["طرابلس", "ليبيا"]
    assert document.fields["countries"] == ["LY"]
    assert all(set(spot) == {"lat", "lon"} for spot in document.fields["locations"])
    assert [one["text"] for one in document.fields["entities"]] == [
        one.text for one in document.entities
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "كلمة", "123 456", "... !!", "ـ", "a«", "ABC العربية 12"]
)
def test_odd_texts_have_a_result(text: str) -> None:
    assert isinstance(entities([field(text)]), list)


def test_no_fields_no_names() -> None:
    assert entities([]) == []


@given(st.text(alphabet=st.sampled_from("ابتلوفكمن ةىيأ«»()\"'،.-\n0123َـabZ"), max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_inside_it_in_order(text: str) -> None:
    found = entities([field(text)])
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.text == text[one.start : one.end] for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


def test_what_shows_no_letter_is_no_name() -> None:
    """A tatweel by itself is a token; nothing is left of it in a name."""
    for text in ("ال ـ بن محمد", "السيد ـ بن محمد العتيبي", "الدكتور خالد ـ بن"):
        assert all(one.name for one in entities([field(text)]))
