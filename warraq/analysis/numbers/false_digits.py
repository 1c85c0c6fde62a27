"""Digits that are no quantity: of laws, rounds, roads, hours, years, scores, telephones, lists."""

from __future__ import annotations

import re
from typing import Final

from warraq.analysis.dates.tables import GREGORIAN, HIJRI, TWO_WORDS
from warraq.analysis.numbers.cardinals import Number
from warraq.analysis.numbers.counting import NOTHING, Counted
from warraq.analysis.numbers.nouns import folded, is_definite, with_clitics
from warraq.analysis.numbers.phrase import Phrase
from warraq.text.normalize import fold

HYPHENS: Final = ("-", "–", "—", "_", "ـ")
CLOCK: Final = with_clitics("ساعة")

# Behind these a number is a name, even if a noun follows it.
_NUMBERED = (
    with_clitics(
        "رقم أرقام مادة مواد مادتين مادتان فقرة فقرتين بند بنود آية آيات سورة هاتف هاتفي تلفون جوال"
        " فاكس تحويلة صفحة ص رقمه رقمها رقمي واتس واتساب واتسآب عام سنة موسم كوفيد طراز موديل"
        " بوينغ بوينج ايرباص ايفون آيفون ايباد آيباد جالكسي جلاكسي جالاكسي غالاكسي نوت ويندوز"
        " اندرويد أندرويد فورمولا كتيبة لواء فرقة ستيشن دراجون سنابدراجون زد اس إس مونديال فيفا"
        " بوكس يورانيوم ميغ سوخوي"
    )
    | {"السجل", "بالسجل", "والسجل", "للسجل"}
    | {"الدقيقه", "الدقاءق", "بالدقيقه", "للدقيقه", "والدقيقه", "الدقيقتين"}
)
# Behind these it is one if nothing that is counted follows.
_NUMBERED_ALONE = with_clitics(
    "جولة دورة نسخة قناة حلقة مجموعة طريق شارع مخرج بوابة رحلة حديث باب فصل طابق نموذج قرار"
    " قرارات مرسوم لائحة غرفة قاعة مبنى عمارة بلوك قطعة مخطط مربع رصيف دفعة مستوى صف برج حي"
    " منطقة قطاع دوري كأس أولمبياد دور ذكرى مرحلة أسبوع جزء قائمة محطة مفاعل وحدة قسم شقة منزل"
    " مركز مرتبة ترتيب فريق بطولة سباق أجندة رؤية ملتقى مهرجان معرض قمة خطة إصدار اف تايفون يورو"
    " دول ليلة مؤشر"
)
# Only behind these is a number by itself one: about, up to, reached, their number …
_INTRODUCING = with_clitics(
    "نحو حوالي حوالى قرابة زهاء من إلى عن على بين مقابل معدل متوسط واقع بلغ بلغت يبلغ تبلغ"
    " يبلغون بلوغ وصل وصلت يصل تصل تجاوز تجاوزت يتجاوز تتجاوز عدد عددهم عددها عدده عددهن نسبة"
    " قيمة مقتل قتل قتلت أصيب إصابة جرح وفاة سجل سجلت يسجل عند سوى إلا فقط أصل منهم منها منهن"
    " بينهم بينها مستوى ارتفع انخفض ارتفعت انخفضت ارتفاع انخفاض مرتفعا منخفضا حاجز حد تقريبا"
    " يعادل بالغ بالغة إجمالي مجموع مجموعه مجموعها أكثر أقل ضبط يقارب تقارب معارضة تأييد سن عمر"
    " فوق تحت يتعدى تعدى رصيد سعر قدره قدرها يساوي تساوي يصيب تصيب مصرع يقتل تقتل إنقاذ اعتقال"
    " اعتقل توقيف أوقف احتجاز اختطاف تحرير استشهاد استشهد أسر إعدام إسعاف إخلاء ضحايا جرحى قتلى"
    " مصابين وفيات قبض إتلاف إغلاق تسجيل ترقية تكريم توظيف تعيين تدريب تأهيل تخريج تخرج إيواء إجلاء"
    " ترحيل تهجير علاج تسريح سقوط نزوح نزح غرق غرقت هلاك نجاة نجا نجت لقي لقيت وافق عارض امتنع شارك"
    " حضر تقدم استفاد استفادت أنقذ أنقذت أجلي رحل ضم ضمت شمل شملت يشمل تشمل استقبل استقبلت"
    " استوعب يستوعب تستوعب يتسع تتسع أنتج أنتجت ينتج تنتج باع باعت خسر أفرج"
)
_MONTHS = " ".join((*GREGORIAN, *HIJRI, *(firsts for firsts, *_ in TWO_WORDS))).replace("~", "")
_MONTH_NAMES = folded(_MONTHS)
_OF_YEARS = with_clitics(
    f"{_MONTHS} عام سنة عامي منذ في حتى موسم دوري كأس مونديال أولمبياد منتصف نهاية بداية مطلع أواخر"
    " خلال قعدة حجة ثاني أول صيف خريف شتاء جاري ماضي مقبل حالي قادم"
)
_PARTS_OF_DAY = folded("صباحا مساء ظهرا عصرا ليلا فجرا ص")
_TO = folded("إلى حتى وحتى لغاية ولغاية و")
_GOALS = with_clitics("نتيجة تعادل تعادلا فوز خسارة فاز خسر خسرت فازت هزيمة فوزه خسارته تعادلت")
_ARTICLES = ("ال", "وال", "بال", "لل", "ولل")
_YEAR = re.compile("1[34][0-9]{2}|1[89][0-9]{2}|20[0-9]{2}")
_IN_CODES = frozenset("-_=@#+/\\&*×")
_LENGTHS = tuple(
    folded(
        "ارتفاع ترتفع يرتفع الارتفاع طول عرض عمق بعد تبعد يبعد مساف مساح سباق قطر سطح البحر تتابع"
    )
)
_PLURALS = ("ات", "ين", "ون", "الدول", "الاعضاء", "الانديه", "المدن", "القتلي", "الفرق")
_TIMES = ("×", "*", "+")
_LATIN = re.compile("[A-Za-z]")
_QUOTES = ('"', "”", "»", "'")
_OPENING = "([- \xa0"
_BEFORE_LISTS = (".", ":", "؛", "؟", "!", "\n", "،", ",", "*", "•")
_LIST_SIGNS = frozenset("-–—).ـ:/")
OF_THEM: Final = frozenset({"منها", "منهم", "منهن", "منهما"})
_LONGEST = 6  # figures without marks; a number by itself with more is an account or a telephone


