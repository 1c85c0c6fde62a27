"""Countries and languages by the names that people type, in Arabic and English, or by code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from warraq.analysis.entities.gazetteer import FOLDER
from warraq.text.normalize import fold

# ISO 639-1.
_LANGUAGES = frozenset(
    re.split(
        " ",
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu "
        "cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi "
        "ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks "
        "ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl "
        "nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
        "sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve "
        "vi vo wa wo xh yi yo za zh zu",
    )
)
# Of the languages that Arab papers print, and that are written in Arabic letters.
_NAMES_OF_LANGUAGES = {
    "ar": "عربي عربية العربية arabic",
    "fa": "فارسي فارسية الفارسية persian farsi",
    "ur": "أردو الأردية أردية urdu",
    "ckb": "كردي كردية الكردية kurdish",
    "ps": "بشتو البشتوية pashto",
    "en": "إنجليزي إنجليزية الإنجليزية إنكليزية الإنكليزية english",
    "fr": "فرنسي فرنسية الفرنسية french",
    "tr": "تركي تركية التركية turkish",
    "he": "عبري عبرية العبرية hebrew",
    "es": "إسباني إسبانية الإسبانية spanish",
    "de": "ألماني ألمانية الألمانية german",
}
_LANGUAGE_BY_NAME = {
    fold(name): code for code, names in _NAMES_OF_LANGUAGES.items() for name in names.split()
}
_ARTICLE = "ال"


def country(name: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country: of ليبيا, Libya, LY, LBY. None of what is none."""
    key = _key(name)
    if len(name) == 2 and name.upper() in _codes():
        return name.upper()
    return _country_by_name().get(key)


def language(name: str) -> str | None:
    """ISO 639 of a language: of ar, ckb, العربية, Arabic. None of what is none.

    Codes of three letters are too many to know: all are taken.
    """
    key = fold(name)
    is_code = key in _LANGUAGES or (len(key) == 3 and key.isascii() and key.isalpha())
    return key if is_code else _LANGUAGE_BY_NAME.get(key)


@cache
def _country_by_name() -> dict[str, str]:
    return {_key(name): code for code, names in _rows() for name in names}


@cache
def _codes() -> frozenset[str]:
    return frozenset(code for code, _ in _rows())


def _rows() -> Iterator[tuple[str, list[str]]]:
    for table in ("countries.tsv", "countries-in-english.tsv"):
        for line in (FOLDER / table).read_text(encoding="utf-8").splitlines():
            code, names = line.split("\t")[:2]
            yield code, names.split("|")


def _key(name: str) -> str:
    """Its search form; the article makes no difference: السعودية, سعودية."""
    return " ".join(fold(name).replace("-", " ").split()).removeprefix(_ARTICLE)
