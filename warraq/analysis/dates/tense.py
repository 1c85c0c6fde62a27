"""Whether a sentence announces: سيلتقي (will meet), تنطلق (starts), المقرر (that is set for)."""

from __future__ import annotations

from typing import Final

from warraq.analysis.dates.phrase import Phrase
from warraq.text.lexicon import lexicon_keys, shipped_lexicon

# In the present tense papers announce with these; of what was they would tell in the past tense.
_ANNOUNCING: Final = lexicon_keys(
    "ينطلق تنطلق يقام تقام يلتقي تلتقي يواجه تواجه يغادر تغادر يبدأ تبدأ يفتتح تفتتح يرعى ترعى"
    " ينظم تنظم يستضيف تستضيف يختتم تختتم يعقد تعقد يستأنف تستأنف يخوض تخوض يدشن تدشن يتوجه تتوجه"
    " يستقبل تستقبل يحل تحل ينعقد تنعقد يجتمع تجتمع يسافر تسافر يصل تصل يلعب تلعب"
    " تنتهي ينتهي تجرى يجرى تجري يستمر تستمر يتواصل تتواصل يزور تزور يشارك تشارك"
    " المقرر المقررة المزمع المرتقب المرتقبة المنتظر المنتظرة المتوقع المتوقعة المرجح المفترض"
    " سوف لن يرتقب ينتظر يتوقع يعتزم تعتزم"
)
# What leads to a day that is to come by itself.
_LEADING: Final = lexicon_keys(
    "اعتبارا ابتداء استعدادا استعداداته تحضيرا تأهبا موعد موعده تأجيل تأجل تأجلت إرجاء تمديد"
)
# Verbs behind س of which only two letters are left: سيصل, not سيدة (a lady) or سيدي (my lord).
_SHORT: Final = lexicon_keys(
    "سيصل ستصل سيتم ستتم سيقف ستقف سيضم ستضم سيضع ستضع سيظل ستظل سيحل ستحل سيعد ستعد سيجد ستجد"
    " سيبت ستبت سيمر ستمر سيرد سترد سيبث ستبث"
)
# What was said is told behind these, and is none of their own time.
_SAYING: Final = lexicon_keys(
    "قال قالت أعلن أعلنت أكد أكدت ذكر ذكرت أضاف أضافت أوضح أوضحت كشف كشفت بين أشار أشارت"
    " أفاد أفادت صرح نقلت نشرت وصل وصلت كان كانت شهد شهدت قتل قتلت"
)
_CLAUSES: Final = lexicon_keys("أن إن أنه أنها إنه إنها بأن بأنه بأنها")
_SUBORDINATE: Final = lexicon_keys("الذي التي الذين بعدما عندما حين لأن بينما كما")
_BACK, _AHEAD = 14, 5


def tense(phrase: Phrase, start: int, end: int) -> int:
    """What the words around the date at the tokens [start, end) tell of: 1 what is to come, -1
    what was, 0 either.
    """
    if phrase.before(start) == "منذ":
        return -1
    return int(_is_announced(phrase, start, end))


def _is_announced(phrase: Phrase, start: int, end: int) -> bool:
    for place in range(start - 1, max(-1, start - 1 - _BACK), -1):
        key = _without_and(phrase.key(place))
        if ends_sentence(phrase.gap(place + 1)):
            break
        if key in _ANNOUNCING or key in _LEADING or is_future(key):
            return True
        if is_told(key) or key in _SUBORDINATE:
            return False
    for place in range(end, min(end + _AHEAD, len(phrase.tokens))):
        key = _without_and(phrase.key(place))
        if phrase.gap(place) or is_told(key) or key in _SUBORDINATE or key in _CLAUSES:
            break
        if key in _ANNOUNCING or is_future(key):
            return True
    return False


def is_told(key: str) -> bool:
    """Whether it is a verb of the past: of a list, or like كتبت (she wrote)."""
    feminine = key[-1:] == "ت" and len(key) > 3 and key[-2] not in "اوي" and key[0] not in "اتيل"
    return key in _SAYING or feminine


def is_future(key: str) -> bool:
    """Whether the word `key` is a verb behind س: سيلتقي, ستخصص; by how common it is without."""
    if len(key) < 5 or key[:2] not in ("سي", "ست"):
        return key in _SHORT
    # س before a verb: what is left is commoner than the whole, as of سيارة (a car) it is not.
    lexicon = shipped_lexicon()
    verb, whole = lexicon.cost(key[1:]), lexicon.cost(key)
    return verb is not None and (whole is None or verb < whole)


def _without_and(key: str) -> str:
    return key[1:] if key[:1] in ("و", "ف") and len(key) > 4 else key


def ends_sentence(gap: str) -> bool:
    """Whether `gap` of a phrase parts two sentences."""
    return bool(gap) and any(sign in gap for sign in ".\n؟!؛")
