"""The words and phrases that say what an article is about, as people write them."""

from __future__ import annotations

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.test_pipeline import document
from warraq.analysis.keywords import find_keywords, keywords
from warraq.analysis.pipeline import part
from warraq.annotations import DateMention, Entity, TextField
from warraq.text.tokens import sentences, tokens


def field(text: str, name: str = "body") -> TextField:
    return TextField(name, text, tokens(text), sentences(text))


def of(body: str, title: str = "") -> list[str]:
    return keywords([field(title, "title"), field(body)])


ARMS = (
    "ضبطت الشرطة صناديق الأسلحة في ميناء المدينة. وقالت إن صناديق الأسلحة وصلت على متن سفينة شحن، "
    "وإن السفينة أبحرت قبل شهر. وتبحث الشرطة عن صاحب السفينة."
)  # boxes of arms that came by ship


@pytest.mark.parametrize(
    ("body", "keyword"),
    [
        (ARMS, "صناديق الأسلحة"),  # the phrase, not صندوق
        (ARMS, "السفينة"),
        # Without clitics, in the commonest form: the locusts
        ("هاجم الجراد المزارع. وبالجراد امتلأت الحقول، وللجراد أسراب كثيفة.", "الجراد"),
        # Without vowel signs
        ("انتشر الجَرَادُ في الحقول وأكل الجَرَادُ الزرع.", "الجراد"),
        # Without a pronoun: its identity
        ("بحثت الشرطة عن هويته ثم كشفت هويته.", "هوية"),
        # Without the alef of tanwin: a box
        ("وجد صندوقا ثم وجد صندوقا مثله.", "صندوق"),
        # A noun and its adjective
        ("أطلقت القوات المسلحة النار، وردت القوات المسلحة على القصف.", "القوات المسلحة"),
        # With the article whose alef falls behind ل: to Algeria
        ("وصلت السفينة للجزائر فجرا وعادت للجزائر ليلا.", "الجزائر"),
        # Latin letters
        ("طرحت شركة Nokia هاتفا، وباعت Nokia منه الكثير.", "Nokia"),
    ],
)
def test_a_keyword_reads_as_people_write_it(body: str, keyword: str) -> None:
    assert keyword in of(body)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (ARMS, "صناديق"),  # a part of a phrase
        (ARMS, "الأسلحة"),
        (ARMS, "قالت"),  # a verb of saying
        (ARMS, "شهر"),
        ("قال المصدر يوم الخميس إن الخميس يوم الافتتاح كما قال المصدر.", "الخميس"),
        ("قال المصدر يوم الخميس إن الخميس يوم الافتتاح كما قال المصدر.", "المصدر"),
        ("حضر ثلاثة رجال في يناير ثم ثلاثة في يناير.", "ثلاثة"),
        ("حضر ثلاثة رجال في يناير ثم ثلاثة في يناير.", "يناير"),
        ("في 2018 وفي 2018 وفي عام 2018.", "2018"),
        ("وصل ١٤ قاربا و14 سفينة و14 سيارة.", "و14"),
        ("من خلال ذلك ومن خلال هذا ومن خلاله.", "خلال"),
    ],
)
def test_what_tells_nothing_is_no_keyword(body: str, word: str) -> None:
    assert word not in of(body)


def test_no_two_say_the_same() -> None:
    found = of(ARMS)
    words = [word.removeprefix("ال") for keyword in found for word in keyword.split()]
    assert len(words) == len(set(words))


def places(text: str, form: str) -> list[tuple[int, int]]:
    return [(found.start(), found.end()) for found in re.finditer(form, text)]


def test_names_are_whole_and_in_their_canonical_form() -> None:
    text = "وصل خليفة حفتر. التقى حفتر الوفد، وغادر حفتر."
    name = "خليفة حفتر"
    first, *others = places(text, "خليفة حفتر|حفتر")
    entities = [
        Entity("body", start, end, text[start:end], "person", name)
        for start, end in (first, *others)
    ]
    assert text[first[0] : first[1]] == name
    found = keywords([field(text)], entities)
    assert name in found
    assert not {"خليفة", "حفتر"} & set(found)


def test_dates_are_none() -> None:
    text = "بدأ عيد الفطر اليوم. ينتهي عيد الفطر غدا."
    day = date(2015, 7, 17)
    dates = [
        DateMention("body", *span, "عيد الفطر", day, day, "day", "absolute", certain=True)
        for span in places(text, "عيد الفطر")
    ]
    assert "عيد الفطر" in keywords([field(text)])
    assert not any("عيد" in one for one in keywords([field(text)], (), dates))


@pytest.mark.parametrize("body", ["", "؟!", "2018", "خبر", "في من على", "قال إن"])
def test_of_nothing_there_are_none(body: str) -> None:
    assert len(of(body)) <= 1
    assert of("") == []


def test_a_longer_article_has_more_but_ten_at_most() -> None:
    topics = (ARMS, "الجراد", "القمح", "الشعير", "النفط", "البرلمان", "الموازنة", "الطاعون")
    long = "\n".join(f"ناقش {topic} مع {topic}." for topic in topics)
    assert len(of(ARMS)) <= 5
    assert len(of(long * 20)) <= 10


def test_the_title_counts_more() -> None:
    body = "عاد الجراد وعاد الطاعون. كان الجراد أسوأ من الطاعون."
    assert of(body, "عودة الطاعون")[0] == "الطاعون"
    assert of(body, "عودة الجراد")[0] == "الجراد"


def test_the_step_fills_the_field() -> None:
    article = document(title="صناديق الأسلحة", body=ARMS)
    part(article)
    find_keywords(article)
    assert article.fields["keywords"][0] == "صناديق الأسلحة"


@given(st.text(), st.text(alphabet="الوزير كتب صندوق.\n«»ه\u064e\u200f1a"))
def test_any_text_has_keywords(title: str, body: str) -> None:
    found = of(body, title)
    assert len(found) == len(set(found)) <= 10


@pytest.mark.parametrize("text", ["صناديق ", "صناديق الأسلحة. ", "ا", "كتاب\n", "aا "])
def test_its_time_is_linear(text: str) -> None:
    def seconds(length: int) -> float:
        long = field((text * length)[:length])
        begun = time.process_time()
        keywords([long])
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(400_000) < 0.05 + 20 * max(seconds(100_000), 0.001)
