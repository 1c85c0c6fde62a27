"""Numbers that are none: of laws, rounds and roads, hours, years, scores, telephones, lists."""

from __future__ import annotations

import re

from warraq.analysis.numbers.cardinals import Number
from warraq.analysis.numbers.counting import NOTHING, Counted, is_noun
from warraq.analysis.numbers.phrase import Phrase
from warraq.text.normalize import fold


def _folded(words: str) -> frozenset[str]:
    """`words`, also with the article and behind ب ل و."""
    found = set()
    for word in map(fold, words.split()):
        for clitic in ("", "و", "ب", "ل", "وب", "ول"):
            found.add(clitic + word)
            found.add(clitic + ("ل" if clitic.endswith("ل") else "ال") + word)
    return frozenset(found)


# Behind these a number is a name, whatever stands behind it.
_NUMBERED = _folded(
    "رقم أرقام مادة مواد مادتين فقرة بند آية آيات سورة هاتف هاتفي تلفون جوال فاكس تحويلة صفحة ص"
    " سجل رقمه رقمها رقمي واتس واتساب واتسآب ساعة عام سنة موسم كوفيد ميثاق"
)
# Behind these it is one if nothing that is counted follows.
_NUMBERED_ALONE = _folded(
    "جولة دورة نسخة قناة حلقة مجموعة كتيبة لواء فرقة طريق شارع مخرج بوابة رحلة عدد حديث باب فصل طابق"
    " موديل طراز بوينغ بوينج ايرباص ايفون آيفون آيباد ايباد جالكسي جلاكسي نوت ويندوز اندرويد فورمولا"
    " ستيشن نموذج قرار مرسوم لائحة غرفة قاعة مبنى عمارة بلوك قطعة مخطط مربع رصيف دفعة مستوى صف برج حي"
    " منطقة قطاع دوري كأس مونديال أولمبياد دور ذكرى مرحلة أسبوع جزء قائمة كم كيلو محطة مفاعل وحدة"
    " قسم شقة منزل مركز مرتبة ترتيب فريق بطولة سباق أجندة رؤية ملتقى مهرجان معرض قمة خطة إصدار"
    " اكس بوكس اس يورانيوم ميغ سوخوي فانتوم اف إف تايفون فيفا يورو"
)
_OF_YEARS = _folded(
    "عام سنة عامي منذ في حتى موسم لموسم دوري كأس مونديال أولمبياد منتصف نهاية بداية مطلع أواخر خلال"
    " يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر رمضان شوال"
    " محرم صفر رجب شعبان القعدة الحجة الأول الثاني الآخر آذار نيسان أيار حزيران تموز آب أيلول شباط"
    " ربيع صيف خريف شتاء العام جاري ماضي مقبل حالي قادم"
)
_CLOCK = _folded("ساعة")
_PARTS_OF_DAY = frozenset(map(fold, "صباحا مساء ظهرا عصرا ليلا فجرا ص صباح ظهر".split()))
_TO = frozenset(map(fold, "إلى حتى وحتى لغاية ولغاية و".split()))
_ORDINALS = _folded(
    "أول أولى ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع تاسعة"
    " عاشر عاشرة حادي حادية واحدة"
)
_BEHIND_HALF = frozenset(
    map(
        fold,
        "نهائي النهائي نهائى النهائى نهائية النهائية نهاءي القمر سنوي سنوية السنوي السنوية شهري"
        " شهرية الشهرية الشهري أسبوعي أسبوعية يومي عاري عارية دائرة دائري الدائرة موصل موصلات مقطورة"
        " الخالي الأول الأولى الثاني الثالث الرابع الأخير الآخر نقل النقل ساعي قبل تلك هذه هذا".split(),
    )
)
_IDIOMS_WITH_ONE = frozenset(
    map(fold, "آن وقت كل قلب كرجل يد صف رأس أي لا غير ليس رقم كلمة كيان".split())
)
_LAST_TEN = frozenset(map(fold, "الأواخر الأخيرة الأوائل الأول الأواسط المباركة ذي".split()))
_FOR_DEFINITE = frozenset(map(fold, "هؤلاء هذه تلك أولئك كل".split()))
_WATER = frozenset(map(fold, "مية ماية".split()))
_SCORES = _folded("نتيجة تعادل تعادلا فوز خسارة فاز خسر بنتيجة هزيمة فوزه خسارته مقابل")
_YEAR = re.compile("1[34][0-9]{2}|1[89][0-9]{2}|20[0-9]{2}")
HYPHENS = ("-", "–", "—", "_", "ـ")
_IN_CODES = frozenset("-_=@#+/\\&*×")
_LATIN = re.compile("[A-Za-z]")
_LIST_ENDS = ("-", "–", ")", ".", "/", "ـ", "—", ":", ")-", "-)")


