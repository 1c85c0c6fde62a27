"""Makes the gazetteer: `python -m training.make_places wiki-train.jsonl.xz`.

Brings together what `training.place_sources` reads, asks a corpus how likely each name means a
place (`training.place_priors`), and writes what is kept (`training.place_records`). The same input
gives the same bytes.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from training import place_sources as sources
from training.corpus import articles, texts
from training.place_priors import Seen, count
from training.place_records import write
from training.place_sources import Named
from warraq.analysis.entities.gazetteer import ARAB, FOLDER, LONGEST
from warraq.text.lexicon import lexicon_key
from warraq.text.normalize import fold

# How likely a name means a place before a corpus is asked, by where it comes from; and for how many
# times of being seen that counts.
_BEFORE_SEEN = {"table": 0.85, "wikipedia": 0.5, "geonames": 0.35}
_OF_LARGE_CITIES = 0.5
_LARGE = 100_000
_WEIGHT = 6
_WEIGHT_OF_TABLES = 20
_LEAST_OF_SEVERAL_WORDS = 0.8  # of a table
# Shares of a name's places in the corpus that stand behind a kind word or a preposition: of Kuwait
# or Cairo a third and more, of words that name no place a twentieth.
_SHARE_OF_WORDS = 0.04
_SHARE_OF_PLACES = 0.32
_LEAST_OF_COUNTRIES = 0.9
_KIND_WORDS_OF_PLACES = 0.12  # that share stands behind one, of names of small places
_FEW = 50
_OF_USUAL = 0.85
_LEAST_KEPT = 0.01  # of names that only a source has
_SAME_PLACE = 0.3  # degrees
_MOST_PLACES = 8  # that one name may mean


def gather(corpus: Path) -> list[Named]:
    """All places, each once."""
    cities = sources.geonames()
    country_of = {fold(name): code for name, code in sources.nationalities().items()}
    countries = list(sources.countries())
    for country in countries:
        country_of |= {fold(name): str(country.country) for name in country.names}
    tables = list(sources.tables(cities))
    known = {fold(name) for place in (*countries, *tables, *cities) for name in place.names}
    new = [
        place
        for place in sources.wikipedia(articles(corpus), country_of)
        if fold(place.names[0]) not in known
    ]
    return [*countries, *tables, *_besides(tables, cities), *new]


def _besides(tables: list[Named], cities: list[Named]) -> Iterator[Named]:
    """What GeoNames has besides the tables: cities, and further names of those in a table."""
    ours: defaultdict[str, list[Named]] = defaultdict(list)
    for place in tables:
        for name in place.names:
            ours[fold(name)].append(place)
    for city in cities:
        same = next((p for name in city.names for p in ours[fold(name)] if _close(city, p)), None)
        if same is None:
            names, canonical = city.names, None
        else:
            names = [n for n in city.names if same not in ours[fold(n)]]
            canonical = same.names[0]
        if names:
            yield replace(same or city, names=names, canonical=canonical, source="geonames")


def _close(city: Named, place: Named) -> bool:
    """Whether both are one: what a table says of a place goes before what GeoNames says."""
    return (
        place.latitude is not None
        and place.longitude is not None
        and abs(place.latitude - float(city.latitude or 0)) < _SAME_PLACE
        and abs(place.longitude - float(city.longitude or 0)) < _SAME_PLACE
    )


def spelt(places: Iterable[Named]) -> dict[str, list[Named]]:
    """Keys of names in all their spellings → places, likeliest first, one a country and kind."""
    found: defaultdict[str, list[Named]] = defaultdict(list)
    for place in places:
        keys = (key for name in place.names for key in _spellings(name, place.country))
        for key in dict.fromkeys(keys):
            if key.count(" ") < LONGEST:
                found[key].append(place)
    return {
        key: _distinct(meant)
        for key, meant in sorted(found.items())
        if not _only_kind_added(key, meant, found)
    }


# These stand before a name without belonging to it (training/gold/README.md).
_LEFT_OUT = frozenset(
    map(lexicon_key, ("مدينة", "محافظة", "منطقة", "إقليم", "ولاية", "مقاطعة", "إمارة", "العاصمة"))
)


def _only_kind_added(key: str, meant: list[Named], names: dict[str, list[Named]]) -> bool:
    """Whether `key` is مدينة غزة, and غزة is known for the same place."""
    kind, _, bare = key.partition(" ")
    others = {id(place) for place in names.get(bare, ())}
    return kind in _LEFT_OUT and all(id(place) in others for place in meant)


def _spellings(name: str, country: str | None) -> Iterator[str]:
    """أبوظبي، أبو ظبي; ة as ه, ى as ي and back; of foreign ones غ as ج (Egypt) and ق (the Gulf)."""
    key = lexicon_key(name.replace("-", " "))
    keys = [key]
    for apart, joined in (("ابو ", "ابو"), ("عبد ال", "عبدال"), ("راس ", "رأس ")):
        keys += [k.replace(apart, joined) for k in keys if apart in f" {k}"]
    if country not in ARAB and len(key) > 4 and "غ" in key:
        keys += [key.replace("غ", "ج"), key.replace("غ", "ق")]
    for spelling in dict.fromkeys(map(lexicon_key, keys)):
        yield from map(" ".join, itertools.product(*map(_endings, spelling.split(" "))))


def _endings(word: str) -> tuple[str, ...]:
    if len(word) < 3:
        return (word,)
    others = {"ة": "ه", "ى": "ي", "ي": "ى"}.get(word[-1])
    return (word, word[:-1] + others) if others else (word,)


def _distinct(places: list[Named]) -> list[Named]:
    """Of places of one name in one country the largest, and its region besides."""
    best: dict[tuple[str | None, bool], Named] = {}
    for place in sorted(places, key=_rank, reverse=True):
        best.setdefault((place.country, place.kind == "region"), place)
    return list(best.values())[:_MOST_PLACES]


def _rank(place: Named) -> float:
    return (
        math.log10(place.population + 500)
        + (place.country in ARAB)
        + 1.5 * (place.kind in ("country", "continent", "area", "water"))
        + (place.source == "table")
    )


def prior(key: str, meant: list[Named], seen: Seen | None, fixed: dict[str, float]) -> float:
    """How likely `key` means a place; `fixed`: what readers decided, by key."""
    if key in fixed:
        return fixed[key]
    before = max(_BEFORE_SEEN[place.source] for place in meant)
    if meant[0].population >= _LARGE:
        before = max(before, _OF_LARGE_CITIES)
    if " " in key:
        before += (1 - before) / 2
    likely = before
    if seen:
        share = (seen.behind_kind + seen.behind_preposition) / seen.anywhere
        as_seen = (share - _SHARE_OF_WORDS) / (_SHARE_OF_PLACES - _SHARE_OF_WORDS)
        as_seen = min(1.0, max(0.0, as_seen)) * (1 - seen.by_person / seen.anywhere)
        if all(place.source != "table" and place.population < _LARGE for place in meant):
            # «في مجال» (in the field of) is as common as «في القاهرة»; «مدينة مجال» is not.
            as_seen *= min(1.0, seen.behind_kind / seen.anywhere / _KIND_WORDS_OF_PLACES)
        weight = _WEIGHT_OF_TABLES if meant[0].source == "table" else _WEIGHT
        likely = (seen.anywhere * as_seen + weight * before) / (seen.anywhere + weight)
    if " " in key and meant[0].source == "table":
        likely = max(likely, _LEAST_OF_SEVERAL_WORDS)
    if any(place.kind == "country" for place in meant) and likely > _LEAST_OF_COUNTRIES / 5:
        return max(likely, _LEAST_OF_COUNTRIES)
    return likely


def like_canonical(
    priors: dict[str, float], names: dict[str, list[Named]], seen: dict[str, Seen]
) -> dict[str, float]:
    """Rare spellings of a name in a table (دبى) mean what the usual one (دبي) means."""
    known = dict(priors)
    for key, places in names.items():
        few = key not in seen or seen[key].anywhere < _FEW
        if few and places[0].source == "table":
            usual = priors.get(lexicon_key(places[0].names[0]), 0.0)
            known[key] = max(known[key], _OF_USUAL * usual)
    return known


def as_decided(priors: dict[str, float], fixed: dict[str, float]) -> dict[str, float]:
    """What readers decided of a spelling (حديثة) holds for its others (حديثه) too."""
    most: defaultdict[str, float] = defaultdict(float)
    for key, likely in fixed.items():
        if not key.endswith("ه"):  # what is said of جده (his grandfather) is not said of جدة
            most[fold(key)] = max(most[fold(key)], likely)
    return {
        key: fixed[key] if key in fixed else min(likely, most.get(fold(key), 1.0))
        for key, likely in priors.items()
    }


def kept(names: dict[str, list[Named]], priors: dict[str, float]) -> dict[str, list[Named]]:
    """Names without those that only a source has and that hardly ever mean a place."""
    return {
        key: places
        for key, places in names.items()
        if priors[key] >= _LEAST_KEPT or any(place.source == "table" for place in places)
    }


def main(
    corpus: Annotated[Path, typer.Argument(help="JSON Lines with `text`: of Wikipedia.")],
    folder: Annotated[Path, typer.Option(help="Where to.")] = FOLDER,
) -> None:
    """Make the gazetteer from its tables, GeoNames, CLDR and a corpus."""
    names = spelt(gather(corpus))
    counted = count(texts(corpus), names)
    fixed = {lexicon_key(word): float(p) for word, p, _ in sources.rows("false-friends.tsv")}
    priors = {key: prior(key, names[key], counted.names.get(key), fixed) for key in names}
    priors = as_decided(like_canonical(priors, names, counted.names), fixed)
    write(kept(names, priors), priors, counted.spellings, folder)
    for file in sorted(folder.iterdir()):
        typer.echo(f"{file.stat().st_size:>10,} bytes  {file.name}")


if __name__ == "__main__":
    typer.run(main)
