"""What looks like a date and is none: صحيفة اليوم (a newspaper), سوق الخميس (a market)."""

from __future__ import annotations

from typing import Final

from warraq.analysis.dates.absolute import FIRST_NAMES
from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading
from warraq.analysis.dates.tables import CLITICS
from warraq.text.lexicon import lexicon_keys


def _with_clitics(words: str) -> frozenset[str]:
    return frozenset(clitic + key for key in lexicon_keys(words) for clitic in ("", *CLITICS))


# Markets, towns, mosques and families are called by the days of the week, and prayers are on them.
_BEFORE_WEEKDAY: Final = _with_clitics(
    "سوق مدينة حي بلدة شارع قرية محافظة مركز نادي مسجد جامع صلاة صلوات خطبة خطب خطيب خطباء منبر"
    " منابر طريق أبو محافظ أهالي ابن بن آل بين كلا كلتا هذين كل"
)
_BEHIND_WEEKDAY: Final = lexicon_keys("عشر العظيمة السوداء البيضاء الحزينة الأسود الدامي الدامية")
_FAMILIES = frozenset({"الخميس", "السبت", "الجمعة", "الاحد"})
_RANKS: Final = lexicon_keys("الملك الأمير الرئيس السلطان الشيخ بن عبد")
_SAYING: Final = lexicon_keys("قال أضاف أكد أوضح ذكر بين ثمن أشار تابع وقال وأضاف وأكد وأوضح وتابع")
# Streets, towns, parties and revolutions are called by a day without its year: شارع 26 سبتمبر.
_NAMED_BY_A_DAY: Final = _with_clitics(
    "شارع ميدان مدينة جسر كوبري نفق ملعب استاد حديقة جامعة مدرسة مستشفى ثورة حركة قوى تيار"
    " انتفاضة قصر دوار ساحة لواء كتيبة كتائب جماعة منظمة مخيم محور قاعدة ائتلاف تحالف"
)
# Newspapers, other days than the present one, and "these days".
_BEFORE_TODAY: Final = _with_clitics(
    "صحيفة جريدة جرائد صحف المصري روسيا موقع قناة دار مؤسسة مجلة ذلك ذات طوال طول كل خلال نفس"
    " مدار مدى طيلة حتى لغاية إلى عالم شباب جيل عصر واقع زمن مجتمع نحن هي هو هم نراه نراها"
    " نشاهده إليه إليها تحتاج صار صارت نعيشه نعيشها نعيش أصبح أصبحت أصبحنا بات باتت"
    " أننا إننا لأننا أنا لدينا عندنا أمامنا بيننا منا حالنا عالمنا مجتمعنا مجتمعاتنا أمتنا"
    " العالم المسلمون المسلمين العرب المرأة الأسرة الإنسان الأمة المجتمع وليد وليدة للأسف"
    " يعيش تعيش يمر تمر يعاني تعاني يملك تملك يعرف تعرف يسمى تسمى يعد تعد يعتبر تعتبر خافيا"
    " يعيشه تعيشه تشهده يشهده نشهده نواجهه نواجهها ساعات أوضاع وضع حال هاهو هاهي"
) | {"ل", "في"}
_BEHIND_TODAY: Final = lexicon_keys(
    "الوطني العالمي الدولي التالي السابق نفسه ذاته الواحد الأخير الموعود الدراسي السابع الوحيد"
    " الأول الثاني الثالث الرابع الخامس السادس الثامن التاسع العاشر الختامي الافتتاحي المفتوح الذي"
    " التاريخي الأغر السعيد المبارك الكبير العظيم المشهود الموالي الترفيهي الحزين العربي الخليجي"
    " المهني الطويل طويلا جميلا حافلا هو هي ليس ليست لا أصبح أصبحت أصبحنا بات باتت صار صارت أكثر"
    " نرى نعيش نستطيع نملك نواجه نحتاج ننعم نشهد نجد"
)
_CHANNELS: Final = lexicon_keys("قناة موقع صحيفة جريدة شبكة وكالة أنباء")
_OF_OLD: Final = lexicon_keys("شباب جيل أصدقاء أعداء حلفاء خصوم رفاق أبطال")
_BEFORE_NIGHT: Final = lexicon_keys("تلك ذات نفس ليلة هي")
_OF_OTHER_THINGS: Final = lexicon_keys("المئوية مئوية")
_QUOTES = frozenset("«»\"“”'")
_TO = frozenset({"ل", "لصحيفة", "صحيفة", "لجريدة", "جريدة"})


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
        return (
            before in _BEFORE_WEEKDAY
            or behind in _BEHIND_WEEKDAY
            or (word.key in _FAMILIES and _is_surname(phrase, reading.start))
        )
    if word.key == "اليوم":
        written = phrase.key(reading.start)
        return (
            before in _BEFORE_TODAY
            or behind in _BEHIND_TODAY
            or written != "اليوم"  # باليوم (by the day), واليوم (and these days)
            or phrase.before(reading.start - 1) in _CHANNELS
            or _is_quoted(phrase, reading.start)
        )
    return {
        "الليلة": before in _BEFORE_NIGHT or behind in ("الواحدة", "الواحده", "بالبارحة"),
        "البارحة": before == "الليلة",
        "الامس": before in _OF_OLD or behind in ("القريب", "البعيد"),
        "امس": behind in ("الحاجة", "الحاجه"),  # أمسّ الحاجة (the direst need)
        "غد": before != "من",
        "الغد": True,
        "غدا": behind == "لناظره" or _is_quoted(phrase, reading.start, words=3),
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


def _is_surname(phrase: Phrase, place: int) -> bool:
    """أحمد الخميس, and وقال الخميس: behind which is what that person said."""
    before = phrase.before(place)
    if before in FIRST_NAMES:
        return phrase.before(place - 1) not in _RANKS
    return before in _SAYING and phrase.gap(place + 1).startswith(":")


def _is_quoted(phrase: Phrase, place: int, words: int = 1) -> bool:
    """Whether the word begins a name of so many words at most in quotation marks, or is alone in
    brackets behind ل as a newspaper is: قال ل(اليوم).
    """
    opening = phrase.gap(place)[-1:]
    if opening == "(":
        return phrase.key(place - 1) in _TO and phrase.gap(place + 1)[:1] == ")"
    closed = (phrase.gap(place + 1 + ahead)[:1] in _QUOTES for ahead in range(words))
    return opening in _QUOTES and any(closed)
