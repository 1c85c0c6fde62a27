"""Currencies by their names and signs, as ISO 4217 codes.

A riyal, dinar or dirham belongs to the country whose adjective stands behind it; else it is the
commonest in the Arab press, unless the text names other countries that have one and not that one's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from warraq.analysis.numbers.phrase import Phrase
from warraq.analysis.numbers.units import Unit, UnitAt
from warraq.text.lexicon import lexicon_key
from warraq.text.normalize import fold


@dataclass(frozen=True, slots=True)
class Currency:
    """names: singular, accusative, plural. default: without an adjective, None if nothing tells.

    by_country: ISO 3166 → ISO 4217. factor: of a part, 0.01 of a cent.
    """

    names: str
    default: str | None
    by_country: dict[str, str] = field(default_factory=dict)
    factor: float = 1.0


_DOLLARS = {
    "US": "USD",
    "CA": "CAD",
    "AU": "AUD",
    "NZ": "NZD",
    "SG": "SGD",
    "HK": "HKD",
    "TW": "TWD",
}
_RIYALS = {"SA": "SAR", "QA": "QAR", "YE": "YER", "OM": "OMR", "IR": "IRR"}
_DINARS = {
    "KW": "KWD", "JO": "JOD", "IQ": "IQD", "LY": "LYD", "DZ": "DZD", "TN": "TND", "BH": "BHD",
    "RS": "RSD",
}  # fmt: skip
_POUNDS = {"EG": "EGP", "GB": "GBP", "SD": "SDG", "SS": "SSP"}
_LIRAS = {"LB": "LBP", "SY": "SYP", "TR": "TRY"}
_RUPEES = {"IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "ID": "IDR"}
_CROWNS = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK", "CZ": "CZK"}
_FRANCS = {"CH": "CHF", "DJ": "DJF", "RW": "RWF"}
_PESOS = {"MX": "MXN", "AR": "ARS", "CL": "CLP", "CO": "COP", "PH": "PHP", "UY": "UYU", "CU": "CUP"}

_CURRENCIES = (
    Currency("دولار دولارا دولارات دولارين", "USD", _DOLLARS),
    Currency("يورو يوروهات", "EUR"),
    Currency("ريال ريالا ريالات ريالين", "SAR", _RIYALS),
    Currency("جنيه جنيها جنيهات", "EGP", _POUNDS),
    Currency("دينار دينارا دنانير", None, _DINARS),
    Currency("درهم درهما دراهم", "AED", {"AE": "AED", "MA": "MAD"}),
    Currency("ليرة ليرات", None, _LIRAS),
    Currency("باوند باوندا باوندات استرليني", "GBP"),
    Currency("ين ينا", "JPY"),
    Currency("يوان يوانا", "CNY"),
    Currency("وون", "KRW", {"KR": "KRW", "KP": "KPW"}),
    Currency("روبية روبيات", None, _RUPEES),
    Currency("روبل روبلا روبلات", "RUB"),
    Currency("فرنك فرنكا فرنكات", "CHF", _FRANCS),
    Currency("كرونة كرونات كرون كرونا كرونه", None, _CROWNS),
    Currency("شيكل شيكلا شيقل شيقلا شواكل", "ILS"),
    Currency("بيزو", None, _PESOS),
    Currency("راند", "ZAR"),
    Currency("رينغيت رينجت رنجيت رينغت", "MYR"),
    Currency("بات باهت", "THB"),
    Currency("تاكا", "BDT"),
    Currency("تومان", "IRR", factor=10),
    Currency("بيتكوين بتكوين", "XBT"),
    Currency("سنت سنتا سنتات", "USD", _DOLLARS | {"EU": "EUR"}, factor=0.01),
    Currency("بنس بنسا بنسات", "GBP", factor=0.01),
    Currency("هللة هللات", "SAR", factor=0.01),
    Currency("قرش قرشا قروش", "EGP", factor=0.01),
)
_BY_NAME: Final = {
    fold(name): currency for currency in _CURRENCIES for name in currency.names.split()
}
SIGNS: Final = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₪": "ILS",
    "₹": "INR",
    "₺": "TRY",
    "﷼": "SAR",
}
_CODES = frozenset(
    {code for one in _CURRENCIES for code in (one.default, *one.by_country.values()) if code}
)
_BY_CODE: Final = {fold(code): code for code in _CODES}

# The adjectives of the countries above, masculine; the feminine and accusative follow.
_ADJECTIVES = {
    "US": "امريكي اميركي امريكاني", "CA": "كندي", "AU": "استرالي", "NZ": "نيوزيلندي نيوزلندي",
    "SG": "سنغافوري", "TW": "تايواني", "SA": "سعودي", "QA": "قطري", "YE": "يمني",
    "OM": "عماني", "IR": "ايراني", "BR": "برازيلي", "KW": "كويتي", "JO": "اردني", "IQ": "عراقي",
    "LY": "ليبي", "DZ": "جزائري", "TN": "تونسي", "BH": "بحريني", "RS": "صربي", "EG": "مصري",
    "GB": "استرليني بريطاني انجليزي انكليزي", "SD": "سوداني", "LB": "لبناني", "SY": "سوري",
    "TR": "تركي", "AE": "اماراتي", "MA": "مغربي", "IN": "هندي", "PK": "باكستاني",
    "ID": "اندونيسي", "SE": "سويدي", "NO": "نرويجي", "DK": "دنماركي دانماركي", "CH": "سويسري",
    "MX": "مكسيكي", "AR": "ارجنتيني", "CL": "تشيلي", "CO": "كولومبي", "PH": "فلبيني",
    "KR": "كوري", "JP": "ياباني", "CN": "صيني", "RU": "روسي", "EU": "يورو اوروبي",
}  # fmt: skip
_COUNTRY_NAMES = {
    "SA": "السعودية", "QA": "قطر", "YE": "اليمن", "IR": "ايران", "KW": "الكويت",
    "JO": "الاردن", "IQ": "العراق", "LY": "ليبيا", "DZ": "الجزائر", "TN": "تونس", "BH": "البحرين",
    "EG": "مصر", "SD": "السودان", "LB": "لبنان", "SY": "سوريا سورية", "TR": "تركيا",
    "AE": "الامارات", "MA": "المغرب", "IN": "الهند", "PK": "باكستان", "GB": "بريطانيا",
    "BR": "البرازيل", "SE": "السويد", "NO": "النرويج", "DK": "الدنمارك", "CH": "سويسرا",
    "MX": "المكسيك", "AR": "الارجنتين",
}  # fmt: skip


def _countries(form: Callable[[str], str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for country, words in _ADJECTIVES.items():
        for word in words.split():
            for ending in ("", "ة", "ا"):
                found[form(word + ending)] = country
                found[form("ال" + word + ending)] = country
    for country, words in _COUNTRY_NAMES.items():
        found |= {form(word): country for word in words.split()}
    return found


_COUNTRIES: Final = _countries(fold)
COUNTRIES: Final = _countries(lexicon_key)
"""Key of an adjective or a name → ISO 3166-1 alpha-2, of countries whose currencies share names."""


def currency_at(phrase: Phrase, place: int, countries: Sequence[str] = ()) -> UnitAt | None:
    """The currency whose name or code begins at `place`, with the adjective behind it.

    countries: ISO 3166-1 alpha-2, those that the text names, the likeliest first.
    """
    key = phrase.folded(place)
    currency = _BY_NAME.get(key)
    if currency is None:
        code = _BY_CODE.get(key)
        return UnitAt(Unit("money", code), place + 1) if code else None
    adjective = _COUNTRIES.get(phrase.folded(place + 1)) if phrase.follows(place + 1) else None
    if adjective and adjective in currency.by_country:
        code, last = currency.by_country[adjective], place + 2
    else:
        code, last = _code(currency, countries), place + 1
    return UnitAt(Unit("money", code, currency.factor), last)


def _code(currency: Currency, countries: Sequence[str]) -> str | None:
    told = [currency.by_country[one] for one in countries if one in currency.by_country]
    if currency.default in told or not told or currency.default == "USD":
        return currency.default
    return told[0]
