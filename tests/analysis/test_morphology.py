"""Lemmas and roots: words led back to their dictionary form, alone and among their neighbours."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.analysis.morphology import find_lemmas, lemma, read_tokens, readings, root
from warraq.annotations import Entity, TextField
from warraq.article import Article, Received
from warraq.document import Document
from warraq.text.forms import Packed, Tables, pack, unpack
from warraq.text.tokens import sentences, tokens


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        # broken plurals
        ("صناديق", "صندوق"),  # boxes
        ("الدول", "دولة"),  # the states
        ("بمدنها", "مدينة"),  # in her cities
        ("وضواحيها", "ضاحية"),  # and its suburbs
        ("رجال", "رجل"),  # men
        ("الأسلحة", "سلاح"),  # the weapons
        ("نساء", "امرأة"),  # women
        ("رؤسائه", "رئيس"),  # his chiefs
        ("أحيان", "حين"),  # times
        # sound plurals, dual, feminine
        ("مسلحين", "مسلح"),  # armed men
        ("شركات", "شركة"),  # companies
        ("والمستويات", "مستوى"),  # and the levels
        ("إجراءاتها", "إجراء"),  # her measures
        ("دولتين", "دولة"),  # two states
        ("الجديدة", "جديد"),  # new, of a feminine noun
        ("الكبرى", "أكبر"),  # the greatest
        ("الليبيين", "ليبي"),  # the Libyans
        # a feminine noun of its own stays
        ("القيادة", "قيادة"),  # the command
        ("للجنة", "لجنة"),  # to the committee
        # verbs
        ("وتستميت", "استمات"),  # and she fights to the death
        ("أعلنت", "أعلن"),  # she announced
        ("يقودها", "قاد"),  # he leads her
        ("سيطلق", "أطلق"),  # he will launch
        ("قالوا", "قال"),  # they said
        ("كانت", "كان"),  # she was
        ("يقولون", "قال"),  # they say
        # masdars stay nouns
        ("بمشاركتهم", "مشاركة"),  # with their participation
        ("لاعتقاله", "اعتقال"),  # for his arrest
        # names: the article that belongs stays
        ("بالقاهرة", "القاهرة"),
        ("للقاهرة", "القاهرة"),
        ("ولبنان", "لبنان"),
        ("وواشنطن", "واشنطن"),
        # particles, pronouns, numbers
        ("فيها", "في"),
        ("وله", "ل"),
        ("التي", "الذي"),
        ("عشرين", "عشرون"),
        # spellings
        ("مُسَلَّحِينَ", "مسلح"),  # with vowel signs
        ("المـــدن", "مدينة"),  # drawn out
        ("الاسلحة", "سلاح"),  # without hamza
        ("المدينه", "مدينة"),  # ه for ة
        ("مسئولين", "مسؤول"),  # the Egyptian seat of hamza
    ],
)
def test_lemma(form: str, expected: str) -> None:
    assert lemma(form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("واحد", "واحد"),  # one, not "and Ahad"
        ("فريق", "فريق"),  # team, not "so …"
        ("بيان", "بيان"),  # communiqué
        ("كتاب", "كتاب"),  # book
        ("لبنان", "لبنان"),  # not "to …"
        ("هناك", "هناك"),  # there
        ("وزير", "وزير"),  # minister
        ("ليبيا", "ليبيا"),  # not Libyan
        ("سليمان", "سليمان"),  # no dual
        ("قرارات", "قرار"),
        ("مياه", "ماء"),  # waters, no pronoun
        ("إنفاق", "إنفاق"),  # spending, not tunnels
        ("أنفاق", "نفق"),  # tunnels, not spending
        ("Warraq", "Warraq"),
        ("1439", "1439"),
        ("", ""),
    ],
)
def test_what_looks_like_a_clitic_or_an_ending_and_is_none(form: str, expected: str) -> None:
    assert lemma(form) == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("وغلوبفيجن", "غلوبفيجن"),  # a made-up name: it cannot be told from و and a name
        ("الزنقبوطي", "الزنقبوطي"),  # a family name: the article stays
        ("للزنقبوطي", "الزنقبوطي"),
        ("الزنقبوطية", "زنقبوطي"),  # looks like an adjective
        ("زنقبوط", "زنقبوط"),
    ],
)
def test_words_of_no_dictionary(form: str, expected: str) -> None:
    assert lemma(form) in {expected, form}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("صدرت له كتب كثيرة", "كتب", "كتاب"),  # books of his came out
        ("الذي كتب الرسالة", "كتب", "كتب"),  # who wrote the letter
        ("المملكة العربية السعودية", "السعودية", "سعودي"),  # an adjective in the country's name
        ("عاد إلى السعودية أمس", "السعودية", "السعودية"),  # came back to Saudi Arabia
    ],
)
def test_neighbours_decide(text: str, word: str, expected: str) -> None:
    parted = tokens(text)
    at = [token.form for token in parted].index(word)
    assert read_tokens(parted)[at][0].lemma == expected


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("مكتبات", "كتب"),  # libraries
        ("استقبلهم", "قبل"),  # he received them
        ("الدول", "دول"),
        ("رؤساء", "رءس"),  # chiefs
        ("واشنطن", None),
        ("في", None),
        ("abc", None),
    ],
)
def test_root(form: str, expected: str | None) -> None:
    assert root(form) == expected


_ROOTS_OF_VERBS = {
    "hollow, with waw": """
        عاد عود, قال قول, زار زور, كان كون, مات موت, نام نوم, خاف خوف, قام قوم, فاز فوز,
        ذاق ذوق, قاد قود, طال طول, حال حول, دار دور, جال جول, صام صوم, كاد كود, هال هول,
        صان صون, تاق توق
    """,
    "hollow, with yeh": """
        عاش عيش, باع بيع, سار سير, طار طير, زاد زيد, صار صير, غاب غيب, ضاع ضيع, نال نيل,
        شاع شيع, قاس قيس, دان دين, عاث عيث, بان بين, جاء جيء, شاء شيء
    """,
    "defective": """
        رمى رمي, دعا دعو, بنى بني, جرى جري, مشى مشي, قضى قضي, نجا نجو, غزا غزو, عفا عفو,
        رجا رجو, خلا خلو, نما نمو, شفى شفي, سطا سطو, بقي بقي, لقي لقي, سعى سعي, رأى رءي,
        أتى ءتي
    """,
    "doubled": """
        مد مدد, رد ردد, شد شدد, عد عدد, صد صدد, ظل ظلل, مر مرر, فر فرر, ضم ضمم,
        حل حلل, حث حثث, شن شنن, جل جلل, عج عجج, أصر صرر, أعد عدد, أتم تمم, أحب حبب,
        استمر مرر
    """,
    "derived": """
        أقام قوم, أفاد فيد, استفاد فيد, استعاد عود, ازداد زيد, اغتال غول, أزال زول, أزاح زيح,
        أجرى جري, ألقى لقي, أعطى عطو, انتهى نهي, استدعى دعو, اختلى خلو, اعتاش عيش, أضاف ضيف, أمن ءمن
    """,
    "strong, of no dictionary": """
        راكم ركم, تكثف كثف, أفسح فسح, هطل هطل, اتحد وحد, استملك ملك
    """,
    "in other forms": """
        يعود عود, عادوا عود, سيعود عود, كانت كون, يكونون كون, عاشوا عيش, تزداد زيد, يموت موت,
        ماتت موت
    """,
}
"""A verb as it stands, and its root; the commonest of each kind."""


@pytest.mark.parametrize("kind", _ROOTS_OF_VERBS)
def test_roots_of_verbs_with_weak_or_doubled_letters(kind: str) -> None:
    expected = dict(pair.split() for pair in _ROOTS_OF_VERBS[kind].split(","))
    assert {verb: root(verb) for verb in expected} == expected


def test_an_ambiguous_word_keeps_its_readings_ranked() -> None:
    found = readings("كتب")  # he wrote, or books
    assert {"كتب", "كتاب"} <= {one.lemma for one in found}
    assert len(set(found)) == len(found)


def test_a_stem_is_the_word_without_its_clitics() -> None:
    assert readings("وبصناديقهم")[0].stem == "صناديق"
    assert readings("وَبِصَنَادِيقِهِمْ")[0].stem == "صناديق"


def _document(title: str, body: str) -> Document:
    document = Document.begun(Received(Article(source="s", id="1", title=title)), intake_ms=0)
    document.text_fields = tuple(
        TextField(name, text, tokens(text), sentences(text))
        for name, text in (("title", title), ("body", body))
    )
    find_lemmas(document)
    return document


def test_the_fields_hold_title_and_body_sorted_and_once() -> None:
    fields = _document("مدن ليبيا", "دخلوا المدن في مدينة").fields  # they entered the cities
    assert fields["lemmas"] == sorted({"مدينة", "ليبيا", "دخل"})
    assert fields["roots"] == sorted({"مدن", "دخل"})


def test_a_persons_name_is_kept_as_it_stands_too() -> None:
    """المسماري (a family name) could also be "of nails"."""
    document = _document("", "قال أحمد المسماري")
    document.entities = [Entity("body", 4, 17, "أحمد المسماري", "person", "أحمد المسماري")]
    find_lemmas(document)
    assert {"أحمد", "المسماري", "قال"} <= set(document.fields["lemmas"])


@pytest.mark.parametrize("text", ["", " ", "12 345", "...!؟", "abc Деф", "في من على"])
def test_without_content_words_the_fields_are_empty(text: str) -> None:
    assert _document(text, text).fields == {"lemmas": [], "roots": []}


@given(st.text() | st.text(st.sampled_from("اأإآبةتهويىءئؤلكمنسفعد \u064e\u0640\u200b1a.")))
def test_any_text_can_be_read(text: str) -> None:
    parted = tokens(text)
    found = read_tokens(parted)
    assert len(found) == len(parted)
    for token, ranked in zip(parted, found, strict=True):
        assert all(one.lemma and one.stem for one in ranked)
        assert bool(ranked) == bool(readings(token.form))


def test_long_words_and_texts_cost_no_more_than_their_length() -> None:
    begun = time.perf_counter()
    readings("وال" + "ب" * 100_000)
    read_tokens(tokens("كتب المدن " * 100_000))
    assert time.perf_counter() - begun < 5


@given(
    st.builds(
        Packed,
        st.integers(0, 2**16 - 1),
        st.integers(0, 7),
        st.integers(0, 7),
        st.integers(0, 3),
        st.floats(0.01, 1),
        st.integers(0, 11),
    )
)
def test_a_packed_reading_comes_back(reading: Packed) -> None:
    found = unpack(pack(reading))
    assert found._replace(share=0) == reading._replace(share=0)
    assert found.share == pytest.approx(reading.share, rel=0.2)


def test_tables_that_are_not_there_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Tables(tmp_path)
