"""Where a name begins and ends, whatever the tagger made of it.

A quoted name is taken whole or not at all: صحيفة "اليوم السابع" (a newspaper), not صحيفة "اليوم;
"سبق" الإلكترونية is سبق (the electronic Sabq). An adverb of time behind a name is none of it:
وزارة المالية اليوم (the ministry of finance, today); nor a particle before a person's: بأن خالد
(that Khalid).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from warraq.analysis.entities.heads import TaggedName
from warraq.annotations import TextField
from warraq.text.normalize import fold

_OPENING, _CLOSING = "«(“", "»)”"
_FARTHEST = 4  # tokens from where the tagger ended a name to the mark that closes it
_TODAY = fold("اليوم")
_TIMES = frozenset(map(fold, ("اليوم", "أمس", "غدا")))
# Papers and stations that are called "today": صحيفة اليوم, المصري اليوم, روسيا اليوم (RT).
_BEFORE_TODAY = frozenset(
    fold("صحيفة جريدة مجلة قناة موقع شبكة وكالة دار المصري روسيا الأردن ليبيا سوريا").split()
)
_BEFORE_PERSONS = frozenset({"من", "بأن", "أن", "إن", "عن", "مع", "بات", "الآن"})
"""As they are spelled: بان كي مون (Ban Ki-moon) and آلان (Alain) are names."""
_LINKS = frozenset(fold("بن ابن بنت").split())
_BLESSED_MONTH = (fold("رمضان"), fold("المبارك"))


def bounded(
    names: Iterable[TaggedName], cores: Sequence[str], field: TextField
) -> Iterator[TaggedName]:
    """`names`, in order, with their proper ends; cores: the folded words of `field`."""
    behind = 0
    for name in names:
        for one in _listed(name, field) if name.first >= behind else ():
            behind = one.last
            if tuple(cores[one.first : one.last]) != _BLESSED_MONTH:
                last = _without_time(one.first, one.last, cores, field)
                found = one._replace(last=last)
                yield _person(found, cores, field) if one.type == "PER" else found


def _listed(name: TaggedName, field: TextField) -> Iterator[TaggedName]:
    """The names in one that goes over quotation marks: "الهلال" و"النصر" are two."""
    rest: TaggedName | None = name
    while rest:
        last = _whole(rest, field)
        yield rest._replace(last=last)
        between = _before(last, field)
        another = _closes(between, is_open=False) and _opens(between)
        rest = name._replace(first=last) if another and last < name.last else None


def _whole(name: TaggedName, field: TextField) -> int:
    """Its end, with no quotation mark or bracket inside that has lost its other one."""
    opened = 0
    for at in range(name.first + 1, name.last):
        between = _before(at, field)
        closes = _closes(between, is_open=opened > 0)
        if closes and not opened:
            return at
        if closes:
            opened = 0
        if _opens(between) and not (closes and between == '"'):
            opened = at
    if not opened:
        return name.last
    if name.type != "PER":
        for at in range(name.last, min(name.last + _FARTHEST, len(field.tokens)) + 1):
            between = _before(at, field)
            if _closes(between, is_open=True):
                return at
            if "\n" in between:
                break
    return name.last if _closes(_before(name.last, field), is_open=True) else opened


def _before(at: int, field: TextField) -> str:
    """What stands between token `at` and the one before it; behind the last, what ends the text."""
    tokens = field.tokens
    return field.text[tokens[at - 1].end : tokens[at].start if at < len(tokens) else None]


def _opens(between: str) -> bool:
    return between.endswith('"') or any(sign in between for sign in _OPENING)


def _closes(between: str, *, is_open: bool) -> bool:
    """A straight mark between letters closes what is open, and opens else."""
    straight = between.startswith('"') and (is_open or between != '"')
    return straight or any(sign in between for sign in _CLOSING)


def _without_time(first: int, last: int, cores: Sequence[str], field: TextField) -> int:
    while last - first > 1 and cores[last - 1] in _TIMES and _before(last - 1, field) == " ":
        if cores[last - 1] == _TODAY and cores[last - 2] in _BEFORE_TODAY:
            break
        last -= 1
    return last


def _person(name: TaggedName, cores: Sequence[str], field: TextField) -> TaggedName:
    """Without particles before it, and without "son of" where no father follows."""
    first, last = name.first, name.last
    while last - first > 1 and field.tokens[first].form in _BEFORE_PERSONS:
        first += 1
    while last - first > 1 and cores[last - 1] in _LINKS:
        last -= 1
    return TaggedName(first, last, name.type)