def is_false_friend(
    phrase: Phrase, number: Number, counted: Counted, *, ranged: bool = False
) -> bool:
    """Whether what looks like a quantity is a name, an hour, a year, a code …

    ranged: it is one end of a range, and the hyphen beside it no part of a code.
    """
    if number.digits:
        return _false_digits(phrase, number, counted, ranged=ranged)
    return _false_words(phrase, number, counted)


def _before(phrase: Phrase, number: Number) -> tuple[str, bool]:
    """The folded word before, over a lone article (الـ 27) and clitics; whether there is such one."""
    place, article = number.first - 1, False
    if number.digits and number.digits.before.endswith(("ال", "لل")):
        article = True
    if phrase.key(place) in ("ال", "وال", "بال", "لل", "ولل"):
        place, article = place - 1, True
    elif phrase.key(place) in ("و", "ب", "ل", "ف", "ك"):
        place -= 1
    return phrase.folded(place), article


def _false_digits(phrase: Phrase, number: Number, counted: Counted, *, ranged: bool) -> bool:
    word, article = _before(phrase, number)
    bare = counted.kind == NOTHING and number.scale == 1
    if not ranged and (_is_in_a_code(phrase, number) or _is_of_a_list(phrase, number)):
        return True
    if _is_an_hour(phrase, number, word):
        return True
    if counted.kind in ("money", "percent") or number.scale > 1:
        return False
    if counted.kind == "measure" and counted.unit != "m":
        return False
    if word in _NUMBERED or _is_a_year(phrase, number, word, counted):
        return True
    if bare and (article or word in _NUMBERED_ALONE or number.stuck):
        return True
    figures = number.digits.figures if number.digits else ""
    if bare and len(figures) > 6 and number.digits and not number.digits.parted:
        return True
    return bare and (_LATIN.match(phrase.form(number.first - 1)) is not None or _names(word))


def is_score(phrase: Phrase, number: Number) -> bool:
    """Whether two numbers with a hyphen, the first of which is `number`, are goals."""
    return any(phrase.folded(number.first - back) in _SCORES for back in (1, 2, 3))


def _names(word: str) -> bool:
    """A definite noun before a bare number: الحلقة 5; but not العدد."""
    return word.startswith("ال") and not word.startswith(("البالغ", "العدد"))


def _is_in_a_code(phrase: Phrase, number: Number) -> bool:
    """F-16, م/6, 200×200, 8:30, 2-1, user_5."""
    text, start, end = phrase.text, number.start, number.end
    before, behind = text[max(0, start - 2) : start], text[end : end + 2]
    if len(before) == 2 and before[1] in _IN_CODES and before[0].isalnum():
        return True
    if before[-1:] in ("+", "@", "#"):
        return True
    if len(before) == 2 and before[1] == ":" and before[0].isdigit():
        return True
    if len(behind) == 2 and behind[0] in ":×*_@=" and behind[1].isdigit():
        return True
    return len(behind) == 2 and behind[0] in "-_=@/" and _LATIN.match(behind[1]) is not None


def _is_of_a_list(phrase: Phrase, number: Number) -> bool:
    """1- and (2) at the beginning of a line or sentence."""
    if number.last != number.first + 1 or number.value > 99 or not float(number.value).is_integer():
        return False
    behind = phrase.text[number.end : number.end + 2].strip(" \xa0")[:1]
    if behind not in _LIST_ENDS or not behind:
        return False
    before = phrase.text[max(0, number.start - 3) : number.start].rstrip(" \xa0(-")
    return not before or before[-1] in ".:؛؟!\n،,*"


