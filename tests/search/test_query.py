from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.typed import TYPED
from warraq.search import BadQuery, Query, parse
from warraq.search.fields import named
from warraq.search.query import LONGEST_QUERY, QueryRepair, as_articles
from warraq.search.reading import MOST_TERMS
from warraq.search.terms import (
    Either,
    Exact,
    InField,
    OnDays,
    Phrase,
    Prefix,
    Term,
    Word,
)
from warraq.search.values import Days
from warraq.text.edits import EditedText
from warraq.text.joins import JoinedWords
from warraq.text.letters import PART_MARK
from warraq.text.tokens import Span


def plain(text: str) -> tuple[Word, ...]:
    return tuple(map(Word, text.split()))


def asks(text: str = "", *required: Term | Either, without: tuple[Term, ...] = ()) -> Query:
    return Query(plain=plain(text), required=required, without=without)


def in_field(name: str, *values: str, quoted: bool = False) -> InField:
    field = named(name)
    assert field is not None
    return InField(field, values, quoted)


def on_days(name: str, first: date | None, last: date | None) -> OnDays:
    field = named(name)
    assert field is not None
    return OnDays(field, Days(first, last))


ARMY = Phrase("الجيش الليبي")
"""The Libyan army."""
TUNIS, TRIPOLI, BENGHAZI = Word("تونس"), Word("طرابلس"), Word("بنغازي")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("طرابلس السراج", asks("طرابلس السراج")),
        ('"الجيش الليبي" طرابلس', asks("طرابلس", ARMY)),
        ("«الجيش الليبي»", asks("", ARMY)),
        ("»الجيش الليبي«", asks("", ARMY)),
        ("“الجيش  الليبي”", asks("", ARMY)),
        ('قال"الجيش الليبي"اليوم', asks("قال اليوم", ARMY)),
        ("طرابلس -تونس", asks("طرابلس", without=(TUNIS,))),
        ("طرابلس \u2212تونس", asks("طرابلس", without=(TUNIS,))),
        ("\u200f-تونس طرابلس", asks("طرابلس", without=(TUNIS,))),
        ('طرابلس -"سوق الأسهم"', asks("طرابلس", without=(Phrase("سوق الأسهم"),))),
        ("=علي", asks("", Exact("علي"))),
        ('="على متن" سفينة', asks("سفينة", Exact("على متن"))),
        ("-=على سفينة", asks("سفينة", without=(Exact("على"),))),
        ("مسدس*", asks("", Prefix("مسدس"))),
        ("إسلام* -أس*", asks("", Prefix("اسلام"), without=(Prefix("اس"),))),
        ("طرابلس أو بنغازي", asks("", Either((TRIPOLI, BENGHAZI)))),
        ("طرابلس او بنغازي", asks("", Either((TRIPOLI, BENGHAZI)))),
        ("طرابلس OR بنغازي", asks("", Either((TRIPOLI, BENGHAZI)))),
        ("طرابلس | بنغازي | تونس", asks("", Either((TRIPOLI, BENGHAZI, TUNIS)))),
        ("(طرابلس OR بنغازي) ميناء", asks("ميناء", Either((Word("(طرابلس"), Word("بنغازي)"))))),
        (
            "a أو b أو c أو d أو e أو f",
            asks("", Either(tuple(map(Word, "abcdef")))),
        ),
        ('"الجيش الليبي" أو =علي', asks("", Either((ARMY, Exact("علي"))))),
        (
            "زار وفد كبير ميناء المدينة source:a OR source:b",
            asks(
                "زار وفد كبير ميناء المدينة",
                Either((in_field("source", "a"), in_field("source", "b"))),
            ),
        ),
    ],
)
def test_each_sign_means_what_it_should(typed: str, meant: Query) -> None:
    assert parse(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("person:حفتر", in_field("person", "حفتر")),
        ("شخص:حفتر", in_field("person", "حفتر")),
        ('person:"خليفة حفتر"', in_field("person", "خليفة حفتر", quoted=True)),
        ("person:«خليفة حفتر»", in_field("person", "خليفة حفتر", quoted=True)),
        ("مكان:طرابلس", in_field("place", "طرابلس")),
        ("country:ليبيا", in_field("country", "LY")),
        ("country:Libya", in_field("country", "LY")),
        ("country:ly", in_field("country", "LY")),
        ("country:LBY", in_field("country", "LY")),
        ('country:"united states"', in_field("country", "US", quoted=True)),
        ("دولة:السعودية", in_field("country", "SA")),
        ("بلد:سعودية", in_field("country", "SA")),
        ("lang:ar", in_field("lang", "ar")),
        ("lang:العربية", in_field("lang", "ar")),
        ("lang:ckb", in_field("lang", "ckb")),
        ("source:sada-al-sahil", in_field("source", "sada-al-sahil")),
        ("مصدر:sada", in_field("source", "sada")),
        ("lemma:كتاب", in_field("lemma", "كتاب")),
        ("lemma:كُتُب", in_field("lemma", "كتب")),
        ("lemma:وبكتبهم", in_field("lemma", "كتاب", "وبكتبهم")),  # and in their books
        ("root:كتب", in_field("root", "كتب")),
        ("root:ك-ت-ب", in_field("root", "كتب")),
        ("root:سأل", in_field("root", "سءل")),
        ("date:2018", on_days("date", date(2018, 1, 1), date(2018, 12, 31))),
        ("date:٢٠١٨-٠٢", on_days("date", date(2018, 2, 1), date(2018, 2, 28))),
        ("date:۲۰۲۰/۲", on_days("date", date(2020, 2, 1), date(2020, 2, 29))),
        ("تاريخ:2018-01-08", on_days("date", date(2018, 1, 8), date(2018, 1, 8))),
        ("date:2018-01-01..2018-03", on_days("date", date(2018, 1, 1), date(2018, 3, 31))),
        ("date:..2018", on_days("date", None, date(2018, 12, 31))),
        ("date:2018-06..", on_days("date", date(2018, 6, 1), None)),
        ("mentions:2018-01-08", on_days("mentions", date(2018, 1, 8), date(2018, 1, 8))),
    ],
)
def test_fields_take_their_values_as_people_write_them(typed: str, meant: Term) -> None:
    assert parse(typed) == asks("", meant)
    assert parse(f"طرابلس -{typed}") == asks("طرابلس", without=(meant,))


