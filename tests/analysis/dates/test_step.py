"""The step: what it leaves on the document, in any text, and in no more time than it has words."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from hijridate import Hijri
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.dates.reading import THURSDAY, days_of, mentions, read
from warraq.analysis.dates.finding import MOST, dates_of, find_dates
from warraq.analysis.dates.names import WORDS
from warraq.annotations import Entity, TextField
from warraq.article import Article, Received
from warraq.document import Document
from warraq.text.tokens import sentences, tokens


def _names(words: str) -> list[str]:
    return [word.replace("_", " ") for word in words.split()]


# The twelve months as Egypt and the Gulf, the Maghreb, Morocco, and the Levant and Iraq name them.
_NAMINGS = (
    _names("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
    _names("جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر"),
    _names("يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر"),
    _names(
        "كانون_الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين_الأول تشرين_الثاني"
        " كانون_الأول"
    ),
)
_HIJRI = _names(
    "محرم صفر ربيع_الأول ربيع_الآخر جمادى_الأولى جمادى_الآخرة رجب شعبان رمضان شوال ذو_القعدة"
    " ذو_الحجة"
)
_DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")


def _document(title: str, body: str, published_at: str | None) -> Document:
    article = Article.model_validate(
        {"source": "s", "id": "1", "title": title, "body": body, "published_at": published_at}
    )
    document = Document.begun(Received(article), intake_ms=0)
    document.text_fields = tuple(
        TextField(name, text, tokens(text), sentences(text))
        for name, text in (("title", title), ("body", body))
    )
    return document


def test_the_index_gets_each_span_of_days_once() -> None:
    document = _document(
        "ضبط باخرة في 8 يناير 2018",
        "ضبطت في 8 يناير 2018. وقالوا أمس إنها غادرت قبل أيام قليلة.",
        None,
    )
    find_dates(document)
    assert document.fields["mentions"] == [{"gte": "2018-01-08", "lte": "2018-01-08"}]
    assert [(one.field, one.text) for one in document.dates] == [
        ("title", "8 يناير 2018"),
        ("body", "8 يناير 2018"),
        ("body", "أمس"),
    ]
    assert document.fields["dates"][2] == {
        "field": "body",
        "start": 29,
        "end": 32,
        "text": "أمس",
        "precision": "day",
        "kind": "relative",
        "certain": False,
    }


def test_days_are_those_of_the_place_of_publication() -> None:
    # Half past midnight in Riyadh, while it is still the day before in Greenwich.
    document = _document("", "وصل أمس", "2015-07-23T00:30:00+03:00")
    find_dates(document)
    assert [one.first for one in document.dates] == [date(2015, 7, 22)]


def test_a_word_in_a_longer_name_is_no_date() -> None:
    document = _document("", "زار ميدان الخميس ووصل الخميس", "2015-07-23T12:00:00+03:00")
    document.entities = [Entity("body", 4, 16, "ميدان الخميس", "place", "ميدان الخميس")]
    find_dates(document)
    assert [(one.start, one.text) for one in document.dates] == [(22, "الخميس")]


def test_a_name_that_reaches_too_far_takes_no_day_away() -> None:
    document = _document("", "صد الجيش أمس الهجوم", "2015-07-23T12:00:00+03:00")
    document.entities = [Entity("body", 3, 12, "الجيش أمس", "place", "الجيش أمس")]
    find_dates(document)
    assert [one.text for one in document.dates] == ["أمس"]


def test_the_index_gets_so_many_at_most() -> None:
    document = _document("", "الخميس " * (MOST + 1), None)
    find_dates(document)
    assert (len(document.dates), len(document.fields["dates"])) == (MOST + 1, MOST)


def test_names_are_looked_up_and_not_gone_through() -> None:
    def seconds(times: int) -> float:
        document = _document("", "الخميس محمد " * times, None)
        document.entities = [
            Entity("body", at, at + 4, "محمد", "person", "محمد")
            for at in range(7, len(document.article.body), 12)
        ]
        start = time.process_time()
        find_dates(document)
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 30 * max(min(seconds(500) for _ in range(3)), 0.001)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "كلمة",
        "123 456",
        "،؛؟ …",
        "Monday يوم 5 Ιουλίου",
        "/",
        "1/2/3/4",
        "يناير",
        "هـ",
        "ـــ _ و",
        "من إلى",
    ],
)
@pytest.mark.parametrize("published", [None, THURSDAY, date.min, date.max])
def test_any_input_has_a_result(text: str, published: date | None) -> None:
    for mention in mentions(text, published):
        assert text[mention.start : mention.end] == mention.text


_words = st.sampled_from(
    [*sorted(WORDS), "5", "31", "2015", "1436هـ", "٢٠١٥", "/", "-", "(", ")", "كتاب", "9999"]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(), st.lists(_words).map(" ".join), st.lists(_words).map("".join)),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_is_read_in_order_and_with_ordered_days(text: str, published: date | None) -> None:
    behind = 0
    for mention in mentions(text, published):
        assert behind <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert (mention.first is None) is (mention.last is None)
        if mention.first and mention.last:
            assert mention.first <= mention.last
        else:
            assert not mention.certain
        behind = mention.end


@settings(deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(_NAMINGS),
    st.sampled_from(_DIGITS),
)
def test_a_gregorian_day_comes_back_from_every_naming_and_order(
    day: date, naming: list[str], digits: str
) -> None:
    year, month, number = (
        str(one).translate(str.maketrans("0123456789", digits))
        for one in (day.year, day.month, day.day)
    )
    name = naming[day.month - 1]
    written = [f"{number} {name} {year}", f"{number} من شهر {name} عام {year}م"]
    written += [f"{number}/{month}/{year}", f"{year}/{month}/{number}", f"{number}-{month}-{year}م"]
    for text in written:
        assert read(f"في {text} كان", published=None) == [(text, day.isoformat())]


@settings(deadline=None)
@given(st.dates(date(1924, 8, 1), date(2077, 11, 16)), st.sampled_from(_DIGITS))
def test_a_hijri_day_comes_back_from_every_order(day: date, digits: str) -> None:
    lunar = _to_hijri(day)
    year, month, number = (str(one).translate(str.maketrans("0123456789", digits)) for one in lunar)
    name = _HIJRI[lunar[1] - 1]
    written = [f"{number} {name} {year}هـ", f"{number} من شهر {name} عام {year} هـ"]
    written += [f"{number}/{month}/{year}هـ", f"{year}/{month}/{number}هـ"]
    for text in written:
        assert read(f"في {text} كان", published=None) == [(text, day.isoformat())]


def _to_hijri(day: date) -> tuple[int, int, int]:
    first = Hijri(1343, 1, 1).to_gregorian()
    year = 1343 + (day - date(first.year, first.month, first.day)).days // 355
    while _first(year + 1) <= day:
        year += 1
    month = 1
    while month < 12 and _first(year, month + 1) <= day:
        month += 1
    return year, month, (day - _first(year, month)).days + 1


def _first(year: int, month: int = 1) -> date:
    if year > 1500:
        return date.max
    found = Hijri(year, month, 1).to_gregorian()
    return date(found.year, found.month, found.day)


@pytest.mark.parametrize(
    "unit",
    [
        "كلمة ",
        "يوم ",
        "نهاية ",
        "قبل ",
        "منذ عام ",
        "أيام الخميس والجمعة ",
        "1/",
        "5 - ",
        "2015 و",
        "يناير/",
        "الخميس (",
        "بداية نهاية مطلع ",
        "1 محرم (1 يناير) ",
        "ثلاثة وعشرين ",
        "من العام ",
        "و",
        "\n",
        " ",
    ],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(times: int) -> float:
        text = unit * times
        field = TextField("body", text, tokens(text), [])
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            dates_of([field], THURSDAY)
            best = min(best, time.process_time() - start)
        return best

    seconds(100)
    # Eight times the text: the square would take 64 times as long.
    assert seconds(4000) < 30 * max(seconds(500), 0.001)


def test_the_days_of_the_year_are_the_same_in_leap_years() -> None:
    for offset in range(3):
        published = THURSDAY + timedelta(days=365 * offset)
        [mention] = mentions("العام الماضي", published)
        assert days_of(mention) == f"{published.year - 1}-01-01/{published.year - 1}-12-31"
