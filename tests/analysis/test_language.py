"""Which languages an article is in: as the sender says, else as its paragraphs show."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.analysis.test_pipeline import run
from training.measure_language import FIVE, gold, language_of
from warraq.analysis.language import is_arabic, languages

ARABIC = "أعلنت وزارة الصحة اليوم افتتاح مستشفى جديد في المدينة"
PERSIAN = "وزارت بهداشت امروز از گشایش بیمارستان تازه‌ای در شهر خبر داد"
ENGLISH = "The ministry of health opened a new hospital in the city today"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("ar", ARABIC),
        ("en", ENGLISH),
        ("fr", "Le ministère de la Santé a ouvert un nouvel hôpital dans la ville"),
        ("fa", PERSIAN),
        ("ur", "وزارت صحت نے آج شہر میں ایک نیا ہسپتال کھولنے کا اعلان کیا"),
        ("ckb", "وەزارەتی تەندروستی نەخۆشخانەیەکی نوێی لە شارەکە کردەوە"),
        ("ps", "د روغتیا وزارت په ښار کې یو نوی روغتون پرانیست"),
        ("he", "משרד הבריאות פתח בית חולים חדש בעיר"),
        ("ru", "Министерство здравоохранения открыло новую больницу в городе"),
        ("ug", "بۈگۈن شەھەردە يېڭى دوختۇرخانا ئېچىلدى"),
    ],
)
def test_the_text_shows_its_language(language: str, title: str) -> None:
    assert run(title=title).language == language
    assert run(body=title).language == language
    assert run(body=f"<p>{title}</p>").language == language
    assert run(title=title).fields["languages"] == [language]


@pytest.mark.parametrize(
    "title",
    [
        "طهران ترفض شروط واشنطن",  # Tehran refuses Washington's terms
        "کابل وإسلام آباد تبحثان أمن الحدود",  # with a Persian kaf
        "الجیش یعلن السيطرة على المدینة",  # typed on a Persian keyboard
        "چلسي يتعادل في لندن",  # letters that Arabic borrows for Chelsea
        "ڤيتو روسي جديد",
        "مش عارف أعمل إيه دلوقتي",  # Egyptian
        "بزاف ديال الناس ما عندهمش الخدمة",  # Moroccan
        "شكو ماكو اليوم بالسوق",  # Iraqi
        "قصة نجاح",
        "وزير",
    ],
)
def test_arabic_is_not_taken_for_a_neighbour(title: str) -> None:
    assert languages(title) == ["ar"]


@pytest.mark.parametrize(
    "title",
    [
        "خبر",  # news
        "خبر عاجل",  # breaking news
        "خبر سار",  # good news
        "انفجار",  # explosion
        "سفر",  # travel
        "فن",  # art
        "رمضان",
        "مجلس",  # council
        "دستور",  # constitution
        "زمان",  # time
        "ادب",  # literature, without its hamza
        "استقلال",  # independence
        "احمد",
        "دمشق",
        "افغانستان",
        "رياضة",  # sports
        "مقتل جندي",  # a soldier's death
        "نهاية الحرب",  # the end of the war
    ],
)
def test_one_or_two_plain_words_of_arabic_are_arabic(title: str) -> None:
    assert languages(title) == ["ar"]
    assert run(title=title).language == "ar"


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("fa", "جنگ"),  # war
        ("fa", "خبرگزاری"),  # news agency
        ("fa", "گزارش روز"),  # report of the day
        ("fa", "وزارت خارجه"),  # foreign ministry: ت for ة
        ("fa", "نوروز"),
        ("ur", "کھیل"),  # sports
        ("ckb", "هەواڵ"),  # news
        ("ps", "ښځې"),  # women
    ],
)
def test_one_or_two_words_of_a_neighbour_stay_the_neighbours(language: str, title: str) -> None:
    assert languages(title) == [language]


def test_a_short_title_goes_with_the_language_of_its_text() -> None:
    assert languages(f"خبر\n{PERSIAN}") == ["fa"]


def test_the_gold_set_is_reached() -> None:
    titles = [(text, language) for text, language in gold("dev") if language in FIVE]
    right = sum(language_of(text) == language for text, language in titles)
    assert right >= 0.98 * len(titles)
    assert all(language_of(text) == "ar" for text, language in titles if language == "ar")


# ── more than one ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"{ARABIC}\n{ARABIC}\n{ENGLISH}", ["ar", "en"]),
        (f"{ARABIC}\n{PERSIAN}\n{PERSIAN}", ["fa", "ar"]),
        # A quotation of five words or more counts, also inside a paragraph …
        (f"{ARABIC} {ARABIC} \u201c{ENGLISH}\u201d", ["ar", "en"]),
        # … names do not, however many there are.
        (f"{ARABIC} (United Nations) {ARABIC} (World Bank) {ARABIC} (Reuters)", ["ar"]),
        (f"{ARABIC}\nReuters", ["ar"]),
        (f"{ARABIC}\nطهران", ["ar"]),
    ],
)
def test_each_paragraph_counts(body: str, found: list[str]) -> None:
    assert languages(body) == found
    assert run(title="", body=body).fields["languages"] == found


# ── the sender ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "language"),
    [("ar", "ar"), ("AR", "ar"), ("ar-LY", "ar"), ("ckb-Arab", "ckb"), ("arz", "ar")],
)
def test_what_the_sender_says_counts(said: str, language: str) -> None:
    article = run(title=ENGLISH, language=said)
    assert article.language == language
    assert article.fields["languages"] == ["en"]


# ── nothing to go by ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("title", ["2018", "7 - 1", "١٢٣"])
def test_without_a_letter_it_is_unknown(title: str) -> None:
    article = run(title=title)
    assert (article.language, article.fields["languages"]) == ("und", [])
    assert is_arabic(article)


def test_lines_and_hidden_characters_do_not_confuse_it() -> None:
    assert run(body="أعلنت\nوزارة\r\nالصحة\x00\u2028اليوم\u200f افتتاح\tمستشفى").language == "ar"


@given(st.text())
def test_any_text_has_languages(text: str) -> None:
    found = languages(text)
    assert len(found) == len(set(found))


@given(st.text(alphabet="ابتەێڕکیہےټښپ \n\ud800\u200c\u0651aя中"))
def test_any_mixture_has_languages(text: str) -> None:
    assert len(languages(text)) == len(set(languages(text)))


@pytest.mark.parametrize("text", [ARABIC, "aا ", "ا\n", "a\n", "ە", "中", "1 ", "\u0651"])
def test_its_time_is_linear(text: str) -> None:
    def seconds(length: int) -> float:
        long = (text * length)[:length]
        begun = time.process_time()
        languages(long)
        return time.process_time() - begun

    seconds(1_000)
    assert seconds(400_000) < 0.05 + 20 * max(seconds(100_000), 0.001)