@pytest.mark.parametrize(
    "typed",
    [
        "طرابلس - بنغازي وزير:كلمة http://example.org/a:b",
        "CNN:مقتل ثلاثة",
        "10:30 مساء",
        "a = b c=d",
        "* ** ؟* a*b",
        "أو طرابلس",
        "طرابلس أو",
        "AND (((",
        "كوفيد-19",
        "title : طرابلس",
        "source: sada",
        "مصدر: لا تغيير",
        "مصدر:",
        "تاريخ:ليبيا",  # the history of Libya, not its date
        "بلد:الخير",
        "قال مصدر:لا نية للانسحاب من ليبيا اليوم",
        'مصدر:"لا نية للانسحاب" من ليبيا هذا اليوم قط',
        "تقرير مصور: الفيضانات تجتاح شرق ليبيا foo:bar",
        "ما الفرق بين مجلس النواب أو البرلمان ومجلس الدولة؟",
        "الفيضانات تجتاح شرق ليبيا | الجزيرة نت",
        "الوزير أ* قال إن المفاوضات فشلت أمس",
    ],
)
def test_everything_else_is_text(typed: str) -> None:
    query = parse(typed)
    assert not query.required
    assert not query.without
    assert len(query.plain) >= len(typed.split()) - 4


def test_a_phrase_among_many_words_helps_and_its_words_are_words() -> None:
    query = parse("رئيس «حركة النهضة» التونسية يلتقي وفداً")
    assert query.words == ("رئيس", "حركة", "النهضة", "التونسية", "يلتقي", "وفداً")
    assert query.helpful == (Phrase("حركة النهضة"),)
    assert query.required == ()
    assert parse("«حركة النهضة» تلتقي وفداً").required == (Phrase("حركة النهضة"),)
    stars = parse("شرطة المدينة تصادر مسدس* كثيرة")
    assert (stars.helpful, stars.required) == ((Prefix("مسدس"),), ())
    assert "مسدس*" in stars.words


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("عشرين ألف", [(("عشرين", "ألف"), 20_000)]),
        ("20 ألف مسدس", [(("20", "ألف"), 20_000)]),
        ("٢٠٬٠٠٠", [(("٢٠٬٠٠٠",), 20_000)]),
        ("بعشرين ألف دولار", [(("بعشرين", "ألف"), 20_000)]),
        ("3.5 مليون و ثلاثة آلاف", [(("3.5", "مليون", "و", "ثلاثة", "آلاف"), 3_503_000)]),
        ("كوفيد-19", []),
        ("20كم", []),
        ("G20 الفريق الأول", []),
    ],
)
def test_numbers_are_read_among_the_words(
    typed: str, numbers: list[tuple[tuple[str, ...], float]]
) -> None:
    assert [(number.words, number.value) for number in parse(typed).numbers] == numbers


