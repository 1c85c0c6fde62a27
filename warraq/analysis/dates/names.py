"""The words that dates are made of, by the key of their token: what each can mean.

The names of months are those of CLDR for the Arab countries (Egypt and the Gulf, the Levant and
Iraq, the Maghreb, Morocco), with the spellings that newspapers use besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from warraq.text.lexicon import lexicon_key


@dataclass(frozen=True, slots=True)
class Month:
    """number: 1 to 12. surely: no common word or name is spelled like it."""

    number: int
    hijri: bool = False
    surely: bool = True


@dataclass(frozen=True, slots=True)
class Word:
    """What a word can mean in a date; None where it has no such meaning.

    key: without clitics; clitics: how many letters of the written word they take.
    month; months: those that it begins, by the key of the second word. weekday: 0 is Monday.
    deictic: days from the present one, by themselves. part: part of a day. unit: "day" …
    "century", of which `form` says "one" (يوم), "the" (اليوم), "two" (يومين), "many" (أيام) or
    "the many" (الأيام). shift: which of them, -1 the last, 0 this, 1 the next. portion: "start",
    "middle", "end". season: 0 is winter. ordinal, cardinal: of الخامس and خمسة it is 5. decade: 80
    of الثمانينات. era: "hijri" or "gregorian". starts: whether a date can begin with it.
    """

    key: str
    month: Month | None = None
    months: dict[str, Month] | None = None
    weekday: int | None = None
    deictic: int | None = None
    part: bool = False
    unit: str | None = None
    form: str | None = None
    shift: int | None = None
    portion: str | None = None
    season: int | None = None
    ordinal: int | None = None
    cardinal: int | None = None
    decade: int | None = None
    era: str | None = None
    starts: bool = True
    clitics: int = 0


# A name that is also a common word or a person's stands behind "~".
_GREGORIAN = (
    "يناير جانفي جانفيي",
    "فبراير فيفري فبرائر شباط",
    "~مارس اذار",
    "ابريل افريل ~نيسان",
    "مايو ~ماي ايار ~مايس",
    "يونيو ~يونيه ~جوان حزيران",
    "يوليو ~يوليه يوليوز جويلية تموز",
    "اغسطس غشت ~اوت ~اب",
    "سبتمبر شتنبر ايلول",
    "اكتوبر",
    "نوفمبر نونبر نوفنبر",
    "ديسمبر دجنبر دسمبر",
)
_HIJRI = (
    "~محرم ~المحرم",
    "~صفر",
    "",
    "",
    "",
    "",
    "~رجب",
    "~شعبان",
    "~رمضان",
    "~شوال",
    "ذوالقعدة ذيالقعدة",
    "ذوالحجة ذيالحجة",
)
_FIRST = "الاول اول"
_SECOND = "الثاني ثاني ثان الاخر"
# The first word of a name, and for each month the second words.
_TWO_WORDS = (
    ("كانون", False, {12: _FIRST, 1: _SECOND}),
    ("تشرين", False, {10: _FIRST, 11: _SECOND}),
    ("ربيع", True, {3: _FIRST, 4: _SECOND}),
    ("جمادى جماد", True, {5: "الاولى اولى الاول", 6: "الاخرة الثانية الاخر الثاني"}),
    ("ذو ذي ذى", True, {11: "القعدة قعدة", 12: "الحجة حجة"}),
    ("محرم", True, {1: "الحرام"}),
)
HONOURS: Final = frozenset({"المبارك", "الكريم", "المعظم", "الفضيل", "الخير", "الاغر", "الحرام"})
"""What may stand behind the name of a Hijri month or of a feast."""

_WEEKDAYS = (
    "الاثنين الاتنين",
    "الثلاثاء الثلثاء الثلاثا",
    "الاربعاء الاربعا",
    "الخميس",
    "الجمعة",
    "السبت",
    "الاحد",
)
_DEICTICS = {
    0: "اليوم الليلة",
    -1: "امس الامس البارحة البارح",
    1: "غدا غد الغد",
}
_PARTS = "صباح مساء فجر ليل ليلة ظهر ظهيرة عصر مغرب عشاء ضحى عشية نهار صبيحة امسية غروب عصاري"
# Of each unit: one, the one, two, many, the many.
_UNITS = {
    "day": ("يوم يوما", "اليوم", "يومين يومان يومي", "ايام", "الايام اليومين"),
    "week": ("اسبوع اسبوعا", "الاسبوع", "اسبوعين اسبوعان", "اسابيع", "الاسابيع الاسبوعين"),
    "month": ("شهر شهرا", "الشهر", "شهرين شهران شهري", "اشهر شهور", "الاشهر الشهور الشهرين"),
    "year": (
        "عام عاما سنة حول",
        "العام السنة",
        "عامين عامان سنتين سنتان عامي سنتي",
        "اعوام سنوات سنين",
        "الاعوام السنوات السنين العامين السنتين",
    ),
    "decade": ("عقد", "العقد", "عقدين", "عقود", "العقود العقدين"),
    "century": ("قرن", "القرن", "قرنين", "قرون", "القرون"),
    "hour": ("ساعة", "الساعة", "ساعتين", "ساعات", "الساعات"),
    "season": ("موسم", "الموسم", "موسمين", "مواسم", "المواسم"),
    "quarter": ("ربع", "الربع", "", "", ""),
    "half": ("نصف", "النصف", "", "", ""),
    "weekend": ("ويكند", "الويكند", "", "", ""),
}
_FORMS = ("one", "the", "two", "many", "the many")
_SHIFTS = {
    -1: "الماضي الماضية الماضيين الماضيتين المنصرم المنصرمة الفائت الفائتة المنقضي المنقضية",
    0: "الجاري الجارية الحالي الحالية الراهن الراهنة",
    1: "المقبل المقبلة المقبلين القادم القادمة القادمين",
}
_PORTIONS = {
    "start": "مطلع بداية اوائل مستهل بدايات بواكير",
    "middle": "منتصف اواسط وسط",
    "end": "نهاية اواخر ختام نهايات",
}
_SEASONS = ("شتاء الشتاء", "ربيع الربيع", "صيف الصيف", "خريف الخريف")
_ORDINALS = (
    "الاول اول",
    "الثاني ثاني ثان",
    "الثالث ثالث",
    "الرابع رابع",
    "الخامس خامس",
    "السادس سادس",
    "السابع سابع",
    "الثامن ثامن",
    "التاسع تاسع",
    "العاشر عاشر",
)
_FEMININE_ORDINALS = (
    "الاولى اولى",
    "الثانية ثانية",
    "الثالثة ثالثة",
    "الرابعة رابعة",
    "الخامسة خامسة",
    "السادسة سادسة",
    "السابعة سابعة",
    "الثامنة ثامنة",
    "التاسعة تاسعة",
    "العاشرة عاشرة",
)
_TENS = {
    20: "عشرين العشرين عشرون العشرون",
    30: "ثلاثين الثلاثين ثلاثون الثلاثون",
    40: "اربعين الاربعين اربعون",
    50: "خمسين الخمسين خمسون",
    60: "ستين الستين ستون",
    70: "سبعين السبعين سبعون",
    80: "ثمانين الثمانين ثمانون",
    90: "تسعين التسعين تسعون",
}
_CARDINALS = (
    "واحد واحدة الواحد",
    "اثنين اثنان اثنتين",
    "ثلاثة ثلاث الثلاثة الثلاث",
    "اربعة اربع الاربعة الاربع",
    "خمسة خمس الخمسة الخمس",
    "ستة ست الستة الست",
    "سبعة سبع السبعة السبع",
    "ثمانية ثماني ثمان الثمانية الثماني",
    "تسعة تسع التسعة التسع",
    "عشرة عشر العشرة العشر",
)
_DECADES = {
    20: "العشرينات العشرينيات عشرينات عشرينيات",
    30: "الثلاثينات الثلاثينيات ثلاثينات ثلاثينيات",
    40: "الاربعينات الاربعينيات اربعينات اربعينيات",
    50: "الخمسينات الخمسينيات خمسينات خمسينيات",
    60: "الستينات الستينيات ستينات ستينيات",
    70: "السبعينات السبعينيات سبعينات سبعينيات",
    80: "الثمانينات الثمانينيات ثمانينات ثمانينيات",
    90: "التسعينات التسعينيات تسعينات تسعينيات",
}
_ERAS = {
    "hijri": "ه هجري هجرية هجريا الهجري الهجرية",
    "gregorian": "م ميلادي ميلادية ميلاديا الميلادي الميلادية",
}
# What joins the parts of a date, or begins one that says more.
_JOINING = "من الى حتى لغاية في و بين بتاريخ تاريخ الموافق موافق ذلك تلك كل مضت خلت المعظم"
_BEGINNING = "قبل بعد منذ خلال عيد العيد ايام هذا هذه نفس ذات العشر"

_VARIANTS = {"حتي": "حتى", "الي": "الى"}
_CLITICS = ("و", "ف", "ب", "ل", "وب", "ول", "فب", "فل", "ك")


def _meanings() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each word with one of its meanings: fields of `Word`."""
    yield from _months()
    yield from _numbers()
    for field, table in (
        ("weekday", dict(enumerate(_WEEKDAYS))),
        ("deictic", _DEICTICS),
        ("part", {True: _PARTS}),
        ("portion", _PORTIONS),
        ("season", dict(enumerate(_SEASONS))),
    ):
        yield from ((names, {field: value}) for value, names in table.items())
    for unit, forms in _UNITS.items():
        for form, names in zip(_FORMS, forms, strict=True):
            yield names, {"unit": unit, "form": form}
    for field, table in (("shift", _SHIFTS), ("era", _ERAS)):
        yield from ((names, {field: value, "starts": False}) for value, names in table.items())
    yield _JOINING, {"starts": False}
    yield _BEGINNING, {}