def is_false(phrase: Phrase, number: Number, counted: Counted, *, ranged: bool) -> bool:
    """Whether a number in digits is none. ranged: it is one end of a range, not of a code."""
    marked = _is_in_a_code(phrase, number, counted) or _is_of_a_list(phrase, number, counted)
    stuck = number.stuck != "" and counted.kind in (NOTHING, "count")
    if (marked and not ranged) or stuck or is_hour(phrase, number):
        return True
    # Metres are not as sure as other units: م is the year's A.D., too.
    measured = counted.kind == "measure" and counted.unit != "m"
    if counted.kind in ("money", "percent") or measured or number.scale > 1:
        return False
    word, article = _before(phrase, number)
    if word in _NUMBERED or _is_a_year(phrase, number, word, counted):
        return True
    if counted.kind != NOTHING:
        return counted.kind == "count" and _is_a_name(phrase, number, word, counted)
    if article:  # الـ 27 is the 27th, but الدول الـ28 are 28
        return not (word.startswith("ال") and word.endswith(_PLURALS)) or word.endswith("تين")
    return not (ranged or _is_introduced(phrase, number, word))


def is_hour(phrase: Phrase, number: Number) -> bool:
    """الساعة 8, 8 مساء, and the other end of من الساعة 4 إلى 10."""
    if number.scale > 1 or number.value > 24:
        return False
    if phrase.folded(number.last) in _PARTS_OF_DAY and not phrase.gap(number.last).strip(")"):
        return True
    word, _ = _before(phrase, number)
    place = number.first - 2
    return word in CLOCK or (
        word in _TO and (phrase.folded(place) in _PARTS_OF_DAY or phrase.folded(place - 1) in CLOCK)
    )


def is_like_a_year(number: Number) -> bool:
    """Whether its digits may be those of a year, Hijri or Gregorian."""
    return number.digits is not None and _YEAR.fullmatch(number.digits.figures) is not None


def is_score(phrase: Phrase, number: Number) -> bool:
    """Whether two numbers with a hyphen, the first of which is `number`, are goals."""
    return any(phrase.folded(number.first - back) in _GOALS for back in (1, 2, 3))


def _before(phrase: Phrase, number: Number) -> tuple[str, bool]:
    """The folded word before, over a lone article (الـ 27) or و; whether there is an article."""
    place = number.first - 1
    article = bool(number.digits and number.digits.before.endswith(("ال", "لل")))
    if phrase.key(place) in _ARTICLES:
        return phrase.folded(place - 1), True
    if phrase.key(place) in ("و", "ف"):
        place -= 1
    return phrase.folded(place), article


