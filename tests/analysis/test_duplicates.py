"""Signatures: what must be a copy, and what must not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warraq.analysis.duplicates import (
    BAND_BYTES,
    BANDS,
    COUNT_BYTES,
    DIGEST_BYTES,
    FEWEST_WORDS,
    HASH_BYTES,
    MOST_HASHES,
    bands_of,
    excess,
    needed_share,
    sign,
    stem,
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
# Another order of sentences, and other words around what was said.
REWORDED = (
    "قال وزير الزراعة سالم الهادي إن وزارته ستبني سدين آخرين قبل نهاية العام المقبل، فيما يدفع "
    "المزارعون نصف كلفة شبكات الري الحديثة. جاء ذلك لدى افتتاحه أمس سد وادي النخيل شمال مدينة "
    "الواحة بعد ثلاث سنوات من العمل، وهو يحجز أربعة ملايين متر مكعب من مياه الأمطار تكفي لري "
    "ألفي مزرعة في القرى المجاورة. وأضاف أن منسوب المياه الجوفية بالمنطقة انخفض عشرين مترا."
)
# What a paper of the place adds: dates and henna, deserted fields, compensation.
BACKGROUND = (
    "ويعتمد سكان الواحة على زراعة التمور والحناء منذ قرون، وهجر كثير منهم حقولهم حين جفت الآبار. "
    "وطالب مجلس البلدة الحكومة بتعويض من نزعت أملاكهم لإقامة الخزان."
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


RESULTS = (
    "سجل صافي أرباح شركة {} تراجعا بنسبة {} في النصف الأول من العام الحالي مقارنة بالفترة المماثلة "
    "من العام السابق وبلغ {} مليون ريال. وأرجعت الشركة في إعلان لها أمس النتائج إلى {}، وبلغت "
    "ربحية السهم {} ريال."
)
NORTH = ("إسمنت الشمال", "12", "465", "ارتفاع كلفة الوقود وتأخر مشروعات الإسكان", "1.03")
SOUTH = ("تمور الجنوب", "36", "10", "ضعف المحصول بعد موجة الصقيع", "0.37")


def signed(body: str, title: str = "", *, deleted: bool = False) -> Document:
    article = Article(source="s", id="1", title=title, deleted=deleted)
    document = Document.begun(Received(article), intake_ms=0)
    document.body = EditedText(body)
    part(document)
    sign(document)
    return document


BANDS_END = DIGEST_BYTES + BANDS * BAND_BYTES
LONGEST = BANDS_END + COUNT_BYTES + MOST_HASHES * HASH_BYTES


def beyond(one: str, other: str) -> float:
    """How far two texts are beyond what makes them one story."""
    return excess(signed(one).signature, signed(other).signature)


def bands_shared(one: str, other: str) -> int:
    return len(set(bands_of(signed(one).signature)) & set(bands_of(signed(other).signature)))


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
def test_copies_are_one_story(copy: str) -> None:
    assert beyond(STORY, copy) >= 0
    assert bands_shared(STORY, copy)


@pytest.mark.parametrize(
    "edited",
    [
        REWORDED,
        STORY.partition(" وقال")[0] + " وقال الوزير إن الوزارة ستبني سدين آخرين قبل نهاية العام.",
        f"{STORY} {BACKGROUND}",
    ],
)
def test_what_an_editor_reworked_is_one_story(edited: str) -> None:
    assert beyond(STORY, edited) >= 0
    assert bands_shared(STORY, edited)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (STORY, OTHER),
        (TELEGRAM.format("تهنئة إلى ملك الشمال", "متمنيا"), CONDOLENCE),
        # the same form, other persons and numbers: results of companies
        (RESULTS.format(*NORTH), RESULTS.format(*SOUTH)),
    ],
)
def test_what_is_only_about_the_same_is_not(one: str, other: str) -> None:
    assert beyond(one, other) < 0


def test_a_note_in_a_survey_of_the_day_is_not_its_copy() -> None:
    chance = random.Random(1)
    survey = " ".join(f"خبر{chance.randrange(10**6)}" for _ in range(400))
    assert beyond(STORY, f"{STORY} {survey}") < 0


def test_the_same_script_of_a_page_makes_no_copies() -> None:
    script = " ul padding 0 margin 0 box_v float left a 150 b 100 gridPadding background none" * 9
    assert beyond(STORY + script, OTHER + script) == beyond(STORY, OTHER)
    assert bands_shared(STORY + script, OTHER + script) == bands_shared(STORY, OTHER)


@pytest.mark.parametrize(
    ("few", "many", "needed"),
    [
        (5, 5, 1.02),  # so few words tell nothing
        (20, 20, 0.88),
        (100, 100, 0.72),
        (100, 200, 0.82),
        (100, 1000, 1.04),  # a note in a survey
        (300, 300, 0.61),
        (0, 0, 1.18),
    ],
)
def test_the_share_that_is_needed(few: int, many: int, needed: float) -> None:
    assert round(needed_share(few, many), 2) == needed


@pytest.mark.parametrize(
    ("words", "same"),
    [
        ("المزارعون والمزارعين", True),  # farmers, case and "and"
        ("بالمدينه مدينه", True),  # in the city, city
        ("وزاره الوزاره", True),
        ("الدفعات دفعه", True),  # batches, batch
        ("وزير وزاره", False),  # minister, ministry
        ("وزير الوزير", True),
        ("له لها", False),
        ("في فان", False),
    ],
)
def test_stems(words: str, same: bool) -> None:
    one, other = words.split()
    assert (stem(one) == stem(other)) is same


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
        (" ".join(map(str, range(1_000))), LONGEST),
        (STORY, BANDS_END + COUNT_BYTES + 45 * HASH_BYTES),
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
    assert len(first) in (0, DIGEST_BYTES) or BANDS_END < len(first) <= LONGEST
    assert first == signed(one).signature
    if min(len(first), len(second)) > DIGEST_BYTES:
        assert -2 <= excess(first, second) == excess(second, first) <= 1


@given(st.lists(st.integers(0, 5_000), min_size=150, unique=True), st.integers(0, 5))
def test_a_few_words_more_leave_a_copy(numbers: list[int], more: int) -> None:
    text = [f"كلمة{number}" for number in numbers]
    assert beyond(" ".join(text), " ".join([*text, *text[:more]])) >= 0
