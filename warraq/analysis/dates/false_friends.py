"""What looks like a date and is none: صحيفة اليوم (a newspaper), سوق الخميس (a market)."""

from __future__ import annotations

from typing import Final

from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading
from warraq.analysis.dates.tables import CLITICS
from warraq.text.lexicon import lexicon_keys

# Markets, towns, mosques and families are called by the days of the week, and prayers are on them.
_BEFORE_WEEKDAY: Final = lexicon_keys(
    "سوق مدينة حي بلدة شارع قرية محافظة مركز نادي مسجد جامع صلاة صلوات خطبة خطب خطيب طريق أبو"
    " محافظ أهالي ابن بن آل بين كلا كلتا هذين كل"
)
# Streets, towns, parties and revolutions are called by a day without its year: شارع 26 سبتمبر.
_NAMED_BY_A_DAY: Final = frozenset(
    clitic + word
    for word in lexicon_keys(
        "شارع ميدان مدينة جسر كوبري نفق ملعب استاد حديقة جامعة مدرسة مستشفى ثورة حركة قوى تيار"
        " انتفاضة"
    )
    for clitic in ("", *CLITICS)
)
# Newspapers, other days than the present one, and "these days".
_BEFORE_TODAY: Final = lexicon_keys(
    "صحيفة جريدة جرائد صحف المصري موقع قناة دار مؤسسة مجلة ل ذلك ذات طوال طول كل في خلال نفس"
    " مدار مدى طيلة حتى لغاية إلى عالم شباب جيل عصر واقع زمن مجتمع نحن هي هو هم نراه نراها"
    " نشاهده إليه إليها تحتاج صار صارت نعيشه نعيشها نعيش أصبح أصبحت أصبحنا بات باتت"
)
_BEHIND_TODAY: Final = lexicon_keys(
    "الوطني العالمي الدولي التالي السابق نفسه ذاته الواحد الأخير الموعود الدراسي السابع الوحيد"
    " الأول الثاني الثالث الرابع الخامس السادس الثامن التاسع العاشر الختامي الافتتاحي المفتوح الذي"
    " التاريخي الأغر السعيد المبارك الكبير العظيم المشهود الموالي الترفيهي الحزين"
)
_BEFORE_NIGHT: Final = lexicon_keys("تلك ذات نفس ليلة هي")
_OF_OTHER_THINGS: Final = lexicon_keys("المئوية مئوية")
_QUOTES = frozenset("«»\"“”'")


def is_false_friend(phrase: Phrase, reading: Reading) -> bool:
    """Whether what was read at `reading` is something else that is written alike."""
    if reading.precision == "decade":
        return _is_no_decade(phrase, reading)
    if _is_in_a_name(phrase, reading):
        return True
    if reading.end > reading.start + 1:
        return False
    word = phrase.at(reading.start)
    before = phrase.before(reading.start)
    behind = phrase.key(reading.end) if not phrase.gap(reading.end) else ""
    if word.weekday is not None:
        return before in _BEFORE_WEEKDAY
    if word.key == "اليوم":
        written = phrase.key(reading.start)
        return (
            before in _BEFORE_TODAY
            or behind in _BEHIND_TODAY
            or written != "اليوم"  # باليوم (by the day), واليوم (and these days)
            or _is_quoted(phrase, reading.start)
        )
    return {
        "الليلة": before in _BEFORE_NIGHT,
        "امس": behind in ("الحاجة", "الحاجه"),  # أمسّ الحاجة (the direst need)
        "غد": before != "من",
        "الغد": True,
        "غدا": _is_quoted(phrase, reading.start),
    }.get(word.key, False)


def _is_in_a_name(phrase: Phrase, reading: Reading) -> bool:
    """Whether a day of a month, or a month, is a name behind what it names."""
    word = phrase.at(reading.start)
    of_month = phrase.number_at(reading.start) or word.ordinal or word.month
    if reading.absolute or not of_month:
        return False
    return phrase.before(reading.start) in _NAMED_BY_A_DAY


def _is_no_decade(phrase: Phrase, reading: Reading) -> bool:
    """Whether the thirties are degrees or somebody's age."""
    behind = [phrase.key(reading.end + ahead) for ahead in range(4)]
    if behind[0] in _OF_OTHER_THINGS or any(key.startswith(("عمر", "العمر")) for key in behind):
        return True
    tens = phrase.at(reading.start).decade or 0
    alone = reading.end == reading.start + 1
    return alone and tens in (20, 30, 40) and phrase.before(reading.start) in ("في", "وليس")


def _is_quoted(phrase: Phrase, place: int) -> bool:
    """Whether the one word is a name in quotation marks."""
    return phrase.gap(place)[-1:] in _QUOTES and phrase.gap(place + 1)[:1] in _QUOTES