def _months() -> Iterator[tuple[str, dict[str, Any]]]:
    for hijri, months in ((False, _GREGORIAN), (True, _HIJRI)):
        for number, names in enumerate(months, 1):
            for name in names.split():
                surely = not name.startswith("~")
                yield name.lstrip("~"), {"month": Month(number, hijri, surely)}
    for firsts, hijri, seconds in _TWO_WORDS:
        table = {
            word: Month(number, hijri)
            for number, words in seconds.items()
            for word in _spellings(words)
        }
        yield firsts, {"months": table}


def _numbers() -> Iterator[tuple[str, dict[str, Any]]]:
    for ordinals in (_ORDINALS, _FEMININE_ORDINALS):
        yield from ((names, {"ordinal": number}) for number, names in enumerate(ordinals, 1))
    yield "الحادي حادي الحادية", {"ordinal": 1}
    yield from ((names, {"cardinal": number}) for number, names in enumerate(_CARDINALS, 1))
    for number, names in _TENS.items():
        yield names, {"cardinal": number, "ordinal": number if number <= 30 else None}
    yield from ((names, {"decade": decade}) for decade, names in _DECADES.items())


def _spellings(names: str) -> Iterator[str]:
    """The keys of `names`, also as hasty typists end them: السنه, الماضى, جمادي."""
    for name in names.split():
        key = lexicon_key(name)
        yield key
        if key.endswith("ة"):
            yield key[:-1] + "ه"
        elif key.endswith("ي"):
            yield key[:-1] + "ى"
        elif key.endswith("ى"):
            yield key[:-1] + "ي"


def keys(words: str) -> frozenset[str]:
    """The keys of `words`, which spaces part."""
    return frozenset(map(lexicon_key, words.split()))


def _words() -> dict[str, Word]:
    """Each key with all its meanings, and again with the clitics that are written to it."""
    fields: dict[str, dict[str, Any]] = {}
    for names, meaning in _meanings():
        for key in _spellings(names):
            known = fields.setdefault(key, {"starts": False})
            starts = known["starts"] or meaning.get("starts", True)
            known.update({name: value for name, value in meaning.items() if value is not None})
            known["starts"] = starts
    words = {key: Word(key=_VARIANTS.get(key, key), **meanings) for key, meanings in fields.items()}
    for key, word in tuple(words.items()):
        if len(key) < 2 or key == "اب":  # به and له are "by him" and "for him", باب is a door
            continue
        for clitic in _CLITICS:
            words.setdefault(clitic + key, replace(word, clitics=len(clitic)))
        if key.startswith("ال"):  # للعام (for the year): the article has lost its alef
            words.setdefault("لل" + key[2:], replace(word, clitics=1))
            words.setdefault("ولل" + key[2:], replace(word, clitics=2))
    return words


WORDS: Final = _words()
