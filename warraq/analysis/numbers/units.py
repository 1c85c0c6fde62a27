"""Units by their names: of length, mass, time …, and percent; by folded keys (`normalize.fold`).

Symbols are those of the SI and, outside it, the usual ones: a (years), mo, wk, bbl, ft, MP.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from warraq.analysis.numbers.phrase import Phrase
from warraq.text.normalize import fold


class Unit(NamedTuple):
    """kind: "measure", "percent" or "money". factor: how many of `symbol` it is (a cent: 0.01)."""

    kind: str
    symbol: str | None
    factor: float = 1.0


class UnitAt(NamedTuple):
    """A unit at the tokens up to `last` (exclusive)."""

    unit: Unit
    last: int


PERCENT: Final = Unit("percent", "%")
PERCENT_SIGNS: Final = ("%", "٪")

# Symbol: the names, of which a comma parts one from another. Plural, dual and accusative are names.
_NAMES = {
    # length
    "m": "متر, مترا, امتار, متار, م, m",
    "km": "كيلومتر, كيلومترا, كيلومترات, كيلو متر, كيلو مترا, كيلو مترات, كم, كلم, km",
    "cm": "سنتيمتر, سنتيمترا, سنتيمترات, سنتمتر, سنتمترا, سنتمترات, سنتي متر, سم, cm",
    "mm": "ميليمتر, ميليمترا, ميلليمتر, ميلليمترا, ميليمترات, مليمتر, مليمترا, مليمترات,"
    " ملليمتر, ملليمترا, ملليمترات, ميليمتر, ملم, مم, mm",
    "nm": "نانومتر, نانومترا, نانو متر, nm",
    "µm": "ميكرومتر, ميكرون, ميكرونا, ميكرومترا",
    "mi": "ميل, ميلا, اميال, mile, miles",
    "nmi": "ميل بحري, ميلا بحريا, اميال بحريه, عقده بحريه",
    "ft": "قدم, قدما, اقدام, ft",
    "in": "بوصه, بوصات, انش, انشا, انشات, inch",
    "yd": "يارده, ياردات",
    "ly": "سنه ضوئية, سنوات ضوئية",
    # area
    "m²": "متر مربع, مترا مربعا, متر مربعا, امتار مربعه, متر2, م2, م², م مربع, m2, m²",
    "km²": "كيلومتر مربع, كيلومترا مربعا, كيلومترات مربعه, كيلو متر مربع, كيلو مترا مربعا, كم2,"
    " كم², كم مربع, كلم مربع, km2, km²",
    "cm²": "سنتيمتر مربع, سنتيمترا مربعا, سم2, سم مربع",
    "ha": "هكتار, هكتارا, هكتارات",
    "acre": "فدان, فدانا, افدنه",
    "dunam": "دونم, دونما, دونمات",
    "ft²": "قدم مربع, قدم مربعه, قدما مربعا, قدما مربعه, اقدام مربعه",
    # volume
    "m³": "متر مكعب, مترا مكعبا, متر مكعبا, امتار مكعبه, م3, م³, م مكعب, m3",
    "l": "لتر, لترا, لترات, ليتر, ليترا, ليترات",
    "ml": "مليلتر, مليلترا, مليلترات, ملليلتر, ملليتر, ملي لتر, مللي لتر, مل, ملل, ml",
    "ft³": "قدم مكعب, قدم مكعبه, قدما مكعبا, قدما مكعبه",
    "bbl": "برميل, برميلا, براميل",
    "gal": "جالون, جالونا, جالونات, غالون, غالونا, غالونات",
    # mass
    "kg": "كلغ, كلغم, كيلوغرام, كيلوغراما, كيلوغرامات, كيلوجرام, كيلوجراما, كيلوجرامات, كيلو غرام,"
    " كيلو غراما, كيلو جرام, كيلو جراما, كيلو جرامات, كيلو غرامات, كغم, كجم, كغ, كج, كيلو, kg",
    "g": "غرام, غراما, غرامات, جرام, جراما, جرامات, غم, جم",
    "mg": "ملليجراما, ملليغرام, مليغرام, مليغراما, مليجرام, ملليجرام, ملغرام, ملجرام, ملغم,"
    " ملجم, مجم, ملغ, ميليغرام,"
    " مليجراما, mg",
    "µg": "ميكروغرام, ميكروجرام, ميكروغراما, ميكروجراما",
    "t": "طن, طنا, اطنان",
    "lb": "رطل, رطلا, ارطال",
    "oz": "اونصه, اونصات, اوقيه, اوقيات",
    "ct": "قيراط, قيراطا, قراريط",
    # time
    "s": "ثانيه, ثواني, ثوان",
    "ms": "ملي ثانيه, مللي ثانيه, ميلي ثانيه",
    "min": "دقيقه, دقائق",
    "h": "ساعه, ساعات",
    "d": "يوم, يوما, ايام",
    "wk": "اسبوع, اسبوعا, اسابيع",
    "mo": "شهر, شهرا, اشهر, شهور",
    "a": "سنه, سنوات, سنين, عام, عاما, اعوام",
    "century": "قرن, قرنا, قرون",
    # temperature, speed, power …
    "°C": "درجه مئوية, درجات مئوية, درجه سيليزيه, درجات سيليزيه, درجه سلسيوس",
    "°F": "درجه فهرنهايت, درجات فهرنهايت",
    "km/h": "كيلومتر في الساعه, كيلومترا في الساعه, كيلومترات في الساعه, كم في الساعه,"
    " كم ساعه, كم الساعه,"
    " كيلو متر في الساعه, كيلو مترا في الساعه, كلم في الساعه, كيلومتر ساعه, كيلو متر ساعه,"
    " كلم ساعه,"
    " كيلومترا ساعه",
    "m/s": "متر في الثانيه, مترا في الثانيه, امتار في الثانيه",
    "km/s": "كيلومتر في الثانية, كيلومترا في الثانية, كم في الثانية, كم الثانية, كم ثانية",
    "kn": "عقده",
    "W": "واط, وات, واطا",
    "kW": "كيلوواط, كيلو واط, كيلووات, كيلو وات",
    "MW": "ميغاواط, ميجاواط, ميغا واط, ميجا واط, ميجاوات, ميغاوات, ميجا وات, ميغا وات, mw",
    "GW": "غيغاوات, غيغا وات, جيجاواط, غيغاواط, جيجا واط, غيغا واط, جيجاوات, جيجا وات",
    "kWh": "كيلوواط ساعه, كيلو واط ساعه, كيلووات ساعه, كيلو وات ساعه",
    "V": "فولت, فولتا",
    "kV": "كيلوفولت, كيلو فولت, ك ف",
    "MVA": "ميجا فولت امبير, ميغا فولت امبير",
    "A": "امبير",
    "mA": "ملي امبير, مللي امبير, ميلي امبير, ميللي امبير",
    "mAh": "ملي امبير ساعه, مللي امبير ساعه, ميلي امبير ساعه, mah",
    "cal": "سعره حراريه, سعرات حراريه, كالوري, سعره, سعرات",
    "dB": "ديسيبل, ديسبل",
    # data
    "bit": "بت, bit",
    "B": "بايت",
    "kB": "كيلوبايت, كيلو بايت, kb",
    "MB": "ميجابايت, ميغابايت, ميجا بايت, ميغا بايت, ميقا بايت, ميجا, ميغا, mb",
    "GB": "جيجابايت, غيغابايت, جيجا بايت, غيغا بايت, قيقا بايت, جيجا, غيغا, قيقا, gb",
    "TB": "تيرابايت, تيرا بايت, تيرا, tb",
    "Mbit/s": "ميجابت في الثانيه, ميجا بت في الثانيه, ميغابت في الثانيه, ميغا بت في الثانيه,"
    " ميجابت ثانيه, ميجا بت ثانيه, ميغابايت ثانيه, mbps",
    "Gbit/s": "جيجابت في الثانيه, جيجا بت في الثانيه, غيغابت في الثانيه, جيجا بت ثانيه, gbps",
    "Mbit": "ميجابيت, ميجا بيت, ميجابت, ميجا بت, ميغابت, ميغا بت",
    "Gbit": "جيجابيت, جيجا بيت, جيجابت, جيجا بت, غيغابت, غيغا بت",
    "Hz": "هرتز, هيرتز, hz",
    "MHz": "ميجاهرتز, ميغاهرتز, ميجا هرتز, ميغا هرتز, ميجا هيرتز, mhz",
    "GHz": "جيجاهرتز, غيغاهرتز, جيجا هرتز, غيغا هرتز, جيجا هيرتز, جيجاهيرتز, ghz",
    "MP": "ميجابكسل, ميجا بكسل, ميغابكسل, ميغا بكسل, ميجا بيكسل, ميغا بيكسل, ميجابيكسل,"
    " ميغابيكسل, mp",
    "px": "بكسل, بيكسل",
}
_PERCENT_NAMES = (
    "في المئة, في المائة, في المية, في الماية, بالمئة, بالمائة, بالمية, بالماية, فالمية, من المئة,"
    " من المائة, نقطة مئوية, percent"
)
# A degree is one of temperature where it is hot or cold, a count (of degrees) elsewhere.
_DEGREES = frozenset({"درجه", "درجات"})
_KILOMETRE = Unit("measure", "km")
_WAYS = ("بعد", "تبعد", "يبعد", "مساف", "بمساف", "طول", "بطول", "بسرعه", "قطع", "طريق", "الطريق")
_WARMTH = ("حرار", "الحرار", "برود", "الصفر", "الطقس", "الجو")


def _names() -> Iterator[tuple[tuple[str, ...], Unit]]:
    for symbol, names in _NAMES.items():
        for name in names.split(","):
            yield tuple(map(fold, name.split())), Unit("measure", symbol)
    for name in _PERCENT_NAMES.split(","):
        yield tuple(map(fold, name.split())), PERCENT


def _by_first() -> dict[str, list[tuple[tuple[str, ...], Unit]]]:
    """First word → the words behind it and the unit, the longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Unit]]] = {}
    for (first, *rest), unit in _names():
        table.setdefault(first, []).append((tuple(rest), unit))
    for names in table.values():
        names.sort(key=lambda name: -len(name[0]))
    return table


