"""Whole sentences out of an article, and those that must not be taken."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.test_pipeline import document
from warraq.analysis.pipeline import part
from warraq.analysis.summary import summarise, summary
from warraq.annotations import TextField
from warraq.text.tokens import sentences, tokens

LEAD = "افتتحت وزارة الصحة أمس مستشفى جديدا للأطفال في شمال المدينة."
SECOND = "يضم المستشفى مئتي سرير وعشر غرف للعمليات وقسما للطوارئ."
THIRD = "بلغت كلفة بناء المستشفى نحو أربعين مليون دولار خلال ثلاثة أعوام."
FOURTH = "حضر الحفل عدد من الأطباء والمسؤولين في المدينة وأعيانها."
FILLERS = [
    f"شارك في أعمال البناء {who} من أبناء المنطقة كلها تقريبا." for who in ("عمال", "شباب", "طلاب")
]


def of(body: str, title: str = "افتتاح مستشفى للأطفال") -> list[str]:
    return summary(
        [
            TextField("title", title, tokens(title), sentences(title)),
            TextField("body", body, tokens(body), sentences(body)),
        ]
    )


def test_two_or_three_sentences_in_their_order() -> None:
    body = [LEAD, SECOND, THIRD, FOURTH]
    found = of(" ".join(body))
    assert found[0] == LEAD
    assert len(found) == 2
    assert found == sorted(found, key=body.index)
    longer = [LEAD, FILLERS[0], SECOND, FILLERS[1], THIRD, FILLERS[2], FOURTH, *FILLERS[:2]]
    found = of(" ".join(longer))
    assert 2 <= len(found) <= 3
    assert set(found) <= set(longer)


@pytest.mark.parametrize(
    "sentence",
    [
        "وأضاف أن المستشفى الجديد للأطفال يضم مئتي سرير.",  # and he added that
        "وقالت إنها ستفتتح مستشفى آخر للأطفال في الجنوب.",
        "كما افتتحت الوزارة مستشفى للأطفال في جنوب المدينة.",  # it also opened
        "من جانبه قال وزير الصحة إن المستشفى للأطفال كلهم.",  # for his part
        "لكن مستشفى الأطفال في المدينة لا يكفي سكانها.",  # but
        "وهو أول مستشفى للأطفال تفتتحه الوزارة في المدينة.",  # it is
        "ولذلك افتتحت الوزارة مستشفى الأطفال في شمال المدينة.",  # therefore
        "مستشفى الأطفال الجديد في شمال المدينة يفتح أبوابه:",  # what follows is missing
        "افتتاح مستشفى الأطفال في شمال المدينة اليوم...",  # cut
        "افتتح مستشفى الأطفال الجديد في شمال المدينة د.",  # cut behind "Dr."
        "مستشفى للأطفال جديد.",  # a heading
        "للمزيد عن مستشفى الأطفال زوروا http://hospital.example في المدينة.",
        "10 20 30 مستشفى 40 50 60 أطفال 70 80 90 مدينة.",  # a table
    ],
)
def test_what_does_not_stand_alone_is_left(sentence: str) -> None:
    for body in (
        [LEAD, sentence, SECOND, THIRD, FOURTH],
        [sentence, LEAD, SECOND, THIRD, FOURTH],
    ):
        assert sentence not in of("\n".join(body))
        assert LEAD in of("\n".join(body))


def test_a_quotation_is_not_taken_in_the_middle() -> None:
    quoted = "قال الوزير: «افتتحنا اليوم مستشفى الأطفال الجديد في المدينة."
    goes_on = "سيخدم مستشفى الأطفال هذا سكان المدينة كلهم من اليوم."
    ends = "سنفتتح مستشفى آخر للأطفال في المدينة قريبا جدا»."
    found = of(" ".join([LEAD, quoted, goes_on, ends, SECOND, THIRD]))
    assert not {quoted, goes_on, ends} & set(found)
    assert LEAD in found


def test_what_repeats_a_sentence_is_left() -> None:
    again = LEAD.replace("أمس ", "")
    found = of(" ".join([LEAD, again, SECOND, THIRD, FOURTH]))
    assert (LEAD in found) + (again in found) == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "؟!",
        "خبر",
        LEAD,  # one sentence: it says all by itself
        "مستشفى للأطفال\nفي المدينة\nقريبا",  # headings
        " ".join(["مستشفى للأطفال في المدينة"] * 200),  # endless
    ],
)
def test_there_may_be_none(body: str) -> None:
    assert of(body) == []


def test_a_short_article_has_one() -> None:
    assert of(f"{LEAD} {SECOND}") == [LEAD]


def test_a_giant_sentence_is_taken_in_its_clauses_and_lines() -> None:
    clause = f"{LEAD[:-1]} بعد ثلاثة أعوام من العمل المتواصل"
    rest = " ".join(["والعمل في البناء ما زال متواصلا في جنوب المدينة"] * 20)
    assert of(f"{clause}؛ {rest}؛ {rest}.") == [clause]
    assert of(f"{clause}\n{rest}\n{rest}") == [clause]


def test_the_step_fills_the_field() -> None:
    article = document(title="افتتاح مستشفى", body=f"{LEAD}\n{SECOND}\n{THIRD}\n{FOURTH}")
    part(article)
    summarise(article)
    assert article.fields == {"summary": f"{LEAD} {SECOND}"}
    empty = document(title="خبر", body="")
    part(empty)
    summarise(empty)
    assert empty.fields == {}


@given(st.text(), st.lists(st.sampled_from([LEAD, SECOND, THIRD, *FILLERS, "«", '"', "؛", "\n"])))
def test_sentences_are_never_cut(title: str, body: list[str]) -> None:
    text = " ".join(body)
    for sentence in of(text, title):
        assert sentence in text or " ".join(sentence.split()) in " ".join(text.split())


@given(st.text(), st.text(alphabet='قال إن الوزير كتب.؟!\n«»"()؛:\u064e\u200f1a'))
def test_any_text_has_a_summary_or_none(title: str, body: str) -> None:
    assert len(of(body, title)) <= 3


@pytest.mark.parametrize("text", ["قال ", f"{LEAD} ", "ا", ".", "«", '"ا', "؛", "ا؛", "ا\n", ". "])
def test_its_time_is_linear(text: str) -> None:
    def seconds(length: int) -> float:
        long = (text * length)[:length]
        fields = [TextField("body", long, tokens(long), sentences(long))]
        begun = time.process_time()
        summary(fields)
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(400_000) < 0.05 + 20 * max(seconds(100_000), 0.001)
