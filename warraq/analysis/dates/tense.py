"""Whether a sentence announces: سيلتقي (will meet), تنطلق (starts), المقرر (that is set for)."""

from __future__ import annotations

from typing import Final

from warraq.analysis.dates.names import keys
from warraq.analysis.dates.phrase import Phrase
from warraq.text.lexicon import shipped_lexicon

# In the present tense papers announce with these; of what was they would tell in the past tense.
_ANNOUNCING: Final = keys(
    "ينطلق تنطلق يقام تقام يلتقي تلتقي يواجه تواجه يغادر تغادر يبدأ تبدأ يفتتح تفتتح يرعى ترعى"
    " ينظم تنظم يستضيف تستضيف يختتم تختتم يعقد تعقد يستأنف تستأنف يخوض تخوض يدشن تدشن يتوجه تتوجه"
    " المقرر المقررة المزمع المرتقب المرتقبة المنتظر سوف المتوقع يستقبل تستقبل يحل تحل"
)
# What was said is told behind these, and is none of their own time.
_SAYING: Final = keys(
    "قال قالت أعلن أعلنت أكد أكدت ذكر ذكرت أضاف أضافت أوضح أوضحت كشف كشفت بين أشار أشارت"
    " أفاد أفادت صرح نقلت نشرت وصل وصلت كان كانت شهد شهدت قتل قتلت"
)
_SUBORDINATE: Final = keys("أن إن أنه أنها إنه إنها بأن بأنه بأنها الذي التي الذين")
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
        if _ends_sentence(phrase.gap(place + 1)):
            break
        key = phrase.key(place)
        if _is_future(key):
            return True
        if _without_and(key) in _SAYING:
            return False
    for place in range(end, min(end + _AHEAD, len(phrase.tokens))):
        key = phrase.key(place)
        if _ends_sentence(phrase.gap(place)) or key in _SUBORDINATE:
            break
        if _is_future(key):
            return True
        if _without_and(key) in _SAYING:
            return False
    return False


def _is_future(key: str) -> bool:
    key = _without_and(key)
    if key in _ANNOUNCING:
        return True
    # س before a verb of the third person: what is left is a word, as of سيارة (a car) it is not.
    return len(key) >= 5 and key[:2] in ("سي", "ست") and key[1:] in shipped_lexicon()


def _without_and(key: str) -> str:
    return key[1:] if key[:1] in ("و", "ف") and len(key) > 4 else key


def _ends_sentence(gap: str) -> bool:
    return bool(gap) and any(sign in gap for sign in ".\n؟!؛")