def _is_an_hour(phrase: Phrase, number: Number, word: str) -> bool:
    if word in _CLOCK and number.scale == 1:
        return True
    if number.value > 24 or number.scale > 1:
        return False
    if phrase.folded(number.last) in _PARTS_OF_DAY and not phrase.gap(number.last):
        return True
    before = number.first - 2
    return word in _TO and (
        phrase.folded(before) in _PARTS_OF_DAY
        or phrase.folded(before) in _CLOCK
        or phrase.folded(before - 1) in _CLOCK
    )


def _is_a_year(phrase: Phrase, number: Number, word: str, counted: Counted) -> bool:
    figures = number.digits.figures if number.digits else ""
    if not _YEAR.fullmatch(figures):
        return False
    if counted.kind in (NOTHING, "measure") or word in _OF_YEARS:
        return True
    if phrase.gap(number.first) in (*HYPHENS, "/") or phrase.gap(number.last) in (*HYPHENS, "/"):
        return True
    return False


def _false_words(phrase: Phrase, number: Number, counted: Counted) -> bool:
    before = phrase.folded(number.first - 1)
    behind = phrase.folded(number.last)
    if before in _ORDINALS and number.roles & {"ten", "tens", "teen", "fraction"}:
        return True
    if before in _CLOCK or before in ("عام", "سنه", "العام", "بءر") or before.endswith("دور"):
        return True
    if "fraction" in number.roles and number.word and number.word.role == "fraction":
        scaled = "scale" in number.roles or "scales" in number.roles
        return not scaled and (number.word.definite or behind in _BEHIND_HALF)
    if number.last == number.first + 1:
        return _false_word(phrase, number, counted, before, behind)
    return bool(number.word and number.word.definite) and _false_definite(phrase, number, counted)


def _false_word(phrase: Phrase, number: Number, counted: Counted, before: str, behind: str) -> bool:
    """A number of one word."""
    word = number.word
    if word is None:
        return False
    if word.role == "unit" and word.value == 1:
        return not _is_just_one(phrase, number, before, behind)
    if word.definite:
        return _false_definite(phrase, number, counted) or behind in _LAST_TEN
    if word.role == "unit" and word.value == 2:
        return before == "يوم"
    if word.role == "hundred" and behind not in ("الف", "مليون"):
        return phrase.folded(number.first) in _WATER and counted.kind == NOTHING
    if word.role == "scale" and phrase.folded(number.first).endswith("الف"):
        return counted.kind == NOTHING or counted.of is not None and counted.of.endswith("ا")
    return word.role == "ten" and behind in _LAST_TEN


def _false_definite(phrase: Phrase, number: Number, counted: Counted) -> bool:
    """الثلاثة alone: a number where a definite noun stands before it or an indefinite one behind."""
    if counted.kind != NOTHING:
        return False
    if number.roles & {"scale", "scales", "dual", "hundred", "hundreds"}:
        return True
    if number.value >= 20 and "unit" not in number.roles:
        return True
    if number.value == 2:
        return True
    return noun_before(phrase, number) is None


def noun_before(phrase: Phrase, number: Number) -> int | None:
    """The place of the definite noun that a definite number follows: الدول الخمس."""
    place = number.first - 1
    if not phrase.follows(number.first):
        return None
    key = phrase.folded(place)
    if key in _FOR_DEFINITE:
        return place
    if key.startswith(("ال", "وال", "بال", "لل", "فال", "كال")) and key not in _ORDINALS:
        before = phrase.folded(place - 1)
        is_adjective = key.endswith("يه") and before.startswith(("ال", "وال", "بال", "لل"))
        return place - 1 if is_adjective and phrase.follows(place) else place
    return None


def _is_just_one(phrase: Phrase, number: Number, before: str, behind: str) -> bool:
    """مباراة واحدة, behind its noun; not واحد من, كل واحد, في آن واحد."""
    if phrase.folded(number.first) not in ("واحد", "واحده", "واحدا"):
        return False
    if not phrase.follows(number.first) or not is_noun(phrase, number.first - 1):
        return False
    return not (
        before in _IDIOMS_WITH_ONE
        or before.startswith(("ال", "لل"))
        or behind in ("من", "تلو", "منهم", "منها", "منا", "منهما", "منكم", "و")
        or len(before) < 2
    )
