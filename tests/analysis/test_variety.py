"""Standard Arabic, dialect or both, and which dialect when it is sure."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.test_pipeline import document
from warraq.analysis.pipeline import part
from warraq.analysis.variety import Variety, detect_variety, variety
from warraq.annotations import TextField
from warraq.text.tokens import sentences, tokens

NEWS = "أعلنت وزارة الصحة اليوم افتتاح مستشفى جديد في المدينة بعد أعوام من العمل المتواصل."


def of(text: str) -> Variety:
    found = variety([TextField("body", text, tokens(text), sentences(text))])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("region", "text"),
    [
        # I don't know what to do now
        ("egypt", "مش عارف أعمل إيه دلوقتي."),
        ("egypt", "احنا عايزين نعرف الحقيقة، محدش قال لنا حاجة لحد النهارده."),
        ("egypt", "الموضوع ده ماينفعش يتساب كده، وكل واحد بيقول كلام غير التاني."),
        # What do you want to do now, I want to go home
        ("levant", "شو بدك تعمل هلق، أنا بدي روح عالبيت."),
        ("levant", "الجو كتير منيح اليوم، بس مبارح كان في شتي."),
        ("levant", "هيدا الحكي مش صحيح، بدنا نعيش متل كل العالم."),
        # I want to know what the story is now
        ("gulf", "أبغى أعرف وش السالفة الحين."),
        ("gulf", "يا جماعة وشو ذا الزحام، علامك ما ترد علينا، تكفى رد."),
        ("gulf", "ما يبغى يسوي شي الحين، كل يوم يقول لي باكر."),
        # There is none of it here now, what do we do
        ("iraq", "شكو ماكو اليوم بالسوق."),
        ("iraq", "هسه شنسوي، ماكو كهرباء وماكو ماي، والناس كلش تعبانة."),
        ("iraq", "شبيك ما تحجي، شلونك اليوم وشلون أهلك هسه."),
        # A lot of people have no work now
        ("maghreb", "بزاف ديال الناس ما عندهمش الخدمة دابا."),
        ("maghreb", "واش كاين شي جديد، علاش ما قلتو والو."),
        ("maghreb", "توا شنية الحل، نحبو نخدمو ونعيشو في بلادنا كيما الناس."),
        ("yemen", "أشتي أعرف موذا الخبر، مابش معنا خبر ذلحين."),
        ("sudan", "هسع الزول ده داير شنو، ياخ كيفنك انت."),
    ],
)
def test_a_dialect_is_known_by_its_words(region: str, text: str) -> None:
    assert of(text).name == "dialect"
    assert of(text).region == region


@pytest.mark.parametrize(
    "text",
    [
        "اللي ما يعرف الصقر يشويه.",  # a proverb, of everywhere
        "وين رايحين يا شباب؟",  # where are you going, boys
        "ليش الغلا زاد هالسنة؟",  # why did prices rise this year
    ],
)
def test_where_a_dialect_is_from_stays_open_if_many_say_so(text: str) -> None:
    assert of(text).name == "dialect"
    assert of(text).region is None


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        "سجل مو صلاح هدفا رائعا.",  # Mo Salah
        "أنخيل دي ماريا يغيب عن المباراة.",  # Di Maria
        "عاد دي ميستورا إلى جنيف.",
        "قدم برنامج توك شو جديدا.",  # a talk show
        "ضابط بزي رسمي.",  # in uniform
        "هذه آية من القرآن.",  # a verse: آية folds to what إيه (what) looks like
        "وصل الوفد إلى هالة للمشاركة في المعرض.",  # the city of Halle
        "وجوه جديدة في المنتخب.",  # faces, not و with جوه (inside)
        "ليكون العام عام خير.",
        "حدا ذلك بالوزير إلى الاستقالة.",  # that led the minister to resign
        "منظر مدهش وجو منعش.",  # amazing, refreshing: end as negated verbs do
        "تفقد مفتش الوزارة معاش المتقاعدين في مراكش.",
        "ما يعيش المرء إلا بعمله.",
        # a word in quotation marks
        "ظهر في فيلم «كده» بعد غياب.",
        # one word in a long sentence
        "قال الفنان إن الأغنية الجديدة التي سجلها في القاهرة واسمها عشان خاطرك ستصدر قريبا.",
    ],
)
def test_what_only_looks_like_dialect_is_standard(text: str) -> None:
    assert of(text) == Variety(0.0, None)
    assert of(text).name == "msa"


def test_the_share_counts_words_of_dialectal_sentences() -> None:
    text = f"{NEWS} {NEWS} مش عارف أعمل إيه دلوقتي."
    found = of(text)
    words = len(tokens(text))
    assert (found.share, found.name, found.region) == (5 / words, "mixed", "egypt")


def test_a_little_dialect_leaves_an_article_standard() -> None:
    found = of(f"{f'{NEWS} ' * 5}مش عارف أعمل إيه دلوقتي.")
    assert 0 < found.share < 0.1
    assert found.name == "msa"


# ── the step ─────────────────────────────────────────────────────────────────────────────────────


def test_the_step_fills_the_fields() -> None:
    article = document(title="عايزين نعرف الحقيقة", body="مش عارف أعمل إيه دلوقتي.")
    part(article)
    detect_variety(article)
    assert article.fields == {"variety": "dialect", "dialect_share": 1.0, "dialect_region": "egypt"}


def test_standard_arabic_has_no_region() -> None:
    article = document(title="وزارة الصحة", body=f"{f'{NEWS} ' * 5}مش عارف أعمل إيه دلوقتي.")
    part(article)
    detect_variety(article)
    assert article.fields == {"variety": "msa", "dialect_share": pytest.approx(0.066, abs=0.005)}


def test_without_a_word_there_is_none() -> None:
    article = document(title="", body="؟!")
    part(article)
    detect_variety(article)
    assert article.fields == {}


@given(st.text(alphabet="مش عارف ايهلسو.\n«»ه\u064e\u200f1a"))
def test_any_text_has_a_variety(text: str) -> None:
    found = variety([TextField("body", text, tokens(text), sentences(text))])
    assert found is None or 0 <= found.share <= 1


@pytest.mark.parametrize("text", ["مش ", "مش.\n", "ما", "شو توك ", "هالسنة "])
def test_its_time_is_linear(text: str) -> None:
    def seconds(length: int) -> float:
        long = (text * length)[:length]
        field = TextField("body", long, tokens(long), sentences(long))
        begun = time.process_time()
        variety([field])
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(400_000) < 0.05 + 20 * max(seconds(100_000), 0.001)
