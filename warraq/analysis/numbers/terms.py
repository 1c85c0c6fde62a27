"""The parts that numbers are added up from: 200 ألف, خمسة وعشرون, ثلاثة أرباع المليون.

term      = ( digits | group ) { scale } | scale { scale } | dual | fraction [ scale ]
group     = hundreds [ and below-100 ] | below-100
below-100 = unit and tens | unit ten | unit | ten | tens
"""

from __future__ import annotations

from typing import NamedTuple

from warraq.analysis.numbers.digits import Digits, value_of
from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.units import is_percent
from warraq.analysis.numbers.words import NumberWord
from warraq.text.letters import FATHATAN

_CLITICS_OF_DIGITS = frozenset(
    {"", "و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "بال", "لل", "وال", "فب", "بـ"}
)
_AND_ONE = "واحد"  # one; with hamza and before ten, "and one": وأحد عشر
_LARGEST = 1e15  # thousands of thousands of thousands … are no number
_SCALED = ("scale", "scales")
_AND = "و"
_BRACKETS = frozenset({("(", ")"), ('"', '"'), ("«", "»"), ("“", "”"), ("[", "]")})


class Term(NamedTuple):
    """[first, last) tokens. scale: what the last word multiplied by, 1 if it was none.

    digits: whether it is written in digits; stuck: letters that ran into them (20كم).
    """

    value: float
    last: int
    scale: float
    digits: Digits | None = None
    roles: frozenset[str] = frozenset()


def behind_and(phrase: Phrase, place: int) -> int | None:
    """The place of the number word or digits that و joins to the token before `place`."""
    if not phrase.follows(place):
        return None
    word = phrase.word(place)
    if phrase.key(place) == _AND_ONE and (ten := phrase.word(place + 1)) and ten.role == "ten":
        return place
    if word:
        return place if word.conjoined and word.clitics == 1 else None
    if phrase.key(place) == _AND:
        word = phrase.word(place + 1)
        bare = word is None or not word.clitics
        return place + 1 if bare and phrase.follows(place + 1) else None
    written = phrase.digits(place)
    return place if written and written.before == _AND else None


def term_at(phrase: Phrase, place: int) -> Term | None:
    written = phrase.digits(place)
    if written:
        return _digits_term(phrase, place, written)
    word = phrase.word(place)
    if word is None or word.role in ("scales", "fractions"):
        return None
    if word.role in ("scale", "dual"):
        return _scale_term(phrase, place, word)
    if word.role == "fraction":
        return _fraction_term(phrase, place, word)
    group = _group(phrase, place, word)
    parts = _word_beside(phrase, group.last)
    if parts and parts.role == "fractions" and word.role == "unit" and group.value < 10:
        return _scaled(
            phrase,
            Term(group.value * parts.value, group.last + 1, 1, None, frozenset({"fraction"})),
        )
    return _scaled(phrase, group)


def _digits_term(phrase: Phrase, place: int, written: Digits) -> Term | None:
    if written.before not in _CLITICS_OF_DIGITS:
        return None
    figures, last = _with_commas(phrase, place, written)
    scaled = _multiplier(phrase, Term(0, last, 1, written), last) is not None
    decimals = scaled or is_percent(phrase, last)
    # 1,250 مليون is a thousand millions, 1.250 مليون is one and a quarter
    value = 0.0
    if figures:
        by_point = "," not in figures
        found = value_of(figures, decimals=decimals and (by_point or not scaled))
        if found is None:
            return None
        value = found
    term = Term(value + written.fraction, last, 1, written)
    return term if written.behind else _scaled(phrase, term)


def _with_commas(phrase: Phrase, place: int, written: Digits) -> tuple[str, int]:
    """The figures of a number, also with Arabic commas, which part tokens: 1،100 and 2،7 مليون.

    With them the place behind. Three of them are thousands; one or two before a scale, decimals.
    """
    figures, last = written.figures, place + 1
    if written.parted or written.behind or len(figures) > 3:
        return figures, last
    while _behind_comma(phrase, last, 3):
        figures, last = figures + "," + phrase.form(last), last + 1
    if last == place + 1 and any(_behind_comma(phrase, last, length) for length in (1, 2)):
        with_decimals = Term(0, last + 1, 1, written)
        if _multiplier(phrase, with_decimals, last + 1) or is_percent(phrase, last + 1):
            return f"{figures}.{phrase.form(last)}", last + 1
    return figures, last


def _behind_comma(phrase: Phrase, place: int, length: int) -> bool:
    if not 0 < place < len(phrase.tokens):
        return False
    token, before = phrase.tokens[place], phrase.tokens[place - 1]
    between = phrase.text[before.end : token.start]
    return between == "،" and len(token.form) == length and token.form.isdecimal()


def _scale_term(phrase: Phrase, place: int, word: NumberWord) -> Term:
    value = word.value
    if word.dual and _is_dual(phrase, place):
        value *= 2
    roles = frozenset({word.role})
    scale = word.value if word.role == "scale" else word.value / 2
    return _scaled(phrase, Term(value, place + 1, scale, None, roles))


def _is_dual(phrase: Phrase, place: int) -> bool:
    """مليونا دولار (two million dollars); مليونا و200 ألف and مليوناً (one million) are none."""
    if FATHATAN in phrase.form(place) or not phrase.follows(place + 1):
        return False
    following = phrase.key(place + 1)
    return bool(following) and not following.startswith(_AND) and following not in ("من", "في")


def _fraction_term(phrase: Phrase, place: int, word: NumberWord) -> Term:
    roles = frozenset({"fraction"})
    scaled = _word_beside(phrase, place + 1, definite=True)
    if scaled and scaled.role == "scale":
        return Term(word.value * scaled.value, place + 2, 1, None, roles | {"scale"})
    return Term(word.value, place + 1, 1, None, roles)


def _scaled(phrase: Phrase, term: Term) -> Term:
    value, last, scale, digits, roles = term
    while (word := _multiplier(phrase, term, last)) is not None and value < _LARGEST:
        value *= word.value
        scale = word.value
        last += 1
        roles |= {word.role}
    return Term(value, last, scale, digits, roles)


def _multiplier(phrase: Phrase, term: Term, place: int) -> NumberWord | None:
    """The scale at `place`; digits may stand in brackets before it: (45) ألف."""
    word = _word_beside(phrase, place, definite="fraction" in term.roles)
    if word is None and term.digits and place == term.last and _in_brackets(phrase, place - 1):
        word = phrase.word(place)
        word = None if word is None or word.clitics or word.definite else word
    return word if word and word.role in _SCALED else None


def _in_brackets(phrase: Phrase, place: int) -> bool:
    return (phrase.gap(place)[-1:], phrase.gap(place + 1)) in _BRACKETS


def _word_beside(phrase: Phrase, place: int, *, definite: bool = False) -> NumberWord | None:
    """The number word at `place`, if it goes with the one before: no clitic, nothing between."""
    if not phrase.follows(place):
        return None
    word = phrase.word(place)
    if word is None or word.clitics or (word.definite and not definite):
        return None
    return word


def _group(phrase: Phrase, place: int, word: NumberWord) -> Term:
    if word.role in ("hundred", "hundreds"):
        return _hundreds(phrase, place + 1, word.value, word)
    if word.role == "unit" and word.value > 2:
        hundred = _word_beside(phrase, place + 1)
        if hundred and hundred.role == "hundred":
            return _hundreds(phrase, place + 2, word.value * 100, word)
    return _below_hundred(phrase, place, word)


def _hundreds(phrase: Phrase, place: int, value: float, word: NumberWord) -> Term:
    """The rest behind hundreds: مئة وخمسة وثلاثون."""
    at = behind_and(phrase, place)
    rest = phrase.word(at) if at is not None else None
    if at is None or rest is None or rest.role not in ("unit", "ten", "tens"):
        return Term(value, place, 1, None, frozenset({"hundred"}))
    if rest.definite and not word.definite:
        return Term(value, place, 1, None, frozenset({"hundred"}))
    below = _below_hundred(phrase, at, rest)
    return below._replace(value=value + below.value, roles=below.roles | {"hundred"})


def _below_hundred(phrase: Phrase, place: int, word: NumberWord) -> Term:
    roles = frozenset({word.role})
    if word.role == "unit":
        ten = _word_beside(phrase, place + 1)
        if ten and ten.role == "ten":
            return Term(10 + word.value, place + 2, 1, None, frozenset({"teen"}))
        at = behind_and(phrase, place + 1)
        tens = phrase.word(at) if at is not None else None
        if at is not None and tens and tens.role == "tens" and tens.definite == word.definite:
            return Term(tens.value + word.value, at + 1, 1, None, frozenset({"tens"}))
    return Term(word.value, place + 1, 1, None, roles)