def _is_introduced(phrase: Phrase, number: Number, word: str) -> bool:
    """Whether a number with nothing counted behind it may be a quantity."""
    figures = number.digits.figures if number.digits else ""
    if number.stuck or len(figures.partition(".")[0]) > _LONGEST or word in _NUMBERED_ALONE:
        return False
    if number.digits and number.digits.before and len(figures) == 1:  # ب1, a vitamin
        return False
    if phrase.gap(number.last).startswith(_QUOTES) and not phrase.gap(number.first):
        return False
    clitic = bool(number.digits and number.digits.before) or word in ("ب", "ل")
    written = bool(number.digits and number.digits.parted and "." in figures)
    told = phrase.folded(number.last) in OF_THEM or phrase.folded(number.last) == "فقط"
    return clitic or told or word in _INTRODUCING or (written and word[:1].isalpha())


def _is_a_name(phrase: Phrase, number: Number, word: str, counted: Counted) -> bool:
    """الحلقة 5 من المسلسل, جالاكسي 6 رسميا: what is behind is not counted; nor is the month in
    شارع 26 سبتمبر, a street, which is no date either.
    """
    of = fold(counted.of or "")
    if of in _MONTH_NAMES:
        return True
    among = phrase.folded(number.last) == "من"
    if among and (word in _NUMBERED_ALONE or is_definite(phrase, number.first - 1)):
        return True
    accusative = of.endswith("ا")
    told = among or word in _INTRODUCING
    return not told and (number.value <= 2 or (number.value <= 10 and accusative))


def _is_in_a_code(phrase: Phrase, number: Number, counted: Counted) -> bool:
    """F-16, م/6, 200×200, 8:30, 2-1, user_5, +966."""
    text, start, end = phrase.text, number.start, number.end
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    gap = phrase.gap(number.first)
    if len(before) == 2 and before[0].isalnum() and before[1] in _IN_CODES:
        # News agencies put slashes for brackets: اللاعب/34 عاما/
        return before[1] != "/" or before[0].isdigit() or counted.kind != "measure"
    return (
        before[-1:] in ("+", "@", "#")
        or gap in _TIMES
        or (before[:1].isdigit() and before[1:] == ":")
        or (gap == "/" and len(phrase.key(number.first - 1)) == 1)
        or (behind[:1] in tuple("-_=@/") and _LATIN.match(behind[1:]) is not None)
        or (phrase.gap(number.last) in (*_TIMES, ":") and phrase.digits(number.last) is not None)
        or (not gap and _LATIN.match(phrase.form(number.first - 1)) is not None)
    )


def _is_of_a_list(phrase: Phrase, number: Number, counted: Counted) -> bool:
    """1- and (2) at the beginning of a line or sentence, also 3- between names."""
    if number.last != number.first + 1 or number.value > 99 or not number.value.is_integer():
        return False
    behind = phrase.text[number.end : number.end + 2].strip(" \xa0")[:1]
    if not behind or behind not in _LIST_SIGNS:
        return False
    if phrase.gap(number.first).rstrip(_OPENING)[-1:] in _BEFORE_LISTS:
        return True
    return counted.kind == NOTHING and behind in "-–" and phrase.gap(number.last) in HYPHENS


def _is_of_our_era(phrase: Phrase, number: Number) -> bool:
    """1541 م is a year, but not على ارتفاع 1541 م."""
    short = phrase.key(number.last) == "م" or number.stuck == "م"
    if not short or number.value > 2100 or not number.value.is_integer():
        return False
    around = (phrase.folded(number.first - back) for back in range(1, 6))
    return number.value > 100 and not any(
        word.lstrip("وبل").startswith(_LENGTHS) for word in around
    )


def _is_a_year(phrase: Phrase, number: Number, word: str, counted: Counted) -> bool:
    if counted.unit == "m" and _is_of_our_era(phrase, number):
        return True
    if not is_like_a_year(number):
        return False
    if counted.kind in (NOTHING, "measure"):
        return True
    accusative = fold(counted.of or "").endswith("ا")  # 1959 فرعا (1,959 branches) is no year
    of_our_days = 1990 < number.value < 2040 and number.value != 2000
    if not accusative and (word in _OF_YEARS or (of_our_days and word not in _INTRODUCING)):
        return True
    beside = (*HYPHENS, "/")
    return phrase.gap(number.first) in beside or phrase.gap(number.last) in beside
