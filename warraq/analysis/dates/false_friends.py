"""What looks like a date and is none: صحيفة اليوم (a newspaper), سوق الخميس (a market), 6-صفر."""

from __future__ import annotations

from warraq.analysis.dates.phrase import Phrase
from warraq.analysis.dates.reading import Reading
from warraq.text.lexicon import lexicon_key


def _keys(words: str) -> frozenset[str]:
    return frozenset(map(lexicon_key, words.split()))


_PLACES = "سوق مدينة حي بلدة شارع قرية محافظة مركز نادي مسجد جامع صلاة خطبة خطب خطيب صلوات طريق ابو ابن بن آل"
_BEFORE_WEEKDAY = _keys(f"{_PLACES} بين كلا كلتا هذين كل")
_BEFORE_TODAY = _keys("صحيفة جريدة موقع قناة دار مؤسسة مجلة ذلك ذات طوال كل في خلال نفس")
_BEHIND_TODAY = _keys(
    "الوطني العالمي الدولي التالي السابق نفسه ذاته الواحد الأخير الموعود الدراسي السابع"
    " الأول الثاني الثالث الرابع الخامس السادس الثامن التاسع العاشر الختامي الافتتاحي المفتوح"
)
_QUOTES = frozenset("«»\"“”'")


def is_false_friend(phrase: Phrase, reading: Reading) -> bool:
    """Whether what was read at `reading` is something else that is written alike."""
    place, end = reading.start, reading.end
    word = phrase.at(place)
    if end > place + 1:
        return False
    before = phrase.before(place)
    behind = phrase.key(end) if not phrase.gap(end) else ""
    if word.weekday is not None:
        return before in _BEFORE_WEEKDAY
    if word.key == "اليوم":
        return (
            before in _BEFORE_TODAY
            or behind in _BEHIND_TODAY
            or phrase.key(place)[0] in "بل"
            or _is_quoted(phrase, place)
        )
    if word.decade is not None:  # temperatures, ages
        return behind in ("المئوية", "مئوية") or phrase.key(end + 1).startswith(("عمر", "العمر"))
    if word.key in ("غد", "الغد"):
        return before not in ("من", "يوم")
    if word.key == "غدا":
        return _is_quoted(phrase, place)
    return False


def _is_quoted(phrase: Phrase, place: int) -> bool:
    """Whether the one word is a name in quotation marks."""
    return phrase.gap(place)[-1:] in _QUOTES and phrase.gap(place + 1)[:1] in _QUOTES