@pytest.mark.parametrize(
    ("typed", "fault", "message"),
    [
        ("sorce:x", "sorce:x", "there is no field `sorce`, did you mean `source`?"),
        ("ميناء foo:bar", "foo:bar", "there is no field `foo`"),
        ("زار وفد كبير ميناء المدينة persn:حفتر", "persn:حفتر", "did you mean `person`"),
        ("طرابلس source:", "source:", "`source` has no value"),
        ('source:"" طرابلس', 'source:""', "`source` has no value"),
        ("ميناء \u200fdate:2018-13", "date:2018-13", "`date`: there is no such month"),
        ("date:2018-02-30", "date:2018-02-30", "no such day in that month"),
        ("date:0000", "date:0000", "no year 0"),
        ("date:2018-00", "date:2018-00", "no such month"),
        ("date:2018-01-0", "date:2018-01-0", "no such day"),
        ("date:أمس", "date:أمس", "a day is written as 2018, 2018-01 or 2018-01-08"),
        ("تاريخ:2018-13", "تاريخ:2018-13", "no such month"),
        ("date:..", "date:..", "has no value"),
        ("date:2018..2019..2020", "date:2018..2019..2020", "a range is two days"),
        ("-mentions:2018..2017", "-mentions:2018..2017", "ends before it begins"),
        ("country:xx", "country:xx", "no such country"),
        ("lang:xq", "lang:xq", "no such language"),
        ("root:ab", "root:ab", "three or four Arabic letters"),
        ('lemma:"كتب كثيرة"', 'lemma:"كتب كثيرة"', "takes one word"),
        ("طرابلس ا*", "ا*", "at least 2 letters"),
    ],
)
def test_a_bad_query_says_what_is_wrong_and_where(typed: str, fault: str, message: str) -> None:
    with pytest.raises(BadQuery, match=message.replace("?", r"\?")) as caught:
        parse(typed)
    assert caught.value.span is not None
    assert typed[slice(*caught.value.span)] == fault


def test_terms_are_bounded_and_the_first_one_too_many_is_named() -> None:
    terms = [f"-{number}" for number in range(MOST_TERMS)]
    assert len(parse(" ".join(terms)).without) == MOST_TERMS
    with pytest.raises(BadQuery, match="33 terms") as caught:
        parse(" ".join([*terms, "-كلمة", "طرابلس"]))
    assert " ".join([*terms, "-كلمة"])[slice(*caught.value.span or (0, 0))] == "-كلمة"


def test_every_term_knows_where_it_was_typed() -> None:
    typed = '\u200fطرابلس "الجيش \u200fالليبي" -\u200eتونس person:حفتر a OR b'
    query = parse(typed)
    terms = (*query.plain, *query.required, *query.without)
    assert [typed[slice(*term.span)] for term in terms] == [
        "طرابلس",
        '"الجيش \u200fالليبي"',
        "person:حفتر",
        "a OR b",
        "-\u200eتونس",
    ]


@pytest.mark.parametrize(
    "typed",
    ["", " \t\n", "؟!…", '""', "«»", "-", '-""', "ـ", "\u064b", "😀", "-تونس", "|", "=", "*"],
)
def test_what_no_article_could_have_asks_for_nothing(typed: str) -> None:
    assert parse(typed).asks_for_nothing


def test_too_long_a_query_is_refused_in_words() -> None:
    assert parse("ا" * LONGEST_QUERY).words
    with pytest.raises(BadQuery, match="10,000 characters; 1,000 are the most") as caught:
        parse("ا" * 10_000)
    assert caught.value.span == (LONGEST_QUERY, 10_000)


@given(
    st.one_of(st.text(st.characters(), max_size=LONGEST_QUERY), TYPED),
    st.sampled_from([EditedText, as_articles(JoinedWords())]),
)
def test_any_text_is_a_query_or_a_fault_with_its_place(typed: str, repair: QueryRepair) -> None:
    try:
        query = parse(typed, repair)
    except BadQuery as fault:
        query, span, message = Query(), fault.span or Span(0, 0), str(fault)
    else:
        span, message = Span(0, 1), ""
    assert 0 <= span.start < span.end <= max(1, len(typed))
    assert "\n" not in message
    for term in (*query.plain, *query.required, *query.helpful, *query.without, *query.numbers):
        assert 0 <= term.span.start < term.span.end <= len(typed)
    for word in query.plain:
        word.text.encode("utf-8")
        assert word.text.strip() == word.text != ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("جنوبيطرابلس", asks(f"جنوبي{PART_MARK}طرابلس")),  # south of Tripoli
        ("-عام2019 طرابلس", asks("طرابلس", without=(Phrase("عام 2019"),))),
        ('"في عام2019"', asks("", Phrase("في عام 2019"))),
        ("جداااااا", asks("جدا")),  # very
        ('-"سوق الأسهم" طرابلس', asks("طرابلس", without=(Phrase("سوق الأسهم"),))),
        ("عبدالله", asks("عبدالله")),
        ("date:2018-01-08", asks("", on_days("date", date(2018, 1, 8), date(2018, 1, 8)))),
    ],
)
def test_what_was_typed_is_repaired_as_articles_are(typed: str, meant: Query) -> None:
    assert parse(typed, as_articles(JoinedWords())) == meant


def test_a_repair_that_parts_a_word_makes_two() -> None:
    assert parse("عام2019", as_articles(JoinedWords())).words == ("عام", "2019")
