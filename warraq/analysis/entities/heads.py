"""What the kind word of an organization decides, whatever the tagger made of it.

A name takes to itself the kind that stands directly before it in the construct state: صحيفة
«الأيام», منتخب إسبانيا, فريق الهلال. A kind with the article and nothing behind it is no name
(الجيش, the army). A unit's number or quoted name makes it one: الكتيبة 166, اللواء «التاسع». What
country a club or paper is of is no part of its name: نادي الهلال السعودي (the Saudi club al-Hilal),
صحيفة «الأيام» البحرينية. What is called after a person is no person: مركز محمد بن نايف; and a cup,
a league or a prize called so is no name at all: كأس الأمير فيصل بن فهد.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from warraq.text.normalize import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(words).split())


_KINDS = _folded(
    "منتخب فريق نادي ناد حركة تنظيم شركة حزب صحيفة جريدة مجلة قناة وكالة جمعية مؤسسة منظمة "
    "مجموعة بنك مصرف جامعة شبكة إذاعة كتيبة كتائب ميليشيا جماعة جبهة مطعم مدرسة"
)
_OF_COUNTRIES = fold("منتخب")
_CALLED_AFTER_PERSONS = _folded(
    "مركز مستشفى مستوصف جامعة كلية معهد أكاديمية مدرسة ثانوية متوسطة مؤسسة جمعية مجمع كرسي لواء "
    "كتيبة"
)
_CLUBS_AND_PAPERS = _folded("نادي ناد فريق صحيفة جريدة مجلة قناة")
_CLUBS = _folded(
    "الهلال النصر الشباب الأهلي الفتح الفيصلي التعاون الرائد الخليج الوحدة القادسية الاتفاق السد "
    "الريان الغرافة العربي السيلية الوكرة العين الجزيرة الوصل الظفرة الزمالك المقاصة الترجي "
    "الأفريقي الوداد الرجاء الزوراء الوحدات الرفاع المحرق الإسماعيلي"
)
_NO_NAMES = _folded(
    "الجيش الوزارة الشركة النادي الفريق القوات البلدية الأمانة الهيئة المؤسسة الجمعية الجامعة "
    "المنظمة اللجنة المجلس الحكومة الشرطة المحكمة البنك المستشفى المدرسة الكلية المعهد المركز "
    "الإدارة المديرية الحزب الحركة التنظيم الجماعة البرلمان المنتخب الصحيفة القناة الوكالة "
    "الميليشيات"
)
_CUPS = _folded("كأس دوري")
_PRIZES = _folded("جائزة بطولة مسابقة مهرجان سباق")  # only with a title: جائزة محمد is his prize
_NOBLE = _folded("الملك الأمير الأميرة الشيخ الشيخة السلطان")
_UNITS = _folded("اللواء لواء الكتيبة كتيبة الفرقة السرية الفوج")
_DIRECTLY = frozenset({"_", "q", '"', "("})
"""What may stand between, as `features.gap` names it: a space, or a mark that opens."""
_LONGEST_UNIT = 4


class TaggedName(NamedTuple):
    """Tokens [first, last) and the type, as the tagger names it."""

    first: int
    last: int
    type: str


def by_kind_words(
    names: Iterable[TaggedName], cores: Sequence[str], kinds: Sequence[str], gaps: Sequence[str]
) -> Iterator[TaggedName]:
    """`names` as their kind words want them, in order.

    cores: the folded words of the text. kinds: `features.kind` of each. gaps: what stands before
    each.
    """
    units = list(_units(cores, gaps))
    behind = 0
    for name in _merged(names, units) if units else names:
        head = name.first - 1
        takes = head >= behind and gaps[name.first] in _DIRECTLY
        behind = name.last
        if name.type == "PER" and _honoured(name.first, cores, gaps):
            continue
        if name.type == "ORG" and takes and cores[head] in _KINDS:
            yield _without_country(name._replace(first=head), cores, kinds)
        elif (name.type == "PER" and takes and cores[head] in _CALLED_AFTER_PERSONS) or (
            name.type == "LOC" and takes and cores[head] == _OF_COUNTRIES
        ):
            yield TaggedName(head, name.last, "ORG")
        elif name.type != "ORG" or name.last - name.first > 1 or cores[name.first] not in _NO_NAMES:
            yield _without_country(name, cores, kinds)


def _without_country(name: TaggedName, cores: Sequence[str], kinds: Sequence[str]) -> TaggedName:
    """A club or paper without the adjective of its country behind its name."""
    length, first = name.last - name.first, cores[name.first]
    is_named = (length > 2 and first in _CLUBS_AND_PAPERS) or (length == 2 and first in _CLUBS)
    if name.type == "ORG" and is_named and kinds[name.last - 1] == "nat":
        return name._replace(last=name.last - 1)
    return name


def _honoured(first: int, cores: Sequence[str], gaps: Sequence[str]) -> bool:
    """Whether a cup, a league or a prize is called after the person whose name begins there."""
    at = first
    while at and gaps[at] == "_" and cores[at - 1] in _NOBLE:
        at -= 1
    heads = _CUPS | _PRIZES if at < first else _CUPS
    return at > 0 and gaps[at] == "_" and cores[at - 1] in heads


def _units(cores: Sequence[str], gaps: Sequence[str]) -> Iterator[TaggedName]:
    """Units with a number or a quoted name, none inside another."""
    behind = 0
    for at, core in enumerate(cores):
        if at >= behind and core in _UNITS and (last := _end_of_unit(at, cores, gaps)):
            yield TaggedName(at, last, "ORG")
            behind = last


def _end_of_unit(at: int, cores: Sequence[str], gaps: Sequence[str]) -> int:
    """Behind the last token of the unit whose kind stands at token `at`; 0 if it is none."""
    first = at + 1
    if first >= len(cores) or gaps[first] not in _DIRECTLY:
        return 0
    if cores[first][:1].isdigit():
        return first + 1
    if gaps[first] == "_":
        return 0
    for last in range(first + 1, min(first + _LONGEST_UNIT, len(cores)) + 1):
        if last == len(cores) or gaps[last][:1] in {"Q", '"', ")"}:
            return last
    return 0


def _merged(names: Iterable[TaggedName], units: Sequence[TaggedName]) -> list[TaggedName]:
    """`units`, and the names that none of them overlaps; all three in order."""
    taken = {at for unit in units for at in range(unit.first, unit.last)}
    apart = [name for name in names if taken.isdisjoint(range(name.first, name.last))]
    return sorted((*apart, *units))
