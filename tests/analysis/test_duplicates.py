"""Signatures: what must be a copy, and what must not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.analysis.duplicates import (
    BAND_BYTES,
    BANDS,
    BINS,
    DIGEST_BYTES,
    FEWEST_WORDS,
    RESEMBLANCE,
    bands_of,
    resemblance,
    sign,
)
from warraq.analysis.pipeline import part
from warraq.article import Article, Received
from warraq.document import Document
from warraq.text.edits import EditedText

# A dam was opened: where, by whom, what it holds, what it waters, what is to come.
STORY = (
    "افتتح وزير الزراعة سالم الهادي أمس سد وادي النخيل شمال مدينة الواحة بعد ثلاث سنوات من العمل. "
    "ويحجز السد أربعة ملايين متر مكعب من مياه الأمطار تكفي لري ألفي مزرعة في القرى المجاورة. "
    "وقال الوزير إن الوزارة ستبني سدين آخرين قبل نهاية العام المقبل، وإن المزارعين سيدفعون نصف "
    "كلفة شبكات الري الحديثة. وأضاف أن منسوب المياه الجوفية انخفض في المنطقة عشرين مترا."
)
# The same ministry, the same words of office, another matter.
OTHER = (
    "استقبل وزير الزراعة سالم الهادي أمس في مكتبه وفدا من مصدري التمور في مدينة الواحة. وناقش "
    "اللقاء رسوم التصدير ومواعيد الشحن عبر الميناء الجديد. وقال الوزير إن الوزارة ستخفض الرسوم "
    "على الشحنات الصغيرة ابتداء من الموسم القادم، وستدعم مصانع التعبئة بقروض ميسرة."
)
# Congratulations and condolences of one office: the same begin and the same matters of form.
TELEGRAM = (
    "بعث الرئيس برقية {} بمناسبة عيد استقلال بلاده {} له دوام الصحة ولشعبه مزيدا من التقدم وأشاد "
    "بما بلغته الصناعة هناك من نمو في السنوات العشر الأخيرة"
)
CONDOLENCE = (
    "بعث الرئيس برقية عزاء إلى حاكم الجنوب في ضحايا الزلزال سائلا لهم الرحمة ولذويهم الصبر وأمر "
    "بإرسال فرق إنقاذ ومستشفى ميداني وخيام وأغطية إلى القرى المنكوبة"
)


def signed(body: str, title: str = "", *, deleted: bool = False) -> Document:
    article = Article(source="s", id="1", title=title, deleted=deleted)
    document = Document.begun(Received(article), intake_ms=0)
    document.body = EditedText(body)
    part(document)
    sign(document)
    return document


def alike(one: str, other: str) -> float:
    return resemblance(signed(one).signature, signed(other).signature)


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY.replace("أمس", "اليوم"),  # yesterday, today
        STORY.replace("وزير الزراعة سالم", "معالي وزير الزراعة المهندس سالم"),  # courtesies
        STORY + " وتوقع خبراء أن يكتمل المشروع في موعده.",  # a sentence more
        STORY.rpartition(" وأضاف")[0],  # the last sentence cut off
        "شهدت مدينة الواحة حدثا طال انتظاره. " + STORY,  # another lead
        STORY.replace("أربعة ملايين", "4 ملايين").replace("ثلاث", "3"),
    ],
)
def test_copies_resemble_each_other(copy: str) -> None:
    assert alike(STORY, copy) >= RESEMBLANCE
    assert set(bands_of(signed(STORY).signature)) & set(bands_of(signed(copy).signature))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STORY, OTHER),
        (TELEGRAM.format("تهنئة إلى ملك الشمال", "متمنيا"), CONDOLENCE),
    ],
)
def test_what_is_only_about_the_same_does_not(one: str, other: str) -> None:
    assert alike(one, other) < RESEMBLANCE / 2


def test_the_same_script_of_a_page_makes_no_copies() -> None:
    script = " ul padding 0 margin 0 box_v float left a 150 b 100 gridPadding background none" * 9
    assert alike(STORY + script, OTHER + script) < RESEMBLANCE / 2


@pytest.mark.parametrize(
    "spelling",
    [
        STORY.replace("أ", "ا"),  # without hamza
        STORY.replace(".", "،").replace(" ", "\n"),  # other marks, other lines
        STORY.replace("سد", "سَدّ"),  # vowel signs
        STORY.replace("ي ", "ى "),
    ],
)
def test_the_digest_is_of_the_folded_words(spelling: str) -> None:
    assert signed(spelling).fields["text_digest"] == signed(STORY).fields["text_digest"]


def test_the_digest_tells_other_words_and_another_order() -> None:
    digests = {signed(body).fields["text_digest"] for body in ("ا ب", "ب ا", "ا ب ج", "اب")}
    assert len(digests) == 4


@pytest.mark.parametrize(
    ("body", "length"),
    [
        ("", 0),
        (" .. !", 0),
        ("التفاصيل لاحقا", 0),  # "details later": no story
        ("كلمة " * FEWEST_WORDS, DIGEST_BYTES),  # one word, over and over: one shingle
        (" ".join(map(str, range(1_000))), DIGEST_BYTES + BANDS * BAND_BYTES + BINS),
        (STORY, DIGEST_BYTES + BANDS * BAND_BYTES + BINS),
    ],
)
def test_what_is_too_short_has_no_sketch(body: str, length: int) -> None:
    assert len(signed(body).signature) == length


def test_an_article_is_alone_until_its_story_is_found() -> None:
    assert signed(STORY).fields["story_id"] == signed(STORY).id
    assert signed("").fields == {"story_id": signed("").id}
    assert signed("", deleted=True).fields == {}


def test_the_hashes_never_change() -> None:
    """They are stored in Redis and in the index: another value here is another release's copy."""
    document = signed(STORY)
    assert document.fields["text_digest"] == "647a37ecc99675dd694198956a64e6b8"
    assert document.signature[DIGEST_BYTES:][:15].hex() == "294c786b6fbfa2cae10edcdb1fb0e9"


@given(st.text(), st.text())
def test_any_text_is_signed(one: str, other: str) -> None:
    first, second = signed(one).signature, signed(other).signature
    assert len(first) in (0, DIGEST_BYTES, DIGEST_BYTES + BANDS * BAND_BYTES + BINS)
    assert first == signed(one).signature
    assert 0 <= resemblance(first, first) <= 1
    if len(first) == len(second):
        assert resemblance(first, second) == resemblance(second, first)


@given(st.randoms(use_true_random=False), st.integers(150, 400), st.integers(0, 5))
def test_a_few_words_more_leave_a_copy(chance: random.Random, length: int, more: int) -> None:
    text = [f"كلمة{chance.randrange(5_000)}" for _ in range(length)]
    assert alike(" ".join(text), " ".join([*text, *text[:more]])) >= RESEMBLANCE
