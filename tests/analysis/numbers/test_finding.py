"""Quantities in sentences: what is found with its kind and unit, and what must not be found."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.analysis.numbers.finding import MOST, find_quantities, likely_countries, quantities_of
from warraq.annotations import DateMention, Quantity, TextField
from warraq.article import Article, Received
from warraq.document import Document
from warraq.text.tokens import Span, sentences, tokens

Found = tuple[str, float, str, str | None]


def field_of(text: str, name: str = "body") -> TextField:
    return TextField(name, text, tokens(text), sentences(text))


def found(text: str) -> list[Found]:
    """Words, value, kind, and the unit or the counted word, of each quantity in `text`."""
    field = field_of(text)
    return [
        (one.text, one.value, one.kind, one.unit or one.of)
        for one in quantities_of(field, (), likely_countries([field]))
    ]


@pytest.mark.parametrize(
    ("text", "words", "value", "kind", "of"),
    [
        # Counts
        ("محملة بعشرين ألف مسدس", "عشرين ألف", 20_000, "count", "مسدس"),
        ("تم توضيبها ب556 صندوق سلاح", "556", 556, "count", "صندوق"),
        ("انتخب (2112) عضواً للمجالس", "2112", 2112, "count", "عضواً"),
        ("منها 12,5 مليار ستخصص للدين", "12,5 مليار", 12.5e9, "number", None),
        ("وصلت 30 سيارة", "30", 30, "count", "سيارة"),
        ("انتخب 30 عضوا", "30", 30, "count", "عضوا"),
        ("وصل (14) مستشفى", "14", 14, "count", "مستشفى"),
        ('أضافت "156" رحلة', "156", 156, "count", "رحلة"),
        ("وعددهم ( 56 ) مستفيدا", "56", 56, "count", "مستفيدا"),  # no item of a list
        ("ما مجموعه ثمان جوائز", "ثمان", 8, "count", "جوائز"),
        ("القبض على 2 مطلوبين", "2", 2, "count", "مطلوبين"),
        ("خمسة من الجنود", "خمسة", 5, "count", "الجنود"),
        ("الدول الخمس الكبرى", "الخمس", 5, "count", "الدول"),
        ("الدول الـ28 الأعضاء", "28", 28, "count", "الدول"),
        ("الطائرات ال24 الجديدة", "24", 24, "count", "الطائرات"),
        ("مع أولادها الأربعة", "الأربعة", 4, "count", "أولادها"),
        ("في مباراة واحدة", "واحدة", 1, "count", "مباراة"),
        ("لمرة واحدة فقط", "واحدة", 1, "count", "لمرة"),
        ("ثلثا السكان", "ثلثا", 0.666667, "count", "السكان"),
        ("نصف السكان", "نصف", 0.5, "count", "السكان"),
        ("توزيع 40 ألف بروشور", "40 ألف", 40_000, "count", "بروشور"),  # ب is no clitic here
        ("ثلاثة ألوان", "ثلاثة", 3, "count", "ألوان"),  # nor is أل an article
        ("16 آلية", "16", 16, "count", "آلية"),
        ("بلغ 2000 متفرج", "2000", 2000, "count", "متفرج"),  # no year
        ("افتتح 1959 فرعا", "1959", 1959, "count", "فرعا"),
        ("نقطة ونصف", "نقطة ونصف", 1.5, "count", "نقطة"),
        # Money
        ("بقيمة 4,5 مليار دولار", "4,5 مليار", 4.5e9, "money", "USD"),
        ("مليون دولار أسترالي", "مليون", 1e6, "money", "AUD"),
        ("500 ألف ريال", "500 ألف", 500_000, "money", "SAR"),
        ("100 ريال قطري", "100", 100, "money", "QAR"),
        ("في الكويت 100 دينار", "100", 100, "money", "KWD"),  # told by the country
        ("100 دينار", "100", 100, "money", None),
        ("32 مليون جنيه استرليني", "32 مليون", 32e6, "money", "GBP"),
        ("50 جنيها", "50", 50, "money", "EGP"),
        ("15 سنتا", "15", 0.15, "money", "USD"),
        ("بسعر $50", "50", 50, "money", "USD"),
        ("بسعر 50 €", "50", 50, "money", "EUR"),
        ("كلفته (250) ريالاً", "250", 250, "money", "SAR"),
        # Percent
        ("بنسبة 30%", "30", 30, "percent", "%"),
        ("بنسبة ٦٣ ٪", "٦٣", 63, "percent", "%"),
        ("بنسبة %30 من", "30", 30, "percent", "%"),
        ("ثلاثة في المئة", "ثلاثة", 3, "percent", "%"),
        ("12.125 بالمائة", "12.125", 12.125, "percent", "%"),
        ("20 بالمية", "20", 20, "percent", "%"),
        # Measures
        ("من عيار 8 ملم", "8", 8, "measure", "mm"),
        ("على بعد 5 كيلو", "5", 5, "measure", "km"),
        ("ضبط 5 كيلو", "5", 5, "measure", "kg"),
        ("بطول 20كم", "20", 20, "measure", "km"),
        ("250 ألف متر مكعب من المياه", "250 ألف", 250_000, "measure", "m³"),
        ("بسرعة 90 كم/ساعة", "90", 90, "measure", "km/h"),
        ("40 درجة مئوية", "40", 40, "measure", "°C"),
        ("الحرارة 40 درجة", "40", 40, "measure", "°C"),
        ("5 درجات تحت الصفر", "5", -5, "measure", "°C"),
        ("بحرارة -5 درجات مئوية", "-5", -5, "measure", "°C"),
        ("لاعب (54 عاما)", "54", 54, "measure", "a"),
        ("على ارتفاع 1541 م", "1541", 1541, "measure", "m"),
        ("ستة أشهر", "ستة", 6, "measure", "mo"),
        ("بعد ساعة ونصف", "ساعة ونصف", 1.5, "measure", "h"),
        ("خلال سنتين ونصف السنة", "سنتين ونصف", 2.5, "measure", "a"),
        ("ستة أعوام ونصف", "ستة أعوام ونصف", 6.5, "measure", "a"),
        ("نصف ساعة", "نصف", 0.5, "measure", "h"),
        ("يوم واحد", "واحد", 1, "measure", "d"),
        ("اللاعب/34 عاما/", "34", 34, "measure", "a"),  # slashes of an agency
        ("16 جيجا بايت", "16", 16, "measure", "GB"),
        ("6.935 مليون برميل", "6.935 مليون", 6_935_000, "measure", "bbl"),
        # Nothing counted
        ("بلغ عددهم 50.", "50", 50, "number", None),
        ("يتجاوز ثلاثة ملايين", "ثلاثة ملايين", 3e6, "number", None),
    ],
)
def test_a_quantity_is_found_with_what_it_is_of(
    text: str, words: str, value: float, kind: str, of: str | None
) -> None:
    [(its_words, its_value, *its_kind)] = found(text)
    assert (its_words, its_kind) == (words, [kind, of])
    assert its_value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        # A range or a series shares its unit and its scale.
        ("من 10 إلى 15 ألف ريال", [("10", 10_000, "SAR"), ("15 ألف", 15_000, "SAR")]),
        ("بين 12 و25 بالمئة", [("12", 12, "%"), ("25", 25, "%")]),
        ("20-30 شخصا", [("20", 20, "شخصا"), ("30", 30, "شخصا")]),
        ("بين 30-40%", [("30", 30, "%"), ("40", 40, "%")]),
        ("ثلاثة أو أربعة أسابيع", [("ثلاثة", 3, "wk"), ("أربعة", 4, "wk")]),
        ("16 و32 و64 جيجا", [("16", 16, "GB"), ("32", 32, "GB"), ("64", 64, "GB")]),
        ("من 500 إلى 3 آلاف ريال", [("500", 500, "SAR"), ("3 آلاف", 3000, "SAR")]),
        ("ضبط (97) سبعة وتسعين رجلا", [("97", 97, "رجلا"), ("سبعة وتسعين", 97, "رجلا")]),
        # Two quantities
        ("ثلاثة رجال وأربع نساء", [("ثلاثة", 3, "رجال"), ("أربع", 4, "نساء")]),
        ("180 شكوى، بوشر 172 منها", [("180", 180, "شكوى"), ("172", 172, "شكوى")]),
        ("5 كم و200 متر", [("5", 5, "km"), ("200", 200, "m")]),
    ],
)
def test_several_quantities(text: str, quantities: list[tuple[str, float, str]]) -> None:
    assert [(words, value, of) for words, value, _, of in found(text)] == quantities


@pytest.mark.parametrize(
    "text",
    [
        "دفعت الكتيبة «166» مشاة",  # the battalion
        "بموجب المادة 5 من النظام",  # article 5
        "في شارع 26 سبتمبر",  # a street
        "عملا بالمواد (49) و(16)",
        "القميص رقم (10) مع الفريق",
        "في الجولة 3 من الدوري",
        "في الدقيقة (50) من الشوط",
        "ارتدى الرقم 13",
        "طائرة بوينغ 777 جديدة",
        "هاتف آيفون 6 الجديد",
        "طراز F-16",
        "كوفيد-19",
        "رئيس مجموعة العشرين",
        "شاعر المليون",
        "دور الستة عشر",
        "دور الـ16 من البطولة",
        "المرحلة الـ 37 من الدوري",
        "نصف نهائي الكأس",
        "الربع الأول من العام",
        "شاطئ نصف القمر",
        "الساعة 8 مساء",
        "عند الساعة 9.30",
        "من الساعة 4 إلى 10 مساء",
        "في تمام 8:30",
        "الساعة التاسعة والنصف",
        "فاز 2-1 على منافسه",
        "بنتيجة 3 - 0",
        "فاز بثلاثة أهداف مقابل هدف",
        "في عام 2014",
        "كأس العالم 2014 بالبرازيل",
        "أولمبياد ريو 2016 أصبحت",
        "بين عامي 1990-2010",
        "القرن الثالث عشر",
        "الخامس والعشرين من الشهر",
        "اتصل على 0554622141",
        "هاتف 8001234567",
        "https://example.org/20 و www.x.com/5",
        "1- انتصار المعسكر",
        "2. التخلص من العقول",
        "م/6 من الدستور",
        "حريق بمساحة 200×200",
        "عشرات الآلاف من الناس",  # vague
        "مئات ومئات",
        "بضعة ملايين",
        "عدة آلاف",
        "أحد المواطنين",
        "إحدى الشقق",
        "يعد واحدا من أفضلهم",
        "كل واحد منهم",
        "في آن واحد",
        "أفراد عائلة واحدة",  # the same family
        "كتابان ورجلان",  # duals
        "العشر الأواخر من رمضان",
        "ألّف كتابا جديدا",
        "وألف في تلك الفترة كتابا",
        "1541 م سقوط المدينة",  # A.D.
        "أثنى على الحضور",
        "كمية كبيرة",
        "لست مسؤولا",
        "بئر السبع",
        "شارع الستين",
        "فيتامين (ب1)",
        "#f8f8f8 padding: 5px",
        "",
        "…",
    ],
)
def test_what_is_no_quantity_is_not_found(text: str) -> None:
    assert found(text) == []


def test_numbers_inside_dates_are_left_alone() -> None:
    text = "في 8 يناير 2018 ضبطت 20 حاوية"
    field = field_of(text)
    quantities = quantities_of(field, [Span(3, 15)])
    assert [one.text for one in quantities] == ["20"]


def document_of(title: str, body: str) -> Document:
    document = Document.begun(
        Received(Article(source="s", id="1", title=title, body=body)), intake_ms=0
    )
    document.text_fields = (field_of(title, "title"), field_of(body))
    return document


def test_the_step_fills_the_document_and_its_field() -> None:
    document = document_of("تغريم النادي 100 ألف", "غرامة قدرها (100.000) ريال على 3 لاعبين أمس")
    document.dates = [
        DateMention("body", 41, 44, "أمس", None, None, "day", "relative", certain=False)
    ]
    find_quantities(document)
    assert document.quantities == [
        Quantity("title", 13, 20, "100 ألف", 100_000.0, "money", "SAR"),  # as the body says
        Quantity("body", 13, 20, "100.000", 100_000.0, "money", "SAR"),
        Quantity("body", 31, 32, "3", 3.0, "count", None, "لاعبين"),
    ]
    assert document.fields["quantities"][2] == {
        "field": "body",
        "start": 31,
        "end": 32,
        "text": "3",
        "value": 3.0,
        "kind": "count",
        "of": "لاعبين",
    }


def test_an_article_gives_the_index_no_more_than_it_takes() -> None:
    document = document_of("", "3 رجال. " * 2 * MOST)
    find_quantities(document)
    assert len(document.quantities) == 2 * MOST
    assert len(document.fields["quantities"]) == MOST


_PIECES = (
    "عشرين ألف مليون ونصف ثلاثة و 12 3,5 ٪ % - / ( ) ريال كم في المئة الساعة 2015 ب5 ½ من إلى"
    " الخمسة واحد"
)
PIECES = st.sampled_from(_PIECES.split())


@given(st.lists(PIECES | st.text(max_size=4), max_size=30).map(" ".join) | st.text())
def test_any_text_gives_quantities_that_stand_in_it(text: str) -> None:
    quantities = quantities_of(field_of(text))
    behind = 0
    for one in quantities:
        assert behind <= one.start < one.end <= len(text)
        assert one.text == text[one.start : one.end]
        assert (one.kind in {"money", "measure", "percent"}) or one.unit is None
        behind = one.end


@pytest.mark.parametrize("text", ["ـ ونصف", "\ufe70 ونصف"])
def test_a_word_of_nothing_but_signs_is_not_halved(text: str) -> None:
    assert quantities_of(field_of(text)) == []


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1.",
        "عشرين ",
        "عشرين و",
        "و",
        "ألف ",
        "نصف ",
        "(",
        "1-",
        "و1 ",
        "1 إلى ",
        "واحد من ",
    ],
)
def test_ten_times_the_text_takes_ten_times_the_time(piece: str) -> None:
    def seconds(times: int) -> float:
        field = field_of(piece * times)
        best = float("inf")
        for _ in range(3):
            begun = time.thread_time()
            quantities_of(field)
            best = min(best, time.thread_time() - begun)
        return best

    assert seconds(5000) < 40 * seconds(500) + 0.05
