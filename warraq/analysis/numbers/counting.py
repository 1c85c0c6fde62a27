"""What a number is of: money, a measure, a percentage, things that are counted, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from warraq.analysis.numbers.cardinals import Number
from warraq.analysis.numbers.currencies import SIGNS, currency_at
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.units import (
    PERCENT,
    PERCENT_SIGNS,
    Unit,
    UnitAt,
    is_percent,
    unit_at,
    unit_named,
)
from warraq.analysis.numbers.words import WORDS
from warraq.text.normalize import fold


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, up to the token `last` (exclusive).

    kind, unit: as in `Quantity`; of: the counted word as it stands; factor: to be multiplied by.
    """

    kind: str
    last: int
    unit: str | None = None
    of: str | None = None
    factor: float = 1.0


NOTHING: Final = "number"

# What may stand between a number and the noun behind it: (14) مستشفى, "3000" زائر, 600/ متر.
_BETWEEN = frozenset(
    {"", ")", '"', "»", "”", "“", "'", "''", "(", '")', ')"', "/", "]", "”)", "»)", "[", "«"}
)
_FUNCTION_WORDS = frozenset(
    fold(word)
    for word in (
        "في من إلى على عن مع منذ بعد قبل خلال عند عندما ضد لدى بين حتى دون بدون غير سوى فقط أيضا كما"
        " كان كانت كانوا يكون تكون هو هي هم هما هذا هذه ذلك تلك هؤلاء التي الذي الذين اللذين اللواتي"
        " أن إن أنه أنها إنه إنها لا لم لن ما ماذا قد لقد ثم أو أم بل لكن ولكن حيث حسب وفق وفقا بحسب"
        " أمام خلف تحت فوق عبر حول نحو ضمن أثناء كل بعض جميع معظم أكثر أقل أعلى أدنى تقريبا سنويا"
        " يوميا شهريا أسبوعيا مقابل مقارنة بدلا بينما فيما مما إذا إذ لكي كي ليس ليست هنا هناك الآن"
        " اليوم أمس غدا صباحا مساء ظهرا عصرا ليلا فجرا قال قالت أكد أعلن أضاف أوضح وهو وهي وهم وهذا"
        " وقال وكان وكانت وفي ومن وعن وعلى وإلى وقد ولا ولم ومع وأن منها منهم منهن منهما فيها فيه عليه"
        " عليها له لها لهم به بها بهم التالي فأكثر فأقل فما وما ولكن حاليا سابقا مثلا بسبب لصالح لمصلحة"
        " إثر عقب جراء تلو وذلك ذات ذو ذي كذلك أيضا نتيجة بفضل ومنها ومنهم منه عنه عنها ضده يمكن يجب"
        " هدف؟ مثل كانوا تم يتم وتم ستكون سيكون وهناك الف"
    ).split()
)
# ون or فـ before a noun is hard to tell from a noun that begins so; these begin so.
_NOUNS_WITH_WAW = (
    "وحد ولد ولاد وجه وجب وظي وظا وفا وفد وفود ورق وزي وزار وزراء وسا وسي وثا وثي ولاي واف وكا وكي وكل"
    " وقف وقت وقي وصف وصل ورش ورد وديا وديه واح والد واد وات وعد وشاح ودايع وداءع وصيف ومض وجيه"
).split()
_ARTICLES = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل")
_WITH_BAL = ("بالغ", "بالون", "بالات", "والد", "والي", "لليل")
_AMONG_NOT = frozenset(
    fold(word) for word in "أصل بين بينها بينهم خلال قبل حيث أجل ضمن دون هذا هذه ذلك كل".split()
)


def counted_behind(phrase: Phrase, number: Number, countries: Sequence[str] = ()) -> Counted:
    """What the words and signs around `number` say that it is of."""
    percent = _percent(phrase, number)
    if percent:
        return percent
    sign = _sign(phrase, number)
    if sign:
        return Counted("money", number.last, sign)
    if number.stuck:
        unit = unit_named(number.stuck)
        named = UnitAt(unit, number.last) if unit else None
    elif phrase.gap(number.last) in _BETWEEN:
        named = currency_at(phrase, number.last, countries) or unit_at(phrase, number.last)
    else:
        return Counted(NOTHING, number.last)
    if named:
        unit = named.unit
        return Counted(unit.kind, named.last, unit.symbol, factor=unit.factor)
    return _things(phrase, number.last) or Counted(NOTHING, number.last)


def _percent(phrase: Phrase, number: Number) -> Counted | None:
    before = phrase.text[max(0, number.start - 2) : number.start]
    opens = before[-1:] in PERCENT_SIGNS and not before[:-1].isdigit()  # %30
    if opens or is_percent(phrase, number.last):
        found = unit_at(phrase, number.last)
        last = found.last if found and found.unit is PERCENT else number.last
        return Counted("percent", last, "%")
    return None


def _sign(phrase: Phrase, number: Number) -> str | None:
    """$50, 50$, 50 €."""
    before = phrase.text[max(0, number.start - 2) : number.start].rstrip()[-1:]
    behind = phrase.text[number.end : number.end + 2].lstrip()[:1]
    return SIGNS.get(before) or SIGNS.get(behind)


def _things(phrase: Phrase, place: int) -> Counted | None:
    """The noun at `place`, also behind من: خمسة من الجنود."""
    key = phrase.folded(place)
    if key == "من" and phrase.follows(place + 1):
        of = phrase.folded(place + 1)
        if of and of not in _AMONG_NOT and of not in _FUNCTION_WORDS and of[0].isalpha():
            return Counted("count", place + 2, of=phrase.form(place + 1))
        return None
    if is_noun(phrase, place) and not key.startswith(_ARTICLES):
        return Counted("count", place + 1, of=phrase.form(place))
    return None


def is_noun(phrase: Phrase, place: int) -> bool:
    """Whether a noun may stand there: no function word, no number, nothing behind و."""
    key = phrase.folded(place)
    if not key or not key[0].isalpha() or key in _FUNCTION_WORDS or phrase.key(place) in WORDS:
        return False
    if len(key) < 2 or any(map(str.isdigit, key)):
        return False
    if key[0] == "و" and not key.startswith(tuple(_NOUNS_WITH_WAW)):
        return False
    return not key.startswith(("بال", "لل", "وال", "فال", "كال")) or key.startswith(_WITH_BAL)


__all__ = ["NOTHING", "Counted", "Unit", "counted_behind", "is_noun"]
