"""Makes the tables of names of places: `python -m training.make_exonyms`.

Pairs of an Arabic name and Latin ones out of CLDR (countries, and the cities that time zones are
named after, in six languages) and GeoNames (the usual name of larger cities). What meets by the
keys of `warraq.text.romanization` stands in `alike.tsv`, all else in `exonyms.tsv`, unless it is in
the table of our own. The same packages give the same bytes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import repeat

import typer
from babel import Locale

from training.place_sources import Named, countries, geonames
from warraq.analysis.entities.gazetteer import ARAB, shipped_gazetteer
from warraq.text.lexicon import lexicon_key
from warraq.text.normalize import fold
from warraq.text.romanization.exonyms import read_table
from warraq.text.romanization.letters import FOLDER, latin_letters
from warraq.text.romanization.names import meet

Table = defaultdict[str, dict[str, str]]
"""Arabic names → Latin ones by their letters."""

LANGUAGES = ("en", "fr", "de", "es", "it", "tr")
_FEWEST_PEOPLE = 150_000
_FEWEST_PEOPLE_ARAB = 20_000
_SAME_PLACE = 0.3  # degrees of latitude
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f'’. -]{3,40}")
_ARABIC = re.compile("[\u0621-\u064a -]+")


def of_countries() -> Iterator[tuple[str, str]]:
    """Arabic and Latin names of countries: the canonical one of the gazetteer, and CLDR's."""
    for country in countries():
        code = str(country.country)
        for language in LANGUAGES:
            name = Locale.parse(language).territories.get(code)
            if name:
                yield country.names[0], name


def of_zones() -> Iterator[tuple[str, str]]:
    """Arabic and Latin names of the cities that CLDR names time zones after."""
    for zone, arabic in Locale.parse("ar").time_zones.items():
        if "city" not in arabic:
            continue
        yield arabic["city"], zone.split("/")[-1].replace("_", " ")  # English, as a rule
        for language in LANGUAGES:
            name = Locale.parse(language).time_zones.get(zone, {}).get("city")
            if name:
                yield arabic["city"], name


def of_cities() -> Iterator[tuple[str, str]]:
    """Arabic and usual English names of larger cities in GeoNames, as the gazetteer has them."""
    for city in geonames():
        fewest = _FEWEST_PEOPLE_ARAB if city.country in ARAB else _FEWEST_PEOPLE
        if city.population < fewest or len(city.english) != 1:
            continue
        (usual,) = city.english
        known = [name for name in map(_canonical, city.names, repeat(city)) if name]
        if not known:
            continue
        if meet(usual, known[0]) or not any(meet(usual, name) for name in (*known, *city.names)):
            yield known[0], usual


def _canonical(name: str, city: Named) -> str | None:
    """What the gazetteer calls `city`, if it is what `name` means first of all."""
    match = shipped_gazetteer().exact(lexicon_key(name).split(" "), peeled=False)
    first = match.places[0] if match else None
    if first is None or first.latitude is None or city.latitude is None:
        return None
    return first.name if abs(first.latitude - city.latitude) < _SAME_PLACE else None


def main() -> None:
    """Make the tables from CLDR and GeoNames."""
    own = {(fold(a), latin_letters(b)) for a, b in read_table("own-exonyms.tsv")}
    tables: dict[str, Table] = {"exonyms.tsv": defaultdict(dict), "alike.tsv": defaultdict(dict)}
    for arabic, latin in (*of_countries(), *of_zones(), *of_cities()):
        key = latin_letters(latin)
        if (
            not (_LATIN.fullmatch(latin) and _ARABIC.fullmatch(arabic))
            or (fold(arabic), key) in own
        ):
            continue
        table = tables["alike.tsv" if meet(latin, arabic) else "exonyms.tsv"]
        table[arabic].setdefault(key, latin)
    for name, found in tables.items():
        lines = (
            f"{arabic}\t{'|'.join(names.values())}\n" for arabic, names in sorted(found.items())
        )
        (FOLDER / name).write_text("".join(lines), encoding="utf-8")
        typer.echo(f"{name}: {sum(map(len, found.values()))} Latin names of {len(found)} places")


if __name__ == "__main__":
    typer.run(main)