_UNITS: Final = _by_first()


def unit_at(phrase: Phrase, place: int) -> UnitAt | None:
    """The unit whose name begins at `place`."""
    for rest, unit in _UNITS.get(phrase.folded(place), ()):
        last = place + 1 + len(rest)
        if all(
            phrase.folded(place + 1 + at) == word and phrase.gap(place + 1 + at) in ("", "/")
            for at, word in enumerate(rest)
        ):
            return UnitAt(_KILOMETRE if _is_a_way(phrase, place, unit) else unit, last)
    if phrase.folded(place) in _DEGREES:
        around = (phrase.folded(place + step) for step in (-7, -6, -5, -4, -3, -2, 1, 2, 3))
        if any(word.startswith(_WARMTH) for word in around):
            return UnitAt(Unit("measure", "°C"), place + 1)
    return None


def _is_a_way(phrase: Phrase, place: int, unit: Unit) -> bool:
    """كيلو is a kilogram, but a kilometre on the way: على بعد 5 كيلو."""
    if unit.symbol != "kg" or phrase.folded(place) != "كيلو":
        return False
    return any(phrase.folded(place - back).startswith(_WAYS) for back in range(2, 7))


def unit_named(name: str) -> Unit | None:
    """The unit of one word: كم of 20كم."""
    return next((unit for rest, unit in _UNITS.get(fold(name), ()) if not rest), None)


def is_percent(phrase: Phrase, place: int) -> bool:
    """Whether the number before `place` is of a hundred: 30 %, 30 في المئة, 30 بالمائة."""
    end = phrase.tokens[place - 1].end
    if phrase.text[end : end + 4].lstrip('()"»” \xa0').startswith(PERCENT_SIGNS):
        return True
    found = unit_at(phrase, place)
    return found is not None and found.unit is PERCENT
