"""Whether a noun may stand at a place: what a number counts, told from what only follows it.

Nouns are not listed here. Function words and the commonest verbs are none, nor is what the
dictionary knows as a verb alone, nor what begins with the letter of a clitic (ليدخل, بسبب, وقال)
unless nouns are known to begin so.
"""

from __future__ import annotations

from typing import Final

from warraq.analysis.dates.tense import is_future
from warraq.analysis.morphology import readings
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.words import WORDS
from warraq.text.letters import FATHATAN
from warraq.text.lexicon import shipped_lexicon
from warraq.text.normalize import fold


def folded(words: str) -> frozenset[str]:
    """The search forms of `words`."""
    return frozenset(map(fold, words.split()))


def with_clitics(words: str) -> frozenset[str]:
    """The search forms of `words`, also with the article and behind ب ل و."""
    found = set()
    for word in folded(words):
        for clitic in ("", "و", "ب", "ل", "وب", "ول"):
            found.add(clitic + word)
            found.add(clitic + ("ل" if clitic.endswith("ل") else "ال") + word)
    return frozenset(found)


_FUNCTION_WORDS = (
    "في من إلى على عن مع منذ بعد قبل خلال عند عندما ضد لدى بين حتى دون بدون غير سوى فقط أيضا كما"
    " كان كانت كانوا يكون تكون هو هي هم هما هذا هذه ذلك تلك هؤلاء التي الذي الذين اللذين اللواتي"
    " أن إن أنه أنها إنه إنها لا لم لن ما ماذا قد لقد ثم أو أم بل لكن ولكن حيث حسب وفق وفقا بحسب"
    " أمام خلف تحت فوق عبر حول نحو ضمن أثناء كل بعض جميع معظم أكثر أقل أعلى أدنى تقريبا سنويا"
    " يوميا شهريا أسبوعيا مقابل مقارنة بدلا بينما فيما مما إذا إذ لكي كي ليس ليست هنا هناك الآن"
    " اليوم أمس غدا صباحا مساء ظهرا عصرا ليلا فجرا قال قالت قالوا أكد أعلن أضاف أوضح فيها فيه"
    " عليه عليها له لها لهم به بها بهم التالي فأكثر فأقل فما حاليا سابقا مثلا إثر عقب جراء تلو"
    " ذات ذو ذي كذلك نتيجة منه عنه عنها ضده مثل تم لدي إما أي أية فإن فقد وهو وهي وهم حين حينما"
    " كونه كونها لدينا أيا مهما لو لولا كأن بأن منها منهم منهن منهما عليهم فيهم معه معها وليس"
    " إنما هل ألا إلا عدا خلا حاشا بينهم بينها بينهن بينهما لذلك لذا لأن لأنه لأنها لكنه لكنها"
    " بذلك بهذا بهذه لهذا لهذه وبين لعدم بعدما لما وإن بأي بكل لكل ولم ولن نزح نزحوا سجلت سجل بلغ"
    " بلغت أصيب وأصيب قتل"
)
FUNCTION_WORDS: Final = folded(_FUNCTION_WORDS)
"""Folded: what is never counted."""

# Nouns that begin with what is mostly a clitic or the prefix of a verb; by their first letters.
_NOUNS_WITH = {
    "و": "وحد ولد ولاد وجه وجب وظي وظا وفا وفد وفود ورق وزي وزار وزرا وسا وسي وثا وثي ولاي"
    " واف وكا وكي وكل وقف وقت وقي وصف وصل ورش ورد ودي واح واد وات وعد وشاح ودائع وصيف"
    " ومض وجيه وقائ والد",
    "ب": "بيت بيوت بلد بلاد برميل براميل بطاق بنك بنوك بند بنود بنت بنات بحار باحث بحث بحوث"
    " باص برج برنامج برامج بطول بطل بقر باب باقة بالغ بالون بائع بذر بصم بلاغ بعث بعير"
    " بضائع بدل بديل بيان بيض برقي بواب بلوك بكتيري باكستان بريطان بحرين برازيل بنغلاد"
    " بناي بناء بسط بساتين بستان بوفيه باخر بواخر بعوض بلط بندقي بنادق برلماني بوليس"
    " بلجيك بشر بحير بورص بؤر بلازما باحة بدلا",
    "ل": "لاعب لقاء لوح لجن لجان لغ ليل ليا لقب لواء لحظ لبن لون لص لاجئ ليبي لقم لاصق لقط"
    " لف لمس لعب لافت لائح لتر لير لؤلؤ لقاح",
    "ي": "يوم يمن يابان يهود يد يتيم يونان يخت ياقوت",
}
_BEGINNINGS = {letter: tuple(map(fold, words.split())) for letter, words in _NOUNS_WITH.items()}
ARTICLES: Final = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل")
_VERBS_OR_CLITICS = ("بال", "لل", "وال", "فال", "كال", "تتم")
_AS_ARTICLES = (
    "بالغ",
    "بالون",
    "واليا",
    "القاب",
    "الوان",
    "العاب",
    "الغام",
    "البوم",
    "الياف",
    "الواح",
)
_NO_ARTICLES = folded("والد والدة والدين والدي والده الف الم")
_IN_WAW = folded("عضوا عدوا دلوا جروا")  # accusatives
_FAR_RARER = 1.5  # powers of ten: وزير is that much likelier than و and زير
_lexicon = shipped_lexicon()


def is_noun(phrase: Phrase, place: int) -> bool:
    """Whether a noun may stand there: no function word, no number, nothing behind و."""
    key = phrase.folded(place)
    if len(key) < 2 or key in FUNCTION_WORDS or phrase.key(place) in WORDS:
        return False
    if key[0].isascii() or not key.isalpha() or _is_plural_verb(phrase, place):
        return False
    if is_future(phrase.key(place)):
        return False
    beginnings = _BEGINNINGS.get(key[0])
    if beginnings and not key.startswith(beginnings):
        return key[0] != "ي" and _is_whole(phrase.key(place)) and not _is_verb(phrase, place)
    if key.startswith(_VERBS_OR_CLITICS) and not key.startswith(_AS_ARTICLES):
        return False
    return not _is_verb(phrase, place)


def _is_verb(phrase: Phrase, place: int) -> bool:
    """Whether the word there can be nothing but a verb: استهدفت, يختارون."""
    found = readings(phrase.form(place))
    return bool(found) and all(one.part == "verb" for one in found)


def _is_plural_verb(phrase: Phrase, place: int) -> bool:
    """Whether it ends as وصلوا (they arrived) and not as عضوا or عضواً (a member)."""
    key = phrase.folded(place)
    return key.endswith("وا") and key not in _IN_WAW and FATHATAN not in phrase.form(place)


def _is_whole(key: str) -> bool:
    """Whether the first letter is rather one of the word's own than a clitic: بروشور, a leaflet."""
    rest, whole = _lexicon.cost(key[1:]), _lexicon.cost(key)
    return rest is None or (whole is not None and rest > whole + _FAR_RARER)


def is_definite(phrase: Phrase, place: int) -> bool:
    """Whether the word there has the article; آلية (a vehicle) and ألوان (colours) have none."""
    key = phrase.folded(place)
    if phrase.form(place)[:1] in ("أ", "إ", "آ"):
        return False
    return key.startswith(ARTICLES) and not key.startswith(_AS_ARTICLES) and key not in _NO_ARTICLES
