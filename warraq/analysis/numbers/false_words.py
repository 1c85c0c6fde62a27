"""Number words that are no quantity: of ordinals, rounds and names, one that means the same."""

from __future__ import annotations

from warraq.analysis.numbers.cardinals import Number
from warraq.analysis.numbers.counting import NOTHING, Counted
from warraq.analysis.numbers.false_digits import CLOCK
from warraq.analysis.numbers.nouns import FUNCTION_WORDS, folded, is_definite, with_clitics
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.words import NumberWord
from warraq.text.normalize import fold

_ORDINALS = with_clitics(
    "أول أولى ثاني ثانية ثالث ثالثة رابع رابعة خامس خامسة سادس سادسة سابع سابعة ثامن ثامنة تاسع"
    " تاسعة عاشر عاشرة حادي حادية واحدة أحد"
)
_NAMED = with_clitics("دور رقم أرقام")
_NAMED_THE = with_clitics("شارع طريق مجموعة شاعر قناة بئر")  # مجموعة العشرين; but مجموعه ثمان
_YEARS = with_clitics("عام سنة عامي")
_BEHIND_FRACTIONS = folded(
    "نهائي النهائي نهائى النهائى نهائية النهائية القمر سنوي سنوية السنوي السنوية شهري شهرية"
    " الشهرية الشهري أسبوعي أسبوعية يومي عاري عارية دائرة دائري الدائرة موصل موصلات مقطورة الخالي"
    " الأول الأولى الثاني الثالث الرابع الأخير الآخر نقل النقل ساعي قبل تلك هذه هذا"
)
_NO_NOUNS_OF_ONE = folded(
    "آن وقت كل قلب كرجل يد صف رأس أي أية لا كلمة عائلة أسرة لحمة جبهة جسد وطن روح سقف خندق وتيرة"
    " سياق شعب صوت دور رقم"
)
_BEHIND_ONE = frozenset(("تلو", "منهم", "منها", "منا", "منهما", "منكم", "و"))
_OWN = ("ها", "هم", "هما", "هن", "نا")
_LAST_TEN = folded("الأواخر الأخيرة الأوائل الأول الأواسط ذي")
_ALL = folded("هؤلاء هذه تلك أولئك")
_BEFORE_TEN = ("اثني", "اثنا", "اثنتا", "اثنتي")
_COUNTLESS = ("الف", "الفا")


def is_false(phrase: Phrase, number: Number, counted: Counted) -> bool:
    """Whether a number in words is none."""
    before = phrase.folded(number.first - 1)
    word = number.word
    if before in _ORDINALS and number.roles & {"ten", "tens", "teen", "fraction"}:
        return True  # الثالث عشر, الخامس والعشرين, الثامنة والنصف
    if (
        (before in _NAMED and number.value != 1)
        or before in CLOCK
        or (before in _YEARS and number.value > 1000)
    ):
        return True
    if word is None:
        return False
    if word.definite and (before in _NAMED_THE or (word.value == 1 and "tens" in number.roles)):
        return True  # شارع الستين, الدقيقة الواحدة والستين
    if word.role == "fraction":
        return _is_false_fraction(phrase, number, word)
    return number.last == number.first + 1 and _is_false_word(phrase, number, counted)


def _is_false_fraction(phrase: Phrase, number: Number, word: NumberWord) -> bool:
    """نصف النهائي, الربع الأول, and ونصف behind a noun that is not halved."""
    if number.roles & {"scale", "scales"}:
        return False
    behind = phrase.folded(number.last)
    return (
        word.definite
        or behind in _BEHIND_FRACTIONS
        or (word.conjoined and not is_definite(phrase, number.last))
    )


def _is_false_word(phrase: Phrase, number: Number, counted: Counted) -> bool:
    """Whether a number of one word is none."""
    word = number.word
    key, behind = phrase.folded(number.first), phrase.folded(number.last)
    if word is None or behind in _LAST_TEN:
        return word is not None
    if word.role == "unit" and word.value == 1:
        return not _is_just_one(phrase, number)
    if word.definite:
        return _is_false_definite(phrase, number, counted)
    if word.role == "unit" and word.value == 2:  # أثني is "I praise", يوم اثنين is a Monday
        return phrase.folded(number.first - 1) == "يوم" or key.endswith(_BEFORE_TEN)
    if word.role == "hundred":  # مية is water, too
        return key.endswith(("ميه", "مايه")) and counted.kind == NOTHING
    # ألّف كتابا, ألّف كتابه: he wrote a book, his book; الألف is a letter
    of = counted.of or ""
    return key.endswith(_COUNTLESS) and (counted.kind == NOTHING or of.endswith(("ا", "ه")))


def _is_false_definite(phrase: Phrase, number: Number, counted: Counted) -> bool:
    """الخمسة alone is none; الدول الخمس and الخمسة أعوام are, but العشرين is mostly "twentieth"."""
    word = number.word
    if counted.kind in ("money", "measure", "percent"):
        return False
    if (word is not None and word.role == "unit" and word.value > 2) or number.value == 10:
        return counted.kind == NOTHING and noun_before(phrase, number) is None
    of = fold(counted.of or "")
    return not of.endswith("ا") if word is not None and word.role == "tens" else not of


def noun_before(phrase: Phrase, number: Number) -> int | None:
    """The place of the definite noun that a definite number follows: الدول الخمس."""
    place = number.first - 1
    if not phrase.follows(number.first):
        return None
    key = phrase.folded(place)
    if key in _ALL:
        return place
    if key.endswith(_OWN) and len(key) > 4 and number.value <= 10:
        return place  # أولادها الخمسة
    if not is_definite(phrase, place) or key in _ORDINALS:
        return None
    is_adjective = key.endswith("يه") and is_definite(phrase, place - 1)
    return place - 1 if is_adjective and phrase.follows(place) else place


def _is_just_one(phrase: Phrase, number: Number) -> bool:
    """مباراة واحدة, behind its noun; not واحد من, كل واحد, في آن واحد."""
    if phrase.folded(number.first) not in ("واحد", "واحده", "واحدا"):
        return False
    before, behind = phrase.folded(number.first - 1), phrase.folded(number.last)
    if not phrase.follows(number.first) or not before.isalpha() or before in FUNCTION_WORDS:
        return False
    if behind == "من" and not before.endswith("ه"):  # يعد واحدا من; but حادثة واحدة من هذا النوع
        return False
    if before.startswith(("ب", "ل")) and before[1:] in _NO_NOUNS_OF_ONE:
        return False
    return not (
        before in _NO_NOUNS_OF_ONE or is_definite(phrase, number.first - 1) or behind in _BEHIND_ONE
    )
